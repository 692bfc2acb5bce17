"""Forms of an incident: report it, add to it, take it on, end it, open it again. Pure: no I/O."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.acts.rules import current, load
from backend.clock import VIETNAM
from backend.incidents.model import LONGEST
from backend.staff.model import Clerk, Reach, Role
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, optional, options
from backend.web.incident_views import IncidentAbout
from backend.web.incident_words import CAUSES, ENDINGS, FOUND_OUT, PAYERS, REOPENED
from backend.web.office_views import UnitLine
from backend.web.views import CaseView, PaperView, ParcelView
from backend.web.words import Words, act_words

AT_A_DESK = frozenset({Role.DISPATCHER, Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP, Role.CASHIER})
HANDLING = tuple(Role(role) for role in load(current()).act("end_incident").roles)
"""Who takes one on and ends it."""
REPORTING = (*sorted(AT_A_DESK), *HANDLING, Role.OPERATOR)
"""Who sees incidents at a desk; couriers have the phone, and the supervisor only handles them."""
SCANNED = Field(
    name="scanned",
    words=Words("Quét nhãn trên bưu gửi", "Scan the label of the parcel"),
    kind="scan",
    required=False,
    hint=Words("hoặc gõ số hiệu bưu gửi, số nhãn", "or type the item number or the label's number"),
)
NOTE = Field(name="note", words=Words("Diễn biến", "What happened"), kind="textarea", required=False)
_WHEN = "%d/%m/%Y %H:%M"


REPORTED = {cause: words for cause, words in CAUSES.items() if cause not in FOUND_OUT}
"""What somebody may say that happened."""


def report(clerk: Clerk, units: Sequence[UnitLine], case: CaseView | None, called: Mapping[str, Words]) -> Form | None:
    """`case`: what it touches is ticked; without one, a label may be scanned. `called`: its papers by component.

    None for who only handles what others report."""
    own = clerk.units(*_roles("report_incident"))
    mine = [Option(str(one.id), Words(one.name, one.name)) for one in units if one.id in own]
    if not mine:
        return None
    touched = [SCANNED] if case is None else [_touched(case, called)]
    return Form(
        kind="report_incident",
        title=act_words("report_incident"),
        fields=(
            Field(
                name="cause",
                words=Words("Việc gì xảy ra", "What happened"),
                kind="select",
                value="lost",
                options=options(REPORTED),
            ),
            *touched,
            Field(
                name="happened",
                words=Words("Xảy ra lúc", "When"),
                required=False,
                hint=Words("để trống nếu vừa xảy ra; ghi như 23/11/2026 14:30", "now, if empty; else 23/11/2026 14:30"),
            ),
            Field(name="place", words=Words("Ở đâu", "Where"), required=False),
            NOTE,
            Field(
                name="amount",
                words=Words("Số tiền liên quan (đồng)", "Money concerned (đồng)"),
                kind="number",
                required=False,
            ),
            Field(
                name="unit",
                words=Words("Báo tại", "Reported at"),
                kind="hidden" if len(mine) == 1 else "select",
                value=mine[0].value,
                options=mine,
            ),
        ),
    )


def _touched(case: CaseView, called: Mapping[str, Words]) -> Field:
    parcels = [Option(f"parcel:{one.parcel_id}", _parcel_words(one)) for one in case.parcels]
    papers = [
        Option(f"paper:{one.paper_id}", called.get(one.component, Words(one.component, one.component)))
        for one in case.papers
    ]
    return Field(
        name="touches",
        words=Words("Bưu gửi, giấy tờ có sự cố", "Parcels and papers concerned"),
        kind="checks",
        options=(*parcels, *papers),
        required=False,
    )


def _parcel_words(one: ParcelView) -> Words:
    shown = one.item_number or (f"{one.number:05}" if one.number is not None else "không rõ nhãn")
    return Words(f"Bưu gửi {shown}", f"Parcel {shown}")


def reported(filled: Filled, case: CaseView | None, scanned: tuple[UUID, UUID] | None) -> Written:
    """`scanned`: (case, parcel) of a label. Raises FilledWrong."""
    touches: list[dict[str, str]] = []
    body: dict[str, Any] = {"cause": filled.choice("cause", REPORTED), "unit": str(filled.id("unit"))}
    if case is not None:
        touches = [{"case_id": str(case.case_id), "kind": "case", "id": str(case.case_id)}]
        things = _things(case)
        for name in filled.many("touches"):
            if name not in things:
                raise FilledWrong("Chọn lại bưu gửi, giấy tờ trong danh sách.", pointer="/touches")
            kind, _, thing = name.partition(":")
            touches.append({"case_id": str(case.case_id), "kind": kind, "id": thing})
        body |= _last_holder(case, [things[name] for name in filled.many("touches")])
    elif scanned is not None:
        touches = [{"case_id": str(scanned[0]), "kind": "parcel", "id": str(scanned[1])}]
    if filled.maybe("amount") is not None:
        body["amount"] = filled.whole("amount", most=100_000_000_000)
    if (at := _happened(filled)) is not None:
        body["happened_at"] = at.isoformat()
    return Written(body | {"touches": touches}, _personal(filled))


def _things(case: CaseView) -> dict[str, ParcelView | PaperView]:
    parcels: dict[str, ParcelView | PaperView] = {f"parcel:{one.parcel_id}": one for one in case.parcels}
    return parcels | {f"paper:{one.paper_id}": one for one in case.papers}


def _last_holder(case: CaseView, chosen: Sequence[ParcelView | PaperView]) -> dict[str, Any]:
    """Whoever has the first of them by the book; an office of the case answers for what it has, else its post."""
    held = next((one for one in chosen if one.holder_kind in ("courier", "unit")), None)
    if held is None:
        return {}
    answers = held.holder if held.holder_kind == "unit" and held.holder in case.units else case.handling_unit
    return {"answers": str(answers), "last_holder": {"kind": held.holder_kind, "id": str(held.holder)}}


def _happened(filled: Filled) -> datetime | None:
    text = filled.maybe("happened", longest=20)
    if text is None:
        return None
    try:
        return datetime.strptime(text, _WHEN).replace(tzinfo=VIETNAM)
    except ValueError:
        raise FilledWrong("Ghi ngày giờ như 23/11/2026 14:30 rồi gửi lại.", pointer="/happened") from None


def _personal(filled: Filled) -> dict[str, Any] | None:
    said = {"place": filled.maybe("place", longest=300), "note": filled.maybe("note", longest=LONGEST, lines=True)}
    return {name: text for name, text in said.items() if text is not None} or None


def forms(about: IncidentAbout, clerk: Clerk, units: Mapping[UUID, UnitLine]) -> Iterator[Form]:
    """What the clerk may do with it now, the next first."""
    incident = about.incident
    if incident.state == "reported" and _may(clerk, "take_on_incident", about):
        yield Form(kind="take_on_incident", title=act_words("take_on_incident"))
    if incident.state == "being_handled" and _may(clerk, "end_incident", about) and not is_party(about, clerk):
        yield _end(about, units)
    if _may(clerk, "add_to_incident", about):
        title = act_words("add_to_incident")
        yield Form(kind="add_to_incident", title=title, main=False, fields=(NOTE, SCANNED))
    if not incident.open and _may(clerk, "reopen_incident", about):
        why = Field(
            name="reason", words=Words("Vì sao", "Why"), kind="select", value="not_over", options=options(REOPENED)
        )
        yield Form(kind="reopen_incident", title=act_words("reopen_incident"), main=False, fields=(why,))


def _roles(kind: str) -> tuple[Role, ...]:
    """Of people at desks and with phones who may do it."""
    known = {str(role) for role in Role}
    return tuple(Role(role) for role in load(current()).act(kind).roles if role in known)


def _may(clerk: Clerk, kind: str, about: IncidentAbout) -> bool:
    roles = _roles(kind)
    return not about.offices.isdisjoint(clerk.units(*roles)) or (clerk.reach is Reach.PROVINCE and clerk.holds(*roles))


def is_party(about: IncidentAbout, clerk: Clerk) -> bool:
    """Who reported it, and the courier who had things last, do not say how it ends."""
    incident = about.incident
    return clerk.person_id in (incident.reported_by, incident.last_holder)


def _end(about: IncidentAbout, units: Mapping[UUID, UnitLine]) -> Form:
    offices = {str(unit): Words(units[unit].name, units[unit].name) for unit in sorted(about.offices) if unit in units}
    rule = about.rule
    owed = Words("Chưa có mức bồi thường của ngày này.", "No rule of compensation for that day.")
    if rule is not None:
        back = Words(" và hoàn lại cước", " and the postage back") if rule.refunds_postage else Words("", "")
        owed = Words(
            f"Bồi thường ít nhất {rule.times} lần cước{back.vi} ({rule.source}).",
            f"At least {rule.times} times the postage{back.en} ({rule.source}).",
        )
    again = Words("Khi cấp lại", "When issued again")
    paid = Words("Khi bồi thường", "When compensated")
    return Form(
        kind="end_incident",
        title=act_words("end_incident"),
        note=owed,
        fields=(
            Field(
                name="ending",
                words=Words("Kết thúc thế nào", "How it ended"),
                kind="radio",
                value="found" if about.incident.cause in ("lost", "short") else "no_damage",
                options=options(ENDINGS),
            ),
            Field(
                name="helped_by",
                words=Words("Ai giúp cấp lại", "Who helps to re-issue"),
                kind="select",
                options=optional(Words("Không có", "Nobody"), offices),
                required=False,
                part=again,
            ),
            Field(
                name="paid_by",
                words=Words("Ai trả tiền", "Who pays"),
                kind="select",
                options=optional(Words("Không có", "Nobody"), PAYERS),
                required=False,
                part=again,
            ),
            Field(
                name="postage",
                words=Words("Cước đã trả (đồng)", "Postage paid (đồng)"),
                kind="number",
                required=False,
                part=paid,
            ),
            Field(
                name="compensation",
                words=Words("Tiền bồi thường (đồng)", "Compensation (đồng)"),
                kind="number",
                required=False,
                part=paid,
            ),
        ),
    )


def written(kind: str, filled: Filled, scanned: tuple[UUID, UUID] | None) -> Written:
    """Raises FilledWrong."""
    if kind == "take_on_incident":
        return Written({})
    if kind == "end_incident":
        return Written(_ended(filled))
    if kind == "add_to_incident":
        personal = _personal(filled)
        touched = [{"case_id": str(scanned[0]), "kind": "parcel", "id": str(scanned[1])}] if scanned else []
        if personal is None and not touched:
            raise FilledWrong("Ghi diễn biến, hoặc quét nhãn, rồi gửi lại.", pointer="/note")
        return Written({"touches": touched}, personal)
    if kind == "reopen_incident":
        return Written({"reason": filled.choice("reason", REOPENED)})
    raise FilledWrong("Tải lại trang rồi gửi lại biểu mẫu.")


def _ended(filled: Filled) -> dict[str, Any]:
    body: dict[str, Any] = {"ending": filled.choice("ending", ENDINGS)}
    if filled.maybe("helped_by") is not None:
        body["helped_by"] = str(filled.id("helped_by"))
    if (payer := filled.maybe_choice("paid_by", PAYERS)) is not None:
        body["paid_by"] = payer
    for name in ("postage", "compensation"):
        if filled.maybe(name) is not None:
            body[name] = filled.whole(name, most=100_000_000_000)
    return body
