"""One embedded PostgreSQL for the whole run, a migrated template, and a copy of it for whoever needs one.

`tx` and `owner_tx` share one database and roll back; `make_database` and `database_url` give databases of their own.
"""

import contextlib
import fcntl
import itertools
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from xdist.scheduler import LoadScopeScheduling

from backend import config, migrate, postgres
from backend.database import Transaction
from tests.e2e.running_demo import running_demo
from tests.stories.town import BEGINS, Town

PREFIX = "tannha-test-"
_number = itertools.count(1)


TOGETHER = {
    folder: folders
    for folders in (("e2e",), ("simulate",), ("stories", "requirements"), ("demo",), ("verify",), ("web",))
    for folder in folders
}
"""Folders whose tests share something dear, a running demo or a long story: one process has them all. Slowest first,
so that the end does not wait for one of them; all other tests go by file."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories that begin at a moment are told in the order of their moments: the demo's clock moves forward only."""
    places = {folder: place for place, folder in enumerate(TOGETHER)}
    items.sort(key=lambda item: (places.get(_folder(item.nodeid), len(places)), _begins(item)))


def _begins(item: pytest.Item) -> str:
    marked = item.get_closest_marker("begins")
    return "later" if marked is None else marked.args[0]


class ByFile(LoadScopeScheduling):
    """Which tests one process has, one after the other."""

    def _split_scope(self, nodeid: str) -> str:
        folder = _folder(nodeid)
        return TOGETHER[folder][0] if folder in TOGETHER else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return ByFile(config, log)


def _folder(nodeid: str) -> str:
    return nodeid.split("/", maxsplit=2)[1] if nodeid.startswith("tests/") else ""


@pytest.fixture(scope="session")
async def town() -> AsyncGenerator[Town]:
    """One running demo for all stories and requirements."""
    with running_demo(TANNHA_NOW=BEGINS) as demo:
        found = Town(demo)
        yield found
        await found.line.close()


@dataclass(frozen=True)
class TestDatabase:
    """Connection strings of one database, by who signs in."""

    __test__ = False

    name: str
    app: str
    owner: str
    superuser: str


UNARCHIVED = {"archive_mode": "off", "max_wal_size": "8GB", "checkpoint_timeout": "1h"}
"""Nobody restores these databases, of which hundreds are copied. `tests/plumbing` archives on servers of its own."""
MakeDatabase = Callable[[], Awaitable[TestDatabase]]


def remove_leftovers() -> None:
    """Folders of runs that were killed: nobody holds their lock any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime < 600:
                continue
            with (folder / "data" / "postgres.lock").open("rb+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)


@contextlib.contextmanager
def short_folder() -> Generator[Path]:
    """For a database: pytest's own folders are closed to the account PostgreSQL runs as, and too long for a socket."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # PostgreSQL may still be taking its own files away


@pytest.fixture
def room() -> Generator[Path]:
    """A short, empty folder for this test alone."""
    with short_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def shared_room() -> Generator[Path]:
    """A short folder for all tests of a module."""
    with short_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def server() -> Generator[postgres.Server]:
    """The one server of this run, with the programs of `TANNHA_POSTGRES_BIN` if it is set."""
    remove_leftovers()
    programs = config.read().postgres_bin
    with short_folder() as folder, postgres.start(folder / "data", binaries=programs, options=UNARCHIVED) as running:
        yield running


@pytest.fixture(scope="session")
async def template(server: postgres.Server) -> str:
    """The name of a migrated database to copy from. Nobody may be signed in to it."""
    name = "tannha_template"
    await migrate.bootstrap(server.dsn("postgres"), name)
    await migrate.migrate(server.dsn(name, "tannha_owner"))
    return name


async def _copy(server: postgres.Server, template: str) -> TestDatabase:
    name = f"tannha_{next(_number)}"
    connection = await asyncpg.connect(server.dsn("postgres"))
    try:
        await connection.execute(f"CREATE DATABASE {name} OWNER tannha_owner TEMPLATE {template}")
        await migrate.open_to_app(connection, name)
    finally:
        await connection.close()
    app, owner, superuser = (server.dsn(name, user) for user in ("tannha_app", "tannha_owner", "postgres"))
    return TestDatabase(name, app, owner, superuser)


@pytest.fixture
async def make_database(server: postgres.Server, template: str) -> AsyncGenerator[MakeDatabase]:
    """Call it for a fresh copy of the template; all copies are dropped after the test."""
    made: list[TestDatabase] = []

    async def make() -> TestDatabase:
        made.append(await _copy(server, template))
        return made[-1]

    yield make
    connection = await asyncpg.connect(server.dsn("postgres"))
    for database in made:
        await connection.execute(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def database_url(make_database: MakeDatabase) -> str:
    """A fresh copy of the template as the application signs in to it: for tests that need a real pool."""
    return (await make_database()).app


@pytest.fixture(scope="session")
async def shared_database(server: postgres.Server, template: str) -> TestDatabase:
    """The database of all tests that roll back."""
    return await _copy(server, template)


@contextlib.asynccontextmanager
async def _rolled_back(dsn: str, **settings: str) -> AsyncGenerator[Transaction]:
    """What a test did is checked as a commit would check it, then undone."""
    connection: asyncpg.Connection[Any] = await asyncpg.connect(
        dsn, server_settings={"timezone": "UTC", "synchronous_commit": "on", **settings}
    )
    outer = connection.transaction()
    try:
        await outer.start()
        yield Transaction(connection)
        # A test whose last statement was refused has nothing left to check.
        with contextlib.suppress(asyncpg.InFailedSQLTransactionError):
            await connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    finally:
        await outer.rollback()
        await connection.close()


@pytest.fixture
async def tx(shared_database: TestDatabase) -> AsyncGenerator[Transaction]:
    """A transaction under `tannha_service`, as sync and jobs have it. Rolled back after the test."""
    async with _rolled_back(shared_database.app, role="tannha_service") as transaction:
        yield transaction


@pytest.fixture
async def owner_tx(shared_database: TestDatabase) -> AsyncGenerator[Transaction]:
    """A transaction of the schema's owner. Rolled back after the test."""
    async with _rolled_back(shared_database.owner) as transaction:
        yield transaction
