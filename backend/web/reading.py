"""What a desk is shown, read once per page: own cases under row-level security, what waits under the services."""

from collections.abc import AsyncGenerator, Mapping, Sequence, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec.structs import asdict, replace

from backend.clock import local_date
from backend.database import Database, Transaction
from backend.documents import stages
from backend.dossiers.errors import CaseNotFound
from backend.dossiers.service import WAY
from backend.dossiers.tokens import live_token
from backend.keys import KeyRing, Purpose
from backend.parcels import service as parcels
from backend.parcels.codes import item_number
from backend.parcels.model import MOST_SETS
from backend.procedures import service as procedures
from backend.staff import competence
from backend.staff.model import Clerk, Reach, Role
from backend.text import folded
from backend.units import service as units
from backend.units.errors import NoSameLevelPost, NoSuchUnit
from backend.units.model import UnitId
from backend.visits.lists import UNPAID
from backend.web import (
    alike_queries,
    digitising_queries,
    digitising_views,
    incident_queries,
    label_queries,
    money_queries,
    notice_queries,
    office_queries,
    people_queries,
    queries,
    run_sheet_queries,
    slip_queries,
    talk_queries,
    urging_queries,
    visit_queries,
)
from backend.web.digitising_views import Digitised
from backend.web.forms.situation import DAYS_AHEAD, MATCHING, Offices, Situation
from backend.web.on_paper import with_what_they_tell
from backend.web.proposals import with_proposals
from backend.web.published import COMPLETE
from backend.web.views import CaseView, Scope

READERS = (
    Role.DISPATCHER,
    Role.COUNTER_CLERK,
    Role.POST_EMPLOYEE_AT_ONE_STOP,
    Role.HEAD_OF_POST,
    Role.ONE_STOP_OFFICER,
    Role.APPROVER,
    Role.OPERATOR,
    Role.SUPERVISOR,
)
"""Who works on cases at a desk. A courier has the phone; cashier, procedure owner and administrator need no names."""
LONGEST_LIST = 50
_LABEL_LENGTH = 108
_ITEM_LENGTH = len(item_number(0))


@dataclass(frozen=True)
class Desks:
    """The databases of the desks. `own`: sees rows of the units it names; `province`: sees all, changes nothing.

    `forward_within`: how long a registration may wait for the post to acknowledge it.
    """

    own: Database
    province: Database
    forward_within: timedelta

    async def close(self) -> None:
        await self.own.close()
        await self.province.close()

    @asynccontextmanager
    async def reading(self, clerk: Clerk) -> AsyncGenerator[Transaction]:
        """A transaction that sees what the clerk may see."""
        scope = scope_of(clerk)
        opened = self.province.transaction() if scope.everywhere else self.own.transaction(units=scope.units)
        async with opened as tx:
            yield tx


def scope_of(clerk: Clerk) -> Scope:
    """Own cases: those of the units where the clerk works on cases. All, for who supervises the province."""
    return Scope(sorted(clerk.units(*READERS)), everywhere=clerk.reach is Reach.PROVINCE)


async def search(tx: Transaction, scope: Scope, text: str, limit: int) -> list[UUID]:
    """A label or S10 number as scanned, somebody's number, a dossier code or its end, a name without tone marks."""
    text = text.strip()
    await queries.plan_each_search(tx)
    if len(text) in (_LABEL_LENGTH, _ITEM_LENGTH) and (found := await queries.find_by_label(tx, scope, scanned=text)):
        return found[:limit]
    if any(letter.isdigit() for letter in text):
        number = text.replace(" ", "").upper()
        if found := await queries.find_by_number(tx, scope, number=number, limit=limit):
            return found
        return await queries.find_by_code(tx, scope, code=text, limit=limit)
    return await queries.find_by_name(tx, scope, folded=folded(text), limit=limit)


async def view(tx: Transaction, services: Transaction, clerk: Clerk, case: UUID) -> CaseView:
    """Raises CaseNotFound alike for a case that is not there and one that is not the clerk's."""
    if not await queries.may_see(tx, scope_of(clerk), case):
        raise CaseNotFound("Không có hồ sơ này. Kiểm tra lại mã.")
    [shown] = await views(tx, services, [case])
    return replace(
        shown,
        taken_in=await slip_queries.visits_with_a_slip(services, case),
        people=await people_queries.people_of(tx, case),
        alike=await alike_queries.alike(tx, scope_of(clerk), case, WAY),
        merged_from=await alike_queries.merged_into(tx, case),
        lines_on_paper=await with_what_they_tell(services, await run_sheet_queries.lines_of(tx, case)),
    )


async def digitised(tx: Transaction, case: CaseView) -> Digitised:
    """How far the dossier has been made digital. `tx`: sees what the clerk may see."""
    post = await digitising_queries.find_post(tx, case.case_id) or case.handling_unit
    return digitising_views.digitised(
        case,
        post,
        await stages.known(tx, [post]),
        await digitising_queries.photographed(tx, case.case_id),
        await digitising_queries.components_of(tx, case.case_id),
    )


