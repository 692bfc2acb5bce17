"""The page of label sets: an office's stock by holder, printing, handing out, taking back, voiding; and the sheets."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Redirect

from backend.acts import envelope
from backend.acts.envelope import Subject
from backend.acts.queries import find_inboxed
from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.parcels import stock
from backend.parcels.model import SetNumber
from backend.parcels.printing import Layout
from backend.staff.guards import Desk, entrance_of, origin
from backend.staff.model import Clerk, Role
from backend.staff.own_posts import lent_to
from backend.sync.desk import Refused
from backend.units.model import POSTS
from backend.web import label_queries, office_queries
from backend.web.choosing import chosen, offices_of
from backend.web.drawing import Typed, desk_page, redrawn
from backend.web.forms import label_sets as forms
from backend.web.forms.field import Filled
from backend.web.forms.label_sets import KEEPING, PRINTING, StockView
from backend.web.office_views import UnitLine
from backend.web.pages import HANDLERS
from backend.web.writing import FromDesk, write

PATH = "/desk/label-sets"
TRIES = 3
"""When another office prints at the same moment the numbers go on after its own."""


class LabelSets(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*PRINTING)]  # noqa: RUF012

    @get(operation_id="labelSetsPage")
    async def stock(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
        numbers: Annotated[str, QueryParameter(max_length=200)] = "",
    ) -> Response[str]:
        """`numbers`: to stand in the forms already, as scanned."""
        offices = await _offices(request, clerk, tx)
        return await _page(request, clerk, tx, chosen(offices, unit), offices, wanted=numbers)

    @post(operation_id="labelSetsByForm", status_code=200)
    async def act(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> Response[Any]:
        typed = Typed.of(await request.form())
        offices = await _offices(request, clerk, tx)
        here = chosen(offices, unit)
        try:
            await _write(request, clerk, tx, here.id, typed)
        except Refusal as refused:
            return await _page(request, clerk, tx, here, offices, typed=typed, refused=refused)
        return Redirect(f"{PATH}?unit={here.id}&done={typed.kind}&act={typed.act}", status_code=303)

    @get("/sheets", operation_id="labelSheets")
    async def sheets(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID, QueryParameter()],
        first: Annotated[SetNumber, QueryParameter()],
        last: Annotated[SetNumber, QueryParameter()],
        layout: Annotated[Layout, QueryParameter()] = "a4",
    ) -> Response[bytes]:
        """A PDF to be saved and printed. The same sets give the same cards, however often."""
        entrance = entrance_of(request)
        here = chosen(await _offices(request, clerk, tx), unit)
        pdf = await stock.sheets(
            tx,
            entrance.ring,
            unit=here.id,
            first=first,
            last=last,
            address=origin(request, entrance),
            layout=layout,
            at=entrance.clock(),
        )
        name = f'attachment; filename="bo-nhan-{first:05}-{last:05}.pdf"'
        return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": name})


async def _offices(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> list[UnitLine]:
    """Whose stock the clerk sees: the own offices', every post's for an administrator."""
    today, also = local_date(entrance_of(request).clock()), POSTS if clerk.holds(Role.ADMINISTRATOR) else ()
    return await offices_of(tx, clerk.units(*KEEPING), today, also=also)


async def _write(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, unit: UUID, typed: Typed) -> None:
    """Raises Refusal."""
    filled = Filled(typed.values)
    texts = forms.words_of(filled)
    known = await label_queries.item_numbers(tx, [*texts, *(text.upper() for text in texts)])
    for attempt in range(TRIES):
        written = forms.written(typed.kind, filled, known, await label_queries.next_number(tx))
        told = FromDesk(id=typed.act, subject=Subject("unit", unit), kind=typed.kind, base=0, body=written.body)
        try:
            await write(entrance_of(request), clerk, told)
            return
        except Refused:
            if typed.kind != "print_label_sets" or attempt == TRIES - 1:
                raise


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    here: UnitLine,
    offices: list[UnitLine],
    *,
    wanted: str = "",
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    on = local_date(entrance_of(request).clock())
    about = StockView(
        unit=here.id,
        clerk=clerk,
        lines=await label_queries.stock(tx, here.id),
        colleagues=await office_queries.colleagues(tx, [here.id, *await lent_to(tx, here.id, on)], on),
    )
    drawn = redrawn(forms.forms(about, wanted), typed)
    holders = sorted({line.holder for line in about.of("issued", "lost")})
    return await desk_page(
        request,
        clerk,
        tx,
        "label_sets.html",
        unit=here,
        offices=offices,
        about=about,
        people=await office_queries.people_named(tx, holders),
        exceptions=await label_queries.exceptions(tx, here.id),
        gone=await label_queries.gone(tx, here.id),
        base=await label_queries.version(tx, here.id),
        forms=[form for form in drawn if form.main],
        others=[form for form in drawn if not form.main],
        refused=refused,
        typed=typed,
        wanted=wanted,
        made=await _made(request, clerk, tx),
    )


async def _made(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> tuple[int, int] | None:
    """First and last of the sets that were just printed, as the act says, however often the form was sent."""
    act = request.query_params.get("act", "")
    try:
        row = (await find_inboxed(tx, [(clerk.person_id, UUID(act))])).get((clerk.person_id, UUID(act)))
    except ValueError:
        return None
    if row is None or row.kind != "print_label_sets":
        return None
    body = forms.printed_body(envelope.read(row.data).body)
    return body.first, body.first + body.count - 1
