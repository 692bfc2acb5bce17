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


async def promised_in(tx: Transaction, windows: Sequence[tuple[UUID, date, str]]) -> list[Appointment]:
    """The live ones in these windows of units."""
    rows = await tx.all(
        """SELECT a.case_id, a.appointment_id, a.visit_id, a.purpose, a.unit_id, a.day, a.time_window, a.seat, a.state,
                  a.live, a.calls, a.called_at, a.call_outcome, a.next_call_at
           FROM unnest($units::uuid[], $days::date[], $windows::text[]) AS w (unit_id, day, time_window)
           JOIN appointments AS a USING (unit_id, day, time_window)
           WHERE a.live""",
        units=[unit for unit, _, _ in windows],
        days=[day for _, day, _ in windows],
        windows=[window for _, _, window in windows],
    )
    return [shaped(row, Appointment) for row in rows]


async def units_of(tx: Transaction, appointments: Sequence[UUID]) -> dict[UUID, UUID]:
    """Whose windows these appointments are in; that never changes."""
    rows = await tx.all(
        "SELECT appointment_id, unit_id FROM appointments WHERE appointment_id = ANY($appointments::uuid[])",
        appointments=list(appointments),
    )
    return {row["appointment_id"]: row["unit_id"] for row in rows}


async def reserve_windows(tx: Transaction, windows: Sequence[tuple[UUID, date, str]]) -> None:
    """`windows`: of units, in order. Of two who would take the last place, the second waits here and then counts it."""
    await tx.run(
        """SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'window', unit_id, day, time_window), 0))
           FROM unnest($units::uuid[], $days::date[], $windows::text[]) AS w (unit_id, day, time_window)""",
        units=[unit for unit, _, _ in windows],
        days=[day for _, day, _ in windows],
        windows=[window for _, _, window in windows],
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
