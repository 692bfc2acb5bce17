"""In and out of a desk, by a form or by JSON. A session is a cookie; what changes something carries a form token."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import Body
from litestar.response import Redirect

from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.staff import queries as staff
from backend.staff.entrance import Entrance
from backend.staff.guards import Desk, desk_cookie, entrance_of, own_page
from backend.staff.model import Clerk, Role
from backend.staff.sign_in import close_desk, open_desk, session_hash
from backend.staff.tokens import make_form_token
from backend.web.pages import HANDLERS, page

HOME = "/desk"


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    account: Annotated[str, msgspec.Meta(max_length=100)]
    password: Annotated[str, msgspec.Meta(max_length=512)]


class PersonAtDesk(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    badge: str


class PostHeld(msgspec.Struct, frozen=True, kw_only=True):
    role: Role
    unit: UUID


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """`form_token`: to be sent as the header `Form-Token` with whatever changes something."""

    person: PersonAtDesk
    posts: Sequence[PostHeld]
    form_token: str


class DeskSignIn(Controller):
    """The form."""

    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/desk/sign-in", operation_id="signInForm")
    async def form(self, request: Request[Any, Any, Any]) -> Response[str]:
        return _form(request, wanted(request.query_params.get("next", "")))

    @post("/desk/sign-in", operation_id="signInByForm", guards=[own_page], status_code=200)
    async def sign_in(self, request: Request[Any, Any, Any]) -> Response[Any]:
        filled = await request.form()
        after = wanted(str(filled.get("next", "")))
        account = str(filled.get("account", ""))
        try:
            cookie, _ = await _open(request, account, str(filled.get("password", "")))
        except Refusal as refused:
            return _form(request, after, account=account, refused=refused)
        return Redirect(after, status_code=303, cookies=[desk_cookie(entrance_of(request), cookie)])


class DeskSignOut(Controller):
    include_in_schema = False
    exception_handlers = HANDLERS

    @post("/desk/sign-out", operation_id="signOutOfDesk", guards=[Desk()], status_code=303)
    async def sign_out(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Redirect:
        entrance = entrance_of(request)
        await close_desk(tx, clerk.session, at=entrance.clock())
        return Redirect("/desk/sign-in", status_code=303, cookies=[desk_cookie(entrance, "")])


class DeskSignInJson(Controller):
    """The same for programs."""

    path = "/api/desk"
    tags = ("desk",)

    @post("/sign-in", operation_id="signInAtDesk", opt={"public": True}, status_code=200)
    async def sign_in(self, request: Request[Any, Any, Any], data: Annotated[SignIn, Body()]) -> Response[Signed]:
        """Sets the cookie of the session. What a browser sends for another site is never JSON."""
        entrance = entrance_of(request)
        cookie, clerk = await _open(request, data.account, data.password)
        async with entrance.service.transaction() as tx:
            person = await staff.get_person(tx, clerk.person_id)
        signed = Signed(
            person=PersonAtDesk(id=person.id, name=person.name, badge=person.badge),
            posts=[PostHeld(role=one.role, unit=one.unit_id) for one in clerk.posts],
            form_token=form_token(entrance, clerk),
        )
        return Response(signed, cookies=[desk_cookie(entrance, cookie)])


def form_token(entrance: Entrance, clerk: Clerk) -> str:
    return make_form_token(entrance.ring, clerk.session, entrance.clock())


def wanted(path: str) -> str:
    """Where to go after signing in: only to a page of the desks."""
    return path if path == HOME or path.startswith((f"{HOME}/", f"{HOME}?")) else HOME


async def _open(request: Request[Any, Any, Any], account: str, password: str) -> tuple[str, Clerk]:
    """Raises WrongPassword, TooManyTries, NoRoleToday."""
    entrance = entrance_of(request)
    at = entrance.clock()
    address = request.client.host if request.client is not None else ""
    cookie = await open_desk(
        entrance.service, entrance.ring, account=account, password=password, address=address, at=at
    )
    async with entrance.service.transaction() as tx:
        clerk = await staff.signed_in_clerk(tx, session_hash(cookie), at=at, on=local_date(at))
    return cookie, clerk


def _form(
    request: Request[Any, Any, Any], after: str, *, account: str = "", refused: Refusal | None = None
) -> Response[str]:
    # Under no-referrer a browser says that a form came from nowhere, and such a form is not ours (`own_page`): here it
    # may name this very site, and no other.
    headers = {"Referrer-Policy": "same-origin"}
    if refused is not None and refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    status = 200 if refused is None else refused.status
    return page(request, "sign_in.html", status=status, headers=headers, after=after, account=account, refused=refused)
