"""A citizen reads the number on the card aloud: one step to the case, for 1022 and counters, with the reason kept.

Whoever works at an office of the case comes to its page. Anybody else sees what the citizen's own page says, and where
to ask: the number alone says nothing of names, places and papers (F13).
"""

from typing import Any, cast

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from backend.database import Transaction
from backend.errors import Refusal
from backend.parcels import look_up
from backend.parcels.look_up import Reason
from backend.parcels.model import CardFound
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.tracking import service as tracking
from backend.web import office_queries, queries
from backend.web.drawing import pointer_of, shell
from backend.web.forms.field import Filled
from backend.web.pages import HANDLERS, page
from backend.web.reading import READERS, scope_of
from backend.web.words import Words

PATH = "/desk/look-up"
REASONS: dict[Reason, Words] = {
    "citizen_calls": Words("Công dân gọi đến", "The citizen is calling"),
    "citizen_here": Words("Công dân đang ở quầy", "The citizen is at the counter"),
    "card_found": Words("Nhặt được thẻ", "A card was found"),
    "checking": Words("Kiểm tra thẻ, bưu gửi", "Checking a card or parcel"),
}


class LookUp(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*READERS)]  # noqa: RUF012

    @get(operation_id="lookUpForm")
    async def form(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _page(request, clerk, tx)

    @post(operation_id="lookUpByForm", status_code=200)
    async def find(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[Any]:
        """What found nothing is kept too, so it is answered and not raised."""
        entrance = entrance_of(request)
        form = await request.form()
        typed = {name: str(form.get(name, "")) for name in ("number", "reason")}
        filled = Filled({name: [text] for name, text in typed.items()})
        try:
            found = await look_up.find(
                tx,
                entrance.ring,
                person=clerk.person_id,
                typed=filled.text("number", longest=40),
                reason=cast("Reason", filled.choice("reason", REASONS)),
                at=entrance.clock(),
            )
        except Refusal as refused:
            return await _page(request, clerk, tx, typed=typed, refused=refused)
        case = found[0].case_id if len(found) == 1 else None
        if case is not None and await queries.may_see(tx, scope_of(clerk), case):
            return Redirect(f"/desk/cases/{case}", status_code=303)
        return await _page(request, clerk, tx, typed=typed, found=found)


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    typed: dict[str, str] | None = None,
    found: list[CardFound] | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    cases = sorted({card.case_id for card in found or () if card.case_id is not None})
    status = 200 if refused is None else refused.status
    headers = {"Retry-After": str(refused.retry_after)} if refused is not None and refused.retry_after else None
    return page(
        request,
        "look_up.html",
        status=404 if found == [] else status,
        headers=headers,
        **await shell(request, clerk, tx),
        reasons=REASONS,
        typed=typed or {"number": "", "reason": "citizen_calls"},
        found=found,
        tracks={case: await tracking.of_case(tx, case) for case in cases},
        handling=await office_queries.handling_names(tx, cases),
        mine={case for case in cases if await queries.may_see(tx, scope_of(clerk), case)},
        refused=refused,
        wrong=pointer_of(refused),
    )
