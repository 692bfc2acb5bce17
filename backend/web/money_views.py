"""What desks are shown of charges, transfers and money to be given back. Amounts in đồng."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class ChargeView(msgspec.Struct, frozen=True, kw_only=True):
    """`payee`: the account it is owed to, an agency's or, for postage, a post's. `counted`: what the agency found it to
    be after it was collected, if that was less."""

    case_id: UUID
    charge_id: UUID
    line: str
    amount: int
    payee: str
    due_at: str
    state: str
    counted: int | None
    unpaid_because: str | None
    relief_claimed: str | None


class HouseholdCharge(msgspec.Struct, frozen=True, kw_only=True):
    """A charge of another case of a visit that goes on, that still wants money: a household pays at once (F09)."""

    case_id: UUID
    visit_id: UUID
    owner_name: str | None
    charge_id: UUID
    line: str
    amount: int
    due_at: str


class SlipView(msgspec.Struct, frozen=True, kw_only=True):
    """Cash that was taken, with the number of its slip. `order_total`: of what a household paid at once for several
    cases; None: for this one alone."""

    case_id: UUID
    slip_number: int
    total: int
    change_given: int
    collected_at: datetime
    order_id: UUID | None
    order_total: int | None


class PaymentView(msgspec.Struct, frozen=True, kw_only=True):
    """An order to pay by transfer: what is asked and what came. `order_total`: of what a household pays at once for
    several cases."""

    case_id: UUID
    payment_id: UUID
    reference: str
    total: int
    order_total: int | None
    received: int
    used: int
    """Đồng of it that paid charges."""
    state: str
    shown_at: datetime


class PaymentCode(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it is shown to be paid: `total` of all that its reference pays for. `holder` without tone marks."""

    payment_id: UUID
    reference: str
    total: int
    state: str
    bank_bin: str
    account: str
    holder: str


class RefundView(msgspec.Struct, frozen=True, kw_only=True):
    """What is to go back to the citizen, by which day, and whose duty it is."""

    case_id: UUID
    refund_id: UUID
    amount: int
    cause: str
    state: str
    owner_unit: UUID
    due_on: date
    paid: int
    payment_id: UUID | None
    """The order that it came by; None: in cash."""


class CreditView(msgspec.Struct, frozen=True, kw_only=True):
    """Money of which nobody knows whose it is. `said`: the payer's words. `left`: đồng of `amount` that no case of a
    household has had."""

    credit_id: UUID
    unit_id: UUID
    amount: int
    left: int
    credited_at: datetime
    said: str | None
