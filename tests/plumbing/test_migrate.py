"""The schema goes forward, once, and only forward."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from backend import migrate, postgres, schema
from backend.database import Transaction
from backend.migrate import CannotMigrate, NotPrepared
from tests.conftest import MakeDatabase, TestDatabase


@pytest.fixture
async def empty(server: postgres.Server, make_database: MakeDatabase) -> TestDatabase:
    """A database with roles and extensions, and no migration."""
    database = await make_database()
    connection = await asyncpg.connect(database.superuser)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION tannha_owner")
    await connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
    for name in migrate.EXTENSIONS:
        await connection.execute(f"CREATE EXTENSION {name}")
    await connection.close()
    return database


def write(folder: Path, name: str, sql: str) -> None:
    (folder / f"{name}.sql").write_text(sql)


async def ask(dsn: str, sql: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_each_migration_is_applied_once_and_in_order(empty: TestDatabase, tmp_path: Path) -> None:
    write(tmp_path, "0002_second", "ALTER TABLE one ADD COLUMN y integer")
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer)")
    assert await migrate.migrate(empty.owner, tmp_path) == ["0001_first", "0002_second"]
    assert await migrate.migrate(empty.owner, tmp_path) == []
    assert await ask(empty.app, "SELECT max(number) FROM schema_migrations") == 2


async def test_three_at_once_apply_it_once(empty: TestDatabase, tmp_path: Path) -> None:
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer); SELECT pg_sleep(0.3)")
    applied = await asyncio.gather(*(migrate.migrate(empty.owner, tmp_path) for _ in range(3)))
    assert sorted(applied) == [[], [], ["0001_first"]]


async def test_a_migration_that_fails_leaves_nothing(empty: TestDatabase, tmp_path: Path) -> None:
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer); SELECT 1 / 0")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate.migrate(empty.owner, tmp_path)
    assert await ask(empty.owner, "SELECT to_regclass('one')::text") is None
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer)")
    assert await migrate.migrate(empty.owner, tmp_path) == ["0001_first"]


async def test_a_migration_edited_after_it_was_applied_is_refused(empty: TestDatabase, tmp_path: Path) -> None:
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer)")
    await migrate.migrate(empty.owner, tmp_path)
    (tmp_path / "0001_first.sql").write_bytes(b"CREATE TABLE one (x integer)\r\n")
    with pytest.raises(CannotMigrate, match="changed after it was applied"):
        await migrate.migrate(empty.owner, tmp_path)


async def test_line_ends_are_no_edit(empty: TestDatabase, tmp_path: Path) -> None:
    write(tmp_path, "0001_first", "CREATE TABLE one (\n x integer\n)")
    await migrate.migrate(empty.owner, tmp_path)
    (tmp_path / "0001_first.sql").write_bytes(b"CREATE TABLE one (\r\n x integer\r\n)")
    assert await migrate.migrate(empty.owner, tmp_path) == []


async def test_an_older_version_does_not_touch_a_newer_database(empty: TestDatabase, tmp_path: Path) -> None:
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer)")
    write(tmp_path, "0002_second", "CREATE TABLE two (x integer)")
    await migrate.migrate(empty.owner, tmp_path)
    (tmp_path / "0002_second.sql").unlink()
    with pytest.raises(CannotMigrate, match="0002_second"):
        await migrate.migrate(empty.owner, tmp_path)


async def test_a_migration_may_not_slip_in_behind_the_newest(empty: TestDatabase, tmp_path: Path) -> None:
    write(tmp_path, "0002_second", "CREATE TABLE two (x integer)")
    await migrate.migrate(empty.owner, tmp_path)
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer)")
    with pytest.raises(CannotMigrate, match="older than the newest"):
        await migrate.migrate(empty.owner, tmp_path)


def test_two_migrations_with_one_number_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "0001_one", "")
    write(tmp_path, "0001_other", "")
    with pytest.raises(CannotMigrate, match="0001"):
        migrate.load(tmp_path)


async def test_an_index_is_made_without_blocking_while_another_migrator_waits(
    empty: TestDatabase, tmp_path: Path
) -> None:
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer)")
    index = "CREATE INDEX CONCURRENTLY IF NOT EXISTS one_x ON one (x)"
    write(tmp_path, "0002_index", f"-- migrate:no-transaction\n{index}")
    async with asyncio.timeout(20):
        applied = await asyncio.gather(*(migrate.migrate(empty.owner, tmp_path) for _ in range(2)))
    assert sorted(applied) == [[], ["0001_first", "0002_index"]]
    assert await ask(empty.owner, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_x'::regclass")


async def test_a_busy_table_is_waited_for_in_turns(
    empty: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "100ms")
    write(tmp_path, "0001_first", "CREATE TABLE one (x integer)")
    await migrate.migrate(empty.owner, tmp_path)
    write(tmp_path, "0002_second", "ALTER TABLE one ADD COLUMN y integer")
    busy = await asyncpg.connect(empty.owner)
    await busy.execute("BEGIN; LOCK TABLE one IN ACCESS SHARE MODE")
    migrating = asyncio.create_task(migrate.migrate(empty.owner, tmp_path))
    await asyncio.sleep(0.5)
    async with asyncio.timeout(0.5):
        assert await ask(empty.owner, "SELECT count(*) FROM one") == 0, "readers pass between two turns"
    await busy.close()
    assert await migrating == ["0002_second"]


async def test_on_a_server_of_ones_own_the_missing_statements_are_named_and_are_enough(room: Path) -> None:
    with postgres.start(room) as own:
        with pytest.raises(NotPrepared) as refused:
            await migrate.migrate(own.dsn(user="tannha_owner"))
        assert "CREATE ROLE tannha_app LOGIN NOINHERIT;" in refused.value.statements
        superuser = await asyncpg.connect(own.dsn("postgres"))
        for role in ("tannha_owner LOGIN", "tannha_app LOGIN NOINHERIT"):
            await superuser.execute(f"CREATE ROLE {role}")
        await superuser.execute("CREATE DATABASE tannha")
        await superuser.close()
        with pytest.raises(NotPrepared) as refused:
            await migrate.migrate(own.dsn(user="tannha_owner"))
        superuser = await asyncpg.connect(own.dsn())
        for statement in refused.value.statements:
            await superuser.execute(statement)
        await superuser.close()
        assert await migrate.migrate(own.dsn(user="tannha_owner"))


async def test_the_application_works_as_the_service_role(tx: Transaction) -> None:
    row = await tx.first("SELECT session_user AS signed_in, current_user AS works_as")
    assert row is not None
    assert (row["signed_in"], row["works_as"]) == ("tannha_app", "tannha_service")


async def test_the_application_may_not_change_the_schema(database_url: str) -> None:
    for role in ("tannha_app", "tannha_service", "tannha_province"):
        connection = await asyncpg.connect(database_url, server_settings={"role": role})
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("CREATE TABLE mine (x integer)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("CREATE TEMPORARY TABLE mine (x integer)")
        await connection.close()


async def test_the_application_inherits_nothing(server: postgres.Server, template: str) -> None:
    assert not await ask(server.dsn("postgres"), "SELECT pg_has_role('tannha_app', 'tannha_service', 'USAGE')"), (
        "it must take the role to use it"
    )


def test_the_schema_file_is_up_to_date() -> None:
    assert (migrate.folder() / "schema.sql").read_text("utf-8") == schema.dump(), "run `make schema`"
