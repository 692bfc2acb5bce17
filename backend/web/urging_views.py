"""What units are urged about, as desks are shown it. Pure: no I/O."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class UrgingView(msgspec.Struct, frozen=True, kw_only=True):
    """What the province urged a unit about, and what it answered; the words of both are None once the case is
    erased."""

    case_id: UUID
    urging_id: UUID
    unit_id: UUID
    state: str
    words: str | None
    answer_by: date
    urged_by_name: str
    urged_at: datetime
    answer: str | None
    answered_by_name: str | None
    answered_at: datetime | None

    def is_late(self, today: date) -> bool:
        """Whether the day for an answer is over, and there is none."""
        return self.state == "urged" and self.answer_by < today


class UrgingLine(UrgingView, frozen=True, kw_only=True):
    """One of a list, with whose case it is."""

    unit_name: str
    owner_name: str | None
    case_state: str
