"""What was done and said about a case, as a desk is shown it: acts, calls with the citizen, questions to the agency.

Pure: no I/O.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec


class ActRow(msgspec.Struct, frozen=True, kw_only=True):
    """One act of the case's chain. `state`: the case's after it."""

    n: int
    id: UUID
    made_by: UUID
    kind: str
    actor: UUID
    actor_name: str | None
    occurred_at: datetime
    recorded_at: datetime
    clock: str
    state: str | None
    exceptions: list[str]


class CallSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What an act that records a call says. `direction`: None where it is always the post that calls. `note`: what was
    said, unless it was erased."""

    direction: str | None = None
    outcome: str
    note: str | None = None


class EvidenceSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind the reason of a visit that failed, as the file of reasons names it. `said`: in words, unless
    it was erased."""

    code: str
    said: str | None = None


class ActView(ActRow, frozen=True, kw_only=True):
    """`call`: what became of it, where it was one. `evidence`: why a visit failed."""

    call: CallSaid | None = None
    evidence: Sequence[EvidenceSaid] = ()


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the post and what the agency answered; the words of both are None once the case is erased."""

    case_id: UUID
    question_id: UUID
    state: str
    question: str | None
    asked_by_name: str | None
    asked_at: datetime
    answer: str | None
    answered_by_name: str | None
    answered_at: datetime | None

    @property
    def took(self) -> timedelta | None:
        """How long the post waited for the answer."""
        return None if self.answered_at is None else self.answered_at - self.asked_at
