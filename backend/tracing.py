"""One id from the phone to the log line, and one line for every request.

The id is the phone's own `X-Request-Id` if that is a UUID, else made here. It is answered in the same header and in
every problem (`instance`), and stands in every line written while the request is being answered.
"""

import time
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

import structlog
from litestar.exceptions import LitestarException
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from backend import metrics
from backend.admission import BrokenOff
from backend.ids import uuid7
from backend.staff.guards import who_asks

HEADER = "x-request-id"
UNKNOWN = "unmatched"
"""In the place of the route, where none was found: the path itself may hold a token."""
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})

log = structlog.get_logger()


class Tracing:
    """ASGI, outermost: gives the id, then counts the request and writes its line."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = _given_id(scope) or str(uuid7())
        began, status = time.perf_counter(), 0

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (HEADER.encode(), given.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=given):
            try:
                await self.app(scope, receive, named)
            except (LitestarException, BrokenOff) as error:
                # The answer had begun. Whoever runs us prints what it catches, so the text ends here.
                log.error("broken_off", exc_info=error)  # noqa: TRY400  (its places are shown, its text is not)
                raise BrokenOff from None
            finally:
                _tell(scope, status, time.perf_counter() - began)


def _given_id(scope: HTTPScope) -> str | None:
    """What the phone calls this request, written as UUIDs are; None if it says nothing of the kind."""
    found = [value for name, value in scope["headers"] if name == HEADER.encode()]
    if len(found) != 1 or len(found[0]) != 36:
        return None
    try:
        return str(UUID(found[0].decode("ascii")))
    except ValueError:
        return None


def _tell(scope: HTTPScope, status: int, seconds: float) -> None:
    """`status` 0: nobody waited for the answer any more."""
    state: Mapping[str, Any] = scope["state"]
    found = cast("Mapping[str, str]", scope)
    said: dict[str, Any] = {
        "method": scope["method"] if scope["method"] in _METHODS else "OTHER",
        "route": found.get("path_template", UNKNOWN),
        "kind": state.get("kind", ""),
        "status": status,
    }
    metrics.REQUESTS.labels(**said).inc()
    metrics.LATENCY.labels(said["route"], said["kind"]).observe(seconds)
    if "shed" in state:
        said["shed"] = state["shed"]
    log.info("request", **said, ms=round(seconds * 1000, 1), **who_asks(scope))
