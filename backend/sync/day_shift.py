"""What the day bundle says of the courier's own day. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.visits.jobs import JobChange


class BundledShift(msgspec.Struct, frozen=True, kw_only=True):
    """The shift that is open, or else the last of today. Amounts in đồng; those of the count None until it is made."""

    shift_id: UUID
    unit_id: UUID
    day: date
    state: str
    float_amount: int
    begun_at: datetime
    counted: int | None
    awaited: int | None
    difference: int | None


class OwnDay(msgspec.Struct, frozen=True, kw_only=True):
    """What a courier takes out, holds and counts."""

    shift: BundledShift | None
    cash: int
    """Đồng in the courier's hands as far as the centre has heard: float, and collected, less what was paid in."""
    set_numbers: Sequence[int]
    """Numbers of the label sets whose labels stand in `labels`, in the same order."""
    changes: Sequence[JobChange]
    """In an open shift: what the list says and the courier has not accepted yet; all of it, each time."""
