"""The agency's receipt and appointment (Mẫu 01, Thông tư 03/2025/TT-VPCP), to be printed for one case."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.clock import VIETNAM
from backend.database import Transaction
from backend.dossiers.errors import CaseNotFound
from backend.staff.guards import Desk, entrance_of, origin
from backend.staff.model import Clerk
from backend.web import listing, procedure_words, reading
from backend.web.desk_api import desks_of
from backend.web.drawing import shell
from backend.web.enrolling import qr_path
from backend.web.pages import HANDLERS, page
from backend.web.reading import READERS


class Receipts(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/{case_id:uuid}/receipt", operation_id="receiptPage", guards=[Desk(*READERS)])
    async def receipt(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        """Raises CaseNotFound, also while none is issued."""
        entrance = entrance_of(request)
        async with desks_of(request).reading(clerk) as own:
            shown = await reading.view(own, tx, clerk, case_id)
            if shown.receipt_at is None:
                raise CaseNotFound("Chưa cấp giấy tiếp nhận cho hồ sơ này. Mở hồ sơ để cấp, rồi in.")
            about, told = await listing.seen(own, clerk, shown, entrance.clock())
        tracking = await reading.tracking_path(tx, entrance.ring, case_id)
        link = None if tracking is None else origin(request, entrance) + tracking
        return page(
            request,
            "receipt.html",
            **await shell(request, clerk, tx),
            case=shown,
            told=told,
            said=procedure_words,
            offices=about.offices,
            components=about.components,
            lines=about.lines,
            link=link,
            formal=formal,
            modules=None if link is None else qr_path(link),
        )


def formal(value: datetime) -> str:
    """08 giờ 58 phút, ngày 25/11/2026: as papers of an agency say it, in Việt Nam."""
    return f"{value.astimezone(VIETNAM):%H giờ %M phút, ngày %d/%m/%Y}"
