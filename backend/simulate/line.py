"""The line to the centre: one pool of connections, patience, and the weather in which answers get lost.

Back-off with full jitter (a random share of a growing wait), and never sooner than `Retry-After` says.
"""

import asyncio
import itertools
import ssl
import time
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from http.cookiejar import CookieJar, DefaultCookiePolicy
from random import Random

import httpx

from backend.simulate.faults import Faults, share

FIRST_WAIT, LONGEST_WAIT = 0.05, 2.0
"""Seconds, before a random share is taken."""
TIMEOUT = httpx.Timeout(30, connect=5, pool=120)
POOLS, CONNECTIONS = 16, 96
_FAULTS_BORNE, FAULTS_BORNE_SECONDS = 8, 20.0
"""So often and so long a request may end in the server's own fault before the simulator gives up on it."""


class CentreSilent(Exception):
    """Nobody answered for longer than we have patience."""


class ServerFault(Exception):
    """The server failed at the same request again and again."""


class NotHeard(Exception):
    """No answer: the request may have been carried out, or not. `after`: seconds the server asked us to wait."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Fate(StrEnum):
    """Of one request."""

    HEARD = "heard"
    SWALLOWED = "swallowed"
    CUT = "cut"
    DOUBLED = "doubled"


class Weather:
    """The fates of one caller's requests. `calm`: nothing goes wrong any more."""

    def __init__(self, faults: Faults, chance: Random, requests: int) -> None:
        """`requests`: about how many the whole run will make."""
        self._chance = chance
        self._shares = (
            (Fate.SWALLOWED, share(faults.swallowed, requests)),
            (Fate.CUT, share(faults.cut, requests)),
            (Fate.DOUBLED, share(faults.doubled, requests)),
        )
        self.calm = False

    def next(self) -> Fate:
        thrown = self._chance.random()
        if not self.calm:
            for fate, part in self._shares:
                if thrown < part:
                    return fate
                thrown -= part
        return Fate.HEARD

    def happens(self, part: float) -> bool:
        return not self.calm and self._chance.random() < part


class Patience:
    """Waits longer after every failure, until it ends. One per thing to be done."""

    def __init__(self, seconds: float, chance: Random) -> None:
        self._until = time.monotonic() + seconds
        self._chance = chance
        self._wait = FIRST_WAIT

    async def wait(self, failed: NotHeard) -> None:
        """Raises CentreSilent."""
        self._wait = min(LONGEST_WAIT, self._wait * 2)
        pause = (failed.after or 0) + self._chance.uniform(0, self._wait)
        if time.monotonic() + pause > self._until:
            raise CentreSilent(str(failed)) from failed
        await asyncio.sleep(pause)


class Exchange(httpx.AsyncBaseTransport):
    """Many small pools in the place of a large one: in each, the search for a free connection costs with its size."""

    def __init__(self) -> None:
        context = ssl.create_default_context()
        limits = httpx.Limits(max_connections=CONNECTIONS // POOLS, max_keepalive_connections=CONNECTIONS // POOLS)
        self._pools = [httpx.AsyncHTTPTransport(verify=context, limits=limits) for _ in range(POOLS)]
        self._turn = itertools.cycle(self._pools)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await next(self._turn).handle_async_request(request)

    async def aclose(self) -> None:
        for pool in self._pools:
            await pool.aclose()


class Line:
    """All phones and desks share its connections. `tally` counts what happened to requests."""

    def __init__(
        self, base: str, *, patience: float, chance: Random, transport: httpx.AsyncBaseTransport | None = None
    ):
        self.base = base.rstrip("/")
        self.patience = patience
        self.chance = chance
        self.tally: Counter[str] = Counter()
        self.faults: list[str] = []
        """What the server itself failed at: status, method, path."""
        # Each desk holds its own cookie: the pool's jar stays empty.
        jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        self.http = httpx.AsyncClient(
            base_url=self.base, timeout=TIMEOUT, cookies=jar, transport=transport or Exchange(), trust_env=False
        )

    async def ask(self, request: Callable[[], httpx.Request], weather: Weather) -> httpx.Response:
        """Asks until there is an answer; `request` makes it anew for each try. Raises CentreSilent, ServerFault."""
        patience, faults, began = Patience(self.patience, self.chance), 0, time.monotonic()
        while True:
            try:
                answer = await self.try_once(request, weather)
            except NotHeard as failed:
                await patience.wait(failed)
                continue
            if answer.status_code < 500:
                return answer
            faults += 1
            if faults >= _FAULTS_BORNE and time.monotonic() - began > FAULTS_BORNE_SECONDS:
                raise ServerFault(self.faults[-1])
            await patience.wait(NotHeard(self.faults[-1]))

    async def try_once(self, request: Callable[[], httpx.Request], weather: Weather) -> httpx.Response:
        """One try in whatever weather there is. Raises NotHeard; an answer that asks us to wait is none."""
        fate = weather.next()
        self.tally["requests"] += 1
        if fate in (Fate.CUT, Fate.DOUBLED):
            self.tally[fate] += 1
        try:
            answer = await self._with_fate(fate, request)
        except httpx.TransportError as broken:
            self.tally["no connection"] += 1
            raise NotHeard(type(broken).__name__) from broken
        if answer.status_code in (423, 429, 503):
            self.tally["asked to wait"] += 1
            raise NotHeard(f"{answer.status_code}", _seconds(answer.headers.get("Retry-After")))
        if answer.status_code >= 500:
            self.tally["server faults"] += 1
            self.faults.append(f"{answer.status_code} {answer.request.method} {answer.request.url.path}")
        return answer

    async def _with_fate(self, fate: Fate, request: Callable[[], httpx.Request]) -> httpx.Response:
        if fate is Fate.SWALLOWED:
            await self.swallow(request())
        if fate is Fate.CUT:
            await self._cut(request())
        if fate is Fate.DOUBLED:
            first, _ = await asyncio.gather(self.http.send(request()), self.http.send(request()))
            return first
        return await self.http.send(request())

    async def swallow(self, request: httpx.Request) -> None:
        """The server has done the work and answers; nobody reads it. Always raises NotHeard."""
        answer = await self.http.send(request, stream=True)
        await answer.aclose()
        self.tally[Fate.SWALLOWED] += 1
        raise NotHeard("the answer was swallowed")

    async def _cut(self, request: httpx.Request) -> None:
        """Somewhere in the middle of the server's work. Always raises NotHeard."""
        sending = asyncio.create_task(self.http.send(request))
        await asyncio.wait({sending}, timeout=self.chance.uniform(0, 0.03))
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        raise NotHeard("the connection was cut")

    async def close(self) -> None:
        await self.http.aclose()


def _seconds(text: str | None) -> float | None:
    try:
        return max(0.0, float(text)) if text else None
    except ValueError:
        return None
