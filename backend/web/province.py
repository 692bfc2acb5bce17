"""The province at one look (row 41, F28): every unit with what goes on there and what waits for too long."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency

from backend.clock import local_date
from backend.database import Transaction
from backend.dossiers.service import WITH_AGENCY
from backend.eforms import service as eforms
from backend.procedures import service as procedures
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import office_queries, province_queries
from backend.web.desk_api import desks_of
from backend.web.drawing import OVERSEEING, desk_page
from backend.web.forms.planning import FORWARDING
from backend.web.pages import HANDLERS
from backend.web.words import Words

GOING_ON = ("open", "decided_here")
"""Each case once at the post that carries it, and once at the agency that decides it, where that is another unit."""
WAITING = {
    "unacknowledged": Words("đăng ký bưu điện chưa nhận", "registrations not acknowledged"),
    "overdue": Words("quá hẹn trả", "past the promised day"),
    "asked": Words("câu hỏi chưa trả lời", "questions without an answer"),
    "urgings": Words("đôn đốc quá hạn trả lời", "urgings past their day"),
    "exceptions": Words("ngoại lệ chờ xem xét", "exceptions to look at"),
    "incidents": Words("sự cố chưa xong", "incidents open"),
    "refunds": Words("hoàn trả quá hạn", "refunds overdue"),
    "call_backs": Words("lượt cần phúc tra", "visits to call back"),
    "days": Words("ca chưa chốt", "days not closed"),
}
"""What somebody should have done by now, in the order it is told."""


class UnitAtOneLook(msgspec.Struct, frozen=True, kw_only=True):
    """`going_on`: cases that are not over; `carried`: those that the post carries. `waiting`: of `WAITING`, where
    there are any."""

    name: str
    going_on: int
    carried: int
    waiting: dict[str, int]


class Province(Controller):
    path = "/desk/province"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="provincePage", guards=[Desk(*OVERSEEING)])
    async def province(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        at = entrance_of(request).clock()
        desks = desks_of(request)
        async with desks.reading(clerk) as own:
            units = await at_one_look(own, at, desks.forward_within)
        totals = {what: sum(one.waiting.get(what, 0) for one in units) for what in WAITING}
        return await desk_page(
            request,
            clerk,
            tx,
            "province.html",
            units=units,
            going_on=sum(one.carried for one in units),
            totals={what: count for what, count in totals.items() if count},
            said=WAITING,
            forms=eforms.coverage(await procedures.versions_on(tx, local_date(at)), local_date(at)),
            until=at,
        )


async def at_one_look(tx: Transaction, at: datetime, forward_within: timedelta) -> Sequence[UnitAtOneLook]:
    """Units at which anything goes on or waits: where most waits first, then by name."""
    today = local_date(at)
    lines = await office_queries.units_on(tx, today)
    told = await province_queries.figures(
        tx,
        today=today,
        registered_before=at - forward_within,
        forwarding=FORWARDING,
        with_agency=sorted(WITH_AGENCY),
    )
    counts = {(one.unit_id, one.what): one.count for one in told}
    names = {line.id: line.name for line in lines}
    # What was left behind at a unit that is no more, nobody else follows.
    names |= await office_queries.former_names(tx, sorted({one.unit_id for one in told} - names.keys()))
    units = [
        UnitAtOneLook(
            name=name,
            going_on=sum(counts.get((unit, what), 0) for what in GOING_ON),
            carried=counts.get((unit, GOING_ON[0]), 0),
            waiting={what: count for what in WAITING if (count := counts.get((unit, what), 0))},
        )
        for unit, name in names.items()
    ]
    return sorted(
        (one for one in units if one.going_on or one.waiting), key=lambda one: sum(one.waiting.values()), reverse=True
    )
