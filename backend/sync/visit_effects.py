"""What the acts by which a visit begins and ends do to the rows."""

from uuid import UUID

from msgspec.structs import replace

from backend.acts.reasons import reason
from backend.acts.rules import UnknownWord
from backend.appointments.model import Appointment
from backend.sync import presence_effects
from backend.sync.case_effects import leave_bundle
from backend.sync.doing import Doing, Effect
from backend.sync.signature_facts import unsigned_in
from backend.visits import service as visits
from backend.visits.errors import NotYourCounter
from backend.visits.model import (
    CaseVisit,
    Depart,
    FailVisit,
    FinishVisit,
    RecordArrival,
    RecordNotGone,
    SendAnyway,
    Unplanned,
    Visit,
)


def depart(do: Doing, body: Depart) -> None:
    do.visit(body.visit_id)


def record_arrival(do: Doing, body: RecordArrival) -> None:
    if body.unplanned is not None and do.world.get(CaseVisit, do.subject, body.visit_id) is None:
        _begin(do, body.visit_id, body.unplanned)
    visit = replace(do.visit(body.visit_id), arrived_at=do.act.occurred_at)
    do.world.put(visit)
    presence_effects.arrived(do, visit)


def _begin(do: Doing, visit_id: UUID, what: Unplanned) -> None:
    """Where the citizen asked for it (F02). What another courier began, or was given, stays that one's."""
    shared = do.world.get(Visit, visit_id)
    if shared is not None and (shared.courier != do.actor or not shared.unplanned):
        return
    if not do.act.by_courier and what.unit not in do.units:
        raise NotYourCounter("Chỉ nhận tại quầy của đơn vị mình. Chọn đơn vị đang làm việc rồi gửi lại.")
    do.world.put(*visits.begun(do.subject, visit_id, what, shared, by=do.actor, at=do.act.occurred_at))


def send_anyway(do: Doing, body: SendAnyway) -> None:
    do.world.put(replace(do.case_visit(body.visit_id), missing="\n".join(dict.fromkeys(body.missing))))


def finish_visit(do: Doing, body: FinishVisit) -> None:
    """With a form that was read back and is not signed, nothing is done: the papers go, and that is still missing."""
    unsigned = body.outcome == "done" and unsigned_in(do, body.visit_id) > 0
    outcome = "incomplete_sent" if unsigned else body.outcome
    _end(do, replace(do.visit(body.visit_id), outcome=outcome, ended_at=do.act.occurred_at), body)


def fail_visit(do: Doing, body: FailVisit) -> None:
    """Raises UnknownWord for a reason that this version does not know."""
    _known(body.reason)
    visit = do.visit(body.visit_id)
    _end(do, replace(visit, outcome="failed", reason=body.reason, ended_at=do.act.occurred_at), body)


def record_not_gone(do: Doing, body: RecordNotGone) -> None:
    """Raises UnknownWord for a reason that this version does not know."""
    if body.reason is not None:
        _known(body.reason)
    visit = do.visit(body.visit_id)
    _end(do, replace(visit, outcome="not_gone", reason=body.reason, ended_at=do.act.occurred_at), None)


def _known(code: str) -> None:
    try:
        reason(code)
    except KeyError:
        raise UnknownWord(code) from None


def _end(do: Doing, visit: Visit, body: FinishVisit | FailVisit | None) -> None:
    """The promise is over, the seat used up, and the case leaves the courier's bundle. `body`: None where nobody went.

    Once: how it ended for this case is not written over by another phone, or by the same one later.
    """
    part = do.case_visit(visit.visit_id)
    if part.has_ended:
        return
    do.world.put(visit, replace(part, outcome=visit.outcome))
    if body is not None:
        presence_effects.ended(do, visit, body)
    for appointment in do.world.of_case(Appointment, do.subject):
        if appointment.visit_id == visit.visit_id:
            do.world.put(replace(appointment, live=False))
    leave_bundle(do, visit.visit_id)


EFFECTS: dict[str, Effect] = {
    "depart": depart,
    "record_arrival": record_arrival,
    "send_anyway": send_anyway,
    "finish_visit": finish_visit,
    "fail_visit": fail_visit,
    "record_not_gone": record_not_gone,
}
