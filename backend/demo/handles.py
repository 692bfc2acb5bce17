"""What a tester of the demo may turn. Only the demo's application has these routes: elsewhere they do not exist."""

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import Body
from litestar.types import ControllerRouterHandler

from backend.database import Transaction
from backend.demo.bank_handles import BankHandles, deliver_due
from backend.demo.clock import SharedClock
from backend.errors import Conflict, Invalid
from backend.notices import service as notices
from backend.notices.model import Outgoing
from backend.notices.templates import templates
from backend.staff.guards import entrance_of
from backend.web.pages import page, wants_page

MOST = 500
"""Messages shown at once."""


class ClockMovesForward(Conflict):
    """Đồng hồ chỉ đi tới."""


class SetClock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`now`: RFC 3339 with its zone."""

    now: datetime


class Now(msgspec.Struct, frozen=True):
    now: datetime


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message that would have gone out. `code`: the one-time code in it, if it has one."""

    channel: str
    to: str
    text: str
    at: datetime
    subject: str | None = None
    template: str
    code: str | None = None


def _code_in(one: Outgoing) -> str | None:
    known = templates().by_name.get(one.template)
    found = re.search(r"\b[0-9]{6}\b", one.said.text) if known is not None and known.asked else None
    return None if found is None else found[0]


class Inbox(msgspec.Struct, frozen=True):
    messages: list[Message]


class Handles(Controller):
    """A clock that moves forward, and every message sent."""

    path = "/demo"
    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False

    @post("/clock", operation_id="moveClock", status_code=200)
    async def clock(self, request: Request[Any, Any, Any], data: Annotated[SetClock, Body()]) -> Now:
        """All processes have the new time with their next question, and what the bank sends late comes now.

        Raises ClockMovesForward.
        """
        if data.now.tzinfo is None:
            raise Invalid("Ghi giờ kèm múi giờ, ví dụ 2026-11-25T07:00:00+07:00.", pointer="/now")
        clock = entrance_of(request).clock
        if not isinstance(clock, SharedClock):
            raise TypeError("the demo runs on another clock")
        try:
            clock.move_to(data.now)
        except ValueError as error:
            raise ClockMovesForward(f"Bây giờ là {clock().isoformat()}. Chọn một lúc sau đó.") from error
        await deliver_due(request)
        return Now(clock())

    @get("/clock", operation_id="readClock")
    async def now(self, request: Request[Any, Any, Any]) -> Now:
        return Now(entrance_of(request).clock())

    @get("/inbox", operation_id="demoInbox")
    async def inbox(self, request: Request[Any, Any, Any], tx: NamedDependency[Transaction]) -> Response[Any]:
        """Newest first; for a browser as a page."""
        sent = await notices.sent(tx, entrance_of(request).ring, most=MOST)
        messages = [
            Message(
                channel=one.channel,
                to=one.said.to,
                text=one.said.text,
                subject=one.said.subject,
                at=one.at,
                template=one.template,
                code=_code_in(one),
            )
            for one in sent
        ]
        if wants_page(request):
            return page(request, "inbox.html", messages=messages)
        return Response(Inbox(messages), headers={"Vary": "Accept"})


HANDLES: tuple[ControllerRouterHandler, ...] = (Handles, BankHandles)
