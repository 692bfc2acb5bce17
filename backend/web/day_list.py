"""The day's visits of a post, by courier: whom to meet when, what is given, what is taken, what is due (F07)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from backend.clock import local_date
from backend.database import Transaction
from backend.procedures import service as procedures
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.visits.lists import Lists, lists
from backend.web import day_queries, money_queries, queries
from backend.web.day_queries import DayLine
from backend.web.desk_api import desks_of
from backend.web.drawing import CALLERS, shell
from backend.web.forms.rekeying import TYPING
from backend.web.pages import HANDLERS, page
from backend.web.reading import scope_of

MOST = 400
"""Lines at once: a post's day has fewer, the province's may have more."""

FARTHEST = timedelta(days=3660)
"""From today."""


class Part(msgspec.Struct, frozen=True):
    """A case of a visit. `name`: of its procedure."""

    line: DayLine
    name: str
    lists: Lists


class Stop(msgspec.Struct, frozen=True):
    """One visit with the cases of the household."""

    first: DayLine
    parts: Sequence[Part]

    @property
    def due(self) -> int:
        """Đồng, of all its cases."""
        return sum(part.lists.due for part in self.parts)


class DayList(Controller):
    path = "/desk/day"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="dayPage", guards=[Desk(*CALLERS)])
    async def day(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """Today, unless `day` says another. What is no day is today."""
        today = local_date(entrance_of(request).clock())
        day = day_asked(request.query_params.get("day", ""), today)
        async with desks_of(request).reading(clerk) as own:
            lines = await day_queries.day_lines(own, scope_of(clerk), day=day, limit=MOST + 1)
            parts = await parts_of(own, tx, lines[:MOST], day)
        return page(
            request,
            "day.html",
            **await shell(request, clerk, tx),
            day_shown=day,
            today=today,
            before=day - timedelta(days=1),
            after=day + timedelta(days=1),
            couriers=by_courier(parts),
            more=len(lines) > MOST,
            may_print=clerk.holds(*TYPING),
        )


def day_asked(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if abs(found - today) <= FARTHEST else today


async def parts_of(own: Transaction, services: Transaction, lines: Sequence[DayLine], on: date) -> list[Part]:
    cases = sorted({line.case_id for line in lines})
    papers, charges = await queries.papers_of(own, cases), await money_queries.charges_of(own, cases)
    known = await procedures.find_versions(services, {(line.procedure, line.regime_on) for line in lines})
    found: list[Part] = []
    for line in lines:
        version = known.get((line.procedure, line.regime_on))
        both = lists(
            line.purpose,
            line.recipient_class,
            [paper for paper in papers if paper.case_id == line.case_id],
            [charge for charge in charges if charge.case_id == line.case_id],
            None if version is None else version.content.components,
            on,
        )
        found.append(Part(line, line.procedure if version is None else version.name, both))
    return found


def by_courier(parts: Sequence[Part]) -> list[tuple[UUID, str, list[Stop]]]:
    """Couriers with their names and stops, in the order of the day."""

    def courier(part: Part) -> tuple[str, UUID]:
        return part.line.courier_name, part.line.courier

    def visit(part: Part) -> UUID:
        return part.line.visit_id

    found: list[tuple[UUID, str, list[Stop]]] = []
    for (name, person), own in groupby(parts, courier):
        stops = [list(of_one) for _, of_one in groupby(own, visit)]
        found.append((person, name, [Stop(stop[0].line, stop) for stop in stops]))
    return found
