"""Forms of a clerk's own day behind the counter: change money out of the till, cash into it, the count (F11, F16).
Pure: no I/O."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from backend.acts.envelope import Subject
from backend.ids import derived
from backend.staff.model import Clerk, Role
from backend.web.forms.closing import REASONS
from backend.web.forms.field import Field, Filled, Form, Option, Written, hidden, optional
from backend.web.forms.label_sets import numbers, words_of
from backend.web.shift_views import ShiftLine
from backend.web.words import Words, act_words

BEHIND_COUNTERS = (Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP)
"""Whose day is kept at a desk."""
KINDS = ("begin_shift", "remit", "close_shift")
_GOING = ("open", "counted", "provisional")


def begin(
    lines: Sequence[ShiftLine], clerk: Clerk, own: Collection[UUID], names: dict[UUID, str], today: date
) -> Form | None:
    """Of who sits at a counter and has no day that is still open. `own`: posts whose money it is."""
    posts = sorted(own) if clerk.holds(*BEHIND_COUNTERS) else []
    open_ones = [one for one in lines if one.courier == clerk.person_id and one.state == "open"]
    if not posts or open_ones:
        return None
    return Form(
        kind="begin_shift",
        title=act_words("begin_shift"),
        note=Words("Đếm tiền lẻ nhận từ quỹ, kể cả khi không nhận.", "Count the change money from the till, or none."),
        fields=(
            hidden("day", today),
            Field(
                name="unit",
                words=Words("Tại", "At"),
                kind="hidden" if len(posts) == 1 else "select",
                value=str(posts[0]),
                options=tuple(Option(str(post), Words(*[names.get(post, str(post))] * 2)) for post in posts),
            ),
            Field(name="float", words=Words("Tiền lẻ (đồng)", "Change money (đồng)"), kind="number", value="0"),
        ),
    )


def forms_of(line: ShiftLine, clerk: Clerk) -> Iterator[Form]:
    """Of the clerk's own day. Somebody else signs the count."""
    if line.courier != clerk.person_id or line.state not in _GOING:
        return
    shift, unit = hidden("shift", line.shift_id), hidden("unit", line.unit_id)
    if line.cash > 0:
        amount = Field(
            name="amount",
            words=Words("Nộp vào quỹ (đồng)", "Into the till (đồng)"),
            kind="number",
            value=str(line.cash),
        )
        yield Form(kind="remit", main=False, title=act_words("remit"), fields=(shift, unit, amount))
    if line.state != "provisional":
        yield Form(
            kind="close_shift",
            title=act_words("close_shift"),
            note=Words("Đếm tiền rồi mới nhìn sổ. Người khác ký cùng.", "Count first. Somebody else signs it too."),
            fields=(
                shift,
                Field(name="counted", words=Words("Tiền đếm được (đồng)", "Counted (đồng)"), kind="number"),
                Field(
                    name="reason",
                    words=Words("Nếu lệch sổ, vì", "If it differs, because"),
                    kind="select",
                    required=False,
                    options=optional(Words("Không lệch", "It does not"), REASONS),
                ),
                Field(
                    name="numbers",
                    words=Words("Bộ nhãn còn trong tay", "Label sets in hand"),
                    kind="textarea",
                    required=False,
                    hint=Words("như 412-431, 440; không còn thì để trống", "such as 412-431, 440; empty for none"),
                ),
            ),
        )


def about(kind: str, filled: Filled, act: UUID) -> Subject:
    """A day that begins is born with its act."""
    return Subject("shift", derived("shift", act.hex) if kind == "begin_shift" else filled.id("shift"))


def written(kind: str, filled: Filled) -> Written:
    """Raises FilledWrong."""
    if kind == "begin_shift":
        day = filled.text("day")
        return Written({"unit": str(filled.id("unit")), "day": day, "float_amount": filled.whole("float")})
    if kind == "remit":
        return Written({"amount": filled.whole("amount", least=1), "unit": str(filled.id("unit"))})
    reason = filled.maybe_choice("reason", REASONS)
    left = numbers(filled, {}) if words_of(filled) else []
    return Written({"counted": filled.whole("counted"), "reason": reason, "sets_left": left})
