"""What anybody may see: the way in, and the page behind the QR of a card or a paper."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect

from backend.consents.model import Extra
from backend.database import Transaction
from backend.errors import Refusal
from backend.ids import uuid7
from backend.staff.guards import entrance_of
from backend.sync import card
from backend.tracking import service
from backend.tracking.model import Standing, Step, Track, Transfer
from backend.web.drawing import texts_of
from backend.web.forms.field import Filled
from backend.web.pages import HANDLERS, page, wants_page
from backend.web.people_words import EXTRAS
from backend.web.pushes import behind, shown_push


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
    consents: Sequence[str]
    """Extras to which a yes stands; each may be taken back."""


class Public(Controller):
    """No sign-in, no names. With the card alone a citizen takes back what they agreed to, and does nothing else."""

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
        case = await behind(request, tx, token)
        found = await service.of_case(tx, case)
        if wants_page(request):
            return await _drawn(request, tx, case, found, token)
        return Response(_shown(found), headers={"Vary": "Accept"})

    @post("/t/{token:str}/consents", operation_id="withdrawConsentByCard", status_code=200)
    async def withdraw(
        self,
        request: Request[Any, Any, Any],
        tx: NamedDependency[Transaction],
        token: Annotated[str, PathParameter()],
    ) -> Response[Any]:
        """A yes is taken back by whoever holds the card (F19). Form: `extra`, and `act`, an id made for it."""
        case, filled = await behind(request, tx, token), Filled(texts_of(await request.form()))
        entrance = entrance_of(request)
        extra, act = filled.choice("extra", EXTRAS), filled.id("act")
        refused: Refusal | None = None
        try:
            async with tx.savepoint():
                await card.withdraw_consent(tx, entrance.ring, case, cast(Extra, extra), act=act, at=entrance.clock())
        except Refusal as error:
            refused = error
        if refused is None:
            return Redirect(f"/t/{token}?done=1", status_code=303)
        if not wants_page(request):
            raise refused
        found = await service.of_case(tx, case)
        return await _drawn(request, tx, case, found, token, refused)


async def _drawn(
    request: Request[Any, Any, Any],
    tx: Transaction,
    case: UUID,
    found: Track,
    token: str,
    refused: Refusal | None = None,
) -> Response[str]:
    """Each form with the id of its act. `done`: what was done before it was drawn again."""
    acts = {extra: uuid7() for extra in found.consents}
    done = None if refused is not None else request.query_params.get("done")
    push = await shown_push(request, tx, case, token)
    return page(request, "track.html", track=found, token=token, acts=acts, done=done, refused=refused, push=push)


def _shown(found: Track) -> Shown:
    steps = [_step(step) for step in found.steps]
    return Shown(steps=steps, next=found.next.vi, to_do=found.to_do, transfers=found.transfers, consents=found.consents)


def _step(step: Step) -> StepShown:
    return StepShown(name=step.words.vi, standing=step.standing, on=step.on, window=step.window)
