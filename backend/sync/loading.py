"""What a batch needs to know, read in a few set queries: only the tables its kinds of act look at."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from backend.acts import queries as acts
from backend.acts.model import Act
from backend.acts.rules import RuleTable
from backend.appointments import queries as appointments
from backend.appointments.model import Book, MoveAppointment
from backend.database import Transaction
from backend.dossiers.model import Merge, UndoMerge
from backend.fees import payment_queries as payments
from backend.incidents import queries as incidents
from backend.incidents.model import AddToIncident, ReportIncident, Touched
from backend.parcels import bag_queries as bags
from backend.parcels.bag_model import ReceiveBag
from backend.registrations.model import Register
from backend.sync.day_look_ups import load_days
from backend.sync.look_ups import LOOK_UPS, Named, registering
from backend.sync.model import DECODERS
from backend.sync.money_about import credits_named
from backend.sync.needs import ALWAYS, AS_ON_PAPER, FOR_THE_HOUSEHOLD, NEEDS, ON_ALL_IT_TOUCHES, SHARING
from backend.sync.world import World
from backend.visits import queries as visits
from backend.visits.model import CaseVisit, RecordArrival, Visit


async def hold_visits(tx: Transaction, ready: Sequence[Act]) -> list[Visit]:
    """The visits that these acts may be about, as they stay until the end: a household's cases share one, and each of
    them may be served, moved or given up by somebody else at this moment."""
    cases = sorted({act.subject[1] for act in ready if act.subject[0] == "case"})
    bodies = [_body(act) for act in ready]
    named = {body.visit_id for body in bodies if getattr(body, "visit_id", None) is not None}
    made = {body.visit_id for body in bodies if isinstance(body, (Book, MoveAppointment)) and body.visit_id}
    made |= {body.visit_id for body in bodies if isinstance(body, RecordArrival) and body.unplanned is not None}
    if made:
        await visits.reserve_visit_ids(tx, sorted(made))
    return await visits.lock_visits(tx, cases, sorted(named)) if cases or named else []


async def hold_windows(tx: Transaction, ready: Sequence[Act]) -> None:
    """The windows in which these acts promise a visit, held until the end: who comes second counts the first."""
    bodies = [body for act in ready if isinstance(body := _body(act), (Book, MoveAppointment))]
    if not bodies:
        return
    moved = [body.appointment_id for body in bodies if isinstance(body, MoveAppointment)]
    known = await appointments.units_of(tx, moved) if moved else {}
    unit_of = {
        body.appointment_id: body.unit if isinstance(body, Book) else known.get(body.appointment_id) for body in bodies
    }
    windows = {(unit, body.day, body.window) for body in bodies if (unit := unit_of[body.appointment_id]) is not None}
    await appointments.reserve_windows(tx, sorted(windows))


async def hold_credits(tx: Transaction, ready: Sequence[Act]) -> None:
    """Money that these acts place, held until the end, after the chains: it is placed once."""
    bodies = [_body(act) for act in ready]
    named = {credit for body in bodies for credit in credits_named(body)}
    if named:
        await payments.lock_bank_credits(tx, sorted(named))


async def shared_cases(tx: Transaction, ready: Sequence[Act]) -> dict[tuple[UUID, UUID], list[UUID]]:
    """For each act on a whole visit: the other cases still to be served in it, in order of id. For a bag: those of
    which it lacked a parcel, or had one that nobody announced. For an incident: those that it touches. For a merge: the
    case that goes on."""
    concerned = {
        act.key: (body.visit_id, act.subject[1])
        for act in ready
        if act.envelope.kind in FOR_THE_HOUSEHOLD and (body := _body(act)) is not None
    }
    told = {act.key: cases for act in ready if (cases := _going_on(act))}
    told |= await _of_bags(tx, ready) | await _of_incidents(tx, ready)
    if not concerned:
        return told
    rows = await visits.cases_of_visits(tx, sorted({visit for visit, _ in concerned.values()}))
    return told | {
        key: sorted(row.case_id for row in rows if row.visit_id == visit and row.case_id != own and row.outcome is None)
        for key, (visit, own) in concerned.items()
    }


async def _of_bags(tx: Transaction, ready: Sequence[Act]) -> dict[tuple[UUID, UUID], list[UUID]]:
    """The cases of which a bag lacked a parcel or had one too many: an incident will touch them."""
    found: dict[tuple[UUID, UUID], list[UUID]] = {}
    for act in ready:
        body = _body(act) if act.envelope.kind == "receive_bag" else None
        if isinstance(body, ReceiveBag):
            listed = await bags.manifests_of(tx, [act.subject[1]])
            announced = {row.parcel_id for row in listed if row.announced}
            extra = [one for one in body.found if one.parcel_id not in announced]
            found[act.key] = sorted({one.case_id for one in (*body.missing, *extra)})
    return found


def cases_touched(act: Act) -> list[UUID]:
    """By a report, in order of id."""
    body = _body(act)
    return sorted({one.case_id for one in body.touches}) if isinstance(body, ReportIncident) else []


async def _of_incidents(tx: Transaction, ready: Sequence[Act]) -> dict[tuple[UUID, UUID], list[UUID]]:
    """The cases that incidents touch, by what is said now or was said before."""
    found: dict[tuple[UUID, UUID], list[UUID]] = {}
    for act in ready:
        if act.envelope.kind in ON_ALL_IT_TOUCHES and (body := _body(act)) is not None:
            named: list[Touched] = body.touches if isinstance(body, (ReportIncident, AddToIncident)) else []
            before = await incidents.things_of_incidents(tx, [act.subject[1]])
            now = {one.case_id for one in named}
            found[act.key] = sorted(now if named else now | {row.case_id for row in before})
    return found


def _going_on(act: Act) -> list[UUID]:
    """The case into which this one is merged, or was."""
    body = _body(act) if act.envelope.kind in ("merge", "undo_merge") else None
    return [body.survivor] if isinstance(body, (Merge, UndoMerge)) and body.survivor != act.subject[1] else []


async def load_world(
    tx: Transaction, ready: Sequence[Act], rules: RuleTable, household: Sequence[UUID], held: Sequence[Visit]
) -> World:
    """`household`: other cases that follow an act of the batch. `held`: visits that were read already."""
    world = World()
    world.learn(held)
    cases = [*(act.subject[1] for act in ready if act.subject[0] == "case"), *household]
    cases += [case for act in ready for case in _going_on(act)]
    told = {act.envelope.kind for act in ready}
    kinds = dict.fromkeys(
        (*ALWAYS, *(kind for one in sorted(told) for kind in (*NEEDS.get(one, ()), *AS_ON_PAPER.get(one, ()))))
    )
    await world.load(tx, kinds, cases)
    named = [(act, body) for act in ready if (body := _body(act)) is not None]
    world.registers = {act.subject[1]: registering(act, body) for act, body in named if isinstance(body, Register)}
    await _load_visits(tx, world, named, cases)
    await load_days(tx, world, ready)
    await _load_touches(tx, world, ready, rules)
    for kind, look_up in LOOK_UPS.items():
        concerned = [(act, body) for act, body in named if isinstance(body, kind)]
        if concerned:
            await look_up(tx, world, concerned)
    return world


def _body(act: Act) -> Any:
    """The body, or None for one that no decoder reads: deciding says so again."""
    decoder = DECODERS.get(act.envelope.kind)
    try:
        return decoder.decode(act.envelope.body) if decoder is not None else None
    except (msgspec.MsgspecError, RecursionError):
        return None


async def _load_visits(tx: Transaction, world: World, named: Named, cases: Iterable[UUID]) -> None:
    wanted = {row.visit_id for case in cases for row in world.of_case(CaseVisit, case)}
    wanted |= {body.visit_id for _, body in named if getattr(body, "visit_id", None) is not None}
    unread = sorted(visit for visit in wanted if world.get(Visit, visit) is None)
    if unread:
        world.learn(await visits.visits_by_id(tx, unread))
    if wanted and any(act.envelope.kind in SHARING for act, _ in named):
        world.learn(await visits.cases_of_visits(tx, sorted(wanted)))


async def _load_touches(tx: Transaction, world: World, ready: Sequence[Act], rules: RuleTable) -> None:
    known = rules.file.acts
    touching = [act for act in ready if act.envelope.kind in known and known[act.envelope.kind].touches]
    if touching:
        fields = sorted({field for act in touching for field in known[act.envelope.kind].touches})
        world.touches = await acts.touches_of(tx, [act.subject[1] for act in touching], fields)
