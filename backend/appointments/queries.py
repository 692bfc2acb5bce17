"""All SQL on appointments."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from backend.appointments.model import Appointment
from backend.database import Transaction, columns, shaped


async def appointments_of(tx: Transaction, cases: Sequence[UUID]) -> list[Appointment]:
    rows = await tx.all(
        """SELECT case_id, appointment_id, visit_id, purpose, unit_id, day, time_window, seat, state, live,
                  calls, called_at, call_outcome, next_call_at
           FROM appointments WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Appointment) for row in rows]


async def save_appointments(tx: Transaction, rows: Sequence[Appointment]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO appointments (case_id, appointment_id, visit_id, purpose, unit_id, day, time_window, seat,
                           state, live, calls, called_at, call_outcome, next_call_at)
               SELECT * FROM unnest($case_id::uuid[], $appointment_id::uuid[], $visit_id::uuid[],
                                    $purpose::text[], $unit_id::uuid[], $day::date[], $time_window::text[],
                                    $seat::integer[], $state::text[], $live::boolean[], $calls::integer[],
                                    $called_at::timestamptz[], $call_outcome::text[], $next_call_at::timestamptz[])
               ON CONFLICT (case_id, appointment_id) DO UPDATE
               SET visit_id = EXCLUDED.visit_id, purpose = EXCLUDED.purpose, unit_id = EXCLUDED.unit_id,
                   day = EXCLUDED.day, time_window = EXCLUDED.time_window, seat = EXCLUDED.seat,
                   state = EXCLUDED.state, live = EXCLUDED.live, calls = EXCLUDED.calls,
                   called_at = EXCLUDED.called_at, call_outcome = EXCLUDED.call_outcome,
                   next_call_at = EXCLUDED.next_call_at""",
            **columns(rows),
        )


async def seat_taken(tx: Transaction, unit: UUID, day: date, window: str, seat: int) -> bool:
    """A look ahead for a clear sentence; the unique index `one_seat_one_appointment` is what decides."""
    return await tx.value(
        """SELECT EXISTS (SELECT FROM appointments
                          WHERE unit_id = $unit AND day = $day AND time_window = $window AND seat = $seat AND live)""",
        unit=unit,
        day=day,
        window=window,
        seat=seat,
    )
