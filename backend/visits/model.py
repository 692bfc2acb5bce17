"""One stop of one courier at one place and window, for one or several cases. Pure: no I/O."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from backend.dossiers.model import Code

Means = Literal[
    "card_seen", "card_qr", "vneid", "passport", "birth_certificate", "known_to_witness", "authority_paper", "none"
]
"""Means of identity (F05); a QR is prefill, never proof."""

Plain = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{1,40}$")]
"""A code of the data file of reasons."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `visits`."""

    visit_id: UUID
    unit_id: UUID
    courier: UUID
    purpose: str
    place: str
    day: date
    time_window: str
    state: str
    outcome: str | None = None
    reason: str | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None


class CaseVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `case_visits`: what one case needs of the visit."""

    case_id: UUID
    visit_id: UUID
    identity_checked: bool = False
    slip_signed: bool = False
    changed_hands: bool = False
    """Papers or a result went from hand to hand."""
    met: str | None = None
    """The role of the party whose identity was looked at last."""
    outcome: str | None = None
    """How the visit ended for this case (F29: each has its own)."""

    GIVEN_UP: ClassVar[str] = "cancelled"
    """Its outcome where the case left the visit before the courier came."""

    @property
    def has_ended(self) -> bool:
        return self.outcome not in (None, self.GIVEN_UP)


class Bundled(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `bundle`: a case that is, or was, on a courier's phone."""

    person_id: UUID
    case_id: UUID
    visit_id: UUID
    present: bool


class Depart(msgspec.Struct, frozen=True, tag_field="kind", tag="depart"):
    """The courier is on the way."""

    visit_id: UUID


class RecordArrival(msgspec.Struct, frozen=True, tag_field="kind", tag="record_arrival"):
    """The courier is there. The personal part: `{"place": {"lat": ..., "lon": ..., "accuracy": metres, "age": seconds},
    "card": "what was read from the card or label at the house"}`, each as far as there is one."""

    visit_id: UUID


class CheckIdentity(msgspec.Struct, frozen=True, tag_field="kind", tag="check_identity"):
    """Who was met, and by what means known."""

    visit_id: UUID
    party: Literal["owner", "filer", "representative", "authorised", "recipient"]
    means: Means


class FinishVisit(msgspec.Struct, frozen=True, tag_field="kind", tag="finish_visit"):
    """The visit ends; `outcome` as the data file of reasons (B1). The personal part: `place`, as of an arrival."""

    visit_id: UUID
    outcome: Literal["done", "partly", "incomplete_sent"]


class FailVisit(msgspec.Struct, frozen=True, tag_field="kind", tag="fail_visit"):
    """The visit ends without its purpose; `reason` as the data file of reasons (B2, B3).

    `evidence`: what of the reason's list there is; calls and the photograph of the gate are acts of their own, and are
    not taken from here. `why_not`: why something of it is missing. The personal part: `place`, as of an arrival.
    """

    visit_id: UUID
    reason: Annotated[str, msgspec.Meta(pattern="^[VH][0-9]{2}$")]
    evidence: Annotated[list[Plain], msgspec.Meta(max_length=20)] = []
    why_not: Plain | None = None


class HandOverResult(msgspec.Struct, frozen=True, tag_field="kind", tag="hand_over_result"):
    """The result is in the recipient's hands (row 26)."""

    visit_id: UUID
    paper_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=50)]
    recipient_class: Literal["owner", "registered", "household"]
    relationship: Code
    means: Means
    word_ok: bool | None = None
