"""Pages, files, uploads, and why a file can be bad. Pure: no I/O."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from backend.acts.envelope import HexHash
from backend.documents.quality_model import WHOLE, Fault

SEALED_TYPE = "application/vnd.tannha.sealed"
LARGEST_FILE = 15 * 1024 * 1024
"""Bytes of one file; the phone's 2,600 px WebP has about 120 kB, a sensor's own JPEG up to 6 MB."""

LARGEST_UPLOAD = LARGEST_FILE + 1024
"""A file and its seal."""

Component = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Place = Annotated[int, msgspec.Meta(ge=-WHOLE, le=2 * WHOLE)]
MediaType = Annotated[str, msgspec.Meta(pattern=r"^[a-z]+/[a-z0-9.+-]{1,80}$")]


class PageState(StrEnum):
    """`expected`: the act names it, its bytes are not here. `here`: they are. `clean`: a clean master stands."""

    EXPECTED = "expected"
    HERE = "here"
    CLEAN = "clean"
    BAD = "bad"
    ERASED = "erased"


class FileState(StrEnum):
    """Of bytes that are here."""

    RECEIVED = "received"
    CLEAN = "clean"
    BAD = "bad"


class BadReason(StrEnum):
    """Why a file waits for a person. The act that named it stands all the same."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_SEALED = "not_sealed"
    UNKNOWN_KEY = "unknown_key"
    CANNOT_UNSEAL = "cannot_unseal"
    TYPE_NOT_TAKEN = "type_not_taken"
    TOO_MANY_PIXELS = "too_many_pixels"
    DAMAGED = "damaged"
    TOO_MUCH_MEMORY = "too_much_memory"
    TOO_SLOW = "too_slow"
    WORKER_DIED = "worker_died"
    OTHER_CONTENT = "other_content"


SAID: dict[BadReason, str] = {
    BadReason.EMPTY: "Ảnh trống. Chụp lại.",
    BadReason.TOO_LARGE: "Ảnh quá lớn. Chụp lại.",
    BadReason.NOT_SEALED: "Gói niêm phong không đúng mẫu. Gửi lại từ máy đã chụp.",
    BadReason.UNKNOWN_KEY: "Trung tâm không có khóa để mở. Báo quản trị hệ thống.",
    BadReason.CANNOT_UNSEAL: "Gói niêm phong đã bị sửa. Gửi lại từ máy đã chụp.",
    BadReason.TYPE_NOT_TAKEN: "Chỉ nhận ảnh JPEG, PNG hoặc WebP. Chụp lại.",
    BadReason.TOO_MANY_PIXELS: "Ảnh có quá nhiều điểm ảnh. Chụp lại.",
    BadReason.DAMAGED: "Ảnh bị hỏng, không mở được. Chụp lại.",
    BadReason.TOO_MUCH_MEMORY: "Ảnh cần quá nhiều bộ nhớ để mở. Chụp lại.",
    BadReason.TOO_SLOW: "Ảnh mở quá lâu. Chụp lại.",
    BadReason.WORKER_DIED: "Ảnh làm dừng chương trình mở ảnh. Chụp lại.",
    BadReason.OTHER_CONTENT: "Ảnh nhận được khác ảnh đã ghi khi chụp. Người xem xét quyết định.",
}
"""What people read, and what they can do."""


class PhotographedFile(msgspec.Struct, frozen=True):
    """`sha256`: of the picture as the phone encoded it. `sealed_sha256`: of the bytes that travel, if sealed."""

    sha256: HexHash
    bytes: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_FILE)]
    media_type: MediaType
    sealed_sha256: HexHash | None = None


