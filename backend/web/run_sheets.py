"""Phiếu đi tuyến (F11): a courier's day, printed before the phone can die. Each print has slips of its own numbers."""

import asyncio
from typing import Any

from litestar import Controller, Request, Response, post
from litestar.di import NamedDependency

from backend.clock import local_date
from backend.database import Transaction
from backend.dossiers.errors import CaseNotFound
from backend.fees import queries as fees
from backend.run_sheets.printing import RunSheet, SheetCase, SheetStop, run_sheet, slips_wanted
from backend.staff import queries as staff
from backend.staff.guards import Desk, entrance_of, origin
from backend.staff.model import Clerk
from backend.web import office_queries
from backend.web.day_list import MOST, Part, Stop, by_courier, day_asked, parts_of
from backend.web.day_queries import day_lines
from backend.web.desk_api import desks_of
from backend.web.forms.field import Filled
from backend.web.forms.rekeying import TYPING
from backend.web.pages import HANDLERS
from backend.web.place_words import house
from backend.web.reading import scope_of
from backend.web.words import PLACES, PURPOSES, day


class RunSheets(Controller):
    path = "/desk/day"
    include_in_schema = False
    exception_handlers = HANDLERS

    @post("/run-sheet", operation_id="runSheet", guards=[Desk(*TYPING)], status_code=200)
    async def print(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[bytes]:
        """A PDF. Raises FilledWrong, CaseNotFound where the courier goes nowhere that day, for this clerk."""
        entrance, form = entrance_of(request), await request.form()
        courier = Filled({"courier": [str(form.get("courier", ""))]}).id("courier")
        on = day_asked(str(form.get("day", "")), local_date(entrance.clock()))
        async with desks_of(request).reading(clerk) as own:
            lines = await day_lines(own, scope_of(clerk), day=on, limit=MOST)
            parts = await parts_of(own, tx, [line for line in lines if line.courier == courier], on)
        if not parts:
            raise CaseNotFound("Bưu tá này không có lượt nào trong ngày. Chọn ngày khác.")
        [(_, _, stops)] = by_courier(parts)
        first, last = await fees.give_slip_block(tx, courier, slips_wanted(len(stops)))
        person = await staff.get_person(tx, courier)
        posts = await office_queries.handling_names(tx, [stops[0].first.case_id])
        sheet = RunSheet(
            post=posts[stops[0].first.case_id],
            courier=person.name,
            badge=person.badge,
            day=day(on),
            stops=[_stop(stop, origin(request, entrance)) for stop in stops],
            slips=list(range(first, last + 1)),
        )
        pdf = await asyncio.to_thread(run_sheet, sheet, at=entrance.clock())
        name = f'inline; filename="phieu-di-tuyen-{on}-{person.badge}.pdf"'
        return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": name})


def _stop(stop: Stop, address: str) -> SheetStop:
    line = stop.first
    return SheetStop(
        window=line.time_window,
        purpose=PURPOSES[line.purpose].vi,
        where=house(line).vi or PLACES[line.place].vi,
        phone=line.phone,
        cases=[_case(part, f"{address}/desk/cases/{part.line.case_id}/paper/{line.visit_id}") for part in stop.parts],
    )


def _case(part: Part, link: str) -> SheetCase:
    both = part.lists
    return SheetCase(
        owner=part.line.owner_name,
        procedure=part.name,
        link=link,
        take=[_counted(one.name, one.originals, one.copies) for one in both.take] if both.known else None,
        see=[one.name for one in both.see],
        give=["Kết quả" if one.is_result else one.name or one.component for one in both.give],
        due=both.due,
    )


def _counted(name: str, originals: int | None, copies: int | None) -> str:
    said = [f"{originals} bản chính"] if originals else []
    said += [f"{copies} bản sao"] if copies else []
    return ", ".join([name, *said])
