"""The days of a post's couriers: who is out, what was counted, who signs it, what is waited for (F11, F16)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from backend.acts.envelope import Subject
from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.staff.own_posts import own_posts
from backend.web import office_queries, shift_queries
from backend.web.drawing import Typed, desk_page, redrawn
from backend.web.forms import closing, own_day
from backend.web.forms.closing import SIGNING
from backend.web.forms.field import Filled, FilledWrong, Form
from backend.web.pages import HANDLERS
from backend.web.shift_views import ShiftLine
from backend.web.writing import FromDesk, write

PATH = "/desk/shifts"
DAYS_BACK = timedelta(days=7)
"""Closed days are shown that long."""
MOST = 200
KINDS = ("countersign_close", "record_variance")


class Shifts(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*SIGNING, *own_day.BEHIND_COUNTERS)]  # noqa: RUF012

    @get(operation_id="shiftsPage")
    async def shifts(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _page(request, clerk, tx)

    @post(operation_id="shiftByForm", status_code=200)
    async def act(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[Any]:
        typed = Typed.of(await request.form())
        try:
            filled = Filled(typed.values)
            if typed.kind in own_day.KINDS:
                subject, body = own_day.about(typed.kind, filled, typed.act), own_day.written(typed.kind, filled).body
            elif typed.kind in KINDS:
                subject, body = Subject("shift", filled.id("shift")), closing.written(typed.kind, filled).body
            else:
                raise FilledWrong("Tải lại trang rồi gửi lại biểu mẫu.", pointer="/kind")
            told = FromDesk(id=typed.act, subject=subject, kind=typed.kind, base=0, body=body)
            await write(entrance_of(request), clerk, told)
        except Refusal as refused:
            return await _page(request, clerk, tx, typed=typed, refused=refused)
        return Redirect(f"{PATH}?done={typed.kind}", status_code=303)


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    on, units = local_date(entrance_of(request).clock()), sorted(clerk.units(*SIGNING))
    lines = await shift_queries.shifts_of(
        tx, units, SIGNING, own=clerk.person_id, today=on, since=on - DAYS_BACK, limit=MOST
    )
    forms = {line.shift_id: _redrawn(line, clerk, typed) for line in lines}
    names = {unit.id: unit.name for unit in await office_queries.units_on(tx, on)}
    begun = own_day.begin(lines, clerk, await own_posts(tx, clerk.posts, on), names, on)
    return await desk_page(
        request,
        clerk,
        tx,
        "shifts.html",
        lines=lines,
        begin=None if begun is None else redrawn([begun], typed)[0],
        forms_of=forms,
        reasons=closing.REASONS,
        typed=typed,
        refused=refused,
    )


def _redrawn(line: ShiftLine, clerk: Clerk, typed: Typed | None) -> Sequence[Form]:
    """What was typed about this day is still there."""
    forms = [*closing.forms_of(line, clerk), *own_day.forms_of(line, clerk)]
    mine = typed is not None and str(line.shift_id) in typed.values.get("shift", ())
    return redrawn(forms, typed if mine else None)
