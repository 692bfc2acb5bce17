"""Bytes kept under their SHA-256, on a local disk, durable before anything says so.

The verbs block and are those an object store has too; `run` takes them off the event loop. A name appears only when
the bytes below it are on the disk, and `keep` and `put` return only when the name is on the disk as well.
"""

import asyncio
import contextlib
import hashlib
import os
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

PIECE = 256 * 1024
"""Bytes read or written at a time."""


class BlobStore:
    """`folder/ab/<sha256>`; `folder/staging` is for what is not complete yet, on the same file system.

    256 folders hold a year of the province in 4,000 names each; with 65,536 most photographs had to make one.
    """

    def __init__(self, folder: Path, *, threads: int = 16) -> None:
        """`threads`: waiting for the disk is what they do, and a journal commit serves all who wait for it."""
        self.folder = folder
        self.staging = folder / "staging"
        self._root = str(folder)
        self._durable = {self._root}
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="blobs")
        for made in (folder, self.staging):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)

    def place(self, sha256: bytes) -> Path:
        """Where the bytes are, or would be."""
        return Path(*self._place(sha256))

    def keep(self, source: Path, sha256: bytes) -> None:
        """Gives a complete staged file, which the caller has hashed and fsynced, its name. `source` stays.

        A second name, not a move: when what comes after (the row) fails, the staged file is still there to try again.
        """
        folder, name = self._place(sha256)
        try:
            with contextlib.suppress(FileExistsError):
                os.link(source, f"{folder}/{name}")
        except FileNotFoundError:
            os.makedirs(folder, 0o700, exist_ok=True)  # noqa: PTH103
            with contextlib.suppress(FileExistsError):
                os.link(source, f"{folder}/{name}")
        self._sync(folder)

    def put(self, data: bytes, sha256: bytes | None = None) -> bytes:
        """Stores whole bytes. Returns their SHA-256, which may be given by a caller who knows it already."""
        sha256 = sha256 or hashlib.sha256(data).digest()
        self.put_all({sha256: data})
        return sha256

    def put_all(self, whole: Mapping[bytes, bytes]) -> None:
        """Stores whole bytes by their SHA-256. When OSError is raised, some of them may be here.

        All are written down before the first is waited for, in one thread: a third less for each than one by one.
        """
        drafts: list[Draft] = []
        folders: set[str] = set()
        try:
            for sha256, data in whole.items():
                folder, name = self._place(sha256)
                folders.add(folder)
                if self.size(sha256) != len(data):
                    drafts.append(Draft(self.staging, f"{folder}/{name}"))
                    drafts[-1].write(data)
            for draft in drafts:
                draft.keep()
        finally:
            for draft in drafts:
                draft.close()
        for folder in folders:
            self._sync(folder)

    def size(self, sha256: bytes) -> int | None:
        """None when the bytes are not here."""
        try:
            return os.stat("/".join(self._place(sha256))).st_size  # noqa: PTH116  (in the way of every file)
        except FileNotFoundError:
            return None

    def read(self, sha256: bytes) -> bytes:
        """Raises FileNotFoundError."""
        return self.place(sha256).read_bytes()

    def delete(self, sha256: bytes) -> bool:
        """For ever: the bytes are gone from the disk when this returns. False when they were not here."""
        place = self.place(sha256)
        try:
            place.unlink()
        except FileNotFoundError:
            return False
        self._sync(str(place.parent))
        return True

    def named_before(self, moment: float) -> list[bytes]:
        """The SHA-256 of all that got its name here before `moment` (seconds of the machine's clock)."""
        return [
            bytes.fromhex(path.name)
            for path in stored(self.folder)
            if (found := _stat(path)) is not None and found.st_ctime < moment
        ]

    async def run(self, work: Callable[[*Ts], T], *arguments: *Ts) -> T:
        """Blocking work in one of the store's own threads: the event loop never waits for the disk.

        A cancelled request still waits for its thread, which may be writing to what the caller is about to close.
        """
        working = asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            await asyncio.wait([working])
            raise

    async def stream(self, sha256: bytes) -> AsyncGenerator[bytes]:
        """The bytes in pieces. Raises FileNotFoundError before the first."""
        file = await self.run(self.place(sha256).open, "rb", 0)
        try:
            while piece := await self.run(file.read, PIECE):
                yield piece
        finally:
            file.close()

    def close(self) -> None:
        """Waits for what its threads are doing."""
        self._threads.shutdown()

    def _place(self, sha256: bytes) -> tuple[str, str]:
        """Folder and name. Plain text: pathlib is half of what the rest of `put` costs."""
        name = sha256.hex()
        return f"{self._root}/{name[:2]}", name

    def _sync(self, folder: str) -> None:
        """What is in a folder becomes durable, and then the folder's own name, for which once per process is enough.

        From the inside out: the first commit of the journal then takes the others along.
        """
        _fsync(folder)
        made: list[str] = []
        while folder not in self._durable:
            made.append(folder)
            folder = folder[: folder.rindex("/")]
            _fsync(folder)
        self._durable.update(made)


def stored(folder: Path) -> Iterator[Path]:
    """The complete files of a blob store."""
    return folder.glob(f"??/{'?' * 64}")


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


class Draft:
    """A new file without its name yet, closed to others."""

    def __init__(self, staging: Path, place: str) -> None:
        """`place`: the name it is to get."""
        self._draft: str | None = f"{staging}/{token_hex(16)}.draft"
        self._place = place
        self._descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def keep(self) -> None:
        """Fsyncs it and gives it its name, in the place of one with the same bytes."""
        assert self._draft is not None
        os.fsync(self._descriptor)
        try:
            os.rename(self._draft, self._place)  # noqa: PTH104  (in the way of every file)
        except FileNotFoundError:
            os.makedirs(self._place.rpartition("/")[0], 0o700, exist_ok=True)  # noqa: PTH103
            os.rename(self._draft, self._place)  # noqa: PTH104
        self._draft = None

    def close(self) -> None:
        """What has not got its name is gone."""
        os.close(self._descriptor)
        if self._draft is not None:
            os.unlink(self._draft)  # noqa: PTH108


def _fsync(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
