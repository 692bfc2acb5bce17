"""Files: every row has its bytes, every page is as far as its file, and nothing complete waits without a row."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from backend.verify.database import Snapshot
from backend.verify.report import Key, Report

_PIECE = 1024 * 1024
_AT_ONCE = 8
STAGING = "staging"


class Named(msgspec.Struct, frozen=True):
    """Bytes that a row speaks of."""

    table: str
    key: Key
    sha256: bytes
    bytes: int


class Staged(msgspec.Struct, frozen=True):
    """What of an unfinished upload's description is looked at."""

    id: UUID
    device_id: UUID
    length: int


async def check_files(snapshot: Snapshot, report: Report, folder: Path, *, patience: timedelta) -> None:
    """`folder`: `ab/<sha256>`, and `staging`. Codes `file.*`, `page.*`."""
    check = _Bytes(report, folder)
    await check.all(_named(snapshot))
    await _pages(snapshot, report)
    await _opened(snapshot, report)
    await _staged(snapshot, report, folder / STAGING, patience)


async def _named(snapshot: Snapshot) -> AsyncGenerator[Named]:
    async for row in snapshot.rows("SELECT sha256, bytes FROM files ORDER BY sha256"):
        yield Named("files", {"sha256": row["sha256"]}, row["sha256"], row["bytes"])
    async for row in snapshot.rows("SELECT file_sha256, master_sha256, bytes FROM masters ORDER BY file_sha256"):
        yield Named("masters", {"file_sha256": row["file_sha256"]}, row["master_sha256"], row["bytes"])
    async for row in snapshot.rows(
        "SELECT case_id, component, version, sha256, bytes FROM component_files ORDER BY case_id, component, version"
    ):
        key = {name: row[name] for name in ("case_id", "component", "version")}
        yield Named("component_files", key, row["sha256"], row["bytes"])


class _Bytes:
    """Reads and hashes what rows name, several files at a time: hashing leaves the interpreter to the others."""

    def __init__(self, report: Report, folder: Path) -> None:
        self._report = report
        self._folder = folder

    async def all(self, named: AsyncGenerator[Named]) -> None:
        waiting: set[asyncio.Task[None]] = set()
        async for one in named:
            waiting.add(asyncio.create_task(self._one(one)))
            if len(waiting) >= _AT_ONCE:
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        await asyncio.gather(*waiting)

    async def _one(self, one: Named) -> None:
        self._report.counted["files"] += 1
        name = one.sha256.hex()
        path = self._folder / name[:2] / name
        try:
            size, sha256 = await asyncio.to_thread(_hashed, path)
        except FileNotFoundError:
            self._report.differs("file.missing", one.table, one.key, expected={"bytes": one.bytes})
            return
        self._report.counted["file bytes"] += size
        if (size, sha256) != (one.bytes, one.sha256):
            expected = {"bytes": one.bytes, "sha256": one.sha256}
            found = {"bytes": size, "sha256": sha256}
            self._report.differs("file.differs", one.table, one.key, expected=expected, found=found)


def _hashed(path: Path) -> tuple[int, bytes]:
    found, size = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            found.update(piece)
            size += len(piece)
    return size, found.digest()


async def _pages(snapshot: Snapshot, report: Report) -> None:
    """A page is as far as its file: named only, here, opened, bad. Erased stays erased."""
    async for row in snapshot.rows(
        """SELECT p.case_id, p.page_id, p.state, p.file_sha256,
                  CASE WHEN f.sha256 IS NULL THEN 'expected'
                       WHEN f.plain_sha256 <> p.original_sha256 THEN 'bad'
                       WHEN f.state = 'received' THEN 'here' ELSE f.state END AS due
           FROM pages AS p LEFT JOIN files AS f ON f.sha256 = p.file_sha256
           WHERE p.state <> 'erased'
             AND (f.sha256 IS NULL OR p.state <> CASE WHEN f.plain_sha256 <> p.original_sha256 THEN 'bad'
                                                      WHEN f.state = 'received' THEN 'here' ELSE f.state END)"""
    ):
        key = {"case_id": row["case_id"], "page_id": row["page_id"]}
        if row["state"] != row["due"]:
            report.differs("page.state", "pages", key, expected=row["due"], found=row["state"])
        else:
            report.explains("page.expected", "pages", key, says=f"file {row['file_sha256'].hex()} has not come yet")


async def _opened(snapshot: Snapshot, report: Report) -> None:
    """A clean page has a clean master. Files not opened yet, and bad ones, wait for the worker or a person."""
    async for row in snapshot.rows(
        """SELECT p.case_id, p.page_id FROM pages AS p LEFT JOIN masters AS m ON m.file_sha256 = p.file_sha256
           WHERE p.state = 'clean' AND m.file_sha256 IS NULL"""
    ):
        key = {"case_id": row["case_id"], "page_id": row["page_id"]}
        report.differs("page.no-master", "masters", key, expected="a clean master")
    async for row in snapshot.rows(
        "SELECT sha256, state, bad_reason, received_at FROM files WHERE state <> 'clean' ORDER BY received_at"
    ):
        code = "file.bad" if row["state"] == "bad" else "file.unopened"
        says = row["bad_reason"] or "waits for the worker"
        report.explains(code, "files", {"sha256": row["sha256"]}, since=row["received_at"], says=says)


async def _staged(snapshot: Snapshot, report: Report, folder: Path, patience: timedelta) -> None:
    """A phone that sent the last byte and got no answer asks again; the row is made then, at the latest."""
    done = {row["upload_id"].hex for row in await snapshot.all("SELECT upload_id FROM uploads")}
    for staged, size, since in await asyncio.to_thread(_unfinished, folder):
        key = {"device": staged.device_id, "upload": staged.id}
        complete = size >= staged.length and staged.id.hex not in done
        if complete and datetime.now(UTC) - since > patience:
            report.differs("file.complete-without-row", STAGING, key, expected="a row in files", found=size)
        else:
            says = f"{size} of {staged.length} bytes"
            report.explains("file.unfinished", STAGING, key, since=since, says=says)


def _unfinished(folder: Path) -> list[tuple[Staged, int, datetime]]:
    """What lies there, how many bytes of it, since when."""
    found: list[tuple[Staged, int, datetime]] = []
    for description in sorted(folder.glob("*/*.json")):
        # A phone may finish or drop its upload while we look.
        with contextlib.suppress(FileNotFoundError, msgspec.MsgspecError):
            staged = msgspec.json.decode(description.read_bytes(), type=Staged)
            data = description.with_suffix(".part").stat()
            found.append((staged, data.st_size, datetime.fromtimestamp(data.st_mtime, UTC)))
    return found
