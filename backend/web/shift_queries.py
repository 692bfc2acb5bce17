"""SQL of the days of couriers as a post sees them. Reads only. Amounts in đồng."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from backend.database import Transaction, shaped
from backend.fees import queries as fees
from backend.web.shift_views import ShiftLine


async def shifts_of(
    tx: Transaction, units: Sequence[UUID], roles: Sequence[str], *, own: UUID, today: date, since: date, limit: int
) -> list[ShiftLine]:
    """Of these posts and of the posts below them, and the days of who asks, those not closed first, then the newest.

    `roles`: who may sign a count. `own`: who asks. `tx`: of the services."""
    rows = await tx.all(
        """SELECT s.shift_id, s.unit_id, s.courier, p.name AS courier_name, s.day, s.state, s.float_amount, s.begun_at,
                  s.closed_at, s.counted, s.awaited, s.difference, s.reason, s.countersigned_at,
                  0::bigint AS arrived,
                  q.name AS countersigned_by_name,
                  coalesce((SELECT b.amount FROM balances AS b WHERE b.account = 'cash:' || s.courier), 0) AS cash,
                  CASE WHEN EXISTS (
                      SELECT FROM roles_held AS r
                      WHERE r.unit_id = s.unit_id AND r.role = ANY($roles::text[]) AND r.person_id <> s.courier
                        AND r.valid @> $today::date AND r.taken_at IS NULL
                  ) THEN s.unit_id ELSE coalesce((
                      SELECT v.parent_id FROM unit_versions AS v WHERE v.unit_id = s.unit_id AND v.valid @> $today::date
                  ), s.unit_id) END AS signed_at
           FROM shifts AS s
           JOIN people AS p ON p.id = s.courier
           LEFT JOIN people AS q ON q.id = s.countersigned_by
           WHERE (s.courier = $own OR s.unit_id = ANY($units::uuid[]) OR EXISTS (
                   SELECT FROM unit_versions AS v
                   WHERE v.unit_id = s.unit_id AND v.valid @> s.day AND v.parent_id = ANY($units::uuid[])))
             AND (s.day >= $since OR s.state <> 'closed')
           ORDER BY s.state = 'closed', s.day DESC, p.name, s.begun_at DESC
           LIMIT $limit""",
        units=list(units),
        own=own,
        roles=list(roles),
        today=today,
        since=since,
        limit=limit,
    )
    lines = [shaped(row, ShiftLine) for row in rows]
    arrived = await fees.arrived_since(tx, [line.shift_id for line in lines if line.state == "provisional"])
    return [replace(line, arrived=arrived.get(line.shift_id, 0)) for line in lines]
