"""The desk as JSON: what the pages show, and acts. A foreign case is not there; registering is free to all (row 18)."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import Body, PathParameter, QueryParameter
from msgspec.structs import asdict, replace

from backend.acts.envelope import Subject
from backend.acts.model import Answer
from backend.database import Transaction
from backend.staff import enrolment, lending
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import CODE_LASTS, Clerk
from backend.web import listing, office_queries, queries, reading
from backend.web.drawing import LENDERS, MAKERS
from backend.web.forms.field import Form
from backend.web.phone_codes import CodeMade
from backend.web.proposals import with_notes, with_proposals
from backend.web.reading import READERS, Desks
from backend.web.talking import with_calls
from backend.web.views import CaseList, CasePage, NextAct, ReviewList
from backend.web.visit_views import trips_of
from backend.web.words import state_words
from backend.web.writing import FromDesk, write_proved

MOST_BYTES = 64 * 1024
LONGEST_REVIEW = 500


class ActSent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/desk/acts`. `id`: made when the form was drawn. `base`: the version of the subject that was shown."""

    id: UUID
    subject: Subject
    kind: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]
    base: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 0
    body: dict[str, Any]
    personal: dict[str, Any] | None = None


class CodeAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For whose phone, at which unit."""

    person: UUID
    unit: UUID


def desks_of(request: Request[Any, Any, Any]) -> Desks:
    return request.app.state["desks"]


class DeskApi(Controller):
    """Cases, acts and what waits."""

    path = "/api/desk"
    tags = ("desk",)

    @get("/cases", operation_id="deskCases", guards=[Desk(*READERS)])
    async def cases(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        in_state: Annotated[str | None, QueryParameter(name="state", max_length=40)] = None,
        q: Annotated[str | None, QueryParameter(max_length=200)] = None,
        asked: Annotated[bool, QueryParameter()] = False,
        alike: Annotated[bool, QueryParameter()] = False,
    ) -> CaseList:
        """Own cases, the open and newest first. `q`: a label, an S10 number, a dossier code or its end, a name.
        `asked`: those of which the post waits for an answer of the clerk's agency, the longest first.
        `alike`: those that may be one matter, side by side."""
        desks, at = desks_of(request), entrance_of(request).clock()
        async with desks.reading(clerk) as own:
            found = await listing.found(
                own,
                tx,
                clerk,
                at,
                forward_within=desks.forward_within,
                state=in_state,
                text=q,
                asked=asked,
                alike=alike,
            )
        return CaseList(found.lines, more=found.more)

    @get("/cases/{case_id:uuid}", operation_id="deskCase", guards=[Desk(*READERS)])
    async def case(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
    ) -> CasePage:
        """Everything about a case, and what the clerk may do with it now. Raises CaseNotFound."""
        entrance, desks = entrance_of(request), desks_of(request)
        async with desks.reading(clerk) as own:
            shown = await reading.view(own, tx, clerk, case_id)
            timeline = await with_calls(tx, entrance.ring, await queries.timeline(own, case_id))
            shown = await with_notes(tx, entrance.ring, shown, timeline)
            before = await listing.before(own, tx, clerk, shown, entrance.clock())
        told = before.told
        return CasePage(
            **asdict(replace(shown, version=len(timeline))),
            state_vi=state_words(shown.state).vi,
            trips=trips_of(shown.visits),
            received_at=told.received_at,
            due_on=told.due.on if told.due is not None else None,
            due_provisional=told.due is None or told.due.provisional,
            tracking=await reading.tracking_path(tx, entrance.ring, case_id),
            overdue=listing.overdue(shown, entrance.clock(), desks.forward_within),
            timeline=timeline,
            after_gaps=await office_queries.after_gaps(tx, case_id),
            next=next_acts(before.forms),
        )

    @get("/review", operation_id="deskReview", guards=[Desk(*listing.REVIEWERS)])
    async def review(self, clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]) -> ReviewList:
        """What waits for a person, of own cases and own phones."""
        scope = listing.review_scope(clerk)
        return ReviewList(
            items=await with_proposals(tx, await office_queries.waiting(tx, scope, LONGEST_REVIEW)),
            exceptions=await office_queries.exceptions(tx, scope, LONGEST_REVIEW),
        )

    @post("/acts", operation_id="deskAct", guards=[Desk()], status_code=200, request_max_body_size=MOST_BYTES)
    async def act(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        data: Annotated[ActSent, Body()],
    ) -> Answer:
        """Takes effect or is refused; sent again, it has the same answer."""
        return await write_proved(request.app.state["guesses"], entrance_of(request), clerk, FromDesk(**asdict(data)))

    @post(
        "/enrolment-codes",
        operation_id="makeEnrolmentCode",
        guards=[Desk(*MAKERS)],
    )
    async def enrolment_code(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        data: Annotated[CodeAsked, Body()],
    ) -> CodeMade:
        """The text of the QR that lets one phone in, once."""
        at = entrance_of(request).clock()
        text = await enrolment.make_code(
            tx, posts=clerk.posts, made_by=clerk.person_id, person=data.person, unit=data.unit, at=at
        )
        return CodeMade(text=text, expires_at=at + CODE_LASTS)

    @post("/lending-codes", operation_id="makeLendingCode", guards=[Desk(*LENDERS)])
    async def lending_code(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        data: Annotated[CodeAsked, Body()],
    ) -> CodeMade:
        """Eight digits to read out: a spare phone of the office becomes this courier's for the rest of the day."""
        entrance = entrance_of(request)
        at = entrance.clock()
        text = await lending.make_code(
            tx, entrance.ring, posts=clerk.posts, made_by=clerk.person_id, person=data.person, unit=data.unit, at=at
        )
        return CodeMade(text=text, expires_at=at + CODE_LASTS)


def next_acts(forms: Sequence[Form]) -> list[NextAct]:
    """One of each kind."""
    return [NextAct(form.kind, form.title.vi, form.title.en) for form in {one.kind: one for one in forms}.values()]
