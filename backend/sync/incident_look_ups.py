"""What acts on incidents, and on what is lost under one, need to know beyond the rows of their case."""

from contextlib import suppress
from typing import Any

from backend.clock import local_date
from backend.database import Transaction
from backend.dossiers.model import Case
from backend.incidents import queries as incidents
from backend.incidents import service as rules
from backend.incidents.model import (
    AddToIncident,
    EndIncident,
    Incident,
    IncidentThing,
    ReopenIncident,
    ReportIncident,
    TakeOnIncident,
)
from backend.parcels.loss_model import OpenOnRecord, RecordFound, RecordLoss
from backend.parcels.model import Offer, Receive
from backend.staff import queries as people
from backend.sync.incident_facts import receiving_unit
from backend.sync.world import Named, World
from backend.units import service as units
from backend.units.errors import NoSuchUnit
from backend.units.model import UnitId, UnitKind

RECEIVERS: dict[str, str] = {UnitKind.ONE_STOP: "one_stop", UnitKind.AGENCY: "agency"}
"""A unit's kind in the words of the rule table; every other one is of the post."""


async def _unit_kinds(tx: Transaction, world: World, named: Named) -> None:
    """Of an office that nobody knows nothing: deciding says so."""
    for act, body in named:
        if (named_unit := receiving_unit(body, act.source)) is not None:
            with suppress(NoSuchUnit):
                unit = await units.get_unit(tx, UnitId(named_unit), local_date(act.occurred_at))
                world.unit_kinds[named_unit] = RECEIVERS.get(unit.kind, "post")


async def _offered_to(tx: Transaction, world: World, named: Named) -> None:
    """Asked only where something is frozen."""
    frozen = [one for one in named if any(thing.open for thing in world.of_case(IncidentThing, one[0].subject[1]))]
    await _unit_kinds(tx, world, frozen)


async def known_incidents(tx: Transaction, world: World, named: Named) -> None:
    """One that another act of the batch names as well is known already, as it was locked then."""
    wanted = {getattr(body, "incident_id", act.subject[1]) for act, body in named}
    unread = sorted(one for one in wanted if world.get(Incident, one) is None)
    world.learn(await incidents.lock_incidents(tx, unread))
    things = await incidents.things_of_incidents(tx, unread)
    world.learn(
        row for row in things if world.get(IncidentThing, row.case_id, row.incident_id, row.kind, row.thing_id) is None
    )
    # Whose incident it is, and whether one of its cases is erased, is asked of all that it ever touched.
    await world.load(tx, (Case,), sorted({row.case_id for row in things if world.get(Case, row.case_id) is None}))


async def _reported(tx: Transaction, world: World, named: Named) -> None:
    await known_incidents(tx, world, named)
    world.incidents_reported |= {act.subject[1]: body.unit for act, body in named}


async def _ended(tx: Transaction, world: World, named: Named) -> None:
    await known_incidents(tx, world, named)
    world.compensations = await rules.compensation_rules(tx)


async def _found(tx: Transaction, world: World, named: Named) -> None:
    await known_incidents(tx, world, named)
    await _unit_kinds(tx, world, named)


async def _two_people(tx: Transaction, world: World, named: Named) -> None:
    """Where the second one works on that day."""
    for act, body in named:
        for unit in await people.units_of(tx, body.second, local_date(act.occurred_at)):
            world.note("works_at", (body.second, unit))


async def incidents_of_cases(tx: Transaction, world: World, named: Named) -> None:
    """All that ever touched these cases."""
    world.learn(
        await incidents.lock_incidents(
            tx, await incidents.incidents_touching(tx, sorted({act.subject[1] for act, _ in named}))
        )
    )


OF_LOSSES: dict[type[Any], Any] = {
    Receive: _unit_kinds,
    Offer: _offered_to,
    RecordLoss: known_incidents,
    RecordFound: _found,
    OpenOnRecord: _two_people,
    ReportIncident: _reported,
    AddToIncident: known_incidents,
    TakeOnIncident: known_incidents,
    EndIncident: _ended,
    ReopenIncident: known_incidents,
}
