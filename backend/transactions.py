"""One transaction per request: a dependency opens it, and it never outlives the request.

Litestar ends what a dependency yields once the handler has run. But when another dependency raises before (a caller
whose session has ended), it forgets the one that stands open: the transaction would hold its connection until Python's
collector happens to find it, and a few dozen refused callers would take all connections. So whoever opens one leaves
it in the request's state as well, and `Ending` takes back what is still open.
"""

import contextlib
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any, cast

from litestar import Request
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.database import Database, Transaction

_OPENED = "transactions.opened"


class Forgotten(Exception):
    """The request has ended and nobody had ended its transaction."""


@contextlib.asynccontextmanager
async def of_request(request: Request[Any, Any, Any], database: Database) -> AsyncGenerator[Transaction]:
    """Committed on the way out; taken back when anything was raised inside."""
    opened = AsyncExitStack()
    request.state.setdefault(_OPENED, []).append(opened)
    tx = await opened.enter_async_context(database.transaction())
    try:
        yield tx
    except BaseException as error:
        # Where the connection is broken, the server took it back: what is told is why, not that nobody could say so.
        with contextlib.suppress(Exception):
            await opened.__aexit__(type(error), error, error.__traceback__)
        raise
    await opened.aclose()


class Ending:
    """ASGI: around everything that opens transactions."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            left: list[AsyncExitStack] = cast("dict[str, Any]", scope).get("state", {}).pop(_OPENED, [])
            for opened in left:
                # Empty where the transaction has ended.
                with contextlib.suppress(Exception):
                    await opened.__aexit__(Forgotten, Forgotten(), None)
