"""Signing in with a password: counted before it is looked at, slowed where it fails, never locked.

These functions open their own transactions: what was counted must stay although the answer is a refusal.
"""

import hashlib
import ipaddress
import secrets
from datetime import datetime
from math import ceil
from uuid import UUID

import msgspec

from backend.clock import local_date
from backend.database import Database, Transaction
from backend.keys import KeyRing
from backend.staff import passwords, queries
from backend.staff.errors import NoRoleToday, TooManyTries, WrongPassword
from backend.staff.jwk import base64url
from backend.staff.model import ACCOUNT, BY_ACCOUNT, BY_ACCOUNT_AND_PLACE, BY_PLACE, FAMILIAR, FORGET_FAILURES
from backend.staff.tokens import place_key


class _Counters(msgspec.Struct, frozen=True, kw_only=True):
    """Keys under which a try counts: of this account here, and those it shares with others."""

    own: bytes
    place: bytes | None = None
    account: bytes | None = None

    @property
    def shared(self) -> list[bytes]:
        return [key for key in (self.place, self.account) if key is not None]


async def open_desk(
    database: Database, ring: KeyRing, *, account: str, password: str, address: str, at: datetime
) -> str:
    """The cookie of a new desk session: 256 random bits, of which only the hash is kept.

    `address`: of the browser. Raises WrongPassword, TooManyTries, NoRoleToday.
    """
    account = account.strip().lower()
    here = place_of(address)
    counters = _Counters(
        own=place_key(ring, at, "account here", account, here),
        place=place_key(ring, at, "here", here),
        account=place_key(ring, at, "account", account),
    )
    person = await _person_of(database, counters, account=account, password=password, at=at)
    cookie = base64url(secrets.token_bytes(32))
    async with database.transaction() as tx:
        if not await queries.posts_of(tx, person, local_date(at)):
            raise NoRoleToday
        await queries.open_desk_session(tx, session_hash(cookie), person, at)
    return cookie


async def person_on_device(
    database: Database, ring: KeyRing, *, account: str, password: str, thumbprint: bytes, at: datetime
) -> UUID:
    """Whose account it is. Tries count for this phone only: nobody else can slow a courier down.

    `thumbprint`: of the key the request was proven with. Raises WrongPassword, TooManyTries.
    """
    account = account.strip().lower()
    counters = _Counters(own=place_key(ring, at, "account on device", account, thumbprint.hex()))
    return await _person_of(database, counters, account=account, password=password, at=at)


async def close_desk(tx: Transaction, session: bytes, *, at: datetime) -> None:
    await queries.end_desk_session(tx, session, at=at)


def session_hash(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).digest()


def place_of(address: str) -> str:
    """One IPv4 address, or the /64 of an IPv6 one: what one subscriber has."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.IPv6Network((ip, 64), strict=False))
    return str(ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else ip)


async def _person_of(database: Database, counters: _Counters, *, account: str, password: str, at: datetime) -> UUID:
    async with database.transaction() as tx:
        await _count(tx, counters, at)
        found = await queries.find_password(tx, account) if ACCOUNT.fullmatch(account) else None
    verdict = await passwords.verify(None if found is None else found[1], password)
    if found is None or verdict is passwords.Verdict.WRONG:
        raise WrongPassword
    person, known = found
    rehashed = await passwords.hash_of(password) if verdict is passwords.Verdict.RIGHT_OLD_PROFILE else None
    async with database.transaction() as tx:
        await queries.lock_attempts(tx, [counters.own, *counters.shared], at=at)
        await queries.forgive_attempt(tx, counters.own, counters.shared, at=at)
        if rehashed is not None:
            await queries.save_rehashed(tx, person, known=known, hash=rehashed)
    return person


async def counted(tx: Transaction, key: bytes, at: datetime) -> None:
    """A try that nobody else shares: from the sixth on one waits longer and longer. Raises TooManyTries."""
    await _count(tx, _Counters(own=key), at)


async def forgiven(tx: Transaction, key: bytes, at: datetime) -> None:
    """What was tried was right."""
    await queries.lock_attempts(tx, [key], at=at)
    await queries.forgive_attempt(tx, key, [], at=at)


async def _count(tx: Transaction, counters: _Counters, at: datetime) -> None:
    """Raises TooManyTries while one has to wait; a try made while waiting is not counted."""
    keys = [counters.own, *counters.shared]
    known = await queries.lock_attempts(tx, keys, at=at)
    own = known.get(counters.own)
    waits = [BY_ACCOUNT_AND_PLACE.wait(own, at)]
    if counters.place is not None:
        waits.append(BY_PLACE.wait(known.get(counters.place), at))
    familiar = own is not None and own.succeeded_at is not None and at < own.succeeded_at + FAMILIAR
    if counters.account is not None and not familiar:
        waits.append(BY_ACCOUNT.wait(known.get(counters.account), at))
    seconds = ceil(max(waits).total_seconds())
    if seconds > 0:
        raise TooManyTries(seconds)
    await queries.count_attempt(tx, keys, at=at, forget=at - FORGET_FAILURES)
