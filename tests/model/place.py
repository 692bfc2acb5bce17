"""Where sequences run: a furnished database, one connection, a loop of its own; each sequence is undone at its end."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import UUID

import asyncpg
import uvloop

from backend import config, migrate, postgres
from backend.database import Transaction
from backend.keys import KeyRing
from tests.builders import Field
from tests.builders_acts import stock
from tests.builders_ground import Ground, furnish, sign_in

T = TypeVar("T")
B = TypeVar("B")
LABELS = range(1, 9)
TEMPLATE = "tannha_model"
KEYS = "keys"


@dataclass(frozen=True)
class Base:
    """What every sequence begins with. Each case was Tú's this morning and is Lan's now: both may act on it."""

    cases: tuple[UUID, ...]
    visits: tuple[str, ...]
    charges: tuple[str, ...]
    labels: tuple[str, ...]


class Place(Generic[B]):
    """Not for two sequences at once. `base`: what every sequence begins with."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        connection: "asyncpg.Connection[Any]",
        base: B,
        field: Field,
        a_case: UUID,
        keys: Path,
    ) -> None:
        self.loop = loop
        self.base = base
        self.a_case = a_case
        self.keys = keys
        self._field = field
        self._connection = connection
        self._undone: Any = None

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(step)

    def begin(self) -> Field:
        """The people and phones of the place, as they were when it was made."""
        self._undone = self._connection.transaction()
        self.run(self._undone.start())
        phones = {name: replace(getattr(self._field, name), sent=[]) for name in ("phone", "tu_phone")}
        return replace(self._field, tx=Transaction(self._connection), **phones)

    def end(self) -> None:
        self.run(self._undone.rollback())


Prepare = Callable[[Field], Awaitable[B]]


@contextlib.contextmanager
def opened(ground: Ground, loop: asyncio.AbstractEventLoop, keys: Path, prepare: Prepare[B]) -> Generator[Place[B]]:
    """A copy of the ground, on which `prepare` lets happen what happened before. `keys`: the folder of its ring."""
    copying = ground.copied()
    copy = loop.run_until_complete(copying.__aenter__())
    try:
        connection = loop.run_until_complete(sign_in(copy.app))
        field, base = loop.run_until_complete(_prepared(ground, connection, prepare))
        case = loop.run_until_complete(connection.fetchval("SELECT case_id FROM cases ORDER BY opened_at LIMIT 1"))
        yield Place(loop, connection, base, field, case, keys)
        loop.run_until_complete(connection.close())
    finally:
        loop.run_until_complete(copying.__aexit__(None, None, None))


async def _prepared(ground: Ground, connection: "asyncpg.Connection[Any]", prepare: Prepare[B]) -> tuple[Field, B]:
    async with connection.transaction():
        field = ground.field(Transaction(connection))
        return field, await prepare(field)


async def deliveries(field: Field) -> Base:
    labels = await stock(field, *LABELS)
    rows: list[tuple[UUID, str, str]] = []
    for shared in (None, 0, None):
        rows.append(await a_case(field, rows[shared][1] if shared is not None else None))
    cases, visits, charges = zip(*rows, strict=True)
    return Base(cases, visits, charges, tuple(labels))


async def a_case(field: Field, visit: str | None) -> tuple[UUID, str, str]:
    """`visit`: that of another case of the household."""
    case, charges = await field.confirmed(8000)
    booking = field.booking(courier=str(field.tu))
    await field.at_desk(field.ut, case, "book", booking)
    if visit is None:
        body = {name: booking[name] for name in ("appointment_id", "day", "window", "seat")}
        await field.at_desk(field.ut, case, "move_appointment", body | {"courier": str(field.lan)}, base=99)
        return case, booking["visit_id"], charges[0]
    cancelled = {"appointment_id": booking["appointment_id"], "reason": "citizen_asked"}
    await field.at_desk(field.ut, case, "cancel_appointment", cancelled, base=99)
    await field.at_desk(field.ut, case, "book", field.booking(visit_id=visit), base=99)
    return case, visit, charges[0]


@contextlib.contextmanager
def furnished(folder: Path) -> Generator[tuple[Ground, asyncio.AbstractEventLoop]]:
    """With a PostgreSQL of its own, below `folder`."""
    with postgres.start(folder / "data", binaries=config.read().postgres_bin) as server:
        loop = uvloop.new_event_loop()
        try:
            loop.run_until_complete(migrate.bootstrap(server.dsn("postgres"), TEMPLATE))
            loop.run_until_complete(migrate.migrate(server.dsn(TEMPLATE, "tannha_owner")))
            ring = KeyRing.make(folder / KEYS)
            yield loop.run_until_complete(furnish(server, TEMPLATE, ring)), loop
        finally:
            loop.close()
