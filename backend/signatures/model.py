"""A signature is bound to the hash of exactly what was shown. Pure: no I/O."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code


class Mode(StrEnum):
    """How it was signed (F06). A drawn signature is evidence, not a legal signature."""

    DRAWN = "drawn"
    INK = "ink"
    FINGERPRINT = "fingerprint"
    REPRESENTATIVE = "representative"
    WITNESSED = "witnessed"
    CODE = "code"


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `signatures`."""

    case_id: UUID
    signature_id: UUID
    visit_id: UUID
    document: str
    mode: str
    shown_sha256: bytes
    strokes_sha256: bytes | None = None
    image_sha256: bytes | None = None
    signed_at: datetime
    voided_at: datetime | None = None


class Sign(msgspec.Struct, frozen=True, tag_field="kind", tag="sign"):
    """Someone signs a paper shown on the phone. Strokes and picture are files named by their hashes."""

    visit_id: UUID
    signature_id: UUID
    document: Annotated[Code, msgspec.Meta(pattern="^[a-z_]+$")]
    mode: Mode
    shown_sha256: HexHash
    strokes_sha256: HexHash | None = None
    image_sha256: HexHash | None = None
