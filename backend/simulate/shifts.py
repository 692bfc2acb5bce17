"""A courier's day in money: the float in the morning, the count in the evening. The ledger must come to the same."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from backend.simulate.courier import Courier
from backend.simulate.journal import Finding, Journal
from backend.simulate.naming import Naming
from backend.simulate.outbox import Standing

FLOAT = 200_000
"""Đồng, in small notes."""
_VIETNAM = timezone(timedelta(hours=7))


class Shifts:
    """One per courier, whichever and however many phones are in the hand."""

    def __init__(self, journal: Journal, naming: Naming) -> None:
        self._journal = journal
        self._naming = naming
        self._begun: dict[UUID, UUID] = {}

    async def begin(self, couriers: Sequence[Courier]) -> None:
        """Where an earlier shift was never closed none can begin: a person must look, and we go without."""
        first = {courier.person: courier for courier in reversed(couriers)}
        await asyncio.gather(*(self._begin(courier) for courier in first.values()))

    async def _begin(self, courier: Courier) -> None:
        shift = self._naming.id("shift", courier.person)
        now = datetime.fromtimestamp(courier.phone.clock.centre(), UTC)
        day = now.astimezone(_VIETNAM).date().isoformat()
        body = {"unit": courier.phone.unit, "day": day, "float_amount": FLOAT}
        if await self._does(courier, "begin_shift", shift, body) is not None:
            self._begun[courier.person] = shift

    async def close(self, couriers: Sequence[Courier]) -> None:
        """What was collected goes into the till; what is left must be the float, to the đồng."""
        last = {courier.person: courier for courier in couriers}
        cash: dict[UUID, int] = {}
        for courier in couriers:
            cash[courier.person] = cash.get(courier.person, 0) + courier.cash
        await asyncio.gather(*(self._close(last[person], shift, cash[person]) for person, shift in self._begun.items()))

    async def _close(self, courier: Courier, shift: UUID, cash: int) -> None:
        if cash:
            await self._does(courier, "remit", shift, {"amount": cash, "unit": courier.phone.unit})
        exceptions = await self._does(courier, "close_shift", shift, {"counted": FLOAT})
        for code in exceptions or ():
            self._journal.doubled.append(
                Finding(what="the count at the end of the shift", by=courier.who.name, now=code)
            )

    async def _does(self, courier: Courier, kind: str, shift: UUID, body: dict[str, Any]) -> Sequence[str] | None:
        """The exceptions it opened; None where it did not take effect."""
        act = self._journal.made(courier.phone.write(kind, shift, body, subject_kind="shift"), courier.phone.name)
        await courier.carrier.send()
        answer = self._journal.records[act.key].answer
        return answer.exceptions if answer is not None and answer.standing is Standing.APPLIED else None
