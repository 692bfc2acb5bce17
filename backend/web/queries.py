"""SQL of what a desk reads: cases and what hangs on them. Reads only; those below own the tables.

`cases` and `papers` are searched and so have no policy: every search here says whose cases it may find (`scope`), and
everything else is asked about cases that were found so. The rest stands under row-level security as well.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.views import (
    ActView,
    CaseRow,
    ExceptionView,
    HandOverView,
    PaperView,
    ParcelView,
    RegistrationView,
    Scope,
    VisitView,
)


async def find_cases(tx: Transaction, scope: Scope, *, state: str | None, limit: int) -> list[UUID]:
    """Open ones first, then the newest."""
    rows = await tx.all(
        """SELECT c.case_id FROM cases AS c
           WHERE ($everywhere OR c.case_id IN (SELECT case_id FROM case_units WHERE unit_id = ANY($units::uuid[])))
             AND ($state::text IS NULL OR c.state = $state)
           ORDER BY c.state IN ('closed', 'cancelled', 'withdrawn', 'merged'), c.opened_at DESC, c.case_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        state=state,
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def find_by_name(tx: Transaction, scope: Scope, *, folded: str, limit: int) -> list[UUID]:
    """`folded`: without tone marks; anywhere in the name."""
    rows = await tx.all(
        """SELECT c.case_id FROM cases AS c
           WHERE c.owner_folded LIKE '%' || replace(replace($folded, '%', ''), '_', '') || '%'
             AND ($everywhere OR c.case_id IN (SELECT case_id FROM case_units WHERE unit_id = ANY($units::uuid[])))
           ORDER BY c.opened_at DESC, c.case_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        folded=folded,
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def find_by_code(tx: Transaction, scope: Scope, *, code: str, limit: int) -> list[UUID]:
    """A dossier code, or the end of one as people read it aloud."""
    rows = await tx.all(
        """SELECT c.case_id FROM dossiers AS d JOIN cases AS c ON c.case_id = d.case_id
           WHERE right(d.code, length($code)) = upper($code)
             AND ($everywhere OR c.case_id IN (SELECT case_id FROM case_units WHERE unit_id = ANY($units::uuid[])))
           ORDER BY c.opened_at DESC, c.case_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        code=code,
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def find_by_label(tx: Transaction, scope: Scope, *, scanned: str) -> list[UUID]:
    """What a scanner reads off a parcel: the label, or its S10 number."""
    rows = await tx.all(
        """SELECT p.case_id FROM parcels AS p LEFT JOIN label_sets AS s ON s.label = p.label
           WHERE (p.label = $scanned OR s.item_number = upper($scanned))
             AND ($everywhere OR p.case_id IN (SELECT case_id FROM case_units WHERE unit_id = ANY($units::uuid[])))""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        scanned=scanned,
    )
    return [row["case_id"] for row in rows]


async def may_see(tx: Transaction, scope: Scope, case: UUID) -> bool:
    return await tx.value(
        """SELECT EXISTS (SELECT FROM cases AS c WHERE c.case_id = $case
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = c.case_id AND u.unit_id = ANY($units::uuid[])
             )))""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        case=case,
    )


async def states_counted(tx: Transaction, scope: Scope) -> list[tuple[str, int]]:
    """How many cases are in each state."""
    rows = await tx.all(
        """SELECT c.state, count(*) AS cases FROM cases AS c
           WHERE $everywhere OR c.case_id IN (SELECT case_id FROM case_units WHERE unit_id = ANY($units::uuid[]))
           GROUP BY c.state""",
        everywhere=scope.everywhere,
        units=list(scope.units),
    )
    return [(row["state"], row["cases"]) for row in rows]


async def procedures_used(tx: Transaction, scope: Scope) -> list[str]:
    """Codes of the procedures of the scope's cases, the most frequent first."""
    rows = await tx.all(
        """SELECT c.procedure FROM cases AS c
           WHERE $everywhere OR c.case_id IN (SELECT case_id FROM case_units WHERE unit_id = ANY($units::uuid[]))
           GROUP BY c.procedure ORDER BY count(*) DESC, c.procedure LIMIT 40""",
        everywhere=scope.everywhere,
        units=list(scope.units),
    )
    return [row["procedure"] for row in rows]


