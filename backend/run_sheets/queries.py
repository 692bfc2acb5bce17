"""All SQL on lines of run sheets."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.run_sheets.model import RunSheetLine


async def lines_of(tx: Transaction, cases: Sequence[UUID]) -> list[RunSheetLine]:
    rows = await tx.all(
        """SELECT case_id, line_id, visit_id, courier, tells, written_at,
                  picture_sha256, state, typed_by, typed_at, rekeyed_by, decided_by, decided_at
           FROM run_sheet_lines WHERE case_id = ANY($cases::uuid[]) ORDER BY case_id, typed_at, line_id""",
        cases=list(cases),
    )
    return [shaped(row, RunSheetLine) for row in rows]


async def files_of(tx: Transaction, case: UUID) -> list[bytes]:
    """Pictures of the lines of a case that show no line of another: one photograph may have several."""
    rows = await tx.all(
        """SELECT DISTINCT l.picture_sha256 FROM run_sheet_lines AS l
           WHERE l.case_id = $case AND NOT EXISTS (
               SELECT FROM run_sheet_lines AS o JOIN cases AS c ON c.case_id = o.case_id
               WHERE o.picture_sha256 = l.picture_sha256 AND o.case_id <> l.case_id AND c.erased_at IS NULL)""",
        case=case,
    )
    return [row["picture_sha256"] for row in rows]


async def save_lines(tx: Transaction, rows: Sequence[RunSheetLine]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO run_sheet_lines (case_id, line_id, visit_id, courier, tells, written_at, picture_sha256,
                           state, typed_by, typed_at, rekeyed_by, decided_by, decided_at)
               SELECT * FROM unnest($case_id::uuid[], $line_id::uuid[], $visit_id::uuid[], $courier::uuid[],
                                    $tells::text[], $written_at::timestamptz[], $picture_sha256::bytea[],
                                    $state::text[], $typed_by::uuid[], $typed_at::timestamptz[],
                                    $rekeyed_by::uuid[], $decided_by::uuid[], $decided_at::timestamptz[])
               ON CONFLICT (case_id, line_id) DO UPDATE
               SET state = EXCLUDED.state, decided_by = EXCLUDED.decided_by, decided_at = EXCLUDED.decided_at""",
            **columns(rows),
        )
