"""Followers of the feed: each reads what took effect since it last read, in order, and nothing twice.

The cursor is a transaction id, not a number and not a time: those miss rows of transactions that end late. It moves in
the transaction that writes what was made of the news, so both happen or neither. After a restore (another epoch) a
follower reads everything anew: ids of transactions may mean others then. What it makes of an act must be known by the
act, so that reading it again adds nothing.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from backend.database import Transaction, shaped

SEEN_EVERY = timedelta(seconds=30)
"""A follower without news says at least so often that it looks."""
_outcome = msgspec.json.Decoder(dict[str, str])


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """An act of a case that took effect. `data`: the envelope it came in (a child's: its parent's)."""

    case_id: UUID
    made_by: UUID
    id: UUID
    n: int
    kind: str
    occurred_at: datetime
    recorded_at: datetime
    outcome: str
    data: bytes

    def left(self, label: str) -> str | None:
        """The state it left a thing in, by its label: `case`, `visit:<id>`."""
        return _outcome.decode(self.outcome).get(label)


class News(msgspec.Struct, frozen=True, kw_only=True):
    """`more`: there is more to read at once."""

    acts: list[Happened]
    more: bool


class _Place(msgspec.Struct, frozen=True):
    cursor: int
    epoch: UUID
    moved_at: datetime


async def news(tx: Transaction, name: str, kinds: Collection[str], at: datetime, *, most: int = 500) -> News:
    """What acts of these kinds took effect on cases since `name` last asked; read, once `tx` commits.

    Another transaction that asks under the same name waits for this one. A new name begins with the first act there is.
    `most`: about so many acts at a time; those of one transaction always come together.
    """
    place = await _lock(tx, name, at)
    row = await tx.first(
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon, epoch FROM installation"
    )
    assert row is not None, "every installation has its row"
    horizon, since = row["horizon"], place.cursor if place.epoch == row["epoch"] else 0
    last, count = await _last(tx, since, horizon, most)
    found = await _between(tx, since, last, kinds) if count else []
    more = count >= most
    if count or place.epoch != row["epoch"] or at - place.moved_at >= SEEN_EVERY:
        await tx.run(
            """UPDATE followers SET cursor = $cursor::text::xid8, epoch = $epoch, moved_at = $at
               WHERE name = $name""",
            name=name,
            cursor=str(last + 1 if more else horizon),
            epoch=row["epoch"],
            at=at,
        )
    return News(acts=found, more=more)


async def _lock(tx: Transaction, name: str, at: datetime) -> _Place:
    await tx.run(
        """INSERT INTO followers (name, cursor, epoch, moved_at)
           SELECT $name, '0'::xid8, epoch, $at FROM installation ON CONFLICT (name) DO NOTHING""",
        name=name,
        at=at,
    )
    row = await tx.first(
        """SELECT cursor::text::bigint AS cursor, epoch, moved_at FROM followers WHERE name = $name FOR UPDATE""",
        name=name,
    )
    assert row is not None, "it was made a moment ago"
    return shaped(row, _Place)


async def _last(tx: Transaction, since: int, horizon: int, most: int) -> tuple[int, int]:
    """The transaction up to which to read, and how many acts were counted to find it."""
    row = await tx.first(
        """SELECT coalesce(max(read.changed::text::bigint), 0) AS last, count(*) AS count FROM (
               SELECT changed FROM acts
               WHERE changed >= $since::text::xid8 AND changed < $horizon::text::xid8
               ORDER BY changed LIMIT $most
           ) AS read""",
        since=str(since),
        horizon=str(horizon),
        most=most,
    )
    assert row is not None, "an aggregate has a row"
    return row["last"], row["count"]


async def _between(tx: Transaction, since: int, last: int, kinds: Collection[str]) -> list[Happened]:
    """In the order in which they took effect."""
    rows = await tx.all(
        """SELECT a.case_id, a.made_by, a.id, a.n, a.kind, a.occurred_at, a.recorded_at, a.outcome, i.data
           FROM acts AS a JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)
           WHERE a.changed >= $since::text::xid8 AND a.changed <= $last::text::xid8
             AND a.case_id IS NOT NULL AND a.kind = ANY($kinds::text[])
           ORDER BY a.changed, a.placed""",
        since=str(since),
        last=str(last),
        kinds=sorted(kinds),
    )
    return [shaped(row, Happened) for row in rows]


async def state_before(tx: Transaction, case: UUID, n: int) -> str | None:
    """The state a case was in before its act number `n`."""
    return await tx.value(
        """SELECT outcome::json ->> 'case' FROM acts
           WHERE subject_kind = 'case' AND subject_id = $case AND n < $n AND outcome::json ->> 'case' IS NOT NULL
           ORDER BY n DESC LIMIT 1""",
        case=case,
        n=n,
    )


async def commands_of(tx: Transaction, case: UUID, kinds: Collection[str], before: int) -> list[Mapping[str, object]]:
    """Bodies of the acts of these kinds that took effect on a case before its act number `before`, in their order."""
    rows = await tx.all(
        """SELECT i.data FROM acts AS a
           JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)
           WHERE a.subject_kind = 'case' AND a.subject_id = $case AND a.n < $before AND a.kind = ANY($kinds::text[])
           ORDER BY a.n""",
        case=case,
        before=before,
        kinds=sorted(kinds),
    )
    return [body_of(row["data"]) for row in rows]


class _Body(msgspec.Struct, frozen=True):
    body: dict[str, object] = {}


_body = msgspec.json.Decoder(_Body)


def body_of(data: bytes) -> Mapping[str, object]:
    """The body of an envelope that took effect."""
    return _body.decode(data).body
