"""All SQL on visits and the bundle."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.visits.model import Bundled, CaseVisit, Visit


async def visits_by_id(tx: Transaction, visits: Sequence[UUID]) -> list[Visit]:
    rows = await tx.all(
        """SELECT visit_id, unit_id, courier, purpose, place, day, time_window, state, outcome, reason, arrived_at,
                  ended_at, unplanned
           FROM visits WHERE visit_id = ANY($visits::uuid[])""",
        visits=list(visits),
    )
    return [shaped(row, Visit) for row in rows]


async def lock_visits(tx: Transaction, cases: Sequence[UUID], visits: Sequence[UUID]) -> list[Visit]:
    """The visits of these cases and these visits, in order of id, each held until the transaction ends."""
    rows = await tx.all(
        """SELECT visit_id, unit_id, courier, purpose, place, day, time_window, state, outcome, reason, arrived_at,
                  ended_at, unplanned
           FROM visits WHERE visit_id IN (
               SELECT unnest($visits::uuid[])
               UNION
               SELECT visit_id FROM case_visits WHERE case_id = ANY($cases::uuid[]))
           ORDER BY visit_id FOR NO KEY UPDATE""",
        cases=list(cases),
        visits=list(visits),
    )
    return [shaped(row, Visit) for row in rows]


async def reserve_visit_ids(tx: Transaction, visits: Sequence[UUID]) -> None:
    """`visits`: in order. Of two who would make a visit under one id, the second waits here and then finds it made."""
    await tx.run(
        "SELECT pg_advisory_xact_lock(hashtextextended('visit ' || id, 0)) FROM unnest($visits::uuid[]) AS v (id)",
        visits=list(visits),
    )


async def save_visits(tx: Transaction, rows: Sequence[Visit]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO visits (visit_id, unit_id, courier, purpose, place, day, time_window, state, outcome, reason,
                           arrived_at, ended_at, unplanned)
               SELECT * FROM unnest($visit_id::uuid[], $unit_id::uuid[], $courier::uuid[],
                                    $purpose::text[], $place::text[], $day::date[], $time_window::text[],
                                    $state::text[], $outcome::text[], $reason::text[],
                                    $arrived_at::timestamptz[], $ended_at::timestamptz[], $unplanned::boolean[])
               ON CONFLICT (visit_id) DO UPDATE
               SET unit_id = EXCLUDED.unit_id, courier = EXCLUDED.courier, purpose = EXCLUDED.purpose,
                   place = EXCLUDED.place, day = EXCLUDED.day, time_window = EXCLUDED.time_window,
                   state = EXCLUDED.state, outcome = EXCLUDED.outcome, reason = EXCLUDED.reason,
                   arrived_at = EXCLUDED.arrived_at, ended_at = EXCLUDED.ended_at""",
            **columns(rows),
        )


async def case_visits_of(tx: Transaction, cases: Sequence[UUID]) -> list[CaseVisit]:
    rows = await tx.all(
        """SELECT case_id, visit_id, identity_checked, slip_signed, changed_hands, met, met_party,
                  outcome, missing
           FROM case_visits WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, CaseVisit) for row in rows]


async def save_case_visits(tx: Transaction, rows: Sequence[CaseVisit]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO case_visits (case_id, visit_id, identity_checked, slip_signed, changed_hands, met, met_party,
                           outcome, missing)
               SELECT * FROM unnest($case_id::uuid[], $visit_id::uuid[], $identity_checked::boolean[],
                                    $slip_signed::boolean[], $changed_hands::boolean[], $met::text[],
                                    $met_party::uuid[], $outcome::text[], $missing::text[])
               ON CONFLICT (case_id, visit_id) DO UPDATE
               SET identity_checked = EXCLUDED.identity_checked, slip_signed = EXCLUDED.slip_signed,
                   changed_hands = EXCLUDED.changed_hands, met = EXCLUDED.met, met_party = EXCLUDED.met_party,
                   outcome = EXCLUDED.outcome, missing = EXCLUDED.missing""",
            **columns(rows),
        )


async def bundle_of(tx: Transaction, cases: Sequence[UUID]) -> list[Bundled]:
    rows = await tx.all(
        """SELECT person_id, case_id, visit_id, present
           FROM bundle WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Bundled) for row in rows]


async def save_bundle(tx: Transaction, rows: Sequence[Bundled]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO bundle (person_id, case_id, visit_id, present)
               SELECT * FROM unnest($person_id::uuid[], $case_id::uuid[], $visit_id::uuid[],
                                    $present::boolean[])
               ON CONFLICT (person_id, case_id, visit_id) DO UPDATE
               SET present = EXCLUDED.present""",
            **columns(rows),
        )


async def cases_of_visits(tx: Transaction, visits: Sequence[UUID]) -> list[CaseVisit]:
    rows = await tx.all(
        """SELECT case_id, visit_id, identity_checked, slip_signed, changed_hands, met, met_party, outcome,
                  missing
           FROM case_visits
           WHERE visit_id = ANY($visits::uuid[])""",
        visits=list(visits),
    )
    return [shaped(row, CaseVisit) for row in rows]
