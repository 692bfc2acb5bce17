"""What a desk is shown, and sent as JSON. Amounts in đồng, times in UTC. Pure: no I/O."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.web.figures import Figures
from backend.web.incident_views import IncidentOnCase
from backend.web.money_views import ChargeView, PaymentView, RefundView, SlipView
from backend.web.notice_views import DutyView
from backend.web.party_views import PartyView
from backend.web.people_views import PeopleView
from backend.web.run_sheet_views import LineView
from backend.web.talk_views import ActView, QuestionView
from backend.web.urging_views import UrgingView
from backend.web.visit_views import RegistrationView, Trips, VisitView


class Scope(msgspec.Struct, frozen=True):
    """Whose cases are asked for: those of the units, or of the whole province."""

    units: Sequence[UUID]
    everywhere: bool = False


class PaperView(msgspec.Struct, frozen=True, kw_only=True):
    """`holder`: a person, a unit, or the case itself for the citizen. `seen_by`: who looked at the original last
    without taking it; `pictures`: how many were taken of it."""

    case_id: UUID
    paper_id: UUID
    component: str
    form: str
    originals: int
    copies: int
    condition: str
    is_result: bool
    superseded: bool
    """A result that gave way to a corrected one."""
    goes_with: UUID | None
    """The case of the household with which the original itself goes."""
    state: str
    parcel_id: UUID | None
    holder_kind: str
    holder: UUID
    seen_by: UUID | None
    seen_by_name: str | None
    seen_at: datetime | None
    pictures: int


class ParcelView(msgspec.Struct, frozen=True, kw_only=True):
    """`number`, `item_number`: of its label set. `with_result`: a result is sealed in it."""

    case_id: UUID
    parcel_id: UUID
    label: str | None
    number: int | None
    item_number: str | None
    seal_number: str | None
    state: str
    with_result: bool
    holder_kind: str
    holder: UUID


class HandOverView(msgspec.Struct, frozen=True, kw_only=True):
    """A hand-over of which only the giver's half is here."""

    case_id: UUID
    offer_id: UUID
    parcel_ids: list[UUID]
    receiver: UUID | None


