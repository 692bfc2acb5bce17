"""SQL on people, the roles they hold, their passwords and their sessions at a desk."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg

from backend.database import Row, Transaction, shaped
from backend.staff.errors import (
    AccountTaken,
    BadgeTaken,
    DeskSessionEnded,
    PersonDisabled,
    PersonUnknown,
    RoleAlreadyHeld,
    RoleNotHeld,
)
from backend.staff.model import FAMILIAR, Attempts, Clerk, Person, Post, Role, RoleHeld, desk_session_stands
from backend.text import folded


async def save_person(tx: Transaction, person: Person) -> None:
    """Adds or changes. Raises BadgeTaken."""
    try:
        await tx.run(
            """INSERT INTO people (id, name, folded, badge, disabled_at)
               VALUES ($id, $name, $folded, $badge, $disabled_at)
               ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, folded = EXCLUDED.folded,
                                              badge = EXCLUDED.badge, disabled_at = EXCLUDED.disabled_at""",
            id=person.id,
            name=person.name,
            folded=folded(person.name),
            badge=person.badge,
            disabled_at=person.disabled_at,
        )
    except asyncpg.UniqueViolationError as taken:
        raise BadgeTaken from taken


async def get_person(tx: Transaction, person: UUID) -> Person:
    row = await tx.first("SELECT id, name, badge, disabled_at FROM people WHERE id = $person", person=person)
    if row is None:
        raise PersonUnknown
    return shaped(row, Person)


async def names_of(tx: Transaction, people: Sequence[UUID]) -> dict[UUID, str]:
    rows = await tx.all("SELECT id, name FROM people WHERE id = ANY($people::uuid[])", people=list(people))
    return {row["id"]: row["name"] for row in rows}


async def people_at(tx: Transaction, unit: UUID, on: date) -> list[Person]:
    """Everyone who holds a role at the unit that day, by badge."""
    rows = await tx.all(
        """SELECT id, name, badge, disabled_at FROM people
           WHERE id IN (SELECT person_id FROM roles_held
                        WHERE unit_id = $unit AND valid @> $day::date AND taken_at IS NULL)
           ORDER BY badge""",
        unit=unit,
        day=on,
    )
    return [shaped(row, Person) for row in rows]


async def add_role(tx: Transaction, held: RoleHeld) -> None:
    """Raises RoleAlreadyHeld."""
    try:
        await tx.run(
            """INSERT INTO roles_held (id, person_id, unit_id, role, valid, given_by, recorded_at)
               VALUES ($id, $person, $unit, $role, daterange($since, $until, '[]'), $given_by, $recorded_at)""",
            id=held.id,
            person=held.person_id,
            unit=held.unit_id,
            role=held.role,
            since=held.since,
            until=held.until,
            given_by=held.given_by,
            recorded_at=held.recorded_at,
        )
    except asyncpg.ExclusionViolationError as twice:
        raise RoleAlreadyHeld from twice


async def get_role(tx: Transaction, role: UUID) -> RoleHeld:
    """Raises RoleNotHeld."""
    row = await tx.first(
        """SELECT id, person_id, unit_id, role, lower(valid) AS since, upper(valid) - 1 AS until, given_by,
                  recorded_at, taken_at
           FROM roles_held WHERE id = $role FOR UPDATE""",
        role=role,
    )
    if row is None:
        raise RoleNotHeld
    return shaped(row, RoleHeld)


async def save_role_end(tx: Transaction, held: RoleHeld) -> None:
    await tx.run(
        "UPDATE roles_held SET valid = daterange(lower(valid), $until, '[]'), taken_at = $taken_at WHERE id = $id",
        id=held.id,
        until=held.until,
        taken_at=held.taken_at,
    )


async def roles_of(tx: Transaction, person: UUID) -> list[RoleHeld]:
    """All there ever were, oldest first."""
    rows = await tx.all(
        """SELECT id, person_id, unit_id, role, lower(valid) AS since, upper(valid) - 1 AS until, given_by,
                  recorded_at, taken_at
           FROM roles_held WHERE person_id = $person ORDER BY lower(valid), recorded_at, id""",
        person=person,
    )
    return [shaped(row, RoleHeld) for row in rows]


async def posts_of(tx: Transaction, person: UUID, on: date) -> tuple[Post, ...]:
    """What the person holds that day, and where."""
    rows = await tx.all(
        """SELECT role, unit_id FROM roles_held
           WHERE person_id = $person AND valid @> $day::date AND taken_at IS NULL""",
        person=person,
        day=on,
    )
    return tuple(shaped(row, Post) for row in rows)


async def others_with_roles(tx: Transaction, unit: UUID, roles: Sequence[str], on: date, *, besides: UUID) -> bool:
    """Whether somebody else holds one of these roles there on that day."""
    return await tx.value(
        """SELECT EXISTS (
               SELECT FROM roles_held
               WHERE unit_id = $unit AND role = ANY($roles::text[]) AND person_id <> $besides
                 AND valid @> $day::date AND taken_at IS NULL)""",
        unit=unit,
        roles=list(roles),
        besides=besides,
        day=on,
    )


async def units_of(tx: Transaction, person: UUID, on: date) -> frozenset[UUID]:
    """Units whose cases are the person's own that day: those where they hold any role."""
    return frozenset(post.unit_id for post in await posts_of(tx, person, on))


