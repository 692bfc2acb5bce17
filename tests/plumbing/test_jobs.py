"""A job exists if and only if the transaction that asked for it committed; it is done at least once."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from backend import job_process, jobs
from backend.database import Transaction
from backend.jobs import NotYet, Timer, Work


@asynccontextmanager
async def signed_in(dsn: str, role: str = "tannha_service") -> AsyncGenerator["asyncpg.Connection[Any]"]:
    connection = await asyncpg.connect(dsn, server_settings={"role": role})
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def working(dsn: str, work: Work) -> AsyncGenerator[None]:
    stop = asyncio.Event()
    worker = asyncio.create_task(job_process.run(dsn, work, stop))
    try:
        yield
    finally:
        stop.set()
        await worker


async def soon(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not happened():
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("role", ["tannha_service", "tannha_app"])
async def test_only_a_committed_job_is_done(database_url: str, role: str) -> None:
    done: list[bytes] = []

    async def note(payload: bytes) -> None:
        done.append(payload)

    async with signed_in(database_url, role) as connection:
        with contextlib.suppress(LookupError):
            async with connection.transaction():
                await jobs.enqueue(Transaction(connection), "note", {"id": 1})
                raise LookupError
        async with connection.transaction():
            await jobs.enqueue(Transaction(connection), "note", {"id": 2})
    async with working(database_url, Work(handlers={"note": note})):
        await soon(lambda: bool(done))
    assert done == [b'{"id":2}']


async def test_a_job_asked_for_twice_under_one_key_is_done_once(database_url: str) -> None:
    done: list[bytes] = []

    async def note(payload: bytes) -> None:
        done.append(payload)

    async with signed_in(database_url) as connection:
        for number in (1, 2):
            await jobs.enqueue(Transaction(connection), "note", number, once="the same")
        await jobs.enqueue(Transaction(connection), "note", 3)
    async with working(database_url, Work(handlers={"note": note})):
        await soon(lambda: b"3" in done)
    assert sorted(done) == [b"1", b"3"]


async def test_a_failed_job_is_tried_again_and_its_words_are_not_kept(database_url: str) -> None:
    attempts: list[bytes] = []

    async def stumble(payload: bytes) -> None:
        attempts.append(payload)
        if len(attempts) == 1:
            raise ValueError("Nguyễn Văn An")

    async with signed_in(database_url) as connection:
        await jobs.enqueue(Transaction(connection), "stumble", None)
        async with working(database_url, Work(handlers={"stumble": stumble})):
            await soon(lambda: len(attempts) == 2)
        kept = await connection.fetchval("SELECT string_agg(traceback::text, '') FROM pgqueuer_log")
    assert "ValueError" in kept
    assert "Nguyễn" not in kept


async def test_a_timer_fires_again_and_again_and_survives_its_own_failure(database_url: str) -> None:
    fired: list[int] = []

    async def fire() -> None:
        fired.append(1)
        raise LookupError

    timer = Timer(name="fire", every=timedelta(seconds=0.05), run=fire)
    async with working(database_url, Work(timers=[timer])):
        await soon(lambda: len(fired) > 2)


async def test_a_timer_that_cannot_work_yet_says_so_in_a_line_and_tries_again(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    fired: list[int] = []

    async def fire() -> None:
        fired.append(1)
        raise NotYet("the bank does not answer")

    async with working(database_url, Work(timers=[Timer(name="ask", every=timedelta(seconds=0.05), run=fire)])):
        await soon(lambda: len(fired) > 1)
    said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert "timer ask: the bank does not answer; it is tried again" in said


async def test_two_workers_never_run_one_timer_at_the_same_time(database_url: str) -> None:
    inside, most, turns = 0, 0, 0

    async def fire() -> None:
        nonlocal inside, most, turns
        inside += 1
        most, turns = max(most, inside), turns + 1
        await asyncio.sleep(0.02)
        inside -= 1

    work = Work(timers=[Timer(name="fire", every=timedelta(seconds=0.01), run=fire)])
    async with working(database_url, work), working(database_url, work):
        await soon(lambda: turns > 10)
    assert most == 1


async def test_no_write_to_the_queue_sends_a_notification(database_url: str) -> None:
    async with signed_in(database_url) as connection:
        triggers = await connection.fetch("SELECT tgname FROM pg_trigger WHERE tgrelid = 'pgqueuer'::regclass")
    assert triggers == []
