"""The lease of a phone made longer without a network: eight digits that the dispatcher reads out (F25).

The phone shows four digits of its own and the day it last heard of; the code belongs to that phone, that day and those
digits. Both sides make it from a secret that the phone was given with its day, so nothing is kept but that somebody
read it out. Four digits are enough: they only keep one code from counting twice.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from backend.clock import VIETNAM, local_date
from backend.database import Transaction
from backend.keys import KeyRing, Purpose, in_digits
from backend.staff import device_queries
from backend.staff.enrolment import Record, may
from backend.staff.errors import ChallengeMisread, DeviceRevoked, LendingEnded, RoleNeeded
from backend.staff.model import DeviceAct, Post

CHALLENGE_DIGITS = 4
DIGITS = 8
_CHALLENGE = re.compile(rf"[0-9]{{{CHALLENGE_DIGITS}}}")


def secret_of(ring: KeyRing, device: UUID, day: date) -> bytes:
    """32 bytes, stored nowhere at the centre. A key that is changed counts from the next day on."""
    key = ring.current(Purpose.PRESENCE, datetime.combine(day, time(), VIETNAM))
    return key.mac(b"longer lease" + device.bytes + day.isoformat().encode())


def code_of(secret: bytes, challenge: int) -> str:
    """RFC 4226 over HMAC-SHA-256."""
    return in_digits(hmac.digest(secret, challenge.to_bytes(8, "big"), hashlib.sha256), DIGITS)


def days(at: datetime) -> tuple[date, date]:
    """Of which a phone may still be: after midnight it has not heard of the new one."""
    return local_date(at), local_date(at) - timedelta(days=1)


async def read_out(
    tx: Transaction,
    ring: KeyRing,
    device: UUID,
    *,
    act: UUID,
    challenge: str,
    day: date,
    posts: Iterable[Post],
    by: UUID,
    at: datetime,
    record: Record | None,
) -> str:
    """The code for these digits on that phone. `act`: the id under which it is told to the phone's chain; `record`:
    None where it was told before.

    Raises DeviceUnknown, RoleNeeded, DeviceRevoked, LendingEnded, ChallengeMisread.
    """
    phone = await device_queries.lock_device(tx, device)
    if not may("extend_lease", posts, phone.unit_id):
        raise RoleNeeded("Mã kéo dài do điều phối viên hoặc trưởng bưu cục của máy đó đọc.")
    if phone.revoked_at is not None:
        raise DeviceRevoked
    if not phone.usable(at):
        raise LendingEnded
    if not _CHALLENGE.fullmatch(challenge) or day not in days(at):
        raise ChallengeMisread
    body = {"unit": str(phone.unit_id), "person": str(phone.person_id), "day": day.isoformat(), "challenge": challenge}
    told = DeviceAct(id=act, kind="extend_lease", device_id=device, actor=by, occurred_at=at, body=body)
    if record is not None:
        await record(tx, told)
    return code_of(secret_of(ring, device, day), int(challenge))