async def save_password(tx: Transaction, person: UUID, *, account: str, hash: str, at: datetime) -> None:  # noqa: A002
    """Raises AccountTaken."""
    try:
        await tx.run(
            """INSERT INTO passwords (person_id, account, hash, set_at) VALUES ($person, $account, $hash, $at)
               ON CONFLICT (person_id) DO UPDATE
               SET account = EXCLUDED.account, hash = EXCLUDED.hash, set_at = EXCLUDED.set_at""",
            person=person,
            account=account,
            hash=hash,
            at=at,
        )
    except asyncpg.UniqueViolationError as taken:
        raise AccountTaken from taken


async def save_rehashed(tx: Transaction, person: UUID, *, known: str, hash: str) -> None:  # noqa: A002
    """Keeps the same password under a new profile, unless it was changed meanwhile."""
    await tx.run(
        "UPDATE passwords SET hash = $hash WHERE person_id = $person AND hash = $known",
        person=person,
        known=known,
        hash=hash,
    )


async def find_password(tx: Transaction, account: str) -> tuple[UUID, str] | None:
    """Whose account it is, and the hash. None also for a person whose account is disabled."""
    row = await tx.first(
        """SELECT w.person_id, w.hash FROM passwords AS w INNER JOIN people AS p ON p.id = w.person_id
           WHERE w.account = $account AND p.disabled_at IS NULL""",
        account=account,
    )
    return None if row is None else (row["person_id"], row["hash"])


async def open_desk_session(tx: Transaction, hash: bytes, person: UUID, at: datetime) -> None:  # noqa: A002
    await tx.run(
        "INSERT INTO desk_sessions (hash, person_id, opened_at, seen_at) VALUES ($hash, $person, $at, $at)",
        hash=hash,
        person=person,
        at=at,
    )


async def signed_in_clerk(tx: Transaction, hash: bytes, *, at: datetime, on: date) -> Clerk:  # noqa: A002
    """Who sits at the desk with this session, with the roles of the day. Moves the idle limit, at most once a minute.

    Raises DeskSessionEnded, PersonDisabled."""
    rows = await tx.all(
        """SELECT s.person_id, s.opened_at, s.seen_at, p.name, p.disabled_at, r.role, r.unit_id
           FROM desk_sessions AS s
           INNER JOIN people AS p ON p.id = s.person_id
           LEFT JOIN roles_held AS r ON r.person_id = s.person_id AND r.valid @> $day::date AND r.taken_at IS NULL
           WHERE s.hash = $hash AND s.revoked_at IS NULL""",
        hash=hash,
        day=on,
    )
    if not rows or not desk_session_stands(rows[0]["opened_at"], rows[0]["seen_at"], at):
        raise DeskSessionEnded
    if rows[0]["disabled_at"] is not None:
        raise PersonDisabled
    await tx.run(
        "UPDATE desk_sessions SET seen_at = $at WHERE hash = $hash AND seen_at < $before",
        hash=hash,
        at=at,
        before=at - timedelta(minutes=1),
    )
    return _clerk(hash, rows)


