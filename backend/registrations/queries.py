"""All SQL on registrations."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.registrations.model import Registration


async def registrations_of(tx: Transaction, cases: Sequence[UUID]) -> list[Registration]:
    rows = await tx.all(
        """SELECT case_id, registration_id, channel, unit_id, registered_at, forwarded_to, forwarded_at,
                  acknowledged_at
           FROM registrations WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Registration) for row in rows]


async def save_registrations(tx: Transaction, rows: Sequence[Registration]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO registrations (case_id, registration_id, channel, unit_id, registered_at, forwarded_to,
                           forwarded_at, acknowledged_at)
               SELECT * FROM unnest($case_id::uuid[], $registration_id::uuid[], $channel::text[],
                                    $unit_id::uuid[], $registered_at::timestamptz[], $forwarded_to::uuid[],
                                    $forwarded_at::timestamptz[], $acknowledged_at::timestamptz[])
               ON CONFLICT (case_id, registration_id) DO UPDATE
               SET channel = EXCLUDED.channel, unit_id = EXCLUDED.unit_id,
                   registered_at = EXCLUDED.registered_at, forwarded_to = EXCLUDED.forwarded_to,
                   forwarded_at = EXCLUDED.forwarded_at, acknowledged_at = EXCLUDED.acknowledged_at""",
            **columns(rows),
        )
