"""SQL of the list of appointments that nobody has confirmed yet. Reads only."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, shaped
from backend.web.views import Scope


class CallLine(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment to be confirmed, and how to reach the citizen. `regime_on`: the day whose catalogue holds."""

    case_id: UUID
    appointment_id: UUID
    purpose: str
    day: date
    time_window: str
    procedure: str
    regime_on: date
    owner_name: str | None
    phone: str | None
    address: str | None
    hamlet: str | None
    landmark: str | None
    access: str | None
    courier_name: str
    calls: int
    called_at: datetime | None
    call_outcome: str | None
    next_call_at: datetime | None


async def to_call(tx: Transaction, scope: Scope, *, since: date, at: datetime, limit: int) -> Sequence[CallLine]:
    """The soonest visit first; behind them those who are to be called again later than `at`, the soonest first."""
    rows = await tx.all(
        """SELECT a.case_id, a.appointment_id, a.purpose, a.day, a.time_window, c.procedure, c.regime_on, c.owner_name,
                  c.phone, c.address, c.hamlet, c.landmark, c.access,
                  p.name AS courier_name, a.calls, a.called_at, a.call_outcome, a.next_call_at
           FROM appointments AS a
           JOIN cases AS c ON c.case_id = a.case_id
           JOIN visits AS v ON v.visit_id = a.visit_id
           JOIN people AS p ON p.id = v.courier
           WHERE a.live AND a.state = 'waiting_call' AND a.day >= $since::date
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = a.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY CASE WHEN a.next_call_at > $at::timestamptz THEN a.next_call_at END NULLS FIRST,
                    a.day, a.time_window, a.case_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        since=since,
        at=at,
        limit=limit,
    )
    return [shaped(row, CallLine) for row in rows]
