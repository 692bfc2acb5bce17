"""A database in which xã Mỹ Hiệp is furnished once; tests begin from it instead of building it each time."""

import contextlib
import itertools
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from typing import Any

import asyncpg

from backend import migrate, postgres
from backend.database import STATEMENTS, Transaction, connect
from backend.keys import KeyRing
from tests.builders import Field, a_field

SETTINGS = {"timezone": "UTC", "synchronous_commit": "on", "role": "tannha_service"}
_number = itertools.count(1)


@dataclass(frozen=True)
class Ground:
    """`name`: a furnished database nobody may be signed in to, so that it can be copied."""

    server: postgres.Server
    name: str
    furnished: Field

    def field(self, tx: Transaction) -> Field:
        """The people and phones of the place, as they were before anything happened."""
        was = self.furnished
        return replace(was, tx=tx, phone=replace(was.phone, sent=[]), tu_phone=replace(was.tu_phone, sent=[]))

    @contextlib.asynccontextmanager
    async def copied(self) -> "AsyncGenerator[Copy]":
        """A new database like it, gone afterwards: hundreds of them would fill the disk, and the memory of the disk."""
        name = await _copied(self.server, self.name)
        try:
            yield Copy(*(self.server.dsn(name, user) for user in ("tannha_app", "tannha_owner")))
        finally:
            await _dropped(self.server, name)


@dataclass(frozen=True)
class Copy:
    """Its connection strings, by who signs in."""

    app: str
    owner: str


async def furnish(server: postgres.Server, template: str, ring: KeyRing) -> Ground:
    """`template`: the name of a migrated database."""
    name = await _copied(server, template)
    database = await connect(server.dsn(name, "tannha_app"), role="tannha_service", size=1)
    async with database.transaction() as tx:
        furnished = await a_field(tx, ring)
    await database.close()
    return Ground(server, name, furnished)


async def _copied(server: postgres.Server, template: str) -> str:
    name = f"tannha_ground_{next(_number)}"
    connection = await asyncpg.connect(server.dsn("postgres"))
    try:
        await connection.execute(f"CREATE DATABASE {name} OWNER tannha_owner TEMPLATE {template}")
        await migrate.open_to_app(connection, name)
    finally:
        await connection.close()
    return name


async def _dropped(server: postgres.Server, name: str) -> None:
    connection = await asyncpg.connect(server.dsn("postgres"))
    try:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


async def sign_in(dsn: str) -> "asyncpg.Connection[Any]":
    """As sync and jobs do."""
    return await asyncpg.connect(dsn, server_settings=SETTINGS, statement_cache_size=STATEMENTS)


@contextlib.asynccontextmanager
async def rolled_back(connection: "asyncpg.Connection[Any]") -> AsyncGenerator[Transaction]:
    """What was done is checked as a commit would check it, then undone."""
    outer = connection.transaction()
    await outer.start()
    try:
        yield Transaction(connection)
        # A test whose last statement was refused has nothing left to check.
        with contextlib.suppress(asyncpg.InFailedSQLTransactionError):
            await connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    finally:
        await outer.rollback()
