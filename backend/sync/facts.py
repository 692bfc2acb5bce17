"""The facts of the rule table, computed when a guard asks. What is not computed here takes its usual value.

Every fact is a boolean, one of its enum's values or a 32-bit integer: dates, texts and money become those here.
"""

from typing import Any

from backend.acts import rules
from backend.acts.model import OpenedException, Source
from backend.dossiers.model import Channel
from backend.fees.payment_model import OPEN, Refund
from backend.notices.model import Duty
from backend.parcels.bag_model import OfferBag
from backend.parcels.model import HandOver, Holder, HolderKind, Offer, Paper, Parcel
from backend.questions.urging_model import Urging, answering
from backend.staff.model import Post, Role
from backend.sync.bag_facts import OF_BAGS, bag_of
from backend.sync.consent_facts import OF_CONSENTS
from backend.sync.day_facts import OF_DAYS
from backend.sync.incident_facts import (
    OF_INCIDENTS,
    incidents_open,
    receiving_unit,
)
from backend.sync.money_facts import OF_TRANSFERS
from backend.sync.original_facts import OF_ORIGINALS
from backend.sync.party_facts import OF_PARTIES
from backend.sync.result_facts import OF_RESULTS
from backend.sync.return_facts import OF_RETURNS
from backend.sync.second_person import OF_PEOPLE
from backend.sync.sheet import Fact, Facts, FactSheet
from backend.sync.signature_facts import OF_SIGNATURES
from backend.sync.window_facts import OF_WINDOWS
from backend.units.errors import NoSuchUnit

GROUNDS_TO_CANCEL = frozenset({"citizen_asked", "unreachable", "mistake"})


def forward_due(sheet: FactSheet) -> Fact:
    return sheet.body.channel in (Channel.HOTLINE, Channel.ONE_STOP)


def exception_open(sheet: FactSheet) -> Fact:
    return any(row.cleared_at is None for row in sheet.do.world.of_case(OpenedException, sheet.do.subject))


def same_level(sheet: FactSheet) -> Fact:
    return sheet.do.world.knows("same_level", sheet.do.act.key)


def on_the_spot(sheet: FactSheet) -> Fact:
    return sheet.do.act.source is Source.DEVICE


def live_registration(sheet: FactSheet) -> Fact:
    return sheet.do.world.knows("live_dossier", getattr(sheet.body, "dossier_code", None))


def dossier_closed(sheet: FactSheet) -> Fact:
    return sheet.do.world.knows("closed_dossier", getattr(sheet.body, "dossier_code", None))


def agency_confirmed(sheet: FactSheet) -> Fact:
    return sheet.do.case.agency_confirmed


def papers_held(sheet: FactSheet) -> Fact:
    return sum(paper.holder_kind is not HolderKind.CITIZEN for paper in sheet.papers())


def papers_at_agency(sheet: FactSheet) -> Fact:
    return sum(paper.holder_kind is HolderKind.UNIT for paper in sheet.papers())


def grounds_to_cancel(sheet: FactSheet) -> Fact:
    return getattr(sheet.body, "reason", None) in GROUNDS_TO_CANCEL


def visit_purpose(sheet: FactSheet) -> Fact:
    if (purpose := getattr(sheet.body, "purpose", None)) is not None:
        return purpose
    visit = sheet.visit()
    return visit.purpose if visit is not None else "collect"


def open_duties(sheet: FactSheet) -> Fact:
    unsettled = sum(charge.wants_money for charge in sheet.charges())
    on_the_road = sum(
        paper.holder_kind is HolderKind.COURIER for paper in sheet.do.world.of_case(Paper, sheet.do.subject)
    )
    owed_back = sum(refund.state in OPEN for refund in sheet.do.world.of_case(Refund, sheet.do.subject))
    untold = sum(duty.state == "open" for duty in sheet.do.world.of_case(Duty, sheet.do.subject))
    return unsettled + on_the_road + owed_back + untold + incidents_open(sheet) + int(bool(exception_open(sheet)))


def failure_next(sheet: FactSheet) -> Fact:
    return rules.failure_next(sheet.body.reason)


