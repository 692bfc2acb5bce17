"""All SQL on checks of couriers, and on how sure visits are; and who is in shift with which phone, which others own."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, columns, shaped
from backend.presence.model import Ended, HouseMark, Presence


class InShift(msgspec.Struct, frozen=True, kw_only=True):
    """A courier in shift, once for each phone. `day`: of the shift; `post`: the name of its post."""

    person_id: UUID
    device_id: UUID
    name: str
    badge: str
    day: date
    post: str


async def in_shift(tx: Transaction, badge: str, *, at: datetime, on: date, since: datetime) -> list[InShift]:
    """`badge`: without dots and dashes. Nobody who holds the courier's role there no more, and no phone that is out
    or was lent until `at`; no shift that began before `since` and was left open."""
    rows = await tx.all(
        """SELECT p.id AS person_id, d.id AS device_id, p.name, p.badge, s.day, v.name AS post
           FROM people AS p
           JOIN shifts AS s ON s.courier = p.id AND s.closed_at IS NULL AND s.begun_at > $since::timestamptz
           JOIN devices AS d ON d.person_id = p.id AND d.revoked_at IS NULL
               AND (d.lent_until IS NULL OR d.lent_until > $at::timestamptz)
           JOIN unit_versions AS v ON v.unit_id = s.unit_id AND v.valid @> $on::date
           WHERE translate(p.badge, '.-', '') = $badge AND p.disabled_at IS NULL
             AND EXISTS (SELECT FROM roles_held AS r
                         WHERE r.person_id = p.id AND r.unit_id = s.unit_id AND r.role = 'courier'
                           AND r.valid @> $on::date AND r.taken_at IS NULL)
           ORDER BY d.id""",
        badge=badge,
        at=at,
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


async def presence_of(tx: Transaction, cases: Sequence[UUID]) -> list[Presence]:
    rows = await tx.all(
        """SELECT case_id, visit_id, card, word, distance, gate, calls, first_call_at, last_call_at, evidence, why_not,
                  courier, purpose, outcome, reason, lasted, floor, jump, grade, doubts, ended_at, graded_at
           FROM presence WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Presence) for row in rows]


async def save_presence(tx: Transaction, rows: Sequence[Presence]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO presence (case_id, visit_id, card, word, distance, gate, calls, first_call_at, last_call_at,
                                     evidence, why_not, courier, purpose, outcome, reason, lasted, floor, jump, grade,
                                     doubts, ended_at, graded_at)
               SELECT * FROM unnest($case_id::uuid[], $visit_id::uuid[], $card::boolean[], $word::text[],
                                    $distance::text[], $gate::boolean[], $calls::integer[],
                                    $first_call_at::timestamptz[], $last_call_at::timestamptz[], $evidence::text[],
                                    $why_not::text[], $courier::uuid[], $purpose::text[], $outcome::text[],
                                    $reason::text[], $lasted::integer[], $floor::integer[], $jump::boolean[],
                                    $grade::text[], $doubts::text[], $ended_at::timestamptz[],
                                    $graded_at::timestamptz[])
               ON CONFLICT (case_id, visit_id) DO UPDATE
               SET card = EXCLUDED.card, word = EXCLUDED.word, distance = EXCLUDED.distance, gate = EXCLUDED.gate,
                   calls = EXCLUDED.calls, first_call_at = EXCLUDED.first_call_at, last_call_at = EXCLUDED.last_call_at,
                   evidence = EXCLUDED.evidence, why_not = EXCLUDED.why_not, courier = EXCLUDED.courier,
                   purpose = EXCLUDED.purpose, outcome = EXCLUDED.outcome, reason = EXCLUDED.reason,
                   lasted = EXCLUDED.lasted, floor = EXCLUDED.floor, jump = EXCLUDED.jump, grade = EXCLUDED.grade,
                   doubts = EXCLUDED.doubts, ended_at = EXCLUDED.ended_at, graded_at = EXCLUDED.graded_at""",
            **columns(rows),
        )


async def house_marks_of(tx: Transaction, cases: Sequence[UUID]) -> list[HouseMark]:
    rows = await tx.all(
        "SELECT case_id, lat, lon, by_phone FROM house_marks WHERE case_id = ANY($cases::uuid[])", cases=list(cases)
    )
    return [shaped(row, HouseMark) for row in rows]


async def save_house_marks(tx: Transaction, rows: Sequence[HouseMark]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO house_marks (case_id, lat, lon, by_phone)
               SELECT * FROM unnest($case_id::uuid[], $lat::float8[], $lon::float8[], $by_phone::boolean[])
               ON CONFLICT (case_id) DO UPDATE
               SET lat = EXCLUDED.lat, lon = EXCLUDED.lon, by_phone = EXCLUDED.by_phone""",
            **columns(rows),
        )


async def learned_floors(tx: Transaction, *, least: int, share: float) -> dict[str, int]:
    """By purpose, and for all that failed: seconds that the shortest of the last sure visits took, where enough are
    known."""
    rows = await tx.all(
        """SELECT k.name, f.floor
           FROM unnest('{collect,supplement,exchange,deliver,return_papers,failed}'::text[]) AS k (name)
           CROSS JOIN LATERAL (
               SELECT count(*) AS known, percentile_disc($share::float8) WITHIN GROUP (ORDER BY s.lasted) AS floor
               FROM (SELECT p.lasted FROM presence AS p
                     WHERE p.grade = 'green' AND p.lasted IS NOT NULL
                       AND CASE p.outcome WHEN 'failed' THEN 'failed' ELSE p.purpose END = k.name
                     ORDER BY p.graded_at DESC LIMIT 500) AS s) AS f
           WHERE f.known >= $least::bigint""",
        least=least,
        share=share,
    )
    return {row["name"]: row["floor"] for row in rows}


async def ends_of(tx: Transaction, couriers: Sequence[UUID], since: datetime) -> list[Ended]:
    """Where these ended visits since then, as far as the houses are on the map and not by a courier's own phone."""
    rows = await tx.all(
        """SELECT p.courier, p.visit_id, p.ended_at, m.lat, m.lon
           FROM presence AS p JOIN house_marks AS m ON m.case_id = p.case_id AND m.lat IS NOT NULL AND NOT m.by_phone
           WHERE p.courier = ANY($couriers::uuid[]) AND p.ended_at > $since::timestamptz""",
        couriers=list(couriers),
        since=since,
    )
    return [shaped(row, Ended) for row in rows]
