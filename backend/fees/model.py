"""Charges, the collection slip and the ledger's entries. Pure: no I/O."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.dossiers.model import Amount, Code

Dong = Annotated[int, msgspec.Meta(ge=0, le=100_000_000_000)]


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `charges`: one fee line of one case. Settled exactly once. `counted`: what the agency then found it to
    be, if that was less."""

    case_id: UUID
    charge_id: UUID
    line: str
    amount: int
    payee: str
    due_at: str
    state: str
    settled_by: UUID | None = None
    counted: int | None = None
    unpaid_because: str | None = None
    relief_claimed: str | None = None
    released_by: UUID | None = None
    """The act that exempted or voided it."""

    @property
    def wants_money(self) -> bool:
        return self.settled_by is None and self.released_by is None

    @property
    def final(self) -> int:
        return self.amount if self.counted is None else self.counted


class Quoted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of what is said beforehand. `of`: whose it is, the agency's fee or the post's charge (never on a receipt
    of fees, F08)."""

    charge_id: UUID
    line: Code
    amount: Amount
    due_at: Literal["reception", "return"] = "reception"
    of: Literal["agency", "post"] = "agency"


class Quote(msgspec.Struct, frozen=True, tag_field="kind", tag="quote"):
    """The citizen is told what it costs, and owes it from then on. A line that is known already stays as it is."""

    visit_id: UUID
    charges: Annotated[list[Quoted], msgspec.Meta(min_length=1, max_length=40)]


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `collections`: money taken once, with its numbered slip."""

    case_id: UUID
    collection_id: UUID
    visit_id: UUID
    slip_number: int
    courier: UUID
    means: str
    total: int
    tendered: int
    change_given: int
    state: str
    collected_at: datetime
    order_id: UUID | None = None
    order_total: int | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `entries`. `amount` > 0 is money into the account."""

    case_id: UUID | None
    transfer_id: UUID
    line: int
    account: str
    amount: int
    day: date
    occurred_at: datetime
    recorded_at: datetime


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `balances`: only accounts with a bound have one."""

    account: str
    amount: int


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `shifts`: a courier's day."""

    shift_id: UUID
    courier: UUID
    unit_id: UUID
    day: date
    state: str
    float_amount: int
    begun_at: datetime
    closed_at: datetime | None = None
    difference: int | None = None
    counted: int | None = None
    """Đồng that went into the till."""
    awaited: int | None = None
    """Đồng that were counted and of which the centre had not heard: slips on a phone that has not spoken."""
    reason: str | None = None
    """Why the count differs."""
    counted_at: datetime | None = None
    """When the centre heard of the count."""
    countersigned_by: UUID | None = None
    countersigned_at: datetime | None = None


class CollectedLine(msgspec.Struct, frozen=True):
    """One fee line paid wholly: cash pays a line or does not (F09)."""

    charge_id: UUID
    amount: Amount


class HouseholdOrder(msgspec.Struct, frozen=True):
    """What a household pays at once (F09): `total` in đồng, of all slips or payments of the order."""

    id: UUID
    total: Amount


class Collect(msgspec.Struct, frozen=True, tag_field="kind", tag="collect"):
    """Money taken at the door. `slip_number` is from the phone's block; it is not the tax receipt (F08). `order`: where
    one payment is for several cases of the visit; each has its own slip."""

    visit_id: UUID
    slip_number: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    lines: Annotated[list[CollectedLine], msgspec.Meta(min_length=1, max_length=40)]
    total: Amount
    means: Literal["cash"]
    tendered: Dong
    change: Dong
    order: HouseholdOrder | None = None


class RecountCharge(msgspec.Struct, frozen=True, tag_field="kind", tag="recount_charge"):
    """The agency's count is final (F21): of a charge that was collected, the amount it should have been. Nothing at all
    only where the law gives it back: `cause` is then how the case ended (F09)."""

    charge_id: UUID
    amount: Dong
    cause: Literal["quantity_corrected", "wrong_tariff", "withdrawn", "refused"] = "quantity_corrected"


class BeginShift(msgspec.Struct, frozen=True, tag_field="kind", tag="begin_shift"):
    """Begin of day: the change money and the label sets a courier takes out."""

    unit: UUID
    day: date
    float_amount: Dong


class Remit(msgspec.Struct, frozen=True, tag_field="kind", tag="remit"):
    """Cash from the courier into the till of a unit."""

    amount: Amount
    unit: UUID


SetsLeft = Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=99_999_999)]], msgspec.Meta(max_length=500)]


class CloseShift(msgspec.Struct, frozen=True, tag_field="kind", tag="close_shift"):
    """The day's count. A difference is named, never edited away. `sets_left`: numbers of the label sets still in the
    bag; all others were bound, voided or given back (F01)."""

    counted: Dong
    reason: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")] | None = None
    """Why the count differs from the ledger; the words are personal."""
    sets_left: SetsLeft | None = None
