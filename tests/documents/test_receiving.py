"""Phones send files over bad networks: nothing is lost, nothing is doubled, nothing is taken for another."""

import asyncio
import hashlib
import os
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from backend.blobs import BlobStore
from backend.clock import system_clock
from backend.database import Database
from backend.documents import queries, uploads
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
from backend.documents.model import SEALED_TYPE, Limits
from backend.documents.staging import Staging
from backend.documents.uploads import WHOLE, Body, Checksum, Uploads
from backend.ids import uuid7
from tests.documents.builders import a_case_with, an_upload, body_of, page_states, received

PHOTO = secrets.token_bytes(150_000)
SHA256 = hashlib.sha256(PHOTO).digest()


@pytest.fixture
def receiving(service: Database, store: BlobStore) -> Uploads:
    return Uploads(service, store, system_clock, Limits())


async def files(service: Database) -> list[bytes]:
    async with service.transaction() as tx:
        return [row["sha256"] for row in await tx.all("SELECT sha256 FROM files ORDER BY received_at")]


async def broken_after(*pieces: bytes) -> Body:  # pyright: ignore[reportInvalidReturnType]
    for piece in pieces:
        yield piece
    raise ConnectionResetError


async def test_a_photograph_sent_whole_is_recorded_before_the_answer(receiving: Uploads, service: Database):
    upload = await received(receiving, PHOTO, sha256=SHA256)
    async with service.transaction() as tx:
        [file] = await queries.files_by_hash(tx, [SHA256])
    assert (file.bytes, file.media_type, file.sealed) == (150_000, "image/webp", False)
    assert file.received_from == upload.device_id
    standing = await receiving.look(upload.device_id, upload.id)
    assert (standing.offset, standing.length) == (150_000, 150_000)


async def test_a_creation_repeated_after_a_lost_answer_is_the_same_upload(
    receiving: Uploads, service: Database, store: BlobStore
):
    upload = an_upload(PHOTO, sha256=SHA256)
    first = await receiving.create(upload, body_of(PHOTO), len(PHOTO), None)
    again = await receiving.create(upload, body_of(PHOTO), len(PHOTO), None)
    without_body = await receiving.create(upload, None, None, None)
    assert first == again == without_body
    assert await files(service) == [SHA256]
    assert list(store.staging.rglob("*.*")) == []


async def test_ten_creations_at_once_make_one_file(receiving: Uploads, service: Database):
    upload = an_upload(PHOTO, sha256=SHA256)
    answers = await asyncio.gather(
        *(receiving.create(upload, body_of(PHOTO), len(PHOTO), None) for _ in range(10)),
    )
    assert len(set(answers)) == 1
    assert await files(service) == [SHA256]


async def test_of_photographs_that_come_together_only_the_spoilt_one_is_refused(
    receiving: Uploads, service: Database, store: BlobStore
):
    bodies = [secrets.token_bytes(1000) for _ in range(5)]
    answers = await asyncio.gather(
        *(received(receiving, body) for body in bodies),
        receiving.create(an_upload(PHOTO, sha256=bytes(32)), body_of(PHOTO), len(PHOTO), None),
        return_exceptions=True,
    )
    assert [isinstance(answer, ChecksumMismatch) for answer in answers] == [False] * 5 + [True]
    assert sorted(await files(service)) == sorted(hashlib.sha256(body).digest() for body in bodies)
    assert store.size(SHA256) is None


async def test_the_same_photograph_under_two_ids_is_one_file(receiving: Uploads, service: Database):
    await received(receiving, PHOTO)
    await received(receiving, PHOTO, device_id=uuid7())
    assert await files(service) == [SHA256]


@pytest.mark.parametrize(("media_type", "here"), [(SEALED_TYPE, True), ("image/webp", False)])
async def test_sealed_bytes_that_a_colleague_brought_are_not_sent_again(
    receiving: Uploads, service: Database, media_type: str, here: bool
):
    """Only sealed ones: the hash of anything else might be known to who does not have it."""
    await received(receiving, PHOTO, sha256=SHA256, media_type=media_type)
    mine = an_upload(PHOTO, sha256=SHA256, media_type=media_type, device_id=uuid7())
    standing = await receiving.create(mine, body_of(PHOTO[:1000]), 1000, None)
    assert (standing.offset, standing.length) == (150_000 if here else 1000, 150_000)
    assert await files(service) == [SHA256]


