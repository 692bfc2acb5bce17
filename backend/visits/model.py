"""One stop of one courier at one place and window, for one or several cases. Pure: no I/O."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from backend.appointments.model import Place, Purpose
from backend.dossiers.model import Code
from backend.dossiers.party_model import Born, Name

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
    unplanned: bool = False
    """Begun where the citizen asked for it (F02). Its window is the hour in which it began."""


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
    met_party: UUID | None = None
    """That party, where it was said which."""
    outcome: str | None = None
    """How the visit ended for this case (F29: each has its own)."""
    missing: str | None = None
    """Components that the citizen knew to be missing and sent without (F14), one a line."""

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


class Unplanned(msgspec.Struct, frozen=True):
    """What a visit is that nobody planned. `unit`: the post, or the office at whose counter it is."""

    unit: UUID
    purpose: Purpose = "collect"
    place: Place = "home"


class RecordArrival(msgspec.Struct, frozen=True, tag_field="kind", tag="record_arrival"):
    """The courier is there. The personal part: `{"place": {"lat": ..., "lon": ..., "accuracy": metres, "age": seconds},
    "card": "what was read from the card or label at the house"}`, each as far as there is one.

    `unplanned`: what the visit is, where none was planned under this id; several cases of a house may share it (F02).
    """

    visit_id: UUID
    unplanned: Unplanned | None = None


class CheckIdentity(msgspec.Struct, frozen=True, tag_field="kind", tag="check_identity"):
    """Who was met, and by what means known. `party_id`: which of those in the case, where that is known."""

    visit_id: UUID
    party: Literal["owner", "filer", "representative", "authorised", "recipient"]
    means: Means
    party_id: UUID | None = None


class SendAnyway(msgspec.Struct, frozen=True, tag_field="kind", tag="send_anyway"):
    """The citizen knows what is missing and wants it sent all the same: a courier guides and never refuses (F14)."""

    visit_id: UUID
    missing: Annotated[list[Code], msgspec.Meta(min_length=1, max_length=60)]


class RecordNotGone(msgspec.Struct, frozen=True, tag_field="kind", tag="record_not_gone"):
    """Nobody went, which is no attempt; `reason` as the data file of reasons, where there is one to say."""

    visit_id: UUID
    reason: Annotated[str, msgspec.Meta(pattern="^[VH][0-9]{2}$")] | None = None


class FinishVisit(msgspec.Struct, frozen=True, tag_field="kind", tag="finish_visit"):
    """The visit ends; `outcome` as the data file of reasons (B1). The personal part: `place`, as of an arrival."""

    visit_id: UUID
    outcome: Literal["done", "partly", "incomplete_sent"]


class FailVisit(msgspec.Struct, frozen=True, tag_field="kind", tag="fail_visit"):
    """The visit ends without its purpose; `reason` as the data file of reasons (B2, B3).

    `evidence`: what of the reason's list there is; calls and the photograph of the gate are acts of their own, and are
    not taken from here. `why_not`: why something of it is missing. What the evidence says, such as who was met, is the
    personal part: `{"evidence": {"met_whom": "..."}}`, and `place`, as of an arrival.
    """

    visit_id: UUID
    reason: Annotated[str, msgspec.Meta(pattern="^[VH][0-9]{2}$")]
    evidence: Annotated[list[Plain], msgspec.Meta(max_length=20)] = []
    why_not: Plain | None = None


class HandOverResult(msgspec.Struct, frozen=True, tag_field="kind", tag="hand_over_result"):
    """The result is in the recipient's hands (row 26). `of_age`: as the courier saw it, where no birth date is on file.
    `word_replaced_by`: what stood in for a word that nobody has (F07)."""

    visit_id: UUID
    paper_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=50)]
    recipient_class: Literal["owner", "registered", "household"]
    relationship: Code
    means: Means
    word_ok: bool | None = None
    of_age: bool | None = None
    word_replaced_by: Code | None = None


class HandOverPersonal(msgspec.Struct, frozen=True, kw_only=True):
    """The personal part of `hand_over_result`: the word as it was said, and who received where that is nobody who is
    in the case."""

    word: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    name: Name | None = None
    born: Born | None = None
