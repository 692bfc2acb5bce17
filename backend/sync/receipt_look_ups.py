"""What the agency's receipt (Mẫu 01) needs: when its papers came, and the last day that the catalogue allows."""

from typing import Any

from backend.clock import local_date
from backend.database import Transaction
from backend.dossiers.model import Case, IssueReceipt
from backend.parcels import queries as parcels
from backend.procedures import service as procedures
from backend.sync.world import Named, World
from backend.units.errors import NoSuchUnit
from backend.units.model import UnitId


async def _receipts(tx: Transaction, world: World, named: Named) -> None:
    world.reached.update(await parcels.reached_agency(tx, sorted({act.subject[1] for act, _ in named})))
    for act, body in named:
        case = world.get(Case, act.subject[1])
        if case is None:
            continue
        version = await procedures.find_version(tx, case.procedure, local_date(body.received_at))
        if version is None:
            continue
        agency = UnitId(case.competent_unit)
        try:
            due = await procedures.due(tx, version, agency, body.received_at, received=True, longer=True)
        except NoSuchUnit:
            continue  # an office that is no more has no working days
        if due.on is not None:
            world.latest_due[act.key] = due.on


OF_RECEIPTS: dict[type[Any], Any] = {IssueReceipt: _receipts}
