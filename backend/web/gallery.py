"""Pictures of a case's papers at a desk: small ones while the originals are still on their way. Only clean copies are
shown, and only to who works on papers; the hotline does not."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.blobs import BlobStore
from backend.database import Transaction
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk, Role
from backend.web import gallery_queries, listing, reading
from backend.web.desk_api import desks_of
from backend.web.drawing import shell
from backend.web.gallery_views import by_paper
from backend.web.pages import HANDLERS, page
from backend.web.pictures import PictureUnseen
from backend.web.reading import READERS

VIEWERS = tuple(role for role in READERS if role is not Role.OPERATOR)


class Gallery(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = (Desk(*VIEWERS),)

    @get("/{case_id:uuid}/pages", operation_id="casePictures")
    async def gallery(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        """All pictures, paper by paper. Raises CaseNotFound."""
        async with desks_of(request).reading(clerk) as own:
            case = await reading.view(own, tx, clerk, case_id)
            seen, _ = await listing.seen(own, clerk, case, entrance_of(request).clock())
            pages = await gallery_queries.pages_of(own, case_id)
        sheets = by_paper(pages, seen.components)
        return page(request, "gallery.html", **await shell(request, clerk, tx), case=case, sheets=sheets)

    @get("/{case_id:uuid}/pages/{page_id:uuid}", operation_id="pagePicture")
    async def picture(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        page_id: Annotated[UUID, PathParameter()],
    ) -> Response[bytes]:
        """A JPEG without anything but pixels. Raises CaseNotFound, PictureUnseen."""
        async with desks_of(request).reading(clerk) as own:
            await reading.view(own, tx, clerk, case_id)
            master = await gallery_queries.picture_of(own, case_id, page_id)
        if master is None:
            raise PictureUnseen("Ảnh chưa về, hoặc đang được mở. Chờ một phút rồi tải lại trang.")
        store: BlobStore = request.app.state["store"]
        return Response(await store.run(store.read, master), media_type="image/jpeg")
