"""SQL of the list of a day's visits. Reads only."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from backend.database import Transaction, shaped
from backend.web.views import Scope


class DayLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case's part in a visit of the day. `regime_on`: the day whose catalogue holds for the case."""

    visit_id: UUID
    case_id: UUID
    purpose: str
    place: str
    time_window: str
    state: str
    courier: UUID
    courier_name: str
    owner_name: str | None
    phone: str | None
    address: str | None
    hamlet: str | None
    landmark: str | None
    access: str | None
    procedure: str
    regime_on: date
    recipient_class: str | None
    waits_for_call: bool
    unplanned: bool


async def day_lines(tx: Transaction, scope: Scope, *, day: date, limit: int) -> Sequence[DayLine]:
    """By courier and window; without the cases that left their visit."""
    rows = await tx.all(
        """SELECT v.visit_id, c.case_id, v.purpose, v.place, v.time_window, v.state, v.courier,
                  p.name AS courier_name, c.owner_name, c.phone, c.address, c.hamlet, c.landmark, c.access,
                  c.procedure, c.regime_on, c.recipient_class,
                  EXISTS (SELECT FROM appointments AS a
                          WHERE a.case_id = c.case_id AND a.visit_id = v.visit_id
                            AND a.live AND a.state = 'waiting_call') AS waits_for_call,
                  v.unplanned
           FROM visits AS v
           JOIN case_visits AS cv ON cv.visit_id = v.visit_id
           JOIN cases AS c ON c.case_id = cv.case_id
           JOIN people AS p ON p.id = v.courier
           WHERE v.day = $day AND cv.outcome IS DISTINCT FROM 'cancelled' AND v.state <> 'cancelled'
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = c.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY p.name, v.courier, v.time_window, v.visit_id, c.case_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        day=day,
        limit=limit,
    )
    return [shaped(row, DayLine) for row in rows]
