"""Which orders, charges and refunds an act about money is about."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from backend.fees import payments
from backend.fees.model import Charge, Collect, Collection, RecountCharge
from backend.fees.payment_model import (
    BankCredit,
    LapsePayment,
    MatchBankCredit,
    Payment,
    PayRefund,
    RecordBankCredit,
    RecordTransferSaid,
    Refund,
)
from backend.fees.payments import Paying
from backend.fees.relief_model import Exempt
from backend.ids import child
from backend.sync.world import World

Found = Iterable[tuple[type[Any], tuple[Any, ...]]]


def money_coming(world: World, case: UUID, body: Any) -> Paying | None:
    """What the money that a bank's act speaks of does to its order, before it has done it."""
    payment = world.get(Payment, case, getattr(body, "payment_id", None))
    if payment is None or not isinstance(body, (RecordBankCredit, MatchBankCredit)):
        return None
    amount = body.rest.amount if isinstance(body, MatchBankCredit) and body.rest else getattr(body, "amount", None)
    if (credit := world.get(BankCredit, body.credit_id)) is not None:
        amount = credit.amount
    if amount is None:
        return None
    return payments.paying(payment, world.of_case(Charge, case), world.of_case(Refund, case), amount)


def credits_named(body: Any) -> list[UUID]:
    """Money that a bank's act places, and what it is a part of."""
    if isinstance(body, RecordBankCredit):
        return [body.credit_id, *([] if body.part_of is None else [body.part_of])]
    if isinstance(body, MatchBankCredit):
        return [body.credit_id, *([] if body.rest is None else [body.rest.part_of])]
    return []


def charges_of_order(world: World, case: UUID, body: Any) -> Iterable[UUID]:
    """Of an order that is named, the charges that still want money; one that lapses lets go of those that wait."""
    payment = world.get(Payment, case, getattr(body, "payment_id", None))
    if payment is None or not isinstance(body, (RecordBankCredit, MatchBankCredit, RecordTransferSaid, LapsePayment)):
        return
    for charge in payments.open_charges(payment, world.of_case(Charge, case)):
        if not isinstance(body, LapsePayment) or charge.state == "waiting_transfer":
            yield charge.charge_id


def _payments(world: World, case: UUID, act: UUID, body: Any) -> Found:
    if isinstance(body, Collect):
        yield (Collection, (case, act))
        yield from ((Payment, (case, payment.payment_id)) for payment in _paid_in_cash(world, case, body))
    elif isinstance(body, PayRefund):
        refund = world.get(Refund, case, body.refund_id)
        if refund is not None and refund.payment_id is not None:
            yield (Payment, (case, refund.payment_id))
    elif (payment := getattr(body, "payment_id", None)) is not None:
        yield (Payment, (case, payment))


def _paid_in_cash(world: World, case: UUID, body: Collect) -> Iterable[Payment]:
    """Orders of which every charge that still wanted money is on this slip."""
    slip = {line.charge_id for line in body.lines}
    for payment in world.of_case(Payment, case):
        wanting = payments.open_charges(payment, world.of_case(Charge, case))
        if wanting and all(charge.charge_id in slip for charge in wanting):
            yield payment


def _refunds(world: World, case: UUID, act: UUID, body: Any) -> Found:
    """The one named; or the one that too much money opens, and those that a top-up makes needless."""
    if (refund := getattr(body, "refund_id", None)) is not None:
        yield (Refund, (case, refund))
    elif isinstance(body, Collect):
        named = {line.charge_id for line in body.lines}
        wanted = sum(
            charge.amount for charge in world.of_case(Charge, case) if charge.charge_id in named and charge.wants_money
        )
        if body.total > wanted:
            yield (Refund, (case, child(act, case)))
    elif isinstance(body, RecountCharge) or (isinstance(body, Exempt) and _is_paid(world, case, body.charge_id)):
        yield (Refund, (case, child(act, case)))
    elif (does := money_coming(world, case, body)) is not None:
        if does.excess:
            yield (Refund, (case, child(act, case)))
        yield from ((Refund, (case, dropped.refund_id)) for dropped in does.dropped)


def _is_paid(world: World, case: UUID, charge_id: UUID) -> bool:
    charge = world.get(Charge, case, charge_id)
    return charge is not None and charge.settled_by is not None and charge.released_by is None and charge.final > 0


def collector_of(world: World, case: UUID, charge_id: UUID) -> UUID | None:
    """Whoever took the money of a charge, or showed the code it was paid by."""
    charge = world.get(Charge, case, charge_id)
    if charge is None:
        return None
    collection = world.get(Collection, case, charge.settled_by)
    if collection is not None:
        return collection.courier
    orders = (one for one in world.of_case(Payment, case) if one.used and charge_id in one.charge_ids)
    return next((one.shown_by for one in orders), None)


OF_MONEY: dict[str, Callable[[World, UUID, UUID, Any], Found]] = {"payment": _payments, "refund": _refunds}
