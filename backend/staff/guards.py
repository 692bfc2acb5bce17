"""Who may come in where. A route carries `Phone(...)` or `Desk(...)`, or says `opt={"public": True}`.

A guard finds out who asks and whether their role may. What it found is injected as `carrier` (a phone) or `clerk` (a
desk); the application lends what is needed in `app.state.entrance` and registers `answer_phone` as a `before_send`.
"""

from typing import Any, cast
from urllib.parse import quote

from litestar import Litestar, Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, Headers
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Scope

from backend.clock import local_date
from backend.database import Transaction
from backend.staff import device_queries, dpop, queries
from backend.staff.asking import Asking
from backend.staff.entrance import Entrance
from backend.staff.errors import (
    DeskSessionEnded,
    FormNotOurs,
    NoRoleToday,
    RoleNeeded,
)
from backend.staff.model import NAMES, Carrier, Clerk, Role
from backend.staff.proof_errors import AccessMissing, NotProven, ProofUnreadable
from backend.staff.sign_in import session_hash
from backend.staff.tokens import Access, is_form_token, read_access

Connection = ASGIConnection[Any, Any, Any, Any]

FORM_FIELD = "form_token"
FORM_HEADER = "Form-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_ACCESS, _NEEDED, _CLERK, _ANSWER = "staff.access", "staff.needed", "staff.clerk", "staff.answer"


def entrance_of(connection: Connection) -> Entrance:
    return connection.app.state["entrance"]


class Phone:
    """Guard: a phone signed in, whose key signed this very request. The route must ask for `carrier`, which looks
    into the database; `roles`: one of which its carrier must hold today, none when any phone may."""

    def __init__(self, *roles: Role) -> None:
        self.roles = roles

    async def __call__(self, connection: Connection, _handler: BaseRouteHandler) -> None:
        connection.state[_ACCESS] = prove(connection, access=True)[1]
        connection.state.setdefault(_NEEDED, []).append(self.roles)


async def carrier(request: Request[Any, Any, Any], tx: NamedDependency[Transaction]) -> Carrier:
    """Asked in the request's own transaction: a revocation is effective with the next request."""
    entrance, access = entrance_of(request), request.state[_ACCESS]
    at = entrance.clock()
    found = await device_queries.signed_in_device(tx, access.session, access.device, at=at, on=local_date(at))
    return _with_its_role(request, found)


async def carrier_alone(request: Request[Any, Any, Any]) -> Carrier:
    """The same without a transaction: where none may be held, because a body comes in slowly."""
    access: Access = request.state[_ACCESS]
    asking: Asking = request.app.state["asking"]
    return _with_its_role(request, await asking.carrier(access.session, access.device))


def _with_its_role(request: Request[Any, Any, Any], found: Carrier) -> Carrier:
    for roles in request.state[_NEEDED]:
        if roles and found.roles.isdisjoint(roles):
            raise _role_needed(roles)
    return found


def proven(request: Request[Any, Any, Any]) -> Access:
    """In the place of `carrier` where the route itself asks, in its transaction, whether the session still stands."""
    return request.state[_ACCESS]


def prove(connection: Connection, *, access: bool = False) -> tuple[dpop.Proven, Access | None]:
    """The key that signed this request and, if `access` is asked for, what its access token says.

    Raises a kind of NotProven. The answer then carries a challenge, and a nonce when one is needed.
    """
    entrance = entrance_of(connection)
    at = entrance.clock()
    answer = connection.state[_ANSWER] = {"Tannha-Time": at.isoformat()}
    try:
        token = _token_in(connection.headers) if access else None
        known = None if token is None else read_access(entrance.ring, token, at)
        proven = dpop.verify(
            entrance.ring,
            _only(connection.headers, "DPoP"),
            method=_scope(connection)["method"],
            address=_address(connection, entrance),
            at=at,
            access_token=token,
            bound_to=None if known is None else known.thumbprint,
        )
    except NotProven as refused:
        answer["WWW-Authenticate"] = f'DPoP error="{refused.error}", algs="ES256"'
        answer["DPoP-Nonce"] = dpop.nonce(entrance.ring, at)
        raise
    if proven.stale:
        answer["DPoP-Nonce"] = dpop.nonce(entrance.ring, at)
    return proven, known


async def answer_phone(message: Message, scope: Scope) -> None:
    """`before_send`: the centre's time, a challenge and a nonce, where they belong."""
    if message["type"] != "http.response.start":
        return
    state: dict[str, Any] = cast("dict[str, Any]", scope).get("state", {})
    answer: dict[str, str] = state.get(_ANSWER, {})
    message["headers"] = [
        *message.get("headers", []),
        *((name.lower().encode(), value.encode()) for name, value in answer.items()),
    ]


def who_asks(scope: Scope) -> dict[str, str]:
    """For the log: ids of the phone and the person a guard found. Nothing else about them."""
    state: dict[str, Any] = cast("dict[str, Any]", scope).get("state", {})
    access: Access | None = state.get(_ACCESS)
    if access is not None:
        return {"device": str(access.device), "person": str(access.person)}
    found: Clerk | None = state.get(_CLERK)
    return {} if found is None else {"person": str(found.person_id)}


