"""Eight digits to read out, with which a spare phone becomes a courier's for the rest of the day (F11)."""

from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency

from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff import lending
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import CODE_LASTS, Clerk, lent_until
from backend.web import office_queries
from backend.web.drawing import LENDERS, desk_page
from backend.web.enrolling import CodeMade, with_phones
from backend.web.forms.field import Filled
from backend.web.pages import HANDLERS


class LendingCodes(Controller):
    path = "/desk/lending-codes"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*LENDERS)]  # noqa: RUF012

    @get(operation_id="lendingCodeForm")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _page(request, clerk, tx)

    @post(operation_id="lendingCodeByForm", status_code=200)
    async def make(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """The digits are in this answer and nowhere else: loading it again makes others."""
        entrance = entrance_of(request)
        at = entrance.clock()
        chosen = str((await request.form()).get("who", ""))
        person, _, unit = chosen.partition(" ")
        filled = Filled({"person": [person], "unit": [unit]})
        try:
            text = await lending.make_code(
                tx,
                entrance.ring,
                posts=clerk.posts,
                made_by=clerk.person_id,
                person=filled.id("person"),
                unit=filled.id("unit"),
                at=at,
            )
        except Refusal as refused:
            return await _page(request, clerk, tx, refused=refused)
        return await _page(request, clerk, tx, made=CodeMade(text=text, expires_at=at + CODE_LASTS), chosen=chosen)


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    made: CodeMade | None = None,
    chosen: str = "",
    refused: Refusal | None = None,
) -> Response[str]:
    on = local_date(entrance_of(request).clock())
    return await desk_page(
        request,
        clerk,
        tx,
        "lending.html",
        people=await with_phones(tx, clerk, on, *LENDERS),
        units={unit.id: unit.name for unit in await office_queries.units_on(tx, on)},
        made=made,
        chosen=chosen,
        refused=refused,
        until=lent_until(entrance_of(request).clock()),
    )
