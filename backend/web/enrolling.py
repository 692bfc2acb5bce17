"""A one-time code that lets a phone in, drawn as a QR: made by heads of post, supervisors, administrators."""

from datetime import date, datetime
from typing import Any

import msgspec
import qrcode
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from qrcode.constants import ERROR_CORRECT_M

from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff import enrolment
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import CODE_LASTS, ENROLLING_ANYWHERE, Clerk, Role
from backend.web import office_queries
from backend.web.drawing import MAKERS, desk_page
from backend.web.forms.field import Filled
from backend.web.office_views import Colleague
from backend.web.pages import HANDLERS

WITH_PHONES = (Role.COURIER, Role.COUNTER_CLERK, Role.POST_EMPLOYEE_AT_ONE_STOP)


class CodeMade(msgspec.Struct, frozen=True, kw_only=True):
    """`text`: of the QR. It is shown once: only its hash is kept."""

    text: str
    expires_at: datetime


class EnrolmentCodes(Controller):
    path = "/desk/enrolment-codes"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*MAKERS)]  # noqa: RUF012

    @get(operation_id="enrolmentCodeForm")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _page(request, clerk, tx)

    @post(operation_id="enrolmentCodeByForm", status_code=200)
    async def make(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """The code is in this answer and nowhere else: loading it again makes another."""
        at = entrance_of(request).clock()
        form = await request.form()
        person, _, unit = str(form.get("who", "")).partition(" ")
        filled = Filled({"person": [person], "unit": [unit]})
        try:
            text = await enrolment.make_code(
                tx,
                posts=clerk.posts,
                made_by=clerk.person_id,
                person=filled.id("person"),
                unit=filled.id("unit"),
                at=at,
            )
        except Refusal as refused:
            return await _page(request, clerk, tx, refused=refused)
        return await _page(
            request, clerk, tx, made=CodeMade(text=text, expires_at=at + CODE_LASTS), chosen=f"{person} {unit}"
        )


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    made: CodeMade | None = None,
    chosen: str = "",
    refused: Refusal | None = None,
) -> Response[str]:
    entrance = entrance_of(request)
    on = local_date(entrance.clock())
    units = {unit.id: unit.name for unit in await office_queries.units_on(tx, on)}
    return await desk_page(
        request,
        clerk,
        tx,
        "enrolment.html",
        people=await with_phones(tx, clerk, on, Role.HEAD_OF_POST),
        units=units,
        made=made,
        chosen=chosen,
        refused=refused,
        modules=None if made is None else qr_path(made.text),
    )


async def with_phones(tx: Transaction, clerk: Clerk, on: date, *roles: Role) -> list[Colleague]:
    """Who works with a phone where the clerk holds one of `roles`."""
    units = None if clerk.holds(*ENROLLING_ANYWHERE) else sorted(clerk.units(*roles))
    return [one for one in await office_queries.colleagues(tx, units, on) if one.role in WITH_PHONES]


def qr_path(text: str) -> tuple[int, str]:
    """Side in modules with the quiet zone, and the dark ones as the path of an SVG."""
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    drawn.add_data(text)
    drawn.make()
    rows = drawn.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    return len(rows), "".join(dark)
