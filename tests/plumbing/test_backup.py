"""A backup brings the installation back to any instant since it was begun."""

import asyncio
import time
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from backend import backup, config, installation, restore
from backend.config import Settings
from backend.restore import CannotRestore


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
    place = settings.files / name[:2] / name
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


def test_a_damaged_backup_is_refused_before_anything_is_touched(room: Path) -> None:
    old, new = settings_in(room / "old"), settings_in(room / "new")
    with installation.start_database(old) as server:
        asyncio.run(installation.prepare(old, server))
        store(old, b"a picture")
        manifest = backup.back_up(old, room / "backup")
    assert not list((room / "backup").rglob("*wrap*")), "keys are backed up apart"
    for damaged in (
        next(path for path in (room / "backup/wal").iterdir()),
        room / "backup/base/base.tar.gz",
        next(backup.stored(room / "backup/files")),
    ):
        good = damaged.read_bytes()
        damaged.unlink()
        damaged.write_bytes(good[:-1])
        with pytest.raises(CannotRestore, match="damaged"):
            restore.restore(new, room / "backup")
        damaged.write_bytes(good)
    with pytest.raises(CannotRestore, match="goes back to"):
        restore.restore(new, room / "backup", manifest.until + timedelta(seconds=1))
    with pytest.raises(CannotRestore, match="is not empty"):
        restore.restore(old, room / "backup")
    assert not new.data.exists()


def test_a_recovery_that_fails_leaves_the_folder_empty_to_try_again(room: Path) -> None:
    old, new = settings_in(room / "old"), settings_in(room / "new")
    with installation.start_database(old) as server:
        asyncio.run(installation.prepare(old, server))
        manifest = backup.back_up(old, room / "backup")
    last = max((room / "backup/wal").iterdir())
    name, kept = f"wal/{last.name}", last.read_bytes()
    last.unlink()
    pieces = {piece: sha256 for piece, sha256 in manifest.pieces.items() if piece != name}
    msgspec.structs.replace(manifest, pieces=pieces).write(room / "backup")
    with pytest.raises(CannotRestore, match="did not come back"):
        restore.restore(new, room / "backup")
    assert list(new.data.iterdir()) == []
    last.write_bytes(kept)
    manifest.write(room / "backup")
    restore.restore(new, room / "backup")


def test_log_that_was_forgotten_asks_for_a_new_backup(room: Path) -> None:
    settings = settings_in(room / "data")
    with installation.start_database(settings) as server:
        asyncio.run(installation.prepare(settings, server))
        backup.back_up(settings, room / "backup")
        backup.back_up(settings, room / "backup")
        asyncio.run(ask(server.dsn(), "SELECT pg_current_xact_id()"))
        asyncio.run(ask(server.dsn(), "SELECT pg_switch_wal()"))
        asyncio.run(ask(server.dsn(), "CHECKPOINT"))
        time.sleep(0.5)
        backup.forget_log(server.place.archive, 0)
        with pytest.raises(backup.CannotBackUp, match="begin anew in an empty folder"):
            backup.back_up(settings, room / "backup")
