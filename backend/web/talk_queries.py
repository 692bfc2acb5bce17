"""SQL of what a desk reads of questions to the agency. Reads only."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.talk_views import QuestionView


async def questions_of(tx: Transaction, cases: Sequence[UUID]) -> list[QuestionView]:
    """In the order in which they were asked."""
    rows = await tx.all(
        """SELECT q.case_id, q.question_id, q.state, q.question, a.name AS asked_by_name, q.asked_at, q.answer,
                  b.name AS answered_by_name, q.answered_at
           FROM questions AS q
           LEFT JOIN people AS a ON a.id = q.asked_by
           LEFT JOIN people AS b ON b.id = q.answered_by
           WHERE q.case_id = ANY($cases::uuid[]) ORDER BY q.asked_at, q.question_id""",
        cases=list(cases),
    )
    return [shaped(row, QuestionView) for row in rows]


async def cases_asked_about(tx: Transaction, agencies: Sequence[UUID], limit: int) -> list[UUID]:
    """Cases of these agencies with a question that nobody has answered, whoever waits longest first."""
    rows = await tx.all(
        """SELECT q.case_id FROM questions AS q JOIN cases AS c ON c.case_id = q.case_id
           WHERE q.state = 'asked' AND c.competent_unit = ANY($agencies::uuid[])
           GROUP BY q.case_id ORDER BY min(q.asked_at), q.case_id LIMIT $limit""",
        agencies=list(agencies),
        limit=limit,
    )
    return [row["case_id"] for row in rows]
