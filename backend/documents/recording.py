"""Rows for files that are on the disk, written for many requests at once.

A request waits until the row of its file is committed. Those who come in one moment, or while a transaction runs, share
the next: under load a commit, and one job, serves many files.
"""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from backend import jobs, metrics
from backend.blobs import BlobStore
from backend.clock import Clock, local_date
from backend.database import Database, Transaction
from backend.documents import queries, upload_queries
from backend.documents.model import CLEAN_MASTER, SEALED_TYPE, Done, File, Upload
from backend.errors import Busy
from backend.together import Together

MOST_AT_ONCE = 64
WAITS = 0.006
"""Seconds for company."""
_RING_EVERY = 1.0
_RUNS_AFTER = timedelta(seconds=3)


class Arrived(NamedTuple):
    """An upload whose bytes are in the store."""

    upload: Upload
    sha256: bytes
    size: int


class Recorder:
    """One per process."""

    def __init__(self, database: Database, store: BlobStore, clock: Clock) -> None:
        """`database`: under the role `tannha_service`."""
        self.sent: dict[UUID, tuple[date, int]] = {}
        """Bytes each device has sent on a day, as of the last file of it recorded here."""
        self._database = database
        self._store = store
        self._clock = clock
        self._together = Together(self._recorded, seconds=WAITS, most=MOST_AT_ONCE)
        self._rang = -_RING_EVERY

    async def record(self, arrived: Arrived) -> Done:
        """Returns when the row is committed: what stands under the upload's id, which may be older.

        Raises Busy when the bytes were erased in the same moment.
        """
        return await self._together.ask(arrived)

    async def find(self, upload: Upload) -> Done | None:
        """What is done under this id; sealed bytes that are here already, because a colleague's phone brought them, are
        done under every id: only who holds them knows their hash."""
        async with self._database.transaction() as tx:
            done = await upload_queries.find_upload(tx, upload.id)
            if done is not None or upload.sha256 is None or upload.media_type != SEALED_TYPE:
                return done
            here = await queries.files_by_hash(tx, [upload.sha256])
        if not here or self._store.size(upload.sha256) is None:
            return None
        [file] = here
        return Done(
            upload_id=upload.id,
            device_id=upload.device_id,
            sha256=file.sha256,
            bytes=file.bytes,
            done_at=file.received_at,
        )

    async def _recorded(self, batch: Sequence[Arrived]) -> Sequence[Done | Exception]:
        async with self._database.transaction() as tx:
            answers = await self._save(tx, batch)
        recorded = [answer.bytes for answer in answers if isinstance(answer, Done)]
        metrics.FILES.inc(len(recorded))
        metrics.FILE_BYTES.inc(sum(recorded))
        return answers

    async def _save(self, tx: Transaction, batch: Sequence[Arrived]) -> Sequence[Done | Exception]:
        now = self._clock()
        hashes = sorted({arrived.sha256 for arrived in batch})
        await queries.lock_hashes(tx, hashes)
        # Names made a moment ago are in memory: asking for them waits for no disk.
        gone = {sha256 for sha256 in hashes if self._store.size(sha256) is None}
        kept = [arrived for arrived in batch if arrived.sha256 not in gone]
        if not kept:
            return [_erased_meanwhile()] * len(batch)
        files = {arrived.sha256: _file(arrived, now) for arrived in kept}
        today = local_date(now)
        recorded = await upload_queries.record(tx, list(files.values()), _by_id(kept, now), _sent(kept), today)
        for device, total in recorded.sent.items():
            self.sent[device] = today, total
        if recorded.awaited:
            await queries.settle_pages(tx, recorded.awaited)
        if recorded.new:
            await self._ring(tx)
        return [
            _erased_meanwhile() if arrived.sha256 in gone else recorded.standing[arrived.upload.id] for arrived in batch
        ]

    async def _ring(self, tx: Transaction) -> None:
        """Files in the state `received` are the queue; a job only says that there is something in it.

        It runs after every file that found the bell rung already is committed.
        """
        if time.monotonic() - self._rang >= _RING_EVERY:
            await jobs.enqueue(tx, CLEAN_MASTER, None, after=_RUNS_AFTER)
            self._rang = time.monotonic()


def _file(arrived: Arrived, now: datetime) -> File:
    upload = arrived.upload
    return File(
        sha256=arrived.sha256,
        bytes=arrived.size,
        media_type=upload.media_type,
        sealed=upload.media_type == SEALED_TYPE,
        received_from=upload.device_id,
        received_at=now,
    )


def _by_id(arrived: Sequence[Arrived], now: datetime) -> list[Done]:
    """One per id: the same id twice in one statement would meet itself."""
    done = {
        one.upload.id: Done(
            upload_id=one.upload.id, device_id=one.upload.device_id, sha256=one.sha256, bytes=one.size, done_at=now
        )
        for one in reversed(arrived)
    }
    return list(done.values())


def _sent(arrived: Sequence[Arrived]) -> dict[UUID, int]:
    sent: Counter[UUID] = Counter()
    for one in arrived:
        sent[one.upload.device_id] += one.size
    return dict(sent)


def _erased_meanwhile() -> Busy:
    return Busy("Ảnh này vừa bị xóa theo yêu cầu. Gửi lại sau.", retry_after=5)
