"""SQL of the days of couriers as a post sees them. Reads only. Amounts in đồng."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, shaped


class ShiftLine(msgspec.Struct, frozen=True, kw_only=True):
    """A courier's day. `cash`: what the ledger says the courier holds now. `awaited`: counted, and of slips that the
    centre had not heard of; `arrived`: of those since."""

    shift_id: UUID
    unit_id: UUID
    courier: UUID
    courier_name: str
    day: date
    state: str
    float_amount: int
    begun_at: datetime
    closed_at: datetime | None
    counted: int | None
    awaited: int | None
    arrived: int
    difference: int | None
    reason: str | None
    cash: int
    countersigned_at: datetime | None
    countersigned_by_name: str | None

    @property
    def still_awaited(self) -> int:
        return max(0, (self.awaited or 0) - self.arrived) if self.state == "provisional" else 0


async def shifts_of(tx: Transaction, units: Sequence[UUID], *, since: date, limit: int) -> list[ShiftLine]:
    """Of these posts and of the posts below them, those not closed first, then the newest. `tx`: of the services."""
    rows = await tx.all(
        """SELECT s.shift_id, s.unit_id, s.courier, p.name AS courier_name, s.day, s.state, s.float_amount, s.begun_at,
                  s.closed_at, s.counted, s.awaited, s.difference, s.reason, s.countersigned_at,
                  q.name AS countersigned_by_name,
                  coalesce((SELECT b.amount FROM balances AS b WHERE b.account = 'cash:' || s.courier), 0) AS cash,
                  coalesce((
                      SELECT sum(c.total) FROM collections AS c
                      WHERE s.state = 'provisional' AND c.courier = s.courier
                        AND c.collected_at >= s.begun_at AND c.collected_at <= s.closed_at
                        AND EXISTS (SELECT FROM entries AS e
                                    WHERE e.transfer_id = c.collection_id AND e.case_id = c.case_id
                                      AND e.recorded_at > s.counted_at)
                  ), 0)::bigint AS arrived
           FROM shifts AS s
           JOIN people AS p ON p.id = s.courier
           LEFT JOIN people AS q ON q.id = s.countersigned_by
           WHERE (s.unit_id = ANY($units::uuid[]) OR EXISTS (
                   SELECT FROM unit_versions AS v
                   WHERE v.unit_id = s.unit_id AND v.valid @> s.day AND v.parent_id = ANY($units::uuid[])))
             AND (s.day >= $since OR s.state <> 'closed')
           ORDER BY s.state = 'closed', s.day DESC, p.name, s.begun_at DESC
           LIMIT $limit""",
        units=list(units),
        since=since,
        limit=limit,
    )
    return [shaped(row, ShiftLine) for row in rows]
