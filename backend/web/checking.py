"""Is it our courier who stands at the gate? The poster's page for anybody, and the same for who phones 1022 (F12)."""

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency

from backend.database import Transaction
from backend.errors import Refusal
from backend.keys import Purpose
from backend.presence import service
from backend.presence.service import OurCourier
from backend.staff import portrait_queries, portraits
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.staff.sign_in import place_of
from backend.web.drawing import desk_page, shell
from backend.web.limits import Guesses
from backend.web.pages import HANDLERS, page, wants_page
from backend.web.reading import READERS

SHOWN_FOR = int(portraits.SHOWN_FOR.total_seconds())
"""Seconds that an answer stands on the screen; then the page is empty again."""
TONES = 6
"""Colours of the drawing that stands where no photograph is on file: the same for the same badge."""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """`POST /check` as JSON. Why a code is not right is not told."""

    right: bool
    say: str
    first_name: str | None = None
    badge: str | None = None
    post: str | None = None
    portrait: str | None = None
    """Where the photograph is seen for two minutes."""


class CheckCourier(Controller):
    """No sign-in. Whatever is wrong looks the same."""

    path = "/check"
    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="checkForm")
    async def form(self, request: Request[Any, Any, Any]) -> Response[str]:
        return page(request, "check.html", **_drawn())

    @post(operation_id="checkCode", status_code=200)
    async def check(self, request: Request[Any, Any, Any], tx: NamedDependency[Transaction]) -> Response[Any]:
        badge, code = await _typed(request)
        place = place_of(request.client.host if request.client is not None else "")
        guesses: Guesses = request.app.state["guesses"]
        guesses.enter(place, service.plain(badge))
        entrance = entrance_of(request)
        found = await service.check(tx, entrance.ring, badge=badge, code=code, at=entrance.clock())
        if found is None:
            guesses.was_wrong(place, service.plain(badge))
        portrait = await _portrait(request, tx, found)
        if wants_page(request):
            drawn = _drawn(asked=True, found=found, portrait=portrait)
            return page(request, "check.html", headers=_for_two_minutes("/check"), **drawn)
        return Response(_said(found, portrait), headers={"Vary": "Accept"})


class CheckAtDesk(Controller):
    """The same answer, for whoever is asked by phone or at a counter."""

    path = "/desk/check"
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*READERS)]  # noqa: RUF012

    @get(operation_id="checkFormAtDesk")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return page(request, "check_desk.html", **await shell(request, clerk, tx), **_drawn())

    @post(operation_id="checkCodeAtDesk", status_code=200)
    async def check(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        badge, code = await _typed(request)
        guesses: Guesses = request.app.state["guesses"]
        who, found, refused = str(clerk.person_id), None, None
        try:
            guesses.enter(who, "")
        except Refusal as too_many:
            refused = too_many
        else:
            entrance = entrance_of(request)
            found = await service.check(
                tx, entrance.ring, badge=badge, code=code, at=entrance.clock(), asked_by=clerk.person_id
            )
            if found is None:
                guesses.was_wrong(who, "")
        return await desk_page(
            request,
            clerk,
            tx,
            "check_desk.html",
            headers=_for_two_minutes("/desk/check"),
            **_drawn(asked=refused is None, found=found, refused=refused, portrait=await _portrait(request, tx, found)),
        )


async def _typed(request: Request[Any, Any, Any]) -> tuple[str, str]:
    form = await request.form()
    badge, code = (str(form.get(name, ""))[:100] for name in ("badge", "code"))
    return badge, code


def _for_two_minutes(path: str) -> dict[str, str]:
    return {"Refresh": f"{SHOWN_FOR}; url={path}"}


async def _portrait(request: Request[Any, Any, Any], tx: Transaction, found: OurCourier | None) -> str | None:
    """Where the photograph is seen for two minutes; None: there is none yet."""
    if found is None or await portrait_queries.find_master(tx, found.person) is None:
        return None
    entrance, at = entrance_of(request), entrance_of(request).clock()
    return f"/check/portraits/{portraits.shown_until(entrance.ring.current(Purpose.PRESENCE, at), found.person, at)}"


def _drawn(
    *,
    asked: bool = False,
    found: OurCourier | None = None,
    refused: Refusal | None = None,
    portrait: str | None = None,
) -> dict[str, Any]:
    tone = None if found is None else _tone(found.badge)
    return {"asked": asked, "found": found, "refused": refused, "tone": tone, "portrait": portrait}


def _tone(badge: str) -> int:
    return sum(ord(letter) * place for place, letter in enumerate(badge, 1)) % TONES


def _said(found: OurCourier | None, portrait: str | None) -> Answered:
    if found is None:
        return Answered(right=False, say="Không đúng: không đưa giấy tờ, không chuyển tiền.")
    return Answered(
        right=True,
        say=f"Đúng, bưu tá của {found.post}, đang trong ca.",
        first_name=found.first_name,
        badge=found.badge,
        post=found.post,
        portrait=portrait,
    )
