"""The days of couriers as a post sees them. Amounts in đồng."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class ShiftLine(msgspec.Struct, frozen=True, kw_only=True):
    """A courier's day. `cash`: what the ledger says the courier holds now. `awaited`: counted, and of slips that the
    centre had not heard of; `arrived`: of those since. `signed_at`: the office whose people sign the count, its own or,
    where nobody else of it may, the one above (F16)."""

    shift_id: UUID
    unit_id: UUID
    signed_at: UUID
    courier: UUID
    courier_name: str
    day: date
    state: str
    float_amount: int
    begun_at: datetime
    closed_at: datetime | None
    counted: int | None
    awaited: int | None
    arrived: int
    difference: int | None
    reason: str | None
    cash: int
    countersigned_at: datetime | None
    countersigned_by_name: str | None

    @property
    def still_awaited(self) -> int:
        return max(0, (self.awaited or 0) - self.arrived) if self.state == "provisional" else 0
