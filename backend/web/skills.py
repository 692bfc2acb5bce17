"""Who of an office has mastered which model, and what the office does about who has not (F23, row 27)."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Redirect

from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff import competence
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import ANSWERING, Clerk, Role
from backend.units.model import POSTS, UnitKind
from backend.web import office_queries
from backend.web.choosing import chosen, offices_answered_for
from backend.web.drawing import Typed, desk_page, redrawn
from backend.web.forms import mastering
from backend.web.forms.field import Filled
from backend.web.office_views import UnitLine
from backend.web.pages import HANDLERS

PATH = "/desk/skills"
SERVING = (Role.COURIER, Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP, Role.ONE_STOP_OFFICER)
"""Who serves citizens: officials and people of the post alike."""
_OFFICES = (*POSTS, UnitKind.ONE_STOP)


class Skills(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*ANSWERING)]  # noqa: RUF012

    @get(operation_id="skillsPage")
    async def skills(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> Response[str]:
        offices = await _offices(request, clerk, tx)
        return await _page(request, clerk, tx, chosen(offices, unit), offices)

    @post(operation_id="skillsByForm", status_code=200)
    async def enter(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> Response[Any]:
        typed = Typed.of(await request.form())
        offices = await _offices(request, clerk, tx)
        here = chosen(offices, unit)
        try:
            async with tx.savepoint():
                await _enter(request, clerk, tx, here.id, typed)
        except Refusal as refused:
            return await _page(request, clerk, tx, here, offices, typed=typed, refused=refused)
        return Redirect(f"{PATH}?unit={here.id}&done={typed.kind}", status_code=303)


async def _enter(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, unit: UUID, typed: Typed) -> None:
    """Raises Refusal."""
    at, filled = entrance_of(request).clock(), Filled(typed.values)
    what = mastering.entered(typed.kind, filled, typed.act, unit, clerk.person_id, at)
    match what:
        case mastering.Qualification():
            await competence.qualify(tx, clerk.posts, what)
        case mastering.Gate():
            await competence.set_gate(tx, clerk.posts, what)
        case _:
            await competence.take_back(tx, clerk.posts, what, by=clerk.person_id, at=at)


async def _offices(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> list[UnitLine]:
    return await offices_answered_for(tx, clerk, local_date(entrance_of(request).clock()), _OFFICES)


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    here: UnitLine,
    offices: list[UnitLine],
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    today = local_date(entrance_of(request).clock())
    found = await office_queries.colleagues(tx, [here.id], today)
    people = list({one.person_id: one for one in found if one.role in SERVING}.values())
    known = await competence.known(tx, [here.id], [one.person_id for one in people])
    about = mastering.Office(unit=here.id, today=today, people=people, known=known)
    drawn = redrawn(mastering.forms(about), typed)
    names = await office_queries.people_named(tx, sorted({one.entered_by for one in known.qualifications}))
    return await desk_page(
        request,
        clerk,
        tx,
        "skills.html",
        unit=here,
        offices=offices,
        about=about,
        names=names,
        forms=drawn,
        said=mastering.SAID,
        take_back=mastering.take_back,
        modes=mastering.MODES,
        refused=refused,
        typed=typed,
    )
