"""Whether this worker lives, whether it can serve, and what waits for whom.

`/health` and the status of `/ready` are for balancers. Details and `/metrics` are for people on duty: they are given
on this machine itself, or from afar to whoever shows `TANNHA_DUTY_TOKEN`; for everybody else they are not there.
"""

import hmac
import ipaddress
import shutil
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.exceptions import NotFoundException

from backend import health_queries, metrics
from backend.config import Settings
from backend.health_queries import Backlog, Waiting
from backend.keys import KeyRing, KeysUnsafe, Purpose
from backend.metrics import Reading
from backend.staff.entrance import Entrance
from backend.staff.guards import entrance_of

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")
_HELD_LONG, _REVIEW_LONG, _LAG_LONG = 5 * 86400, 86400, 600
_NOTICE_LONG = 10 * 3600
"""Longer than a night, in which nothing is sent."""


class Alive(msgspec.Struct, frozen=True):
    """`database`: whether it answered just now."""

    alive: bool
    database: bool
    why: str | None = None


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """`attention`: what a person should look at although we serve. Ages in seconds; None: nothing of the kind waits."""

    disk_free: int
    oldest_held: float | None = None
    oldest_review: float | None = None
    feed_lag: float | None = None
    exceptions: int = 0
    jobs_failed: int = 0
    notices_waiting: int = 0
    oldest_notice: float | None = None
    notices_failed: int = 0
    duties_open: int = 0
    attention: list[str]


class Ready(msgspec.Struct, frozen=True, omit_defaults=True):
    """`because`: why not: `stopping`, `database`, `disk`, `keys`."""

    ready: bool
    because: list[str]
    details: Details | None = None


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All there is to know at one moment. `waiting`, `backlog`: None when the database does not answer."""

    at: datetime
    stopping: bool
    disk_free: int
    keys: bool
    waiting: Sequence[Waiting] = ()
    backlog: Backlog | None = None

    def because(self, settings: Settings) -> list[str]:
        wrong = {
            "stopping": self.stopping,
            "database": self.backlog is None,
            "disk": self.disk_free < settings.disk_free * 1_000_000,
            "keys": not self.keys,
        }
        return [name for name, is_wrong in wrong.items() if is_wrong]

    def oldest(self, standing: str) -> float | None:
        return next((self._since(row.oldest) for row in self.waiting if row.standing == standing), None)

    def lag(self) -> float | None:
        since = self.backlog.follower_since if self.backlog is not None else None
        return None if since is None else self._since(since)

    def oldest_notice(self) -> float | None:
        since = self.backlog.oldest_notice if self.backlog is not None else None
        return None if since is None else self._since(since)

    def _since(self, at: datetime) -> float:
        return round((self.at - at).total_seconds(), 1)

    def details(self) -> Details:
        held, review, lag = self.oldest("held"), self.oldest("review"), self.lag()
        failed = self.backlog.jobs_failed if self.backlog is not None else 0
        long = {
            "held": (held or 0) > _HELD_LONG,
            "review": (review or 0) > _REVIEW_LONG,
            "feed": (lag or 0) > _LAG_LONG,
            "jobs": failed > 0,
            "notices": (self.oldest_notice() or 0) > _NOTICE_LONG,
        }
        return Details(
            disk_free=self.disk_free,
            oldest_held=held,
            oldest_review=review,
            feed_lag=lag,
            exceptions=self.backlog.exceptions if self.backlog is not None else 0,
            jobs_failed=failed,
            notices_waiting=self.backlog.notices_waiting if self.backlog is not None else 0,
            oldest_notice=self.oldest_notice(),
            notices_failed=self.backlog.notices_failed if self.backlog is not None else 0,
            duties_open=self.backlog.duties_open if self.backlog is not None else 0,
            attention=[name for name, is_long in long.items() if is_long],
        )

    def readings(self) -> list[Reading]:
        """For `/metrics`."""
        found = [Reading("tannha_disk_free_bytes", "Room left where the data lie", self.disk_free)]
        for row in self.waiting:
            labels = {"standing": row.standing}
            found.append(Reading("tannha_waiting", "Commands that wait", row.count, labels))
            age = self._since(row.oldest)
            found.append(Reading("tannha_waiting_oldest_seconds", "Age of the oldest of them", age, labels))
        if self.backlog is not None:
            found += [
                Reading("tannha_exceptions_open", "Facts a person must look at", self.backlog.exceptions),
                Reading("tannha_jobs_queued", "Jobs not yet done", self.backlog.jobs_waiting),
                Reading("tannha_jobs_given_up", "Jobs that failed for good", self.backlog.jobs_failed),
                Reading("tannha_feed_hidden", "Transactions the feed cannot show yet", self.backlog.hidden),
                Reading("tannha_feed_lag_seconds", "Age of the slowest follower", self.lag() or 0.0),
                Reading("tannha_notices_waiting", "Messages due and not sent", self.backlog.notices_waiting),
                Reading("tannha_notices_oldest_seconds", "Age of the oldest of them", self.oldest_notice() or 0.0),
                Reading("tannha_notices_failed", "Messages given up", self.backlog.notices_failed),
                Reading("tannha_duties_open", "What people must still tell citizens", self.backlog.duties_open),
            ]
        return found


class Health(Controller):
    """For balancers and people on duty."""

    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False

    @get("/health", operation_id="health")
    async def health(self, request: Request[Any, Any, Any]) -> Response[Alive]:
        """200 as long as the worker lives and its database answers; 503 says why not."""
        try:
            async with entrance_of(request).service.transaction() as tx:
                await tx.value("SELECT 1")
        except Exception as error:
            return Response(Alive(alive=True, database=False, why=type(error).__name__), status_code=503)
        return Response(Alive(alive=True, database=True))

    @get("/ready", operation_id="ready")
    async def ready(self, request: Request[Any, Any, Any]) -> Response[Ready]:
        """200 as long as requests should be sent here; 503 says why not."""
        settings: Settings = request.app.state["settings"]
        state = await state_of(settings, entrance_of(request))
        because = state.because(settings)
        details = state.details() if may_look(request, settings) else None
        return Response(Ready(not because, because, details), status_code=503 if because else 200)

    @get("/metrics", operation_id="metrics")
    async def metrics(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """What all processes counted since the start, and what waits now."""
        settings: Settings = request.app.state["settings"]
        if not may_look(request, settings):
            raise NotFoundException
        state = await state_of(settings, entrance_of(request))
        return Response(metrics.exposition(state.readings()), media_type=metrics.MEDIA_TYPE)


async def state_of(settings: Settings, entrance: Entrance) -> State:
    """Never raises: what cannot be asked is wrong."""
    at = entrance.clock()
    stopping, free = settings.stopping.exists(), shutil.disk_usage(settings.data).free
    keys = _usable(entrance.ring, at)
    try:
        async with entrance.service.transaction() as tx:
            waiting, backlog = await health_queries.waiting(tx), await health_queries.backlog(tx, at)
    except Exception:
        return State(at=at, stopping=stopping, disk_free=free, keys=keys)
    return State(at=at, stopping=stopping, disk_free=free, keys=keys, waiting=waiting, backlog=backlog)


def _usable(ring: KeyRing, at: datetime) -> bool:
    try:
        for purpose in Purpose:
            ring.current(purpose, at)
    except (KeysUnsafe, OSError):
        return False
    return True


def may_look(request: Request[Any, Any, Any], settings: Settings) -> bool:
    """Somebody on this machine itself, not through a proxy on it; or anybody with the token, if one is set."""
    if settings.duty_token is not None:
        shown = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(shown, f"Bearer {settings.duty_token}".encode())
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
