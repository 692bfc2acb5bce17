"""Photographs and other files come in by tus 1.0.0: core, creation (with upload), checksum, expiration, termination.

`Upload-Metadata` may name `id` (the upload's own UUIDv7, made by the phone: a repeated creation is the same upload),
`sha256` (hex, of the bytes that are sent) and `media_type`. Other keys are given back as they came.

No database transaction is held while bytes come in slowly: `carrier` is looked up before the body is read, for many
requests at once. The application lends the uploads of its process in `app.state.uploads`.
"""

import base64
import binascii
import re
from email.utils import format_datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from litestar import Controller, HttpMethod, Request, Response, route
from litestar.di import NamedDependency, Provide
from litestar.exceptions import MethodNotAllowedException
from litestar.params import FromPath

from backend.documents.errors import RESUMABLE, BadHeader, OtherVersion, UploadUnknown, WrongBodyType
from backend.documents.model import MediaType, Upload
from backend.documents.uploads import ALGORITHMS, Checksum, Standing, Uploads
from backend.ids import uuid7
from backend.staff.guards import Phone, carrier_alone
from backend.staff.model import Carrier

PATH = "/api/courier/files"
BODY_TYPE = "application/offset+octet-stream"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
LONGEST_METADATA = 4000
_ID = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"[!-+\--~]{1,100}")
_HASH = re.compile(r"[0-9a-f]{64}")

AnyRequest = Request[Any, Any, Any]


def _named(_handler: object, method: Any, _parts: object) -> str:
    """One operation id per method of a handler that has two."""
    return {"OPTIONS": "ask_upload_options", "POST": "create_upload"}[HttpMethod(method).value]


def _named_append(_handler: object, method: Any, _parts: object) -> str:
    return {"PATCH": "append_to_upload", "POST": "append_to_upload_by_post"}[HttpMethod(method).value]


def uploads_of(request: AnyRequest) -> Uploads:
    return request.app.state["uploads"]


class Files(Controller):
    """An upload belongs to the device that made it."""

    path = PATH
    tags = ("files",)
    guards = (Phone(),)
    dependencies = {"carrier": Provide(carrier_alone)}  # noqa: RUF012  (read once, by Litestar)
    request_max_body_size = None

    # One handler for both: Litestar 2 silently puts its own answer to OPTIONS in the place of a second one (#4169).
    @route("/", http_method=["OPTIONS", "POST"], status_code=201, operation_id=_named)
    async def create(self, request: AnyRequest, carrier: NamedDependency[Carrier]) -> Response[None]:
        """Creates an upload; with a body, also sends its first bytes, best all of them."""
        uploads = uploads_of(request)
        if request.method == "OPTIONS":
            return _options(uploads)
        _check_version(request)
        upload = _announced(request, carrier.device_id, uploads)
        with_body = _header(request, "Content-Type") == BODY_TYPE
        standing = await uploads.create(
            upload,
            request.stream() if with_body else None,
            _size_of_body(request),
            _checksum(request) if with_body else None,
        )
        headers = {"Location": f"{PATH}/{standing.id.hex}", **_expires(standing)}
        if with_body or standing.offset:
            headers["Upload-Offset"] = str(standing.offset)
        return _answer(201, headers)

    @route("/{upload_id:str}", http_method=["HEAD"], status_code=200, operation_id="look_at_upload")
    async def look(
        self,
        request: AnyRequest,
        upload_id: FromPath[str],
        carrier: NamedDependency[Carrier],
    ) -> Response[None]:
        """How many bytes are here. Equal to the length: all are here, hashed, on the disk and recorded."""
        _check_version(request)
        standing = await uploads_of(request).look(carrier.device_id, _id(upload_id))
        headers = {
            "Upload-Offset": str(standing.offset),
            "Upload-Length": str(standing.length),
            "Cache-Control": "no-store",
            **_expires(standing),
        }
        if standing.upload is not None and standing.upload.metadata:
            headers["Upload-Metadata"] = standing.upload.metadata
        return _answer(200, headers)

    @route("/{upload_id:str}", http_method=["PATCH", "POST"], status_code=204, operation_id=_named_append)
    async def append(
        self,
        request: AnyRequest,
        upload_id: FromPath[str],
        carrier: NamedDependency[Carrier],
    ) -> Response[None]:
        """Adds bytes at `Upload-Offset`. POST only with `X-HTTP-Method-Override`, where a network allows no PATCH."""
        _check_version(request)
        method = request.method
        if method == "POST":
            method = (_header(request, "X-HTTP-Method-Override") or "").upper()
        if method == "DELETE":
            return await self._end(request, carrier, upload_id)
        if method != "PATCH":
            raise MethodNotAllowedException
        if _header(request, "Content-Type") != BODY_TYPE:
            raise WrongBodyType("Đổi Content-Type rồi gửi lại.")
        offset, checksum = _number(request, "Upload-Offset"), _checksum(request)
        standing = await uploads_of(request).append(
            carrier.device_id, _id(upload_id), offset, request.stream(), checksum
        )
        return _answer(204, {"Upload-Offset": str(standing.offset), **_expires(standing)})

    @route("/{upload_id:str}", http_method=["DELETE"], status_code=204, operation_id="end_upload")
    async def end(
        self,
        request: AnyRequest,
        upload_id: FromPath[str],
        carrier: NamedDependency[Carrier],
    ) -> Response[None]:
        """Gives up an upload that is not complete."""
        _check_version(request)
        return await self._end(request, carrier, upload_id)

    async def _end(self, request: AnyRequest, carrier: Carrier, upload_id: str) -> Response[None]:
        await uploads_of(request).end(carrier.device_id, _id(upload_id))
        return _answer(204, {})


