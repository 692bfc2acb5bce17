"""What banks tell us: signed notices as they come, and the statement of a day, pulled, for those that never came."""

import logging
from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec
from litestar import Controller, Request, post

from backend.clock import Clock, local_date
from backend.database import Database, untangled
from backend.errors import Refusal
from backend.fees import notices
from backend.fees.notices import BankEntry, Statement
from backend.keys import KeyRing, Purpose
from backend.staff.guards import entrance_of
from backend.sync import bank
from backend.sync.bank import Booked

MOST_BYTES = 64 * 1024
DAYS_BACK = 2
"""A statement is pulled for today and so many days before it."""

log = logging.getLogger("tannha.bank")


class Taken(msgspec.Struct, frozen=True):
    """`known`: it had been booked before. `placed`: on an order; else it waits for a person. Money out is not."""

    booked: bool
    known: bool = False
    placed: bool = False


class BankNotices(Controller):
    """The bank's door."""

    path = "/api/bank"
    tags = ("bank",)
    opt = {"public": True}  # noqa: RUF012  (its signature is looked at instead)

    @post("/notices", operation_id="bankNotice", status_code=200, request_max_body_size=MOST_BYTES)
    async def notice(self, request: Request[Any, Any, Any]) -> Taken:
        """Standard Webhooks. The same entry again has the same answer.

        Raises NoticeForged, NoticeStale, NoticeUnreadable, AccountNotOurs, BankEntryChanged.
        """
        entrance, body, sent = entrance_of(request), await request.body(), request.headers
        at = entrance.clock()
        notices.check(
            entrance.ring.shared(Purpose.PAYMENT, at),
            sent.get("webhook-id"),
            sent.get("webhook-timestamp"),
            sent.get("webhook-signature"),
            body,
            at,
        )
        return await take(entrance.service, entrance.ring, notices.read(body).data, at)


async def take(database: Database, ring: KeyRing, entry: BankEntry, at: datetime) -> Taken:
    """In a transaction of its own; again when two stood in each other's way."""
    if entry.direction == "out":
        return Taken(booked=False)

    async def attempt() -> Booked:
        async with database.transaction() as tx:
            return await bank.book(tx, ring, entry, at)

    booked = await untangled(attempt)
    return Taken(booked=True, known=booked.known, placed=booked.placed)


async def pull(
    database: Database, ring: KeyRing, clock: Clock, url: str, *, transport: httpx.AsyncBaseTransport | None = None
) -> int:
    """Compares the last days' statements with what notices told, and books what was missed. How many.

    Raises httpx.HTTPError, NoticeForged, NoticeStale and msgspec.MsgspecError: the timer tries again.
    """
    missed = 0
    async with httpx.AsyncClient(transport=transport, timeout=20) as client:
        for back in range(DAYS_BACK, -1, -1):
            day = local_date(clock()) - timedelta(days=back)
            answer = await client.get(url, params={"day": day.isoformat()})
            answer.raise_for_status()
            sent = answer.headers
            marks = (sent.get("webhook-id"), sent.get("webhook-timestamp"), sent.get("webhook-signature"))
            notices.check(ring.shared(Purpose.PAYMENT, clock()), *marks, answer.content, clock())
            for entry in msgspec.json.decode(answer.content, type=Statement).entries:
                missed += await _missed(database, ring, entry, clock())
    if missed:
        log.warning("bank: %d entries of the statement had no notice", missed)
    return missed


async def _missed(database: Database, ring: KeyRing, entry: BankEntry, at: datetime) -> bool:
    """One entry that cannot be booked does not hold up the others."""
    try:
        taken = await take(database, ring, entry, at)
    except Refusal as refusal:
        log.warning("bank: an entry of the statement is refused: %s", refusal.slug())
        return False
    return taken.booked and not taken.known