def carries_result(sheet: FactSheet) -> Fact:
    return any(paper.is_result for paper in sheet.moving())


def receiver(sheet: FactSheet) -> Fact:
    """Raises NoSuchUnit where somebody receives for an office that is none on that day."""
    unit, known = receiving_unit(sheet.body, sheet.do.act.source), sheet.do.world.unit_kinds
    if unit is None:
        return "courier"
    if unit not in known and not isinstance(sheet.body, Offer):
        raise NoSuchUnit("Không có đơn vị này vào ngày đó. Tải lại trang rồi chọn lại đơn vị nhận.")
    return known.get(unit, "post")


def parcels_unopened(sheet: FactSheet) -> Fact:
    results = {paper.parcel_id for paper in sheet.do.world.of_case(Paper, sheet.do.subject) if paper.is_result}
    return sum(
        parcel.state in ("sealed", "offered", "bagged") and parcel.parcel_id not in results
        for parcel in sheet.do.world.of_case(Parcel, sheet.do.subject)
    )


def delegated(sheet: FactSheet) -> Fact:
    case = sheet.do.case
    return any(
        post.unit_id in (case.competent_unit, case.supporting_unit) and post.role in ("one_stop_officer", "approver")
        for post in sheet.posts
    )


def of_competent_agency(sheet: FactSheet) -> Fact:
    """Registering for any unit's dossier is free to all; that it is real and fits only the agency knows (row 20)."""
    act, agency = sheet.do.act, sheet.do.case.competent_unit
    return act.source in (Source.WEBHOOK, Source.TIMER) or Post(Role.ONE_STOP_OFFICER, agency) in sheet.posts


def of_urged_unit(sheet: FactSheet) -> Fact:
    """What one answers for elsewhere gives no right here."""
    row: Any = _thing(sheet)
    if not isinstance(row, Urging):
        return True
    owing = answering(row, sheet.do.case)
    return any(post.unit_id in owing and post.role in ANSWERING for post in sheet.posts)


ANSWERING = (Role.HEAD_OF_POST, Role.ONE_STOP_OFFICER)
"""Who answers for a unit that is urged."""


def identity_checked(sheet: FactSheet) -> Fact:
    row = sheet.case_visit()
    return row is not None and row.identity_checked


def visit_ended(sheet: FactSheet) -> Fact:
    row = sheet.case_visit()
    return row is not None and row.has_ended


def slip_signed(sheet: FactSheet) -> Fact:
    row = sheet.case_visit()
    return row is None or row.slip_signed or not row.changed_hands


def in_review(sheet: FactSheet) -> Fact:
    """Known of what a desk is shown, and of what asks for it itself."""
    return any(sheet.do.world.knows("in_review", about) for about in (sheet.do.subject, sheet.do.act.key))


def visit_shared(sheet: FactSheet) -> Fact:
    return any(row.outcome is None for row in sheet.others_in_visit())


def visit_outcome(sheet: FactSheet) -> Fact:
    own = getattr(sheet.body, "outcome", "failed")
    others = {row.outcome for row in sheet.others_in_visit() if row.outcome is not None}
    return own if others <= {own} else "partly"


def visit_papers_unsealed(sheet: FactSheet) -> Fact:
    return sum(paper.parcel_id is None for paper in (*sheet.with_courier(), *sheet.at_the_counter()))


def visit_papers_kept(sheet: FactSheet) -> Fact:
    return len(sheet.with_courier()) + len(sheet.at_the_counter())


def received_ahead(sheet: FactSheet) -> Fact:
    if isinstance(sheet.body, OfferBag):
        bag = bag_of(sheet)
        return bag is not None and bag.received_at is not None
    offer = sheet.do.world.get(HandOver, sheet.do.subject, getattr(sheet.body, "offer_id", None))
    if offer is not None:
        return offer.received_at is not None
    row: Any = _thing(sheet)
    late = sheet.do.act.by_courier and sheet.do.act.envelope.kind in AT_THE_DOOR
    return late and row is not None and row.holder_kind is HolderKind.UNIT


AT_THE_DOOR = frozenset({"take_papers", "seal"})
"""Acts of a phone after which a thing is with the courier, unless the receiver's half came first."""


