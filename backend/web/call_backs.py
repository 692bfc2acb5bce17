"""The list "Phúc tra": visits about which somebody else asks the citizen, and what is known of couriers by it (F12)."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect

from backend.acts.envelope import Subject
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk, Reach, Role
from backend.web import call_back_queries, reading
from backend.web.desk import NoSuchForm
from backend.web.desk_api import desks_of
from backend.web.drawing import ASKING_BACK, Typed, desk_page, redrawn
from backend.web.forms import call_backs as forms
from backend.web.forms.field import Filled
from backend.web.pages import HANDLERS
from backend.web.reading import LONGEST_LIST
from backend.web.views import Scope
from backend.web.writing import FromDesk, write

TO_ASK, DISPUTED = ("listed", "unreachable"), ("disagrees",)
SEES_SHARES = (Role.HEAD_OF_POST, Role.SUPERVISOR)
SHARES_OF = timedelta(days=30)


class CallBacks(Controller):
    path = "/desk/call-backs"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*ASKING_BACK)]  # noqa: RUF012

    @get(operation_id="callBacksPage")
    async def to_ask(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _list(request, clerk, tx)

    @post("/{case_id:uuid}", operation_id="calledBackByForm", status_code=200)
    async def asked(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> Response[Any]:
        """Writes what the citizen said. What is refused is shown on the list. Raises CaseNotFound, FormBroken."""
        async with desks_of(request).reading(clerk) as own:
            await reading.view(own, tx, clerk, case_id)
        typed = Typed.of(await request.form())
        try:
            await write(entrance_of(request), clerk, _answer(case_id, typed))
        except Refusal as refused:
            return await _list(request, clerk, tx, typed=typed, refused=refused)
        return Redirect("/desk/call-backs?done=1", status_code=303)


def _answer(case: UUID, typed: Typed) -> FromDesk:
    """Raises NoSuchForm, FilledWrong."""
    if typed.kind != "record_call_back":
        raise NoSuchForm("Tải lại trang rồi gửi lại biểu mẫu.")
    written = forms.recorded(Filled(typed.values))
    return FromDesk(
        id=typed.act,
        subject=Subject("case", case),
        kind=typed.kind,
        base=typed.base,
        body=written.body,
        personal=written.personal,
    )


async def _list(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    at, reader, everywhere = entrance_of(request).clock(), clerk.person_id, clerk.reach is Reach.PROVINCE
    scope = Scope(sorted(clerk.units(*ASKING_BACK)), everywhere=everywhere)
    answers_for = Scope(sorted(clerk.units(*SEES_SHARES)), everywhere=everywhere)
    async with desks_of(request).reading(clerk) as own:
        lines = await call_back_queries.call_backs(own, scope, states=TO_ASK, reader=reader, limit=LONGEST_LIST + 1)
        disputed = await call_back_queries.call_backs(own, scope, states=DISPUTED, reader=reader, limit=LONGEST_LIST)
        seen = clerk.holds(*SEES_SHARES)
        shares = await call_back_queries.shares(own, answers_for, since=at - SHARES_OF) if seen else []
    shown = lines[:LONGEST_LIST]
    drawn = [redrawn([forms.call_back_form(line.call_back_id)], _for(typed, line.call_back_id))[0] for line in shown]
    return await desk_page(
        request,
        clerk,
        tx,
        "call_backs.html",
        lines=list(zip(shown, drawn, strict=True)),
        more=len(lines) > LONGEST_LIST,
        disputed=disputed,
        shares=shares,
        sees_shares=seen,
        days=SHARES_OF.days,
        said=forms,
        refused=refused,
        typed=typed,
        done="done" in request.query_params,
    )


def _for(typed: Typed | None, call_back: UUID) -> Typed | None:
    """What was typed goes back into the form it came from."""
    return typed if typed is not None and typed.values.get("call_back") == [str(call_back)] else None
