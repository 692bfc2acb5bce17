"""Forms of an office's stock of label sets: print, hand out, take back, void, record a loss. Pure: no I/O."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.json import Decoder

from backend.parcels.model import MOST_SETS, PrintLabelSets
from backend.staff.model import Clerk, Role
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, options
from backend.web.label_views import StockLine
from backend.web.office_views import Colleague
from backend.web.words import Words, act_words

PRINTING = (Role.COUNTER_CLERK, Role.DISPATCHER, Role.HEAD_OF_POST, Role.ADMINISTRATOR)
KEEPING = PRINTING[:3]
"""Who hands out and takes back."""
CARRYING = (Role.COURIER, Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP)
"""Who seals, and so carries sets."""
A_PACK = 20
SPOILT = {
    "torn": Words("Rách, ướt, bẩn", "Torn, wet or dirty"),
    "misprinted": Words("In hỏng, không quét được", "Misprinted, cannot be scanned"),
    "opened": Words("Mã nhận kết quả đã lộ", "The hand-over word was seen"),
    "other": Words("Lý do khác", "Another reason"),
}
LOST = {
    "not_found": Words("Đếm thiếu, chưa tìm thấy", "Missing at the count"),
    "on_the_way": Words("Rơi trên đường", "Lost on the way"),
    "stolen": Words("Bị lấy cắp", "Stolen"),
    "other": Words("Lý do khác", "Another reason"),
}
_RANGE = re.compile(r"^(\d{1,8})(?:[-–](\d{1,8}))?$")


class StockView(Struct, frozen=True, kw_only=True):
    """The stock of one office before a clerk. `colleagues`: of the office, and of one-stops it lends employees to."""

    unit: UUID
    clerk: Clerk
    lines: Sequence[StockLine]
    colleagues: Sequence[Colleague]

    def may(self, *roles: Role) -> bool:
        """Whether the clerk holds one of them at this office. An administrator prints for any."""
        anywhere = Role.ADMINISTRATOR in roles and self.clerk.holds(Role.ADMINISTRATOR)
        return anywhere or self.unit in self.clerk.units(*roles)

    def of(self, *states: str) -> list[StockLine]:
        return [line for line in self.lines if line.state in states]


def forms(about: StockView, wanted: str = "") -> list[Form]:
    """What the clerk may do here. `wanted`: numbers that were scanned, to stand in the fields already."""
    drawn: list[Form] = []
    if about.may(*PRINTING):
        drawn.append(_print())
    if about.may(*KEEPING):
        if (stock := about.of("printed")) and (people := _people(about)):
            drawn.append(_issue(people, wanted or _pack(stock)))
        if about.of("issued", "lost"):
            drawn.append(_back(wanted))
        if about.of("printed", "issued"):
            drawn += [
                _with_reason("void_label_sets", SPOILT, wanted, "Không dùng lại được. Cắt bỏ cả nhãn và thẻ."),
                _with_reason("record_label_loss", LOST, wanted, "Tìm thấy thì ghi Trả bộ nhãn về kho."),
            ]
    return drawn


def _numbers(wanted: str) -> Field:
    return Field(
        name="numbers",
        words=Words("Số bộ nhãn", "Numbers of the sets"),
        kind="textarea",
        value=wanted,
        hint=Words("như 412-431, 440; hoặc quét từng nhãn vào ô này", "such as 412-431, 440; or scan the labels"),
    )


def _print() -> Form:
    return Form(
        kind="print_label_sets",
        title=act_words("print_label_sets"),
        note=Words(
            "Số mới nối tiếp số đã in của cả tỉnh. In ra giấy ở danh sách trong kho.",
            "Numbers go on where the province's last ended. Get them on paper from the list of the stock.",
        ),
        fields=(Field(name="count", words=Words("Số lượng", "How many"), kind="number", value=str(A_PACK)),),
    )


def _people(about: StockView) -> tuple[Option, ...]:
    """Couriers first. Who is lent to a one-stop gets them from the post all the same."""
    carrying = sorted(
        (one for one in about.colleagues if one.role in CARRYING and _is_ours(one, about.unit)),
        key=lambda one: CARRYING.index(Role(one.role)),
    )
    names = {str(one.person_id): f"{one.name} ({one.badge})" for one in reversed(carrying)}
    return tuple(Option(person, Words(name, name)) for person, name in reversed(names.items()))


def _is_ours(one: Colleague, post: UUID) -> bool:
    return one.unit_id == post or one.role == Role.POST_EMPLOYEE_AT_ONE_STOP


def _pack(stock: Sequence[StockLine]) -> str:
    """The next that a courier would take for a day."""
    first = stock[0]
    return f"{first.first:05}-{min(first.last, first.first + A_PACK - 1):05}"


def _issue(people: tuple[Option, ...], wanted: str) -> Form:
    return Form(
        kind="issue_label_sets",
        title=act_words("issue_label_sets"),
        note=Words(
            "Từ lúc này người nhận giữ các bộ nhãn; mỗi bộ chỉ gắn được bởi người đang giữ.",
            "From now on they answer for the sets; only the holder can use one.",
        ),
        fields=(
            Field(name="courier", words=Words("Giao cho", "To"), kind="select", value=people[0].value, options=people),
            _numbers(wanted),
        ),
    )


def _back(wanted: str) -> Form:
    return Form(kind="return_label_sets", title=act_words("return_label_sets"), main=False, fields=(_numbers(wanted),))


def _with_reason(kind: str, reasons: Mapping[str, Words], wanted: str, note: str) -> Form:
    return Form(
        kind=kind,
        title=act_words(kind),
        main=False,
        note=Words(note, "Cut up label and card." if kind == "void_label_sets" else "If found, take them back."),
        fields=(
            _numbers(wanted),
            Field(
                name="reason",
                words=Words("Lý do", "Reason"),
                kind="select",
                value=next(iter(reasons)),
                options=options(reasons),
            ),
        ),
    )


def written(kind: str, filled: Filled, known: Mapping[str, int], first: int) -> Written:
    """`known`: numbers of the sets that were scanned. `first`: where the series goes on. Raises FilledWrong."""
    if kind == "print_label_sets":
        return Written({"first": first, "count": filled.whole("count", least=1, most=MOST_SETS)})
    body: dict[str, Any] = {"numbers": numbers(filled, known)}
    if kind == "issue_label_sets":
        body["courier"] = str(filled.id("courier"))
    elif kind == "void_label_sets":
        body["reason"] = filled.choice("reason", SPOILT)
    elif kind == "record_label_loss":
        body["reason"] = filled.choice("reason", LOST)
    elif kind != "return_label_sets":
        raise FilledWrong("Tải lại trang rồi gửi lại biểu mẫu.")
    return Written(body)


def words_of(filled: Filled) -> list[str]:
    """What was typed or scanned into the field, one by one."""
    text = filled.maybe("numbers", longest=60_000, lines=True) or ""
    return [part for part in re.split(r"[\s,;]+", text) if part]


def numbers(filled: Filled, known: Mapping[str, int]) -> list[int]:
    """Single ones, ranges, labels and S10 numbers. Raises FilledWrong."""
    found: dict[int, None] = {}
    for part in words_of(filled):
        if (number := known.get(part, known.get(part.upper()))) is not None:
            found[number] = None
            continue
        match = _RANGE.match(part)
        if match is None:
            raise FilledWrong(
                f"“{part[:40]}” không phải số bộ nhãn. Ghi như 412-431, 440, hoặc quét lại nhãn.", pointer="/numbers"
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last or last - first >= MOST_SETS:
            raise FilledWrong(f"Mỗi lần ghi nhiều nhất {MOST_SETS} bộ nhãn, số nhỏ trước. Xem lại.", pointer="/numbers")
        found |= dict.fromkeys(range(first, last + 1))
    if not 1 <= len(found) <= MOST_SETS:
        raise FilledWrong(f"Ghi từ 1 đến {MOST_SETS} bộ nhãn rồi gửi lại.", pointer="/numbers")
    return list(found)


def printed_body(body: bytes) -> PrintLabelSets:
    return _printed.decode(body)


_printed = Decoder(PrintLabelSets)
