"""SQL on what waits: read by whoever is on duty."""

from datetime import datetime

import msgspec

from backend.database import Transaction, shaped


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Commands of one standing: waiting for a number that is missing (held), behind another, for a person (review)."""

    standing: str
    count: int
    oldest: datetime


class Backlog(msgspec.Struct, frozen=True, kw_only=True):
    """`exceptions`: facts a person must look at. `hidden`: transactions that readers of the feed cannot see yet because
    an older one is still open. `follower_since`: when the follower that lags most was last up to date; None: none lags.
    `oldest_notice`: since when the message that waits longest was due. `duties_open`: what people must still tell.
    """

    exceptions: int
    jobs_waiting: int
    jobs_failed: int
    hidden: int
    follower_since: datetime | None
    notices_waiting: int
    notices_failed: int
    oldest_notice: datetime | None
    duties_open: int


async def waiting(tx: Transaction) -> list[Waiting]:
    rows = await tx.all(
        """SELECT standing, count(*) AS count, min(received_at) AS oldest FROM inbox
           WHERE standing IN ('held', 'behind', 'review') GROUP BY standing ORDER BY standing"""
    )
    return [shaped(row, Waiting) for row in rows]


async def backlog(tx: Transaction, at: datetime) -> Backlog:
    """`at`: messages that are due later do not wait yet."""
    row = await tx.first(
        """SELECT (SELECT count(*) FROM exceptions WHERE cleared_at IS NULL) AS exceptions,
                  (SELECT count(*) FROM pgqueuer WHERE status IN ('queued', 'picked')) AS jobs_waiting,
                  (SELECT count(*) FROM pgqueuer WHERE status = 'failed') AS jobs_failed,
                  pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                      - pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS hidden,
                  (SELECT min(moved_at) FROM followers
                   WHERE cursor < pg_snapshot_xmin(pg_current_snapshot())) AS follower_since,
                  (SELECT count(*) FROM notices WHERE state = 'waiting' AND due_at <= $at) AS notices_waiting,
                  (SELECT count(*) FROM notices WHERE state = 'failed') AS notices_failed,
                  (SELECT min(due_at) FROM notices WHERE state = 'waiting' AND due_at <= $at) AS oldest_notice,
                  (SELECT count(*) FROM duties WHERE state = 'open') AS duties_open""",
        at=at,
    )
    assert row is not None, "a row without FROM"
    return shaped(row, Backlog)
