"""Payments by transfer and refunds: their rows, and the acts about them. Pure: no I/O."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.dossiers.model import Amount, Code
from backend.fees.model import CollectedLine, HouseholdOrder

Reference = Annotated[str, msgspec.Meta(pattern="^DT[34679ACDEFGHJKMNPRTUWXY]{8}$")]
Entry = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
"""What the bank calls its entry: the same for ever."""
OPEN = ("due", "approved")
"""A refund in one of these states is still owed."""


class PayeeAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `payee_accounts`: where citizens pay a unit from one day until another. `holder` without tone marks."""

    id: UUID
    unit_id: UUID
    bank_bin: str
    account: str
    holder: str
    source: str
    valid_from: date | None = None
    valid_until: date | None = None


def is_valid(account: PayeeAccount, on: date) -> bool:
    """Whether it is the unit's account on that day."""
    since, until = account.valid_from or date.min, account.valid_until or date.max
    return since <= on < until


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `payments`: one order over charges of a case. `used`: đồng of `received` that settled charges.

    `order_id`, `order_total`: where one transfer pays for several cases; their payments have one reference."""

    case_id: UUID
    payment_id: UUID
    visit_id: UUID
    account_id: UUID
    reference: str
    charge_ids: list[UUID]
    total: int
    received: int
    used: int
    state: str
    shown_by: UUID
    shown_at: datetime
    said_at: datetime | None = None
    order_id: UUID | None = None
    order_total: int | None = None


class BankCredit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `bank_credits`: money that came, once per entry of the bank. `placed_by`: the act that said whose it is.

    `reference`: the only one its text has; `said`: the text, while nobody knows whose the money is. `part_of`: of what
    came for several cases this is the part of one; the whole stays in suspense as far as it is not divided.
    """

    credit_id: UUID
    account_id: UUID
    unit_id: UUID
    entry: str
    amount: int
    credited_at: datetime
    reference: str | None = None
    said: str | None = None
    state: str
    case_id: UUID | None = None
    payment_id: UUID | None = None
    placed_by: UUID | None = None
    part_of: UUID | None = None


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `refunds`: owed to a citizen. `collected_by`: who took the money, and so may not approve."""

    case_id: UUID
    refund_id: UUID
    payment_id: UUID | None
    amount: int
    cause: str
    state: str
    owner_unit: UUID
    due_on: date
    opened_at: datetime
    collected_by: UUID | None
    approved_by: list[UUID]
    paid: int


Cause = Literal[
    "paid_twice", "overpaid", "short", "exempt_afterwards", "wrong_tariff", "quantity_corrected", "withdrawn", "refused"
]
"""Why money goes back (F09)."""


class ShowPaymentCode(msgspec.Struct, frozen=True, tag_field="kind", tag="show_payment_code"):
    """A VietQR was shown: one order over some charges, under a reference of the maker's block. `order`: where the
    citizen pays for several cases of the visit at once; each has its own payment, all the same reference."""

    visit_id: UUID
    payment_id: UUID
    account_id: UUID
    reference: Reference
    lines: Annotated[list[CollectedLine], msgspec.Meta(min_length=1, max_length=40)]
    total: Amount
    order: HouseholdOrder | None = None


class RecordTransferSaid(msgspec.Struct, frozen=True, tag_field="kind", tag="record_transfer_said"):
    """The citizen says the money is on its way: evidence only."""

    payment_id: UUID


class RecordUnmatchedCredit(msgspec.Struct, frozen=True, tag_field="kind", tag="record_unmatched_credit"):
    """Money came and nobody knows whose it is: it stands in suspense at the unit. The payer's text is personal."""

    credit_id: UUID
    account_id: UUID
    entry: Entry
    amount: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    credited_at: datetime
    reference: Reference | None = None


class UnmatchedPersonal(msgspec.Struct, frozen=True):
    """The personal part of it: `said`, the text of the transfer."""

    said: Annotated[str, msgspec.Meta(max_length=500)]


class RecordBankCredit(msgspec.Struct, frozen=True, tag_field="kind", tag="record_bank_credit"):
    """The bank says that an order was paid, or some of it; or the order of money in suspense has become known.

    `part_of`: it is the part of this case in money that came for several."""

    credit_id: UUID
    account_id: UUID
    entry: Entry
    amount: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    credited_at: datetime
    payment_id: UUID
    part_of: UUID | None = None


class Rest(msgspec.Struct, frozen=True):
    """What is left of money that came, in đồng."""

    part_of: UUID
    amount: Amount


class MatchBankCredit(msgspec.Struct, frozen=True, tag_field="kind", tag="match_bank_credit"):
    """A person says whose the money in suspense is: it pays this order. `rest`: what was left of money of which other
    cases have had their part; `credit_id` is then new."""

    credit_id: UUID
    payment_id: UUID
    rest: Rest | None = None


class LapsePayment(msgspec.Struct, frozen=True, tag_field="kind", tag="lapse_payment"):
    """Nothing came for so long that the charges are due again. Money that comes later still pays the order."""

    payment_id: UUID


class OpenRefund(msgspec.Struct, frozen=True, tag_field="kind", tag="open_refund"):
    """A citizen's credit that no refund speaks of yet is to go back."""

    refund_id: UUID
    amount: Amount
    cause: Cause
    payment_id: UUID | None = None


class ApproveRefund(msgspec.Struct, frozen=True, tag_field="kind", tag="approve_refund"):
    """Somebody who did not collect agrees."""

    refund_id: UUID


class PayRefund(msgspec.Struct, frozen=True, tag_field="kind", tag="pay_refund"):
    """The money went back, from the hands of who acts or from the account it came to."""

    refund_id: UUID
    means: Literal["cash", "transfer"]


class DropRefund(msgspec.Struct, frozen=True, tag_field="kind", tag="drop_refund"):
    """It need not go back. The credit stays the citizen's."""

    refund_id: UUID
    reason: Code
