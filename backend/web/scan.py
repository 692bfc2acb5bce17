"""One field for a scanner that types: the page /desk/scan, and the same as JSON. It says what is next."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import Body

from backend.database import Transaction
from backend.errors import Refusal
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.text import gate
from backend.web.desk_api import desks_of
from backend.web.drawing import desk_page
from backend.web.forms.field import Filled
from backend.web.pages import HANDLERS
from backend.web.reading import READERS
from backend.web.scanning import Scanned, Seen, seen

LONGEST = 300


class ScanSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`POST /api/desk/scan`. `text`: as the scanner gave it: a label, a card's link, an S10 or look-up number."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


class ScanJson(Controller):
    """What a code is, and what may be done on it now."""

    path = "/api/desk"
    tags = ("desk",)

    @post("/scan", operation_id="deskScan", guards=[Desk(*READERS)], status_code=200)
    async def scan(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        data: Annotated[ScanSent, Body()],
    ) -> Scanned:
        """Changes nothing; a search for a look-up number is remembered. Raises WrongLookUpNumber, TooManyLookUps."""
        return (await _seen(request, clerk, tx, gate(data.text, pointer="/text"))).scanned


class Scan(Controller):
    path = "/desk/scan"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*READERS)]  # noqa: RUF012

    @get(operation_id="scanPage")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _page(request, clerk, tx)

    @post(operation_id="scanByForm", status_code=200)
    async def scan(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        form = await request.form()
        filled = Filled({"text": [str(form.get("text", ""))]})
        try:
            found = await _seen(request, clerk, tx, filled.text("text", longest=LONGEST))
        except Refusal as refused:
            return await _page(request, clerk, tx, refused=refused)
        return await _page(request, clerk, tx, found=found)


async def _seen(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, text: str) -> Seen:
    entrance = entrance_of(request)
    async with desks_of(request).reading(clerk) as own:
        return await seen(own, tx, entrance.ring, clerk, text, entrance.clock())


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    found: Seen | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    return await desk_page(
        request,
        clerk,
        tx,
        "scan.html",
        found=found,
        refused=refused,
    )
