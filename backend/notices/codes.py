"""Codes sent to whoever is on file: six digits, made from a key and the act that sent them, stored nowhere. Pure."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from backend.keys import Key, KeyRing, Purpose, same

LASTS = timedelta(minutes=10)
DIGITS = 6
Sent = tuple[UUID, UUID]
"""Who made the act that sent it, and its id."""


def code_of(key: Key, sent: Sent) -> str:
    made_by, act = sent
    mac = key.mac(b"owner code" + made_by.bytes + act.bytes)
    return str(int.from_bytes(mac[:8], "big") % 10**DIGITS).zfill(DIGITS)


def is_right(ring: KeyRing, typed: str, sent: Iterable[Sent]) -> bool:
    """Every code that counts is looked at, whatever the first one said."""
    said = typed.encode()
    found = [same(code_of(key, one).encode(), said) for one in sent for key in ring.all(Purpose.CARD)]
    return any(found)
