"""Which rows of which machine an act is about, and in what state they are."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.appointments.model import Appointment, MoveAppointment
from backend.consents.model import Consent
from backend.dossiers.mandate_model import Mandate
from backend.dossiers.model import Cancel, Case, Merge, RefuseDossier, Withdraw
from backend.fees.model import Charge, Shift
from backend.fees.payment_model import BankCredit
from backend.incidents.model import Incident
from backend.notices.model import Duty
from backend.parcels.bag_model import Bag
from backend.parcels.model import LabelSet, Paper, Parcel, Relabel
from backend.presence.call_back_model import CallBack
from backend.questions.model import Question
from backend.questions.urging_model import Urging
from backend.run_sheets.model import RunSheetLine
from backend.signatures import service as signatures
from backend.signatures.model import ReadBack, Signature
from backend.sync.money_about import OF_MONEY, charges_of_order
from backend.sync.world import World
from backend.visits.model import CaseVisit, FailVisit, FinishVisit, HandOverResult, RecordNotGone, Visit

NOT_YET = "none"
"""The state of what does not exist yet, in every machine."""


class Instance(msgspec.Struct, frozen=True):
    """One row of one machine. `label` names it in the act's outcome: `case`, `paper:<id>`."""

    machine: str
    kind: type[msgspec.Struct]
    key: tuple[Any, ...]
    state: str

    @property
    def label(self) -> str:
        return self.machine if self.machine in {"case", "shift"} else f"{self.machine}:{self.key[-1]}"


def instances(world: World, subject: UUID, act_id: UUID, body: Any, machines: Sequence[str]) -> list[Instance]:
    """In the order of the rule's machines; each row once."""
    found: list[Instance] = []
    for machine in machines:
        if machine in OF_MONEY:
            for kind, key in OF_MONEY[machine](world, subject, act_id, body):
                found.append(Instance(machine, kind, key, _state(world, kind, key)))
        elif (about := ABOUT.get(machine)) is not None:
            kind, keys = about
            found.extend(
                Instance(machine, kind, key, _state(world, kind, key))
                for key in dict.fromkeys(keys(world, subject, body))
            )
    return found


def _state(world: World, kind: type[Any], key: tuple[Any, ...]) -> str:
    return getattr(world.get(kind, *key), "state", NOT_YET)


def put_state(world: World, instance: Instance, state: str) -> None:
    """The row as the act's effect left it, in its new state."""
    row: Any = world.get(instance.kind, *instance.key)
    if row is not None and row.state != state:
        world.put(replace(row, state=state))


def _ids(body: Any, *names: str) -> Iterable[UUID]:
    for name in names:
        value = getattr(body, name, None)
        if isinstance(value, list):
            yield from value  # pyright: ignore[reportUnknownVariableType]
        elif value is not None:
            yield value


def _case(_world: World, subject: UUID, _body: Any) -> Iterable[tuple[Any, ...]]:
    yield (subject,)


def _named_visits(world: World, subject: UUID, body: Any) -> Iterable[UUID]:
    """What an act says of a visit that has ended for the case already is not about that visit any more."""
    for visit in () if isinstance(body, MoveAppointment) else _ids(body, "visit_id"):
        part = world.get(CaseVisit, subject, visit)
        if not (isinstance(body, (FinishVisit, FailVisit, RecordNotGone)) and part is not None and part.has_ended):
            yield visit


