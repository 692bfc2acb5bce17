"""A signature is bound to the hash of exactly what was shown. Pure: no I/O."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.dossiers.model import Code
from backend.dossiers.party_model import Born, Name, Number, OldNumber, Passport
from backend.eforms.model import Filled
from backend.procedures.model import SignatureMode as Mode

Document = Annotated[Code, msgspec.Meta(pattern="^[a-z_]+$")]
Signer = Literal["owner", "filer", "representative", "authorised", "recipient"]


ON_PAPER = frozenset({Mode.INK, Mode.FINGERPRINT})
"""Modes whose evidence is a photographed page."""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `signatures`. `accepted`: in a mode that the paper takes, with its evidence and witnesses; what is not
    is kept all the same. `page_ids`: photographs of the signed paper. `witnesses`: how many;
    who, only the act says. `witness_files`: their strokes."""

    case_id: UUID
    signature_id: UUID
    visit_id: UUID
    document: str
    mode: str
    signer: str
    accepted: bool
    form_version: str | None = None
    shown_sha256: bytes
    strokes_sha256: bytes | None = None
    image_sha256: bytes | None = None
    page_ids: list[UUID] = []
    hand: str | None = None
    finger: str | None = None
    witnesses: int = 0
    witness_files: list[bytes] = []
    state: str
    signed_at: datetime
    voided_at: datetime | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `readings`: the last time that a paper was read back to the citizen. `content`: what was filled in,
    where the reading tells it, as the text that is hashed; personal, and gone with the case."""

    case_id: UUID
    document: str
    visit_id: UUID
    form_version: str
    content_sha256: bytes
    content: str | None = None
    read_by: UUID
    read_at: datetime


class Finger(msgspec.Struct, frozen=True):
    """Which finger was pressed in ink on the paper: the right index, else the left one, else another."""

    hand: Literal["right", "left"]
    finger: Literal["thumb", "index", "middle", "ring", "little"] = "index"


class Witness(msgspec.Struct, frozen=True):
    """What is not personal of one who saw it: their own signature on a page or on glass, and how their age is known:
    by the birth date, or by a look at their card."""

    relation: Code
    adult_by: Literal["born", "card_seen"] = "born"
    strokes_sha256: HexHash | None = None
    page_id: UUID | None = None


class WitnessTold(msgspec.Struct, frozen=True, kw_only=True):
    """Who a witness is, in the order of the body."""

    name: Name
    number: Number | None = None
    old_number: OldNumber | None = None
    passport: Passport | None = None
    born: Born | None = None

    @property
    def identity(self) -> str | None:
        return self.number or self.old_number or self.passport


class SignPersonal(msgspec.Struct, frozen=True, kw_only=True):
    """The personal part of `sign`."""

    witnesses: Annotated[list[WitnessTold], msgspec.Meta(max_length=4)] = []


class Sign(msgspec.Struct, frozen=True, tag_field="kind", tag="sign"):
    """Someone signs a paper: what was shown on the phone, or on paper that is photographed. Strokes and picture are
    files named by their hashes. A finger is pressed in ink on paper: no device reads it.

    `form_version`, `shown_sha256`: of the form that was filled in and read back, where there is one.
    """

    visit_id: UUID
    signature_id: UUID
    document: Document
    mode: Mode
    shown_sha256: HexHash
    strokes_sha256: HexHash | None = None
    image_sha256: HexHash | None = None
    signer: Signer = "owner"
    form_version: Code | None = None
    page_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []
    finger: Finger | None = None
    witnesses: Annotated[list[Witness], msgspec.Meta(max_length=4)] = []


class VoidSignature(msgspec.Struct, frozen=True, tag_field="kind", tag="void_signature"):
    """A signature no longer stands: what was signed has changed, or it was signed in the wrong way."""

    visit_id: UUID
    signature_id: UUID
    reason: Code


class ReadBackPersonal(msgspec.Struct, frozen=True, kw_only=True):
    """The personal part of `read_back`: what was filled in. None of a paper that was filled in elsewhere."""

    filled: Filled | None = None


class ReadBack(msgspec.Struct, frozen=True, tag_field="kind", tag="read_back"):
    """A filled form was read back to the citizen. Whatever was signed before of another content or version is void.

    `content_sha256`: of the canonical bytes of `form_version` and what was filled in (`backend/eforms/model.py`).
    """

    visit_id: UUID
    document: Document
    form_version: Code
    content_sha256: HexHash