class ExceptionView(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that the rules would have refused; requests wait until somebody clears it. `subject_kind`: of what
    `case_id` names: a case, a courier's day, a bag, an incident, an office's stock."""

    case_id: UUID
    exception_id: UUID
    machine: str
    state: str
    reason: str
    opened_at: datetime
    subject_kind: str


class WaitingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A command that is held, behind or in review. `detail`: why, in words. `units`: whose case or day it is about.
    `after_gap`: the one its maker numbered before it never came."""

    made_by: UUID
    id: UUID
    standing: str
    kind: str | None
    reason: str | None
    subject_kind: str | None
    subject_id: UUID | None
    case_id: UUID | None
    received_at: datetime
    detail: str | None
    after_gap: bool
    units: list[UUID]


class ProposalView(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about money or custody that waits for a second person's signature.

    `made_by`, `id`: what `countersign_review` names. `case`: onto which the act would be put. `note`: only where one
    case is shown. `involved`: who cannot sign, because they decided or because it is their act.
    """

    made_by: UUID
    id: UUID
    decided_by: str
    decided_at: datetime
    resolution: str
    case: UUID | None
    reason: str
    note: str | None = None
    involved: list[UUID]


class WaitingView(WaitingRow, frozen=True, kw_only=True):
    """`needs_second`: what one person decides about it, a second one must countersign. `proposal`: has been decided."""

    needs_second: bool
    figures: Figures
    proposal: ProposalView | None


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """Another open case of the same procedure and name."""

    case_id: UUID
    state: str
    owner_name: str | None
    dossier_code: str | None
    channel: str
    opened_at: datetime


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case as the tables have it. `stage`: of the transfer scheme at its post on the case's day; None: not known."""

    case_id: UUID
    version: int
    state: str
    procedure: str
    channel: str
    model: str
    stage: str | None
    regime_on: date
    supporting_unit: UUID
    handling_unit: UUID
    competent_unit: UUID
    visit_commune: str | None
    agency_confirmed: bool
    check_result: str
    recipient_class: str | None
    owner_name: str | None
    owner_number: str | None
    phone: str | None
    address: str | None
    hamlet: str | None
    landmark: str | None
    access: str | None
    opened_at: datetime
    closed_at: datetime | None
    dossier_code: str | None
    portal_status: int | None
    receipt_received_at: datetime | None
    """Of the agency's receipt (Mẫu 01), once it is issued: when it had everything, the day promised, by whom."""
    receipt_due_on: date | None
    receipt_at: datetime | None
    receipt_by_name: str | None
    merged_into: UUID | None
    """The case that goes on in its place."""
    withdrawal_asked: bool
    result_way: str
    result_from: date | None
    """The day from which a changed house or way of receiving holds for the result."""
    email: str | None
    tell_by: str | None
    shared_phone: bool
    invitations: int
    """How often the recipient was asked to come for the result."""


class CaseView(CaseRow, frozen=True, kw_only=True):
    """A case with everything that hangs on it. `version` is what an act on it says as its `base`. `note`: other
    information the citizen gave, only where one case is shown."""

    parties: Sequence[PartyView]
    papers: Sequence[PaperView]
    parcels: Sequence[ParcelView]
    charges: Sequence[ChargeView]
    slips: Sequence[SlipView]
    payments: Sequence[PaymentView]
    refunds: Sequence[RefundView]
    visits: Sequence[VisitView]
    registrations: Sequence[RegistrationView]
    offers: Sequence[HandOverView]
    exceptions: Sequence[ExceptionView]
    reviews: Sequence[WaitingView]
    duties: Sequence[DutyView]
    questions: Sequence[QuestionView]
    urgings: Sequence[UrgingView]
    incidents: Sequence[IncidentOnCase]
    people: PeopleView = PeopleView()
    note: str | None = None
    alike: Sequence[Alike] = ()
    """Other open cases that may be the same matter, only where one case is shown."""
    merged_from: Sequence[UUID] = ()
    lines_on_paper: Sequence[LineView] = ()
    """Of run sheets, typed in, only where one case is shown."""
    taken_in: Sequence[UUID] = ()
    """Visits in which papers were taken, so that there is a slip; only where one case is shown."""

    @property
    def units(self) -> frozenset[UUID]:
        """Whose case it is."""
        return frozenset((self.supporting_unit, self.handling_unit, self.competent_unit))

    @property
    def live_visit(self) -> VisitView | None:
        """The one with an appointment that stands."""
        return next((visit for visit in self.visits if visit.live), None)


class NextAct(msgspec.Struct, frozen=True):
    """What the clerk may do now."""

    kind: str
    vi: str
    en: str


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """A case in a list. `overdue`: the post should have acknowledged its registration by now."""

    case_id: UUID
    state: str
    state_vi: str
    version: int
    owner_name: str | None
    dossier_code: str | None
    procedure: str
    channel: str
    model: str
    opened_at: datetime
    day: date | None
    time_window: str | None
    courier_name: str | None
    exceptions: int
    reviews: int
    incidents: int
    """Open ones that touch it: Có sự cố."""
    overdue: bool
    next: Sequence[NextAct]


class CaseList(msgspec.Struct, frozen=True):
    """`more`: there are others; search, or ask for a state."""

    cases: Sequence[CaseLine]
    more: bool


class CasePage(CaseView, frozen=True, kw_only=True):
    """`GET /api/desk/cases/{case_id}`. `trips`: of the citizen. `timeline`: in the order in which the acts took effect.
    `after_gaps`: commands whose predecessor never came, whatever became of them. `tracking`: path of the citizen's
    page. `overdue`: as in a list.

    `received_at`: when the agency had everything. `due_on`: None when nobody knows; `due_provisional`: only expected.
    """

    state_vi: str
    trips: Trips
    received_at: datetime | None
    due_on: date | None
    due_provisional: bool
    tracking: str | None
    overdue: bool
    timeline: Sequence[ActView]
    after_gaps: Sequence[WaitingRow]
    next: Sequence[NextAct]


class ReviewList(msgspec.Struct, frozen=True):
    """`GET /api/desk/review`: what waits for a person, oldest first."""

    items: Sequence[WaitingView]
    exceptions: Sequence[ExceptionView]
