"""What acts on a courier's day need to know: what the courier holds, what came since, who may sign the count."""

from collections.abc import Sequence
from typing import Any

from backend.acts.model import Act, Source
from backend.acts.rules import load
from backend.clock import local_date
from backend.database import Transaction
from backend.fees import queries as fees
from backend.fees.model import BeginShift, Shift
from backend.parcels import queries as parcels
from backend.staff import queries as people
from backend.staff.own_posts import own_posts
from backend.sync.world import Named, World
from backend.units import service as units
from backend.units.model import UnitId

COUNTING = frozenset({"close_shift", "close_shift_provisionally"})
SETTLING = frozenset({"countersign_close", "record_variance", "settle_shift"})
"""What others do about a courier's day."""


async def load_days(tx: Transaction, world: World, ready: Sequence[Act]) -> None:
    shifts = [act.subject[1] for act in ready if act.subject[0] == "shift"]
    if not shifts:
        return
    world.learn(await fees.shifts_by_id(tx, shifts))
    for courier in sorted({act.envelope.actor for act in ready if act.envelope.kind in COUNTING}):
        world.cash[courier] = await fees.balance_of(tx, f"cash:{courier}")
        world.papers_elsewhere[courier] = await parcels.papers_with(tx, courier) - world.papers_with(courier)
        world.sets_with[courier] = set(await parcels.set_numbers_with(tx, courier))
    settling = [act for act in ready if act.envelope.kind in SETTLING]
    if settling:
        world.arrived = await fees.arrived_since(tx, shifts)
    for act in settling:
        if act.envelope.kind == "countersign_close":
            await _who_signs(tx, world, act)


async def _who_signs(tx: Transaction, world: World, act: Act) -> None:
    """Where nobody else of the post may sign a count, the post above it does (F16)."""
    shift, on = world.get(Shift, act.subject[1]), local_date(act.occurred_at)
    if shift is None:
        return
    roles = load(act.envelope.rules).act(act.envelope.kind).roles
    if await people.others_with_roles(tx, shift.unit_id, roles, on, besides=shift.courier):
        return
    unit = await units.get_unit(tx, UnitId(shift.unit_id), on)
    if unit.parent_id is not None:
        world.signs_for[shift.shift_id] = unit.parent_id


async def _begun(tx: Transaction, world: World, named: Named) -> None:
    """Whether the till is of the clerk's own post. A phone is believed: the change money is in the bag."""
    for act, body in named:
        if act.source is Source.DESK:
            on, actor = local_date(act.occurred_at), act.envelope.actor
            if body.unit in await own_posts(tx, await people.posts_of(tx, actor, on), on):
                world.note("own_post", act.key)


OF_DAYS: dict[type[Any], Any] = {BeginShift: _begun}
