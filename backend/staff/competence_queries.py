"""SQL on who has mastered a model, and on the gates of offices."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import asyncpg

from backend.database import Transaction, shaped
from backend.staff.competence_errors import QualificationHeld, QualificationUnknown
from backend.staff.competence_model import Gate, Qualification


async def gates_of(tx: Transaction, units: Sequence[UUID]) -> list[Gate]:
    """All that were not taken back, the earliest first."""
    rows = await tx.all(
        """SELECT id, unit_id, model, mode, lower(valid) AS since, upper(valid) - 1 AS until, set_by, recorded_at
           FROM competence_gates WHERE unit_id = ANY($units::uuid[]) AND taken_at IS NULL
           ORDER BY unit_id, model, lower(valid)""",
        units=list(units),
    )
    return [shaped(row, Gate) for row in rows]


async def qualifications_of(tx: Transaction, people: Sequence[UUID]) -> list[Qualification]:
    """All that were not taken back, the earliest first."""
    rows = await tx.all(
        """SELECT id, person_id, unit_id, model, lower(valid) AS since, upper(valid) - 1 AS until, evidence, entered_by,
                  recorded_at, taken_at
           FROM qualifications WHERE person_id = ANY($people::uuid[]) AND taken_at IS NULL
           ORDER BY person_id, model, lower(valid)""",
        people=list(people),
    )
    return [shaped(row, Qualification) for row in rows]


async def add_qualification(tx: Transaction, new: Qualification) -> None:
    """Once, however often it is sent. Raises QualificationHeld."""
    try:
        await tx.run(
            """INSERT INTO qualifications (id, person_id, unit_id, model, valid, evidence, entered_by, recorded_at)
               SELECT $id::uuid, $person::uuid, $unit::uuid, $model::text, daterange($since::date, $until::date, '[]'),
                      $evidence::text, $entered_by::uuid, $recorded_at::timestamptz
               WHERE NOT EXISTS (SELECT FROM qualifications AS q WHERE q.id = $id::uuid)""",
            id=new.id,
            person=new.person_id,
            unit=new.unit_id,
            model=new.model,
            since=new.since,
            until=new.until,
            evidence=new.evidence,
            entered_by=new.entered_by,
            recorded_at=new.recorded_at,
        )
    except asyncpg.ExclusionViolationError as twice:
        raise QualificationHeld from twice


async def get_qualification(tx: Transaction, qualification: UUID) -> Qualification:
    """Also one that was taken back. Raises QualificationUnknown."""
    row = await tx.first(
        """SELECT id, person_id, unit_id, model, lower(valid) AS since, upper(valid) - 1 AS until, evidence, entered_by,
                  recorded_at, taken_at
           FROM qualifications WHERE id = $qualification FOR UPDATE""",
        qualification=qualification,
    )
    if row is None:
        raise QualificationUnknown
    return shaped(row, Qualification)


async def take_qualification(tx: Transaction, qualification: UUID, *, by: UUID, at: datetime) -> None:
    await tx.run(
        "UPDATE qualifications SET taken_at = $at, taken_by = $by WHERE id = $qualification AND taken_at IS NULL",
        qualification=qualification,
        by=by,
        at=at,
    )


async def lock_gates(tx: Transaction, unit: UUID, model: str) -> None:
    """Who sets the same gate waits here."""
    await tx.run("SELECT pg_advisory_xact_lock(hashtextextended($key, 0))", key=f"gate {unit} {model}")


async def end_gates(tx: Transaction, unit: UUID, model: str, since: date, at: datetime) -> None:
    """What was in force ends the day before; what was to begin then or later is taken back."""
    await tx.run(
        """UPDATE competence_gates SET taken_at = $at
           WHERE unit_id = $unit AND model = $model AND taken_at IS NULL AND lower(valid) >= $since""",
        unit=unit,
        model=model,
        since=since,
        at=at,
    )
    await tx.run(
        """UPDATE competence_gates SET valid = daterange(lower(valid), $since)
           WHERE unit_id = $unit AND model = $model AND taken_at IS NULL AND valid @> $since::date""",
        unit=unit,
        model=model,
        since=since,
    )


async def has_gate(tx: Transaction, gate: UUID) -> bool:
    return await tx.value("SELECT EXISTS (SELECT FROM competence_gates WHERE id = $gate)", gate=gate)


async def add_gate(tx: Transaction, new: Gate) -> None:
    await tx.run(
        """INSERT INTO competence_gates (id, unit_id, model, mode, valid, set_by, recorded_at)
           VALUES ($id, $unit, $model, $mode, daterange($since, $until, '[]'), $set_by, $recorded_at)""",
        id=new.id,
        unit=new.unit_id,
        model=new.model,
        mode=new.mode,
        since=new.since,
        until=new.until,
        set_by=new.set_by,
        recorded_at=new.recorded_at,
    )
