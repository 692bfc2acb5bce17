"""What acts on refunds mean."""

from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.money_acts import transfer
from backend.verify.replay.transfers import STILL_OWED, owe_back, unit_of
from backend.verify.replay.world import Missing, Row, World


def open_refund(world: World, deed: Deed) -> None:
    """For no more than the citizen's credit of which no open refund speaks."""
    payment = UUID(deed.body["payment_id"]) if deed.body.get("payment_id") else None
    taker = world.get("payments", deed.subject, payment)["shown_by"] if payment is not None else deed.actor
    if deed.body["amount"] > unspoken_for(world, deed.subject, payment):
        raise Missing(f"credit of {deed.body['amount']} đồng")
    refund = deed.uuid("refund_id")
    owe_back(world, deed, deed.body["amount"], deed.body["cause"], taker, payment=payment, id_=refund)


def unspoken_for(world: World, case: UUID, payment: UUID | None) -> int:
    """What came by that order, less what went back or will; without one, by the ledger, what came otherwise."""
    refunds = world.of_case("refunds", case)
    spoken = sum(row["amount"] for row in refunds if row["payment_id"] == payment and row["state"] in STILL_OWED)
    left = {row["payment_id"]: row["received"] - row["used"] for row in world.of_case("payments", case)}
    for row in refunds:
        if row["payment_id"] is not None:
            left[row["payment_id"]] -= row["paid"]
    if payment is not None:
        return left[payment] - spoken
    credit = sum(row["amount"] for row in world.rows["entries"].values() if row["account"] == f"credit:{case}")
    return -credit - sum(left.values()) - spoken


def approve_refund(world: World, deed: Deed) -> None:
    refund = world.get("refunds", deed.subject, deed.uuid("refund_id"))
    world.put("refunds", refund, approved_by=refund["approved_by"] + [deed.actor])


def pay_refund(world: World, deed: Deed) -> None:
    refund = world.get("refunds", deed.subject, deed.uuid("refund_id"))
    amount, holder = refund["amount"], f"cash:{deed.actor}"
    if deed.body["means"] == "transfer":
        holder = f"bank:{_sent_from(world, deed, refund)}"
    world.put("refunds", refund, paid=refund["paid"] + amount)
    transfer(world, deed, deed.command, ((holder, -amount), (f"credit:{deed.subject}", amount)), deed.subject)


def _sent_from(world: World, deed: Deed, refund: Row) -> UUID:
    if refund["payment_id"] is None:
        return refund["owner_unit"]
    return unit_of(world, world.get("payments", deed.subject, refund["payment_id"])["account_id"])


def drop_refund(world: World, deed: Deed) -> None:
    world.get("refunds", deed.subject, deed.uuid("refund_id"))
