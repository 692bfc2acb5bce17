"""Tokens we make and read ourselves: access (of a phone, 15 minutes), refresh (of a phone), form (of a desk session).

On the wire: base64url of kind (1 byte) + id of the `token` key (16) + content + HMAC-SHA-256 of all before (32). To
their holders they are opaque. A token of one kind never passes for another.
"""

import struct
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from backend.keys import KeyRing, Purpose, same
from backend.staff.errors import (
    RefreshUnreadable,
)
from backend.staff.jwk import base64url, from_base64url
from backend.staff.model import ACCESS_LASTS
from backend.staff.proof_errors import AccessExpired, AccessUnreadable

_ACCESS, _REFRESH, _FORM, _PLACE = b"\x01", b"\x02", b"\x03", b"\x04"
_ACCESS_CONTENT = struct.Struct(">16s16s16s32sQ")
_REFRESH_CONTENT = struct.Struct(">16sI")
_MAC_BYTES = 32
_HEAD_BYTES = 17
LONGEST = 400


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """`thumbprint`: of the key that every request with this token must prove."""

    session: UUID
    device: UUID
    person: UUID
    thumbprint: bytes
    expires_at: datetime


class Refresh(msgspec.Struct, frozen=True, kw_only=True):
    session: UUID
    n: int


def make_access(ring: KeyRing, *, session: UUID, device: UUID, person: UUID, thumbprint: bytes, at: datetime) -> str:
    until = int((at + ACCESS_LASTS).timestamp())
    content = _ACCESS_CONTENT.pack(session.bytes, device.bytes, person.bytes, thumbprint, until)
    return _make(ring, _ACCESS, content, at)


def read_access(ring: KeyRing, text: str, at: datetime) -> Access:
    """Raises AccessUnreadable, AccessExpired."""
    content = _read(ring, _ACCESS, text, _ACCESS_CONTENT.size)
    if content is None:
        raise AccessUnreadable
    session, device, person, thumbprint, until = _ACCESS_CONTENT.unpack(content)
    if at.timestamp() >= until:
        raise AccessExpired
    return Access(
        session=UUID(bytes=session),
        device=UUID(bytes=device),
        person=UUID(bytes=person),
        thumbprint=thumbprint,
        expires_at=datetime.fromtimestamp(until, UTC),
    )


def make_refresh(ring: KeyRing, *, session: UUID, n: int, made_at: datetime) -> str:
    """The same arguments give the same token: an answer that was lost is simply given again."""
    return _make(ring, _REFRESH, _REFRESH_CONTENT.pack(session.bytes, n), made_at)


def read_refresh(ring: KeyRing, text: str) -> Refresh:
    """Raises RefreshUnreadable."""
    content = _read(ring, _REFRESH, text, _REFRESH_CONTENT.size)
    if content is None:
        raise RefreshUnreadable
    session, n = _REFRESH_CONTENT.unpack(content)
    return Refresh(session=UUID(bytes=session), n=n)


def make_form_token(ring: KeyRing, session_hash: bytes, at: datetime) -> str:
    """For the hidden field of every form of one desk session: it proves that we drew the form."""
    return _make(ring, _FORM, session_hash, at)


def is_form_token(ring: KeyRing, text: str, session_hash: bytes) -> bool:
    found = _read(ring, _FORM, text, len(session_hash))
    return found is not None and same(found, session_hash)


def place_key(ring: KeyRing, at: datetime, *parts: str) -> bytes:
    """32 bytes under which failures of an account at a place are counted, without keeping the place."""
    return ring.current(Purpose.TOKEN, at).mac(_PLACE + "\x1f".join(parts).encode("utf-8", "replace"))


def _make(ring: KeyRing, kind: bytes, content: bytes, at: datetime) -> str:
    key = ring.current(Purpose.TOKEN, at)
    signed = kind + key.id.bytes + content
    return base64url(signed + key.mac(signed))


def _read(ring: KeyRing, kind: bytes, text: str, size: int) -> bytes | None:
    """The content, or None when it is not a token of that kind that we made."""
    if len(text) > LONGEST or not text.isascii():
        return None
    try:
        data = from_base64url(text)
        key = ring.get(Purpose.TOKEN, UUID(bytes=data[1:_HEAD_BYTES]))
    except (ValueError, KeyError):
        return None
    signed, mac = data[:-_MAC_BYTES], data[-_MAC_BYTES:]
    if len(data) != _HEAD_BYTES + size + _MAC_BYTES or data[:1] != kind or not same(key.mac(signed), mac):
        return None
    return signed[_HEAD_BYTES:]
