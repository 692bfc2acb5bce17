"""Receiving files by tus 1.0.0, without its HTTP: begin, append, look, end.

After the last byte, in this order: hash compared with what was announced, file fsynced, name and folder fsynced, row
committed, answer. A small file sent whole with its creation takes the short way: one write, no staging.
"""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple
from uuid import UUID

from backend.blobs import PIECE, BlobStore
from backend.clock import Clock, local_date
from backend.database import Database
from backend.documents import upload_queries
from backend.documents.errors import (
    AlreadyReceived,
    ChecksumMismatch,
    FileTooLarge,
    OtherOffset,
    OtherUpload,
    QuotaReached,
    UploadBusy,
    UploadUnknown,
)
from backend.documents.model import Done, Limits, Upload
from backend.documents.recording import Arrived, Recorder
from backend.documents.staging import Staged, Staging
from backend.errors import Refusal
from backend.together import Together

WHOLE = 1024 * 1024
"""Files up to this size, sent with their creation, are held in memory until they are complete."""
_PATIENCE, _LOOK_EVERY = 5.0, 0.02
_AT_ONCE = 16  # whole files written by one thread: a few ms, so that the next ones are soon begun
ALGORITHMS = ("sha256", "sha1")

Body = AsyncIterator[bytes]


class Checksum(NamedTuple):
    """Of one request's body."""

    algorithm: str
    digest: bytes


class Standing(NamedTuple):
    """An upload as it is now. `upload` is None once all is here: then only its size is known."""

    id: UUID
    offset: int
    length: int
    upload: Upload | None = None


class Received(NamedTuple):
    """A whole file in memory."""

    upload: Upload
    data: bytes
    checksum: Checksum | None


