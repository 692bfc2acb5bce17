"""Bytes under their hash: kept once, kept whole, gone when deleted."""

import asyncio
import errno
import hashlib
import os
import secrets
from pathlib import Path

import pytest

from backend.blobs import PIECE, BlobStore


def test_what_is_put_is_read_back_under_its_hash(store: BlobStore):
    sha256 = store.put(b"to khai")
    assert sha256 == hashlib.sha256(b"to khai").digest()
    assert store.place(sha256).relative_to(store.folder).parts == (sha256.hex()[:2], sha256.hex())
    assert store.read(sha256) == b"to khai"
    assert store.size(sha256) == 7


def test_the_same_bytes_twice_are_one_file_and_leave_no_draft(store: BlobStore):
    assert store.put(b"x") == store.put(b"x")
    assert [path.is_file() for path in store.folder.rglob("*")].count(True) == 1


def test_many_put_at_once_are_all_here_whichever_were_here_before(store: BlobStore):
    bodies = [str(number).encode() for number in range(20)]
    whole = {hashlib.sha256(body).digest(): body for body in bodies}
    store.put(bodies[3])
    store.put_all(whole)
    assert [store.read(sha256) for sha256 in whole] == bodies
    assert list(store.staging.iterdir()) == []


def test_a_full_disk_leaves_no_draft_and_no_name_without_its_bytes(store: BlobStore, monkeypatch: pytest.MonkeyPatch):
    write, written = os.write, 0

    def write_until_full(descriptor: int, data: memoryview) -> int:
        nonlocal written
        written += 1
        if written > 3:
            raise OSError(errno.ENOSPC, "full")
        return write(descriptor, data[:2])

    monkeypatch.setattr(os, "write", write_until_full)
    whole = {hashlib.sha256(body).digest(): body for body in (b"abcd", b"efgh")}
    with pytest.raises(OSError, match="full"):
        store.put_all(whole)
    assert [store.size(sha256) for sha256 in whole] == [None, None]
    assert list(store.staging.iterdir()) == []
    monkeypatch.undo()
    store.put_all(whole)
    assert [store.read(sha256) for sha256 in whole] == [b"abcd", b"efgh"]


def test_only_the_owner_may_read(store: BlobStore):
    sha256 = store.put(b"x")
    assert store.place(sha256).stat().st_mode & 0o777 == 0o600
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_a_staged_file_keeps_its_own_name_too(store: BlobStore, tmp_path: Path):
    staged = store.staging / "a.part"
    staged.write_bytes(b"abc")
    sha256 = hashlib.sha256(b"abc").digest()
    store.keep(staged, sha256)
    store.keep(staged, sha256)
    staged.unlink()
    assert store.read(sha256) == b"abc"


async def test_large_bytes_are_read_in_pieces(store: BlobStore):
    data = secrets.token_bytes(PIECE * 2 + 5)
    pieces = [piece async for piece in store.stream(store.put(data))]
    assert [len(piece) for piece in pieces] == [PIECE, PIECE, 5]
    assert b"".join(pieces) == data


async def test_reading_what_is_not_here_says_so_before_the_first_piece(store: BlobStore):
    with pytest.raises(FileNotFoundError):
        await anext(store.stream(bytes(32)))


def test_deleted_bytes_are_gone_and_may_come_again(store: BlobStore):
    sha256 = store.put(b"x")
    assert store.delete(sha256)
    assert not store.delete(sha256)
    assert store.size(sha256) is None
    assert store.put(b"x") == sha256
    assert store.read(sha256) == b"x"


async def test_many_threads_putting_the_same_and_other_bytes_lose_nothing(store: BlobStore):
    bodies = [str(number % 20).encode() for number in range(200)]
    hashes = await asyncio.gather(*(store.run(store.put, body) for body in bodies))
    assert all(store.read(sha256) == body for sha256, body in zip(hashes, bodies, strict=True))
    assert list(store.staging.iterdir()) == []


async def test_a_cancelled_request_waits_for_its_thread(store: BlobStore):
    done: list[int] = []

    def slow() -> None:
        for _ in range(20):
            hashlib.pbkdf2_hmac("sha256", b"a", b"b", 10_000)
        done.append(1)

    working = asyncio.create_task(store.run(slow))
    await asyncio.sleep(0.01)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert done == [1]
