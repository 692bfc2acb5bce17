"""SQL of the visits, windows and registrations that a desk reads, of cases that were found under its scope."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from backend.appointments.slots import Promised
from backend.database import Transaction, shaped
from backend.web.visit_views import RegistrationView, VisitView


async def visits_of(tx: Transaction, cases: Sequence[UUID]) -> list[VisitView]:
    """The newest first."""
    rows = await tx.all(
        """SELECT cv.case_id, v.visit_id, v.purpose, v.place, v.day, v.time_window, v.state,
                  coalesce(cv.outcome, v.outcome) AS outcome, v.reason, v.courier, p.name AS courier_name,
                  cv.met IS NOT NULL OR coalesce(cv.outcome, '') IN ('done', 'partly', 'incomplete_sent') AS met,
                  a.appointment_id, a.state AS appointment_state, a.seat, coalesce(a.live, false) AS live
           FROM case_visits AS cv
           JOIN visits AS v ON v.visit_id = cv.visit_id
           JOIN people AS p ON p.id = v.courier
           LEFT JOIN appointments AS a ON a.case_id = cv.case_id AND a.visit_id = cv.visit_id
           WHERE cv.case_id = ANY($cases::uuid[]) ORDER BY v.day DESC, v.time_window DESC, v.visit_id""",
        cases=list(cases),
    )
    return [shaped(row, VisitView) for row in rows]


async def registrations_of(tx: Transaction, cases: Sequence[UUID]) -> list[RegistrationView]:
    rows = await tx.all(
        """SELECT case_id, registration_id, channel, unit_id, registered_at, forwarded_to, forwarded_at,
                  acknowledged_at
           FROM registrations WHERE case_id = ANY($cases::uuid[]) ORDER BY registered_at, registration_id""",
        cases=list(cases),
    )
    return [shaped(row, RegistrationView) for row in rows]


async def promised(tx: Transaction, units: Sequence[UUID], since: date, until: date) -> list[Promised]:
    """Seats that are given away."""
    rows = await tx.all(
        """SELECT a.unit_id, a.visit_id, a.day, a.time_window, a.seat, v.courier, v.place
           FROM appointments AS a JOIN visits AS v ON v.visit_id = a.visit_id
           WHERE a.unit_id = ANY($units::uuid[]) AND a.day BETWEEN $since AND $until AND a.live""",
        units=list(units),
        since=since,
        until=until,
    )
    return [shaped(row, Promised) for row in rows]
