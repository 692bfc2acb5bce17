"""All SQL on questions to the agency. Lists in, lists out."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.questions.model import Question


async def questions_of(tx: Transaction, cases: Sequence[UUID]) -> list[Question]:
    rows = await tx.all(
        """SELECT case_id, question_id, state, question, asked_by, asked_at, answer, answered_by, answered_at
           FROM questions WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Question) for row in rows]


async def save_questions(tx: Transaction, rows: Sequence[Question]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO questions (case_id, question_id, state, question, asked_by, asked_at, answer, answered_by,
                                      answered_at)
               SELECT * FROM unnest($case_id::uuid[], $question_id::uuid[], $state::text[], $question::text[],
                                    $asked_by::uuid[], $asked_at::timestamptz[], $answer::text[], $answered_by::uuid[],
                                    $answered_at::timestamptz[])
               ON CONFLICT (case_id, question_id) DO UPDATE
               SET state = EXCLUDED.state, question = EXCLUDED.question, answer = EXCLUDED.answer,
                   answered_by = EXCLUDED.answered_by, answered_at = EXCLUDED.answered_at""",
            **columns(rows),
        )
