"""All SQL on signatures and on what was read aloud."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.signatures.model import Reading, Signature


async def signatures_of(tx: Transaction, cases: Sequence[UUID]) -> list[Signature]:
    rows = await tx.all(
        """SELECT case_id, signature_id, visit_id, document, mode, signer, accepted, form_version, shown_sha256,
                  strokes_sha256, image_sha256, page_ids, hand, finger, witnesses, witness_files, state,
                  signed_at, voided_at
           FROM signatures WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Signature) for row in rows]


async def save_signatures(tx: Transaction, rows: Sequence[Signature]) -> None:
    for row in rows:  # arrays of arrays would have to be of one length: a visit has one or two
        await tx.run(
            """INSERT INTO signatures (case_id, signature_id, visit_id, document, mode, signer, accepted, form_version,
                                       shown_sha256, strokes_sha256, image_sha256, page_ids, hand, finger, witnesses,
                                       witness_files, state, signed_at, voided_at)
               VALUES ($case_id, $signature_id, $visit_id, $document, $mode, $signer, $accepted, $form_version,
                       $shown_sha256, $strokes_sha256, $image_sha256, $page_ids, $hand, $finger, $witnesses,
                       $witness_files, $state, $signed_at, $voided_at)
               ON CONFLICT (case_id, signature_id) DO UPDATE
               SET state = EXCLUDED.state, voided_at = EXCLUDED.voided_at""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def readings_of(tx: Transaction, cases: Sequence[UUID]) -> list[Reading]:
    rows = await tx.all(
        """SELECT case_id, document, visit_id, form_version, content_sha256, content, read_by, read_at
           FROM readings WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Reading) for row in rows]


async def save_readings(tx: Transaction, rows: Sequence[Reading]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO readings (case_id, document, visit_id, form_version, content_sha256, content, read_by,
                                     read_at)
               SELECT * FROM unnest($case_id::uuid[], $document::text[], $visit_id::uuid[], $form_version::text[],
                                    $content_sha256::bytea[], $content::text[], $read_by::uuid[],
                                    $read_at::timestamptz[])
               ON CONFLICT (case_id, document) DO UPDATE
               SET visit_id = EXCLUDED.visit_id, form_version = EXCLUDED.form_version,
                   content_sha256 = EXCLUDED.content_sha256, content = EXCLUDED.content,
                   read_by = EXCLUDED.read_by, read_at = EXCLUDED.read_at""",
            **columns(rows),
        )


async def files_of(tx: Transaction, case: UUID) -> list[bytes]:
    """SHA-256 of the strokes and pictures of a case's signatures, and of those of witnesses."""
    rows = await tx.all(
        """SELECT DISTINCT file FROM signatures
           CROSS JOIN unnest(ARRAY[strokes_sha256, image_sha256] || witness_files) AS f (file)
           WHERE case_id = $case AND file IS NOT NULL""",
        case=case,
    )
    return [row["file"] for row in rows]
