"""All SQL on urgings. Lists in, lists out."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.questions.urging_model import Urging


async def urgings_of(tx: Transaction, cases: Sequence[UUID]) -> list[Urging]:
    rows = await tx.all(
        """SELECT case_id, urging_id, unit_id, state, words, answer_by, urged_by, urged_at, answer, answered_by,
                  answered_at
           FROM urgings WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Urging) for row in rows]


async def save_urgings(tx: Transaction, rows: Sequence[Urging]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO urgings (case_id, urging_id, unit_id, state, words, answer_by, urged_by, urged_at, answer,
                                    answered_by, answered_at)
               SELECT * FROM unnest($case_id::uuid[], $urging_id::uuid[], $unit_id::uuid[], $state::text[],
                                    $words::text[], $answer_by::date[], $urged_by::uuid[], $urged_at::timestamptz[],
                                    $answer::text[], $answered_by::uuid[], $answered_at::timestamptz[])
               ON CONFLICT (case_id, urging_id) DO UPDATE
               SET state = EXCLUDED.state, words = EXCLUDED.words, answer = EXCLUDED.answer,
                   answered_by = EXCLUDED.answered_by, answered_at = EXCLUDED.answered_at""",
            **columns(rows),
        )
