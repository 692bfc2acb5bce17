"""What acts on an incident do to its row and to what it touches."""

from collections.abc import Iterable, Sequence

from backend.acts.model import Source
from backend.dossiers.errors import CaseNotFound
from backend.dossiers.model import Case
from backend.incidents import service as incidents
from backend.incidents.errors import FoundByNobody, StillLost
from backend.incidents.model import (
    AddPersonal,
    AddToIncident,
    EndIncident,
    Incident,
    IncidentThing,
    ReopenIncident,
    ReportIncident,
    ReportPersonal,
    TakeOnIncident,
    Touched,
)
from backend.parcels.errors import PaperUnknown, ParcelUnknown
from backend.parcels.model import HolderKind, Paper, Parcel
from backend.sync.doing import Doing, Effect
from backend.sync.party_effects import personal_of


def report_incident(do: Doing, body: ReportIncident) -> None:
    """The first report under an id stays: the table has said that there is one."""
    if body.found_by is not None and do.act.source is not Source.TIMER:
        raise FoundByNobody(
            "Máy tự báo sự cố khi đếm, nhận. Báo sự cố mà không ghi việc phát hiện.", pointer="/body/found_by"
        )
    _must_be_known(do, body.touches)
    if do.world.get(Incident, do.subject) is not None:
        return
    personal = personal_of(do, ReportPersonal) if do.act.personal is not None else ReportPersonal()
    if _erased(do, body.touches):
        personal = ReportPersonal()
    row = incidents.report(
        do.subject, body, personal, by=do.actor, happened_at=do.act.occurred_at, at=do.act.received_at
    )
    do.world.put(row, *incidents.things(do.subject, body.touches))


def add_to_incident(do: Doing, body: AddToIncident) -> None:
    """What is added to one that has ended is on record, and freezes nothing."""
    known = do.incident(do.subject)
    _must_be_known(do, body.touches)
    personal = personal_of(do, AddPersonal) if do.act.personal is not None else AddPersonal()
    note = None if _erased(do, body.touches) else incidents.written(personal.note, "/personal/note")
    things = incidents.things(do.subject, body.touches)
    do.world.put(
        incidents.add(known, body, note),
        *(row for row in (things if known.open else incidents.frozen(things, open=False)) if _is_new(do, row)),
    )


def _is_new(do: Doing, row: IncidentThing) -> bool:
    return do.world.get(IncidentThing, row.case_id, row.incident_id, row.kind, row.thing_id) is None


def take_on_incident(do: Doing, _body: TakeOnIncident) -> None:
    do.world.put(incidents.take_on(do.incident(do.subject), do.actor, do.act.occurred_at))


def end_incident(do: Doing, body: EndIncident) -> None:
    """What was lost and is said to be found, or unharmed, must have been found."""
    known = do.incident(do.subject)
    if body.ending in ("found", "no_damage") and _still_lost(do):
        raise StillLost(
            "Còn giấy tờ hoặc bưu gửi đang ghi là mất. Ghi đã tìm thấy trước, hoặc chọn cách kết thúc khác."
        )
    ended = incidents.end(known, body, do.world.compensations, do.actor, do.act.occurred_at)
    do.world.put(ended, *incidents.frozen(do.world.things_of(do.subject), open=False))


def reopen_incident(do: Doing, body: ReopenIncident) -> None:
    reopened = incidents.reopen(do.incident(do.subject), body)
    do.world.put(reopened, *incidents.frozen(do.world.things_of(do.subject), open=True))


def _still_lost(do: Doing) -> bool:
    rows: Sequence[Paper | Parcel] = [*do.world.all_of(Paper), *do.world.all_of(Parcel)]
    return any((row.holder_kind, row.holder) == (HolderKind.LOST, do.subject) for row in rows)


def _must_be_known(do: Doing, touched: Iterable[Touched]) -> None:
    """Raises CaseNotFound, PaperUnknown, ParcelUnknown for what is not there, or not for this person to speak of."""
    for one in touched:
        case = do.world.get(Case, one.case_id)
        thing = _thing(do, one)
        if case is None or not (_is_theirs(do, case) or (thing is not None and do.is_in_hands(thing.held_by))):
            raise CaseNotFound("Không có hồ sơ này. Quét lại nhãn, hoặc báo sự cố không kèm hồ sơ.")
        if one.kind == "paper" and thing is None:
            raise PaperUnknown("Giấy tờ này chưa được nhận. Xem lại phiếu gửi.")
        if one.kind == "parcel" and thing is None:
            raise ParcelUnknown("Chưa có bưu gửi này. Quét lại nhãn.")


def _thing(do: Doing, one: Touched) -> Paper | Parcel | None:
    if one.kind == "case":
        return None
    return do.world.get(Paper if one.kind == "paper" else Parcel, one.case_id, one.id)


def _is_theirs(do: Doing, case: Case) -> bool:
    """The system and who works for the whole province speak of all, a phone of what was ever in its bundle, a desk of
    its offices' cases."""
    if do.act.source is Source.DEVICE:
        return do.act.resolved or do.world.was_with(case.case_id, do.actor, do.act.envelope.made_by)
    return do.act.source is not Source.DESK or do.for_all or not do.units.isdisjoint(case.offices)


def _erased(do: Doing, touched: Iterable[Touched]) -> bool:
    """Nothing that anybody wrote about an erased case comes back."""
    named = {one.case_id for one in touched} | {row.case_id for row in do.world.things_of(do.subject)}
    return any((case := do.world.get(Case, one)) is not None and case.erased_at is not None for one in named)


EFFECTS: dict[str, Effect] = {
    "report_incident": report_incident,
    "add_to_incident": add_to_incident,
    "take_on_incident": take_on_incident,
    "end_incident": end_incident,
    "reopen_incident": reopen_incident,
}
