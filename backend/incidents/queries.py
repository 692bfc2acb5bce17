"""All SQL on incidents. Lists in, lists out."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.incidents.model import CompensationRule, Incident, IncidentThing


async def lock_incidents(tx: Transaction, incidents: Sequence[UUID]) -> list[Incident]:
    """Held until the end, in order of id: what is lost under one is not told of another state."""
    rows = await tx.all(
        """SELECT incident_id, cause, state, unit_id, reported_unit, happened_at, reported_at, reported_by,
                  last_holder_kind, last_holder, last_hand_over, amount, people, photographs, place, note, found_by,
                  taken_on_by, taken_on_at, ended_by, ended_at, helped_by, paid_by, postage, compensation,
                  reopened_because
           FROM incidents WHERE incident_id = ANY($incidents::uuid[]) ORDER BY incident_id FOR UPDATE""",
        incidents=list(incidents),
    )
    return [shaped(row, Incident) for row in rows]


async def incidents_touching(tx: Transaction, cases: Sequence[UUID]) -> list[UUID]:
    rows = await tx.all(
        "SELECT DISTINCT incident_id FROM incident_things WHERE case_id = ANY($cases::uuid[]) ORDER BY incident_id",
        cases=list(cases),
    )
    return [row["incident_id"] for row in rows]


async def files_of(tx: Transaction, case: UUID) -> list[bytes]:
    """SHA-256 of the photographs of the incidents that touch a case."""
    rows = await tx.all(
        """SELECT DISTINCT photograph FROM incidents CROSS JOIN unnest(photographs) AS f (photograph)
           WHERE incident_id IN (SELECT incident_id FROM incident_things WHERE case_id = $case)""",
        case=case,
    )
    return [bytes.fromhex(row["photograph"]) for row in rows]


async def save_incidents(tx: Transaction, rows: Sequence[Incident]) -> None:
    for row in rows:  # arrays of arrays would have to be of one length: an incident is rare enough to go by itself
        await tx.run(
            """INSERT INTO incidents (incident_id, cause, state, unit_id, reported_unit, happened_at, reported_at,
                                      reported_by, last_holder_kind, last_holder, last_hand_over, amount, people,
                                      photographs, place, note, found_by, taken_on_by, taken_on_at, ended_by, ended_at,
                                      helped_by, paid_by, postage, compensation, reopened_because)
               VALUES ($incident_id, $cause, $state, $unit_id, $reported_unit, $happened_at, $reported_at,
                       $reported_by, $last_holder_kind, $last_holder, $last_hand_over, $amount, $people,
                       $photographs, $place, $note, $found_by, $taken_on_by, $taken_on_at, $ended_by, $ended_at,
                       $helped_by, $paid_by, $postage, $compensation, $reopened_because)
               ON CONFLICT (incident_id) DO UPDATE
               SET state = EXCLUDED.state, people = EXCLUDED.people, photographs = EXCLUDED.photographs,
                   place = EXCLUDED.place, note = EXCLUDED.note, taken_on_by = EXCLUDED.taken_on_by,
                   taken_on_at = EXCLUDED.taken_on_at, ended_by = EXCLUDED.ended_by, ended_at = EXCLUDED.ended_at,
                   helped_by = EXCLUDED.helped_by, paid_by = EXCLUDED.paid_by, postage = EXCLUDED.postage,
                   compensation = EXCLUDED.compensation, reopened_because = EXCLUDED.reopened_because""",
            **{name: getattr(row, name) for name in row.__struct_fields__},
        )


async def things_of_cases(tx: Transaction, cases: Sequence[UUID]) -> list[IncidentThing]:
    rows = await tx.all(
        """SELECT case_id, incident_id, kind, thing_id, open
           FROM incident_things WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, IncidentThing) for row in rows]


async def things_of_incidents(tx: Transaction, incidents: Sequence[UUID]) -> list[IncidentThing]:
    rows = await tx.all(
        """SELECT case_id, incident_id, kind, thing_id, open
           FROM incident_things WHERE incident_id = ANY($incidents::uuid[])""",
        incidents=list(incidents),
    )
    return [shaped(row, IncidentThing) for row in rows]


async def save_things(tx: Transaction, rows: Sequence[IncidentThing]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO incident_things (case_id, incident_id, kind, thing_id, open)
               SELECT * FROM unnest($case_id::uuid[], $incident_id::uuid[], $kind::text[], $thing_id::uuid[],
                                    $open::boolean[])
               ON CONFLICT (case_id, incident_id, kind, thing_id) DO UPDATE SET open = EXCLUDED.open""",
            **columns(rows),
        )


async def compensation_rules(tx: Transaction) -> list[CompensationRule]:
    rows = await tx.all(
        """SELECT lower(valid) AS valid_from, upper(valid) AS valid_until, times, refunds_postage, source
           FROM compensation_rules ORDER BY lower(valid) NULLS FIRST"""
    )
    return [shaped(row, CompensationRule) for row in rows]
