"""Photographs of couriers: set at the desk of their post, and seen by who asks whether the courier is ours (F12)."""

import asyncio
from datetime import date
from io import BytesIO
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter
from litestar.response import Redirect
from PIL import Image

from backend.blobs import BlobStore
from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff import portrait_queries, portraits
from backend.staff.errors import PortraitGone
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import ANSWERING, Clerk, Role
from backend.units.model import POSTS
from backend.web import office_queries, pictures
from backend.web.choosing import chosen, offices_answered_for
from backend.web.drawing import Typed, desk_page
from backend.web.forms import picture
from backend.web.forms.field import Filled, Form, hidden
from backend.web.forms.picture import picture_field
from backend.web.office_views import UnitLine
from backend.web.pages import HANDLERS
from backend.web.words import Words

PATH = "/desk/portraits"
_SHOWN = (360, 420)
"""Pixels: a face on a phone's screen, and no more."""


class Portraits(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*ANSWERING)]  # noqa: RUF012

    @get(operation_id="portraitsPage")
    async def people(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> Response[str]:
        offices = await _offices(request, clerk, tx)
        return await _page(request, clerk, tx, chosen(offices, unit), offices)

    @post(operation_id="portraitByForm", status_code=200, request_max_body_size=pictures.MOST_BYTES)
    async def set_portrait(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> Response[Any]:
        """The picture is opened by the worker; until then, and where it cannot be, the one before stands."""
        offices = await _offices(request, clerk, tx)
        here, form = chosen(offices, unit), await request.form()
        typed = Typed.of(form)
        try:
            # Only what comes with this very form: everybody may see it, so nobody names what another sent.
            face = await pictures.received(request, clerk, form.get(picture.NAME))
            person, at = Filled(typed.values).id("person"), entrance_of(request).clock()
            sha256 = bytes.fromhex(face.sha256)
            await portraits.set_portrait(tx, clerk.posts, person, here.id, sha256, by=clerk.person_id, at=at)
        except Refusal as refused:
            return await _page(request, clerk, tx, here, offices, typed=typed, refused=refused)
        return Redirect(f"{PATH}?unit={here.id}&done={typed.kind}", status_code=303)

    @get("/{person_id:uuid}", operation_id="portraitAtDesk")
    async def portrait(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        person_id: Annotated[UUID, PathParameter()],
    ) -> Response[bytes]:
        """Raises PortraitGone, also for who is of no office of the clerk's."""
        offices = await _offices(request, clerk, tx)
        people = await office_queries.colleagues(tx, [one.id for one in offices], _today(request))
        if person_id not in {one.person_id for one in people if one.role == Role.COURIER}:
            raise PortraitGone
        return await _shown(request, tx, person_id)


class PortraitOfCourier(Controller):
    """No sign-in: whoever got the code right has the address, for two minutes."""

    path = "/check/portraits"
    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/{shown:str}", operation_id="portraitOfCourier")
    async def portrait(
        self,
        request: Request[Any, Any, Any],
        tx: NamedDependency[Transaction],
        shown: Annotated[str, PathParameter(max_length=100)],
    ) -> Response[bytes]:
        """Raises PortraitGone."""
        entrance = entrance_of(request)
        return await _shown(request, tx, portraits.opened(entrance.ring, shown, entrance.clock()))


async def _shown(request: Request[Any, Any, Any], tx: Transaction, person: UUID) -> Response[bytes]:
    master = await portrait_queries.find_master(tx, person)
    if master is None:
        raise PortraitGone
    store: BlobStore = request.app.state["store"]
    small = await asyncio.to_thread(_small, await store.run(store.read, master))
    return Response(small, media_type="image/jpeg")


def _small(master: bytes) -> bytes:
    """Of the clean copy, which was opened by the worker."""
    made = BytesIO()
    with Image.open(BytesIO(master)) as face:
        face.thumbnail(_SHOWN)
        face.save(made, "JPEG", quality=85)
    return made.getvalue()


def _today(request: Request[Any, Any, Any]) -> date:
    return local_date(entrance_of(request).clock())


async def _offices(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> list[UnitLine]:
    return await offices_answered_for(tx, clerk, _today(request), POSTS)


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    here: UnitLine,
    offices: list[UnitLine],
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    found = await office_queries.colleagues(tx, [here.id], _today(request))
    couriers = list({one.person_id: one for one in found if one.role == Role.COURIER}.values())
    known = {one.person_id: one for one in await portrait_queries.newest_of(tx, [one.person_id for one in couriers])}
    return await desk_page(
        request,
        clerk,
        tx,
        "portraits.html",
        unit=here,
        offices=offices,
        couriers=couriers,
        known=known,
        forms={one.person_id: _form(one.person_id) for one in couriers},
        refused=refused,
        typed=typed,
    )


def _form(person: UUID) -> Form:
    face = picture_field(Words("Ảnh chân dung, nhìn thẳng", "The face, from the front"))
    title = Words("Đặt ảnh", "Set the photograph")
    return Form(kind="set_portrait", title=title, fields=(hidden("person", person), face))
