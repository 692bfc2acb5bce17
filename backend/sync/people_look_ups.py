"""What acts about people need beside the rows of their case: the procedure of its day, names of staff, working days."""

from datetime import date
from typing import Any

from backend.clock import local_date
from backend.database import Transaction
from backend.documents import queries as documents
from backend.dossiers.change_model import ChangeAddress, ChangeResultWay
from backend.dossiers.model import Case
from backend.dossiers.party_model import ChangeRecipient
from backend.parcels.model import TakePapers
from backend.procedures import service as procedures
from backend.procedures.model import RecipientClass
from backend.signatures.model import Sign
from backend.staff import queries as people
from backend.sync.world import Named, World
from backend.units import service as units
from backend.units.model import UnitId
from backend.visits.model import HandOverResult, Visit

WAITS = 1
"""Working days that a change of recipient, house or way of receiving waits where only the owner may receive (F07)."""


async def _contents(tx: Transaction, world: World, named: Named) -> None:
    """The procedure that holds for the case, where the catalogue knows it."""
    regimes = {act.key: regime for act, _ in named if (regime := world.regime(act.subject[1])) is not None}
    known = await procedures.find_versions(tx, set(regimes.values()))
    for key, regime in regimes.items():
        version = known.get(regime)
        world.contents[key] = None if version is None else version.content


async def _signing(tx: Transaction, world: World, named: Named) -> None:
    await _contents(tx, world, named)
    pages = {(act.subject[1], page) for act, body in named for page in body.page_ids}
    pages |= {(act.subject[1], one.page_id) for act, body in named for one in body.witnesses if one.page_id is not None}
    if pages:
        world.learn(await documents.pages_by_id(tx, sorted(pages)))
    if any(body.witnesses for _, body in named):
        visits = [world.get(Visit, body.visit_id) for _, body in named]
        staff = {act.envelope.actor for act, _ in named} | {visit.courier for visit in visits if visit is not None}
        world.staff_names.update(await people.names_of(tx, sorted(staff)))


async def _waiting(tx: Transaction, world: World, named: Named) -> None:
    for act, _ in named:
        case = world.get(Case, act.subject[1])
        if case is not None and (case.recipient_class or RecipientClass.OWNER) == RecipientClass.OWNER:
            world.changed_from[act.key] = await _next_working_day(tx, case, local_date(act.occurred_at))


async def _next_working_day(tx: Transaction, case: Case, on: date) -> date:
    """Of the post that brings the result."""
    calendar = await units.get_working_calendar(tx, UnitId(case.handling_unit), on)
    return calendar.add_working_days(on, WAITS)


OF_PEOPLE: dict[type[Any], Any] = {
    Sign: _signing,
    TakePapers: _contents,
    HandOverResult: _contents,
    ChangeRecipient: _waiting,
    ChangeAddress: _waiting,
    ChangeResultWay: _waiting,
}
