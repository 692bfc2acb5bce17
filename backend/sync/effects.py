"""What each act does to the rows. One short function per kind; the meaning lies in the capability's service.

An effect of a *request* raises a Refusal when it cannot be. An effect of a *fact* never refuses for state: it raises
only when what it names does not exist, and then a person looks at it.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.model import Act, OpenedException
from backend.appointments import service as appointments
from backend.appointments.errors import AppointmentNotFound
from backend.appointments.model import Appointment, Book, CancelAppointment, ConfirmCall, MoveAppointment
from backend.documents import service as documents
from backend.documents.model import Photograph
from backend.dossiers import service as dossiers
from backend.dossiers.errors import CaseNotFound
from backend.dossiers.model import Case, Confirm, CrossCheck, Dossier, Erase, ReleaseResult, ReportPortalStatus, Waive
from backend.errors import Invalid, NotFound
from backend.fees import service as fees
from backend.fees.errors import ChargeUnknown, ShiftUnknown
from backend.fees.model import BeginShift, Charge, CloseShift, Collect, Remit, Shift
from backend.parcels import service as parcels
from backend.parcels.errors import PaperUnknown, ParcelUnknown
from backend.parcels.model import (
    HandOver,
    Holder,
    HolderKind,
    LabelSet,
    Offer,
    OpenSeal,
    Paper,
    Parcel,
    Receive,
    Seal,
    TakePapers,
)
from backend.registrations import service as registrations
from backend.registrations.errors import AlreadyRegistered, PersonalPartMissing, RegistrationNotFound
from backend.registrations.model import AcknowledgeForward, Forward, Register, RegisterPersonal, Registration
from backend.signatures.model import Sign, Signature
from backend.sync.model import ClearException
from backend.sync.world import World
from backend.tracking.model import TrackingToken
from backend.visits.errors import VisitUnknown
from backend.visits.model import (
    Bundled,
    CaseVisit,
    CheckIdentity,
    FailVisit,
    FinishVisit,
    HandOverResult,
    RecordArrival,
    Visit,
)

R = TypeVar("R", bound=msgspec.Struct)


class Doing(msgspec.Struct):
    """One act being carried out: the rows, the act, and whose chain it is on."""

    world: World
    act: Act
    subject: UUID
    tracking: Callable[[UUID], TrackingToken]

    @property
    def actor(self) -> UUID:
        return self.act.envelope.actor

    @property
    def case(self) -> Case:
        return self._there(self.world.get(Case, self.subject), CaseNotFound("Không có hồ sơ này. Kiểm tra lại mã."))

    def visit(self, visit_id: UUID) -> Visit:
        return self._there(
            self.world.get(Visit, visit_id), VisitUnknown("Không có lượt phục vụ này. Tải lại danh sách trong ngày.")
        )

    def case_visit(self, visit_id: UUID) -> CaseVisit:
        known = self.world.get(CaseVisit, self.subject, visit_id)
        return known or CaseVisit(case_id=self.subject, visit_id=self.visit(visit_id).visit_id)

    def appointment(self, appointment_id: UUID) -> Appointment:
        return self._there(
            self.world.get(Appointment, self.subject, appointment_id),
            AppointmentNotFound("Không có lịch hẹn này. Tải lại trang rồi chọn lại."),
        )

    def papers(self, ids: list[UUID]) -> list[Paper]:
        return [
            self._there(
                self.world.get(Paper, self.subject, paper), PaperUnknown("Giấy tờ này chưa được nhận. Xem lại phiếu gửi.")
            )
            for paper in ids
        ]

    def parcels(self, ids: list[UUID]) -> list[Parcel]:
        return [
            self._there(
                self.world.get(Parcel, self.subject, parcel), ParcelUnknown("Chưa có bưu gửi này. Quét lại nhãn.")
            )
            for parcel in ids
        ]

    def shift(self) -> Shift:
        return self._there(self.world.get(Shift, self.subject), ShiftUnknown("Chưa có ca này. Bấm Đầu ca trước."))

    def enter(self, transfer: UUID, moves: fees.Moves, *, case: UUID | None) -> None:
        """One transfer in the ledger."""
        self.world.put(
            *fees.transfer(
                transfer, moves, case_id=case, occurred_at=self.act.occurred_at, recorded_at=self.act.received_at
            ),
            *fees.bounded(moves),
        )

    @staticmethod
    def _there(row: R | None, missing: NotFound) -> R:
        if row is None:
            raise missing
        return row


Effect = Callable[[Doing, Any], None]


def register(do: Doing, body: Register) -> None:
    if do.world.get(Case, do.subject) is not None:
        raise AlreadyRegistered("Hồ sơ này đã được đăng ký. Mở hồ sơ để xem, không cần đăng ký lại.")
    if do.act.personal is None:
        raise PersonalPartMissing("Chưa có tên chủ hồ sơ. Nhập tên rồi gửi lại.", pointer="/personal")
    try:
        personal = msgspec.json.decode(do.act.personal, type=RegisterPersonal)
    except msgspec.MsgspecError as error:
        raise Invalid(f"Thông tin người nộp chưa đúng ({error}). Xem lại rồi gửi lại.", pointer="/personal") from error
    case, dossier, registration = registrations.register(
        do.subject, body, personal, do.act.envelope.made_by, do.act.occurred_at
    )
    do.world.put(case, *dossiers.units_of(case), dossier, registration, do.tracking(case.case_id))


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
    dossier = do.world.get(Dossier, do.subject) or Dossier(case_id=do.subject)
    do.world.put(*dossiers.confirm(do.case, dossier, body))
    for due in body.charges:
        if do.world.get(Charge, do.subject, due.charge_id) is None:
            charge, moves = fees.becomes_due(do.subject, due, do.case.competent_unit)
            do.world.put(charge)
            do.enter(due.charge_id, moves, case=do.subject)


def book(do: Doing, body: Book) -> None:
    do.world.put(*appointments.book(do.subject, body, do.world.get(Visit, body.visit_id)))


def move_appointment(do: Doing, body: MoveAppointment) -> None:
    appointment = do.appointment(body.appointment_id)
    appointment, visit, bundled = appointments.move(appointment, do.visit(appointment.visit_id), body)
    do.world.put(appointment, visit, *bundled)


def cancel_appointment(do: Doing, body: CancelAppointment) -> None:
    appointment = do.appointment(body.appointment_id)
    do.world.put(replace(appointment, live=False))
    leave_bundle(do, appointment.visit_id)


def confirm_call(do: Doing, body: ConfirmCall) -> None:
    do.appointment(body.appointment_id)


def record_arrival(do: Doing, body: RecordArrival) -> None:
    do.world.put(replace(do.visit(body.visit_id), arrived_at=do.act.occurred_at))


def check_identity(do: Doing, body: CheckIdentity) -> None:
    do.world.put(replace(do.case_visit(body.visit_id), identity_checked=body.means != "none"))


def take_papers(do: Doing, body: TakePapers) -> None:
    do.visit(body.visit_id)
    do.world.put(*parcels.take_papers(do.subject, body, Holder(HolderKind.COURIER, do.actor)))


def photograph(do: Doing, body: Photograph) -> None:
    do.visit(body.visit_id)
    do.world.put(documents.photograph(do.subject, body, do.world.get(documents.Page, do.subject, body.page_id)))


def sign(do: Doing, body: Sign) -> None:
    do.world.put(
        Signature(
            case_id=do.subject,
            signature_id=body.signature_id,
            visit_id=do.visit(body.visit_id).visit_id,
            document=body.document,
            mode=body.mode,
            shown_sha256=bytes.fromhex(body.shown_sha256),
            strokes_sha256=bytes.fromhex(body.strokes_sha256) if body.strokes_sha256 else None,
            image_sha256=bytes.fromhex(body.image_sha256) if body.image_sha256 else None,
            signed_at=do.act.occurred_at,
        )
    )
    if body.document == "slip":
        do.world.put(replace(do.case_visit(body.visit_id), slip_signed=True))


def collect(do: Doing, body: Collect) -> None:
    do.visit(body.visit_id)
    charges = [do.world.get(Charge, do.subject, line.charge_id) for line in body.lines]
    if None in charges:
        raise ChargeUnknown("Khoản phí này không có trong hồ sơ. Tải lại hồ sơ; tiền đã thu vẫn được ghi lại.")
    unsettled = [charge for charge in charges if charge is not None and charge.settled_by is None]
    collection, settled, moves = fees.collect(
        do.subject, body, unsettled, do.actor, do.act.envelope.id, do.act.occurred_at
    )
    do.world.put(collection, *settled)
    do.enter(collection.collection_id, moves, case=do.subject)


def seal(do: Doing, body: Seal) -> None:
    parcel, papers = parcels.seal(
        do.subject, body, Holder(HolderKind.COURIER, do.actor), do.papers(body.paper_ids)
    )
    do.world.put(parcel, *papers)
    label_set = do.world.get(LabelSet, body.label)
    if label_set is not None and label_set.parcel_id is None:
        do.world.put(
            parcels.bind(label_set, do.subject, body.parcel_id),
            TrackingToken(token_sha256=label_set.card_token_sha256, case_id=do.subject, number=1, live=True),
        )


def finish_visit(do: Doing, body: FinishVisit) -> None:
    do.world.put(replace(do.visit(body.visit_id), outcome=body.outcome, ended_at=do.act.occurred_at))
    end_appointment(do, body.visit_id)


def fail_visit(do: Doing, body: FailVisit) -> None:
    visit = do.visit(body.visit_id)
    do.world.put(replace(visit, outcome="failed", reason=body.reason, ended_at=do.act.occurred_at))
    end_appointment(do, body.visit_id)


def end_appointment(do: Doing, visit_id: UUID) -> None:
    """The seat is used up; the promise is over."""
    for appointment in do.world.of_case(Appointment, do.subject):
        if appointment.visit_id == visit_id:
            do.world.put(replace(appointment, live=False))
    leave_bundle(do, visit_id)


def leave_bundle(do: Doing, visit_id: UUID) -> None:
    visit = do.visit(visit_id)
    do.world.put(
        Bundled(person_id=visit.courier, case_id=do.subject, visit_id=visit_id, present=False)
    )


def offer(do: Doing, body: Offer) -> None:
    giver = _holder_of(do, body.parcel_ids, body.paper_ids)
    half = do.world.get(HandOver, do.subject, body.offer_id)
    do.world.put(parcels.offer(do.subject, body, giver, half, do.act.occurred_at))


def _holder_of(do: Doing, parcel_ids: list[UUID], paper_ids: list[UUID]) -> Holder:
    for item in (*do.parcels(parcel_ids), *do.papers(paper_ids)):
        return Holder(item.holder_kind, item.holder)
    raise Invalid("Chưa chọn bưu gửi hay giấy tờ để bàn giao. Quét nhãn rồi gửi lại.", pointer="/body/parcel_ids")


def receive(do: Doing, body: Receive) -> None:
    half = do.world.get(HandOver, do.subject, body.offer_id)
    do.world.put(parcels.receive(do.subject, body, half, do.act.occurred_at))
    _give(do, body.parcel_ids, body.paper_ids, body.receiver, body.condition)


def _give(
    do: Doing, parcel_ids: list[UUID], paper_ids: list[UUID], to: Holder, condition: str | None = None
) -> None:
    given = do.parcels(parcel_ids)
    loose = {paper.paper_id: paper for paper in do.papers(paper_ids)}
    inside = {paper.paper_id: paper for paper in do.world.of_case(Paper, do.subject) if paper.parcel_id in parcel_ids}
    for rows in parcels.moved(given, list((inside | loose).values()), to, condition):
        do.world.put(*rows)


def open_seal(do: Doing, body: OpenSeal) -> None:
    do.parcels([body.parcel_id])
    for paper in do.world.of_case(Paper, do.subject):
        if paper.parcel_id == body.parcel_id:
            do.world.put(replace(paper, parcel_id=None))


def cross_check(do: Doing, body: CrossCheck) -> None:
    do.world.put(replace(do.case, check_result=body.result))


def waive(do: Doing, _body: Waive) -> None:
    do.world.put(replace(do.case, check_result="waived"))


def report_portal_status(do: Doing, body: ReportPortalStatus) -> None:
    dossier = do.world.get(Dossier, do.subject) or Dossier(case_id=do.subject)
    do.world.put(dossiers.report_portal_status(dossier, body, do.act.occurred_at))


def release_result(do: Doing, body: ReleaseResult) -> None:
    do.world.put(*dossiers.release_result(do.case, body, do.case.competent_unit))


def hand_over_result(do: Doing, body: HandOverResult) -> None:
    do.visit(body.visit_id)
    results = do.papers(body.paper_ids)
    inside = [paper.parcel_id for paper in results if paper.parcel_id is not None]
    _give(do, list(dict.fromkeys(inside)), body.paper_ids, Holder(HolderKind.CITIZEN, do.subject))
    do.world.put(replace(do.case, closed_at=do.act.occurred_at))


def erase(do: Doing, _body: Erase) -> None:
    do.world.put(dossiers.blanked(do.case, do.act.occurred_at))


def clear_exception(do: Doing, body: ClearException) -> None:
    opened = do.world.get(OpenedException, do.subject, body.exception_id)
    if opened is None:
        raise NotFound("Ngoại lệ này không còn mở. Tải lại trang.")
    do.world.put(replace(opened, cleared_at=do.act.received_at, cleared_by=do.actor))


def begin_shift(do: Doing, body: BeginShift) -> None:
    shift = Shift(
        shift_id=do.subject,
        courier=do.actor,
        unit_id=body.unit,
        day=body.day,
        state="none",
        float_amount=body.float_amount,
        begun_at=do.act.occurred_at,
    )
    do.world.put(shift)
    do.enter(do.act.envelope.id, fees.begin(shift), case=None)


def remit(do: Doing, body: Remit) -> None:
    do.enter(do.act.envelope.id, fees.remit(do.shift(), body), case=None)


def close_shift(do: Doing, body: CloseShift) -> None:
    shift = do.shift()
    closed, moves = fees.close(shift, body, do.world.cash_of(shift.courier), do.act.occurred_at)
    do.world.put(closed)
    do.enter(do.act.envelope.id, moves, case=None)


def nothing_more(_do: Doing, _body: object) -> None:
    """The rule table moves the states; no row changes otherwise."""


EFFECTS: dict[str, Effect] = {
    "register": register,
    "forward": forward,
    "acknowledge_forward": acknowledge_forward,
    "confirm": confirm,
    "report_mismatch": nothing_more,
    "book": book,
    "move_appointment": move_appointment,
    "cancel_appointment": cancel_appointment,
    "confirm_call": confirm_call,
    "depart": nothing_more,
    "record_arrival": record_arrival,
    "check_identity": check_identity,
    "take_papers": take_papers,
    "photograph": photograph,
    "sign": sign,
    "collect": collect,
    "seal": seal,
    "finish_visit": finish_visit,
    "fail_visit": fail_visit,
    "offer": offer,
    "receive": receive,
    "open_seal": open_seal,
    "cross_check": cross_check,
    "waive": waive,
    "report_portal_status": report_portal_status,
    "release_result": release_result,
    "hand_over_result": hand_over_result,
    "withdraw": nothing_more,
    "cancel": nothing_more,
    "erase": erase,
    "clear_exception": clear_exception,
    "begin_shift": begin_shift,
    "remit": remit,
    "close_shift": close_shift,
}
