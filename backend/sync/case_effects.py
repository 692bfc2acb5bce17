"""What the acts on a case, its registration, appointment and dossier do to the rows."""

from uuid import UUID

from msgspec.structs import replace

from backend.acts.model import OpenedException, Source
from backend.appointments import service as appointments
from backend.appointments.model import Appointment, Book, CancelAppointment, ConfirmCall, MoveAppointment
from backend.dossiers import changes
from backend.dossiers import service as dossiers
from backend.dossiers.errors import NotToBeAsked
from backend.dossiers.model import (
    Case,
    Confirm,
    CrossCheck,
    Dossier,
    Erase,
    IssueReceipt,
    LogCall,
    ReportPortalStatus,
    Waive,
)
from backend.errors import NotFound
from backend.fees import service as fees
from backend.fees.model import Charge
from backend.incidents import service as incidents
from backend.incidents.model import IncidentThing
from backend.notices import service as notices
from backend.notices.model import Contact, ContactPersonal, FormerContact
from backend.questions import service as questions
from backend.questions.model import Question
from backend.questions.urging_model import Urging
from backend.registrations import service as registrations
from backend.registrations.errors import AlreadyRegistered, PersonalPartMissing, RegistrationNotFound
from backend.registrations.model import AcknowledgeForward, Forward, Register, RegisterPersonal, Registration
from backend.signatures.model import Reading
from backend.sync import presence_effects
from backend.sync.doing import Doing, Effect
from backend.sync.model import ClearException
from backend.sync.party_effects import of_registration, personal_of
from backend.visits import service as visits
from backend.visits.errors import VisitIdUsed, VisitShared
from backend.visits.model import Bundled, CaseVisit, Visit

GIVEN_UP = ("withdrawn", "cancelled", "merged")
"""States of a case whose dossier may be another case's."""


def register(do: Doing, body: Register) -> None:
    if do.world.get(Case, do.subject) is not None:
        raise AlreadyRegistered("Hồ sơ này đã được đăng ký. Mở hồ sơ để xem, không cần đăng ký lại.")
    if do.act.personal is None:
        raise PersonalPartMissing("Chưa có tên chủ hồ sơ. Nhập tên rồi gửi lại.", pointer="/personal")
    personal, wish = personal_of(do, RegisterPersonal), personal_of(do, ContactPersonal)
    if do.act.source is not Source.DEVICE:
        known = do.world.knows("procedure", do.act.key)
        registrations.must_be_in_catalogue(body, known=known, at=do.act.occurred_at)
    case, dossier, registration = registrations.register(
        do.subject,
        body,
        personal,
        do.act.envelope.made_by,
        do.act.occurred_at,
        recipient_class=do.world.recipient_classes.get(do.act.key),
    )
    if _is_anothers(do, dossier):
        dossier = replace(dossier, live=False)  # nothing is refused at a door: a person merges the two later (F02)
    do.world.put(case, *dossiers.units_of(case), dossier, registration, do.tracking(case.case_id))
    do.world.put(*of_registration(do, case, personal))
    if (contact := notices.contact(do.subject, wish)) is not None:
        do.world.put(contact)
    presence_effects.registered(do)


def _is_anothers(do: Doing, dossier: Dossier) -> bool:
    """Whether its code is that of another live case, or of one that this batch has made."""
    if dossier.code is None:
        return False
    return do.world.knows("live_dossier", dossier.code) or any(
        row.live and row.code == dossier.code and row.case_id != dossier.case_id for row in do.world.all_of(Dossier)
    )


def forward(do: Doing, body: Forward) -> None:
    do.world.put(registrations.forward(_registration(do, body.registration_id), body, do.act.occurred_at))


def acknowledge_forward(do: Doing, body: AcknowledgeForward) -> None:
    do.world.put(registrations.acknowledge(_registration(do, body.registration_id), body, do.act.occurred_at))


def _registration(do: Doing, registration: UUID) -> Registration:
    found = do.world.get(Registration, do.subject, registration)
    if found is None:
        raise RegistrationNotFound("Không có đăng ký này. Tải lại trang rồi chọn lại.")
    return found


def confirm(do: Doing, body: Confirm) -> None:
    if do.world.knows("unlisted", do.act.key):
        raise NotToBeAsked(
            "Chỉ được yêu cầu giấy tờ trong danh mục đã công bố. Bỏ giấy tờ khác rồi gửi lại.",
            pointer="/body/components",
        )
    do.world.put(*dossiers.confirm(do.case, dossier_of(do), body))
    known, agency = do.world.of_case(Charge, do.subject), f"agency:{do.case.competent_unit}"
    for due in body.charges:
        if do.world.get(Charge, do.subject, due.charge_id) is None and not fees.is_named(known, due, agency):
            charge, moves = fees.becomes_due(do.subject, due, agency)
            do.world.put(charge)
            do.enter(due.charge_id, moves, case=do.subject)


def dossier_of(do: Doing) -> Dossier:
    return do.world.get(Dossier, do.subject) or Dossier(case_id=do.subject)


def book(do: Doing, body: Book) -> None:
    changes.must_not_wait(do.case, body.purpose, body.day)
    shared, known = do.world.get(Visit, body.visit_id), do.world.get(CaseVisit, do.subject, body.visit_id)
    do.world.put(*visits.plan(do.subject, body, shared, known), appointments.book(do.subject, body))