def holder_is_actor(sheet: FactSheet) -> Fact:
    row: Any = _thing(sheet)
    return row is not None and sheet.do.is_in_hands(Holder(row.holder_kind, row.holder))


def _thing(sheet: FactSheet) -> Any:
    return sheet.do.world.get(sheet.thing.kind, *sheet.thing.key) if sheet.thing is not None else None


def parcel_opened_for(sheet: FactSheet) -> Fact:
    row: Any = _thing(sheet)
    lies_in = getattr(row, "parcel_id", None)
    if lies_in is None or lies_in in getattr(sheet.body, "parcel_ids", ()):
        return "none"
    return "this" if row.paper_id in sheet.body.paper_ids else "another"


def label_genuine(sheet: FactSheet) -> Fact:
    return sheet.do.world.labelled(sheet.body.label) is not None


def label_on_parcel(sheet: FactSheet) -> Fact:
    label_set: Any = _thing(sheet)
    parcel = sheet.do.world.get(Parcel, sheet.do.subject, sheet.body.parcel_id)
    return label_set is not None and parcel is not None and label_set.label == parcel.label


def cash_whole(sheet: FactSheet) -> Fact:
    owed = {charge.charge_id: charge.amount for charge in sheet.charges()}
    return sum(
        line.amount for line in sheet.body.lines
    ) == sheet.body.total == sheet.body.tendered - sheet.body.change and all(
        owed.get(line.charge_id) == line.amount for line in sheet.body.lines
    )


def slip_known(sheet: FactSheet) -> Fact:
    return sheet.do.world.knows("slip", (sheet.do.act.envelope.made_by, sheet.body.slip_number))


FACTS: Facts = {
    "forward_due": forward_due,
    "exception_open": exception_open,
    "same_level": same_level,
    "on_the_spot": on_the_spot,
    "live_registration": live_registration,
    "dossier_closed": dossier_closed,
    "agency_confirmed": agency_confirmed,
    "papers_held": papers_held,
    "papers_at_agency": papers_at_agency,
    "grounds_to_cancel": grounds_to_cancel,
    "visit_purpose": visit_purpose,
    "call_outcome": lambda sheet: sheet.body.outcome,
    "window_agreed": lambda sheet: sheet.body.agreed,
    "open_duties": open_duties,
    "failure_next": failure_next,
    "carries_result": carries_result,
    "receiver": receiver,
    "parcels_unopened": parcels_unopened,
    "delegated": delegated,
    "of_competent_agency": of_competent_agency,
    "of_urged_unit": of_urged_unit,
    "check_result": lambda sheet: sheet.body.result,
    **OF_PEOPLE,
    "call_back_answer": lambda sheet: sheet.body.answer,
    "portal_status": lambda sheet: sheet.body.status,
    "check_passed": lambda sheet: sheet.do.case.check_result == "passed",
    "check_waived": lambda sheet: sheet.do.case.check_result == "waived",
    "identity_checked": identity_checked,
    "charges_due_at_return": lambda sheet: sum(
        charge.due_at == "return" and charge.wants_money for charge in sheet.charges()
    ),
    "in_review": in_review,
    "visit_shared": visit_shared,
    "visit_outcome": visit_outcome,
    "visit_papers_unsealed": visit_papers_unsealed,
    "visit_ended": visit_ended,
    "slip_signed": slip_signed,
    "visit_papers_kept": visit_papers_kept,
    "received_ahead": received_ahead,
    "holder_is_actor": holder_is_actor,
    "parcel_opened_for": parcel_opened_for,
    "label_genuine": label_genuine,
    "label_on_parcel": label_on_parcel,
    "cash_whole": cash_whole,
    "slip_known": slip_known,
    **OF_TRANSFERS,
    **OF_PARTIES,
    **OF_SIGNATURES,
    **OF_CONSENTS,
    **OF_WINDOWS,
    **OF_ORIGINALS,
    **OF_BAGS,
    **OF_RESULTS,
    **OF_RETURNS,
    **OF_DAYS,
    **OF_INCIDENTS,
}
