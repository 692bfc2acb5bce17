"""What a batch needs to know, read in a few set queries: only the tables its kinds of act look at."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from backend.acts.model import Act, OpenedException
from backend.appointments.model import Appointment
from backend.database import Transaction
from backend.documents.model import Page
from backend.dossiers.model import Case, Dossier
from backend.fees import queries as fees
from backend.fees.model import Charge
from backend.parcels import queries as parcels
from backend.parcels.model import HandOver, Paper, Parcel
from backend.registrations.model import Registration
from backend.sync.world import World
from backend.visits import queries as visits
from backend.visits.model import Bundled, CaseVisit

ALWAYS: tuple[type[msgspec.Struct], ...] = (Case, Bundled, OpenedException, CaseVisit)
_CUSTODY = (Paper, Parcel)
_AT_THE_DOOR = (Paper, Appointment)
NEEDS: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "forward": (Registration,),
    "acknowledge_forward": (Registration,),
    "confirm": (Dossier, Charge),
    "book": (Appointment,),
    "move_appointment": (Appointment,),
    "cancel_appointment": (Appointment,),
    "confirm_call": (Appointment,),
    "depart": _AT_THE_DOOR,
    "record_arrival": _AT_THE_DOOR,
    "take_papers": (Paper, Appointment),
    "photograph": (Page, Paper),
    "collect": (Charge,),
    "seal": (Paper, Parcel),
    "finish_visit": (Appointment, Paper, Parcel, Charge),
    "fail_visit": (Appointment, Paper, Parcel, Charge),
    "offer": (*_CUSTODY, HandOver),
    "receive": (*_CUSTODY, HandOver),
    "open_seal": _CUSTODY,
    "cross_check": _CUSTODY,
    "report_portal_status": (Dossier,),
    "release_result": (*_CUSTODY, Charge),
    "hand_over_result": (*_CUSTODY, Charge, Appointment),
    "withdraw": _CUSTODY,
    "cancel": _CUSTODY,
}
"""Rows of the case that a kind's effect, instances or facts look at, beside those always read."""


async def load_world(tx: Transaction, acts: Sequence[Act]) -> World:
    world = World()
    cases = [act.envelope.subject.id for act in acts if act.envelope.subject.kind == "case"]
    kinds = dict.fromkeys((*ALWAYS, *(kind for act in acts for kind in NEEDS.get(act.envelope.kind, ()))))
    await world.load(tx, kinds, cases)
    await _load_visits(tx, world, acts, cases)
    await _load_labels(tx, world, acts)
    await _load_shifts(tx, world, acts)
    return world


class _Named(msgspec.Struct, frozen=True):
    """The ids a body may name beside its case."""

    visit_id: UUID | None = None
    label: str | None = None


def _named(act: Act) -> _Named:
    try:
        return msgspec.json.decode(act.envelope.body, type=_Named)
    except (msgspec.MsgspecError, RecursionError):
        return _Named()


async def _load_visits(tx: Transaction, world: World, acts: Sequence[Act], cases: Sequence[UUID]) -> None:
    wanted = {row.visit_id for case in cases for row in world.of_case(CaseVisit, case)}
    wanted |= {named.visit_id for act in acts if (named := _named(act)).visit_id is not None}
    if wanted:
        world.learn(await visits.visits_by_id(tx, sorted(visit for visit in wanted if visit is not None)))


async def _load_labels(tx: Transaction, world: World, acts: Sequence[Act]) -> None:
    labels = {named.label for act in acts if act.envelope.kind in LABELLING and (named := _named(act)).label}
    if labels:
        world.learn(await parcels.label_sets_by_label(tx, sorted(label for label in labels if label)))


LABELLING = frozenset({"seal"})


async def _load_shifts(tx: Transaction, world: World, acts: Sequence[Act]) -> None:
    shifts = [act.envelope.subject.id for act in acts if act.envelope.subject.kind == "shift"]
    if shifts:
        world.learn(await fees.shifts_by_id(tx, shifts))
        for courier in {act.envelope.actor for act in acts if act.envelope.kind == "close_shift"}:
            world.cash[courier] = await fees.balance_of(tx, f"cash:{courier}")
