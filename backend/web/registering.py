"""The page that makes a case: for today or, entered late, for the day of a registration on paper."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from backend.acts.envelope import Subject
from backend.clock import VIETNAM, local_date
from backend.database import Transaction
from backend.errors import Invalid, Refusal
from backend.registrations.service import must_be_a_day
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.text import folded
from backend.units import service as units
from backend.web import listing, office_queries, queries, reading
from backend.web.choosing import FIELD, LONGEST, procedure_meant, procedures_offered
from backend.web.drawing import Typed, desk_page, redrawn
from backend.web.forms.field import Filled
from backend.web.forms.party_fields import read_day
from backend.web.forms.registering import ANOTHER, APART, DAY, REGISTERING, Late, register, registered, where
from backend.web.forms.situation import Offices
from backend.web.pages import HANDLERS
from backend.web.reading import READERS, scope_of
from backend.web.words import day
from backend.web.writing import FromDesk, write

NEWEST = 500
"""Cases whose procedures are offered first to whoever registers the next."""


class NameFitsSeveral(Invalid):
    """Tên này có ở nhiều hồ sơ."""


class Registering(Controller):
    path = "/desk/register"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="registerForm", guards=[Desk(*REGISTERING)])
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """`?registered_on=31/12/2026`: with offices, communes and procedures as they were on that day."""
        asked = request.query_params.getall("registered_on", [])
        try:
            late = await _late(tx, clerk, Filled({"registered_on": asked}), entrance_of(request).clock())
        except Refusal as refused:
            return await _page(request, clerk, tx, None, asked=asked, refused=refused)
        return await _page(request, clerk, tx, late)

    @post(operation_id="registerByForm", guards=[Desk(*REGISTERING)], status_code=200)
    async def register(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[Any]:
        entrance = entrance_of(request)
        typed, late = Typed.of(await request.form()), None
        try:
            filled = Filled(typed.values)
            late = await _late(tx, clerk, filled, entrance.clock())
            offices = await _offices(tx, clerk, late, entrance.clock())
            procedure = await _meant(tx, filled, offices.today)
            case, written = registered(offices, clerk, filled, typed.act, procedure, late)
            told = FromDesk(
                id=typed.act,
                subject=Subject("case", case),
                kind="register",
                base=0,
                body=written.body,
                personal=written.personal,
            )
            await write(entrance, clerk, told)
        except Refusal as refused:
            asked = typed.values.get("registered_on", ())
            return await _page(request, clerk, tx, late, asked=asked, typed=typed, refused=refused)
        own = clerk.holds(*READERS) and await queries.may_see(tx, scope_of(clerk), case)
        return Redirect(f"/desk/cases/{case}?done=register" if own else "/desk?done=register", status_code=303)


async def _meant(tx: Transaction, filled: Filled, on: date) -> str:
    """The procedure. Raises FilledWrong, NameFitsSeveral."""
    name = filled.maybe("owner_name", longest=200)
    if name is None or filled.many(ANOTHER) or any(filled.maybe(field) is not None for field in APART):
        return await procedure_meant(tx, filled, on)
    if filled.maybe(FIELD, longest=LONGEST) is None:
        await _must_be_one(tx, name, None)
    procedure = await procedure_meant(tx, filled, on)
    await _must_be_one(tx, name, procedure)
    return procedure


async def _must_be_one(tx: Transaction, name: str, procedure: str | None) -> None:
    """Raises NameFitsSeveral, saying what is still needed (row 19)."""
    count = await office_queries.open_cases_named(tx, folded(name), procedure)
    if count <= 1:
        return
    found = f"Có {count} hồ sơ đang làm mang tên này"
    more = "mã hồ sơ, số giấy tờ hoặc ngày sinh của chủ hồ sơ"
    if procedure is None:
        raise NameFitsSeveral(f"{found}. Còn cần: thủ tục; và {more}.", pointer=f"/{FIELD}")
    raise NameFitsSeveral(
        f"{found}, cùng thủ tục này. Còn cần một trong: {more}. Nếu là hồ sơ mới khác, đánh dấu ô đó rồi gửi lại.",
        pointer=f"/{ANOTHER}",
    )


async def _late(tx: Transaction, clerk: Clerk, filled: Filled, at: datetime) -> Late | None:
    """None: it is registered today. Raises FilledWrong, RegistrationDayWrong."""
    text, today = filled.maybe("registered_on", longest=20), local_date(at)
    if text is None or (on := read_day(text, "registered_on")) == today:
        return None
    must_be_a_day(on, today)
    there = {unit.id: unit for unit in await office_queries.units_on(tx, today)}
    then = {unit.id for unit in await office_queries.units_on(tx, on)}
    return Late(on, frozenset(then - there.keys()), where(there, clerk)[0].id)


async def _offices(tx: Transaction, clerk: Clerk, late: Late | None, at: datetime) -> Offices:
    """Of that day, whose noon stands for it."""
    if late is not None:
        at = datetime.combine(late.on, time(12), VIETNAM)
    own: set[UUID] = {*clerk.units(*REGISTERING), *(late.closed if late is not None else ())}
    days: dict[UUID, date] = dict.fromkeys(own, local_date(at))
    return await reading.offices(tx, set(), days, at)


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    late: Late | None,
    *,
    asked: Sequence[str] = (),
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    """`asked`: the day as it was typed, which stays there to be put right."""
    offices = await _offices(tx, clerk, late, entrance_of(request).clock())
    on = offices.today
    communes = [(one.code, one.name) for one in await units.communes_on(tx, on)]
    used = await queries.procedures_of(tx, await listing.newest(tx, scope_of(clerk), NEWEST))
    several = isinstance(refused, NameFitsSeveral)
    form = register(offices, clerk, await procedures_offered(tx, used, on), communes, late, several=several)
    return await desk_page(
        request,
        clerk,
        tx,
        "register.html",
        form=redrawn([form], typed)[0],
        late=late,
        day_words=DAY,
        day_asked=day(late.on) if late is not None else "".join(asked[:1]),
        refused=refused,
    )
