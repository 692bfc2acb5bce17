"""`/demo/bank`: what a tester does at the pretend bank. Only the demo's application has these routes."""

from datetime import date
from typing import Annotated, Any

import httpx
import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import Body, QueryParameter

from backend.demo import queries
from backend.demo.bank import PretendBank, When, deliver, pretend_bank
from backend.errors import Invalid
from backend.fees import notices
from backend.fees.references import found_in
from backend.ids import uuid7
from backend.keys import Purpose
from backend.staff.guards import entrance_of

INSIDE = "http://localhost"


class Pay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A citizen pays. `reference`: of an order, which says to which account; or `text`: whatever the payer wrote.
    `bank_bin` and `account`: another of ours."""

    amount: Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
    when: When
    reference: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    text: Annotated[str, msgspec.Meta(max_length=300)] | None = None
    bank_bin: Annotated[str, msgspec.Meta(pattern="^[0-9]{6}$")] | None = None
    account: Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z]{1,19}$")] | None = None


class Paid(msgspec.Struct, frozen=True):
    """`notices`: status of each notice that was sent at once."""

    entry: notices.BankEntry
    notices: list[int]


def bank_of(request: Request[Any, Any, Any]) -> PretendBank:
    return pretend_bank(request.app.state["settings"])


async def deliver_due(request: Request[Any, Any, Any]) -> list[int]:
    """What is due by now goes out, through the same door as from outside."""
    entrance = entrance_of(request)
    at = entrance.clock()
    transport = httpx.ASGITransport(app=request.app, raise_app_exceptions=False)  # pyright: ignore[reportArgumentType]
    async with httpx.AsyncClient(transport=transport, base_url=INSIDE) as client:
        key = entrance.ring.current(Purpose.PAYMENT, at).material
        return [answer.status_code for answer in await deliver(bank_of(request), key, client, at)]


class BankHandles(Controller):
    """Payments and statements."""

    path = "/demo/bank"
    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False

    @post("/payments", operation_id="demoPay", status_code=200)
    async def pay(self, request: Request[Any, Any, Any], data: Annotated[Pay, Body()]) -> Paid:
        """The notice goes out as `when` says: `late` is 5 h 28 min by the demo's clock. Raises Invalid."""
        text = data.reference or data.text
        if text is None:
            raise Invalid("Ghi mã thanh toán (reference) hoặc nội dung chuyển khoản (text).", pointer="/reference")
        entrance = entrance_of(request)
        async with entrance.service.transaction() as tx:  # over before the notice comes in by another door
            payee = await queries.find_payee(tx, found_in(text))
        if payee is None:
            raise Invalid("Chưa có tài khoản nhận nào. Khởi động lại bản thử.", pointer="/account")
        entry = bank_of(request).pay(
            data.bank_bin or payee[0],
            data.account or payee[1],
            data.amount,
            text,
            data.when,
            entrance_of(request).clock(),
        )
        return Paid(entry, await deliver_due(request))

    @get("/statement", operation_id="demoStatement")
    async def statement(
        self, request: Request[Any, Any, Any], day: Annotated[date, QueryParameter()]
    ) -> Response[bytes]:
        """All entries of a day in Việt Nam, signed as a notice is."""
        entrance = entrance_of(request)
        at = entrance.clock()
        body = msgspec.json.encode(bank_of(request).statement(day))
        key = entrance.ring.current(Purpose.PAYMENT, at).material
        return Response(body, media_type="application/json", headers=notices.headers(key, f"stm_{uuid7()}", body, at))
