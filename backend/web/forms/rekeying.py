"""Forms about lines of a run sheet: typing one in, confirming or setting aside what another typed (F11). Pure."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from backend.acts.reasons import reasons
from backend.acts.rules import current, load
from backend.dossiers.model import RESULT_GOES_OUT
from backend.staff.model import Role
from backend.visits.lists import UNPAID as UNPAID_YET
from backend.web.forms.ending import CLASSES, relation_field
from backend.web.forms.ending import ENDED as FINISHED
from backend.web.forms.field import Field, Filled, Form, Option, Written, hidden, optional, options
from backend.web.forms.picture import picture_field
from backend.web.forms.planning import PURPOSE_IN
from backend.web.forms.serving import takeable
from backend.web.forms.signing import MEANS
from backend.web.forms.situation import Situation
from backend.web.party_words import party_called
from backend.web.run_sheet_views import LineView
from backend.web.views import PaperView
from backend.web.visit_views import VisitView
from backend.web.words import UNPAID, Words, act_words, day

TYPING = tuple(Role(role) for role in load(current()).act("rekey").roles)
ENDED = (*FINISHED, "failed")
GOING = ("planned", "on_the_way", "arrived")
DAYS_BACK = 14
TAKES = frozenset({"collect", "supplement", "exchange"})
ASIDE = {
    "double": Words("Trùng, máy đã gửi", "A double: the phone sent it"),
    "typed_wrongly": Words("Nhập sai", "Typed wrongly"),
    "not_readable": Words("Phiếu không đọc được", "The sheet cannot be read"),
}


class OnSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What is typed in: a visit that was planned, or one that nobody planned. `couriers`: who may have made it."""

    about: Situation
    visit: VisitView | None
    couriers: Sequence[Option]

    @property
    def purpose(self) -> str:
        return PURPOSE_IN.get(self.about.case.state, "collect") if self.visit is None else self.visit.purpose

    @property
    def arrived(self) -> bool:
        """The phone said so before it died."""
        return self.visit is not None and self.visit.state == "arrived"


def open_visits(about: Situation) -> list[VisitView]:
    """Those that paper may tell of: the courier went, or should have."""
    return [one for one in about.case.visits if one.state in GOING and one.outcome is None]


def rekey(it: OnSheet) -> Form:
    """One line, field by field as on the sheet, with its picture."""
    about, case = it.about, it.about.case
    fields: list[Field] = [*_when(it), *_whom(about)]
    if it.purpose in TAKES:
        fields += [*_papers(about), *_sealing()]
    if it.purpose in RESULT_GOES_OUT and results(it):
        fields += _handing_over()
    owed = [one for one in case.charges if one.state in UNPAID_YET]
    if owed:
        fields += _money(about, [(str(one.charge_id), one.line, one.amount) for one in owed])
    fields += [*_ending(it.purpose), picture_field(Words("Ảnh dòng phiếu này", "Picture of this line"))]
    return Form(kind="rekey", title=act_words("rekey"), fields=tuple(fields))


def _when(it: OnSheet) -> Iterator[Field]:
    if it.visit is None:
        yield Field(name="courier", words=Words("Bưu tá", "Courier"), kind="select", value="", options=it.couriers)
        today = it.about.offices.today
        days = [today - timedelta(days=back) for back in range(DAYS_BACK)]
        yield Field(
            name="day",
            words=Words("Ngày", "Day"),
            kind="select",
            value=str(today),
            options=tuple(Option(str(one), Words(day(one), day(one))) for one in days),
        )
    hint = Words("Như ghi trên phiếu, ví dụ 15:40", "As written, for example 15:40")
    if not it.arrived:
        yield Field(name="from", words=Words("Đến lúc", "Arrived at"), hint=hint, group="times")
    yield Field(name="until", words=Words("Xong lúc", "Done at"), hint=None if not it.arrived else hint, group="times")


def _whom(about: Situation) -> Iterator[Field]:
    who = [Option(f"{one.role}:{one.party_id}", party_called(one)) for one in about.case.parties]
    nobody = Option("", Words("Không gặp, không ghi", "Nobody, nothing written"))
    yield Field(
        name="who", words=Words("Đã gặp", "Met"), kind="select", required=False, options=(*who, nobody), group="met"
    )
    yield Field(
        name="means",
        words=Words("Biết bằng", "Known by"),
        kind="select",
        value="card_seen",
        options=options(MEANS),
        group="met",
    )


