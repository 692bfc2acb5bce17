"""What acts of money and of a courier's day mean: charges, collection slips, shifts, and each transfer's entries."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.verify.replay.deed import Deed
from backend.verify.replay.world import Missing, Row, World, local_day


def transfer(world: World, deed: Deed, id_: UUID, moves: Sequence[tuple[str, int]], case: UUID | None) -> None:
    """Moves of nothing leave no entry."""
    lines = [(account, amount) for account, amount in moves if amount != 0]
    for line, (account, amount) in enumerate(lines, start=1):
        world.put(
            "entries",
            {
                "case_id": case,
                "transfer_id": id_,
                "line": line,
                "account": account,
                "amount": amount,
                "day": local_day(deed.occurred_at),
                "occurred_at": deed.occurred_at,
                "recorded_at": deed.received_at,
            },
        )


def quote(world: World, deed: Deed) -> None:
    """What was said at the door is owed, unless it was before; the post's own lines to the post."""
    world.get("visits", deed.uuid("visit_id"))
    case = world.get("cases", deed.subject)
    known = [] if deed.by_courier else world.of_case("charges", deed.subject)
    for line in deed.body["charges"]:
        of_post = line.get("of", "agency") == "post"
        payee = f"postage:{case['handling_unit']}" if of_post else f"agency:{case['competent_unit']}"
        if world.find("charges", deed.subject, UUID(line["charge_id"])) is None and not is_named(known, line, payee):
            charge_falls_due(world, deed, line, payee)


def is_named(known: Iterable[Row], due: Mapping[str, Any], payee: str) -> bool:
    """A line that a desk names is owed once, under whatever id it came first."""
    return any((row["line"], row["payee"]) == (due["line"], payee) and row["state"] != "voided" for row in known)


def charge_falls_due(world: World, deed: Deed, due: Mapping[str, Any], payee: str) -> None:
    case, charge, amount = deed.subject, UUID(due["charge_id"]), due["amount"]
    world.put(
        "charges",
        {
            "case_id": case,
            "charge_id": charge,
            "line": due["line"],
            "amount": amount,
            "payee": payee,
            "due_at": due.get("due_at", "reception"),
            "state": "none",
            **dict.fromkeys(("settled_by", "counted", "unpaid_because", "relief_claimed", "released_by")),
        },
    )
    transfer(world, deed, charge, ((f"due:{case}", amount), (payee, -amount)), case)


def wants_money(charge: Row) -> bool:
    return charge["settled_by"] is None and charge["released_by"] is None


def collect(world: World, deed: Deed) -> None:
    """Each charge the slip names is settled once, at its own amount; the rest is the citizen's credit."""
    body, case = deed.body, deed.subject
    world.get("visits", deed.uuid("visit_id"))
    named = [world.get("charges", case, charge) for charge in {UUID(line["charge_id"]) for line in body["lines"]}]
    open_ = [charge for charge in named if wants_money(charge)]
    for charge in open_:
        world.put("charges", charge, settled_by=deed.command)
    world.put("collections", _slip(deed))
    paid = sum(charge["amount"] for charge in open_)
    moves = (
        (f"cash:{deed.actor}", body["total"]),
        (f"due:{case}", -paid),
        (f"credit:{case}", paid - body["total"]),
    )
    transfer(world, deed, deed.command, moves, case)


def _slip(deed: Deed) -> Row:
    body, order = deed.body, deed.body.get("order")
    return {
        "case_id": deed.subject,
        "collection_id": deed.command,
        "visit_id": deed.uuid("visit_id"),
        "slip_number": body["slip_number"],
        "courier": deed.actor,
        "means": body["means"],
        "total": body["total"],
        "tendered": body["tendered"],
        "change_given": body["change"],
        "state": "none",
        "collected_at": deed.occurred_at,
        "order_id": UUID(order["id"]) if order is not None else None,
        "order_total": order["total"] if order is not None else None,
    }


def begin_shift(world: World, deed: Deed) -> None:
    unit, change = deed.uuid("unit"), deed.body["float_amount"]
    world.put(
        "shifts",
        {
            "shift_id": deed.subject,
            "courier": deed.actor,
            "unit_id": unit,
            "day": deed.day("day"),
            "state": "none",
            "float_amount": change,
            "begun_at": deed.occurred_at,
            **dict.fromkeys(("closed_at", "difference", "counted", "awaited", "reason", "counted_at")),
            **dict.fromkeys(("countersigned_by", "countersigned_at")),
        },
    )
    transfer(world, deed, deed.command, ((f"cash:{deed.actor}", change), (f"till:{unit}", -change)), None)


def remit(world: World, deed: Deed) -> None:
    courier, amount = world.get("shifts", deed.subject)["courier"], deed.body["amount"]
    moves = ((f"till:{deed.uuid('unit')}", amount), (f"cash:{courier}", -amount))
    transfer(world, deed, deed.command, moves, None)


def close_shift(world: World, deed: Deed) -> None:
    """Whatever the ledger says the courier holds leaves the account, and what is awaited beforehand: the count to the
    till, the rest as a difference. Counted again, the later count stands.

    What she held is the work of many subjects. Here it is taken from the transfer itself; that nothing is left
    afterwards is looked at in the ledger.
    """
    shift, counted = world.get("shifts", deed.subject), deed.body["counted"]
    left = world.held_at_close.get(deed.command, 0)
    to_till = counted - (shift["counted"] or 0)
    world.put(
        "shifts",
        shift,
        closed_at=deed.occurred_at,
        counted_at=deed.received_at,
        counted=counted,
        awaited=deed.body.get("awaited", 0),
        difference=(shift["difference"] or 0) + to_till - left,
        reason=deed.body.get("reason") or shift["reason"],
    )
    moves = (
        (f"till:{shift['unit_id']}", to_till),
        (f"cash:{shift['courier']}", -left),
        (f"variance:{shift['unit_id']}", left - to_till),
    )
    transfer(world, deed, deed.command, moves, None)


def countersign_close(world: World, deed: Deed) -> None:
    shift = world.get("shifts", deed.subject)
    if shift["courier"] == deed.actor:
        raise Missing("another person than the courier")
    world.put("shifts", shift, countersigned_by=deed.actor, countersigned_at=deed.occurred_at)


def record_variance(world: World, deed: Deed) -> None:
    """What is no longer awaited stands as a difference under a name."""
    shift, amount = world.get("shifts", deed.subject), deed.body["amount"]
    left = max(0, (shift["awaited"] or 0) - amount)
    difference = (shift["difference"] or 0) + amount
    world.put("shifts", shift, awaited=left, difference=difference, reason=deed.body["reason"])
    moves = ((f"cash:{shift['courier']}", amount), (f"variance:{shift['unit_id']}", -amount))
    transfer(world, deed, deed.command, moves, None)


def settle_shift(world: World, deed: Deed) -> None:
    """Who settles a day that nobody has signed yet signs it."""
    shift = world.get("shifts", deed.subject)
    if shift["countersigned_by"] is None:
        world.put("shifts", shift, countersigned_by=deed.actor, countersigned_at=deed.occurred_at)
