"""The act of signing. Returns the new row; nothing is written here."""

from datetime import datetime
from uuid import UUID

from backend.signatures.model import Sign, Signature

FOR_WHAT_CHANGED_HANDS = frozenset({"slip", "hand_over"})
"""Papers that say what changed hands: Phiếu gửi hồ sơ at a pick-up, the record of delivery at a hand-over."""


def sign(case_id: UUID, body: Sign, at: datetime) -> Signature:
    return Signature(
        case_id=case_id,
        signature_id=body.signature_id,
        visit_id=body.visit_id,
        document=body.document,
        mode=body.mode,
        shown_sha256=bytes.fromhex(body.shown_sha256),
        strokes_sha256=bytes.fromhex(body.strokes_sha256) if body.strokes_sha256 else None,
        image_sha256=bytes.fromhex(body.image_sha256) if body.image_sha256 else None,
        signed_at=at,
    )
