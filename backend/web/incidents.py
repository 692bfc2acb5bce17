"""Incidents (sự cố) at a desk: those that concern the clerk's offices, a page for each, its record to print."""

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
from backend.incidents import service as incidents
from backend.incidents.errors import IncidentUnknown
from backend.incidents.model import rule_of
from backend.staff.guards import Desk, entrance_of
from backend.staff.model import Clerk
from backend.web import incident_queries, incident_words, office_queries, reading
from backend.web.desk_api import desks_of
from backend.web.drawing import Typed, desk_page, incident_scope, redrawn, shell
from backend.web.forms import incidents as forms
from backend.web.forms.field import Filled
from backend.web.forms.incidents import REPORTING
from backend.web.forms.situation import Situation
from backend.web.identifying import scanned_parcel
from backend.web.incident_views import IncidentAbout
from backend.web.pages import HANDLERS, page
from backend.web.reading import READERS
from backend.web.words import COMPONENTS
from backend.web.writing import FromDesk, write

PATH = "/desk/incidents"
MOST = 200
"""Incidents on one page."""


class Incidents(Controller):
    path = PATH
    include_in_schema = False
    exception_handlers = HANDLERS
    guards = [Desk(*REPORTING)]  # noqa: RUF012

    @get(operation_id="incidentsPage")
    async def incidents(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[str]:
        return await _list(request, clerk, tx, await _case(request, clerk, tx))

    @post(operation_id="reportIncidentByForm", status_code=200)
    async def report(
        self, request: Request[Any, Any, Any], clerk: NamedDependency[Clerk], tx: NamedDependency[Transaction]
    ) -> Response[Any]:
        typed, about = Typed.of(await request.form()), await _case(request, clerk, tx)
        incident = derived("incident", typed.act.hex)
        try:
            filled = Filled(typed.values)
            touched = await _scanned(request, clerk, tx, filled)
            written = forms.reported(filled, about.case if about else None, touched)
            await _write(request, clerk, typed, incident, "report_incident", written)
        except Refusal as refused:
            return await _list(request, clerk, tx, about, typed=typed, refused=refused)
        return Redirect(f"{PATH}/{incident}?done=report_incident", status_code=303)

    @get("/{incident_id:uuid}", operation_id="incidentPage")
    async def incident(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        incident_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        return await _page(request, clerk, tx, await _about(clerk, tx, incident_id))

    @post("/{incident_id:uuid}", operation_id="incidentByForm", status_code=200)
    async def act(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        incident_id: Annotated[UUID, PathParameter()],
    ) -> Response[Any]:
        typed = Typed.of(await request.form())
        about = await _about(clerk, tx, incident_id)
        try:
            filled = Filled(typed.values)
            written = forms.written(typed.kind, filled, await _scanned(request, clerk, tx, filled))
            await _write(request, clerk, typed, incident_id, typed.kind, written)
        except Refusal as refused:
            return await _page(request, clerk, tx, about, typed=typed, refused=refused)
        return Redirect(f"{PATH}/{incident_id}?done={typed.kind}", status_code=303)

    @get("/{incident_id:uuid}/record", operation_id="incidentRecord")
    async def record(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        incident_id: Annotated[UUID, PathParameter()],
    ) -> Response[str]:
        """To be printed and signed: biên bản sự cố."""
        about = await _about(clerk, tx, incident_id)
        shown = {**await shell(request, clerk, tx), **await _named(request, tx, about)}
        return page(request, "incident_record.html", **shown)


async def _case(request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction) -> Situation | None:
    """Whose papers and parcels the report is about, if the page was opened from a case. Raises CaseNotFound."""
    asked = request.query_params.get("case")
    try:
        case = UUID(asked) if asked else None
    except ValueError:
        case = None
    if case is None or not clerk.holds(*READERS):
        return None
    async with desks_of(request).reading(clerk) as own:
        shown = await reading.view(own, tx, clerk, case)
        [about] = await reading.situations(own, clerk, [shown], entrance_of(request).clock())
    return about


async def _about(clerk: Clerk, tx: Transaction, incident_id: UUID) -> IncidentAbout:
    """Raises IncidentUnknown alike for one that is not there and one that concerns none of the clerk's offices."""
    found = await incident_queries.lines_of(tx, [incident_id])
    things = await incident_queries.things_of(tx, incident_id) if found else []
    rules = await incidents.compensation_rules(tx) if found else []
    scope = incident_scope(clerk)
    if found:
        about = IncidentAbout(incident=found[0], things=things, rule=rule_of(rules, local_date(found[0].happened_at)))
        if scope.everywhere or not about.offices.isdisjoint(scope.units):
            return about
    raise IncidentUnknown("Không có sự cố này ở đơn vị của ông/bà. Mở danh sách sự cố rồi chọn lại.")


async def _scanned(
    request: Request[Any, Any, Any], clerk: Clerk, tx: Transaction, filled: Filled
) -> tuple[UUID, UUID] | None:
    """(case, parcel). None where nothing was scanned. Raises FilledWrong."""
    text, entrance = filled.maybe("scanned", longest=300), entrance_of(request)
    return None if text is None else await scanned_parcel(tx, entrance.ring, clerk, text, entrance.clock())


async def _write(
    request: Request[Any, Any, Any], clerk: Clerk, typed: Typed, incident: UUID, kind: str, written: Any
) -> None:
    """Raises Refusal."""
    told = FromDesk(
        id=typed.act,
        subject=Subject("incident", incident),
        kind=kind,
        base=typed.base,
        body=written.body,
        personal=written.personal,
    )
    await write(entrance_of(request), clerk, told)


async def _list(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    about: Situation | None,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    units = await office_queries.units_on(tx, local_date(entrance_of(request).clock()))
    called = about.components if about is not None else COMPONENTS
    drawn = forms.report(clerk, units, about.case if about is not None else None, called)
    form = None if drawn is None else redrawn([drawn], typed)[0]
    scope = incident_scope(clerk)
    found = await incident_queries.incidents_of(tx, scope, MOST)
    return await desk_page(
        request,
        clerk,
        tx,
        "incidents.html",
        incidents=found,
        own=scope.units,
        said=incident_words,
        names={one.id: one.name for one in units},
        form=form,
        about=about,
        path=PATH if about is None else f"{PATH}?case={about.case.case_id}",
        refused=refused,
    )


async def _page(
    request: Request[Any, Any, Any],
    clerk: Clerk,
    tx: Transaction,
    about: IncidentAbout,
    *,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[str]:
    named = await _named(request, tx, about)
    drawn = redrawn(list(forms.forms(about, clerk, named["units"])), typed)
    return await desk_page(
        request,
        clerk,
        tx,
        "incident.html",
        **named,
        forms=[form for form in drawn if form.main],
        others=[form for form in drawn if not form.main],
        reads=clerk.holds(*READERS),
        is_party=forms.is_party(about, clerk),
        refused=refused,
        typed=typed,
    )


async def _named(request: Request[Any, Any, Any], tx: Transaction, about: IncidentAbout) -> dict[str, Any]:
    """The incident with the names of offices, people and papers that stand on it."""
    row = about.incident
    units = {one.id: one for one in await office_queries.units_on(tx, local_date(entrance_of(request).clock()))}
    holders = [one.holder for one in about.things if one.holder_kind == "courier"]
    people = {row.reported_by, row.taken_on_by, row.ended_by, row.last_holder, *row.people, *holders} - {None}
    return {
        "about": about,
        "incident": row,
        "units": units,
        "names": {unit.id: unit.name for unit in units.values()},
        "people": await office_queries.people_named(tx, sorted(one for one in people if one is not None)),
        "said": incident_words,
        "components": COMPONENTS,
    }
