"""The smallest application a parent can look after: HTTP with a slow page and the database, a job, a timer."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg

from backend import config
from backend.config import Settings
from backend.jobs import Timer, Work

Send = Callable[[dict[str, Any]], Awaitable[None]]


def create() -> Callable[..., Awaitable[None]]:
    settings = config.read()
    pages = {"/health": _health, "/process": _process, "/slow": _slow, "/database": _database}

    async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
        if scope["type"] == "lifespan":
            for _ in range(2):
                event = await receive()
                await send({"type": f"{event['type']}.complete"})
            return
        status, answer = await pages[scope["path"]](settings)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    return application


async def _health(_: Settings) -> tuple[int, Any]:
    return 200, {}


async def _process(_: Settings) -> tuple[int, Any]:
    return 200, {"worker": os.getpid(), "granian": os.getppid()}


async def _slow(settings: Settings) -> tuple[int, Any]:
    await asyncio.sleep(1)
    return 200, {"stopping": settings.stopping.exists()}


async def _database(settings: Settings) -> tuple[int, Any]:
    try:
        connection = await asyncpg.connect(settings.database_url, timeout=2)
    except (OSError, asyncpg.PostgresError):
        return 503, None
    try:
        return 200, await connection.fetchval("SELECT current_user::text")
    finally:
        await connection.close()


@asynccontextmanager
async def work(settings: Settings) -> AsyncGenerator[Work]:
    """A job `note` appends its payload to `notes`; a timer writes the process's number to `ticks`."""
    notes, ticks = settings.data / "notes", settings.data / "ticks"

    async def note(payload: bytes) -> None:
        with notes.open("ab") as file:
            file.write(payload + b"\n")

    async def tick() -> None:
        ticks.write_text(str(os.getpid()))

    yield Work(handlers={"note": note}, timers=[Timer(name="tick", every=timedelta(seconds=0.2), run=tick)])
