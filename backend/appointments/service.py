"""The acts of booking, moving and calling. Returns new and changed rows; nothing is written here."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.appointments.model import Appointment, Book, ConfirmCall, MoveAppointment


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
    """What was agreed on another window is asked anew, at once."""
    return replace(
        appointment, visit_id=visit_id, day=body.day, time_window=body.window, seat=body.seat, next_call_at=None
    )


def called(appointment: Appointment, body: ConfirmCall, at: datetime) -> Appointment:
    """A call written down late counts, but says nothing about what came after it."""
    calls = appointment.calls + 1
    if appointment.called_at is not None and appointment.called_at > at:
        return replace(appointment, calls=calls)
    return replace(appointment, calls=calls, called_at=at, call_outcome=body.outcome, next_call_at=body.next_try)
