"""Makes one installation ready to run: database, schema, keys, and whether it holds sample data or real people."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import msgspec

from backend import jobs, migrate, postgres
from backend.config import CannotRun, Settings
from backend.keys import KeyRing, KeysUnsafe, Purpose

_PATIENCE = 600.0
"""Seconds. After a power cut the database first reads its log again."""

POOLS = 4
"""Of an HTTP worker (`backend.app`): requests, services, desks and phones, the province."""


class NotReady(CannotRun):
    """The installation cannot run like this; the text says what to do."""


def start_database(settings: Settings) -> postgres.Server:
    """The embedded server of this installation. To be called from the main thread. Raises CannotStart."""
    return postgres.start(
        settings.data, binaries=settings.postgres_bin, account=settings.postgres_account, wait=_PATIENCE
    )


@contextmanager
def database(settings: Settings) -> Generator[postgres.Server | None]:
    """The embedded server for as long as it takes; None when DATABASE_URL names one of our own."""
    if settings.database_url is not None:
        yield None
    else:
        with start_database(settings) as server:
            yield server


def with_database(settings: Settings, server: postgres.Server | None) -> Settings:
    """The settings with the addresses of the embedded server; unchanged without one."""
    if server is None:
        return settings
    app, owner = server.dsn(user="tannha_app"), server.dsn(user="tannha_owner")
    return msgspec.structs.replace(settings, database_url=app, direct_url=app, owner_url=owner)


def owner_url(settings: Settings) -> str:
    """Raises NotReady when it is not given."""
    if settings.owner_url is None:
        raise NotReady("set TANNHA_OWNER_URL: the server of DATABASE_URL, signing in as tannha_owner")
    return settings.owner_url


async def bring_forward(settings: Settings, server: postgres.Server | None) -> list[str]:
    """Brings the schema to this version; the migrations applied. Raises NotPrepared, CannotMigrate, NotReady."""
    if server is not None:
        await migrate.bootstrap(server.dsn("postgres"))
    return await migrate.migrate(owner_url(with_database(settings, server)))


async def prepare(settings: Settings, server: postgres.Server | None, *, new_keys: bool = False) -> None:
    """Brings database and keys to where this version can run. Does nothing when they are there.

    On the embedded server everything is made. A server of one's own is only looked at: `tannha migrate` changes it.
    Raises NotReady, CannotMigrate.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if server is not None:
        await bring_forward(settings, server)
    async with _as_service(with_database(settings, server)) as connection:
        await _check_schema(connection)
        if settings.direct_url == settings.database_url:
            await _check_room(settings, connection)
        untouched = not await connection.fetchval(
            "SELECT EXISTS (SELECT FROM subjects) OR EXISTS (SELECT FROM data_keys)"
        )
        await _keep_apart(connection, demo=settings.demo, untouched=untouched)
    _make_keys(settings, allowed=untouched or new_keys)


def throw_demo_away(settings: Settings) -> None:
    """Database and files of a demo that is not running; the keys stay. Raises NotReady."""
    with database(settings) as server:
        if server is None or not server.owned:
            raise NotReady("stop the demo first; on a server of your own drop the database there")
        asyncio.run(_drop_demo(server))
    shutil.rmtree(settings.files, ignore_errors=True)


async def _drop_demo(server: postgres.Server) -> None:
    await migrate.bootstrap(server.dsn("postgres"))
    inside = await asyncpg.connect(server.dsn())
    try:
        made = await migrate.newest(inside) > 0
        if made and not await inside.fetchval("SELECT demo FROM installation"):
            raise NotReady("this installation holds real data; nothing was thrown away")
    finally:
        await inside.close()
    outside = await asyncpg.connect(server.dsn("postgres"))
    try:
        await outside.execute("DROP DATABASE tannha")
    finally:
        await outside.close()


@asynccontextmanager
async def _as_service(settings: Settings) -> "AsyncGenerator[asyncpg.Connection[Any]]":
    connection = await asyncpg.connect(settings.database_url, server_settings={"role": "tannha_service"}, timeout=10)
    try:
        yield connection
    finally:
        await connection.close()


async def _check_schema(connection: "asyncpg.Connection[Any]") -> None:
    have, want = await migrate.newest(connection), max(migrate.load(migrate.folder()), default=0)
    if have != want:
        raise NotReady(f"the database is at migration {have:04d}, this version needs {want:04d}: run `tannha migrate`")


def connections(settings: Settings) -> int:
    """How many the HTTP workers and the job worker may have at the same time. Pools fill as they are needed."""
    return settings.workers * POOLS * settings.pool + settings.pool + jobs.CONNECTIONS


async def _check_room(settings: Settings, connection: "asyncpg.Connection[Any]") -> None:
    """Said before the first busy morning says it. What a pooler in between allows is not known here."""
    room = await connection.fetchval(
        """SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                  - coalesce(current_setting('reserved_connections', true), '0')::int"""
    )
    if room < (wanted := connections(settings)):
        raise NotReady(
            f"PostgreSQL allows {room} connections and this installation may want {wanted}: lower TANNHA_POOL or "
            "TANNHA_WORKERS, or raise max_connections on a server of your own"
        )


async def _keep_apart(connection: "asyncpg.Connection[Any]", *, demo: bool, untouched: bool) -> None:
    """Sample data never goes among real people, and nobody works on sample data by mistake."""
    is_demo = await connection.fetchval("SELECT demo FROM installation")
    if is_demo and not demo:
        raise NotReady("this installation holds sample data: run `tannha demo`, or set TANNHA_DATA to another folder")
    if demo and not is_demo:
        if not untouched:
            raise NotReady("this installation holds real data: set TANNHA_DATA to another folder for the demo")
        await connection.execute("UPDATE installation SET demo = true")


def _make_keys(settings: Settings, *, allowed: bool) -> None:
    """Keys are never silently made anew for data that was sealed under others."""
    if not allowed and not KeyRing(settings.keys).file(Purpose.WRAP).exists():
        raise NotReady(
            f"the keys of this installation are not in {settings.keys}: bring them back from their backup and set "
            "TANNHA_KEYS, or give up what was sealed under them with `tannha init --new-keys`"
        )
    try:
        KeyRing.make(settings.keys)
    except KeysUnsafe as error:
        raise NotReady(str(error)) from error
