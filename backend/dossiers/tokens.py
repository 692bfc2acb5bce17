"""Tracking tokens: what stands behind the QR on papers and cards. Pure: no I/O."""

import base64
import hashlib
from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from backend.keys import Key

TOKEN_BYTES = 16


class TrackingToken(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `tracking_tokens`: only the SHA-256 of the token."""

    token_sha256: bytes
    case_id: UUID
    number: int
    live: bool


def token(key: Key, subject: UUID, number: int) -> str:
    """26 characters A-Z 2-7: the first 128 bits of HMAC-SHA-256(key, subject, number). Every paper can show it again.

    `subject` is the case, or the label set whose card carries the token.
    """
    mac = key.mac(subject.bytes + number.to_bytes(4, "big"))[:TOKEN_BYTES]
    return base64.b32encode(mac).decode().rstrip("=")


def stored(text: str) -> bytes:
    """What is looked up: SHA-256 of the token as written, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


def live_token(keys: Sequence[Key], case: UUID, live: Collection[bytes]) -> str | None:
    """The token whose hash is among `live`, the newest key first. None when every link was taken back."""
    texts = (token(key, case, 1) for key in reversed(keys))
    return next((text for text in texts if stored(text) in live), None)
