"""Identifiers made by the server. For identity only: never for order, secrecy or time."""

import secrets
import time
from uuid import UUID, uuid5

NAMESPACE = UUID("6d0c2f0e-8f43-5d0c-9a53-7a1e6e9d4b11")


def uuid7() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def child(parent: UUID, subject: UUID) -> UUID:
    """The id of the act that `parent` makes on one of its many subjects: the same every time."""
    return uuid5(parent, subject.hex)


def derived(*parts: str) -> UUID:
    """An id for something that has none of its own (a webhook event, a timer): the same parts, the same id."""
    return uuid5(NAMESPACE, "\x1f".join(parts))
