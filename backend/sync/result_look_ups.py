"""What has to be looked up to say where a result goes that was not handed over."""

from typing import Any

from backend.clock import local_date
from backend.database import Transaction
from backend.dossiers.model import Case
from backend.sync.world import Named, World
from backend.units import service as units
from backend.units.errors import NoSuchUnit
from backend.units.model import POSTS, UnitId
from backend.visits import result_queries as results
from backend.visits.result_model import ForwardResult, Invitation, ReturnResult


async def _invited(tx: Transaction, world: World, named: Named) -> None:
    """Whether the post that has it invited as often, and as far apart by its working days, as the rule of the day
    asks. Without a rule nothing goes back by it."""
    for act, _ in named:
        case, on = world.get(Case, act.subject[1]), local_date(act.occurred_at)
        rule = await results.find_invitation_rule(tx, on)
        if case is None or rule is None:
            continue
        days = [row.day for row in world.of_case(Invitation, case.case_id)]
        try:
            calendar = await units.get_working_calendar(tx, UnitId(case.handling_unit), on)
        except NoSuchUnit:  # a post that is no more invites nobody
            continue
        if rule.is_met(days, calendar):
            world.note("invited_enough", case.case_id)


async def _posts(tx: Transaction, world: World, named: Named) -> None:
    for act, body in named:
        try:
            unit = await units.get_unit(tx, UnitId(body.post), local_date(act.occurred_at))
        except NoSuchUnit:
            continue
        if unit.kind in POSTS:
            world.note("post", body.post)


OF_RESULTS: dict[type[Any], Any] = {ReturnResult: _invited, ForwardResult: _posts}
