"""All SQL on notices shown and consents."""

from collections.abc import Sequence
from uuid import UUID

from backend.consents.model import Consent, NoticeShown
from backend.database import Transaction, columns, shaped


async def consents_of(tx: Transaction, cases: Sequence[UUID]) -> list[Consent]:
    rows = await tx.all(
        """SELECT case_id, extra, state, version, text_sha256, answered_as, child_agrees, visit_id, answered_at,
                  withdrawn_at
           FROM consents WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Consent) for row in rows]


async def save_consents(tx: Transaction, rows: Sequence[Consent]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO consents (case_id, extra, state, version, text_sha256, answered_as, child_agrees, visit_id,
                           answered_at, withdrawn_at)
               SELECT * FROM unnest($case_id::uuid[], $extra::text[], $state::text[], $version::text[],
                                    $text_sha256::bytea[], $answered_as::text[], $child_agrees::boolean[],
                                    $visit_id::uuid[], $answered_at::timestamptz[], $withdrawn_at::timestamptz[])
               ON CONFLICT (case_id, extra) DO UPDATE
               SET state = EXCLUDED.state, version = EXCLUDED.version, text_sha256 = EXCLUDED.text_sha256,
                   answered_as = EXCLUDED.answered_as, child_agrees = EXCLUDED.child_agrees,
                   visit_id = EXCLUDED.visit_id, answered_at = EXCLUDED.answered_at,
                   withdrawn_at = EXCLUDED.withdrawn_at""",
            **columns(rows),
        )


async def notices_shown_of(tx: Transaction, cases: Sequence[UUID]) -> list[NoticeShown]:
    rows = await tx.all(
        """SELECT case_id, notice, visit_id, version, text_sha256, how, shown_by, shown_at
           FROM notices_shown WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, NoticeShown) for row in rows]


async def save_notices_shown(tx: Transaction, rows: Sequence[NoticeShown]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO notices_shown (case_id, notice, visit_id, version, text_sha256, how, shown_by, shown_at)
               SELECT * FROM unnest($case_id::uuid[], $notice::text[], $visit_id::uuid[], $version::text[],
                                    $text_sha256::bytea[], $how::text[], $shown_by::uuid[], $shown_at::timestamptz[])
               ON CONFLICT (case_id, notice) DO UPDATE
               SET visit_id = EXCLUDED.visit_id, version = EXCLUDED.version, text_sha256 = EXCLUDED.text_sha256,
                   how = EXCLUDED.how, shown_by = EXCLUDED.shown_by, shown_at = EXCLUDED.shown_at""",
            **columns(rows),
        )
