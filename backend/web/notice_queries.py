"""SQL of what a desk reads of messages and of duties to tell. Reads only; never to whom a message went or its text."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.notice_views import DutyLine, DutyView, NoticeView
from backend.web.views import Scope


async def notices_of(tx: Transaction, case: UUID) -> list[NoticeView]:
    """The newest first."""
    rows = await tx.all(
        """SELECT notice_id, template, state, reason, channel, due_at, sent_at, pushed_at FROM notices
           WHERE case_id = $case ORDER BY coalesce(sent_at, due_at) DESC, notice_id""",
        case=case,
    )
    return [shaped(row, NoticeView) for row in rows]


async def duties_of(tx: Transaction, cases: Sequence[UUID]) -> list[DutyView]:
    """Oldest first."""
    rows = await tx.all(
        """SELECT d.case_id, d.duty_id, d.template, d.state, d.opened_at, d.told_at, d.how, d.told_whom,
                  p.name AS told_by_name
           FROM duties AS d LEFT JOIN people AS p ON p.id = d.told_by
           WHERE d.case_id = ANY($cases::uuid[]) ORDER BY d.opened_at, d.duty_id""",
        cases=list(cases),
    )
    return [shaped(row, DutyView) for row in rows]


async def open_duties(tx: Transaction, scope: Scope, limit: int) -> list[DutyLine]:
    """All that somebody must still tell about the scope's cases, oldest first. Of a changed contact the one before."""
    rows = await tx.all(
        """SELECT d.case_id, d.duty_id, d.template, d.opened_at, c.owner_name, c.address, c.hamlet, c.landmark,
                  c.access, CASE WHEN f.act_id IS NULL THEN c.phone ELSE f.phone END AS phone,
                  CASE WHEN f.act_id IS NULL THEN k.tell_by ELSE f.tell_by END AS tell_by
           FROM duties AS d
           JOIN cases AS c ON c.case_id = d.case_id
           LEFT JOIN contacts AS k ON k.case_id = d.case_id
           LEFT JOIN former_contacts AS f ON f.case_id = d.case_id AND f.act_id = d.about
           WHERE d.state = 'open'
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = d.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY d.opened_at, d.duty_id LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    return [shaped(row, DutyLine) for row in rows]
