"""Xã Mỹ Hiệp in a transaction that is rolled back, or in a database of its own for tests that need a real pool."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import asyncpg
import pytest

from backend import postgres
from backend.database import Database, Transaction, connect
from backend.keys import KeyRing
from tests.builders import Field
from tests.builders_ground import Copy, Ground, furnish, rolled_back, sign_in

MakeField = Callable[[Transaction], Field]


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="session")
async def ground(server: postgres.Server, template: str, ring: KeyRing) -> Ground:
    return await furnish(server, template, ring)


@pytest.fixture(scope="session")
async def connection(ground: Ground) -> "AsyncGenerator[asyncpg.Connection[Any]]":
    """One for all tests here that roll back: it remembers prepared statements."""
    async with ground.copied() as copy:
        connection = await sign_in(copy.app)
        yield connection
        await connection.close()


@pytest.fixture
async def tx(connection: "asyncpg.Connection[Any]") -> AsyncGenerator[Transaction]:
    async with rolled_back(connection) as transaction:
        yield transaction


@pytest.fixture
async def field(ground: Ground, tx: Transaction) -> Field:
    return ground.field(tx)


@pytest.fixture
async def own_copy(ground: Ground) -> AsyncGenerator[Copy]:
    """A database that is this test's own."""
    async with ground.copied() as copy:
        yield copy


@pytest.fixture
async def pool(own_copy: Copy) -> AsyncGenerator[Database]:
    """Eight connections to it."""
    database = await connect(own_copy.app, role="tannha_service", size=8)
    yield database
    await database.close()


@pytest.fixture
def field_in(ground: Ground) -> MakeField:
    """The field in a transaction of the test's own pool."""
    return ground.field
