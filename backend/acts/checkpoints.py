"""Checkpoints: every few minutes a signed Merkle root over the heads of all chains, sent to places we do not control.

Without an outside witness a chain only proves that the last person to rewrite it was careful. With one, `tannha verify
--against` names every chain that was changed later, shortened or lost. Beside the note travels the list of all heads.
"""

import asyncio
import contextlib
import io
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from backend.acts import note
from backend.acts.merkle import Head, HeadsWriter, Tree
from backend.acts.note import Checkpoint
from backend.database import Transaction
from backend.keys import KeyRing, Purpose

NOTE, HEADS = ".note", ".heads.gz"
_AT_A_TIME = 5000
_HEADS_KEPT = timedelta(days=1)


class NotDelivered(Exception):
    """A sink did not take a checkpoint; the text names the sink and says why."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint as it is sent: the note, and the list of heads as one gzip file."""

    checkpoint: Checkpoint
    note: bytes
    heads: bytes

    @property
    def name(self) -> str:
        return file_name(self.checkpoint.made_at)


def file_name(made_at: datetime) -> str:
    """Without ending: `20260302T010000.000000Z`. In order of time."""
    return made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


async def make_checkpoint(tx: Transaction, ring: KeyRing, at: datetime) -> Made:
    """Signs the heads as they stand and records the note. Under `tannha_service`. Send it after the commit."""
    epoch = await tx.value("SELECT epoch FROM installation")
    heads = io.BytesIO()
    size, root = await _heads(tx, heads)
    checkpoint = Checkpoint(origin=f"tannha/{epoch}", size=size, root=root, made_at=at)
    data = note.signed(note.checkpoint_text(checkpoint), checkpoint.origin, ring.current(Purpose.SIGN, at).private())
    await tx.run(
        "INSERT INTO checkpoints (size, made_at, root, note) VALUES ($size, $at, $root, $note)",
        size=size,
        at=at,
        root=root,
        note=data,
    )
    return Made(checkpoint=checkpoint, note=data, heads=heads.getvalue())


async def _heads(tx: Transaction, out: io.BytesIO) -> tuple[int, bytes]:
    """One statement, so one moment. A subject whose first act was refused has no chain yet."""
    tree, writer = Tree(), HeadsWriter(out)
    cursor = await tx.connection.cursor(
        """SELECT kind, id, n, head FROM subjects WHERE n > 0 ORDER BY kind COLLATE "C", id"""
    )
    while rows := await cursor.fetch(_AT_A_TIME):
        for row in rows:
            head = Head(row["kind"], row["id"], row["n"], row["head"])
            writer.add(head)
            tree.add(head)
    writer.close()
    return tree.size, tree.root()


class Sink(Protocol):
    """A place a checkpoint is sent to."""

    async def send(self, made: Made) -> None:
        """Returns when the place has it for good. Sending it again changes nothing. Raises NotDelivered."""
        ...


class FolderSink:
    """A folder, on another volume than the database's. Every note stays; of the lists of heads the last day's stay,
    and one of each day before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def send(self, made: Made) -> None:
        try:
            await asyncio.to_thread(self._write, made)
        except OSError as error:
            raise NotDelivered(f"{self.folder}: {error}") from error

    def _write(self, made: Made) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The heads first: a note that is there can be used.
        _put(self.folder / f"{made.name}{HEADS}", made.heads)
        _put(self.folder / f"{made.name}{NOTE}", made.note)
        _sync(self.folder)
        self._thin_out(file_name(made.checkpoint.made_at - _HEADS_KEPT))

    def _thin_out(self, oldest: str) -> None:
        day = ""
        for path in sorted(self.folder.glob(f"*{HEADS}"), reverse=True):
            if path.name < oldest and path.name[:8] == day:
                path.unlink(missing_ok=True)
            day = path.name[:8]


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    beside = path.with_name(f"{path.name}.new")
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class WebhookSink:
    """An address of somebody else. It gets the list of heads, then the note, each as one POST named by a header."""

    def __init__(self, url: str, *, seconds: float = 20.0) -> None:
        """`url`: set by the administrator; http or https. Raises ValueError for anything else."""
        if not url.startswith(("https://", "http://")):
            raise ValueError(f"{url} is no address of the web")
        self.url = url
        self._seconds = seconds

    async def send(self, made: Made) -> None:
        await asyncio.to_thread(self._post, f"{made.name}{HEADS}", "application/gzip", made.heads)
        await asyncio.to_thread(self._post, f"{made.name}{NOTE}", "text/plain; charset=utf-8", made.note)

    def _post(self, name: str, media_type: str, data: bytes) -> None:
        headers = {"Content-Type": media_type, "Tannha-Checkpoint": name}
        request = urllib.request.Request(self.url, data=data, headers=headers, method="POST")  # noqa: S310  (checked above)
        try:
            with urllib.request.urlopen(request, timeout=self._seconds) as answer:  # noqa: S310
                answer.read(1)
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            raise NotDelivered(f"{self.url}: {error}") from error


async def deliver(made: Made, sinks: Sequence[Sink]) -> list[NotDelivered]:
    """To all, whatever one says; what went wrong, for the log and the next try."""
    failed: list[NotDelivered] = []
    for sink in sinks:
        try:
            await sink.send(made)
        except NotDelivered as error:
            failed.append(error)
    return failed
