"""Makes one installation ready to run: database, schema, keys, and whether it holds sample data or real people."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import msgspec

from backend import migrate, postgres
from backend.config import Settings
from backend.keys import KeyRing, Purpose

_PATIENCE = 600.0
"""Seconds. After a power cut the database first reads its log again."""


class NotReady(Exception):
    """The installation cannot run like this; the text says what to do."""


def start_database(settings: Settings) -> postgres.Server:
    """The embedded server of this installation. To be called from the main thread. Raises CannotStart."""
    return postgres.start(
        settings.data, binaries=settings.postgres_bin, account=settings.postgres_account, wait=_PATIENCE
    )


def with_database(settings: Settings, server: postgres.Server | None) -> Settings:
    """The settings with the addresses of the embedded server; unchanged without one."""
    if server is None:
        return settings
    app, owner = server.dsn(user="tannha_app"), server.dsn(user="tannha_owner")
    return msgspec.structs.replace(settings, database_url=app, direct_url=app, owner_url=owner)


async def prepare(settings: Settings, server: postgres.Server | None, *, new_keys: bool = False) -> list[str]:
    """Brings database and keys to where this version can run; the migrations applied. Nothing when all is done.

    On the embedded server everything is made. A server of one's own is only looked at: `tannha migrate` changes it.
    Raises NotReady, CannotMigrate.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    applied: list[str] = []
    if server is not None:
        await migrate.bootstrap(server.dsn("postgres"))
        applied = await migrate.migrate(server.dsn(user="tannha_owner"))
    async with _as_service(with_database(settings, server)) as connection:
        await _check_schema(connection)
        untouched = not await connection.fetchval(
            "SELECT EXISTS (SELECT FROM subjects) OR EXISTS (SELECT FROM data_keys)"
        )
        await _keep_apart(connection, demo=settings.demo, untouched=untouched)
    _make_keys(settings, allowed=untouched or new_keys)
    return applied


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
    KeyRing.make(settings.keys)
