"""The list "Báo công dân": what no message could tell, for 1022 and the offices of the case, with one button each."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect

from backend.database import Transaction
from backend.errors import Refusal
from backend.staff.guards import Desk
from backend.staff.model import Clerk, Role
from backend.web import notice_queries
from backend.web.desk import posted
from backend.web.desk_api import desks_of
from backend.web.drawing import Typed, desk_page, redrawn
from backend.web.forms.telling import told_form
from backend.web.pages import HANDLERS
from backend.web.reading import LONGEST_LIST, READERS, scope_of

TELLERS = (
    Role.DISPATCHER,
    Role.COUNTER_CLERK,
    Role.POST_EMPLOYEE_AT_ONE_STOP,
    Role.ONE_STOP_OFFICER,
    Role.OPERATOR,
)
"""Who, of those at a desk, may record that a citizen was told."""


class Telling(Controller):
    path = "/desk/tell"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="tellPage", guards=[Desk(*READERS)])
    async def duties(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """Oldest first."""
        return await _list(request, clerk, tx)

    @post("/{case_id:uuid}", operation_id="toldByForm", guards=[Desk(*READERS)], status_code=200)
    async def told(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> Response[Any]:
        """Writes how the citizen was told. What is refused is shown on the list. Raises CaseNotFound."""
        typed, refused = await posted(request, clerk, tx, case_id)
        if refused is not None:
            return await _list(request, clerk, tx, typed=typed, refused=refused)
        return Redirect("/desk/tell?done=1", status_code=303)


async def _list(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    async with desks_of(request).reading(clerk) as own:
        duties = await notice_queries.open_duties(own, scope_of(clerk), LONGEST_LIST + 1)
    shown = duties[:LONGEST_LIST]
    forms = [redrawn([told_form(duty.duty_id, duty.template)], typed)[0] for duty in shown]
    return await desk_page(
        request,
        clerk,
        tx,
        "tell.html",
        duties=list(zip(shown, forms, strict=True)),
        more=len(duties) > LONGEST_LIST,
        may_tell=clerk.holds(*TELLERS),
        refused=refused,
        typed=typed,
        done="done" in request.query_params,
    )
