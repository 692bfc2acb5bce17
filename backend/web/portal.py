"""The provincial portal's door: at each online service somebody asks for us too, and the portal hands it on, signed."""

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import PathParameter

from backend.database import Transaction, untangled
from backend.dossiers.model import Case
from backend.errors import Invalid
from backend.keys import Purpose
from backend.registrations.portal import check
from backend.staff.guards import entrance_of
from backend.sync import portal
from backend.sync.portal import Asked
from backend.web.portal_description import document
from backend.web.reading import tracking_path
from backend.web.words import state_words
from backend.web.writing import gated

MOST_BYTES = 64 * 1024
_PLACE = re.compile(r" - at `\$([^`]*)`$")
_MISSING = re.compile(r"missing required field `([a-z_]+)`")


class RequestUnreadable(Invalid):
    """Yêu cầu không đọc được."""


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """Where a registration of the portal stands. `tracking`: the citizen's page; null when every link was taken back.
    Nothing in it names anybody."""

    request_id: str
    registered_at: datetime
    state: str
    state_vi: str
    tracking: str | None


class PortalDoor(Controller):
    """Registering at an online service, and asking how it stands."""

    path = "/api/portal"
    tags = ("portal",)
    opt = {"public": True}  # noqa: RUF012  (its signature is looked at instead)

    @post("/registrations", operation_id="portalRegister", status_code=200, request_max_body_size=MOST_BYTES)
    async def register(self, request: Request[Any, Any, Any]) -> Registered:
        """The same request again is the same registration, and its answer says how that stands by now.

        Raises RequestForged, RequestStale, RequestUnreadable, UnusableCharacter, and what `portal.register` raises.
        """
        body, entrance = await _signed(request), entrance_of(request)
        asked = read(body)

        async def attempt() -> Registered:
            async with entrance.service.transaction() as tx:
                case = await portal.register(tx, entrance.ring, asked, entrance.clock())
                return await _answer(request, tx, asked.request_id, case)

        return await untangled(attempt)

    @get("/registrations/{request_id:str}", operation_id="portalRegistration")
    async def registration(
        self, request: Request[Any, Any, Any], request_id: Annotated[str, PathParameter()]
    ) -> Registered:
        """By the portal's own id: only what came through this door is found.

        Raises RequestForged, RequestStale, RegistrationNotFound.
        """
        await _signed(request)
        async with entrance_of(request).service.transaction() as tx:
            return await _answer(request, tx, request_id, await portal.get(tx, request_id))

    @get("/openapi.json", operation_id="describePortal", media_type="application/vnd.oai.openapi+json")
    async def openapi(self) -> bytes:
        """OpenAPI 3.1, for whoever writes the portal's half."""
        return msgspec.json.encode(document(Asked, Registered))


async def _signed(request: Request[Any, Any, Any]) -> bytes:
    """The body, once it is known to be the portal's."""
    entrance, body, sent = entrance_of(request), await request.body(), request.headers
    at = entrance.clock()
    check(
        entrance.ring.shared(Purpose.PORTAL, at),
        request.method,
        request.url.path,
        sent.get("portal-timestamp"),
        sent.get("portal-signature"),
        body,
        at,
    )
    return body


def read(body: bytes) -> Asked:
    """Raises RequestUnreadable and UnusableCharacter, which say where, and never what: it is personal."""
    try:
        return msgspec.convert(gated(msgspec.json.decode(body), ""), Asked)
    except msgspec.ValidationError as error:
        pointer = _pointer(str(error))
        raise RequestUnreadable(
            f"Mục {pointer or '/'} thiếu, thừa hoặc chưa đúng dạng. Xem mô tả ở /api/portal/openapi.json rồi gửi lại.",
            pointer=pointer,
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RequestUnreadable("Nội dung không phải JSON. Sửa rồi ký và gửi lại.") from None


def _pointer(said: str) -> str:
    """Where it is wrong: `Expected … - at `$.owner.name`` -> `/owner/name`."""
    place, missing = _PLACE.search(said), _MISSING.search(said)
    found = place[1].replace(".", "/") if place else ""
    return f"{found}/{missing[1]}" if missing else found


async def _answer(request: Request[Any, Any, Any], tx: Transaction, request_id: str, case: Case) -> Registered:
    path = await tracking_path(tx, entrance_of(request).ring, case.case_id)
    public_url: str = request.app.state["settings"].public_url
    return Registered(
        request_id=request_id,
        registered_at=case.opened_at,
        state=case.state,
        state_vi=state_words(case.state).vi,
        tracking=None if path is None else public_url.rstrip("/") + path,
    )