def _papers(about: Situation) -> Iterator[Field]:
    part = Words("Giấy tờ đã nhận", "Papers taken")
    for place, one in enumerate(takeable(about)):
        yield Field(
            name=f"originals-{one.value}",
            words=Words(f"{one.words.vi}: bản chính", f"{one.words.en}: originals"),
            kind="number",
            required=False,
            group=f"paper-{place}",
            part=part,
        )
        yield Field(
            name=f"copies-{one.value}",
            words=Words("Bản sao", "Copies"),
            kind="number",
            required=False,
            group=f"paper-{place}",
            part=part,
        )


def _sealing() -> Iterator[Field]:
    part = Words("Niêm phong", "Seal")
    yield Field(
        name="label",
        words=Words("Quét nhãn trên bưu gửi", "Scan the label on the parcel"),
        kind="scan",
        required=False,
        part=part,
    )
    yield Field(name="seal", words=Words("Số niêm phong", "Seal number"), required=False, part=part)


def _handing_over() -> Iterator[Field]:
    part = Words("Đã trả kết quả", "Result handed over")
    none = Words("Chưa trả", "Not handed over")
    yield Field(
        name="recipient",
        words=Words("Cho ai", "To whom"),
        kind="select",
        required=False,
        options=optional(none, CLASSES),
    )
    yield relation_field(part)
    yield Field(
        name="received_by",
        words=Words("Họ tên người nhận, nếu chưa có trong hồ sơ", "Name, if not in the case"),
        required=False,
        part=part,
    )


def _money(about: Situation, owed: Sequence[tuple[str, str, int]]) -> Iterator[Field]:
    listed = tuple(
        Option(charge, Words(f"{_line(about, line).vi}: {amount:,} đ".replace(",", "."), f"{line}: {amount:,} đ"))
        for charge, line, amount in owed
    )
    yield Field(
        name="charges", words=Words("Khoản đã thu", "What was collected"), kind="checks", required=False, options=listed
    )
    yield Field(name="slip", words=Words("Phiếu thu số", "Slip number"), kind="number", required=False)
    yield Field(
        name="unpaid",
        words=Words("Không thu vì", "Not collected because"),
        kind="select",
        required=False,
        options=optional(Words("Không ghi", "Nothing written"), UNPAID),
    )


def _line(about: Situation, code: str) -> Words:
    return about.lines.get(code, Words(code, code))


def _ending(purpose: str) -> Iterator[Field]:
    said = {one.code: Words(one.vi, one.en) for one in reasons().outcomes if one.code in ENDED}
    yield Field(
        name="signed",
        words=Words("Chữ ký trên phiếu", "Signature on the sheet"),
        kind="checks",
        required=False,
        options=(Option("yes", Words("Công dân đã ký", "The citizen signed")),),
    )
    yield Field(name="outcome", words=Words("Kết quả lượt", "Outcome"), kind="radio", options=options(said))
    why = reasons().hand_over if purpose == "deliver" else reasons().pick_up
    listed = {one.code: Words(f"{one.code} {one.vi}", f"{one.code} {one.en}") for one in why}
    yield Field(
        name="reason",
        words=Words("Không thành vì", "Failed because"),
        kind="select",
        required=False,
        options=optional(Words("Không", "None"), listed),
    )


def results(it: OnSheet) -> list[PaperView]:
    """What the courier had with her to hand over."""
    courier = None if it.visit is None else it.visit.courier
    return [one for one in it.about.case.papers if one.is_result and one.holder == courier]


def confirm_rekeyed(about: Situation) -> Iterator[Form]:
    """Of what another typed in; who confirms compares it with the picture."""
    for line in _waiting(about):
        if line.typed_by != about.clerk.person_id:
            yield Form(
                kind="confirm_rekeyed",
                title=_called("confirm_rekeyed", line),
                note=Words(
                    "So từng ô với ảnh phiếu. Đúng cả mới bấm.",
                    "Compare every box with the picture. Only if all is right.",
                ),
                button=act_words("confirm_rekeyed"),
                fields=(hidden("line", line.line_id),),
            )


def set_aside_rekeyed(about: Situation) -> Iterator[Form]:
    for line in _waiting(about):
        why = Field(name="why", words=Words("Vì", "Because"), kind="radio", value="double", options=options(ASIDE))
        yield Form(
            kind="set_aside_rekeyed",
            main=False,
            title=_called("set_aside_rekeyed", line),
            button=act_words("set_aside_rekeyed"),
            fields=(hidden("line", line.line_id), why),
        )


def _waiting(about: Situation) -> list[LineView]:
    return [line for line in about.case.lines_on_paper if line.waits]


def _called(kind: str, line: LineView) -> Words:
    said = act_words(kind)
    return Words(f"{said.vi}: {line.courier_name}", f"{said.en}: {line.courier_name}")


def confirmed(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"line_id": str(filled.id("line"))})


def set_aside(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"line_id": str(filled.id("line")), "reason": filled.choice("why", ASIDE)})
