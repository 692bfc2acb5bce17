"""Uploads that are not complete: one data file and one small JSON file each, in a folder per device. Blocking.

The data file's size *is* the offset, so there is nothing to keep in step; whoever writes holds its flock, across
processes. Nothing here is lost by a crash that a phone could not send again: only `keep` and the row make it last.
"""

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from uuid import UUID, uuid4

import msgspec

from backend.documents.model import Upload

_PIECE = 1024 * 1024


class Staging:
    """The uploads in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, upload: Upload) -> Upload:
        """Makes the upload, or returns the one this device began under the same id."""
        if known := self.find(upload.device_id, upload.id):
            return known
        data = self._data(upload)
        data.parent.mkdir(mode=0o700, exist_ok=True)
        data.touch(mode=0o600)
        draft = data.with_suffix(f".{uuid4().hex}.draft")
        draft.write_bytes(msgspec.json.encode(upload))
        draft.replace(self._described(upload.device_id, upload.id))
        return upload

    def find(self, device_id: UUID, upload_id: UUID) -> Upload | None:
        try:
            return msgspec.json.decode(self._described(device_id, upload_id).read_bytes(), type=Upload)
        except FileNotFoundError:
            return None

    def of_another(self, device_id: UUID, upload_id: UUID) -> bool:
        """Whether another device is sending something under this id."""
        mine = device_id.hex
        return any(
            (folder / f"{upload_id.hex}.json").exists() for folder in self.folder.iterdir() if folder.name != mine
        )

    def announced(self, device_id: UUID) -> int:
        """Bytes this device may still send for what it has begun."""
        return sum(upload.length for upload in _read_all(self.folder / device_id.hex))

    def offset(self, upload: Upload) -> int:
        """Bytes that are here."""
        try:
            return self._data(upload).stat().st_size
        except FileNotFoundError:
            return 0

    def take(self, upload: Upload) -> "Staged | None":
        """Opens the data file for writing. None while another request has it. FileNotFoundError when it is gone."""
        path = self._data(upload)
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            here = path.stat().st_ino
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                return None
            raise
        staged = Staged(upload, path, descriptor)
        if staged.inode != here:
            staged.close()
            raise FileNotFoundError(path)
        return staged

    def drop(self, upload: Upload) -> None:
        """Forgets an upload, then its bytes: never known without bytes, at worst bytes that `sweep` finds."""
        with contextlib.suppress(FileNotFoundError):
            self._described(upload.device_id, upload.id).unlink()
            self._data(upload).unlink()

    def sweep(self, now: datetime) -> None:
        """Drops what has expired and is not being written, and what crashes left."""
        for folder in filter(Path.is_dir, self.folder.iterdir()):
            for upload in _read_all(folder):
                with contextlib.suppress(FileNotFoundError):
                    if upload.expires_at < now and (staged := self.take(upload)) is not None:
                        with staged:
                            self.drop(upload)
        a_day_ago = time.time() - 86_400
        for path in self.folder.rglob("*.*"):
            left = path.suffix == ".draft" or (path.suffix == ".part" and not path.with_suffix(".json").exists())
            with contextlib.suppress(FileNotFoundError):
                if left and path.stat().st_mtime < a_day_ago:
                    path.unlink()

    def _described(self, device_id: UUID, upload_id: UUID) -> Path:
        return self.folder / device_id.hex / f"{upload_id.hex}.json"

    def _data(self, upload: Upload) -> Path:
        return self.folder / upload.device_id.hex / f"{upload.id.hex}.part"


def _read_all(folder: Path) -> Iterator[Upload]:
    for path in folder.glob("*.json"):
        with contextlib.suppress(FileNotFoundError):
            yield msgspec.json.decode(path.read_bytes(), type=Upload)


class Staged:
    """An upload held for writing. Closing it lets the next one in."""

    def __init__(self, upload: Upload, path: Path, descriptor: int) -> None:
        self.upload = upload
        self.path = path
        self._descriptor = descriptor

    @property
    def offset(self) -> int:
        return os.fstat(self._descriptor).st_size

    @property
    def inode(self) -> int:
        return os.fstat(self._descriptor).st_ino

    def append(self, data: bytes | bytearray | memoryview) -> None:
        """At the end. What was written stays, whatever comes next."""
        rest, at = memoryview(data), self.offset
        while rest:
            written = os.pwrite(self._descriptor, rest, at)
            rest, at = rest[written:], at + written

    def cut(self, offset: int) -> None:
        """Back to fewer bytes: those behind did not pass their check."""
        os.ftruncate(self._descriptor, offset)

    def sync(self) -> None:
        os.fsync(self._descriptor)

    def digest(self, algorithm: str, start: int = 0) -> bytes:
        """Of the bytes that are here, from `start` on."""
        found, at = hashlib.new(algorithm), start
        while piece := os.pread(self._descriptor, _PIECE, at):
            found.update(piece)
            at += len(piece)
        return found.digest()

    def close(self) -> None:
        os.close(self._descriptor)

    def __enter__(self) -> "Staged":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