async def views(tx: Transaction, services: Transaction, cases: Sequence[UUID]) -> list[CaseView]:
    """In the order asked for. Seventeen statements, whatever their number. `cases`: found under the clerk's scope."""
    rows = {row.case_id: row for row in await queries.case_rows(tx, cases)}
    parties = await queries.parties_of(tx, cases)
    papers = await queries.papers_of(tx, cases)
    parcels = await queries.parcels_of(tx, cases)
    charges = await money_queries.charges_of(tx, cases)
    slips = await money_queries.slips_of(tx, cases)
    payments = await money_queries.payments_of(tx, cases)
    refunds = await money_queries.refunds_of(tx, cases)
    visits = await visit_queries.visits_of(tx, cases)
    registrations = await visit_queries.registrations_of(tx, cases)
    offers = await queries.open_offers(tx, cases)
    exceptions = await queries.exceptions_of(tx, cases)
    reviews = await with_proposals(services, await office_queries.waiting_of_cases(services, cases))
    duties = await notice_queries.duties_of(tx, cases)
    questions = await talk_queries.questions_of(tx, cases)
    urgings = await urging_queries.urgings_of(tx, cases)
    incidents = await incident_queries.on_cases(tx, cases)
    return [
        CaseView(
            **asdict(rows[case]),
            parties=[one for one in parties if one.case_id == case],
            papers=[one for one in papers if one.case_id == case],
            parcels=[one for one in parcels if one.case_id == case],
            charges=[one for one in charges if one.case_id == case],
            slips=[one for one in slips if one.case_id == case],
            payments=[one for one in payments if one.case_id == case],
            refunds=[one for one in refunds if one.case_id == case],
            visits=[one for one in visits if one.case_id == case],
            registrations=[one for one in registrations if one.case_id == case],
            offers=[one for one in offers if one.case_id == case],
            exceptions=[one for one in exceptions if one.case_id == case],
            reviews=[one for one in reviews if one.case_id == case],
            duties=[one for one in duties if one.case_id == case],
            questions=[one for one in questions if one.case_id == case],
            urgings=[one for one in urgings if one.case_id == case],
            incidents=[one for one in incidents if one.case_id == case],
        )
        for case in cases
        if case in rows
    ]


async def situations(tx: Transaction, clerk: Clerk, cases: Sequence[CaseView], at: datetime) -> list[Situation]:
    """The cases before the clerk, with the offices they concern."""
    concerned = {unit for case in cases for unit in case.units}
    registrations = [one for case in cases for one in case.registrations]
    registering = {one.unit_id: local_date(one.registered_at) for one in registrations if one.forwarded_at is None}
    found = await offices(tx, concerned, registering, at, named={one.unit_id for one in registrations})
    wanted = sorted({(case.procedure, case.regime_on) for case in cases})
    versions = await procedures.find_versions(tx, wanted)
    communes = [(one.code, one.name) for one in await units.communes_on(tx, found.today)] if len(cases) == 1 else []
    matching = sorted(clerk.units(*MATCHING) & {case.handling_unit for case in cases})
    complete = [case.case_id for case in cases if case.check_result in COMPLETE]
    reached = await parcels.reached_agency(tx, complete) if complete else {}
    coming = await money_queries.unmatched(tx, matching, LONGEST_LIST) if matching else []
    begun = {case.case_id: [one.visit_id for one in case.visits if one.state == "arrived"] for case in cases}
    served = sorted({case.handling_unit for case in cases if begun[case.case_id]})
    visits = sorted({visit for found in begun.values() for visit in found})
    owing = await money_queries.household_charges(tx, visits, UNPAID) if served else []
    payees = await money_queries.payees_of(tx, served, found.today) if served else {}
    carried = await label_queries.in_hand(tx, clerk.person_id, MOST_SETS) if served else {}
    return [
        Situation(
            case=case,
            clerk=clerk,
            offices=found,
            version=versions.get((case.procedure, case.regime_on)),
            reached=reached.get(case.case_id),
            communes=communes,
            payee=payees.get(case.handling_unit),
            household=[one for one in owing if one.visit_id in begun[case.case_id] and one.case_id != case.case_id],
            label_sets=carried,
            unmatched=[one for one in coming if one.unit_id == case.handling_unit],
        )
        for case in cases
    ]


async def offices(
    tx: Transaction,
    concerned: set[UUID],
    registering: Mapping[UUID, date],
    at: datetime,
    *,
    named: Set[UUID] = frozenset(),
) -> Offices:
    """`concerned`: whose people, hours and seats are needed. `registering`: whose post of the same level is, as it was
    on which day. `named`: whose name is."""
    today = local_date(at)
    lines = {unit.id: unit for unit in await office_queries.units_on(tx, today)}
    same_level = await _same_level(tx, registering)
    gone = sorted({*concerned, *named, *same_level.values()} - lines.keys())
    people = await office_queries.colleagues(tx, sorted(concerned), today)
    couriers = {one.person_id for one in people if one.role == Role.COURIER}
    posts = sorted(unit for unit in concerned if unit in lines and lines[unit].kind in ("post", "province_post"))
    return Offices(
        at=at,
        units=lines,
        colleagues=people,
        hours=await units.get_hours_of(tx, [UnitId(unit) for unit in sorted(concerned)], today),
        promised=await visit_queries.promised(tx, posts, today, today + timedelta(days=DAYS_AHEAD)),
        same_level=same_level,
        competence=await competence.known(tx, posts, sorted(couriers)),
        former=await office_queries.former_names(tx, gone) if gone else {},
    )


async def _same_level(tx: Transaction, registering: Mapping[UUID, date]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for unit, on in sorted(registering.items()):
        try:
            found[unit] = (await units.get_same_level_post(tx, UnitId(unit), on)).id
        except (NoSameLevelPost, NoSuchUnit):
            continue
    return found


async def tracking_path(services: Transaction, ring: KeyRing, case: UUID) -> str | None:
    """The citizen's page: what a paper or a message may show. None when every link was taken back."""
    found = live_token(ring.all(Purpose.TRACKING), case, await office_queries.live_tokens(services, case))
    return None if found is None else f"/t/{found}"
