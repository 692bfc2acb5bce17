"""Time that goes by: the centre's clock, and noon, when all couriers have been to their houses.

The clock is the demo's, which a tester may move (`POST /demo/clock`). A server that serves citizens has no such handle;
then no time goes by.
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from backend.simulate.journal import Journal
from backend.simulate.line import Line, Weather

log = logging.getLogger("tannha.simulate")


class CentreClock:
    """Moves forward only."""

    def __init__(self, line: Line, weather: Weather) -> None:
        self._line = line
        self._weather = weather

    async def goes_on(self, by: timedelta) -> bool:
        """That far ahead of where it stands. Whether there is a clock to move."""
        build = self._line.http.build_request
        answer = await self._line.ask(lambda: build("GET", "/demo/clock"), self._weather)
        if answer.status_code != 200:
            log.info("no clock to move: %s", answer.status_code)
            return False
        later = datetime.fromisoformat(answer.json()["now"]).astimezone(UTC) + by
        body = {"now": later.isoformat()}
        answer = await self._line.ask(lambda: build("POST", "/demo/clock", json=body), self._weather)
        # Asked twice, the second finds the clock where it should be, or a moment later.
        return answer.status_code in (200, 409)


class Noon:
    """Whoever comes waits until all have come; the last one moves the clock. Whoever gives up must say so too."""

    def __init__(self, couriers: int, hours: float, clock: CentreClock, journal: Journal) -> None:
        self._awaited = couriers
        self._hours = timedelta(hours=hours)
        self._clock = clock
        self._struck = asyncio.Event()
        self._journal = journal

    async def reached(self) -> None:
        await self._one_less()
        await self._struck.wait()

    async def _one_less(self) -> None:
        self._awaited -= 1
        if self._awaited == 0:
            try:
                if self._hours and await self._clock.goes_on(self._hours):
                    self._journal.tricks["hours late"] += round(self._hours.total_seconds() / 3600)
            finally:
                self._struck.set()

    async def given_up(self) -> None:
        """Somebody will not come."""
        await self._one_less()
