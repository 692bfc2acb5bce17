"""All SQL on signatures."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.signatures.model import Signature


async def signatures_of(tx: Transaction, cases: Sequence[UUID]) -> list[Signature]:
    rows = await tx.all(
        """SELECT case_id, signature_id, visit_id, document, mode, shown_sha256, strokes_sha256, image_sha256,
                  signed_at, voided_at
           FROM signatures WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Signature) for row in rows]


async def save_signatures(tx: Transaction, rows: Sequence[Signature]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO signatures (case_id, signature_id, visit_id, document, mode, shown_sha256, strokes_sha256,
                           image_sha256, signed_at, voided_at)
               SELECT * FROM unnest($case_id::uuid[], $signature_id::uuid[], $visit_id::uuid[],
                                    $document::text[], $mode::text[], $shown_sha256::bytea[],
                                    $strokes_sha256::bytea[], $image_sha256::bytea[],
                                    $signed_at::timestamptz[], $voided_at::timestamptz[])
               ON CONFLICT (case_id, signature_id) DO UPDATE
               SET visit_id = EXCLUDED.visit_id, document = EXCLUDED.document, mode = EXCLUDED.mode,
                   shown_sha256 = EXCLUDED.shown_sha256, strokes_sha256 = EXCLUDED.strokes_sha256,
                   image_sha256 = EXCLUDED.image_sha256, signed_at = EXCLUDED.signed_at,
                   voided_at = EXCLUDED.voided_at""",
            **columns(rows),
        )


async def files_of(tx: Transaction, case: UUID) -> list[bytes]:
    """SHA-256 of the strokes and pictures of a case's signatures."""
    rows = await tx.all(
        """SELECT DISTINCT file FROM signatures CROSS JOIN unnest(ARRAY[strokes_sha256, image_sha256]) AS f (file)
           WHERE case_id = $case AND file IS NOT NULL""",
        case=case,
    )
    return [row["file"] for row in rows]
