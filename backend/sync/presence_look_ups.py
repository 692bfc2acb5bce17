"""What ending a visit needs to know: how long such visits take, and where its courier was before."""

from datetime import timedelta
from typing import Any

from backend.acts.thresholds import thresholds
from backend.clock import local_date
from backend.database import Transaction
from backend.presence import queries
from backend.sync.world import Named, World
from backend.visits.model import FailVisit, FinishVisit, Visit

A_DAY = timedelta(hours=16)


async def endings(tx: Transaction, world: World, named: Named) -> None:
    visits = {visit.visit_id: visit for _, body in named if (visit := world.get(Visit, body.visit_id)) is not None}
    couriers = sorted({visit.courier for visit in visits.values() if visit.place == "home"})
    if not couriers:
        return
    first = min(act.occurred_at for act, _ in named)
    by = thresholds(local_date(first))
    world.floors |= await queries.learned_floors(tx, least=by.learned_from, share=by.learned_share_pct / 100)
    world.ends = await queries.ends_of(tx, couriers, first - A_DAY)


OF_PRESENCE: dict[type[Any], Any] = {FinishVisit: endings, FailVisit: endings}
