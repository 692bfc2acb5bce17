"""Eight digits to read out, with which a spare phone becomes a courier's for the rest of the day (F11)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency

from backend.database import Transaction
from backend.staff import lending
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk, lent_until
from backend.web.drawing import LENDERS
from backend.web.pages import HANDLERS
from backend.web.phone_codes import CodePage


class LendingCodes(Controller):
    path = "/desk/lending-codes"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*LENDERS)]  # noqa: RUF012

    @get(operation_id="lendingCodeForm")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await PAGE.drawn(request, clerk, tx)

    @post(operation_id="lendingCodeByForm", status_code=200)
    async def make(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await PAGE.made(request, clerk, tx)


async def _make(
    request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, /, *, person: UUID, unit: UUID, at: datetime
) -> str:
    return await lending.make_code(
        tx, entrance_of(request).ring, posts=clerk.posts, made_by=clerk.person_id, person=person, unit=unit, at=at
    )


PAGE = CodePage(template="lending.html", makers=LENDERS, make=_make, more=lambda _made, at: {"until": lent_until(at)})
