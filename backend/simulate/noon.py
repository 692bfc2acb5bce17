"""Time that goes by: the centre's clock, noon, when all couriers have been to their houses, and what comes by itself.

The clock is the demo's, which a tester may move (`POST /demo/clock`). A server that serves citizens has no such handle;
then no time goes by.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from backend.simulate.carrier import Refused
from backend.simulate.handles import handled
from backend.simulate.journal import Journal
from backend.simulate.line import Line, Weather

log = logging.getLogger("tannha.simulate")


_CLOCK = "/demo/clock"
TIMES, PAUSE = 120, 0.5
"""How often one looks, and how many seconds apart, whether something has come by itself."""


async def comes(so: Callable[[], Awaitable[bool]], times: int = TIMES) -> bool:
    """Whether it came to be so: timers come round, and what was begun ends."""
    for looked in range(times):
        if looked:
            await asyncio.sleep(PAUSE)
        if await so():
            return True
    return False


class CentreClock:
    """Moves forward only."""

    def __init__(self, line: Line, weather: Weather) -> None:
        self._line = line
        self._weather = weather

    async def goes_on(self, by: timedelta) -> bool:
        """That far ahead of where it stands. Whether there is a clock to move. Raises Refused."""
        shown = await handled(self._line, self._weather, "GET", _CLOCK)
        if shown is None:
            log.info("no clock to move")
            return False
        later = datetime.fromisoformat(shown.json()["now"]).astimezone(UTC) + by
        try:
            await handled(self._line, self._weather, "POST", _CLOCK, {"now": later.isoformat()})
        except Refused as refused:
            # Asked twice, the second finds the clock where it should be, or a moment later.
            if refused.status != 409:
                raise
        return True


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
