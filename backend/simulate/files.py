"""Files leave the phone by tus 1.0.0: created with their first bytes, best all of them; after a lost answer it asks.

Each was sealed once, at capture; the act names the hashes of both, sealed and plain.
"""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import Sequence
from uuid import UUID

import httpx
import msgspec

from backend.simulate.carrier import Carrier, Refused
from backend.simulate.line import NotHeard, Patience
from backend.simulate.phone import Phone
from backend.simulate.sealed import MEDIA_TYPE, seal

PATH = "/api/courier/files"
_VERSION = {"Tus-Resumable": "1.0.0"}
_BYTES = {**_VERSION, "Content-Type": "application/offset+octet-stream"}
_AT_ONCE = 3


class SealedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file on the phone. `id`: of its upload, the same however often it is tried."""

    id: UUID
    data: bytes
    sha256: str
    """Of the sealed bytes, which travel."""
    plain_sha256: str
    plain_bytes: int


class Received(msgspec.Struct, frozen=True):
    """The centre has it: by which phone it came, and how many bytes."""

    by: UUID
    bytes: int


def seal_file(phone: Phone, plain: bytes, *what: object) -> SealedFile:
    """`what` names the upload within the run."""
    assert phone.seal_key is not None, "the sealing key comes with the enrolment"
    data = seal(phone.seal_key, plain)
    return SealedFile(
        id=phone.naming.id("upload", phone.name, *what),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        plain_sha256=hashlib.sha256(plain).hexdigest(),
        plain_bytes=len(plain),
    )


class Files:
    """What all phones have sent, and how. `pieces`: how often a file goes in two pieces."""

    def __init__(self, pieces: float) -> None:
        self.received: dict[UUID, Received] = {}
        self._pieces = pieces

    async def send(self, carrier: Carrier, files: Sequence[SealedFile]) -> None:
        """A few at a time. Raises Refused for one that the centre will not take."""
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(file: SealedFile) -> None:
            async with room:
                await self._send(carrier, file)

        await asyncio.gather(*(one(file) for file in files))

    async def _send(self, carrier: Carrier, file: SealedFile) -> None:
        patience = Patience(carrier.line.patience, carrier.line.chance)
        size = len(file.data)
        first = size // 2 if carrier.weather.happens(self._pieces) else size
        offset: int | None = None
        while offset != size:
            try:
                if offset is None:
                    offset = await self._create(carrier, file, first)
                else:
                    offset = await self._append(carrier, file, offset)
            except NotHeard as failed:
                await patience.wait(failed)
                offset = await self.offset(carrier, file.id)
        assert carrier.phone.device is not None
        self.received[file.id] = Received(carrier.phone.device, size)

    async def _create(self, carrier: Carrier, file: SealedFile, first: int) -> int:
        told = {"id": str(file.id), "sha256": file.sha256, "media_type": MEDIA_TYPE}
        metadata = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in told.items())
        headers = {**_BYTES, "Upload-Length": str(len(file.data)), "Upload-Metadata": metadata}
        answer = await carrier.request("POST", PATH, once=True, headers=headers, content=file.data[:first])
        return _offset(answer, 201)

    async def _append(self, carrier: Carrier, file: SealedFile, offset: int) -> int:
        headers = {**_BYTES, "Upload-Offset": str(offset)}
        address = f"{PATH}/{file.id.hex}"
        answer = await carrier.request("PATCH", address, once=True, headers=headers, content=file.data[offset:])
        return _offset(answer, 204)

    async def offset(self, carrier: Carrier, upload: UUID) -> int | None:
        """How many bytes are there; None for an upload the centre does not know."""
        answer = await carrier.request("HEAD", f"{PATH}/{upload.hex}", headers=_VERSION)
        return None if answer.status_code == 404 else _offset(answer, 200)


async def upload_of_another(carrier: Carrier, upload: UUID) -> int:
    """A phone tries to begin an upload under an id that is not its own. The status of the answer."""
    headers = {**_VERSION, "Upload-Length": "10", "Upload-Metadata": f"id {b64encode(str(upload).encode()).decode()}"}
    return (await carrier.request("POST", PATH, headers=headers)).status_code


def _offset(answer: httpx.Response, wanted: int) -> int:
    """Raises NotHeard where another try of ours was in between, Refused for what will never be taken."""
    if answer.status_code == wanted:
        return int(answer.headers["Upload-Offset"])
    if answer.status_code >= 500 or answer.status_code in (404, 409):
        raise NotHeard(f"{answer.status_code}")
    raise Refused(answer)
