"""The pages of a desk: my unit today, one case with what is next, what waits for a person."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter
from litestar.response import Redirect

from backend.acts.envelope import Subject
from backend.acts.rules import current, load
from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Invalid, Refusal
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk, Role
from backend.web import (
    incident_words,
    listing,
    notice_queries,
    office_queries,
    pictures,
    procedure_words,
    queries,
    reading,
    run_sheet_queries,
)
from backend.web.desk_api import LONGEST_REVIEW, desks_of
from backend.web.drawing import CALLERS, Typed, desk_page, redrawn, shell
from backend.web.forms import digitising, skill
from backend.web.forms.ending import CLASSES
from backend.web.forms.field import Filled, Written
from backend.web.forms.rekeying import TYPING, open_visits
from backend.web.forms.reviewing import cleared, clearing, may_sign, signature, signed
from backend.web.forms.signing import MEANS
from backend.web.forms.table import KINDS
from backend.web.gallery import VIEWERS
from backend.web.pages import HANDLERS, page
from backend.web.proposals import with_notes, with_proposals
from backend.web.reading import LONGEST_LIST, READERS, scope_of
from backend.web.talking import with_calls
from backend.web.visit_views import trips_of
from backend.web.writing import FromDesk, is_done, once, write, write_proved, write_together


class NoSuchForm(Invalid):
    """Biểu mẫu này không đọc được."""


class DeskPages(Controller):
    path = "/desk"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="deskPage", guards=[Desk()])
    async def today(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        """My unit, today. Who works on no cases gets the links that are theirs."""
        at = entrance_of(request).clock()
        text, state = (request.query_params.get(name, "")[:200] for name in ("q", "state"))
        found, counts, waiting = listing.Found([], more=False), dict[str, int](), 0
        asked, alike = ("asked" in request.query_params, "alike" in request.query_params)
        if clerk.holds(*READERS):
            desks = desks_of(request)
            async with desks.reading(clerk) as own:
                found = await listing.found(
                    own,
                    tx,
                    clerk,
                    at,
                    forward_within=desks.forward_within,
                    state=state or None,
                    text=text,
                    asked=asked,
                    alike=alike,
                )
                counts = await listing.counted(own, scope_of(clerk))
                waiting = len(await listing.asked_about(own, clerk))
        return page(
            request,
            "desk.html",
            **await shell(request, clerk, tx),
            found=found,
            counts={code: _said(count) for code, count in counts.items()},
            total=_said(sum(counts.values())),
            reads=clerk.holds(*READERS),
            today=local_date(at),
            waiting=waiting if waiting <= LONGEST_LIST else f"{LONGEST_LIST}+",
            asked=asked,
            alike=alike,
            merges=clerk.holds(*(Role(role) for role in load(current()).act("merge").roles)),
            q=text,
            state=state,
            done="done" in request.query_params,
        )

    @get("/cases/{case_id:uuid}", operation_id="casePage", guards=[Desk(*READERS)])
    async def case(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        return await _case_page(request, clerk, tx, case_id)

    @post(
        "/cases/{case_id:uuid}",
        operation_id="actByForm",
        guards=[Desk(*READERS)],
        status_code=200,
        request_max_body_size=pictures.MOST_BYTES,
    )
    async def act(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> Response[Any]:
        """Writes the act of one form. What is refused is shown on the page, with what was typed still there."""
        typed, refused = await posted(request, clerk, tx, case_id)
        if refused is not None:
            return await _case_page(request, clerk, tx, case_id, typed=typed, refused=refused)
        return Redirect(f"/desk/cases/{case_id}?done={typed.kind}", status_code=303)

    @get("/review", operation_id="reviewPage", guards=[Desk(*listing.REVIEWERS)])
    async def review(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _review_page(request, clerk, tx)

    @post("/review", operation_id="countersignByForm", guards=[Desk(*listing.REVIEWERS)], status_code=200)
    async def countersign(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[Any]:
        """The second person signs straight from the list: cashier and administrator see no case. So is cleared what
        opened on a day, a bag or an incident, which have no page of a case."""
        typed = Typed.of(await request.form())
        try:
            await write(entrance_of(request), clerk, _decided(typed))
        except Refusal as refused:
            return await _review_page(request, clerk, tx, refused=refused)
        return Redirect(f"/desk/review?done={typed.kind}", status_code=303)


def _decided(typed: Typed) -> FromDesk:
    """Raises NoSuchForm, FilledWrong."""
    filled = Filled(typed.values)
    if typed.kind not in ("countersign_review", "clear_exception"):
        raise NoSuchForm("Tải lại trang rồi gửi lại biểu mẫu.")
    written = Written(signed(filled)) if typed.kind == "countersign_review" else cleared(filled)
    subject = Subject(filled.choice("on", load(current()).file.subjects), filled.id("subject"))
    return FromDesk(
        id=typed.act, subject=subject, kind=typed.kind, base=typed.base, body=written.body, personal=written.personal
    )


async def _review_page(
    request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, *, refused: Refusal | None = None
) -> Response[str]:
    scope = listing.review_scope(clerk)
    waiting = await with_proposals(tx, await office_queries.waiting(tx, scope, LONGEST_REVIEW))
    opened = await office_queries.exceptions(tx, scope, LONGEST_REVIEW)
    clears = clerk.holds(*(Role(role) for role in load(current()).act("clear_exception").roles))
    return await desk_page(
        request,
        clerk,
        tx,
        "review.html",
        waiting=waiting,
        exceptions=opened,
        clearings={one.exception_id: clearing(one) for one in opened if clears and one.subject_kind != "case"},
        lines=await run_sheet_queries.waiting(tx, scope, LONGEST_REVIEW),
        makers=await office_queries.makers_named(tx, [one.made_by for one in waiting]),
        signatures={
            (one.made_by, one.id): signature(one, one.proposal)
            for one in waiting
            if one.proposal is not None and may_sign(clerk, one, one.proposal)
        },
        reads=clerk.holds(*READERS),
        refused=refused,
    )


async def posted(
    request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, case: UUID
) -> tuple[Typed, Refusal | None]:
    """A form about a case, and why its act was not written. Raises CaseNotFound, as for a case that is not there, and
    FormBroken."""
    async with desks_of(request).reading(clerk) as own:
        await reading.view(own, tx, clerk, case)
    typed = Typed.of(await request.form())
    try:
        async with once(tx, clerk, typed.act, typed.kind, case):
            await _write(request, clerk, tx, case, typed)
    except Refusal as refused:
        return typed, refused
    return typed, None


async def _write(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, case: UUID, typed: Typed) -> None:
    """Raises Refusal. Reads the case first: the body of an act may name what hangs on it."""
    entrance = entrance_of(request)
    kind = KINDS.get(typed.kind)
    if kind is None:
        raise NoSuchForm("Tải lại trang rồi gửi lại biểu mẫu.")
    if await is_done(tx, clerk, typed.act, typed.kind, case):
        return
    await pictures.into(request, clerk, tx, typed)
    async with desks_of(request).reading(clerk) as own:
        shown = await reading.view(own, tx, clerk, case)
        [about] = await reading.situations(own, clerk, [shown], entrance.clock())
    written = kind.read(about, Filled(typed.values), typed.act)
    told = FromDesk(
        id=typed.act,
        subject=Subject("case", case),
        kind=typed.kind,
        base=typed.base,
        body=written.body,
        personal=written.personal,
    )
    if written.others:
        await write_together(entrance, clerk, told, written.others)
    else:
        await write_proved(request.app.state["guesses"], entrance, clerk, told)


async def _case_page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    case_id: UUID,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    entrance, desks = entrance_of(request), desks_of(request)
    async with desks.reading(clerk) as own:
        shown = await reading.view(own, tx, clerk, case_id)
        timeline = await with_calls(tx, entrance.ring, await queries.timeline(own, case_id))
        shown = await with_notes(tx, entrance.ring, shown, timeline)
        notices = await notice_queries.notices_of(own, case_id)
        digitised = await reading.digitised(own, shown) if shown.papers else None
        before = await listing.before(own, tx, clerk, shown, entrance.clock())
        holders = {one.holder for one in (*shown.papers, *shown.parcels) if one.holder_kind == "courier"}
        people = await office_queries.people_named(own, sorted(holders))
    about = before.about
    forms = redrawn(before.forms, typed, about)
    return await desk_page(
        request,
        clerk,
        tx,
        "case.html",
        case=shown,
        trips=trips_of(shown.visits),
        nobody_fits=skill.warning(about) if clerk.holds(*CALLERS) else None,
        overdue=listing.overdue(shown, entrance.clock(), desks.forward_within),
        forms=[form for form in forms if form.main],
        others=[form for form in forms if not form.main],
        timeline=sorted(timeline, key=lambda act: (act.occurred_at, act.n), reverse=True),
        after_gaps=await office_queries.after_gaps(tx, case_id),
        notices=notices,
        offices=about.offices,
        told=before.told,
        said=procedure_words,
        components=about.components,
        lines=about.lines,
        people=people,
        tracking=await reading.tracking_path(tx, entrance.ring, case_id),
        digitised=digitised,
        digitising=digitising,
        incident_words=incident_words,
        may_type=clerk.holds(*TYPING),
        may_see_pictures=clerk.holds(*VIEWERS),
        on_paper=open_visits(about),
        means=MEANS,
        receiving=CLASSES,
        refused=refused,
        typed=typed,
    )


def _said(count: int) -> str:
    """Cases are counted as far as anybody reads the number."""
    most = queries.MOST_COUNTED
    return str(count) if count <= most else f"{most:,}+".replace(",", ".")