async def case_rows(tx: Transaction, cases: Sequence[UUID]) -> list[CaseRow]:
    rows = await tx.all(
        """SELECT c.case_id, c.state, c.procedure, c.channel, c.regime_on, c.supporting_unit, c.handling_unit,
                  c.competent_unit, c.visit_commune, c.agency_confirmed, c.check_result, c.owner_name, c.owner_number,
                  c.phone, c.address, c.opened_at, c.closed_at, d.code AS dossier_code, d.portal_status,
                  (SELECT max(a.n) FROM acts AS a WHERE a.subject_id = c.case_id AND a.subject_kind = 'case')
                      AS version
           FROM cases AS c LEFT JOIN dossiers AS d ON d.case_id = c.case_id
           WHERE c.case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, CaseRow) for row in rows]


async def papers_of(tx: Transaction, cases: Sequence[UUID]) -> list[PaperView]:
    rows = await tx.all(
        """SELECT case_id, paper_id, component, form, originals, copies, condition, is_result, state, parcel_id,
                  holder_kind, holder
           FROM papers WHERE case_id = ANY($cases::uuid[]) ORDER BY is_result, component, paper_id""",
        cases=list(cases),
    )
    return [shaped(row, PaperView) for row in rows]


async def parcels_of(tx: Transaction, cases: Sequence[UUID]) -> list[ParcelView]:
    rows = await tx.all(
        """SELECT p.case_id, p.parcel_id, p.label, s.number, s.item_number, p.seal_number, p.state, p.holder_kind,
                  p.holder, EXISTS (
                      SELECT FROM papers AS q
                      WHERE q.case_id = p.case_id AND q.parcel_id = p.parcel_id AND q.is_result
                  ) AS with_result
           FROM parcels AS p LEFT JOIN label_sets AS s ON s.label = p.label
           WHERE p.case_id = ANY($cases::uuid[]) ORDER BY s.number, p.parcel_id""",
        cases=list(cases),
    )
    return [shaped(row, ParcelView) for row in rows]


async def visits_of(tx: Transaction, cases: Sequence[UUID]) -> list[VisitView]:
    """The newest first."""
    rows = await tx.all(
        """SELECT cv.case_id, v.visit_id, v.purpose, v.place, v.day, v.time_window, v.state,
                  coalesce(cv.outcome, v.outcome) AS outcome, v.reason, v.courier, p.name AS courier_name,
                  a.appointment_id, a.state AS appointment_state, coalesce(a.live, false) AS live
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


async def open_offers(tx: Transaction, cases: Sequence[UUID]) -> list[HandOverView]:
    rows = await tx.all(
        """SELECT case_id, offer_id, parcel_ids, receiver FROM hand_overs
           WHERE case_id = ANY($cases::uuid[]) AND received_at IS NULL ORDER BY offered_at, offer_id""",
        cases=list(cases),
    )
    return [shaped(row, HandOverView) for row in rows]


async def exceptions_of(tx: Transaction, cases: Sequence[UUID]) -> list[ExceptionView]:
    rows = await tx.all(
        """SELECT case_id, exception_id, machine, state, reason, opened_at FROM exceptions
           WHERE case_id = ANY($cases::uuid[]) AND cleared_at IS NULL ORDER BY opened_at, exception_id""",
        cases=list(cases),
    )
    return [shaped(row, ExceptionView) for row in rows]


async def timeline(tx: Transaction, case: UUID) -> list[ActView]:
    """In the order in which the acts took effect."""
    rows = await tx.all(
        """SELECT a.n, a.id, a.made_by, a.kind, a.actor, p.name AS actor_name, a.occurred_at, a.recorded_at, a.clock,
                  a.outcome::json ->> 'case' AS state, a.exceptions
           FROM acts AS a LEFT JOIN people AS p ON p.id = a.actor
           WHERE a.subject_kind = 'case' AND a.subject_id = $case ORDER BY a.n""",
        case=case,
    )
    return [shaped(row, ActView) for row in rows]


async def taken_seats(
    tx: Transaction, units: Sequence[UUID], since: date, until: date
) -> set[tuple[UUID, date, str, int]]:
    """Seats promised to somebody: unit, day, window, seat."""
    rows = await tx.all(
        """SELECT unit_id, day, time_window, seat FROM appointments
           WHERE unit_id = ANY($units::uuid[]) AND day BETWEEN $since AND $until AND live""",
        units=list(units),
        since=since,
        until=until,
    )
    return {(row["unit_id"], row["day"], row["time_window"], row["seat"]) for row in rows}
