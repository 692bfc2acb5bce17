"""A one-time code that lets a phone in, drawn as a QR: made by heads of post, supervisors, administrators."""

from datetime import datetime
from typing import Any
from uuid import UUID

import qrcode
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from qrcode.constants import ERROR_CORRECT_M

from backend.database import Transaction
from backend.staff import enrolment
from backend.staff.guards import Desk
from backend.staff.model import Clerk, Role
from backend.web.drawing import MAKERS
from backend.web.pages import HANDLERS
from backend.web.phone_codes import CodePage


class EnrolmentCodes(Controller):
    path = "/desk/enrolment-codes"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*MAKERS)]  # noqa: RUF012

    @get(operation_id="enrolmentCodeForm")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await PAGE.drawn(request, clerk, tx)

    @post(operation_id="enrolmentCodeByForm", status_code=200)
    async def make(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await PAGE.made(request, clerk, tx)


async def _make(
    _request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, /, *, person: UUID, unit: UUID, at: datetime
) -> str:
    return await enrolment.make_code(tx, posts=clerk.posts, made_by=clerk.person_id, person=person, unit=unit, at=at)


def qr_path(text: str) -> tuple[int, str]:
    """Side in modules with the quiet zone, and the dark ones as the path of an SVG."""
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    drawn.add_data(text)
    drawn.make()
    rows = drawn.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    return len(rows), "".join(dark)


PAGE = CodePage(
    template="enrolment.html",
    makers=(Role.HEAD_OF_POST,),
    make=_make,
    more=lambda made, _at: {"modules": None if made is None else qr_path(made.text)},
)
