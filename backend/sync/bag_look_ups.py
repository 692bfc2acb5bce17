"""What acts on bags need to know beyond their own chain."""

from typing import Any

from backend.database import Transaction
from backend.parcels import bag_queries as bags
from backend.parcels.bag_model import (
    Bag,
    CloseBag,
    OfferBag,
    OpenBag,
    PutInBag,
    ReceiveBag,
    SettleBag,
    SignBagRecord,
    TakeOutOfBag,
)
from backend.parcels.model import Parcel
from backend.sync.world import Named, World


async def _opening(_tx: Transaction, world: World, named: Named) -> None:
    world.bags_opened |= {act.subject[1]: body.unit for act, body in named}


async def known_bags(tx: Transaction, world: World, named: Named) -> None:
    """A bag that another act of the batch names as well is known already, as it was locked then. Read after it is
    locked: what is in it, and the parcels that the receiver names."""
    wanted = {getattr(body, "bag_id", act.subject[1]) for act, body in named}
    unread = sorted(bag for bag in wanted if world.get(Bag, bag) is None)
    world.learn(await bags.lock_bags(tx, unread))
    world.learn(await bags.manifests_of(tx, unread))
    cases = {one.case_id for _, body in named if isinstance(body, ReceiveBag) for one in (*body.found, *body.missing)}
    inside = await bags.parcels_concerned(tx, unread, sorted(cases))
    world.learn(row for row in inside if world.get(Parcel, row.case_id, row.parcel_id) is None)


OF_BAGS: dict[type[Any], Any] = {
    OpenBag: _opening,
    PutInBag: known_bags,
    TakeOutOfBag: known_bags,
    CloseBag: known_bags,
    OfferBag: known_bags,
    ReceiveBag: known_bags,
    SignBagRecord: known_bags,
    SettleBag: known_bags,
}
