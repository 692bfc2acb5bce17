"""What acts about transfers and refunds mean: orders, what a bank credited, suspense, what is owed back."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import msgspec

from backend.verify.replay.deed import Deed
from backend.verify.replay.money_acts import collect as cash
from backend.verify.replay.money_acts import transfer, wants_money
from backend.verify.replay.world import ANYTHING, Missing, Row, World, local_day

A_WEEK = timedelta(days=7)
MUCH = 5_000_000
"""Đồng: from here on two must agree to a refund."""
STILL_OWED = {"due", "approved"}


class Effect(NamedTuple):
    """What some money does to an order. `pays`: charges; `back`: đồng that is owed back; `needless`: refunds of what
    was short before."""

    fit: str
    pays: list[Row]
    back: int
    needless: list[Row]


def wanting(world: World, order: Row) -> list[Row]:
    """Charges of the order that want money."""
    named = (world.find("charges", order["case_id"], charge) for charge in order["charge_ids"])
    return [charge for charge in named if charge is not None and wants_money(charge)]


def effect(world: World, order: Row, amount: int) -> Effect:
    """All charges or none: a state fee is not paid in part."""
    backs = [row for row in world.of_case("refunds", order["case_id"]) if row["payment_id"] == order["payment_id"]]
    open_ = wanting(world, order)
    needed = sum(charge["amount"] for charge in open_)
    there = amount + order["received"] - order["used"]
    for row in backs:
        there -= row["paid"]
        if row["state"] in STILL_OWED and row["cause"] != "short":
            there -= row["amount"]
    if needed == 0:
        return Effect("over", [], amount, [])
    if needed > there:
        return Effect("short", [], amount, [])
    needless = [row for row in backs if row["cause"] == "short" and row["state"] in STILL_OWED]
    return Effect("over" if there > needed else "exact", open_, there - needed, needless)


def coming(world: World, deed: Deed) -> Effect | None:
    """Of an act that brings money to an order, before it has."""
    if deed.kind not in {"record_bank_credit", "match_bank_credit"}:
        return None
    order = world.find("payments", deed.subject, deed.uuid("payment_id"))
    return None if order is None else effect(world, order, _credit(world, deed)["amount"])


def _credit(world: World, deed: Deed) -> Row:
    """Money in suspense as the unit's chain tells, else what the bank says now."""
    waiting = world.find("bank_credits", deed.uuid("credit_id"))
    if waiting is not None:
        return waiting
    if (part := part_of(deed)) is not None:
        return _part(world, deed, *part)
    if deed.kind == "match_bank_credit":
        raise Missing(f"bank_credits {deed.body['credit_id']}")
    return came(world, deed)


def part_of(deed: Deed) -> tuple[UUID, int] | None:
    """The money of which this act places a part, and how much."""
    rest = deed.body.get("rest") or deed.body
    return (UUID(rest["part_of"]), rest["amount"]) if rest.get("part_of") else None


def _part(world: World, deed: Deed, whole: UUID, amount: int) -> Row:
    known = world.divided.get(whole)
    if known is None or amount > known["amount"]:
        raise Missing(f"{amount} đồng of bank_credits {whole}")
    return known | {"credit_id": deed.uuid("credit_id"), "amount": amount, "part_of": whole, "reference": None}


def came(world: World, deed: Deed) -> Row:
    account = deed.uuid("account_id")
    return {
        "credit_id": deed.uuid("credit_id"),
        "account_id": account,
        "unit_id": unit_of(world, account),
        "entry": deed.body["entry"],
        "amount": deed.body["amount"],
        "credited_at": msgspec.convert(deed.body["credited_at"], type=datetime, strict=False),
        "reference": deed.body.get("reference"),
        "said": None,
        "state": "none",
        "case_id": None,
        "payment_id": None,
        "placed_by": None,
        "part_of": None,
    }


def unit_of(world: World, account: UUID) -> UUID:
    if account not in world.payees:
        raise Missing(f"payee_accounts {account}")
    return world.payees[account]["unit_id"]


def show_payment_code(world: World, deed: Deed) -> None:
    """Shown again it stays as it was."""
    world.get("visits", deed.uuid("visit_id"))
    unit_of(world, deed.uuid("account_id"))
    if world.find("payments", deed.subject, deed.uuid("payment_id")) is not None:
        return
    charges, together = [UUID(line["charge_id"]) for line in deed.body["lines"]], deed.body.get("order")
    for charge in charges:
        world.get("charges", deed.subject, charge)
    world.put(
        "payments",
        {
            "case_id": deed.subject,
            "payment_id": deed.uuid("payment_id"),
            "visit_id": deed.uuid("visit_id"),
            "account_id": deed.uuid("account_id"),
            "reference": deed.body["reference"],
            "charge_ids": list(dict.fromkeys(charges)),
            "total": deed.body["total"],
            "received": 0,
            "used": 0,
            "state": "none",
            "shown_by": deed.actor,
            "shown_at": deed.occurred_at,
            "said_at": None,
            "order_id": UUID(together["id"]) if together is not None else None,
            "order_total": together["total"] if together is not None else None,
        },
    )