def offer_nonce(connection: Connection) -> None:
    """The answer shall carry what a phone needs for its first proof."""
    entrance = entrance_of(connection)
    at = entrance.clock()
    connection.state[_ANSWER] = {"Tannha-Time": at.isoformat(), "DPoP-Nonce": dpop.nonce(entrance.ring, at)}


class Desk:
    """Guard: a person signed in at a desk who holds one of `roles` today at any unit; any role when none is named.
    What changes something must come from a form we drew for this session."""

    def __init__(self, *roles: Role) -> None:
        self.roles = roles

    async def __call__(self, connection: Connection, _handler: BaseRouteHandler) -> None:
        found: Clerk | None = connection.state.get(_CLERK)
        if found is None:
            found = connection.state[_CLERK] = await _clerk_of(connection)
            await _check_form(connection, found)
        if self.roles and not found.holds(*self.roles):
            raise _role_needed(self.roles)


def clerk(request: Request[Any, Any, Any]) -> Clerk:
    return request.state[_CLERK]


async def own_page(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Guard of public forms, such as the sign-in itself: the browser says that the page was ours."""
    if _scope(connection)["method"] in _SAFE or connection.headers.get("Sec-Fetch-Site") == "same-origin":
        return
    if connection.headers.get("Origin") != origin(connection, entrance_of(connection)):
        raise FormNotOurs


def desk_cookie(entrance: Entrance, value: str) -> Cookie:
    """The cookie of a desk session; an empty value takes it away. `__Host-` ties it to this very host, over TLS."""
    return Cookie(
        key=_cookie_name(entrance),
        value=value,
        max_age=None if value else 0,
        path="/",
        secure=_over_tls(entrance),
        httponly=True,
        samesite="lax",
    )


def unguarded(app: Litestar) -> list[str]:
    """Routes that nobody watches, as `GET /path`. Must be empty."""
    return sorted(
        f"{method} {route.path}"
        for route in app.routes
        for handler in _handlers(route)
        for method in getattr(handler, "http_methods", ["ASGI"])
        if not (handler.opt.get("public") is True or _made_by_litestar(handler) or _is_watched(handler))
    )


def _handlers(route: Any) -> list[BaseRouteHandler]:
    return route.route_handlers if hasattr(route, "route_handlers") else [route.route_handler]


def _made_by_litestar(handler: BaseRouteHandler) -> bool:
    """Its answer to OPTIONS, which names the methods of a path and nothing else."""
    return handler.fn.__module__ == "litestar.routes.http"


def _is_watched(handler: BaseRouteHandler) -> bool:
    guards: list[object] = [*handler.resolve_guards()]  # pyright: ignore[reportUnknownMemberType]
    if any(isinstance(guard, Desk) for guard in guards):
        return True
    return any(isinstance(guard, Phone) for guard in guards) and "carrier" in handler.parsed_fn_signature.parameters


async def _clerk_of(connection: Connection) -> Clerk:
    entrance = entrance_of(connection)
    cookie = connection.cookies.get(_cookie_name(entrance))
    if not cookie:
        raise DeskSessionEnded
    at = entrance.clock()
    async with entrance.service.transaction() as tx:
        found = await queries.signed_in_clerk(tx, session_hash(cookie), at=at, on=local_date(at))
    if not found.posts:
        raise NoRoleToday
    return found


async def _check_form(connection: Connection, of: Clerk) -> None:
    if _scope(connection)["method"] in _SAFE:
        return
    token = connection.headers.get(FORM_HEADER)
    if token is None and isinstance(connection, Request):
        content_type = connection.headers.get("Content-Type", "")
        token = (await connection.form()).get(FORM_FIELD) if content_type.startswith(_FORMS) else None
    if not isinstance(token, str) or not is_form_token(entrance_of(connection).ring, token, of.session):
        raise FormNotOurs


def _token_in(headers: Headers) -> str:
    scheme, _, token = (_only(headers, "Authorization") or "").partition(" ")
    if scheme.lower() != "dpop" or not token:
        raise AccessMissing
    return token.strip()


def _only(headers: Headers, name: str) -> str | None:
    """Raises ProofUnreadable for a header sent twice (RFC 9449, 4.3)."""
    found = headers.getall(name, [])
    if len(found) > 1:
        raise ProofUnreadable
    return found[0] if found else None


def _address(connection: Connection, entrance: Entrance) -> str:
    raw: bytes | None = _scope(connection).get("raw_path")
    path = raw.decode("latin-1") if raw else quote(connection.scope["path"])
    return origin(connection, entrance) + path.partition("?")[0]


def origin(connection: Connection, entrance: Entrance) -> str:
    """Scheme and host that people call: as set, else as this request was sent to."""
    if entrance.public_url is not None:
        return entrance.public_url.rstrip("/")
    return f"{connection.scope['scheme']}://{connection.headers.get('Host', '')}"


def _scope(connection: Connection) -> dict[str, Any]:
    return cast("dict[str, Any]", connection.scope)


def _role_needed(roles: tuple[Role, ...]) -> RoleNeeded:
    names = ", ".join(NAMES[role] for role in roles)
    return RoleNeeded(f"Việc này dành cho: {names}. Nhờ người có vai trò đó hoặc quản trị hệ thống.")


def _over_tls(entrance: Entrance) -> bool:
    return (entrance.public_url or "").startswith("https://")


def _cookie_name(entrance: Entrance) -> str:
    return "__Host-tannha" if _over_tls(entrance) else "tannha"
