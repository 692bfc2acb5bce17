"""All SQL on checks of couriers; and who is in shift with which phone, which others own."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, shaped


class InShift(msgspec.Struct, frozen=True, kw_only=True):
    """A courier in shift, once for each phone. `day`: of the shift; `post`: the name of its post."""

    person_id: UUID
    device_id: UUID
    name: str
    badge: str
    day: date
    post: str


async def in_shift(tx: Transaction, badge: str, *, on: date, since: datetime) -> list[InShift]:
    """`badge`: without dots and dashes. Nobody who holds the courier's role there no more, and no phone that is out;
    no shift that began before `since` and was left open."""
    rows = await tx.all(
        """SELECT p.id AS person_id, d.id AS device_id, p.name, p.badge, s.day, v.name AS post
           FROM people AS p
           JOIN shifts AS s ON s.courier = p.id AND s.closed_at IS NULL AND s.begun_at > $since::timestamptz
           JOIN devices AS d ON d.person_id = p.id AND d.revoked_at IS NULL
           JOIN unit_versions AS v ON v.unit_id = s.unit_id AND v.valid @> $on::date
           WHERE translate(p.badge, '.-', '') = $badge AND p.disabled_at IS NULL
             AND EXISTS (SELECT FROM roles_held AS r
                         WHERE r.person_id = p.id AND r.unit_id = s.unit_id AND r.role = 'courier'
                           AND r.valid @> $on::date AND r.taken_at IS NULL)
           ORDER BY d.id""",
        badge=badge,
        on=on,
        since=since,
    )
    return [shaped(row, InShift) for row in rows]


async def add_check(
    tx: Transaction, *, check_id: UUID, at: datetime, asked_by: UUID | None, courier: UUID | None
) -> None:
    """`courier`: whose code it was; None: nobody's. `asked_by`: at a desk."""
    await tx.run(
        """INSERT INTO courier_checks (check_id, at, asked_by, courier)
           VALUES ($check_id, $at, $asked_by, $courier)""",
        check_id=check_id,
        at=at,
        asked_by=asked_by,
        courier=courier,
    )
