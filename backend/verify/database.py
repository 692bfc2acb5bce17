"""Finds the database, signs in as the role that sees every row, and reads it in one snapshot that nothing disturbs."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, LiteralString

import asyncpg

from backend import migrate, postgres
from backend.config import Settings
from backend.postgres_binaries import CannotStart

ROLE = "tannha_service"
"""Sees all rows of all tables. `tannha_province` does not: inbox, data keys, followers and jobs are closed to it."""

AT_A_TIME = 1000
_PATIENCE = 600.0


class CannotRun(Exception):
    """The verification could not be made; the text says what to do."""


@dataclass(frozen=True)
class Source:
    """`attended`: a server may be working on this database, so that its queues must move."""

    dsn: str
    attended: bool


@contextmanager
def source(settings: Settings) -> Generator[Source]:
    """The database of the settings. An embedded server that does not run is started, and stopped again at the end.

    To be entered from the main thread. Raises CannotRun.
    """
    if url := settings.database_url or settings.owner_url:
        yield Source(url, attended=True)
        return
    if not (settings.data / "postgres").exists():
        raise CannotRun(f"there is no installation in {settings.data}: set TANNHA_DATA or DATABASE_URL")
    try:
        server = postgres.start(
            settings.data, binaries=settings.postgres_bin, account=settings.postgres_account, wait=_PATIENCE
        )
    except CannotStart as error:
        raise CannotRun(str(error)) from error
    with server:
        yield Source(server.dsn(user="tannha_app"), attended=not server.owned)


class Snapshot:
    """One repeatable-read, read-only transaction: every check sees the same moment."""

    def __init__(self, connection: "asyncpg.Connection[Any]") -> None:
        self._connection = connection

    async def all(self, sql: LiteralString, *values: object) -> Sequence[asyncpg.Record]:
        return await self._connection.fetch(sql, *values)

    async def value(self, sql: LiteralString, *values: object) -> Any:
        return await self._connection.fetchval(sql, *values)

    async def rows(self, sql: LiteralString, *values: object) -> AsyncGenerator[asyncpg.Record]:
        """Row by row through a cursor; other statements may run in between."""
        async for row in self._connection.cursor(sql, *values, prefetch=AT_A_TIME):
            yield row

    async def batches(self, sql: LiteralString, *values: object) -> AsyncGenerator[Sequence[asyncpg.Record]]:
        """Some rows at a time. The server fetches the next while these are looked at: no other statement in between."""
        cursor = await self._connection.cursor(sql, *values)
        coming = asyncio.ensure_future(cursor.fetch(AT_A_TIME))
        try:
            while rows := await coming:
                coming = asyncio.ensure_future(cursor.fetch(AT_A_TIME))
                await asyncio.sleep(0)
                yield rows
        finally:
            with suppress(asyncpg.PostgresError, asyncio.CancelledError):
                await coming


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncGenerator[Snapshot]:
    """Raises CannotRun when the database cannot be reached, may not be read or has another schema than this version."""
    settings = {
        "application_name": "tannha verify",
        "timezone": "UTC",
        "datestyle": "ISO, MDY",
        "jit": "off",
        "statement_timeout": "0",
    }
    try:
        connection: asyncpg.Connection[Any] = await asyncpg.connect(dsn, server_settings=settings, timeout=30)
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        raise CannotRun(f"the database does not answer: {error}") from error
    try:
        await _take_role(connection)
        await _check_schema(connection)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield Snapshot(connection)
    finally:
        await connection.close()


async def _take_role(connection: "asyncpg.Connection[Any]") -> None:
    try:
        await connection.execute(f"SET ROLE {ROLE}")
    except asyncpg.PostgresError as error:
        raise CannotRun(f"whoever signs in must be a member of {ROLE}, which sees all rows: {error}") from error


async def _check_schema(connection: "asyncpg.Connection[Any]") -> None:
    have, want = await migrate.newest(connection), max(migrate.load(migrate.folder()), default=0)
    if have != want:
        raise CannotRun(f"the database is at migration {have:04d}, this version needs {want:04d}: run `tannha migrate`")