def move_appointment(do: Doing, body: MoveAppointment) -> None:
    appointment = do.appointment(body.appointment_id)
    visit = do.visit(appointment.visit_id)
    changes.must_not_wait(do.case, appointment.purpose, body.day)
    if do.world.serves_others(visit.visit_id, do.subject):
        _move_out(do, appointment, visit, body)
        return
    visit, bundled = visits.move(do.subject, visit, body)
    do.world.put(appointments.move(appointment, visit.visit_id, body), visit, *bundled)


def _move_out(do: Doing, appointment: Appointment, left: Visit, body: MoveAppointment) -> None:
    """The visit stays with the others of the household: this case goes to one of its own."""
    if body.visit_id is None:
        raise VisitShared("Lượt này còn phục vụ hồ sơ khác cùng nhà. Gửi kèm mã lượt mới để dời riêng hồ sơ này.")
    if do.world.get(Visit, body.visit_id) is not None:
        raise VisitIdUsed("Mã lượt mới này đã dùng. Tải lại trang để có mã khác rồi dời lại.")
    do.world.put(replace(do.case_visit(left.visit_id), outcome=CaseVisit.GIVEN_UP))
    leave_bundle(do, left.visit_id)
    do.world.put(
        *visits.take_out(do.subject, left, body.visit_id, appointment.purpose, body),
        appointments.move(appointment, body.visit_id, body),
    )


def cancel_appointment(do: Doing, body: CancelAppointment) -> None:
    _give_up(do, do.appointment(body.appointment_id))


def give_up_all(do: Doing) -> None:
    """What was promised is given back."""
    for appointment in do.world.of_case(Appointment, do.subject):
        if appointment.live:
            _give_up(do, appointment)


def _give_up(do: Doing, appointment: Appointment) -> None:
    """The seat is free again, and the visit takes place without this case, if at all."""
    do.world.put(
        replace(appointment, live=False), replace(do.case_visit(appointment.visit_id), outcome=CaseVisit.GIVEN_UP)
    )
    leave_bundle(do, appointment.visit_id)


def leave_bundle(do: Doing, visit_id: UUID) -> None:
    """What left a courier's bundle stays in it as a tombstone: the phone must hear of it."""
    visit = do.visit(visit_id)
    do.world.put(Bundled(person_id=visit.courier, case_id=do.subject, visit_id=visit_id, present=False))


def confirm_call(do: Doing, body: ConfirmCall) -> None:
    do.world.put(appointments.called(do.appointment(body.appointment_id), body, do.act.occurred_at))


def log_call(do: Doing, body: LogCall) -> None:
    """What was said is in the act alone; that somebody called from a gate counts for the visit."""
    if body.visit_id is not None:
        presence_effects.called(do, body, do.visit(body.visit_id))


def cross_check(do: Doing, body: CrossCheck) -> None:
    do.world.put(replace(do.case, check_result=body.result, checked_by=do.actor))


def waive(do: Doing, _body: Waive) -> None:
    do.world.put(replace(do.case, check_result="waived"))


def report_portal_status(do: Doing, body: ReportPortalStatus) -> None:
    told = dossiers.report_portal_status(dossier_of(do), body, do.act.occurred_at)
    do.world.put(replace(told, live=False) if do.case.state in GIVEN_UP else told)


def issue_receipt(do: Doing, body: IssueReceipt) -> None:
    world = do.world
    told = dossiers.issue_receipt(
        dossier_of(do),
        body,
        by=do.actor,
        at=do.act.occurred_at,
        reached=world.reached.get(do.subject),
        latest=world.latest_due.get(do.act.key),
    )
    world.put(told)


def erase(do: Doing, _body: Erase) -> None:
    do.world.put(dossiers.blanked(do.case, do.act.occurred_at))
    if (contact := do.world.get(Contact, do.subject)) is not None:
        do.world.put(notices.blanked(contact))
    do.world.put(*(questions.blanked(one) for one in do.world.of_case(Question, do.subject)))
    do.world.put(*(replace(one, words=None, answer=None) for one in do.world.of_case(Urging, do.subject)))
    touching = {thing.incident_id for thing in do.world.of_case(IncidentThing, do.subject)}
    do.world.put(*(incidents.blanked(do.incident(one)) for one in sorted(touching)))
    do.world.put(*(replace(one, content=None) for one in do.world.of_case(Reading, do.subject)))
    presence_effects.unmark(do)
    do.world.put(*(notices.former_blanked(one) for one in do.world.of_case(FormerContact, do.subject)))


def clear_exception(do: Doing, body: ClearException) -> None:
    opened = do.world.get(OpenedException, do.subject, body.exception_id)
    if opened is None or opened.cleared_at is not None:
        raise NotFound("Ngoại lệ này không còn mở. Tải lại trang.")
    do.world.put(replace(opened, cleared_at=do.act.received_at, cleared_by=do.actor))


def only_states(_do: Doing, _body: object) -> None:
    """The rule table moves the states; no row changes otherwise."""


EFFECTS: dict[str, Effect] = {
    "register": register,
    "forward": forward,
    "acknowledge_forward": acknowledge_forward,
    "confirm": confirm,
    "book": book,
    "move_appointment": move_appointment,
    "cancel_appointment": cancel_appointment,
    "confirm_call": confirm_call,
    "log_call": log_call,
    "cross_check": cross_check,
    "waive": waive,
    "report_portal_status": report_portal_status,
    "issue_receipt": issue_receipt,
    "erase": erase,
    "clear_exception": clear_exception,
    "resolve_review": only_states,
    "countersign_review": only_states,
}
