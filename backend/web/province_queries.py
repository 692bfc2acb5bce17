"""SQL of what a supervisor follows at every unit of the province. Reads only; `tx`: of the services."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Transaction, shaped


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How many of something there are at a unit."""

    unit_id: UUID
    what: str
    count: int


async def figures(
    tx: Transaction,
    *,
    today: date,
    registered_before: datetime,
    forwarding: Sequence[str],
    with_agency: Sequence[str],
) -> list[Figure]:
    """What goes on, and what waits for longer than it should. `registered_before`: the post should have acknowledged
    what was registered by then, by a channel of `forwarding`. `with_agency`: states in which the agency works."""
    rows = await tx.all(
        """WITH open AS (
               SELECT case_id, handling_unit, competent_unit, state FROM cases
               WHERE closed_at IS NULL AND erased_at IS NULL
           )
           SELECT handling_unit AS unit_id, 'open' AS what, count(*) AS count FROM open GROUP BY 1
           UNION ALL
           SELECT competent_unit, 'decided_here', count(*) FROM open WHERE competent_unit <> handling_unit GROUP BY 1
           UNION ALL
           SELECT o.handling_unit, 'unacknowledged', count(DISTINCT o.case_id)
           FROM open AS o JOIN registrations AS r ON r.case_id = o.case_id
           WHERE r.channel = ANY($forwarding::text[]) AND r.acknowledged_at IS NULL
             AND r.registered_at < $registered_before::timestamptz
           GROUP BY 1
           UNION ALL
           SELECT o.competent_unit, 'overdue', count(*) FROM open AS o JOIN dossiers AS d ON d.case_id = o.case_id
           WHERE d.due_on < $today::date AND o.state = ANY($with_agency::text[]) GROUP BY 1
           UNION ALL
           SELECT o.competent_unit, 'asked', count(*) FROM open AS o JOIN questions AS q ON q.case_id = o.case_id
           WHERE q.state = 'asked' GROUP BY 1
           UNION ALL
           SELECT unit_id, 'urgings', count(*) FROM urgings
           WHERE state = 'urged' AND answer_by < $today::date GROUP BY 1
           UNION ALL
           SELECT c.handling_unit, 'exceptions', count(*)
           FROM exceptions AS e JOIN cases AS c ON c.case_id = e.case_id WHERE e.cleared_at IS NULL GROUP BY 1
           UNION ALL
           SELECT unit_id, 'incidents', count(*) FROM incidents WHERE ended_at IS NULL GROUP BY 1
           UNION ALL
           SELECT owner_unit, 'refunds', count(*) FROM refunds
           WHERE state IN ('due', 'approved') AND due_on < $today::date GROUP BY 1
           UNION ALL
           SELECT c.handling_unit, 'call_backs', count(*) FROM call_backs AS b JOIN cases AS c ON c.case_id = b.case_id
           WHERE b.state IN ('listed', 'unreachable') GROUP BY 1
           UNION ALL
           SELECT unit_id, 'days', count(*) FROM shifts WHERE state <> 'closed' AND day < $today::date GROUP BY 1""",
        today=today,
        registered_before=registered_before,
        forwarding=list(forwarding),
        with_agency=list(with_agency),
    )
    return [shaped(row, Figure) for row in rows]
