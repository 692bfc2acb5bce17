"""The job worker: takes jobs from the queue with pgqueuer, keeps the timers. A process of its own.

Errors are kept by their class only: their text may quote a person's data.
"""

import asyncio
import contextlib
import logging
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from importlib import import_module
from typing import Any, cast

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import AbstractEntrypointExecutor, AsyncEntrypoint, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job

from backend import config, jobs, logs, metrics, processes
from backend.config import Settings
from backend.database import Transaction
from backend.jobs import Handler, NotYet, Timer, Work

TRIES = 8
"""A job that failed this often stays in the queue as `failed`, for a person to look at."""
_FIRST_DELAY, _LONGEST_DELAY = timedelta(seconds=2), timedelta(minutes=10)
_LOOK_EVERY = timedelta(seconds=1)
_AGAIN = timedelta(minutes=1)

log = logging.getLogger("tannha.jobs")


class JobFailed(Exception):
    """A job was given up. Says the class of what went wrong."""


async def run(dsn: str, work: Work, stop: asyncio.Event, *, at_once: int = 8) -> None:
    """Works until `stop` is set, then lets what is running finish. Raises whatever the database raises when it is gone.

    `dsn`: past any pooler, for LISTEN and locks. A job whose worker was killed is taken up again after 30 s.
    """
    timers = (*work.timers, Timer(name="job-log", every=timedelta(hours=1), run=lambda: _forget_old(pool)))
    settings = {"application_name": "tannha jobs", "timezone": "UTC", "role": "tannha_service"}
    pool = await asyncpg.create_pool(dsn, min_size=1, max_size=jobs.CONNECTIONS, server_settings=settings)
    queue = QueueManager(Queries(AsyncpgPoolDriver(pool)))
    for kind, handler in work.handlers.items():
        queue.register_executor(kind, _Executor(_parameters(handler)))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_stop_queue(queue, stop))
            for timer in timers:
                group.create_task(_keep_time(pool, timer, stop))
            await queue.run(
                dequeue_timeout=_LOOK_EVERY,
                batch_size=max(1, at_once // 2),
                max_concurrent_tasks=at_once,
                # Nothing is notified; and the library's first probe may be sent before it listens.
                shutdown_on_listener_failure=False,
                log_aggregation_interval=timedelta(),
            )
    finally:
        pool.terminate()


class _Executor(AbstractEntrypointExecutor):
    """Tries again later and later; keeps only the class of what went wrong."""

    async def execute(self, job: Job, context: Context) -> None:
        try:
            await cast(AsyncEntrypoint, self.parameters.func)(job)
            metrics.JOBS.labels(job.entrypoint, "done").inc()
        except Exception as error:
            name = type(error).__name__
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("job %s %s, attempt %d: %s\n%s", job.entrypoint, job.id, job.attempts + 1, name, place)  # noqa: TRY400
            last = job.attempts + 1 >= TRIES
            metrics.JOBS.labels(job.entrypoint, "given up" if last else "failed").inc()
            if last:
                raise JobFailed(name) from None
            delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2**job.attempts)
            raise RetryRequested(delay, name) from None


def _parameters(handler: Handler) -> EntrypointExecutorParameters:
    async def call(job: Job) -> None:
        await handler(job.payload or b"null")

    return EntrypointExecutorParameters(concurrency_limit=0, func=call, on_failure="hold")


async def _stop_queue(queue: QueueManager, stop: asyncio.Event) -> None:
    await stop.wait()
    queue.shutdown.set()


async def _keep_time(pool: "asyncpg.Pool[Any]", timer: Timer, stop: asyncio.Event) -> None:
    """A timer that fails is tried again when it is next due, or in a minute if that is sooner; the others go on."""
    while not stop.is_set():
        wait = timer.every
        try:
            async with pool.acquire() as connection, connection.transaction():
                if await connection.fetchval("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", timer.name):
                    await timer.run()
        except NotYet as later:
            wait = min(wait, _AGAIN)
            log.warning("timer %s: %s; it is tried again", timer.name, later)
        except Exception as error:
            wait = min(wait, _AGAIN)
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("timer %s: %s\n%s", timer.name, type(error).__name__, place)  # noqa: TRY400
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait.total_seconds())


async def _forget_old(pool: "asyncpg.Pool[Any]") -> None:
    async with pool.acquire() as connection:
        await jobs.forget_old(Transaction(connection))


async def _work(settings: Settings, target: str) -> None:
    assert settings.direct_url, "the parent gives every child the address of the database"
    module, _, name = target.partition(":")
    prepared: Callable[[Settings], AbstractAsyncContextManager[Work]] = getattr(import_module(module), name)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with prepared(settings) as work:
        await run(settings.direct_url, work, stop, at_once=settings.jobs)


def main(target: str, parent: int) -> int:
    """The job worker: does what `target` (`module:name`) prepares, until SIGTERM. The exit status."""
    processes.die_with_parent(signal.SIGKILL, parent)
    settings = config.read()
    logs.configure(readable=settings.demo)
    logs.say_uncaught()
    status = 0
    try:
        asyncio.run(_work(settings, target))
    except* (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as errors:
        log.error("the database is gone", exc_info=errors.exceptions[0])  # noqa: TRY400  (the parent starts us again)
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
