"""What becomes of a command: its standing, its place in the chain, its answer. Pure: no I/O."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from backend.acts.envelope import Envelope


class Standing(StrEnum):
    """Where a command stands. Acknowledged means: its inbox row is committed, whatever this says."""

    APPLIED = "applied"
    HELD = "held"
    BEHIND = "behind"
    REVIEW = "review"
    SET_ASIDE = "set_aside"
    REFUSED = "refused"


class Source(StrEnum):
    """Who makes commands. Only a device has an outbox, and so a `seq`."""

    DEVICE = "device"
    DESK = "desk"
    FORM = "form"
    WEBHOOK = "webhook"
    TIMER = "timer"
    PAPER = "paper"
    """What a courier did without a phone, typed in and confirmed at the post."""


class Clocked(StrEnum):
    """How the legal time of an act was found (contract: by measured offset, bounded; unknown offset: receipt)."""

    CORRECTED = "corrected"
    BOUNDED = "bounded"
    RECEIPT = "receipt"
    SERVER = "server"
    PAPER = "paper"


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A readable command on its way to a decision."""

    envelope: Envelope
    source: Source
    data: bytes
    fingerprint: bytes
    signature: bytes | None
    personal: bytes | None
    carried_by: UUID | None
    received_at: datetime
    occurred_at: datetime
    clock: Clocked
    amiss: str | None = None
    """Why it cannot be decided although its maker signed it: its personal part is not the one it names."""
    earlier: bool = False
    """It already has an inbox row (it was held, behind or in review)."""
    after_gap: bool = False
    """The one its maker numbered before it has not come, and nobody waited for it any more."""
    resolved: bool = False
    """A person decided that it takes effect as it is: whose it is and what changed meanwhile was looked at."""
    onto: UUID | None = None
    """The case a person put it on, instead of the one it names."""

    @property
    def subject(self) -> tuple[str, UUID]:
        """(kind, id) of the chain it goes on."""
        return self.envelope.subject.kind, self.onto or self.envelope.subject.id

    @property
    def key(self) -> tuple[UUID, UUID]:
        return (self.envelope.made_by, self.envelope.id)

    @property
    def by_courier(self) -> bool:
        """Done at a door: it happened, whatever anybody thinks of it now."""
        return self.source in (Source.DEVICE, Source.PAPER)


class Inboxed(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `inbox`."""

    made_by: UUID
    id: UUID
    source: Source
    seq: int | None
    fingerprint: bytes
    data: bytes
    signature: bytes | None
    carried_by: UUID | None
    received_at: datetime
    kind: str | None
    subject_kind: str | None
    subject_id: UUID | None
    case_id: UUID | None
    standing: Standing
    reason: str | None = None
    problem: Any = None
    n: int | None = None
    exceptions: Sequence[str] = ()
    decided_at: datetime | None = None
    after_gap: bool = False


class SubjectHead(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `subjects`: the lock and the head of a chain."""

    kind: str
    id: UUID
    n: int
    head: bytes


class OpenedException(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `exceptions`: a fact that the rule table would have refused."""

    case_id: UUID
    exception_id: UUID
    made_by: UUID
    act_id: UUID
    machine: str
    state: str
    reason: str
    opened_at: datetime
    cleared_at: datetime | None = None
    cleared_by: UUID | None = None


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `touches`: who set a field to what (a keyed hash), and when in the chain."""

    subject_kind: str
    subject_id: UUID
    field: str
    n: int
    made_by: UUID
    value: bytes


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457, as it stands in an answer."""

    type: str
    title: str
    status: int
    detail: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The envelope's acknowledgement. The same command gets the current standing, for ever."""

    id: UUID | None
    fingerprint: str
    standing: Standing
    n: int | None = None
    problem: Problem | None = None
    exceptions: Sequence[str] = ()


Outcome = Mapping[str, Any]
"""What the centre decided, in words the verifier can compare: `{"case": "papers_taken", "paper:<id>": "..."}`."""
