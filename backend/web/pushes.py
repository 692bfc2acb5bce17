"""A browser asks on the tracking page to be told what happens, and does not want it any more (F17).

Whoever holds the link may: it is tied to that link, and goes with it.
"""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import Body, PathParameter
from litestar.response import Redirect

from backend.database import Transaction
from backend.dossiers.tokens import stored
from backend.errors import NotFound
from backend.keys import Purpose
from backend.notices import subscribing
from backend.notices.errors import BrowserUnusable
from backend.notices.push_model import LONGEST_ENDPOINT, Browser, Services
from backend.staff.guards import entrance_of
from backend.staff.jwk import base64url, from_base64url
from backend.tracking import service
from backend.web.limits import Looks
from backend.web.pages import HANDLERS, STATIC, wants_page

WORKER = STATIC / "push-worker.js"
ALL = "all"


class NothingBehindThisCode(NotFound):
    """Không có gì sau mã này."""


class BrowserKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`PushSubscription.toJSON().keys` of a browser (Push API): base64url of 65 and of 16 bytes."""

    p256dh: Annotated[str, msgspec.Meta(min_length=87, max_length=87)]
    auth: Annotated[str, msgspec.Meta(min_length=22, max_length=22)]


class Subscribe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`server_key`: of ours, as the page gave it to the browser: base64url of 65 bytes."""

    endpoint: Annotated[str, msgspec.Meta(min_length=10, max_length=LONGEST_ENDPOINT)]
    keys: BrowserKeys
    server_key: Annotated[str, msgspec.Meta(min_length=87, max_length=87)]


class Machines(msgspec.Struct, frozen=True):
    """To how many browsers the case is pushed now."""

    machines: int


class PushShown(msgspec.Struct, frozen=True, kw_only=True):
    """What the page needs. `link`: of the card as it is written; `known`: SHA-256, hex, of the browsers that are told:
    each finds itself among them. `server_key` None: this installation pushes nothing."""

    link: str
    server_key: str | None
    known: tuple[str, ...]


class Pushes(Controller):
    """No sign-in. JSON is what no form of another site can send; whoever has the link needs no other right."""

    path = "/t"
    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/worker.js", operation_id="pushWorker", sync_to_thread=False)
    def worker(self) -> Response[bytes]:
        """The service worker. From here it may serve pages below `/t/` and no others."""
        return Response(WORKER.read_bytes(), media_type="text/javascript; charset=utf-8")

    @post("/{token:str}/pushes", operation_id="pushToBrowser", status_code=200)
    async def subscribe(
        self,
        request: Request[Any, Any, Any],
        tx: NamedDependency[Transaction],
        token: Annotated[str, PathParameter()],
        data: Annotated[Subscribe, Body()],
    ) -> Machines:
        case, entrance = await behind(request, tx, token), entrance_of(request)
        services: Services = request.app.state["push_services"]
        await subscribing.subscribe(
            tx,
            entrance.ring,
            services,
            stored(written(token)),
            Browser(data.endpoint, _bytes(data.keys.p256dh, "/keys/p256dh"), _bytes(data.keys.auth, "/keys/auth")),
            made_for=_bytes(data.server_key, "/server_key"),
            at=entrance.clock(),
        )
        return Machines(len(await subscribing.subscribed(tx, case)))

    @post("/{token:str}/pushes/stop", operation_id="stopPushing", status_code=200)
    async def stop(
        self, request: Request[Any, Any, Any], tx: NamedDependency[Transaction], token: Annotated[str, PathParameter()]
    ) -> Response[Any]:
        """Form: `which`, `all` or the SHA-256 of one browser's address, hex. Without a script too."""
        case = await behind(request, tx, token)
        which = str((await request.form()).get("which", ""))
        await subscribing.stop(tx, case, None if which == ALL else _one(which))
        if wants_page(request):
            return Redirect(f"/t/{token}?done=pushes", status_code=303)
        return Response(Machines(len(await subscribing.subscribed(tx, case))))


def written(token: str) -> str:
    """However it was typed."""
    return token.strip().upper()


async def behind(request: Request[Any, Any, Any], tx: Transaction, token: str) -> UUID:
    """The case of a card. Raises NothingBehindThisCode, TooManyLooks."""
    looks: Looks = request.app.state["looks"]
    address = request.client.host if request.client is not None else ""
    looks.enter(address)
    case = await service.find_case(tx, token, entrance_of(request).clock())
    if case is None:
        looks.was_wrong(address)
        raise NothingBehindThisCode(
            "Mã này sai, đã đổi hoặc đã hết hạn. Quét lại mã trên thẻ theo dõi, hoặc gọi 0277 1022."
        )
    return case


async def shown_push(request: Request[Any, Any, Any], tx: Transaction, case: UUID, token: str) -> PushShown:
    entrance = entrance_of(request)
    services: Services = request.app.state["push_services"]
    key = entrance.ring.current(Purpose.VAPID, entrance.clock())
    return PushShown(
        link=written(token),
        server_key=base64url(key.point()) if services.names else None,
        known=tuple(one.hex() for one in await subscribing.subscribed(tx, case)),
    )


def _bytes(text: str, pointer: str) -> bytes:
    """Raises BrowserUnusable."""
    try:
        return from_base64url(text)
    except ValueError:
        raise BrowserUnusable("Bấm bật lại. Nếu vẫn vậy, dùng trình duyệt khác.", pointer=pointer) from None


def _one(which: str) -> bytes:
    """What names no browser stops none."""
    try:
        return bytes.fromhex(which[:64])
    except ValueError:
        return b""