def _options(uploads: Uploads) -> Response[None]:
    return _answer(
        204,
        {
            "Tus-Version": "1.0.0",
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(uploads.limits.largest_file),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


def _answer(status: int, headers: dict[str, str]) -> Response[None]:
    # Of None, Litestar would make a body of four letters: `null`.
    return Response(cast("None", b""), status_code=status, media_type="text/plain", headers={**RESUMABLE, **headers})


def _expires(standing: Standing) -> dict[str, str]:
    """Only what is not complete expires."""
    if standing.upload is None:
        return {}
    return {"Upload-Expires": format_datetime(standing.upload.expires_at.replace(microsecond=0), usegmt=True)}


def _header(request: AnyRequest, name: str) -> str | None:
    found = request.headers.get(name)
    return None if found is None else found.strip()


def _check_version(request: AnyRequest) -> None:
    if _header(request, "Tus-Resumable") != "1.0.0":
        raise OtherVersion("Gửi kèm Tus-Resumable: 1.0.0.")


def _id(text: str) -> UUID:
    if not _ID.fullmatch(text):
        raise UploadUnknown("Tạo lại lần gửi.")
    return UUID(text)


def _number(request: AnyRequest, name: str) -> int:
    text = _header(request, name)
    if text is None or not re.fullmatch("[0-9]{1,18}", text):
        raise BadHeader(f"{name} phải là số nguyên không âm.")
    return int(text)


def _size_of_body(request: AnyRequest) -> int | None:
    return _number(request, "Content-Length") if "Content-Length" in request.headers else None


def _announced(request: AnyRequest, device_id: UUID, uploads: Uploads) -> Upload:
    length = _number(request, "Upload-Length")
    raw = _header(request, "Upload-Metadata") or ""
    known = _metadata(raw)
    try:
        upload_id = UUID(known["id"]) if "id" in known else uuid7()
        media_type = msgspec.convert(known.get("media_type", "application/octet-stream"), MediaType)
    except (ValueError, msgspec.ValidationError) as bad:
        raise BadHeader("Upload-Metadata: id hoặc media_type chưa đúng.") from bad
    sha256 = known.get("sha256")
    if sha256 is not None and not _HASH.fullmatch(sha256):
        raise BadHeader("Upload-Metadata: sha256 phải là 64 chữ số hex.")
    return Upload(
        id=upload_id,
        device_id=device_id,
        length=length,
        sha256=bytes.fromhex(sha256) if sha256 is not None else None,
        media_type=media_type,
        metadata=raw,
        expires_at=uploads.clock() + uploads.limits.lifetime,
    )


def _metadata(raw: str) -> dict[str, str]:
    """`key base64,key base64,key`: the value may be missing. Some clients send a blank behind such a key."""
    found: dict[str, str] = {}
    if len(raw) > LONGEST_METADATA:
        raise BadHeader(f"Upload-Metadata dài quá {LONGEST_METADATA} ký tự.")
    for pair in filter(None, (pair.strip() for pair in raw.split(","))):
        key, _, value = pair.partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            raise BadHeader("Upload-Metadata: tên lặp lại hoặc sai.")
        found[key] = _from_base64(value.strip(), "Upload-Metadata").decode(errors="replace")
    return found


def _checksum(request: AnyRequest) -> Checksum | None:
    text = _header(request, "Upload-Checksum")
    if text is None:
        return None
    algorithm, _, digest = text.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadHeader(f"Upload-Checksum: chỉ dùng {', '.join(ALGORITHMS)}.")
    return Checksum(algorithm, _from_base64(digest.strip(), "Upload-Checksum"))


def _from_base64(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as bad:
        raise BadHeader(f"{name}: base64 chưa đúng.") from bad
