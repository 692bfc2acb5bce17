"""Lines of a run sheet as a desk is shown them. Pure: no I/O."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.web.figures import Figures


class Boxes(msgspec.Struct, frozen=True):
    """What else stands in the boxes of the line that whoever confirms can compare: codes and numbers, nothing
    personal."""

    means: str | None = None
    slip_number: int | None = None
    seal_number: str | None = None
    recipient_class: str | None = None
    outcome: str | None = None
    reason: str | None = None


class ToldOnPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One act that the line tells, at the time as written."""

    kind: str
    at: datetime
    figures: Figures
    boxes: Boxes


class LineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the tables have it. `picture`: SHA-256 of the photograph of the line."""

    case_id: UUID
    line_id: UUID
    visit_id: UUID
    courier_name: str
    picture: str
    state: str
    typed_by: UUID
    typed_by_name: str
    typed_at: datetime
    rekeyed_by: UUID
    decided_by_name: str | None
    decided_at: datetime | None

    @property
    def waits(self) -> bool:
        return self.state == "typed"


class LineView(LineRow, frozen=True, kw_only=True):
    """`acts`: what takes effect when it is confirmed; empty once that is decided."""

    acts: Sequence[ToldOnPaper]


class LineWaiting(msgspec.Struct, frozen=True, kw_only=True):
    """A line that somebody typed in and another still has to confirm."""

    case_id: UUID
    line_id: UUID
    courier_name: str
    typed_by_name: str
    typed_at: datetime
