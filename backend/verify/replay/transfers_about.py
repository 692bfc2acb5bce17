"""Which orders, charges and refunds an act about money is about."""

from collections.abc import Sequence
from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.transfers import beyond, coming, followed, part_of, wanting
from backend.verify.replay.world import World


def orders_about(world: World, deed: Deed) -> list[tuple[str, tuple[UUID, UUID]]]:
    """(table, key) of each order and slip."""
    case, found = deed.subject, list[tuple[str, tuple[UUID, UUID]]]()
    if deed.kind == "collect":
        found.append(("collections", (case, deed.command)))
        slip = {UUID(line["charge_id"]) for line in deed.body["lines"]}
        for order in world.of_case("payments", case):
            open_ = {charge["charge_id"] for charge in wanting(world, order)}
            if open_ and open_ <= slip:
                found.append(("payments", (case, order["payment_id"])))
    elif deed.kind == "pay_refund":
        refund = world.find("refunds", case, deed.uuid("refund_id"))
        if refund is not None and refund["payment_id"] is not None:
            found.append(("payments", (case, refund["payment_id"])))
    elif deed.body.get("payment_id"):
        found.append(("payments", (case, deed.uuid("payment_id"))))
    return found


def charges_about(world: World, deed: Deed) -> list[UUID]:
    """Charges of the order that an act names, beside those it names itself."""
    if deed.kind not in {"record_bank_credit", "match_bank_credit", "record_transfer_said", "lapse_payment"}:
        return []
    order = world.find("payments", deed.subject, deed.uuid("payment_id"))
    open_ = wanting(world, order) if order is not None else []
    if deed.kind == "lapse_payment":
        open_ = [charge for charge in open_ if charge["state"] == "waiting_transfer"]
    return [charge["charge_id"] for charge in open_]


def refunds_about(world: World, deed: Deed) -> list[tuple[UUID, UUID]]:
    if deed.body.get("refund_id"):
        return [(deed.subject, deed.uuid("refund_id"))]
    if deed.kind == "recount_charge" or (deed.kind == "exempt" and _is_paid(world, deed)):
        return [(deed.subject, followed(deed))]
    if deed.kind == "collect":
        return [(deed.subject, followed(deed))] if beyond(world, deed) > 0 else []
    does = coming(world, deed)
    if does is None:
        return []
    opened = [(deed.subject, followed(deed))] if does.back > 0 else []
    return opened + [(deed.subject, row["refund_id"]) for row in does.needless]


def _is_paid(world: World, deed: Deed) -> bool:
    charge = world.find("charges", deed.subject, deed.uuid("charge_id"))
    if charge is None or charge["settled_by"] is None or charge["released_by"] is not None:
        return False
    return (charge["amount"] if charge["counted"] is None else charge["counted"]) > 0


def credits_named(chains: Sequence[Sequence[Deed]]) -> list[UUID]:
    """Money that these acts place."""
    kinds = {"record_bank_credit", "match_bank_credit"}
    return sorted({deed.uuid("credit_id") for chain in chains for deed in chain if deed.kind in kinds})


def divided(chains: Sequence[Sequence[Deed]]) -> list[UUID]:
    """Money that came for several cases, of which these acts place a part."""
    return sorted({part[0] for chain in chains for deed in chain if (part := part_of(deed)) is not None})
