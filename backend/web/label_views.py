"""What desks are shown of label sets, and of what a scan found."""

from uuid import UUID

import msgspec


class StockLine(msgspec.Struct, frozen=True, kw_only=True):
    """Label sets next to each other in one pair of hands, both ends included."""

    state: str
    holder_kind: str
    holder: UUID
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def shown(self) -> str:
        """00412–00431."""
        return f"{self.first:05}" if self.count == 1 else f"{self.first:05}–{self.last:05}"


class ScannedSet(msgspec.Struct, frozen=True, kw_only=True):
    """A label set that was scanned, with the parcel it is bound to."""

    number: int
    label: str
    unit_id: UUID
    state: str
    holder_kind: str
    holder: UUID
    case_id: UUID | None
    parcel_id: UUID | None
