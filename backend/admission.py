"""Who is let in when there is more to do than one worker can: acts before reads, reads before pages.

A worker answers a bounded number of requests at a time, and each in bounded time. Beyond that it says at once that it
is busy and when to come again, so that what it does answer is answered quickly: without it everybody waits, gives up
and asks again, and nothing is finished. The rule is pure (`Gate`, `kind_of`); `Admission` is its ASGI face.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from backend import metrics, problems
from backend.errors import Busy, Refusal


class Kind(StrEnum):
    """What a request wants."""

    DUTY = "duty"
    """Whether we live. Counted apart: it must be told above all when everything else is full."""
    ACT = "act"
    UPLOAD = "upload"
    """Bytes of files, which may come slowly: a bound of their own, no deadline, but a pause must not last."""
    READ = "read"
    PAGE = "page"
    """What people look at, and pictures for it."""


class Terms(NamedTuple):
    """`share`: up to which part of the bound it is let in. `seconds`: for the whole answer; None: no such limit."""

    share: float
    seconds: float | None


TERMS = {
    Kind.DUTY: Terms(1.0, 10),
    Kind.ACT: Terms(1.0, 30),
    Kind.UPLOAD: Terms(1.0, None),
    Kind.READ: Terms(0.8, 10),
    Kind.PAGE: Terms(0.6, 10),
}
PAUSE = 30.0
"""Seconds without a byte after which an upload is given up; what came stays, and the phone goes on from there."""

_BUSY = "Trung tâm đang bận. Máy sẽ tự gửi lại sau ít giây. Không mất dữ liệu."
_TOGETHER = (Kind.ACT, Kind.READ, Kind.PAGE)
_APART = {Kind.DUTY: (Kind.DUTY,), Kind.UPLOAD: (Kind.UPLOAD,)}
_DUTY = frozenset({"/health", "/ready", "/metrics"})
_UPLOADS = "/api/courier/files"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def kind_of(method: str, path: str) -> Kind:
    """From method and path alone, before anything is looked up. What changes something is an act."""
    if path in _DUTY:
        return Kind.DUTY
    if path == _UPLOADS or path.startswith(_UPLOADS + "/"):
        return Kind.UPLOAD
    if method not in _SAFE:
        return Kind.ACT
    return Kind.READ if path.startswith("/api/") else Kind.PAGE


class Gate:
    """How many are inside. `bound`: how many at most, uploads counted apart."""

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self.inside: Counter[Kind] = Counter()

    def enter(self, kind: Kind) -> bool:
        """Whether it is let in; whoever is must `leave`."""
        together = _APART.get(kind, _TOGETHER)
        if sum(self.inside[one] for one in together) >= TERMS[kind].share * self.bound:
            return False
        self.inside[kind] += 1
        return True

    def leave(self, kind: Kind) -> None:
        self.inside[kind] -= 1


def come_again(kind: Kind, random: Callable[[int], int] = secrets.randbelow) -> int:
    """Seconds until the next try, spread so that those refused together do not come back together."""
    return 1 + random(4) if kind in {Kind.ACT, Kind.UPLOAD} else 2 + random(9)


class SentTooSlowly(Refusal):
    """Dữ liệu gửi lên quá chậm."""

    status: ClassVar[int] = 408


class BrokenOff(Exception):
    """An answer that had begun could not be finished: the connection is closed, for the other side to see it."""


class Admission:
    """ASGI: lets in, watches the time, and says so when there is no room."""

    def __init__(self, app: ASGIApp, bound: int, *, pause: float = PAUSE) -> None:
        self.app = app
        self.gate = Gate(bound)
        self.pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        kind = kind_of(scope["method"], scope["path"])
        scope["state"]["kind"] = kind
        if not self.gate.enter(kind):
            await _refuse(scope, send, kind, "full")
            return
        metrics.IN_FLIGHT.inc()
        try:
            await self._in_time(scope, receive, send, kind)
        finally:
            metrics.IN_FLIGHT.dec()
            self.gate.leave(kind)

    async def _in_time(self, scope: HTTPScope, receive: Receive, send: Send, kind: Kind) -> None:
        started = False
        deadline = asyncio.timeout(TERMS[kind].seconds)

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        async def unless_paused() -> Any:
            try:
                async with asyncio.timeout(self.pause):
                    return await receive()
            except TimeoutError:
                raise SentTooSlowly("Phần đã gửi vẫn còn. Máy sẽ tự gửi tiếp.", retry_after=1) from None

        try:
            async with deadline:
                await self.app(scope, unless_paused if kind is Kind.UPLOAD else receive, noted)
        except TimeoutError:
            if started or not deadline.expired():
                raise BrokenOff from None
            await _refuse(scope, send, kind, "late")


async def _refuse(scope: HTTPScope, send: Send, kind: Kind, reason: str) -> None:
    metrics.SHED.labels(kind, reason).inc()
    scope["state"]["shed"] = reason
    busy = Busy(_BUSY, retry_after=come_again(kind))
    for message in problems.messages(scope, busy):
        await send(message)
