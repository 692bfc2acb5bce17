"""Bags (túi thư) at a desk: filled by scanning, tied, handed over, received parcel by parcel, signed for by both."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect

from backend.acts.envelope import Subject
from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.ids import derived
from backend.parcels.errors import BagUnknown, ParcelUnknown
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import bag_queries, office_queries
from backend.web.bag_views import BagAbout
from backend.web.drawing import Typed, desk_page, redrawn, shell
from backend.web.forms import bags as forms
from backend.web.forms.bags import BAGGING, SCANNED
from backend.web.forms.field import Filled, FilledWrong
from backend.web.identifying import scanned_parcel
from backend.web.pages import HANDLERS, page
from backend.web.writing import FromDesk, is_done, write

PATH = "/desk/bags"
MOST = 200
"""Bags on one page."""


class Bags(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*BAGGING)]  # noqa: RUF012

    @get(operation_id="bagsPage")
    async def bags(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _list(request, clerk, tx)

    @post(operation_id="openBagByForm", status_code=200)
    async def open(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[Any]:
        typed = Typed.of(await request.form())
        bag = derived("bag", typed.act.hex)
        try:
            body = forms.opened(Filled(typed.values)).body
            told = FromDesk(id=typed.act, subject=Subject("bag", bag), kind="open_bag", base=0, body=body)
            await write(entrance_of(request), clerk, told)
        except Refusal as refused:
            return await _list(request, clerk, tx, typed=typed, refused=refused)
        return Redirect(f"{PATH}/{bag}?done=open_bag", status_code=303)

    @get("/{bag_id:uuid}", operation_id="bagPage")
    async def bag(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        bag_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        return await _page(request, clerk, tx, await _about(clerk, tx, bag_id))

    @post("/{bag_id:uuid}", operation_id="bagByForm", status_code=200)
    async def act(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        bag_id: Annotated[UUID, PathParameter()],
    ) -> Response[Any]:
        typed = Typed.of(await request.form())
        about = await _about(clerk, tx, bag_id)
        try:
            await _write(request, clerk, tx, about, typed)
        except Refusal as refused:
            return await _page(request, clerk, tx, about, typed=typed, refused=refused)
        return Redirect(f"{PATH}/{bag_id}?done={typed.kind}", status_code=303)

    @get("/{bag_id:uuid}/record", operation_id="bagRecord")
    async def record(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        bag_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        """To be printed: the manifest, and once the bag was received the hand-over record."""
        about = await _about(clerk, tx, bag_id)
        return page(request, "bag_record.html", **await shell(request, clerk, tx), **await _named(request, tx, about))


async def _about(clerk: Clerk, tx: Transaction, bag_id: UUID) -> BagAbout:
    """Raises BagUnknown for one that is none of the clerk's offices'."""
    found = await bag_queries.lines_of(tx, [bag_id], sorted(clerk.units(*BAGGING)))
    if not found:
        raise BagUnknown("Không có túi thư này đi từ hoặc đến đơn vị của ông/bà. Xem lại mã trên túi.")
    return BagAbout(bag=found[0], parcels=await bag_queries.parcels_of(tx, bag_id))


async def _write(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, about: BagAbout, typed: Typed) -> None:
    """Raises Refusal."""
    entrance, filled = entrance_of(request), Filled(typed.values)
    if typed.kind in SCANNED:
        case, parcel = await scanned_parcel(
            tx, entrance.ring, clerk, filled.text("scanned", longest=300), entrance.clock()
        )
        holder = await bag_queries.holder_of(tx, case, parcel)
        if holder is None:
            raise ParcelUnknown("Chưa có bưu gửi này. Quét lại nhãn.")
        subject, body = Subject("case", case), forms.on_parcel(typed.kind, filled, about, parcel, holder).body
    else:
        body = forms.written(typed.kind, filled, about).body
        subject = Subject("bag", about.bag.bag_id)
        if typed.kind == "take_out_of_bag":
            case = _case_of(about, filled.id("parcel"))
            if case is None:
                if await is_done(tx, clerk, typed.act, typed.kind, None):
                    return
                raise FilledWrong("Bưu gửi này không còn trong túi thư. Tải lại trang.", pointer="/parcel")
            subject = Subject("case", case)
    # Another bag's or parcel's version would say nothing here: what must still hold, the act itself says.
    await write(entrance, clerk, FromDesk(id=typed.act, subject=subject, kind=typed.kind, base=0, body=body))


def _case_of(about: BagAbout, parcel: UUID) -> UUID | None:
    return next((one.case_id for one in about.parcels if one.parcel_id == parcel), None)


async def _list(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    units = await office_queries.units_on(tx, local_date(entrance_of(request).clock()))
    own = clerk.units(*BAGGING)
    [form] = redrawn([forms.open_bag(clerk, units)], typed)
    bags = await bag_queries.bags_of(tx, sorted(own), MOST)
    return await desk_page(
        request,
        clerk,
        tx,
        "bags.html",
        bags=bags,
        own=own,
        names={one.id: one.name for one in units},
        form=form,
        refused=refused,
    )


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    about: BagAbout,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    drawn = redrawn(list(forms.forms(about, clerk)), typed)
    return await desk_page(
        request,
        clerk,
        tx,
        "bag.html",
        **await _named(request, tx, about),
        scan=next((form for form in drawn if form.kind in SCANNED), None),
        forms=[form for form in drawn if form.main and form.kind not in SCANNED],
        others=[form for form in drawn if not form.main],
        refused=refused,
        typed=typed,
    )


async def _named(request: Request[Any, Any, Any], tx: Transaction, about: BagAbout) -> dict[str, Any]:
    """The bag with the names of offices and people that stand on it."""
    bag = about.bag
    units = await office_queries.units_on(tx, local_date(entrance_of(request).clock()))
    people = {bag.received_by, bag.giver_signed_by, bag.receiver_signed_by, bag.settled_by} - {None}
    return {
        "about": about,
        "bag": bag,
        "names": {one.id: one.name for one in units},
        "people": await office_queries.people_named(tx, [one for one in people if one is not None]),
    }
