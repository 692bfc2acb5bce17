"""Backups that can be brought back to any instant since they were begun.

A backup folder holds `base` (the whole database once), `wal` (its log since, compressed), `files` (photographs and
documents, each named by its SHA-256) and `manifest.json`. Backing up into the same folder again adds what is new, which
is quick. The keys are never inside: an old backup together with its keys would undo every erasure, so they are backed
up apart and kept for a short time.
"""

import asyncio
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from backend import installation, postgres
from backend.blobs import stored
from backend.config import CannotRun, Settings

_SEGMENT = re.compile(r"[0-9A-F]{24}")
_SEGMENTS_PER_LOG = 0x100
"""Segments of 16 MB, as `initdb` makes them."""
_ARCHIVE_PATIENCE = 60.0


class CannotBackUp(CannotRun):
    """No backup was made; the text says why."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`pieces`: SHA-256 (hex) of each file of `base` and `wal`, by its path. `files`: how many there are at least.

    The database can be brought back to any instant from `begins` to `until`.
    """

    v: int = 1
    epoch: UUID
    postgres: str
    first_segment: str
    begins: datetime
    until: datetime
    pieces: dict[str, str]
    files: int = 0

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        place = folder / "manifest.json"
        return msgspec.json.decode(place.read_bytes(), type=cls) if place.exists() else None

    def write(self, folder: Path) -> None:
        """What the manifest names is on the disk already."""
        part = folder / "manifest.part"
        part.write_bytes(msgspec.json.format(msgspec.json.encode(self)))
        flush(part)
        part.replace(folder / "manifest.json")
        flush(folder)


def back_up(settings: Settings, folder: Path) -> Manifest:
    """A new backup into an empty folder, or what is new into one begun before. Works while the system runs.

    Raises CannotBackUp.
    """
    if settings.database_url is not None:
        raise CannotBackUp("DATABASE_URL names a server of your own: back up the server with its own tools")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = Manifest.read(folder)
    if begun is None and any(folder.iterdir()):
        raise CannotBackUp(f"{folder} is neither empty nor a backup")
    with installation.start_database(settings) as server:
        manifest = asyncio.run(_database(server, folder, begun))
    # After the database: a row names a file only once the file is there.
    manifest = msgspec.structs.replace(manifest, files=_add_files(settings.files, folder / "files"))
    manifest.write(folder)
    forget_log(server.place.archive, settings.wal_days)
    return manifest


def forget_log(archive: Path, days: int) -> None:
    """Removes archived log for which no backup came in time."""
    oldest = time.time() - timedelta(days=days).total_seconds()
    for segment in archive.iterdir():
        if segment.stat().st_mtime < oldest:
            segment.unlink()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _database(server: postgres.Server, folder: Path, begun: Manifest | None) -> Manifest:
    connection = await asyncpg.connect(server.dsn())
    try:
        manifest = begun or await _begin(connection, server, folder)
        if await connection.fetchval("SELECT epoch FROM installation") != manifest.epoch:
            raise CannotBackUp(f"{folder} was begun before the installation was restored: use an empty folder")
        until = await connection.fetchval("SELECT clock_timestamp()")
        # A commit after `until`: by it a recovery knows that it has arrived.
        await connection.fetchval("SELECT pg_current_xact_id()")
        last = await connection.fetchval("SELECT pg_walfile_name(pg_switch_wal())")
        await _archived(connection, server.place.archive / last)
        pieces = _fetch_log(server.place.archive, folder, manifest, last)
    finally:
        await connection.close()
    return msgspec.structs.replace(manifest, until=until, pieces=pieces)


async def _begin(connection: "asyncpg.Connection[Any]", server: postgres.Server, folder: Path) -> Manifest:
    """Copies the whole database. What changes meanwhile is in the log that comes with it."""
    first = await connection.fetchval("SELECT pg_walfile_name(pg_current_wal_lsn())")
    command = [server.binaries / "pg_basebackup", "-d", server.dsn(), "-D", folder / "base", "-Ft", "-z", "-Xstream"]
    done = await asyncio.to_thread(
        subprocess.run, [*command, "--checkpoint=fast"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBackUp(f"pg_basebackup failed: {done.stderr}")
    begins = await connection.fetchval("SELECT clock_timestamp()")
    return Manifest(
        epoch=await connection.fetchval("SELECT epoch FROM installation"),
        postgres=postgres.version(server.binaries),
        first_segment=first,
        begins=begins,
        until=begins,
        pieces={f"base/{piece.name}": sha256_of(piece) for piece in (folder / "base").iterdir()},
    )


async def _archived(connection: "asyncpg.Connection[Any]", segment: Path) -> None:
    """Waits until PostgreSQL has archived `segment`."""
    deadline = time.monotonic() + _ARCHIVE_PATIENCE
    while not await asyncio.to_thread(segment.exists):
        if time.monotonic() > deadline:
            failed = await connection.fetchval("SELECT last_failed_wal FROM pg_stat_archiver")
            raise CannotBackUp(f"the log is not archived (last failure: {failed}): see postgres.log in TANNHA_DATA")
        await asyncio.sleep(0.05)


def _fetch_log(archive: Path, folder: Path, manifest: Manifest, last: str) -> dict[str, str]:
    """The pieces there are now. Raises CannotBackUp when a segment is gone that we have not yet fetched."""
    pieces = dict(manifest.pieces)
    have = [name.removeprefix("wal/").removesuffix(".gz") for name in pieces if name.startswith("wal/")]
    (folder / "wal").mkdir(mode=0o700, exist_ok=True)
    segment = _after(max(have)) if have else manifest.first_segment
    while segment <= last:
        source, copy = archive / segment, folder / "wal" / f"{segment}.gz"
        if not source.exists():
            raise CannotBackUp(f"log segment {segment} is gone from the archive: begin anew in an empty folder")
        with source.open("rb") as read, gzip.open(copy, "wb", compresslevel=1) as write:
            shutil.copyfileobj(read, write, 1 << 20)
        flush(copy)
        pieces[f"wal/{copy.name}"] = sha256_of(copy)
        segment = _after(segment)
    flush(folder / "wal")
    return pieces


def _after(segment: str) -> str:
    """`0000000100000000000000FF` -> `000000010000000100000000`."""
    timeline, log, part = segment[:8], int(segment[8:16], 16), int(segment[16:], 16) + 1
    return f"{timeline}{log + part // _SEGMENTS_PER_LOG:08X}{part % _SEGMENTS_PER_LOG:08X}"


def _add_files(source: Path, target: Path) -> int:
    """How many there are. A file never changes under its name: one already here is left alone."""
    count = 0
    for file in stored(source):
        copy = target / file.relative_to(source)
        if not copy.exists():
            share(file, copy)
        count += 1
    return count


def share(file: Path, copy: Path) -> None:
    """A second name for the same bytes, or a copy of them on another disk."""
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        copy.hardlink_to(file)
    except OSError:
        part = copy.with_suffix(".part")
        shutil.copyfile(file, part)
        flush(part)
        part.replace(copy)
    flush(copy.parent)


def flush(place: Path) -> None:
    """Returns when a file, or the names in a folder, are on the disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