async def test_one_id_for_two_photographs_is_refused(receiving: Uploads):
    upload = await received(receiving, PHOTO)
    other = an_upload(PHOTO[:-1], id=upload.id)
    with pytest.raises(OtherUpload):
        await receiving.create(other, body_of(PHOTO[:-1]), other.length, None)
    with pytest.raises(OtherUpload):
        await receiving.create(other, None, None, None)


async def test_one_id_for_two_unfinished_photographs_is_refused(receiving: Uploads):
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    with pytest.raises(OtherUpload):
        await receiving.create(an_upload(PHOTO[:-1], id=upload.id), None, None, None)


@pytest.mark.parametrize("finished", [True, False])
async def test_an_upload_is_unknown_to_every_other_device(receiving: Uploads, finished: bool):
    upload = an_upload(PHOTO)
    await receiving.create(upload, body_of(PHOTO) if finished else None, len(PHOTO) if finished else None, None)
    stranger = uuid7()
    with pytest.raises(UploadUnknown):
        await receiving.look(stranger, upload.id)
    with pytest.raises(UploadUnknown):
        await receiving.append(stranger, upload.id, 0, body_of(b"x"), None)
    with pytest.raises(UploadUnknown):
        await receiving.end(stranger, upload.id)
    with pytest.raises(UploadUnknown):
        await receiving.create(an_upload(PHOTO, id=upload.id, device_id=stranger), None, None, None)


async def test_bytes_that_came_before_a_break_stay(receiving: Uploads, service: Database):
    upload = an_upload(PHOTO, sha256=SHA256)
    await receiving.create(upload, None, None, None)
    with pytest.raises(ConnectionResetError):
        await receiving.append(upload.device_id, upload.id, 0, broken_after(PHOTO[:70_000], PHOTO[70_000:80_000]), None)
    assert (await receiving.look(upload.device_id, upload.id)).offset == 80_000
    await receiving.append(upload.device_id, upload.id, 80_000, body_of(PHOTO[80_000:]), None)
    assert await files(service) == [SHA256]


async def test_bytes_of_a_creation_that_broke_stay_too(receiving: Uploads, service: Database):
    upload = an_upload(PHOTO, sha256=SHA256)
    with pytest.raises(ConnectionResetError):
        await receiving.create(upload, broken_after(PHOTO[:70_000]), len(PHOTO), None)
    assert (await receiving.look(upload.device_id, upload.id)).offset == 70_000
    await receiving.append(upload.device_id, upload.id, 70_000, body_of(PHOTO[70_000:]), None)
    assert await files(service) == [SHA256]


async def test_a_broken_request_with_a_checksum_leaves_nothing(receiving: Uploads):
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    checksum = Checksum("sha256", SHA256)
    with pytest.raises(ConnectionResetError):
        await receiving.append(upload.device_id, upload.id, 0, broken_after(PHOTO[:300_000]), checksum)
    assert (await receiving.look(upload.device_id, upload.id)).offset == 0


@pytest.mark.parametrize("whole", [True, False])
async def test_bytes_that_are_not_what_was_announced_are_refused_and_sent_again(
    receiving: Uploads, service: Database, whole: bool
):
    spoilt = bytes([PHOTO[0] ^ 1]) + PHOTO[1:]
    upload = an_upload(PHOTO, sha256=SHA256)
    if whole:
        with pytest.raises(ChecksumMismatch):
            await receiving.create(upload, body_of(spoilt), len(spoilt), None)
    else:
        await receiving.create(upload, None, None, None)
        with pytest.raises(ChecksumMismatch):
            await receiving.append(upload.device_id, upload.id, 0, body_of(spoilt), None)
        assert (await receiving.look(upload.device_id, upload.id)).offset == 0
    assert await files(service) == []
    await receiving.create(upload, body_of(PHOTO), len(PHOTO), None)
    assert await files(service) == [SHA256]


@pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
async def test_a_spoilt_piece_is_refused_by_its_checksum(receiving: Uploads, algorithm: str):
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    await receiving.append(upload.device_id, upload.id, 0, body_of(PHOTO[:1000]), None)
    checksum = Checksum(algorithm, hashlib.new(algorithm, PHOTO[1000:2000]).digest())
    with pytest.raises(ChecksumMismatch):
        await receiving.append(upload.device_id, upload.id, 1000, body_of(PHOTO[1001:2001]), checksum)
    standing = await receiving.append(upload.device_id, upload.id, 1000, body_of(PHOTO[1000:2000]), checksum)
    assert standing.offset == 2000


