"""All SQL on mandates."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.dossiers.mandate_model import Mandate


async def mandates_of(tx: Transaction, cases: Sequence[UUID]) -> list[Mandate]:
    rows = await tx.all(
        """SELECT case_id, mandate_id, party_id, authority, kinship_proved, from_day, last_day, page_id, state,
                  recorded_by, recorded_at, revoked_by, revoked_at
           FROM mandates WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Mandate) for row in rows]


async def save_mandates(tx: Transaction, rows: Sequence[Mandate]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO mandates (case_id, mandate_id, party_id, authority, kinship_proved, from_day, last_day,
                           page_id, state, recorded_by, recorded_at, revoked_by, revoked_at)
               SELECT * FROM unnest($case_id::uuid[], $mandate_id::uuid[], $party_id::uuid[], $authority::text[],
                                    $kinship_proved::boolean[], $from_day::date[], $last_day::date[],
                                    $page_id::uuid[], $state::text[], $recorded_by::uuid[],
                                    $recorded_at::timestamptz[], $revoked_by::uuid[], $revoked_at::timestamptz[])
               ON CONFLICT (case_id, mandate_id) DO UPDATE
               SET party_id = EXCLUDED.party_id, authority = EXCLUDED.authority,
                   kinship_proved = EXCLUDED.kinship_proved, from_day = EXCLUDED.from_day,
                   last_day = EXCLUDED.last_day, page_id = EXCLUDED.page_id, state = EXCLUDED.state,
                   recorded_by = EXCLUDED.recorded_by, recorded_at = EXCLUDED.recorded_at,
                   revoked_by = EXCLUDED.revoked_by, revoked_at = EXCLUDED.revoked_at""",
            **columns(rows),
        )