def _visit(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield from ((visit,) for visit in _named_visits(world, subject, body))
    for appointment in _ids(body, "appointment_id"):
        if (row := world.get(Appointment, subject, appointment)) is not None:
            yield (row.visit_id,)
            if isinstance(body, MoveAppointment) and body.visit_id and world.serves_others(row.visit_id, subject):
                yield (body.visit_id,)  # the case goes there: the visit it leaves stays with the others
    yield from ((row.visit_id,) for row in _given_up(world, subject, body))


def _appointment(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield from ((subject, appointment) for appointment in _ids(body, "appointment_id"))
    for visit in _named_visits(world, subject, body):
        for row in world.of_case(Appointment, subject):
            if row.visit_id == visit:
                yield (subject, row.appointment_id)
    yield from ((subject, row.appointment_id) for row in _given_up(world, subject, body))


def _given_up(world: World, subject: UUID, body: Any) -> Iterable[Appointment]:
    """Who withdraws, cancels, is refused or merged gives up every appointment still promised."""
    if isinstance(body, (Withdraw, Cancel, RefuseDossier, Merge)):
        yield from (row for row in world.of_case(Appointment, subject) if row.live)


def _parcel(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield from ((subject, parcel) for parcel in _ids(body, "parcel_id", "parcel_ids"))
    if not hasattr(body, "parcel_ids") and not hasattr(body, "parcel_id"):
        for paper in _ids(body, "paper_ids"):
            row = world.get(Paper, subject, paper)
            if row is not None and row.parcel_id is not None:
                yield (subject, row.parcel_id)


def _paper(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield from ((subject, paper) for paper in _ids(body, "paper_id", "paper_ids"))
    yield from ((subject, taken.id) for taken in getattr(body, "papers", ()))
    inside = {parcel for _, parcel in _parcel(world, subject, body)}
    for paper in world.of_case(Paper, subject):
        if paper.parcel_id in inside:
            yield (subject, paper.paper_id)


def _charge(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    for line in (*getattr(body, "lines", ()), *getattr(body, "charges", ())):
        yield (subject, line.charge_id)
    yield from ((subject, charge) for charge in _ids(body, "charge_id", "charge_ids"))
    yield from ((subject, charge) for charge in charges_of_order(world, subject, body))


def _bank_credit(_world: World, _subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield (body.credit_id,)


def _label_set(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    """By number; a label that no set of ours has stands for itself."""
    yield from ((number,) for number in getattr(body, "numbers", ()))
    if (label := getattr(body, "label", None)) is not None:
        yield (world.set_numbers.get(label, label),)
    if isinstance(body, Relabel):
        parcel = world.get(Parcel, subject, body.parcel_id)
        if parcel is not None and parcel.label is not None:
            yield (world.set_numbers.get(parcel.label, parcel.label),)


def _bag(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    """Named by an act on a case, else the subject itself."""
    yield (getattr(body, "bag_id", subject),)


def _duty(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield from ((subject, duty) for duty in _ids(body, "duty_id"))
    if isinstance(body, HandOverResult):
        # The result is in the citizen's hands: nothing of the case is left to tell.
        yield from ((subject, row.duty_id) for row in world.of_case(Duty, subject) if row.state == "open")


def _call_back(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield (subject, body.call_back_id)


def _question(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield (subject, body.question_id)


def _urging(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield (subject, body.urging_id)


def _incident(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    """Named by an act on a case, else the subject itself."""
    yield (getattr(body, "incident_id", subject),)


def _signature(world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    """Named; and of a form read back anew, whatever was signed of another content."""
    if isinstance(body, ReadBack):
        content = bytes.fromhex(body.content_sha256)
        for one in signatures.outdated(world.of_case(Signature, subject), body.document, content, body.form_version):
            yield (subject, one.signature_id)
    else:
        yield (subject, body.signature_id)


def _mandate(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield (subject, body.mandate_id)


def _consent(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield (subject, body.extra)


def _run_sheet_line(_world: World, subject: UUID, body: Any) -> Iterable[tuple[Any, ...]]:
    yield (subject, body.line_id)


About = tuple[type[Any], Callable[[World, UUID, Any], Iterable[tuple[Any, ...]]]]
ABOUT: dict[str, About] = {
    "case": (Case, _case),
    "visit": (Visit, _visit),
    "appointment": (Appointment, _appointment),
    "parcel": (Parcel, _parcel),
    "paper": (Paper, _paper),
    "charge": (Charge, _charge),
    "label_set": (LabelSet, _label_set),
    "bag": (Bag, _bag),
    "bank_credit": (BankCredit, _bank_credit),
    "incident": (Incident, _incident),
    "shift": (Shift, _case),
    "duty": (Duty, _duty),
    "question": (Question, _question),
    "urging": (Urging, _urging),
    "signature": (Signature, _signature),
    "mandate": (Mandate, _mandate),
    "consent": (Consent, _consent),
    "call_back": (CallBack, _call_back),
    "run_sheet_line": (RunSheetLine, _run_sheet_line),
}
