"""All SQL on browsers to which cases are pushed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.database import Transaction, shaped
from backend.notices.push_model import PushSubscription


async def lock_case(tx: Transaction, token_sha256: bytes) -> UUID | None:
    """The case whose link that is, for as long as the transaction lasts; None once it has no such link. Two at a time
    do not get past the limit, and none comes in while the case is erased."""
    return await tx.value(
        """SELECT c.case_id FROM tracking_tokens AS t JOIN cases AS c ON c.case_id = t.case_id
           WHERE t.token_sha256 = $token AND t.live AND c.erased_at IS NULL
           FOR NO KEY UPDATE OF c""",
        token=token_sha256,
    )


async def of_case(tx: Transaction, case: UUID) -> list[PushSubscription]:
    """Those that links of this case made, dead ones included, the longest there first."""
    rows = await tx.all(
        """SELECT case_id, endpoint_sha256, token_sha256, vapid_key, made_at, sealed FROM push_subscriptions
           WHERE case_id = $case ORDER BY made_at, endpoint_sha256""",
        case=case,
    )
    return [shaped(row, PushSubscription) for row in rows]


async def live_of(tx: Transaction, case: UUID) -> list[PushSubscription]:
    """To which this case is pushed: by its own live links, and by those of cases that go on in it."""
    rows = await tx.all(
        """WITH RECURSIVE along AS (
               SELECT $case::uuid AS case_id
               UNION
               SELECT c.case_id FROM along JOIN cases AS c ON c.merged_into = along.case_id
           )
           SELECT s.case_id, s.endpoint_sha256, s.token_sha256, s.vapid_key, s.made_at, s.sealed
           FROM along JOIN push_subscriptions AS s ON s.case_id = along.case_id
           JOIN tracking_tokens AS t ON t.token_sha256 = s.token_sha256
           WHERE t.live ORDER BY s.made_at, s.endpoint_sha256""",
        case=case,
    )
    return [shaped(row, PushSubscription) for row in rows]


async def save(tx: Transaction, row: PushSubscription) -> bool:
    """The same browser once more: with what it says now. Whether it was saved: another link's browser is not."""
    saved = await tx.value(
        """INSERT INTO push_subscriptions AS o (case_id, endpoint_sha256, token_sha256, vapid_key, made_at, sealed)
           VALUES ($case, $endpoint, $token, $vapid_key, $made_at, $sealed)
           ON CONFLICT (endpoint_sha256) DO UPDATE
           SET vapid_key = EXCLUDED.vapid_key, made_at = EXCLUDED.made_at, sealed = EXCLUDED.sealed
           WHERE o.case_id = EXCLUDED.case_id AND o.token_sha256 = EXCLUDED.token_sha256
           RETURNING true""",
        case=row.case_id,
        endpoint=row.endpoint_sha256,
        token=row.token_sha256,
        vapid_key=row.vapid_key,
        made_at=row.made_at,
        sealed=row.sealed,
    )
    return bool(saved)


async def drop(tx: Transaction, endpoints: Sequence[bytes]) -> None:
    await tx.run(
        "DELETE FROM push_subscriptions WHERE endpoint_sha256 = ANY($endpoints::bytea[])", endpoints=list(endpoints)
    )


async def drop_of_case(tx: Transaction, case: UUID) -> None:
    await tx.run("DELETE FROM push_subscriptions WHERE case_id = $case", case=case)


async def drop_dead(tx: Transaction, closed_before: datetime) -> None:
    """Those whose link opens no page any more: it was replaced, or its case was erased, or ended before that instant;
    of a merged case the one that goes on counts."""
    await tx.run(
        """WITH RECURSIVE way AS (
               SELECT t.token_sha256, c.case_id, c.merged_into
               FROM (SELECT DISTINCT token_sha256 FROM push_subscriptions) AS s
               JOIN tracking_tokens AS t ON t.token_sha256 = s.token_sha256
               JOIN cases AS c ON c.case_id = t.case_id
               WHERE t.live AND c.erased_at IS NULL
               UNION
               SELECT way.token_sha256, c.case_id, c.merged_into
               FROM way JOIN cases AS c ON c.case_id = way.merged_into
           )
           DELETE FROM push_subscriptions AS s WHERE NOT EXISTS (
               SELECT FROM way JOIN cases AS c ON c.case_id = way.case_id
               WHERE way.token_sha256 = s.token_sha256 AND way.merged_into IS NULL AND c.erased_at IS NULL
                 AND (c.closed_at IS NULL OR c.closed_at >= $closed_before))""",
        closed_before=closed_before,
    )
