"""The acts of booking and moving. Returns new and changed rows; nothing is written here."""

from uuid import UUID

from msgspec.structs import replace

from backend.appointments.model import Appointment, Book, MoveAppointment


def book(case_id: UUID, body: Book) -> Appointment:
    return Appointment(
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
    )


def move(appointment: Appointment, visit_id: UUID, body: MoveAppointment) -> Appointment:
    return replace(appointment, visit_id=visit_id, day=body.day, time_window=body.window, seat=body.seat)
