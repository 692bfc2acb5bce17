"""The upload routes behind a real server: the strict checks of tus 1.0.0, cut connections, a killed server."""

import asyncio
import base64
import hashlib
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from backend.blobs import BlobStore
from backend.database import Database
from backend.ids import uuid7
from tests.documents.conftest import Receiving, StartReceiving
from tests.shared_data import shared

PHOTO = secrets.token_bytes(3_000_000)
HERE = "/api/courier/files"
TUS = {"Tus-Resumable": "1.0.0"}
BODY = {"Content-Type": "application/offset+octet-stream"}


def metadata(upload: UUID, data: bytes, media_type: str = "image/webp") -> str:
    values = {"id": str(upload), "sha256": hashlib.sha256(data).hexdigest(), "media_type": media_type}
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def creation(upload: UUID, data: bytes) -> dict[str, str]:
    return {**TUS, "Upload-Length": str(len(data)), "Upload-Metadata": metadata(upload, data)}


def raw(server: Receiving, text: str, body: bytes) -> socket.socket:
    """Sends a request and leaves the answer unread."""
    host, port = server.url.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)))
    connection.sendall(text.encode() + body)
    return connection


def test_all_strict_checks_of_tus_pass(receiving_server: Receiving):
    checks, server = shared("sketches", "tus_checks.py"), receiving_server
    told = subprocess.run(  # noqa: S603
        [sys.executable, str(checks), f"{server.url}{HERE}/"],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    counted = re.search(r"(\d+) ok, (\d+) not", told)
    assert counted is not None
    assert (int(counted[1]), int(counted[2])) == (57, 0), told


async def test_a_server_killed_in_the_middle_of_an_upload_goes_on_where_it_was(
    start_receiving: StartReceiving, service: Database
):
    server, upload = start_receiving(), uuid7()
    async with httpx.AsyncClient(headers=TUS) as client:
        created = await client.post(f"{server.url}{HERE}", headers=creation(upload, PHOTO))
        place = created.headers["Location"]
        head = (
            f"PATCH {place} HTTP/1.1\r\nHost: here\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(PHOTO)}\r\n\r\n"
        )
        with raw(server, head, PHOTO[:2_000_000]):
            await asyncio.sleep(0.5)
            server.kill()
        server = start_receiving()
        offset = int((await client.head(f"{server.url}{place}")).headers["Upload-Offset"])
        assert 1_500_000 < offset <= 2_000_000
        sent = await client.patch(
            f"{server.url}{place}", content=PHOTO[offset:], headers={**BODY, "Upload-Offset": str(offset)}
        )
        assert (sent.status_code, sent.headers["Upload-Offset"]) == (204, str(len(PHOTO)))
    store = BlobStore(server.files)
    assert store.read(hashlib.sha256(PHOTO).digest()) == PHOTO
    store.close()
    async with service.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM files") == 1


async def test_lost_answers_and_two_workers_make_one_file(start_receiving: StartReceiving, service: Database):
    server, upload, data = start_receiving(workers=2), uuid7(), PHOTO[:150_000]
    head = (
        f"POST {HERE} HTTP/1.1\r\nHost: here\r\nTus-Resumable: 1.0.0\r\nUpload-Length: {len(data)}\r\n"
        f"Upload-Metadata: {metadata(upload, data)}\r\n"
        f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    for _ in range(6):
        raw(server, head, data).close()
    async with httpx.AsyncClient(headers={**creation(upload, data), **BODY}) as client:
        answers = await asyncio.gather(*(client.post(f"{server.url}{HERE}", content=data) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert {answer.headers["Location"] for answer in answers} == {f"{HERE}/{upload.hex}"}
    assert {answer.headers["Upload-Offset"] for answer in answers} == {"150000"}
    async with service.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM files") == 1
        assert await tx.value("SELECT count(*) FROM uploads") == 1


def test_another_device_finds_nothing(receiving_server: Receiving):
    server, upload = receiving_server, uuid7()
    place = httpx.post(f"{server.url}{HERE}", headers=creation(upload, PHOTO)).headers["Location"]
    stranger = {**TUS, "Device": str(uuid7())}
    assert httpx.head(f"{server.url}{place}", headers=stranger).status_code == 404
    patched = httpx.patch(f"{server.url}{place}", content=b"x", headers={**stranger, **BODY, "Upload-Offset": "0"})
    assert patched.status_code == 404
    assert httpx.delete(f"{server.url}{place}", headers=stranger).status_code == 404
    again = httpx.post(f"{server.url}{HERE}", headers={**creation(upload, PHOTO), **stranger})
    assert again.status_code == 404


def test_a_refusal_is_a_problem_that_still_speaks_tus(receiving_server: Receiving):
    server, upload = receiving_server, uuid7()
    spoilt = httpx.post(
        f"{server.url}{HERE}", content=PHOTO[1:150_001], headers={**creation(upload, PHOTO[:150_000]), **BODY}
    )
    assert (spoilt.status_code, spoilt.headers["Tus-Resumable"]) == (460, "1.0.0")
    assert spoilt.headers["Content-Type"] == "application/problem+json"
    assert spoilt.json()["type"] == "urn:tannha:problem:checksum-mismatch"
    assert "Gửi lại từ đầu" in spoilt.json()["detail"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Length": "²"}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "id bm90IGFuIGlk"}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "sha256 YWJj"}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "media_type PHNjcmlwdD4="}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "a YQ==,a YQ=="}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "a " + "YWFh" * 2000}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "empty ,other YQ==,"}, 201),
        ({"Upload-Length": "5", "Upload-Checksum": "sha256 !!"}, 201),
        ({"Upload-Length": "5", "Upload-Checksum": "sha256 !!", **BODY}, 400),
    ],
)
def test_odd_headers_are_answered_not_stumbled_over(receiving_server: Receiving, headers: dict[str, str], status: int):
    encoded = [(key.encode(), value.encode()) for key, value in {**TUS, **headers}.items()]
    answer = httpx.post(f"{receiving_server.url}{HERE}", headers=encoded)
    assert answer.status_code == status, answer.text


def test_a_method_that_no_network_forbids(receiving_server: Receiving):
    server, upload = receiving_server, uuid7()
    place = httpx.post(f"{server.url}{HERE}", headers=creation(upload, PHOTO)).headers["Location"]
    plain = httpx.post(f"{server.url}{place}", headers=TUS)
    assert plain.status_code == 405
    ended = httpx.post(f"{server.url}{place}", headers={**TUS, "X-HTTP-Method-Override": "DELETE"})
    assert ended.status_code == 204
    assert httpx.head(f"{server.url}{place}", headers=TUS).status_code == 404


def test_nothing_is_left_in_staging_after_all_is_received(receiving_server: Receiving):
    server, upload = receiving_server, uuid7()
    place = httpx.post(f"{server.url}{HERE}", headers=creation(upload, PHOTO)).headers["Location"]
    assert list(staged(server, upload)) != []
    httpx.patch(f"{server.url}{place}", content=PHOTO, headers={**TUS, **BODY, "Upload-Offset": "0"})
    assert list(staged(server, upload)) == []


def staged(server: Receiving, upload: UUID) -> Iterator[Path]:
    return (server.files / "staging").rglob(f"{upload.hex}*")
