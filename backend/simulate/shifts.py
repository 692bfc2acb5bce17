"""A courier's day in money and label sets: what goes out in the morning and is counted in the evening, by two."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.simulate.carrier import Carrier, Refused
from backend.simulate.courier import Courier
from backend.simulate.desk import Desk
from backend.simulate.giving_up import Told
from backend.simulate.journal import Finding, Journal
from backend.simulate.naming import Naming
from backend.simulate.outbox import Standing

FLOAT = 200_000
"""Đồng, in small notes."""


class Shifts:
    """One per courier, whichever and however many phones are in the hand. `heads`: by post, who signs too."""

    def __init__(self, journal: Journal, naming: Naming, heads: dict[UUID, Desk]) -> None:
        self._journal = journal
        self._naming = naming
        self._heads = heads
        self._begun: dict[UUID, UUID] = {}

    async def begin(self, couriers: Sequence[Courier]) -> None:
        """Where an earlier shift was never closed none can begin: a person must look, and we go without."""
        first = {courier.person: courier for courier in reversed(couriers)}
        await asyncio.gather(*(self._begin(courier) for courier in first.values()))

    async def _begin(self, courier: Courier) -> None:
        shift = self._naming.id("shift", courier.person)
        body = {"unit": courier.phone.unit, "day": courier.today.isoformat(), "float_amount": FLOAT}
        if await self.does(courier, "begin_shift", shift, body) is not None:
            self._begun[courier.person] = shift

    def some(self, what: str, couriers: Sequence[Courier], how_many: int) -> list[Courier]:
        """Of those who are in shift, one phone each."""
        able = list({one.person: one for one in reversed(couriers) if one.person in self._begun}.values())
        return self._naming.dice("shifts", what).sample(able, min(how_many, len(able)))

    def of(self, courier: Courier) -> UUID:
        return self._begun[courier.person]

    async def close(self, couriers: Sequence[Courier], voided: Sequence[Courier], waiting: Sequence[Courier]) -> None:
        """What was collected goes into the till; what is left must be the float, to the đồng. `voided`: a set was
        spoilt; `waiting`: the day is counted later, on another phone."""
        last = {courier.person: courier for courier in couriers}
        cash: dict[UUID, int] = {}
        for courier in couriers:
            cash[courier.person] = cash.get(courier.person, 0) + courier.cash
            courier.cash = 0
        for courier in voided:
            await self._spoil_a_set(courier)
        await asyncio.gather(*(self._remit(last[person], shift, cash[person]) for person, shift in self._begun.items()))
        later = {courier.person for courier in waiting}
        ready = [person for person in self._begun if person not in later]
        await asyncio.gather(*(self._close(last[person]) for person in ready))

    async def _spoil_a_set(self, courier: Courier) -> None:
        """Torn up, never to be bound."""
        label = courier.roll.take(courier.phone.bundle.labels)
        number = courier.roll.number(label) if label is not None else None
        if number is None or courier.phone.unit is None:
            courier.without["label"] += 1
            return
        body = {"numbers": [number], "reason": "torn"}
        act = courier.tells("void_label_sets", "unit", courier.phone.unit, body)
        with Told(self._journal, "could not void a set", by=courier.who.name):
            await courier.carrier.send()
        self._journal.played["sets_voided"] += self._journal.applied(act)

    async def _remit(self, courier: Courier, shift: UUID, cash: int) -> None:
        with Told(self._journal, "could not remit", subject=shift, by=courier.who.name):
            if cash:
                await self.does(courier, "remit", shift, {"amount": cash, "unit": courier.phone.unit})

    async def _close(self, courier: Courier) -> None:
        with Told(self._journal, "could not close the day", subject=self.of(courier), by=courier.who.name):
            body = {"counted": FLOAT, "sets_left": courier.roll.left()}
            exceptions = await self.does(courier, "close_shift", self.of(courier), body)
            self.must_be_plain(courier, exceptions)
            if exceptions is not None:
                await self.countersign(courier)

    def must_be_plain(self, courier: Courier, exceptions: Sequence[str] | None) -> None:
        for code in exceptions or ():
            self._journal.doubled.append(
                Finding(what="the count at the end of the shift", by=courier.who.name, now=code)
            )

    async def countersign(self, courier: Courier) -> None:
        """Another person has counted the same."""
        head, shift = self._heads.get(courier.who.unit), self.of(courier)
        if head is None:
            return
        try:
            await head.act(self._naming.id("countersign", shift), "countersign_close", shift, {}, subject_kind="shift")
        except Refused as refused:
            self._journal.wrong.append(
                Finding(what="nobody could sign the count", subject=shift, by=courier.who.name, now=str(refused))
            )
        else:
            self._journal.played["countersigned"] += 1

    async def does(
        self, courier: Courier, kind: str, shift: UUID, body: dict[str, Any], *, by: Carrier | None = None
    ) -> Sequence[str] | None:
        """The exceptions it opened; None where it did not take effect. `by`: another phone of hers."""
        carrier = by or courier.carrier
        act = self._journal.made(carrier.phone.write(kind, shift, body, subject_kind="shift"), carrier.phone.name)
        await carrier.send()
        answer = self._journal.records[act.key].answer
        return answer.exceptions if answer is not None and answer.standing is Standing.APPLIED else None
