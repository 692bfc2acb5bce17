"""A line of the run sheet typed in again, with its picture (F11): the page that the QR on the sheet leads to."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect

from backend.acts.envelope import Subject
from backend.database import Transaction
from backend.dossiers.errors import CaseNotFound
from backend.errors import Refusal
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import pictures, reading
from backend.web.desk_api import desks_of
from backend.web.drawing import Typed, desk_page, redrawn
from backend.web.forms import rekeying
from backend.web.forms.field import Filled
from backend.web.forms.rekeyed import typed_in
from backend.web.forms.rekeying import TYPING, OnSheet
from backend.web.pages import HANDLERS
from backend.web.writing import FromDesk, write

UNPLANNED = "new"
"""In place of a visit: the courier went where nobody had planned to."""


class Rekeying(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*TYPING)]  # noqa: RUF012

    @get("/{case_id:uuid}/paper/{visit:str}", operation_id="rekeyPage")
    async def form(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        visit: Annotated[str, PathParameter()],
    ) -> Response[str]:
        return await _page(request, clerk, tx, await _on_sheet(request, clerk, tx, case_id, visit), visit)

    @post(
        "/{case_id:uuid}/paper/{visit:str}",
        operation_id="rekeyByForm",
        status_code=200,
        request_max_body_size=pictures.MOST_BYTES,
    )
    async def type_in(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        visit: Annotated[str, PathParameter()],
    ) -> Response[Any]:
        """What is refused is shown on the page, with what was typed still there; a picture that came stays."""
        it = await _on_sheet(request, clerk, tx, case_id, visit)
        typed = Typed.of(await request.form())
        try:
            await pictures.into(request, clerk, tx, typed)
            written = typed_in(it, Filled(typed.values), typed.act)
            told = FromDesk(
                id=typed.act,
                subject=Subject("case", case_id),
                kind="rekey",
                base=typed.base,
                body=written.body,
                personal=written.personal,
            )
            await write(entrance_of(request), clerk, told)
        except Refusal as refused:
            return await _page(request, clerk, tx, it, visit, typed=typed, refused=refused)
        return Redirect(f"/desk/cases/{case_id}?done=rekey", status_code=303)


async def _on_sheet(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, case: UUID, visit: str) -> OnSheet:
    """Raises CaseNotFound, also for a visit that paper can tell nothing more of."""
    async with desks_of(request).reading(clerk) as own:
        shown = await reading.view(own, tx, clerk, case)
        [about] = await reading.situations(own, clerk, [shown], entrance_of(request).clock())
    if visit == UNPLANNED:
        return OnSheet(about=about, visit=None, couriers=about.offices.couriers_of(shown.handling_unit))
    found = next((one for one in rekeying.open_visits(about) if str(one.visit_id) == visit), None)
    if found is None:
        raise CaseNotFound("Lượt này đã kết thúc trên hệ thống, hoặc không có. Mở hồ sơ để xem đã ghi những gì.")
    return OnSheet(about=about, visit=found, couriers=())


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    it: OnSheet,
    visit: str,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    [form] = redrawn([rekeying.rekey(it)], typed)
    return await desk_page(
        request,
        clerk,
        tx,
        "rekey.html",
        case=it.about.case,
        visit=it.visit,
        where=visit,
        form=form,
        typed=typed,
        refused=refused,
    )
