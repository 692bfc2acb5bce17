"""A phone signs in, stays signed in and signs out. Its tokens are worth nothing without its key."""

from datetime import datetime

import msgspec

from backend.database import Database, Transaction
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff import device_queries, queries
from backend.staff.errors import (
    DeviceNotEnrolled,
    DeviceRevoked,
    DeviceSessionEnded,
    LendingEnded,
    PersonDisabled,
    RefreshSpent,
    WrongPassword,
)
from backend.staff.model import Carrier, Device, DeviceSession, Person
from backend.staff.sign_in import person_on_device
from backend.staff.tokens import make_access, make_refresh, read_refresh


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """What a phone holds after enrolment, sign-in or refresh."""

    device: Device
    person: Person
    session: DeviceSession
    access_token: str
    refresh_token: str


class Stolen(msgspec.Struct, frozen=True):
    """A refresh token was shown by another key than the phone's. The family is revoked and an alarm stands: commit
    first, then refuse."""


def signed_in(ring: KeyRing, device: Device, person: Person, session: DeviceSession, *, at: datetime) -> SignedIn:
    """The same session gives the same refresh token, whenever it is asked."""
    return SignedIn(
        device=device,
        person=person,
        session=session,
        access_token=make_access(
            ring,
            session=session.id,
            device=device.id,
            person=session.person_id,
            thumbprint=device.thumbprint,
            at=at,
        ),
        refresh_token=make_refresh(ring, session=session.id, n=session.n, made_at=session.refreshed_at),
    )


async def sign_in(
    database: Database, ring: KeyRing, *, account: str, password: str, thumbprint: bytes, at: datetime
) -> SignedIn:
    """`thumbprint`: of the key the request was proven with. Opens its own transactions: tries are counted.

    Raises DeviceNotEnrolled, DeviceRevoked, LendingEnded, WrongPassword, TooManyTries.
    """
    async with database.transaction() as tx:
        known = await device_queries.find_device_by_key(tx, thumbprint)
    if known is None:
        raise DeviceNotEnrolled
    person = await person_on_device(database, ring, account=account, password=password, thumbprint=thumbprint, at=at)
    if person != known.person_id:
        raise WrongPassword
    async with database.transaction() as tx:
        device = await device_queries.lock_device(tx, known.id)
        if device.revoked_at is not None:
            raise DeviceRevoked
        if not device.usable(at):
            raise LendingEnded
        session = DeviceSession(id=uuid7(), device_id=device.id, person_id=person, opened_at=at, refreshed_at=at)
        await device_queries.add_session(tx, session)
        return signed_in(ring, device, await queries.get_person(tx, person), session, at=at)


async def refresh(tx: Transaction, ring: KeyRing, *, token: str, thumbprint: bytes, at: datetime) -> SignedIn | Stolen:
    """The next tokens. A lost answer locks nobody out: the token before the last gives the last again for a day.

    Raises RefreshUnreadable, RefreshSpent, DeviceSessionEnded, DeviceRevoked, LendingEnded, PersonDisabled.
    """
    shown = read_refresh(ring, token)
    found = await device_queries.find_session(tx, shown.session)
    if found is None:
        raise DeviceSessionEnded
    device = await device_queries.lock_device(tx, found.device_id)
    session = await device_queries.find_session(tx, shown.session)
    if session is None or session.revoked_at is not None:
        raise DeviceRevoked if device.revoked_at is not None else DeviceSessionEnded
    if thumbprint != device.thumbprint:
        return await _revoke_family(tx, session, at)
    person = await _standing_person(tx, device, session, at)
    after = session.after(shown.n, at)
    if after is None:
        raise RefreshSpent
    await device_queries.save_refreshed(tx, after)
    return signed_in(ring, device, person, after, at=at)


async def sign_out(tx: Transaction, carrier: Carrier, *, at: datetime) -> None:
    await device_queries.end_session(tx, carrier.session, at=at, because="signed_out")


async def _standing_person(tx: Transaction, device: Device, session: DeviceSession, at: datetime) -> Person:
    if device.revoked_at is not None:
        raise DeviceRevoked
    if not device.usable(at):
        raise LendingEnded
    person = await queries.get_person(tx, session.person_id)
    if person.disabled_at is not None:
        raise PersonDisabled
    if not session.stands(at):
        raise DeviceSessionEnded
    return person


async def _revoke_family(tx: Transaction, session: DeviceSession, at: datetime) -> Stolen:
    await device_queries.end_session(tx, session.id, at=at, because="refresh_from_another_key")
    await device_queries.add_alarm(
        tx, uuid7(), "refresh_from_another_key", device=session.device_id, session=session.id, at=at
    )
    return Stolen()