async def test_a_large_file_in_many_requests_arrives_whole(receiving: Uploads, store: BlobStore):
    data = secrets.token_bytes(WHOLE * 3 + 17)
    upload = an_upload(data, sha256=hashlib.sha256(data).digest())
    standing = await receiving.create(upload, body_of(data[:WHOLE]), WHOLE, None)
    while standing.offset < standing.length:
        piece = data[standing.offset : standing.offset + 700_000]
        standing = await receiving.append(upload.device_id, upload.id, standing.offset, body_of(piece), None)
    assert store.read(hashlib.sha256(data).digest()) == data


async def test_a_large_file_sent_whole_arrives_whole(receiving: Uploads, store: BlobStore):
    data = secrets.token_bytes(WHOLE + 1)
    await received(receiving, data)
    assert store.read(hashlib.sha256(data).digest()) == data


async def test_more_bytes_than_announced_are_refused(receiving: Uploads):
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    with pytest.raises(FileTooLarge):
        await receiving.append(upload.device_id, upload.id, 0, body_of(PHOTO, b"x"), None)
    with pytest.raises(FileTooLarge):
        await receiving.create(an_upload(PHOTO, length=Limits().largest_file + 1), None, None, None)


async def test_a_wrong_offset_says_how_much_is_here(receiving: Uploads):
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    with pytest.raises(OtherOffset, match="0 byte"):
        await receiving.append(upload.device_id, upload.id, 5, body_of(b"x"), None)
    await receiving.append(upload.device_id, upload.id, 0, body_of(PHOTO), None)
    with pytest.raises(OtherOffset, match="150000 byte"):
        await receiving.append(upload.device_id, upload.id, 5, body_of(b"x"), None)
    assert (await receiving.append(upload.device_id, upload.id, 150_000, body_of(), None)).offset == 150_000


