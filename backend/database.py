"""The only door to PostgreSQL: pools by role, one transaction per request, and SQL with named values.

SQL is a literal beside the function that runs it; `$case_id` is a named value, given by keyword:

    await tx.all("SELECT id FROM visits WHERE case_id = $case_id", case_id=case.id)
"""

import re
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, LiteralString, TypeVar

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

from backend import metrics
from backend.errors import Busy

Row = asyncpg.Record
T = TypeVar("T")

PATIENCE = 5.0
"""Seconds to wait for a free connection."""
NO_CONNECTION = "Trung tâm đang bận. Máy sẽ tự gửi lại sau ít giây. Không mất dữ liệu."
_NAMED = re.compile(r"\$([a-z_][a-z0-9_]*)")


@lru_cache(maxsize=4096)
def positional(sql: str) -> tuple[str, tuple[str, ...]]:
    """`... $b ... $a ... $b` -> (`... $1 ... $2 ... $1`, ("b", "a"))."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        name = match[1]
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _NAMED.sub(number, sql), tuple(names)


def shaped(row: Row, into: type[T]) -> T:
    """A row as the Struct whose fields are its columns."""
    return msgspec.convert(dict(row.items()), into, strict=False)


def columns(rows: Sequence[msgspec.Struct]) -> dict[str, list[Any]]:
    """Structs as one list per field, for `INSERT ... SELECT ... FROM unnest($field::type[], ...)`."""
    return {name: [getattr(row, name) for row in rows] for name in rows[0].__struct_fields__}


REFUSED = (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError)
"""What the database will not take, however often it is asked."""
CROSSED = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""Two transactions in each other's way: asked again, it works."""
TRIES = 3


async def untangled(attempt: Callable[[], Awaitable[T]]) -> T:
    """What `attempt` returns: a transaction of its own, or a savepoint, made again when it crossed another one."""
    for left in range(TRIES - 1, -1, -1):
        try:
            return await attempt()
        except CROSSED:
            if left == 0:
                raise
    raise AssertionError


class Transaction:
    """An open transaction. Whoever opened it commits; nobody else does."""

    def __init__(self, connection: Any) -> None:
        self.connection: asyncpg.Connection[Row] = connection

    async def all(self, sql: LiteralString, **values: Any) -> Sequence[Row]:
        text, names = positional(sql)
        return await self.connection.fetch(text, *[values[name] for name in names])

    async def first(self, sql: LiteralString, **values: Any) -> Row | None:
        text, names = positional(sql)
        return await self.connection.fetchrow(text, *[values[name] for name in names])

    async def value(self, sql: LiteralString, **values: Any) -> Any:
        text, names = positional(sql)
        return await self.connection.fetchval(text, *[values[name] for name in names])

    async def run(self, sql: LiteralString, **values: Any) -> str:
        """Returns PostgreSQL's command tag, such as `UPDATE 1`."""
        text, names = positional(sql)
        return await self.connection.execute(text, *[values[name] for name in names])

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        async with self.connection.transaction():
            yield


class Database:
    """One pool under one database role."""

    def __init__(self, pool: "asyncpg.Pool[Row]") -> None:
        self.pool = pool

    @asynccontextmanager
    async def transaction(self, *, units: Sequence[object] = ()) -> AsyncGenerator[Transaction]:
        """`units`: whose rows an ordinary office may see under row-level security; none by default."""
        async with self._connection() as connection, connection.transaction():
            tx = Transaction(connection)
            if units:
                await tx.run(
                    "SELECT set_config('tannha.units', $units, true)", units=",".join(str(unit) for unit in units)
                )
            yield tx

    @asynccontextmanager
    async def one_statement(self) -> AsyncGenerator[Transaction]:
        """For a single statement that reads: it is a transaction by itself, without asking to begin and to end one."""
        async with self._connection() as connection:
            yield Transaction(connection)

    @asynccontextmanager
    async def _connection(self) -> "AsyncGenerator[PoolConnectionProxy[Row]]":
        """Raises Busy when none gets free in time: who waits longer is better off asking again."""
        began = time.perf_counter()
        try:
            connection = await self.pool.acquire(timeout=PATIENCE)
        except TimeoutError:
            metrics.POOL_REFUSED.inc()
            raise Busy(NO_CONNECTION, retry_after=1 + secrets.randbelow(4)) from None
        finally:
            metrics.POOL_WAIT.observe(time.perf_counter() - began)
        try:
            yield connection
        finally:
            await self.pool.release(connection)

    async def close(self) -> None:
        await self.pool.close()


BY_INDEX = {"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off"}
"""For a pool that only looks up few rows by their keys. A connection plans a statement once: in a new installation,
while its tables are empty, which would then be read whole with every act until the next ANALYZE."""


STATEMENTS = 1_000
"""How many statements a connection keeps prepared: all there are, else each is parsed anew at its next turn."""


async def connect(
    dsn: str, *, role: str | None = None, size: int = 8, name: str = "tannha", by_index: bool = False
) -> Database:
    """`role`: the database role to work under (`tannha_service`, `tannha_province`), else the one that signed in."""
    settings = {"application_name": name, "timezone": "UTC", "synchronous_commit": "on"}
    if role is not None:
        settings["role"] = role
    if by_index:
        settings |= BY_INDEX
    # None at first: a worker that starts while the database is away comes up and says so.
    pool = await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=size,
        server_settings=settings,
        statement_cache_size=STATEMENTS,
        command_timeout=30,
        reset=_as_it_is,
    )
    return Database(pool)


async def _as_it_is(_connection: object) -> None:
    """A transaction leaves nothing behind in its connection (`tests/house` looks that no statement does), so nothing
    is asked of the server between two."""