def record_transfer_said(world: World, deed: Deed) -> None:
    order = world.get("payments", deed.subject, deed.uuid("payment_id"))
    if order["said_at"] is None:
        world.put("payments", order, said_at=deed.occurred_at)


def record_unmatched_credit(world: World, deed: Deed) -> None:
    credit = suspended(world, deed)
    unit, amount = credit["unit_id"], credit["amount"]
    if unit != deed.subject:
        raise Missing(f"payee_accounts {credit['account_id']} of {deed.subject}")
    transfer(world, deed, deed.command, ((f"bank:{unit}", amount), (f"suspense:{unit}", -amount)), None)


def suspended(world: World, deed: Deed) -> Row:
    """The row, in suspense. The payer's text only where the personal part could be opened."""
    said: Any = ANYTHING if deed.personal is None else msgspec.json.decode(deed.personal).get("said")
    world.put("bank_credits", came(world, deed) | {"said": said})
    return world.get("bank_credits", deed.uuid("credit_id"))


def money_comes(world: World, deed: Deed) -> None:
    """To an order, from the bank or out of suspense; by the bank's word or a person's."""
    order, credit = world.get("payments", deed.subject, deed.uuid("payment_id")), _credit(world, deed)
    does = effect(world, order, credit["amount"])
    paid = sum(charge["amount"] for charge in does.pays)
    source = "bank" if credit["state"] == "none" and credit["part_of"] is None else "suspense"
    for charge in does.pays:
        world.put("charges", charge, settled_by=deed.command)
    world.put("payments", order, received=order["received"] + credit["amount"], used=order["used"] + paid)
    here = {"case_id": deed.subject, "payment_id": order["payment_id"], "placed_by": deed.command}
    world.put("bank_credits", credit | here | {"said": None, "state": "placed"})
    moves = (
        (f"{source}:{credit['unit_id']}", credit["amount"]),
        (f"due:{deed.subject}", -paid),
        (f"credit:{deed.subject}", paid - credit["amount"]),
    )
    transfer(world, deed, deed.command, moves, deed.subject)
    if does.back > 0:
        cause = "short" if does.fit == "short" else "overpaid" if does.pays else "paid_twice"
        taker = deed.actor if deed.kind == "match_bank_credit" else order["shown_by"]
        owe_back(world, deed, does.back, cause, taker, payment=order["payment_id"])


def collect(world: World, deed: Deed) -> None:
    """Cash; what no charge wants is owed back."""
    rest, named = beyond(world, deed), {UUID(line["charge_id"]) for line in deed.body["lines"]}
    settled = [not wants_money(world.get("charges", deed.subject, charge)) for charge in named]
    cash(world, deed)
    if rest > 0:
        owe_back(world, deed, rest, "paid_twice" if any(settled) else "overpaid", deed.actor)


def recount_charge(world: World, deed: Deed) -> None:
    """The agency gives up what was taken beyond its count; it is owed back."""
    case, amount = deed.subject, deed.body["amount"]
    charge = world.get("charges", case, deed.uuid("charge_id"))
    before = charge["amount"] if charge["counted"] is None else charge["counted"]
    if charge["settled_by"] is None or amount >= before:
        raise Missing(f"more than {amount} đồng collected")
    world.put("charges", charge, counted=amount, released_by=charge["released_by"] if amount else deed.command)
    transfer(world, deed, deed.command, ((charge["payee"], before - amount), (f"credit:{case}", amount - before)), case)
    owe_back(world, deed, before - amount, deed.body.get("cause", "quantity_corrected"), taker_of(world, charge))


def taker_of(world: World, charge: Row) -> UUID | None:
    """Who took the money of a charge, or showed the code by which it came."""
    slip = world.find("collections", charge["case_id"], charge["settled_by"])
    if slip is not None:
        return slip["courier"]
    for order in world.of_case("payments", charge["case_id"]):
        if order["used"] and charge["charge_id"] in order["charge_ids"]:
            return order["shown_by"]
    return None


def owe_back(
    world: World,
    deed: Deed,
    amount: int,
    cause: str,
    taker: UUID | None,
    *,
    payment: UUID | None = None,
    id_: UUID | None = None,
) -> None:
    """By its own id, else by the one that follows from the act and the case."""
    world.put(
        "refunds",
        {
            "case_id": deed.subject,
            "refund_id": id_ or followed(deed),
            "payment_id": payment,
            "amount": amount,
            "cause": cause,
            "state": "none",
            "owner_unit": world.get("cases", deed.subject)["handling_unit"],
            "due_on": local_day(deed.occurred_at) + A_WEEK,
            "opened_at": deed.occurred_at,
            "collected_by": taker,
            "approved_by": [],
            "paid": 0,
        },
    )


def beyond(world: World, deed: Deed) -> int:
    """Đồng of a slip that no charge wants."""
    named = {UUID(line["charge_id"]) for line in deed.body["lines"]}
    rows = (world.find("charges", deed.subject, charge) for charge in named)
    return deed.body["total"] - sum(row["amount"] for row in rows if row is not None and wants_money(row))


def followed(deed: Deed) -> UUID:
    """The id of the refund that an act opens by itself."""
    return uuid5(deed.command, deed.subject.hex)


def lapse_payment(world: World, deed: Deed) -> None:
    world.get("payments", deed.subject, deed.uuid("payment_id"))
