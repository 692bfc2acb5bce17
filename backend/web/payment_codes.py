"""The code of an order on the counter's screen, for the citizen's bank application to scan (F09)."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.database import Transaction
from backend.dossiers.errors import CaseNotFound
from backend.fees.vietqr import Transfer, encode
from backend.staff.guards import Desk
from backend.staff.model import Clerk
from backend.web import money_queries, reading
from backend.web.desk_api import desks_of
from backend.web.drawing import desk_page
from backend.web.enrolling import qr_path
from backend.web.money_views import PaymentCode
from backend.web.pages import HANDLERS
from backend.web.reading import READERS

_PURPOSE = "08"
"""What banks print beside the amount and hand back with the money (NAPAS, field 62)."""


class PaymentCodes(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/{case_id:uuid}/payments/{payment_id:uuid}", operation_id="paymentCode", guards=[Desk(*READERS)])
    async def code(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        payment_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        """Raises CaseNotFound, also for an order of another case."""
        async with desks_of(request).reading(clerk) as own:
            shown = await reading.view(own, tx, clerk, case_id)
            order = await money_queries.find_code(own, case_id, payment_id)
        if order is None:
            raise CaseNotFound("Không có mã chuyển khoản này. Mở lại hồ sơ.")
        return await desk_page(
            request,
            clerk,
            tx,
            "payment_code.html",
            case=shown,
            order=order,
            text=(text := text_of(order)),
            modules=qr_path(text),
        )


def text_of(order: PaymentCode) -> str:
    """VietQR, with amount and reference: nothing is typed by whoever pays."""
    return encode(
        Transfer(
            bin=order.bank_bin,
            account=order.account,
            amount=order.total,
            name=order.holder,
            more={_PURPOSE: order.reference},
        )
    )
