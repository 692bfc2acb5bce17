"""A spare phone for a courier whose own is dead: eight digits that the dispatcher reads out (F11).

The phone is enrolled already and proves it with its key; it makes another key for the courier, so that nobody's acts
get into somebody else's line. What it is lent as ends by itself, and what it has not sent then can still be delivered.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from backend.database import Database, Transaction
from backend.keys import Key, KeyRing, Purpose
from backend.staff import device_queries
from backend.staff.device_sign_in import SignedIn
from backend.staff.enrolment import Record, may, proven_point, use, working_at
from backend.staff.errors import (
    DeviceNotEnrolled,
    DeviceRevoked,
    LendingCodeUnknown,
    RoleNeeded,
    TooManyCodes,
    TooManyTries,
)
from backend.staff.jwk import JsonWebKey
from backend.staff.model import CODE_LASTS, Device, EnrolmentCode, Post
from backend.staff.sign_in import counted, forgiven
from backend.staff.tokens import place_key

PREFIX = "TANNHA:LEND:"
DIGITS = 8


async def make_code(
    tx: Transaction, ring: KeyRing, *, posts: Iterable[Post], made_by: UUID, person: UUID, unit: UUID, at: datetime
) -> str:
    """Eight digits with which one spare phone of `unit` becomes the phone of `person`, once, within 15 minutes.

    `posts`: what the maker holds today. Raises RoleNeeded, PersonUnknown, PersonDisabled, NoRoleToday.
    """
    if not may("lend_device", posts, unit):
        raise RoleNeeded("Mã mượn máy do điều phối viên, trưởng bưu cục của đơn vị hoặc quản trị hệ thống cấp.")
    await working_at(tx, person, unit, at)
    key, digits = ring.current(Purpose.TOKEN, at), _drawn()
    while await device_queries.lock_code(tx, _hash(key, digits)) is not None:
        digits = _drawn()
    code = EnrolmentCode(
        hash=_hash(key, digits),
        person_id=person,
        unit_id=unit,
        made_by=made_by,
        made_at=at,
        expires_at=at + CODE_LASTS,
        lends=True,
    )
    await device_queries.add_code(tx, code)
    return digits


async def borrow(
    database: Database,
    ring: KeyRing,
    *,
    code: str,
    key: JsonWebKey,
    proof: bytes,
    spare: bytes,
    at: datetime,
    record: Record,
) -> SignedIn:
    """Makes an enrolled phone the courier's for the rest of the day, and signs it in. Asked again with the same code
    and key it answers the same for a day.

    `key`: a new one; `proof`: its ES256 (`r || s`) over `TANNHA:LEND:` and the digits; `spare`: thumbprint of the key
    the request was proven with. Opens its own transactions: guesses of a phone are counted, and slow it down.
    Raises DeviceNotEnrolled, DeviceRevoked, TooManyCodes, LendingCodeUnknown, EnrolmentCodeExpired, EnrolmentCodeUsed,
    EnrolmentNotProven, KeyRefused, KeyAlreadyEnrolled, PersonDisabled, NoRoleToday.
    """
    digits = "".join(letter for letter in code if letter.isdecimal() and letter.isascii())
    public = proven_point(key, PREFIX + digits, proof)
    counter = place_key(ring, at, "lending code on device", spare.hex())
    async with database.transaction() as tx:
        lent = await _lendable(tx, spare)
        try:
            await counted(tx, counter, at)
        except TooManyTries as waits:
            raise TooManyCodes(waits.seconds) from waits
    async with database.transaction() as tx:
        if (await device_queries.lock_device(tx, lent.id)).revoked_at is not None:
            raise DeviceRevoked
        found = await lend(tx, ring, lent, digits=digits, public=public, at=at, record=record)
        await forgiven(tx, counter, at)
        return found


async def lend(
    tx: Transaction, ring: KeyRing, spare: Device, *, digits: str, public: bytes, at: datetime, record: Record
) -> SignedIn:
    """`public`: the key the courier's acts are signed with from now on."""
    code = await _code(tx, ring, digits, spare.unit_id)
    return await use(tx, ring, code, public=public, at=at, record=record, spare=spare.id)


async def _lendable(tx: Transaction, thumbprint: bytes) -> Device:
    """What is lent itself is not lent on."""
    spare = await device_queries.find_device_by_key(tx, thumbprint)
    if spare is None or spare.lent_from is not None:
        raise DeviceNotEnrolled
    if spare.revoked_at is not None:
        raise DeviceRevoked
    return spare


async def _code(tx: Transaction, ring: KeyRing, digits: str, unit: UUID) -> EnrolmentCode:
    """Also when the key has changed since it was made. A code of another office is none."""
    for key in ring.all(Purpose.TOKEN):
        found = await device_queries.lock_code(tx, _hash(key, digits))
        if found is not None and found.unit_id == unit:
            return found
    raise LendingCodeUnknown


def _drawn() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _hash(key: Key, digits: str) -> bytes:
    return key.mac(b"lending code\x1f" + digits.encode())
