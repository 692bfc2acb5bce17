"""Pictures at a desk: sent with a form, and shown again to who may see their case. Only the clean copy is shown."""

import hashlib
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.blobs import BlobStore
from backend.database import Transaction
from backend.documents import queries as documents
from backend.documents.model import LARGEST_FILE, Upload
from backend.documents.uploads import Uploads
from backend.errors import Invalid, NotFound
from backend.ids import uuid7
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import reading, run_sheet_queries
from backend.web.desk_api import desks_of
from backend.web.drawing import Typed
from backend.web.forms import picture
from backend.web.forms.picture import TAKEN, Picture
from backend.web.pages import HANDLERS
from backend.web.reading import READERS

MOST_BYTES = LARGEST_FILE + 256 * 1024
"""Of a form with one picture."""
_LIFETIME = timedelta(days=1)


class PictureWanted(Invalid):
    """Chưa có ảnh."""


class PictureUnseen(NotFound):
    """Chưa có ảnh này."""


class Pictures(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/{case_id:uuid}/pictures/{sha256:str}", operation_id="linePicture", guards=[Desk(*READERS)])
    async def show(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        sha256: Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$")],
    ) -> Response[bytes]:
        """Of a line of a run sheet. Raises CaseNotFound, PictureUnseen."""
        async with desks_of(request).reading(clerk) as own:
            await reading.view(own, tx, clerk, case_id)
        master = await run_sheet_queries.picture_of(tx, case_id, bytes.fromhex(sha256))
        if master is None:
            raise PictureUnseen("Ảnh đang được mở, hoặc không mở được. Chờ một phút rồi tải lại trang.")
        store: BlobStore = request.app.state["store"]
        return Response(await store.run(store.read, master), media_type="image/jpeg")


async def into(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, typed: Typed) -> None:
    """The picture of a form, if it has one, is kept, and from then on a text stands for it among what was typed: only
    for who sent it.

    Raises PictureWanted, FileTooLarge, QuotaReached."""
    sent = (await request.form()).get(picture.NAME)
    if isinstance(sent, UploadFile):
        typed.values[picture.NAME] = [(await received(request, clerk, sent)).kept]
    elif isinstance(sent, str) and (kept := picture.kept(sent)) is not None:
        known = await documents.files_by_hash(tx, [bytes.fromhex(kept.sha256)])
        if clerk.person_id not in {one.received_from for one in known}:
            del typed.values[picture.NAME]


async def received(request: Request[Any, Any, Any], clerk: Clerk, sent: object) -> Picture:
    """What was put into a form is on the disk and recorded, as of this clerk. Raises PictureWanted, FileTooLarge,
    QuotaReached."""
    if not isinstance(sent, UploadFile) or not (data := await sent.read()):
        raise PictureWanted("Chụp rồi gửi kèm ảnh.", pointer="/picture")
    media_type = sent.content_type.partition(";")[0].lower()
    if media_type not in TAKEN:
        raise PictureWanted("Chỉ nhận ảnh JPEG, PNG hoặc WebP. Chọn ảnh khác.", pointer="/picture")
    uploads: Uploads = request.app.state["uploads"]
    sha256 = hashlib.sha256(data)
    upload = Upload(
        id=uuid7(),
        device_id=clerk.person_id,
        length=len(data),
        sha256=sha256.digest(),
        media_type=media_type,
        expires_at=entrance_of(request).clock() + _LIFETIME,
    )
    await uploads.create(upload, _once(data), len(data), None)
    return Picture(sha256.hexdigest(), len(data), media_type)


async def _once(data: bytes) -> AsyncGenerator[bytes]:
    yield data
