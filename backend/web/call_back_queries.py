"""SQL of the call-back list and of what it says of couriers, under the scope of whoever reads it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, shaped
from backend.web.views import Scope


class CallBackLine(msgspec.Struct, frozen=True, kw_only=True):
    """A visit to ask about, with what was recorded of it. `grade`: of a visit at home. `collected` in đồng. `mine`: the
    reader had a hand in it."""

    case_id: UUID
    call_back_id: UUID
    state: str
    causes: str
    tries: int
    answered_at: datetime | None
    grade: str | None
    doubts: str
    purpose: str
    place: str
    outcome: str
    reason: str | None
    day: date
    time_window: str
    collected: int
    courier_name: str
    owner_name: str | None
    phone: str | None
    mine: bool


class CourierShare(msgspec.Struct, frozen=True, kw_only=True):
    """Of one courier's visits: how many were red, how many citizens were reached, how many said otherwise."""

    courier: UUID
    name: str
    badge: str
    visits: int
    red: int
    asked: int
    disputed: int


async def call_backs(
    tx: Transaction, scope: Scope, *, states: Sequence[str], reader: UUID, limit: int
) -> list[CallBackLine]:
    """Those never tried first, then the oldest."""
    rows = await tx.all(
        """SELECT b.case_id, b.call_back_id, b.state, b.causes, b.tries, b.answered_at, p.grade,
                  coalesce(p.doubts, '') AS doubts, v.purpose, v.place, x.outcome,
                  CASE WHEN x.outcome = 'failed' THEN v.reason END AS reason, v.day, v.time_window,
                  coalesce((SELECT sum(o.total) FROM collections AS o
                            WHERE o.case_id = b.case_id AND o.visit_id = b.visit_id), 0)::bigint AS collected,
                  w.name AS courier_name, c.owner_name, c.phone,
                  b.courier = $reader OR $reader = ANY(b.arranged_by) AS mine
           FROM call_backs AS b
           JOIN cases AS c ON c.case_id = b.case_id
           JOIN visits AS v ON v.visit_id = b.visit_id
           JOIN case_visits AS x ON x.case_id = b.case_id AND x.visit_id = b.visit_id
           LEFT JOIN presence AS p ON p.case_id = b.case_id AND p.visit_id = b.visit_id
           JOIN people AS w ON w.id = b.courier
           WHERE b.state = ANY($states::text[])
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = b.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY b.answered_at NULLS FIRST, b.listed_at, b.call_back_id LIMIT $limit""",
        states=list(states),
        reader=reader,
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    return [shaped(row, CallBackLine) for row in rows]


async def shares(tx: Transaction, scope: Scope, *, since: datetime) -> list[CourierShare]:
    """Of couriers whose visits since then the reader may see; who was disputed most comes first."""
    rows = await tx.all(
        """SELECT p.courier, w.name, w.badge, count(*) AS visits, count(*) FILTER (WHERE p.grade = 'red') AS red,
                  count(*) FILTER (WHERE b.state IN ('agrees', 'disagrees')) AS asked,
                  count(*) FILTER (WHERE b.state = 'disagrees') AS disputed
           FROM presence AS p
           JOIN people AS w ON w.id = p.courier
           LEFT JOIN call_backs AS b ON b.case_id = p.case_id AND b.visit_id = p.visit_id
           WHERE p.ended_at > $since::timestamptz
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = p.case_id AND u.unit_id = ANY($units::uuid[])))
           GROUP BY p.courier, w.name, w.badge, w.folded
           ORDER BY disputed DESC, red DESC, w.folded, p.courier LIMIT 200""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        since=since,
    )
    return [shaped(row, CourierShare) for row in rows]