def _clerk(hash: bytes, rows: Sequence[Row]) -> Clerk:  # noqa: A002
    posts = tuple(Post(Role(row["role"]), row["unit_id"]) for row in rows if row["role"] is not None)
    return Clerk(person_id=rows[0]["person_id"], name=rows[0]["name"], session=hash, posts=posts)


async def end_desk_session(tx: Transaction, hash: bytes, *, at: datetime) -> None:  # noqa: A002
    await tx.run(
        """UPDATE desk_sessions SET revoked_at = $at, revoked_because = 'signed_out'
           WHERE hash = $hash AND revoked_at IS NULL""",
        hash=hash,
        at=at,
    )


async def end_desk_sessions_of(tx: Transaction, person: UUID, *, at: datetime, because: str) -> None:
    await tx.run(
        """UPDATE desk_sessions SET revoked_at = $at, revoked_because = $because
           WHERE person_id = $person AND revoked_at IS NULL""",
        person=person,
        at=at,
        because=because,
    )


async def lock_attempts(tx: Transaction, keys: Sequence[bytes], *, at: datetime) -> dict[bytes, Attempts]:
    """Each counter, made if it is new, in the order of the keys: sign-ins from one place never wait in a circle."""
    rows = await tx.all(
        """INSERT INTO sign_in_attempts AS a (key, failures, last_at)
           SELECT key, 0, $at::timestamptz FROM unnest($keys::bytea[]) AS key
           ON CONFLICT (key) DO UPDATE SET failures = a.failures
           RETURNING a.key, a.failures, a.last_at, a.succeeded_at""",
        keys=sorted(keys),
        at=at,
    )
    return {row["key"]: shaped(row, Attempts) for row in rows}


async def count_attempt(tx: Transaction, keys: Sequence[bytes], *, at: datetime, forget: datetime) -> None:
    """As a failure, until it is forgiven. Counting begins anew when the last failure lies before `forget`."""
    await tx.run(
        """INSERT INTO sign_in_attempts AS a (key, failures, last_at)
           SELECT key, 1, $at::timestamptz FROM unnest($keys::bytea[]) AS key
           ON CONFLICT (key) DO UPDATE
           SET failures = CASE WHEN a.last_at < $forget THEN 1 ELSE a.failures + 1 END, last_at = EXCLUDED.last_at""",
        keys=sorted(keys),
        at=at,
        forget=forget,
    )


async def forgive_attempt(tx: Transaction, own: bytes, shared: Sequence[bytes], *, at: datetime) -> None:
    """After a success: nothing has failed for this account here, and one less where others count too."""
    await tx.run(
        "UPDATE sign_in_attempts SET failures = 0, succeeded_at = $at WHERE key = $own",
        own=own,
        at=at,
    )
    await tx.run(
        "UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0) WHERE key = ANY($shared::bytea[])",
        shared=list(shared),
    )


async def sweep(tx: Transaction, *, at: datetime) -> None:
    """Deletes what no rule looks at any more: old sessions, counters and codes."""
    await tx.run("DELETE FROM desk_sessions WHERE opened_at < $before", before=at - timedelta(days=90))
    await tx.run("DELETE FROM sign_in_attempts WHERE last_at < $before", before=at - FAMILIAR)
    await tx.run("DELETE FROM enrolment_codes WHERE expires_at < $before", before=at - FAMILIAR)
