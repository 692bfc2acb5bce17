"""Brings a database's schema forward: plain SQL files `NNNN_name.sql`, each applied once, in order, never edited.

The files run as `tannha_owner`, which owns the schema and is no superuser. What only a superuser may do (roles, the
database itself, extensions) is done by `bootstrap` on the embedded server and printed as statements on a foreign one.
"""

import asyncio
import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from backend.config import CannotRun

_LOCK = 0x7461_6E6E_6861
"""The advisory lock of whoever migrates: `tannha` in ASCII."""
LOCK_TIMEOUT = "5s"
_TRIES = 5
EXTENSIONS = ("btree_gist", "pg_trgm")
_ROLES = {
    "tannha_owner": "LOGIN",
    "tannha_app": "LOGIN NOINHERIT",
    "tannha_service": "NOLOGIN",
    "tannha_province": "NOLOGIN",
}
_TAKEN_BY_APP = ("tannha_service", "tannha_province")
_NO_TRANSACTION = re.compile(r"^--\s*migrate:no-transaction\s*$", re.MULTILINE)


class NotPrepared(CannotRun):
    """The server lacks something only a superuser may make; `statements` are for its superuser."""

    def __init__(self, statements: list[str]) -> None:
        super().__init__(
            "the database server is not ready; let its superuser run this in the database, then give tannha_owner and "
            "tannha_app passwords:\n\n" + "\n".join(statements)
        )
        self.statements = statements


class CannotMigrate(CannotRun):
    """The files and the database do not fit together."""


@dataclass(frozen=True)
class Migration:
    """One file. `sha256` is of its text with Unix line ends."""

    number: int
    name: str
    sql: str
    sha256: str

    @property
    def in_transaction(self) -> bool:
        return _NO_TRANSACTION.search(self.sql) is None


def folder() -> Path:
    """The migrations: inside the installed package, else at the root of a source checkout."""
    here = Path(__file__).parent
    inside = here / "migrations"
    return inside if inside.is_dir() else here.parent / "migrations"


def load(place: Path) -> dict[int, Migration]:
    """All migrations of a folder by number. Raises CannotMigrate when two share one."""
    found: dict[int, Migration] = {}
    for path in sorted(place.glob("[0-9][0-9][0-9][0-9]_*.sql")):
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        number = int(path.name[:4])
        if number in found:
            raise CannotMigrate(f"two migrations are numbered {number:04d}: {found[number].name} and {path.stem}")
        found[number] = Migration(number, path.stem, raw.decode(), hashlib.sha256(raw).hexdigest())
    return found


async def bootstrap(superuser_dsn: str, database: str = "tannha") -> None:
    """Makes the roles, `database` and its extensions where they are missing. Signs in to any database of the server."""
    server = await _sign_in(superuser_dsn)
    try:
        for statement in await _missing_roles(server):
            await server.execute(statement)
        if not await server.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
            await server.execute(f"CREATE DATABASE {_quoted(database)} OWNER tannha_owner TEMPLATE template0")
        await open_to_app(server, database)
    finally:
        await server.close()
    inside = await _sign_in(superuser_dsn, database=database)
    try:
        for statement in await _missing_extensions(inside):
            await inside.execute(statement)
    finally:
        await inside.close()


async def open_to_app(connection: "asyncpg.Connection[Any]", database: str) -> None:
    """Who may sign in to a database is not copied with it: only the owner and the application."""
    await connection.execute(f"REVOKE ALL ON DATABASE {_quoted(database)} FROM PUBLIC")
    await connection.execute(f"GRANT CONNECT ON DATABASE {_quoted(database)} TO tannha_app")


async def migrate(owner_dsn: str, place: Path | None = None) -> list[str]:
    """Applies what is new; the names applied. Raises NotPrepared, CannotMigrate.

    Several may call it at once: one works, the others wait and then find nothing to do.
    """
    files = load(place or folder())
    try:
        connection = await _sign_in(owner_dsn)
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as error:
        raise NotPrepared([f"-- {error}", *_EVERYTHING]) from error
    try:
        missing = await _missing_roles(connection) + await _missing_extensions(connection)
        if not await connection.fetchval("SELECT has_schema_privilege('public', 'CREATE')"):
            missing.append("GRANT CREATE ON SCHEMA public TO tannha_owner;")
        if missing:
            raise NotPrepared(missing)
        # Polled: a waiter inside pg_advisory_lock() holds a snapshot that CREATE INDEX CONCURRENTLY waits for.
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
        await connection.execute(_TABLE)
        waiting = _waiting(files, await connection.fetch("SELECT number, name, sha256 FROM schema_migrations"))
        for migration in waiting:
            await _apply(connection, migration)
        return [migration.name for migration in waiting]
    finally:
        await connection.close()


