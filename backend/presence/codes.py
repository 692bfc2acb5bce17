"""The courier's code (mã xác minh): RFC 6238 with steps of a minute, SHA-256 and six digits.

Six digits alone do not tell couriers apart: with three hundred in shift, two show the same ones in about one minute of
twenty. So nobody is looked for by the code: the badge number says who it should be, and the code is held against that
one person's phones. A guess is right with two chances in a million for each phone, since the step before counts too:
whoever reads the code aloud at the end of a minute is not called a liar.
"""

import hashlib
import hmac
from datetime import date, datetime, time
from uuid import UUID

from backend.clock import VIETNAM
from backend.keys import KeyRing, Purpose, in_digits, same

STEP = 60
"""Seconds."""
DIGITS = 6
STEPS_TAKEN = (0, -1)
"""The step of now and the one before: a code is over two minutes after it appeared."""


def totp(secret: bytes, at: datetime, *, step: int = STEP, digits: int = DIGITS, shift: int = 0) -> str:
    """RFC 6238 over HMAC-SHA-256. `shift`: so many steps later."""
    counter = int(at.timestamp()) // step + shift
    return in_digits(hmac.digest(secret, counter.to_bytes(8, "big"), hashlib.sha256), digits)


def secret_of(ring: KeyRing, device: UUID, person: UUID, day: date) -> bytes:
    """What the phone of a courier makes its codes from on that day: 32 bytes, stored nowhere. A key that is changed
    counts from the next day on, so that phones without a network go on."""
    key = ring.current(Purpose.PRESENCE, datetime.combine(day, time(), VIETNAM))
    return key.mac(b"courier code" + device.bytes + person.bytes + day.isoformat().encode())


def is_right(secret: bytes, typed: str, at: datetime) -> bool:
    """Every step that counts is looked at, whatever the first one said: how long it takes tells nothing."""
    said = typed.encode()
    found = [same(totp(secret, at, shift=shift).encode(), said) for shift in STEPS_TAKEN]
    return any(found)
