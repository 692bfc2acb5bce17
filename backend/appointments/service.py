"""The acts of booking, moving and cancelling. Returns new and changed rows; nothing is written here."""

from uuid import UUID

from msgspec.structs import replace

from backend.appointments.errors import VisitOfAnother
from backend.appointments.model import Appointment, Book, MoveAppointment
from backend.visits.model import Bundled, CaseVisit, Visit


def book(case_id: UUID, body: Book, shared: Visit | None) -> tuple[Visit, CaseVisit, Bundled, Appointment]:
    """`shared`: the visit as it is, when another case of the household has it already.

    Raises VisitOfAnother when that visit is of another courier or day.
    """
    if shared is not None and (shared.courier, shared.day) != (body.courier, body.day):
        raise VisitOfAnother("Lượt này đã giao cho bưu tá khác hoặc ngày khác. Tạo lượt mới rồi đặt lịch lại.")
    visit = shared or Visit(
        visit_id=body.visit_id,
        unit_id=body.unit,
        courier=body.courier,
        purpose=body.purpose,
        place=body.place,
        day=body.day,
        time_window=body.window,
        state="none",
    )
    return (
        visit,
        CaseVisit(case_id=case_id, visit_id=body.visit_id),
        Bundled(person_id=body.courier, case_id=case_id, visit_id=body.visit_id, present=True),
        Appointment(
            case_id=case_id,
            appointment_id=body.appointment_id,
            visit_id=body.visit_id,
            purpose=body.purpose,
            unit_id=body.unit,
            day=body.day,
            time_window=body.window,
            seat=body.seat,
            state="none",
            live=True,
        ),
    )


def move(appointment: Appointment, visit: Visit, body: MoveAppointment) -> tuple[Appointment, Visit, list[Bundled]]:
    """What leaves a courier's bundle stays in it as a tombstone: the phone must hear that it left."""
    bundled = [
        Bundled(person_id=person, case_id=appointment.case_id, visit_id=visit.visit_id, present=person == body.courier)
        for person in {visit.courier, body.courier}
    ]
    return (
        replace(appointment, day=body.day, time_window=body.window, seat=body.seat),
        replace(visit, courier=body.courier, day=body.day, time_window=body.window),
        bundled,
    )
