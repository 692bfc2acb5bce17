"""Which stage of making dossiers digital the post does and which the office, and the record of the data handed over
between them (row 5)."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter
from litestar.response import Redirect

from backend.clock import local_date
from backend.database import Transaction
from backend.documents import stages
from backend.documents.stage_model import Stage
from backend.dossiers.errors import CaseNotFound
from backend.errors import Refusal
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk, Role
from backend.units.model import POSTS
from backend.web import listing, office_queries, reading
from backend.web.choosing import FIELD, LONGEST, chosen, offices_of, procedure_meant, procedures_offered
from backend.web.desk_api import desks_of
from backend.web.drawing import Typed, desk_page, redrawn, shell
from backend.web.forms import digitising
from backend.web.forms.field import Filled
from backend.web.forms.party_fields import read_day
from backend.web.office_views import UnitLine
from backend.web.pages import HANDLERS, page
from backend.web.reading import READERS

PATH = "/desk/digitisation"


class Digitising(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*stages.ASSIGNING)]  # noqa: RUF012

    @get(operation_id="digitisingPage")
    async def shown(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> Response[str]:
        posts = await _posts(request, clerk, tx)
        return await _page(request, clerk, tx, chosen(posts, unit), posts)

    @post(operation_id="assignStageByForm", status_code=200)
    async def assign(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        unit: Annotated[UUID | None, QueryParameter()] = None,
    ) -> Response[Any]:
        typed = Typed.of(await request.form())
        posts = await _posts(request, clerk, tx)
        here = chosen(posts, unit)
        try:
            async with tx.savepoint():
                await _assign(request, clerk, tx, here.id, typed)
        except Refusal as refused:
            return await _page(request, clerk, tx, here, posts, typed=typed, refused=refused)
        return Redirect(f"{PATH}?unit={here.id}&done={typed.kind}", status_code=303)


class DigitisedRecords(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/{case_id:uuid}/digitisation/{stage:str}", operation_id="digitisedRecord", guards=[Desk(*READERS)])
    async def record(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        stage: Annotated[Stage, PathParameter()],
    ) -> Response[str]:
        """To be printed: what was made by who did the stage before. Raises CaseNotFound, also where nothing is handed
        over before that stage."""
        entrance = entrance_of(request)
        async with desks_of(request).reading(clerk) as own:
            case = await reading.view(own, tx, clerk, case_id)
            about = await reading.digitised(own, case)
            if (parties := about.handed_over(stage)) is None:
                raise CaseNotFound("Trước công đoạn này không có bàn giao dữ liệu. Mở hồ sơ để xem các công đoạn.")
            seen, told = await listing.seen(own, clerk, case, entrance.clock())
        return page(
            request,
            "digitised_record.html",
            **await shell(request, clerk, tx),
            case=case,
            about=about,
            giver=parties[0],
            receiver=parties[1],
            told=told,
            offices=seen.offices,
            components=seen.components,
            said=digitising,
        )


async def _assign(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, unit: UUID, typed: Typed) -> None:
    """Raises Refusal."""
    at, filled = entrance_of(request).clock(), Filled(typed.values)
    named = filled.maybe(FIELD, longest=LONGEST) is not None
    since = read_day(filled.text("since", longest=20), "since")
    procedure = await procedure_meant(tx, filled, since) if named else None
    new = digitising.assigned(typed.kind, filled, typed.act, unit, procedure, since, clerk.person_id, at)
    await stages.assign(tx, clerk.posts, unit, new)


async def _posts(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> list[UnitLine]:
    """The own one for its head, all for the supervisor."""
    today, also = local_date(entrance_of(request).clock()), POSTS if clerk.holds(Role.SUPERVISOR) else ()
    return await offices_of(tx, clerk.units(Role.HEAD_OF_POST), today, also=also)


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    here: UnitLine,
    posts: list[UnitLine],
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    today = local_date(entrance_of(request).clock())
    known = await stages.known(tx, [here.id])
    about = digitising.PostStages(unit=here.id, today=today, known=known)
    drawn = redrawn([digitising.assign_stage(about, await procedures_offered(tx, [], today))], typed)
    by = {one.set_by for one in known.known if one.set_by is not None}
    return await desk_page(
        request,
        clerk,
        tx,
        "digitising.html",
        unit=here,
        posts_known=posts,
        about=about,
        names=await office_queries.people_named(tx, sorted(by)),
        forms=drawn,
        said=digitising,
        refused=refused,
        typed=typed,
    )
