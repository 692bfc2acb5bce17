"""All SQL on tracking tokens."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns
from backend.tracking.model import TrackingToken


async def save_tokens(tx: Transaction, rows: Sequence[TrackingToken]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO tracking_tokens (token_sha256, case_id, number, live)
               SELECT * FROM unnest($token_sha256::bytea[], $case_id::uuid[], $number::integer[], $live::boolean[])
               ON CONFLICT (token_sha256) DO UPDATE SET live = EXCLUDED.live""",
            **columns(rows),
        )


async def find_case(tx: Transaction, token_sha256: bytes) -> UUID | None:
    return await tx.value(
        "SELECT case_id FROM tracking_tokens WHERE token_sha256 = $token_sha256 AND live", token_sha256=token_sha256
    )
