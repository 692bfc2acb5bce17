"""The evening: nothing goes wrong any more, and all queues drain by themselves or before a person."""

import asyncio
import logging
from collections.abc import Sequence

from backend.simulate.carrier import Refused
from backend.simulate.faults import Faults
from backend.simulate.files import Files
from backend.simulate.giving_up import Told
from backend.simulate.journal import Journal
from backend.simulate.line import Line
from backend.simulate.office import Office
from backend.simulate.round import Round

log = logging.getLogger("tannha.simulate")
_DRAINING = 6


class Evening:
    def __init__(self, rounds: Sequence[Round], files: Files, journal: Journal, line: Line) -> None:
        self.rounds = rounds
        self.files = files
        self.journal = journal
        self.line = line

    async def drains(self) -> None:
        """Whatever is on a phone is sent, whatever waits is looked at."""
        for _ in range(_DRAINING):
            waited = await asyncio.gather(*(self._drain(one) for one in self.rounds))
            offices = {id(one.office): one.office for one in self.rounds}
            looked = await asyncio.gather(*(self._look_at_list(office) for office in offices.values()))
            if not any(waited) and not any(looked):
                return

    async def _look_at_list(self, office: Office) -> bool:
        with Told(self.journal, "the review list", by=office.at.place):
            return await office.attention.look_at_list()
        return False

    async def _drain(self, one: Round) -> bool:
        """Whether anything of this round still waited."""
        with Told(self.journal, "could not drain", by=one.courier.phone.name):
            return await self._drained(one)
        return False

    async def _drained(self, one: Round) -> bool:
        await one.courier.send(self.files)
        waiting = await one.hears_again()
        for case in one.cases:
            try:
                waiting = await one.office.attention.look_at(case.id) or waiting
            except Refused as refused:
                log.warning("%s: %s", case.name, refused)
        return waiting

    async def swallows_the_rest(self, faults: Faults) -> None:
        """If so many answers were to be swallowed, and not so many were: the rest now, of what was sent before."""
        wanted = faults.swallowed if isinstance(faults.swallowed, int) else 0
        carriers = [one.courier.carrier for one in self.rounds]
        while (missing := wanted - self.line.tally["swallowed"]) > 0:
            asked = [one.lose_an_answer() for one in carriers[:missing] if one.phone.outbox.acknowledged()]
            if not asked:
                return
            await asyncio.gather(*asked)
