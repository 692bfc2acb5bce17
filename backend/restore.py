"""Brings an installation back from a backup, to its end or to an instant before it, and under a new epoch.

The epoch tells every phone and every reader of the feed that time went back: they load everything anew.
"""

import asyncio
import gzip
import shlex
import shutil
import tarfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

import asyncpg

from backend import postgres, postgres_binaries, postgres_place
from backend.backup import Manifest, sha256_of, share
from backend.blobs import stored
from backend.config import CannotRun, Settings
from backend.postgres_binaries import CannotStart
from backend.postgres_place import Place

_PATIENCE = 24 * 3600.0
"""Seconds a recovery may take."""


class CannotRestore(CannotRun):
    """Nothing was brought back; the text says why."""


def restore(settings: Settings, folder: Path, at: datetime | None = None) -> UUID:
    """Into an empty TANNHA_DATA (keys may lie there already); the new epoch. `at`: aware. Raises CannotRestore."""
    manifest = _checked(settings, folder, at)
    place = postgres_place.prepare(settings.data, settings.postgres_account)
    if place.cluster.exists():
        raise CannotRestore(f"{place.cluster} is still there from an earlier installation: move it away")
    try:
        _unpack(place, folder)
        for file in stored(folder / "files"):
            share(file, settings.files / file.relative_to(folder / "files"))
        with _recovered(settings, place, at or manifest.until) as server:
            return asyncio.run(begin_epoch(server.dsn()))
    except BaseException as error:
        _clear(settings, place)
        if isinstance(error, CannotStart):
            raise CannotRestore(f"the database did not come back: {error}") from error
        raise
    finally:
        shutil.rmtree(place.home / "restore", ignore_errors=True)


def _clear(settings: Settings, place: Place) -> None:
    """Leaves the folder as empty as it was found, so that one can try again."""
    shutil.rmtree(place.cluster, ignore_errors=True)
    for path in settings.data.iterdir():
        if path.is_dir() and not path.is_symlink() and path != settings.keys:
            shutil.rmtree(path)
        elif path != settings.keys:
            path.unlink()


async def begin_epoch(superuser_dsn: str) -> UUID:
    """To be called after any restore, also one made with a server's own tools."""
    connection = await asyncpg.connect(superuser_dsn)
    try:
        return await connection.fetchval(
            "UPDATE installation SET epoch = gen_random_uuid(), restored_at = now() RETURNING epoch"
        )
    finally:
        await connection.close()


def _checked(settings: Settings, folder: Path, at: datetime | None) -> Manifest:
    """Reads every byte of the backup before anything is touched."""
    if settings.database_url is not None:
        raise CannotRestore(
            "DATABASE_URL names a server of your own: restore it there, then run `tannha restore --done`"
        )
    if (manifest := Manifest.read(folder)) is None:
        raise CannotRestore(f"{folder} is not a backup: it has no manifest.json")
    if settings.data.exists() and any(path != settings.keys for path in settings.data.iterdir()):
        raise CannotRestore(f"{settings.data} is not empty: set TANNHA_DATA to an empty folder")
    programs = postgres.version(postgres_binaries.find(settings.postgres_bin))
    if programs.partition(".")[0] != manifest.postgres.partition(".")[0]:
        raise CannotRestore(f"the backup is of PostgreSQL {manifest.postgres}, the programs here are {programs}")
    if at is not None and not manifest.begins <= at <= manifest.until:
        raise CannotRestore(f"this backup goes back to instants from {manifest.begins} to {manifest.until}")
    for name, sha256 in manifest.pieces.items():
        if not (folder / name).exists() or sha256_of(folder / name) != sha256:
            raise CannotRestore(f"{folder / name} is missing or damaged")
    files = list(stored(folder / "files"))
    if len(files) < manifest.files:
        raise CannotRestore(f"{manifest.files - len(files)} files are missing below {folder / 'files'}")
    for file in files:
        if sha256_of(file) != file.name:
            raise CannotRestore(f"{file} is damaged")
    return manifest


def _unpack(place: Place, folder: Path) -> None:
    """The cluster as it was copied, and beside it the log to be read again. All owned by the database's account."""
    log = place.home / "restore"
    for target in (place.cluster, log):
        place.own(target)
    _extract(folder / "base" / "base.tar.gz", place.cluster)
    _extract(folder / "base" / "pg_wal.tar.gz", place.cluster / "pg_wal")
    for segment in (folder / "wal").glob("*.gz"):
        with gzip.open(segment) as read, (log / segment.stem).open("wb") as write:
            shutil.copyfileobj(read, write, 1 << 20)
    (place.cluster / "recovery.signal").touch()
    if place.account is not None:
        for path in (*place.cluster.rglob("*"), *log.iterdir()):
            shutil.chown(path, place.account.pw_uid, place.account.pw_gid)


def _extract(archive: Path, target: Path) -> None:
    """Files and folders only, and none outside `target`. (The standard library's own filter is missing in 3.11.2.)"""
    with tarfile.open(archive) as tar:
        for member in tar:
            place = target / member.name
            source = tar.extractfile(member)
            if ".." in place.parts or not (member.isdir() or member.isreg()):
                raise CannotRestore(f"{archive} holds {member.name}, which is no part of a backup")
            if source is None:
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                continue
            with source, place.open("wb") as file:
                place.chmod(0o600)
                shutil.copyfileobj(source, file, 1 << 20)


def _recovered(settings: Settings, place: Place, at: datetime) -> postgres.Server:
    """Started in recovery, and past it: until then nobody can sign in."""
    log = shlex.quote(str(place.home / "restore")).replace("%", "%%")
    return postgres.start(
        settings.data,
        binaries=settings.postgres_bin,
        account=settings.postgres_account,
        wait=_PATIENCE,
        options={
            "restore_command": f"cp {log}/%f %p",
            "recovery_target_time": at.isoformat(),
            "recovery_target_action": "promote",
            "hot_standby": "off",
        },
    )