class Uploads:
    """One per process."""

    def __init__(self, database: Database, store: BlobStore, clock: Clock, limits: Limits) -> None:
        """`database`: under the role `tannha_service`."""
        self.limits = limits
        self.clock = clock
        self._database = database
        self._store = store
        self._staging = Staging(store.staging)
        self._recorder = Recorder(database, store, clock)
        self._putting = Together(self._put, seconds=0, most=_AT_ONCE)

    async def create(self, upload: Upload, body: Body | None, size: int | None, checksum: Checksum | None) -> Standing:
        """The same id again, from the same device: the upload that stands. `size`: of `body`, if it was said.

        Raises FileTooLarge, QuotaReached, UploadUnknown (another device's id), OtherUpload, and what `append` raises.
        """
        if upload.length > self.limits.largest_file:
            raise FileTooLarge(f"Mỗi ảnh nhiều nhất {self.limits.largest_file} byte.")
        if body is not None and size == upload.length <= WHOLE:
            return await self._receive_whole(upload, body, checksum)
        standing = await self._begin(upload)
        if standing.upload is None or (body is None and upload.length > 0):
            return standing
        return await self._append(standing.upload, None, body or _nothing(), checksum)

    async def append(
        self, device_id: UUID, upload_id: UUID, offset: int, body: Body, checksum: Checksum | None
    ) -> Standing:
        """Raises UploadUnknown, UploadBusy, OtherOffset, FileTooLarge, ChecksumMismatch, Busy.

        When the connection breaks, what came before stays, unless a checksum says that it belongs together.
        """
        standing = await self._find(device_id, upload_id)
        if standing.upload is not None:
            return await self._append(standing.upload, offset, body, checksum)
        if offset != standing.offset:
            raise OtherOffset(f"Ở đây có {standing.offset} byte.")
        return standing

    async def look(self, device_id: UUID, upload_id: UUID) -> Standing:
        """Raises UploadUnknown. Where all bytes are here but unrecorded (a crash), it first finishes the upload."""
        standing = await self._find(device_id, upload_id)
        if standing.upload is None or standing.offset < standing.length:
            return standing
        return await self._append(standing.upload, standing.offset, _nothing(), None)

    async def end(self, device_id: UUID, upload_id: UUID) -> None:
        """Raises UploadUnknown, UploadBusy, AlreadyReceived: what is received is ended only by an erasure."""
        standing = await self._find(device_id, upload_id)
        if standing.upload is None:
            raise AlreadyReceived("Trung tâm đã nhận ảnh này.")
        with await self._take(standing.upload):
            await self._store.run(self._staging.drop, standing.upload)

    async def _receive_whole(self, upload: Upload, body: Body, checksum: Checksum | None) -> Standing:
        await self._check_quota(upload, 0)
        pieces: list[bytes] = []
        try:
            async for piece in body:
                pieces.append(piece)
        except BaseException:
            if pieces and checksum is None:
                await self._store.run(self._keep_part, upload, b"".join(pieces))
            raise
        data = b"".join(pieces)
        if len(data) != upload.length:
            raise FileTooLarge(f"Đã báo {upload.length} byte, gửi {len(data)}.")
        sha256 = await self._putting.ask(Received(upload, data, checksum))
        return await self._record(Arrived(upload, sha256, len(data)))

    def _keep_part(self, upload: Upload, data: bytes) -> None:
        """The connection broke: the next request goes on from here."""
        upload = self._staging.begin(upload)
        staged = self._staging.take(upload)
        if staged is not None:
            with staged:
                staged.append(memoryview(data)[staged.offset :])

    async def _begin(self, upload: Upload) -> Standing:
        done = await self._recorder.find(upload)
        if done is not None:
            return _as_it_stands(done, upload)
        known = await self._store.run(self._staging.find, upload.device_id, upload.id)
        if known is None:
            if await self._store.run(self._staging.of_another, upload.device_id, upload.id):
                raise UploadUnknown("Mã này thuộc về máy khác.")
            await self._check_quota(upload, await self._store.run(self._staging.announced, upload.device_id))
            known = await self._store.run(self._staging.begin, upload)
        if (known.length, known.sha256) != (upload.length, upload.sha256):
            raise OtherUpload("Tạo mã mới cho ảnh khác.")
        return Standing(known.id, await self._store.run(self._staging.offset, known), known.length, known)

    async def _check_quota(self, upload: Upload, announced: int) -> None:
        """What this process remembers of the device's day is brought up to date by every file it records."""
        if announced + upload.length > self.limits.unfinished:
            raise QuotaReached("Gửi xong các ảnh đang dở trước.", retry_after=60)
        today = local_date(self.clock())
        day, sent = self._recorder.sent.get(upload.device_id, (None, 0))
        if day != today:
            async with self._database.transaction() as tx:
                sent = await upload_queries.sent_on(tx, upload.device_id, today)
        if sent + announced + upload.length > self.limits.per_day:
            raise QuotaReached("Ảnh vẫn còn trên máy; máy sẽ tự gửi tiếp vào ngày mai.", retry_after=3600)

    async def _find(self, device_id: UUID, upload_id: UUID) -> Standing:
        known = await self._store.run(self._staging.find, device_id, upload_id)
        if known is not None:
            return Standing(known.id, await self._store.run(self._staging.offset, known), known.length, known)
        async with self._database.transaction() as tx:
            done = await upload_queries.find_upload(tx, upload_id)
        if done is None or done.device_id != device_id:
            raise UploadUnknown("Tạo lại lần gửi.")
        return Standing(done.upload_id, done.bytes, done.bytes)

    async def _take(self, upload: Upload) -> Staged:
        """Waits for its turn without blocking: another request, maybe of another process, may hold the file."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                staged = await self._store.run(self._staging.take, upload)
            except FileNotFoundError:
                raise UploadUnknown("Lần gửi này vừa kết thúc.") from None
            if staged is not None:
                return staged
            if time.monotonic() > deadline:
                raise UploadBusy("Thử lại sau.", retry_after=5)
            await asyncio.sleep(_LOOK_EVERY)

    async def _append(self, upload: Upload, offset: int | None, body: Body, checksum: Checksum | None) -> Standing:
        """`offset` None: from the beginning, whatever is here."""
        with await self._take(upload) as staged:
            if offset is None:
                await self._store.run(staged.cut, 0)
            elif staged.offset != offset:
                raise OtherOffset(f"Ở đây có {staged.offset} byte.")
            await self._write(staged, body, checksum)
            if staged.offset < upload.length:
                await self._store.run(staged.sync)
                return Standing(upload.id, staged.offset, upload.length, upload)
            return await self._finish(staged)

    async def _write(self, staged: Staged, body: Body, checksum: Checksum | None) -> None:
        start, waiting = staged.offset, bytearray()
        try:
            async for piece in _within(body, staged.upload.length - start):
                waiting += piece
                if len(waiting) >= PIECE:
                    full, waiting = waiting, bytearray()
                    await self._store.run(staged.append, full)
        except BaseException as error:
            if checksum is not None or isinstance(error, Refusal):
                await self._store.run(staged.cut, start)
            else:
                await self._store.run(staged.append, waiting)
            raise
        await self._store.run(staged.append, waiting)
        if checksum is not None and await self._store.run(staged.digest, checksum.algorithm, start) != checksum.digest:
            await self._store.run(staged.cut, start)
            raise ChecksumMismatch("Gửi lại phần này.")

    async def _finish(self, staged: Staged) -> Standing:
        upload = staged.upload
        sha256 = await self._store.run(staged.digest, "sha256")
        if upload.sha256 is not None and upload.sha256 != sha256:
            await self._store.run(staged.cut, 0)
            raise ChecksumMismatch("Ảnh đến nơi khác ảnh đã báo. Gửi lại từ đầu.")
        await self._store.run(_sync_and_keep, self._store, staged, sha256)
        standing = await self._record(Arrived(upload, sha256, upload.length))
        await self._store.run(self._staging.drop, upload)
        return standing

    async def _record(self, arrived: Arrived) -> Standing:
        return _as_it_stands(await self._recorder.record(arrived), arrived.upload, arrived.sha256)

    async def _put(self, batch: Sequence[Received]) -> Sequence[bytes | Exception]:
        return await self._store.run(self._check_and_put, batch)

    def _check_and_put(self, batch: Sequence[Received]) -> Sequence[bytes | Exception]:
        """The SHA-256 of each, or what is wrong with it."""
        answers = [_checked(*received) for received in batch]
        sound = [(one, sha256) for one, sha256 in zip(batch, answers, strict=True) if isinstance(sha256, bytes)]
        self._store.put_all({sha256: received.data for received, sha256 in sound})
        for received, _ in sound:
            # An earlier try may have left a part; from here on only the whole counts.
            self._staging.drop(received.upload)
        return answers


def _checked(upload: Upload, data: bytes, checksum: Checksum | None) -> bytes | Refusal:
    if checksum is not None and hashlib.new(checksum.algorithm, data).digest() != checksum.digest:
        return ChecksumMismatch("Gửi lại phần này.")
    sha256 = hashlib.sha256(data).digest()
    if upload.sha256 is not None and upload.sha256 != sha256:
        return ChecksumMismatch("Ảnh đến nơi khác ảnh đã báo. Gửi lại từ đầu.")
    return sha256


async def sweep(database: Database, store: BlobStore, clock: Clock, limits: Limits) -> None:
    """Drops expired uploads and what crashes left; forgets uploads done long ago. For a timer, now and then."""
    now = clock()
    async with database.transaction() as tx:
        await upload_queries.forget_uploads(tx, before=now - limits.remembered)
    await store.run(Staging(store.staging).sweep, now)


def _as_it_stands(done: Done, upload: Upload, sha256: bytes | None = None) -> Standing:
    """What was done under an id, seen by who asks for it now. Raises UploadUnknown, OtherUpload."""
    if done.device_id != upload.device_id:
        raise UploadUnknown("Mã này thuộc về máy khác.")
    wanted = sha256 or upload.sha256
    if done.bytes != upload.length or wanted not in (None, done.sha256):
        raise OtherUpload("Tạo mã mới cho ảnh khác.")
    return Standing(done.upload_id, done.bytes, done.bytes)


def _sync_and_keep(store: BlobStore, staged: Staged, sha256: bytes) -> None:
    staged.sync()
    store.keep(staged.path, sha256)


async def _within(body: Body, room: int) -> AsyncIterator[bytes]:
    async for piece in body:
        room -= len(piece)
        if room < 0:
            raise FileTooLarge("Nhiều byte hơn đã báo.")
        yield piece


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""
