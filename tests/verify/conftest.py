"""A database in which a story was told and committed, for all tests of this folder; each damages it and undoes that."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg
import pytest

from backend.database import Transaction
from backend.keys import KeyRing
from backend.postgres import Server
from backend.verify.database import Snapshot
from backend.verify.keys import read_keys
from backend.verify.main import How, check
from backend.verify.report import Report
from tests.builders import Field
from tests.conftest import TestDatabase, short_folder
from tests.conftest import _copy as copy_of
from tests.verify.story import Story, told


@dataclass(frozen=True)
class Ground:
    """`story`: what happened in `database`; its keys and files."""

    database: TestDatabase
    story: Story
    keys: Path
    files: Path


@pytest.fixture(scope="session")
def place() -> Generator[Path]:
    with short_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
async def ground(server: Server, template: str, place: Path) -> Ground:
    database = await copy_of(server, template)
    settings = {"role": "tannha_service", "timezone": "UTC"}
    connection = await asyncpg.connect(database.app, server_settings=settings)
    keys, files = place / "keys", place / "files"
    try:
        story = await told(connection, KeyRing.make(keys), files)
    finally:
        await connection.close()
    return Ground(database, story, keys, files)


class Damage:
    """A superuser's transaction on the story's database, never committed."""

    def __init__(self, ground: Ground, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.ground = ground
        self.tx = Transaction(connection)

    async def plant(self, sql: str, **values: object) -> None:
        """Without triggers and foreign keys, as somebody who hides would. The story's names may stand in `sql`."""
        await self.tx.connection.execute("SET LOCAL session_replication_role = replica")
        for statement in sql.split(";"):
            if statement.strip():
                await self.tx.run(statement, **(self.ground.story.named | values))  # pyright: ignore[reportArgumentType]
        await self.tx.connection.execute("SET LOCAL session_replication_role = origin")

    async def verified(self, how: How | None = None) -> Report:
        """By the role that the verifier takes."""
        await self.tx.connection.execute("SET LOCAL ROLE tannha_service")
        try:
            return await check(Snapshot(self.tx.connection), how or self.how())
        finally:
            await self.tx.connection.execute("RESET ROLE")

    async def goes_on(self) -> Field:
        """The story's place, for acts as services do them in this transaction."""
        await self.tx.connection.execute("SET LOCAL ROLE tannha_service")
        place = self.ground.story.place
        phones = {name: replace(getattr(place, name), sent=[]) for name in ("phone", "tu_phone")}
        return replace(place, tx=self.tx, **phones)

    def how(self) -> How:
        return How(files=self.ground.files, keys=read_keys(self.ground.keys))


@pytest.fixture
async def damage(ground: Ground) -> AsyncGenerator[Damage]:
    settings = {"timezone": "UTC", "datestyle": "ISO, MDY"}
    connection = await asyncpg.connect(ground.database.superuser, server_settings=settings)
    outer = connection.transaction()
    await outer.start()
    try:
        yield Damage(ground, connection)
    finally:
        await outer.rollback()
        await connection.close()
