"""Whether this worker lives, and whether it can serve."""

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get

from backend.staff.guards import entrance_of


class Alive(msgspec.Struct, frozen=True):
    """`database`: whether it answered just now."""

    alive: bool
    database: bool
    why: str | None = None


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