class PageSeen(msgspec.Struct, frozen=True):
    """How the phone saw the page when it kept the picture; a fact beside the original, which it does not change.

    `corners`: top left, top right, bottom right, bottom left, in 10,000ths of the picture's width and height; None
    where nobody knows them. `by_hand`: the courier put them there. `bad`: what the phone said was wrong, and the
    courier kept the picture all the same; `doubtful`: nearly so.
    """

    corners: Annotated[list[tuple[Place, Place]], msgspec.Meta(min_length=4, max_length=4)] | None = None
    by_hand: bool = False
    bad: Annotated[list[Fault], msgspec.Meta(max_length=9)] = []
    doubtful: Annotated[list[Fault], msgspec.Meta(max_length=9)] = []


class Photograph(msgspec.Struct, frozen=True, tag_field="kind", tag="photograph"):
    """A page of a paper was photographed. The bytes follow when the network allows. The same `page_id` again: the page
    was taken anew, in place of the picture before. `preview`: a small picture of it, which travels before the original
    and is shown until that is here."""

    visit_id: UUID
    page_id: UUID
    paper_id: UUID
    component: Component
    page_number: Annotated[int, msgspec.Meta(ge=1, le=999)]
    file: PhotographedFile
    seen: PageSeen | None = None
    preview: PhotographedFile | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `pages`. Its state follows its file's; what is written here is only where it starts.

    `preview_sha256`: of a small picture of the page, if one was named; `preview_file_sha256`: of the bytes it travels
    in."""

    case_id: UUID
    page_id: UUID
    visit_id: UUID
    paper_id: UUID
    component: str
    page_number: int
    original_sha256: bytes
    sealed_sha256: bytes | None = None
    preview_sha256: bytes | None = None
    preview_file_sha256: bytes | None = None
    state: PageState = PageState.EXPECTED
    bad_reason: BadReason | None = None

    @property
    def file_sha256(self) -> bytes:
        """Of the bytes that are uploaded."""
        return self.sealed_sha256 or self.original_sha256


class ReplacedPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `replaced_pictures`: what a page named before it was taken again, original or preview."""

    case_id: UUID
    page_id: UUID
    file_sha256: bytes


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `files`. `plain_sha256`: of what was inside, once the worker has opened it."""

    sha256: bytes
    media_type: str
    sealed: bool
    received_from: UUID
    received_at: datetime
    state: FileState = FileState.RECEIVED
    bad_reason: BadReason | None = None
    plain_sha256: bytes | None = None
    bytes: int


class Master(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `masters`: the clean picture made from a file; width and height in pixels."""

    file_sha256: bytes
    master_sha256: bytes
    bytes: int
    width: int
    height: int
    made_at: datetime


class CleanPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that people can look at, in the order of its component."""

    case_id: UUID
    page_id: UUID
    component: str
    page_number: int
    master_sha256: bytes
    width: int
    height: int
    made_at: datetime


class ComponentFile(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `component_files`: one PDF of one component."""

    case_id: UUID
    component: str
    version: int
    sha256: bytes
    bytes: int
    pages: int
    made_at: datetime


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """What a device said it would send. `metadata`: the header as it came, given back by HEAD."""

    id: UUID
    device_id: UUID
    length: int
    sha256: bytes | None = None
    media_type: str = "application/octet-stream"
    metadata: str = ""
    expires_at: datetime


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `uploads`: all bytes are here, hashed, on the disk and recorded."""

    upload_id: UUID
    device_id: UUID
    sha256: bytes
    bytes: int
    done_at: datetime


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one device may send, in bytes, and how long things are kept for it."""

    largest_file: int = LARGEST_UPLOAD
    per_day: int = 4 * 1024**3
    unfinished: int = 64 * LARGEST_FILE
    lifetime: timedelta = timedelta(days=7)
    remembered: timedelta = timedelta(days=90)


CLEAN_MASTER, COMPONENT_PDF, DELETE_BYTES = "clean_master", "component_pdf", "delete_bytes"
"""The kinds of jobs of this folder."""


class Files(msgspec.Struct, frozen=True):
    """Payload of `delete_bytes`."""

    sha256: list[bytes]


class OneComponent(msgspec.Struct, frozen=True):
    """Payload of `component_pdf`."""

    case_id: UUID
    component: str
