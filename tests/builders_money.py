"""Payee accounts, payment codes and what a bank says, for tests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.fees import payment_queries as payments
from backend.fees.notices import BankEntry
from backend.fees.payment_model import PayeeAccount
from backend.fees.references import reference
from backend.ids import uuid7
from backend.sync import bank
from backend.sync.bank import Booked
from tests.builders import Field, Phone
from tests.builders_acts import Body, Line, at_the_door

BIN, ACCOUNT = "970449", "0277102200001"
OPENED = date(2025, 7, 1)


async def an_account(field: Field, unit: UUID | None = None, **changes: Any) -> UUID:
    """Where citizens pay the post (or another unit)."""
    account = uuid7()
    values: dict[str, Any] = {
        "id": account,
        "unit_id": unit or field.post,
        "bank_bin": BIN,
        "account": ACCOUNT,
        "holder": "Buu dien My Hiep",
        "source": "test",
        "valid_from": OPENED,
    } | changes
    await payments.add_payees(field.tx, [PayeeAccount(**values)])
    return account


async def first_slip(field: Field, phone: Phone) -> int:
    """The first number of the phone's block."""
    return await field.tx.value("SELECT first_number FROM slip_blocks WHERE maker = $d", d=phone.device)


async def references(field: Field, maker: UUID, count: int = 10) -> list[str]:
    """A block of the maker's own."""
    first, last = await payments.give_reference_block(field.tx, maker, count)
    return [reference(number) for number in range(first, last + 1)]


def code(visit: str, account: UUID, ref: str, *lines: Line, **changes: Any) -> Body:
    return {
        "visit_id": visit,
        "payment_id": str(uuid7()),
        "account_id": str(account),
        "reference": ref,
        "lines": [{"charge_id": charge, "amount": amount} for charge, amount in lines],
        "total": sum(amount for _, amount in lines),
    } | changes


@dataclass
class Order:
    """A case whose charges are to be paid by transfer. `shown`: the body of the code that Lan shows."""

    field: Field
    case: UUID
    visit: str
    account: UUID
    charges: list[str]
    shown: Body
    spare: list[str]

    @property
    def payment(self) -> UUID:
        return UUID(self.shown["payment_id"])

    @property
    def reference(self) -> str:
        return self.shown["reference"]

    async def show(self) -> None:
        answer = await self.field.does(self.case, "show_payment_code", self.shown)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), answer

    async def state(self) -> str:
        return await self.field.tx.value("SELECT state FROM payments WHERE payment_id = $p", p=self.payment)

    async def charge_states(self) -> set[str]:
        rows = await self.field.tx.all("SELECT state FROM charges WHERE case_id = $case", case=self.case)
        return {row["state"] for row in rows}


async def an_order(field: Field, *amounts: int, phone: Phone | None = None, **booking: Any) -> Order:
    """At the door, the code not shown yet."""
    case, visit, charges = await field.booked(*(amounts or (72_000,)), **booking)
    account = await field.tx.value("SELECT id FROM payee_accounts WHERE unit_id = $post", post=field.post)
    account = account or await an_account(field)
    made = phone or field.phone
    own = await references(field, made.device)
    await at_the_door(field, case, visit, phone=made)
    lines = list(zip(charges, amounts or (72_000,), strict=True))
    return Order(field, case, visit, account, charges, code(visit, account, own[0], *lines), own[1:])


def entry(name: str, amount: int, text: str, at: datetime, **changes: Any) -> BankEntry:
    values: dict[str, Any] = {
        "entry": name, "bank_bin": BIN, "account": ACCOUNT, "amount": amount, "text": text, "credited_at": at,
    } | changes  # fmt: skip
    return BankEntry(**values)


async def came(field: Field, name: str, amount: int, text: str, **changes: Any) -> Booked:
    """The bank says so."""
    told = entry(name, amount, text, field.at, **changes)
    return await bank.book(field.tx, field.ring, told, field.at)


@dataclass
class Together:
    """A household: several cases of one visit, paid by one transfer under one reference."""

    field: Field
    orders: list[Order]

    @property
    def reference(self) -> str:
        return self.orders[0].reference

    async def states(self) -> list[str]:
        return [await order.state() for order in self.orders]


async def a_household(field: Field, *amounts: int, **booking: Any) -> Together:
    """At the door, no code shown yet: a case for each amount."""
    orders = [await an_order(field, amount, **booking) for amount in amounts]
    together = {"id": str(uuid7()), "total": sum(amounts)}
    for order in orders:
        order.shown |= {"reference": orders[0].reference, "account_id": str(orders[0].account), "order": together}
    return Together(field, orders)
