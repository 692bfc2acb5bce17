"""Where sequences run: a furnished database, one connection, a loop of its own; each sequence is undone at its end."""

import asyncio
import contextlib
from collections.abc import Coroutine, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
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
LABELS = range(1, 9)
TEMPLATE = "tannha_model"


@dataclass(frozen=True)
class Base:
    """What every sequence begins with. Each case was Tú's this morning and is Lan's now: both may act on it."""

    cases: tuple[UUID, ...]
    visits: tuple[str, ...]
    charges: tuple[str, ...]
    labels: tuple[str, ...]


class Place:
    """Not for two sequences at once."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        ground: Ground,
        connection: "asyncpg.Connection[Any]",
        base: Base,
    ) -> None:
        self.loop = loop
        self.base = base
        self._ground = ground
        self._connection = connection
        self._undone: Any = None

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(step)

    def begin(self) -> Field:
        self._undone = self._connection.transaction()
        self.run(self._undone.start())
        return self._ground.field(Transaction(self._connection))

    def end(self) -> None:
        self.run(self._undone.rollback())


@contextlib.contextmanager
def opened(server: postgres.Server, template: str, folder: Path) -> Generator[Place]:
    """`template`: the name of a migrated database. `folder`: for keys."""
    loop = uvloop.new_event_loop()
    try:
        ring = KeyRing.make(folder)
        ground = loop.run_until_complete(furnish(server, template, ring))
        connection = loop.run_until_complete(_signed_in(ground))
        base = loop.run_until_complete(_prepared(ground, connection))
        yield Place(loop, ground, connection, base)
        loop.run_until_complete(connection.close())
    finally:
        loop.close()


async def _signed_in(ground: Ground) -> "asyncpg.Connection[Any]":
    return await sign_in((await ground.copy()).app)


async def _prepared(ground: Ground, connection: "asyncpg.Connection[Any]") -> Base:
    async with connection.transaction():
        field = ground.field(Transaction(connection))
        labels = await stock(field, *LABELS)
        rows: list[tuple[UUID, str, str]] = []
        for shared in (None, 0, None):
            rows.append(await _case(field, rows[shared][1] if shared is not None else None))
    cases, visits, charges = zip(*rows, strict=True)
    return Base(cases, visits, charges, tuple(labels))


async def _case(field: Field, visit: str | None) -> tuple[UUID, str, str]:
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
def alone(folder: Path) -> Generator[Place]:
    """With a PostgreSQL of its own, below `folder`."""
    with postgres.start(folder / "data", binaries=config.read().postgres_bin) as server:
        loop = uvloop.new_event_loop()
        loop.run_until_complete(migrate.bootstrap(server.dsn("postgres"), TEMPLATE))
        loop.run_until_complete(migrate.migrate(server.dsn(TEMPLATE, "tannha_owner")))
        loop.close()
        with opened(server, TEMPLATE, folder / "keys") as place:
            yield place
