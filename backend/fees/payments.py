"""What a transfer pays and what is left of it, and refunds. Pure: returns new and changed rows.

Money received for an order settles all its open charges or none (state fees are not paid in part). What settles nothing
is the citizen's credit, and every credit has a refund with an owner and a day: money is never the citizen's with nobody
bound to give it back. When a top-up makes a short payment whole, the refund of what was short is dropped.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.clock import local_date
from backend.fees.model import Charge, Collection
from backend.fees.payment_model import OPEN, BankCredit, OpenRefund, Payment, Refund, ShowPaymentCode
from backend.fees.service import Moves
from backend.ids import child

Fit = Literal["exact", "short", "over"]

REFUND_WITHIN = timedelta(days=7)
"""A refund is due so many days after the money was too much."""
LAPSES_AFTER = timedelta(days=7)
"""So long a transfer is waited for."""
TWO_APPROVE_FROM = 5_000_000
"""Đồng: a refund of so much needs two approvers (F09)."""


Shares = list[tuple[Payment, int]]
"""Payments, and đồng for each."""


class Paying(msgspec.Struct, frozen=True):
    """What some money does to an order. `settled`: charges it pays wholly; `excess`: đồng that become a refund;
    `dropped`: refunds of what had been short."""

    fit: Fit
    settled: list[Charge]
    excess: int
    dropped: list[Refund]


def open_charges(payment: Payment, charges: Sequence[Charge]) -> list[Charge]:
    """Those of the order that still want money, in the order of the order."""
    by_id = {charge.charge_id: charge for charge in charges}
    named = [by_id[charge] for charge in payment.charge_ids if charge in by_id]
    return [charge for charge in named if charge.wants_money]


def paying(payment: Payment, charges: Sequence[Charge], refunds: Sequence[Refund], amount: int) -> Paying:
    """`charges`, `refunds`: of the case. `amount`: what came now, đồng."""
    own = [refund for refund in refunds if refund.payment_id == payment.payment_id]
    wanting = open_charges(payment, charges)
    wanted = sum(charge.amount for charge in wanting)
    dropped = [refund for refund in own if refund.state in OPEN and refund.cause == "short"]
    at_hand = payment.received - payment.used - sum(one.paid for one in own) + amount
    at_hand -= sum(one.amount for one in own if one.state in OPEN and one.cause != "short")  # promised
    if not wanted:
        return Paying("over", [], amount, [])
    if at_hand < wanted:
        return Paying("short", [], amount, [])
    return Paying("exact" if at_hand == wanted else "over", wanting, at_hand - wanted, dropped)


def shown(case_id: UUID, body: ShowPaymentCode, by: UUID, at: datetime) -> Payment:
    return Payment(
        case_id=case_id,
        payment_id=body.payment_id,
        visit_id=body.visit_id,
        account_id=body.account_id,
        reference=body.reference,
        charge_ids=list(dict.fromkeys(line.charge_id for line in body.lines)),
        total=body.total,
        received=0,
        used=0,
        state="none",
        shown_by=by,
        shown_at=at,
        order_id=body.order.id if body.order is not None else None,
        order_total=body.order.total if body.order is not None else None,
    )


def shares(orders: Sequence[Payment], left: int, *, given: Container[UUID], paid_back: Mapping[UUID, int]) -> Shares:
    """How money that came for a household is divided among its payments: each as far as it was asked for, in the order
    of their ids. What is beyond goes with the last, once all are known; until then it waits.

    `orders`: those known, of one order. `left`: đồng not divided yet. `given`: payments that had their part of it.
    `paid_back`: đồng of each that went back to the citizen.
    """
    are_all = sum(one.total for one in orders) >= max((one.order_total or 0 for one in orders), default=0)
    still = sorted((one for one in orders if one.payment_id not in given), key=lambda one: one.payment_id)
    found: Shares = []
    for number, one in enumerate(still, start=1):
        wants = max(0, one.total - one.received + paid_back.get(one.payment_id, 0))
        share = left if are_all and number == len(still) else min(left, wants)
        if share:
            found.append((one, share))
        left -= share
    return found


def credited(payment: Payment, credit: BankCredit, does: Paying, act: UUID) -> tuple[Payment, list[Charge], Moves]:
    """`credit`: as it was before, in suspense, a part of what is, or just come."""
    paid = sum(charge.amount for charge in does.settled)
    source = "suspense" if credit.state == "unmatched" or credit.part_of is not None else "bank"
    moves = (
        (f"{source}:{credit.unit_id}", credit.amount),
        (f"due:{payment.case_id}", -paid),
        (f"credit:{payment.case_id}", paid - credit.amount),
    )
    changed = replace(payment, received=payment.received + credit.amount, used=payment.used + paid)
    return changed, [replace(charge, settled_by=act) for charge in does.settled], moves


def suspended(credit: BankCredit) -> Moves:
    return ((f"bank:{credit.unit_id}", credit.amount), (f"suspense:{credit.unit_id}", -credit.amount))


def owed_back(
    case_id: UUID,
    act: UUID,
    amount: int,
    cause: str,
    *,
    owner: UUID,
    at: datetime,
    payment: UUID | None = None,
    collected_by: UUID | None = None,
) -> Refund:
    """The refund that an act opens by itself: one per act and case."""
    return Refund(
        case_id=case_id,
        refund_id=child(act, case_id),
        payment_id=payment,
        amount=amount,
        cause=cause,
        state="none",
        owner_unit=owner,
        due_on=local_date(at) + REFUND_WITHIN,
        opened_at=at,
        collected_by=collected_by,
        approved_by=[],
        paid=0,
    )


def asked_back(case_id: UUID, body: OpenRefund, *, owner: UUID, at: datetime, collected_by: UUID) -> Refund:
    """The refund that a person opens."""
    opened = owed_back(case_id, body.refund_id, body.amount, body.cause, owner=owner, at=at, collected_by=collected_by)
    return replace(opened, refund_id=body.refund_id, payment_id=body.payment_id)


def cause_of(payment: Payment, does: Paying) -> str:
    if does.fit == "short":
        return "short"
    return "overpaid" if does.settled else "paid_twice"


def unclaimed(
    charges: Sequence[Charge],
    collections: Sequence[Collection],
    payments: Sequence[Payment],
    refunds: Sequence[Refund],
    of: UUID | None,
) -> int:
    """Đồng of a case's citizen of which no open refund speaks. `of`: what came by this payment; None: all the rest.
    Each is apart: what one refund promises no other money pays for."""
    own = [refund for refund in refunds if refund.payment_id == of]
    if of is not None:
        return unspoken_for(sum(one.received - one.used for one in payments if one.payment_id == of), own)
    slips = {collection.collection_id for collection in collections}
    in_cash = sum(collection.total for collection in collections)
    in_cash -= sum(charge.amount for charge in charges if charge.settled_by in slips)
    counted_less = sum(charge.amount - charge.final for charge in charges)
    return unspoken_for(in_cash + counted_less, own)


class Returning(Protocol):
    """A refund, as a row or as a desk has it."""

    @property
    def state(self) -> str: ...
    @property
    def amount(self) -> int: ...
    @property
    def paid(self) -> int: ...


def unspoken_for(left: int, refunds: Iterable[Returning]) -> int:
    """Of what is left over: without what went back or will."""
    return left - sum(one.paid + (one.amount if one.state in OPEN else 0) for one in refunds)


def approvals_missing(refund: Refund) -> int:
    """Before the next one."""
    return (2 if refund.amount >= TWO_APPROVE_FROM else 1) - len(refund.approved_by)


def nothing_left(payment: Payment, refunds: Sequence[Refund], refund: Refund) -> bool:
    """Whether, with this refund paid, nothing of the payment stays with us."""
    paid = sum(one.paid for one in refunds if one.payment_id == payment.payment_id)
    return payment.received <= paid + refund.amount
