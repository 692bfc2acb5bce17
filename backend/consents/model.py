"""Notice and consent are different things (F19): a notice is told, a consent is an answer to one question. Pure."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code
from backend.dossiers.party_model import Party, PartyKind, PartyRole
from backend.procedures.people import Ages, age

Extra = Literal["reuse_papers", "place_mark", "photo_of_person", "zalo_messages", "audio_read_back"]
"""What is asked about, one by one, and may be refused without any effect. Nothing that the law orders is among them."""


class NoticeShown(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `notices_shown`: the last time that the notice was told. There is no answer to it."""

    case_id: UUID
    notice: str
    visit_id: UUID | None
    version: str
    text_sha256: bytes
    how: str
    shown_by: UUID
    shown_at: datetime


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `consents`. `answered_as`: for whom the answer was given. `child_agrees`: None if no child was asked."""

    case_id: UUID
    extra: str
    state: str
    version: str
    text_sha256: bytes
    answered_as: str
    child_agrees: bool | None
    visit_id: UUID | None
    answered_at: datetime
    withdrawn_at: datetime | None = None


class ShowNotice(msgspec.Struct, frozen=True, tag_field="kind", tag="show_notice"):
    """The notice was read aloud, shown or handed over: this version, this text."""

    notice: Literal["data_processing"]
    version: Code
    text_sha256: HexHash
    how: Literal["read", "shown", "given"]
    visit_id: UUID | None = None


class RecordConsent(msgspec.Struct, frozen=True, tag_field="kind", tag="record_consent"):
    """The answer to one question. Of a child or of who is under guardianship the representative answers; from 7 years
    the child is asked too where its private life is concerned."""

    extra: Extra
    given: bool
    version: Code
    text_sha256: HexHash
    answered_as: Literal["owner", "representative"]
    child_agrees: bool | None = None
    visit_id: UUID | None = None


class WithdrawConsent(msgspec.Struct, frozen=True, tag_field="kind", tag="withdraw_consent"):
    """As easily as it was given: by the card, at 1022, at any counter."""

    extra: Extra


def answered(case_id: UUID, body: RecordConsent, at: datetime) -> Consent:
    return Consent(
        case_id=case_id,
        extra=body.extra,
        state="none",
        version=body.version,
        text_sha256=bytes.fromhex(body.text_sha256),
        answered_as=body.answered_as,
        child_agrees=body.child_agrees,
        visit_id=body.visit_id,
        answered_at=at,
    )


def told(case_id: UUID, body: ShowNotice, by: UUID, at: datetime) -> NoticeShown:
    return NoticeShown(
        case_id=case_id,
        notice=body.notice,
        visit_id=body.visit_id,
        version=body.version,
        text_sha256=bytes.fromhex(body.text_sha256),
        how=body.how,
        shown_by=by,
        shown_at=at,
    )


def everybody_answered(body: RecordConsent, parties: list[Party], ages: Ages, on: date, *, private_life: bool) -> bool:
    """Whether the answer is one of those whose it is. Whose age nobody knows answers for themselves."""
    owner = next((one for one in parties if one.role is PartyRole.OWNER and one.live), None)
    represented = any(one.role is PartyRole.REPRESENTATIVE and one.live for one in parties)
    if owner is None or owner.kind is PartyKind.ORGANISATION or owner.born is None:
        return represented or body.answered_as == "owner"
    least, most = age(owner.born, on)
    if least >= ages.adult:
        return body.answered_as == ("representative" if represented else "owner")
    asked = private_life and most >= ages.child_answers
    return body.answered_as == "representative" and (body.child_agrees is True or not asked)
