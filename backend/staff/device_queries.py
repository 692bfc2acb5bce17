"""SQL on phones, their sessions, the codes that let them in, and failures counted at sign-in."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import asyncpg
import msgspec

from backend.database import Row, Transaction, shaped
from backend.errors import Refusal
from backend.staff.errors import (
    DeviceRevoked,
    DeviceSessionEnded,
    DeviceUnknown,
    KeyAlreadyEnrolled,
    LendingEnded,
    PersonDisabled,
)
from backend.staff.model import Carrier, Device, DeviceSession, EnrolmentCode, Health, Role

Asked = tuple[UUID, UUID]
"""A session and the device it is of."""


async def signed_in_devices(
    tx: Transaction, asked: Sequence[Asked], *, at: datetime, on: date
) -> dict[Asked, Carrier | Refusal]:
    """Who calls, or why nobody may: DeviceSessionEnded, DeviceRevoked, LendingEnded, PersonDisabled.

    Roles may be none: what a phone has recorded is taken in also after a role has ended.
    """
    rows = await tx.all(
        """SELECT s.id, s.device_id, s.person_id, s.opened_at, s.n, s.refreshed_at, s.revoked_at,
                  d.unit_id, d.revoked_at AS device_revoked_at, d.lent_until, p.disabled_at,
                  ARRAY(SELECT r.role FROM roles_held AS r
                        WHERE r.person_id = s.person_id AND r.unit_id = d.unit_id
                          AND r.valid @> $day::date AND r.taken_at IS NULL) AS roles
           FROM device_sessions AS s
           INNER JOIN devices AS d ON d.id = s.device_id
           INNER JOIN people AS p ON p.id = s.person_id
           WHERE s.id = ANY($sessions::uuid[])""",
        sessions=list({session for session, _ in asked}),
        day=on,
    )
    known = {(row["id"], row["device_id"]): _caller(row, at) for row in rows}
    return {one: known.get(one) or DeviceSessionEnded() for one in asked}


def _caller(row: Row, at: datetime) -> Carrier | Refusal:
    if row["device_revoked_at"] is not None:
        return DeviceRevoked()
    if row["lent_until"] is not None and at >= row["lent_until"]:
        return LendingEnded()
    if row["disabled_at"] is not None:
        return PersonDisabled()
    if not shaped(row, DeviceSession).stands(at):
        return DeviceSessionEnded()
    return Carrier(
        device_id=row["device_id"],
        person_id=row["person_id"],
        unit_id=row["unit_id"],
        session=row["id"],
        roles=frozenset(Role(role) for role in row["roles"]),
    )


async def signed_in_device(tx: Transaction, session: UUID, device: UUID, *, at: datetime, on: date) -> Carrier:
    """Asked in the transaction of every request, so that a revocation is effective at once. Raises those refusals."""
    found = (await signed_in_devices(tx, [(session, device)], at=at, on=on))[session, device]
    if isinstance(found, Refusal):
        raise found
    return found


async def lock_device(tx: Transaction, device: UUID) -> Device:
    """The first lock of everything that concerns a phone. Raises DeviceUnknown."""
    row = await tx.first(
        """SELECT id, person_id, unit_id, public_key, thumbprint, enrolled_at, enrolled_by, revoked_at, lost_at,
                  next_seq, last_hash, last_contact_at, health, lent_until, lent_from
           FROM devices WHERE id = $device FOR UPDATE""",
        device=device,
    )
    if row is None:
        raise DeviceUnknown
    return _device(row)


async def find_device_by_key(tx: Transaction, thumbprint: bytes) -> Device | None:
    row = await tx.first(
        """SELECT id, person_id, unit_id, public_key, thumbprint, enrolled_at, enrolled_by, revoked_at, lost_at,
                  next_seq, last_hash, last_contact_at, health, lent_until, lent_from
           FROM devices WHERE thumbprint = $thumbprint""",
        thumbprint=thumbprint,
    )
    return None if row is None else _device(row)


async def devices_at(tx: Transaction, units: Sequence[UUID]) -> list[Device]:
    """All phones of these units, newest first."""
    rows = await tx.all(
        """SELECT id, person_id, unit_id, public_key, thumbprint, enrolled_at, enrolled_by, revoked_at, lost_at,
                  next_seq, last_hash, last_contact_at, health, lent_until, lent_from
           FROM devices WHERE unit_id = ANY($units::uuid[]) ORDER BY enrolled_at DESC""",
        units=list(units),
    )
    return [_device(row) for row in rows]


async def lent_from(tx: Transaction, spare: UUID) -> list[Device]:
    """What it was lent as, and is not revoked yet."""
    rows = await tx.all(
        """SELECT id, person_id, unit_id, public_key, thumbprint, enrolled_at, enrolled_by, revoked_at, lost_at,
                  next_seq, last_hash, last_contact_at, health, lent_until, lent_from
           FROM devices WHERE lent_from = $spare AND revoked_at IS NULL ORDER BY id FOR UPDATE""",
        spare=spare,
    )
    return [_device(row) for row in rows]


def _device(row: Row) -> Device:
    values = dict(row.items())
    if values["health"] is not None:
        values["health"] = msgspec.json.decode(values["health"], type=Health)
    return Device(**values)


async def add_device(tx: Transaction, device: Device) -> None:
    """Raises KeyAlreadyEnrolled."""
    try:
        await tx.run(
            """INSERT INTO devices (id, person_id, unit_id, public_key, thumbprint, enrolled_at, enrolled_by,
                                    lent_until, lent_from)
               VALUES ($id, $person, $unit, $public_key, $thumbprint, $at, $by, $lent_until, $lent_from)""",
            id=device.id,
            person=device.person_id,
            unit=device.unit_id,
            public_key=device.public_key,
            thumbprint=device.thumbprint,
            at=device.enrolled_at,
            by=device.enrolled_by,
            lent_until=device.lent_until,
            lent_from=device.lent_from,
        )
    except asyncpg.UniqueViolationError as twice:
        raise KeyAlreadyEnrolled from twice


async def save_revoked(tx: Transaction, device: UUID, *, at: datetime, by: UUID, lost: bool) -> None:
    """The first revocation and the first report of loss stay as they are."""
    await tx.run(
        """UPDATE devices
           SET revoked_at = coalesce(revoked_at, $at), revoked_by = coalesce(revoked_by, $by),
               lost_at = CASE WHEN $lost THEN coalesce(lost_at, $at) ELSE lost_at END,
               lost_by = CASE WHEN $lost THEN coalesce(lost_by, $by) ELSE lost_by END
           WHERE id = $device""",
        device=device,
        at=at,
        by=by,
        lost=lost,
    )


async def add_session(tx: Transaction, session: DeviceSession) -> None:
    """A phone has one session at a time: what was open on it ends."""
    await end_sessions_of_device(tx, session.device_id, at=session.opened_at, because="signed_in_again")
    await tx.run(
        """INSERT INTO device_sessions (id, device_id, person_id, opened_at, n, refreshed_at)
           VALUES ($id, $device, $person, $opened_at, $n, $refreshed_at)""",
        id=session.id,
        device=session.device_id,
        person=session.person_id,
        opened_at=session.opened_at,
        n=session.n,
        refreshed_at=session.refreshed_at,
    )


async def find_session(tx: Transaction, session: UUID) -> DeviceSession | None:
    row = await tx.first(
        """SELECT id, device_id, person_id, opened_at, n, refreshed_at, revoked_at
           FROM device_sessions WHERE id = $session""",
        session=session,
    )
    return None if row is None else shaped(row, DeviceSession)


async def save_refreshed(tx: Transaction, session: DeviceSession) -> None:
    await tx.run(
        "UPDATE device_sessions SET n = $n, refreshed_at = $refreshed_at WHERE id = $session",
        session=session.id,
        n=session.n,
        refreshed_at=session.refreshed_at,
    )


async def end_session(tx: Transaction, session: UUID, *, at: datetime, because: str) -> None:
    await tx.run(
        """UPDATE device_sessions SET revoked_at = $at, revoked_because = $because
           WHERE id = $session AND revoked_at IS NULL""",
        session=session,
        at=at,
        because=because,
    )


async def end_sessions_of_device(tx: Transaction, device: UUID, *, at: datetime, because: str) -> None:
    await tx.run(
        """UPDATE device_sessions SET revoked_at = $at, revoked_because = $because
           WHERE device_id = $device AND revoked_at IS NULL""",
        device=device,
        at=at,
        because=because,
    )


async def end_sessions_of_person(tx: Transaction, person: UUID, *, at: datetime, because: str) -> None:
    await tx.run(
        """UPDATE device_sessions SET revoked_at = $at, revoked_because = $because
           WHERE person_id = $person AND revoked_at IS NULL""",
        person=person,
        at=at,
        because=because,
    )


async def add_alarm(tx: Transaction, alarm: UUID, kind: str, *, device: UUID, session: UUID, at: datetime) -> None:
    await tx.run(
        """INSERT INTO security_alarms (id, kind, device_id, session_id, raised_at)
           VALUES ($alarm, $kind, $device, $session, $at)""",
        alarm=alarm,
        kind=kind,
        device=device,
        session=session,
        at=at,
    )


async def add_code(tx: Transaction, code: EnrolmentCode) -> None:
    await tx.run(
        """INSERT INTO enrolment_codes (hash, person_id, unit_id, made_by, made_at, expires_at, lends)
           VALUES ($hash, $person, $unit, $made_by, $made_at, $expires_at, $lends)""",
        hash=code.hash,
        person=code.person_id,
        unit=code.unit_id,
        made_by=code.made_by,
        made_at=code.made_at,
        expires_at=code.expires_at,
        lends=code.lends,
    )


async def lock_code(tx: Transaction, hash: bytes) -> EnrolmentCode | None:  # noqa: A002
    row = await tx.first(
        """SELECT hash, person_id, unit_id, made_by, made_at, expires_at, device_id, session_id, lends
           FROM enrolment_codes WHERE hash = $hash FOR UPDATE""",
        hash=hash,
    )
    return None if row is None else shaped(row, EnrolmentCode)


async def save_code_used(tx: Transaction, hash: bytes, *, device: UUID, session: UUID) -> None:  # noqa: A002
    await tx.run(
        "UPDATE enrolment_codes SET device_id = $device, session_id = $session WHERE hash = $hash",
        hash=hash,
        device=device,
        session=session,
    )