async def test_an_upload_held_by_another_process_is_busy(
    receiving: Uploads, store: BlobStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(uploads, "_PATIENCE", 0.1)
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    held = Staging(store.staging).take(upload)
    assert held is not None
    with held, pytest.raises(UploadBusy):
        await receiving.append(upload.device_id, upload.id, 0, body_of(PHOTO), None)
    assert (await receiving.append(upload.device_id, upload.id, 0, body_of(PHOTO), None)).offset == 150_000


async def test_who_waits_for_an_upload_that_ends_meanwhile_is_told(receiving: Uploads, store: BlobStore):
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    staging = Staging(store.staging)
    held = staging.take(upload)
    assert held is not None
    waiting = asyncio.create_task(receiving.append(upload.device_id, upload.id, 0, body_of(PHOTO), None))
    await asyncio.sleep(0.1)
    with held:
        staging.drop(upload)
    with pytest.raises(UploadUnknown):
        await waiting


async def test_bytes_that_are_all_here_but_unrecorded_are_recorded_when_the_phone_asks(
    receiving: Uploads, store: BlobStore, service: Database
):
    upload = an_upload(PHOTO, sha256=SHA256)
    await receiving.create(upload, None, None, None)
    held = Staging(store.staging).take(upload)
    assert held is not None
    with held:
        held.append(PHOTO)
    assert await files(service) == []
    assert (await receiving.look(upload.device_id, upload.id)).offset == 150_000
    assert await files(service) == [SHA256]


async def test_an_ended_upload_is_gone_and_a_received_one_is_not_ended(receiving: Uploads):
    upload = an_upload(PHOTO)
    await receiving.create(upload, None, None, None)
    await receiving.end(upload.device_id, upload.id)
    with pytest.raises(UploadUnknown):
        await receiving.look(upload.device_id, upload.id)
    done = await received(receiving, PHOTO)
    with pytest.raises(AlreadyReceived):
        await receiving.end(done.device_id, done.id)


async def test_a_device_past_its_day_waits_until_tomorrow(service: Database, store: BlobStore):
    day = [datetime(2026, 11, 22, 10, 0, tzinfo=UTC)]
    receiving = Uploads(service, store, lambda: day[0], Limits(per_day=300_000))
    for start in (0, 1):
        await received(receiving, PHOTO[start:] + PHOTO[:start])
    with pytest.raises(QuotaReached):
        await received(receiving, PHOTO[2:] + PHOTO[:2])
    await received(receiving, PHOTO[3:] + PHOTO[:3], device_id=uuid7())
    after_restart = Uploads(service, store, lambda: day[0], Limits(per_day=300_000))
    with pytest.raises(QuotaReached):
        await received(after_restart, PHOTO[4:] + PHOTO[:4])
    day[0] += timedelta(hours=8)
    await received(receiving, PHOTO[5:] + PHOTO[:5])


async def test_a_device_may_not_begin_without_end(service: Database, store: BlobStore):
    receiving = Uploads(service, store, system_clock, Limits(unfinished=400_000))
    for _ in range(2):
        await receiving.create(an_upload(PHOTO), None, None, None)
    with pytest.raises(QuotaReached):
        await receiving.create(an_upload(PHOTO), None, None, None)


async def test_expired_uploads_are_swept_and_living_ones_stay(service: Database, store: BlobStore):
    receiving = Uploads(service, store, system_clock, Limits())
    old, young, busy = an_upload(PHOTO, expires_at=system_clock()), an_upload(PHOTO), an_upload(PHOTO)
    busy = msgspec.structs.replace(busy, expires_at=system_clock())
    for upload in (old, young, busy):
        await receiving.create(upload, None, None, None)
    held = Staging(store.staging).take(busy)
    assert held is not None
    with held:
        await uploads.sweep(service, store, system_clock, Limits())
    with pytest.raises(UploadUnknown):
        await receiving.look(old.device_id, old.id)
    assert (await receiving.look(young.device_id, young.id)).offset == 0
    assert (await receiving.look(busy.device_id, busy.id)).offset == 0


async def test_what_crashes_left_in_staging_is_swept_after_a_day(service: Database, store: BlobStore):
    a_day_ago = time.time() - 90_000
    old, young = store.staging / "a.draft", store.staging / "b.draft"
    orphan = store.staging / uuid7().hex / f"{uuid7().hex}.part"
    orphan.parent.mkdir()
    for path in (old, young, orphan):
        path.write_bytes(b"x")
    for path in (old, orphan):
        os.utime(path, (a_day_ago, a_day_ago))
    await uploads.sweep(service, store, system_clock, Limits())
    assert [path for path in store.staging.rglob("*.*") if path.is_file()] == [young]


async def test_a_page_known_before_its_bytes_and_one_after_are_both_here(receiving: Uploads, service: Database):
    case, _ = await a_case_with(service, (SHA256, None))
    assert await page_states(service, case) == [("expected", None)]
    await received(receiving, PHOTO)
    assert await page_states(service, case) == [("here", None)]
    later, _ = await a_case_with(service, (SHA256, None))
    assert await page_states(service, later) == [("here", None)]


async def test_pages_and_files_that_arrive_in_the_same_moment_always_meet(receiving: Uploads, service: Database):
    bodies = [secrets.token_bytes(1000) for _ in range(40)]
    hashes = [hashlib.sha256(body).digest() for body in bodies]
    made = await asyncio.gather(
        *(received(receiving, body) for body in bodies),
        *(a_case_with(service, (sha256, None)) for sha256 in hashes),
    )
    cases = [done[0] for done in made if isinstance(done, tuple)]
    assert [await page_states(service, case) for case in cases] == [[("here", None)]] * 40


async def test_no_files_row_survives_an_erasure_in_the_same_moment(
    receiving: Uploads, service: Database, store: BlobStore
):
    """The bytes vanish between the store and the row: the phone is told to send again, no row is made."""
    put_all = BlobStore.put_all

    class Vanishing(BlobStore):
        def put_all(self, whole: Mapping[bytes, bytes]) -> None:
            put_all(self, whole)
            for sha256 in whole:
                self.delete(sha256)

    vanishing = Vanishing(store.folder)
    with pytest.raises(Exception, match="Gửi lại sau"):
        await received(Uploads(service, vanishing, system_clock, Limits()), PHOTO)
    vanishing.close()
    assert await files(service) == []
    await received(receiving, PHOTO)
    assert await files(service) == [SHA256]


def test_staged_bytes_are_closed_to_others(store: BlobStore):
    upload = an_upload(PHOTO)
    Staging(store.staging).begin(upload)
    made: list[Path] = list(store.staging.rglob("*"))
    assert {path.stat().st_mode & 0o077 for path in made if path.suffix != ".json"} == {0}
