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
from backend.database import Database, connect
from backend.jobs import Timer, Work

Send = Callable[[dict[str, Any]], Awaitable[None]]


def create() -> Callable[..., Awaitable[None]]:
    settings = config.read()
    database: list[Database] = []
    pages = {"/health": _health, "/process": _process, "/slow": _slow, "/database": _database}

    async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
        if scope["type"] == "lifespan":
            await receive()
            database.append(await connect(settings.database_url or "", role="tannha_service"))
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await database[0].close()
            await send({"type": "lifespan.shutdown.complete"})
            return
        status, answer = await pages[scope["path"]](settings, database[0])
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    return application


async def _health(_: Settings, __: Database) -> tuple[int, Any]:
    return 200, {}


async def _process(_: Settings, __: Database) -> tuple[int, Any]:
    return 200, {"worker": os.getpid(), "granian": os.getppid()}


async def _slow(settings: Settings, _: Database) -> tuple[int, Any]:
    await asyncio.sleep(1)
    return 200, {"stopping": settings.stopping.exists()}


async def _database(_: Settings, database: Database) -> tuple[int, Any]:
    try:
        async with database.transaction() as tx:
            return 200, await tx.value("SELECT current_user::text")
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return 503, None


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
