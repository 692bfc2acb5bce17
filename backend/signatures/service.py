"""The acts of signing and of reading back. They return new and changed rows; nothing is written here."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.eforms.model import Filled, canonical
from backend.signatures.model import ReadBack, Reading, Sign, Signature

FOR_WHAT_CHANGED_HANDS = frozenset({"slip", "hand_over"})
"""Papers that say what changed hands: Phiếu gửi hồ sơ at a pick-up, the record of delivery at a hand-over."""


def sign(case_id: UUID, body: Sign, at: datetime, *, accepted: bool) -> Signature:
    return Signature(
        case_id=case_id,
        signature_id=body.signature_id,
        visit_id=body.visit_id,
        document=body.document,
        mode=body.mode,
        signer=body.signer,
        accepted=accepted,
        form_version=body.form_version,
        shown_sha256=bytes.fromhex(body.shown_sha256),
        strokes_sha256=bytes.fromhex(body.strokes_sha256) if body.strokes_sha256 else None,
        image_sha256=bytes.fromhex(body.image_sha256) if body.image_sha256 else None,
        page_ids=list(body.page_ids),
        hand=body.finger.hand if body.finger else None,
        finger=body.finger.finger if body.finger else None,
        witnesses=len(body.witnesses),
        witness_files=[bytes.fromhex(one.strokes_sha256) for one in body.witnesses if one.strokes_sha256],
        state="none",
        signed_at=at,
    )


def void(signature: Signature, at: datetime) -> Signature:
    """What is void already stays void from then. The state is the rule table's."""
    return signature if signature.voided_at is not None else replace(signature, voided_at=at)


def read_back(case_id: UUID, body: ReadBack, filled: Filled | None, by: UUID, at: datetime) -> Reading:
    """`filled`: what is kept of what was filled in."""
    return Reading(
        case_id=case_id,
        document=body.document,
        visit_id=body.visit_id,
        form_version=body.form_version,
        content_sha256=bytes.fromhex(body.content_sha256),
        content=None if filled is None else canonical(body.form_version, filled).decode(),
        read_by=by,
        read_at=at,
    )


def is_of(signature: Signature, content: bytes, form_version: str) -> bool:
    """Whether that very form was signed: the same content of the same version."""
    return signature.shown_sha256 == content and signature.form_version in (None, form_version)


def outdated(signatures: Iterable[Signature], document: str, content: bytes, form_version: str) -> list[Signature]:
    """Those that a form read back anew makes void."""
    return [
        one
        for one in signatures
        if one.document == document and one.state == "valid" and not is_of(one, content, form_version)
    ]


def unsigned(visit_id: UUID, readings: Iterable[Reading], signatures: Iterable[Signature]) -> int:
    """How many forms were read back in a visit and not signed as their paper wants it."""
    standing = [one for one in signatures if one.accepted and one.state == "valid"]
    return sum(
        reading.visit_id == visit_id
        and not any(
            one.document == reading.document and is_of(one, reading.content_sha256, reading.form_version)
            for one in standing
        )
        for reading in readings
    )


def signed_for(visit_id: UUID, signatures: Iterable[Signature]) -> bool:
    """Whether somebody stands for what changed hands in a visit."""
    return any(
        one.visit_id == visit_id and one.document in FOR_WHAT_CHANGED_HANDS and one.accepted and one.voided_at is None
        for one in signatures
    )
