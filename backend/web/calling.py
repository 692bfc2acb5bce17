"""The list "Cần gọi xác nhận": appointments nobody has confirmed yet, with what to say and one button each (F20)."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect

from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.procedures import service as procedures
from backend.procedures.model import Component, ProcedureVersion
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import call_queries
from backend.web.call_queries import CallLine
from backend.web.desk import posted
from backend.web.desk_api import desks_of
from backend.web.drawing import CALLERS, Typed, desk_page, redrawn
from backend.web.forms.calling import AT_THE_CASE, OUTCOMES, call_form
from backend.web.pages import HANDLERS
from backend.web.reading import LONGEST_LIST, scope_of

TAKING = frozenset({"collect", "supplement", "exchange"})
"""What a visit is for when the citizen must have papers ready."""


class Calling(Controller):
    path = "/desk/calls"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="callsPage", guards=[Desk(*CALLERS)])
    async def calls(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """The soonest visit first."""
        return await _list(request, clerk, tx)

    @post("/{case_id:uuid}", operation_id="calledByForm", guards=[Desk(*CALLERS)], status_code=200)
    async def called(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> Response[Any]:
        """Records a call. What the citizen wants otherwise is done on the page of the case, which is then shown. What
        is refused is shown on the list. Raises CaseNotFound."""
        typed, refused = await posted(request, clerk, tx, case_id)
        if refused is not None:
            return await _list(request, clerk, tx, typed=typed, refused=refused)
        wants = typed.values.get("outcome", [""])[0] in AT_THE_CASE
        return Redirect(f"/desk/cases/{case_id}" if wants else "/desk/calls?done=1", status_code=303)


async def _list(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    at = entrance_of(request).clock()
    async with desks_of(request).reading(clerk) as own:
        lines = await call_queries.to_call(own, scope_of(clerk), since=local_date(at), at=at, limit=LONGEST_LIST + 1)
    shown = lines[:LONGEST_LIST]
    versions = await procedures.find_versions(tx, {(line.procedure, line.regime_on) for line in shown})
    forms = [redrawn([call_form(line.appointment_id, at)], typed)[0] for line in shown]
    known = [versions.get((line.procedure, line.regime_on)) for line in shown]
    return await desk_page(
        request,
        clerk,
        tx,
        "calls.html",
        lines=[
            (line, form, version, _to_prepare(line, version))
            for line, form, version in zip(shown, forms, known, strict=True)
        ],
        outcomes=OUTCOMES,
        more=len(lines) > LONGEST_LIST,
        refused=refused,
        typed=typed,
        done="done" in request.query_params,
    )


def _to_prepare(line: CallLine, version: ProcedureVersion | None) -> Sequence[Component]:
    """What the citizen should have ready, where the catalogue says so."""
    return () if version is None or line.purpose not in TAKING else version.content.components or ()