_EVERYTHING = (
    *(f"CREATE ROLE {role} {kind};" for role, kind in _ROLES.items()),
    "GRANT tannha_service, tannha_province TO tannha_app WITH INHERIT FALSE, SET TRUE; -- PostgreSQL 15: no WITH",
    "CREATE DATABASE tannha OWNER tannha_owner ENCODING 'UTF8' TEMPLATE template0; -- then sign in to it",
    *(f"CREATE EXTENSION {name};" for name in EXTENSIONS),
)


async def newest(connection: "asyncpg.Connection[Any]") -> int:
    """The number of the last migration applied, 0 before the first."""
    if await connection.fetchval("SELECT to_regclass('schema_migrations')") is None:
        return 0
    return await connection.fetchval("SELECT coalesce(max(number), 0) FROM schema_migrations") or 0


_TABLE = """
SET client_min_messages = warning;
CREATE TABLE IF NOT EXISTS schema_migrations (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    milliseconds integer NOT NULL
);
GRANT SELECT ON schema_migrations TO tannha_app, tannha_service, tannha_province;
"""


def _waiting(files: dict[int, Migration], applied: list[Any]) -> list[Migration]:
    done = {row["number"]: row for row in applied}
    last = max(done, default=0)
    for number, row in done.items():
        if number not in files:
            raise CannotMigrate(f"the database has migration {row['name']}, which this (older) version does not know")
        if files[number].sha256 != row["sha256"]:
            raise CannotMigrate(f"{files[number].name}.sql was changed after it was applied")
    waiting = [files[number] for number in sorted(files) if number not in done]
    if waiting and waiting[0].number < last:
        raise CannotMigrate(f"{waiting[0].name} is older than the newest migration applied ({last:04d})")
    return waiting


async def _apply(connection: "asyncpg.Connection[Any]", migration: Migration) -> None:
    began = time.perf_counter()
    if migration.in_transaction:
        await _in_transaction(connection, migration, began)
    else:
        # One statement that may be given twice: a crash before the next line runs it again.
        await connection.execute(migration.sql)
        await _record(connection, migration, began)


async def _in_transaction(connection: "asyncpg.Connection[Any]", migration: Migration, began: float) -> None:
    """A lock not got in time lets the others pass and tries again, instead of standing in front of everybody."""
    for attempt in range(1, _TRIES + 1):
        try:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
                await connection.execute(migration.sql)
                await _record(connection, migration, began)
        except asyncpg.LockNotAvailableError:
            if attempt == _TRIES:
                raise
            await asyncio.sleep(attempt)
        else:
            return


async def _record(connection: "asyncpg.Connection[Any]", migration: Migration, began: float) -> None:
    await connection.execute(
        "INSERT INTO schema_migrations (number, name, sha256, milliseconds) VALUES ($1, $2, $3, $4)",
        migration.number,
        migration.name,
        migration.sha256,
        int((time.perf_counter() - began) * 1000),
    )


async def _missing_roles(connection: "asyncpg.Connection[Any]") -> list[str]:
    present = {row["rolname"] for row in await connection.fetch("SELECT rolname FROM pg_roles")}
    statements = [f"CREATE ROLE {role} {kind};" for role, kind in _ROLES.items() if role not in present]
    taken = await connection.fetch(
        "SELECT roleid::regrole::text AS role FROM pg_auth_members WHERE member = to_regrole('tannha_app')"
    )
    option = " WITH INHERIT FALSE, SET TRUE" if connection.get_server_version().major >= 16 else ""
    for role in _TAKEN_BY_APP:
        if role not in {row["role"] for row in taken}:
            statements.append(f"GRANT {role} TO tannha_app{option};")
    return statements


async def _missing_extensions(connection: "asyncpg.Connection[Any]") -> list[str]:
    present = {row["extname"] for row in await connection.fetch("SELECT extname FROM pg_extension")}
    return [f"CREATE EXTENSION {name};" for name in EXTENSIONS if name not in present]


async def _sign_in(dsn: str, **other: Any) -> "asyncpg.Connection[Any]":
    settings = {"application_name": "tannha migrate", "timezone": "UTC"}
    return await asyncpg.connect(dsn, server_settings=settings, timeout=10, **other)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
