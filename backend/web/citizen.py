"""What anybody may see: the way in, and the page behind the QR of a card or a paper."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.database import Transaction
from backend.errors import NotFound
from backend.staff.guards import entrance_of
from backend.tracking import service
from backend.tracking.model import Standing, Step, Track, Transfer
from backend.web.limits import Looks
from backend.web.pages import HANDLERS, page, wants_page


class NothingBehindThisCode(NotFound):
    """Không có gì sau mã này."""


class StepShown(msgspec.Struct, frozen=True, kw_only=True):
    """`on`: the day it happened; of a step ahead, the day promised. Without one nothing is promised."""

    name: str
    standing: Standing
    on: date | None
    window: str | None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /t/{token}` as JSON: coarse steps, and what the citizen has to do. Nothing that names anybody."""

    steps: Sequence[StepShown]
    next: str
    to_do: bool
    transfers: Sequence[Transfer]


class Public(Controller):
    """No sign-in, no names."""

    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/", operation_id="home")
    async def home(self, request: Request[Any, Any, Any]) -> Response[str]:
        return page(request, "home.html")

    @get("/t/{token:str}", operation_id="track")
    async def track(
        self,
        request: Request[Any, Any, Any],
        tx: NamedDependency[Transaction],
        token: Annotated[str, PathParameter()],
    ) -> Response[Any]:
        """Unknown, old, replaced and foreign tokens all get the same answer."""
        looks: Looks = request.app.state["looks"]
        address = request.client.host if request.client is not None else ""
        looks.enter(address)
        found = await service.look_up(tx, token, entrance_of(request).clock())
        if found is None:
            looks.was_wrong(address)
            raise NothingBehindThisCode(
                "Mã này sai, đã đổi hoặc đã hết hạn. Quét lại mã trên thẻ theo dõi, hoặc gọi 0277 1022."
            )
        if wants_page(request):
            return page(request, "track.html", track=found)
        return Response(_shown(found), headers={"Vary": "Accept"})


def _shown(found: Track) -> Shown:
    steps = [_step(step) for step in found.steps]
    return Shown(steps=steps, next=found.next.vi, to_do=found.to_do, transfers=found.transfers)


def _step(step: Step) -> StepShown:
    return StepShown(name=step.words.vi, standing=step.standing, on=step.on, window=step.window)
