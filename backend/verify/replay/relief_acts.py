"""What acts mean about charges that are not paid at the door, and those that are not owed (F09)."""

from backend.verify.replay.deed import Deed
from backend.verify.replay.money_acts import transfer, wants_money
from backend.verify.replay.transfers import owe_back, taker_of
from backend.verify.replay.world import Missing, World


def record_unpaid(world: World, deed: Deed) -> None:
    for charge in deed.uuids("charge_ids"):
        world.put("charges", world.get("charges", deed.subject, charge), unpaid_because=deed.body["reason"])


def claim_relief(world: World, deed: Deed) -> None:
    charge = world.get("charges", deed.subject, deed.uuid("charge_id"))
    world.put("charges", charge, relief_claimed=deed.body["relief"])


def exempt(world: World, deed: Deed) -> None:
    """Not owed any more; what was paid of it is owed back."""
    case, charge = deed.subject, world.get("charges", deed.subject, deed.uuid("charge_id"))
    if wants_money(charge):
        void_charge(world, deed)
        return
    paid = charge["amount"] if charge["counted"] is None else charge["counted"]
    if charge["released_by"] is not None or not paid:
        raise Missing("a charge that is owed or was paid")
    relief = deed.body["relief"]
    world.put("charges", charge, counted=0, released_by=deed.command, relief_claimed=relief)
    transfer(world, deed, deed.command, ((charge["payee"], paid), (f"credit:{case}", -paid)), case)
    owe_back(world, deed, paid, "exempt_afterwards", taker_of(world, charge))


def void_charge(world: World, deed: Deed) -> None:
    charge, amount = world.get("charges", deed.subject, deed.uuid("charge_id")), 0
    world.put("charges", charge, released_by=deed.command)
    amount = charge["amount"]
    transfer(world, deed, deed.command, ((f"due:{deed.subject}", -amount), (charge["payee"], amount)), deed.subject)
