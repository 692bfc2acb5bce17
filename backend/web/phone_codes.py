"""Codes for phones, made at a desk: for whom, and the page that shows one, once."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec
from litestar import Request, Response

from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff.guards import entrance_of
from backend.staff.model import CODE_LASTS, ENROLLING_ANYWHERE, Clerk, Role
from backend.web import office_queries
from backend.web.drawing import desk_page
from backend.web.forms.field import Filled
from backend.web.office_views import Colleague

WITH_PHONES = (Role.COURIER, Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP)


class CodeMade(msgspec.Struct, frozen=True, kw_only=True):
    """`text`: of the code. It is shown once: only its hash is kept."""

    text: str
    expires_at: datetime


class Make(Protocol):
    """Makes a code for the phone of `person` at `unit`. Returns its text."""

    def __call__(
        self,
        request: Request[Any, Any, Any],
        clerk: Clerk,
        tx: Transaction,
        /,
        *,
        person: UUID,
        unit: UUID,
        at: datetime,
    ) -> Awaitable[str]: ...


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    """`makers`: with which roles one sees the people of the office. `more`: what the template needs beside the rest."""

    template: str
    makers: tuple[Role, ...]
    make: Make
    more: Callable[[CodeMade | None, datetime], dict[str, Any]]

    async def made(self, request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> Response[str]:
        """The code is in this answer and nowhere else: loading it again makes another."""
        at, chosen = entrance_of(request).clock(), str((await request.form()).get("who", ""))
        person, _, unit = chosen.partition(" ")
        filled = Filled({"person": [person], "unit": [unit]})
        try:
            text = await self.make(request, clerk, tx, person=filled.id("person"), unit=filled.id("unit"), at=at)
        except Refusal as refused:
            return await self.drawn(request, clerk, tx, refused=refused)
        return await self.drawn(request, clerk, tx, made=CodeMade(text=text, expires_at=at + CODE_LASTS), chosen=chosen)

    async def drawn(
        self,
        request: Request[Any, Any, Any],
        clerk: Clerk,
        tx: Transaction,
        *,
        made: CodeMade | None = None,
        chosen: str = "",
        refused: Refusal | None = None,
    ) -> Response[str]:
        at = entrance_of(request).clock()
        on = local_date(at)
        return await desk_page(
            request,
            clerk,
            tx,
            self.template,
            people=await _with_phones(tx, clerk, on, self.makers),
            units={unit.id: unit.name for unit in await office_queries.units_on(tx, on)},
            made=made,
            chosen=chosen,
            refused=refused,
            **self.more(made, at),
        )


async def _with_phones(tx: Transaction, clerk: Clerk, on: date, makers: tuple[Role, ...]) -> list[Colleague]:
    """Who works with a phone where the clerk may make a code."""
    units = None if clerk.holds(*ENROLLING_ANYWHERE) else sorted(clerk.units(*makers))
    return [one for one in await office_queries.colleagues(tx, units, on) if one.role in WITH_PHONES]
