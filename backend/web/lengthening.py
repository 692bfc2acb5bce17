"""Eight digits to read out, with which a courier's phone can be read for some hours more (F25)."""

from datetime import date
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency

from backend.database import Transaction
from backend.errors import Refusal
from backend.ids import uuid7
from backend.staff import lengthening
from backend.staff.errors import ChallengeMisread
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import office_queries
from backend.web.drawing import LENGTHENERS, desk_page, texts_of
from backend.web.forms.field import Filled
from backend.web.pages import HANDLERS
from backend.web.writing import is_done


class LeaseCodes(Controller):
    path = "/desk/lease-codes"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*LENGTHENERS)]  # noqa: RUF012

    @get(operation_id="leaseCodeForm")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _drawn(request, clerk, tx, Filled({}))

    @post(operation_id="leaseCodeByForm", status_code=200)
    async def make(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """The same form again shows the same code, and tells it once."""
        filled = Filled(texts_of(await request.form()))
        try:
            text = await _read_out(request, clerk, tx, filled)
        except Refusal as refused:
            return await _drawn(request, clerk, tx, filled, refused=refused)
        return await _drawn(request, clerk, tx, filled, text=text)


async def _read_out(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, filled: Filled) -> str:
    entrance, act, phone = entrance_of(request), filled.id("act"), filled.id("phone")
    await office_queries.one_at_a_time(tx, clerk.person_id, act)
    told = await is_done(tx, clerk, act, "extend_lease", phone)
    return await lengthening.read_out(
        tx,
        entrance.ring,
        phone,
        act=act,
        challenge=filled.text("challenge").replace(" ", ""),
        day=_day(filled.text("day")),
        posts=clerk.posts,
        by=clerk.person_id,
        at=entrance.clock(),
        record=None if told else entrance.record,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ChallengeMisread from error


async def _drawn(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    filled: Filled,
    *,
    text: str | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    at = entrance_of(request).clock()
    phones = await office_queries.phones_in_use(tx, sorted(clerk.units(*LENGTHENERS)), at)
    entered = {name: "" if text else _as_typed(filled, name) for name in ("challenge", "day")}
    chosen = _as_typed(filled, "phone")
    return await desk_page(
        request,
        clerk,
        tx,
        "lengthening.html",
        phones=phones,
        days=lengthening.days(at),
        text=text,
        chosen=chosen,
        entered=entered,
        whose=next((one for one in phones if str(one.device) == chosen), None),
        act=uuid7(),
        refused=refused,
    )


def _as_typed(filled: Filled, name: str) -> str:
    return next(iter(filled.many(name)), "")
