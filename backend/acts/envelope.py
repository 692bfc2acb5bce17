"""The envelope: what a phone writes once, signs, and never writes again.

UTF-8 JSON, kept and hashed as bytes. Shared by the server, the simulator and the verifier, so it imports nothing of
the project. Signature: ES256 (ECDSA P-256, SHA-256), raw `r || s`, 64 bytes, over the exact bytes.
"""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

VERSION = 1
MOST_BYTES = 64 * 1024
"""An envelope larger than this is refused unread: the body holds codes, ids and amounts only."""

Name = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
HexHash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]


class Unreadable(ValueError):
    """Bytes that are no envelope of a version we know. They are kept for a person to look at."""


class Subject(msgspec.Struct, frozen=True):
    """What the act's chain belongs to."""

    kind: Name
    id: UUID


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """One act as its maker wrote it."""

    v: int
    made_by: UUID
    id: UUID
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)] | None = None
    prev: HexHash | None = None
    actor: UUID
    subject: Subject
    kind: Name
    rules: Count
    base: Count
    occurred_at: datetime
    offset_ms: Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)] | None = None
    body: msgspec.Raw
    personal_hash: HexHash | None = None


_decoder = msgspec.json.Decoder(Envelope)
_encoder = msgspec.json.Encoder()


def read(data: bytes) -> Envelope:
    """Raises Unreadable: not UTF-8 JSON, unknown version, a field missing or out of range, nested beyond reason."""
    if len(data) > MOST_BYTES:
        raise Unreadable("too large")
    try:
        data.decode()  # the body is decoded later, by its kind
        envelope = _decoder.decode(data)
        envelope.occurred_at.astimezone(UTC)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, OverflowError) as error:
        raise Unreadable(str(error)[:200]) from error
    if envelope.v != VERSION:
        raise Unreadable(f"version {envelope.v}")
    if envelope.occurred_at.tzinfo is None or b"\\u0000" in data:
        raise Unreadable("a time without an offset, or a NUL")
    return envelope


def write(
    *,
    made_by: UUID,
    id: UUID,  # noqa: A002
    actor: UUID,
    subject: Subject,
    kind: str,
    rules: int,
    base: int,
    occurred_at: datetime,
    body: Any,
    seq: int | None = None,
    prev: bytes | None = None,
    offset_ms: int | None = None,
    personal: bytes | None = None,
) -> bytes:
    """The bytes of a new envelope. `prev` is the fingerprint of the maker's envelope before this one."""
    return _encoder.encode(
        {
            "v": VERSION,
            "made_by": made_by,
            "id": id,
            "seq": seq,
            "prev": prev.hex() if prev is not None else None,
            "actor": actor,
            "subject": {"kind": subject.kind, "id": subject.id},
            "kind": kind,
            "rules": rules,
            "base": base,
            "occurred_at": occurred_at.astimezone(UTC),
            "offset_ms": offset_ms,
            "body": body,
            "personal_hash": fingerprint(personal).hex() if personal is not None else None,
        }
    )


def fingerprint(data: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(data).digest()


def sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """64 bytes, `r || s`."""
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def is_signed(key: ec.EllipticCurvePublicKey, data: bytes, signature: bytes | None) -> bool:
    if signature is None or len(signature) != 64:
        return False
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    try:
        key.verify(der, data, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
