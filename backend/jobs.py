"""Work to be done after the transaction that asks for it: jobs in a queue on PostgreSQL, and timers.

A job is put in the queue inside the asking transaction: it exists if and only if that commits. It is done at least
once, so a handler must bear being called again. Payloads carry ids, never anything personal.

The queue is pgqueuer's; `job_process` works with that library. Asking is one INSERT of our own: every HTTP worker
does it, and none needs the half second of loading the library.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import msgspec

from backend.database import Transaction

Handler = Callable[[bytes], Awaitable[None]]
"""Gets the payload's JSON and decodes it into its own Struct."""

LOG_KEPT = timedelta(days=30)
CONNECTIONS = 24
"""Of the job worker beside its pool of the services: one for each timer, and four for the queue."""


class NotYet(Exception):
    """A timer's work cannot be done for now, and nothing is wrong here. Its text goes into the log."""


@dataclass(frozen=True, kw_only=True)
class Timer:
    """Something done every so often by one process at a time: at the start, then `every` after it was done."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Work:
    """All the job worker does. `handlers`: by kind of job."""

    handlers: Mapping[str, Handler] = field(default_factory=dict[str, Handler])
    timers: Sequence[Timer] = ()


async def enqueue(
    tx: Transaction, kind: str, payload: object, *, once: str | None = None, after: timedelta = timedelta()
) -> None:
    """Asks for a job of `kind` in this transaction. `payload`: anything msgspec writes as JSON.

    `once`: while a job with this key waits or runs, another is not added. `after`: not before so much time has passed.
    """
    await tx.run(
        """INSERT INTO pgqueuer (priority, status, entrypoint, payload, dedupe_key, execute_after)
           VALUES (0, 'queued', $kind, $payload, $once, now() + $after)
           ON CONFLICT DO NOTHING""",
        kind=kind,
        payload=msgspec.json.encode(payload),
        once=once,
        after=after,
    )


async def forget_old(tx: Transaction) -> None:
    """What became of jobs is kept for a while only."""
    await tx.run("DELETE FROM pgqueuer_log WHERE created < now() - $kept::interval", kept=LOG_KEPT)
