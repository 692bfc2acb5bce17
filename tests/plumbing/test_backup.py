"""A backup brings the installation back to any instant since it was begun."""

import asyncio
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from backend import backup, config, installation, restore
from backend.config import Settings


def settings_in(folder: Path) -> Settings:
    return config.read({"TANNHA_DATA": str(folder)})


async def ask(dsn: str, sql: str, *values: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(sql, *values)
    finally:
        await connection.close()


def note(dsn: str, text: str) -> datetime:
    """Commits a note; an instant after it and before whatever comes next."""
    asyncio.run(ask(dsn, "CREATE TABLE IF NOT EXISTS notes (text text)"))
    asyncio.run(ask(dsn, "INSERT INTO notes VALUES ($1)", text))
    return asyncio.run(ask(dsn, "SELECT clock_timestamp()"))


def store(settings: Settings, data: bytes) -> Path:
    name = sha256(data).hexdigest()
    place = settings.files / name[:2] / name[2:4] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def test_restore_to_a_moment_between_two_commits(room: Path) -> None:
    old = settings_in(room / "old")
    with installation.start_database(old) as server:
        asyncio.run(installation.prepare(old, server))
        picture = store(old, b"a picture")
        first = backup.back_up(old, room / "backup")
        between = note(server.dsn(), "before")
        note(server.dsn(), "after")
        second = backup.back_up(old, room / "backup")
        epoch = asyncio.run(ask(server.dsn(), "SELECT epoch FROM installation"))
    assert first.begins == second.begins <= first.until < between < second.until

    new = settings_in(room / "new")
    new_epoch = restore.restore(new, room / "backup", between)
    assert (new.files / picture.relative_to(old.files)).read_bytes() == b"a picture"
    with installation.start_database(new) as server:
        assert asyncio.run(ask(server.dsn(), "SELECT string_agg(text, ',') FROM notes")) == "before"
        assert asyncio.run(ask(server.dsn(), "SELECT epoch FROM installation")) == new_epoch != epoch
        assert asyncio.run(ask(server.dsn(), "SELECT restored_at IS NOT NULL FROM installation"))
        note(server.dsn(), "life goes on")
        with pytest.raises(backup.CannotBackUp, match="before the installation was restored"):
            backup.back_up(new, room / "backup")
        backup.back_up(new, room / "another")

    last = settings_in(room / "last")
    restore.restore(last, room / "backup")
    with installation.start_database(last) as server:
        assert asyncio.run(ask(server.dsn(), "SELECT string_agg(text, ',') FROM notes")) == "before,after"
