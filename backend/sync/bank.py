"""Money that a bank tells of: booked once per entry, on the order whose reference it carries, else in suspense.

A notice, the same notice again and the statement say the same, so each comes to the same act. An order that a phone
showed offline may become known after its money: `place` puts that money where it belongs. What a household pays at once
for several cases stands in suspense, and each case has its part of it as soon as its payment is known.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.acts import queries as acts
from backend.acts.envelope import Subject
from backend.acts.model import Source
from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.fees import payment_queries as payments
from backend.fees.errors import AccountNotOurs, BankEntryChanged
from backend.fees.notices import BankEntry
from backend.fees.payment_model import BankCredit, PayeeAccount, Payment
from backend.fees.payments import LAPSES_AFTER, shares
from backend.fees.references import found_in
from backend.ids import derived
from backend.keys import KeyRing
from backend.sync import desk
from backend.sync.timer import by_timer

BANK = derived("system", "bank")
"""Who makes the acts of a bank's notice."""
MOST = 200
"""Of one round of a timer; the rest goes in the next."""


class Booked(msgspec.Struct, frozen=True):
    """`known`: it had been booked before. `placed`: wholly on orders; else nobody knows yet whose it is, or some."""

    credit_id: UUID
    known: bool
    placed: bool


async def book(tx: Transaction, ring: KeyRing, entry: BankEntry, at: datetime) -> Booked:
    """Once, however often and by whatever way it comes. Raises AccountNotOurs, BankEntryChanged."""
    payee = await payments.find_payee(tx, entry.bank_bin, entry.account, local_date(entry.credited_at))
    if payee is None:
        raise AccountNotOurs(
            "Không đơn vị nào nhận tiền qua tài khoản này. Kiểm tra tài khoản đã đăng ký với ngân hàng."
        )
    credit_id = derived("bank", str(payee.bank_bin), payee.account, entry.entry)
    await acts.lock_command(tx, BANK, credit_id)
    known = await payments.find_bank_credit(tx, credit_id)
    if known is not None:
        if known.amount != entry.amount:
            raise BankEntryChanged("Bút toán này đã ghi với số tiền khác. Ngân hàng đối chiếu rồi gửi bút toán mới.")
        parts = await payments.parts_of(tx, [credit_id])
        placed = known.case_id is not None or sum(part.amount for part in parts) == known.amount
        return Booked(credit_id, known=True, placed=placed)
    orders = await payments.payments_by_reference(tx, references := found_in(entry.text))
    alone = len(orders) == 1 and orders[0].order_id is None
    if alone and await _on_order(tx, ring, credit_id, entry, payee, orders[0], at):
        return Booked(credit_id, known=False, placed=True)
    await _in_suspense(tx, ring, credit_id, entry, payee, references, at)
    left = entry.amount
    if len(references) == 1 and not alone and (waits := await payments.find_bank_credit(tx, credit_id)) is not None:
        left -= sum(await _divided(tx, ring, waits, at))
    return Booked(credit_id, known=False, placed=left == 0)


async def _divided(tx: Transaction, ring: KeyRing, credit: BankCredit, at: datetime) -> list[int]:
    """Of money that came for several cases of a household, what each that is known has now had of it."""
    await acts.lock_command(tx, BANK, credit.credit_id)
    parts = await payments.parts_of(tx, [credit.credit_id])
    orders = await payments.payments_by_reference(tx, [credit.reference or ""])
    back = await payments.paid_back(tx, orders)
    had = {part.payment_id for part in parts if part.payment_id is not None}
    left = credit.amount - sum(part.amount for part in parts)
    given: list[int] = []
    for order, share in shares(orders, left, given=had, paid_back=back):
        part = derived("part", credit.credit_id.hex, order.payment_id.hex)
        own = {"credit_id": str(part), "amount": share, "part_of": str(credit.credit_id)}
        body = _said(credit.credit_id, credit, credit.account_id) | own | {"payment_id": str(order.payment_id)}
        if await by_timer(tx, ring, part, Subject("case", order.case_id), "record_bank_credit", body, at):
            given.append(share)
    return given


async def _on_order(
    tx: Transaction, ring: KeyRing, credit_id: UUID, entry: BankEntry, payee: PayeeAccount, order: Payment, at: datetime
) -> bool:
    """Whether it could be: money that cannot be put on a case is money all the same."""
    body = _said(credit_id, entry, payee.id) | {"payment_id": str(order.payment_id)}
    try:
        async with tx.savepoint():
            await _act(tx, ring, credit_id, Subject("case", order.case_id), "record_bank_credit", body, entry.text, at)
    except Refusal:
        return False
    return True


async def _in_suspense(
    tx: Transaction,
    ring: KeyRing,
    credit_id: UUID,
    entry: BankEntry,
    payee: PayeeAccount,
    references: Sequence[str],
    at: datetime,
) -> None:
    body = _said(credit_id, entry, payee.id) | {"reference": references[0] if len(references) == 1 else None}
    unit = Subject("unit", payee.unit_id)
    await _act(tx, ring, credit_id, unit, "record_unmatched_credit", body, entry.text, at)


def _said(credit_id: UUID, entry: BankEntry | BankCredit, account: UUID) -> dict[str, Any]:
    return {
        "credit_id": str(credit_id),
        "account_id": str(account),
        "entry": entry.entry,
        "amount": entry.amount,
        "credited_at": entry.credited_at.isoformat(),
    }


async def _act(
    tx: Transaction,
    ring: KeyRing,
    act: UUID,
    subject: Subject,
    kind: str,
    body: dict[str, Any],
    text: str,
    at: datetime,
) -> None:
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    personal = json.dumps({"salt": secrets.token_hex(16), "said": visible}, ensure_ascii=False).encode()
    await desk.act(
        tx,
        ring,
        person=BANK,
        id=act,
        subject=subject,
        kind=kind,
        base=0,
        body=body,
        personal=personal,
        at=at,
        source=Source.WEBHOOK,
    )


async def place(tx: Transaction, ring: KeyRing, at: datetime) -> int:
    """Money in suspense whose order has become known since goes there. How many were placed."""
    placed = 0
    for credit, case, payment in await payments.unmatched_with_order(tx, MOST):
        body = _said(credit.credit_id, credit, credit.account_id) | {"payment_id": str(payment)}
        act = derived("place", str(credit.credit_id))
        placed += await by_timer(tx, ring, act, Subject("case", case), "record_bank_credit", body, at)
    for credit in await payments.to_be_divided(tx, MOST):
        placed += len(await _divided(tx, ring, credit, at))
    return placed


async def lapse(tx: Transaction, ring: KeyRing, at: datetime) -> int:
    """Orders for which nothing came for too long are no longer waited for. How many."""
    lapsed = 0
    for order in await payments.payments_waiting_since(tx, at - LAPSES_AFTER, MOST):
        act = derived("lapse", str(order.payment_id), local_date(at).isoformat())
        body = {"payment_id": str(order.payment_id)}
        lapsed += await by_timer(tx, ring, act, Subject("case", order.case_id), "lapse_payment", body, at)
    return lapsed
