"""The page "Đôn đốc" (row 41): what units are urged about; all for the supervisor, for a unit what it is to answer."""

from typing import Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from backend.clock import local_date
from backend.database import Transaction
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import urging_queries
from backend.web.desk_api import desks_of
from backend.web.drawing import ANSWERING_URGINGS, OVERSEEING, desk_page, urging_scope
from backend.web.pages import HANDLERS
from backend.web.reading import LONGEST_LIST


class Urgings(Controller):
    path = "/desk/urgings"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="urgingsPage", guards=[Desk(*OVERSEEING, *ANSWERING_URGINGS)])
    async def urgings(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """Overdue, open, answered. They are made and answered on the page of the case."""
        today, scope = local_date(entrance_of(request).clock()), urging_scope(clerk)
        async with desks_of(request).reading(clerk) as own:
            lines = await urging_queries.open_urgings(own, scope, LONGEST_LIST + 1)
            answered = await urging_queries.answered_urgings(own, scope, LONGEST_LIST)
        shown = lines[:LONGEST_LIST]
        return await desk_page(
            request,
            clerk,
            tx,
            "urgings.html",
            late=[one for one in shown if one.is_late(today)],
            waiting=[one for one in shown if not one.is_late(today)],
            more=len(lines) > LONGEST_LIST,
            answered=answered,
        )
