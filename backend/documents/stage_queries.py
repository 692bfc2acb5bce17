"""SQL on who does which stage."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.database import Transaction, shaped
from backend.documents.stage_model import Assignment, Stage


async def assignments_of(tx: Transaction, units: Sequence[UUID]) -> list[Assignment]:
    """Of these posts and of all, what was not taken back, the earliest first."""
    rows = await tx.all(
        """SELECT id, unit_id, procedure, stage, assignee, lower(valid) AS since, upper(valid) - 1 AS until, basis,
                  set_by, recorded_at
           FROM digitisation_stages
           WHERE (unit_id IS NULL OR unit_id = ANY($units::uuid[])) AND taken_at IS NULL
           ORDER BY lower(valid) NULLS FIRST, procedure NULLS FIRST, id""",
        units=list(units),
    )
    return [shaped(row, Assignment) for row in rows]


async def lock_stage(tx: Transaction, unit: UUID, stage: Stage) -> None:
    """Who assigns the same stage waits here."""
    await tx.run("SELECT pg_advisory_xact_lock(hashtextextended($key, 0))", key=f"stage {unit} {stage}")


async def has_assignment(tx: Transaction, assignment: UUID) -> bool:
    return await tx.value("SELECT EXISTS (SELECT FROM digitisation_stages WHERE id = $id)", id=assignment)


async def end_assignments(
    tx: Transaction, unit: UUID, procedure: str | None, stage: Stage, since: date, at: datetime
) -> None:
    """What was in force ends the day before; what was to begin then or later is taken back."""
    await tx.run(
        """UPDATE digitisation_stages SET taken_at = $at
           WHERE unit_id = $unit AND procedure IS NOT DISTINCT FROM $procedure::text AND stage = $stage
             AND taken_at IS NULL AND lower(valid) >= $since""",
        unit=unit,
        procedure=procedure,
        stage=stage,
        since=since,
        at=at,
    )
    await tx.run(
        """UPDATE digitisation_stages SET valid = daterange(lower(valid), $since)
           WHERE unit_id = $unit AND procedure IS NOT DISTINCT FROM $procedure::text AND stage = $stage
             AND taken_at IS NULL AND valid @> $since::date""",
        unit=unit,
        procedure=procedure,
        stage=stage,
        since=since,
    )


async def add_assignment(tx: Transaction, new: Assignment) -> None:
    await tx.run(
        """INSERT INTO digitisation_stages (id, unit_id, procedure, stage, assignee, valid, basis, set_by, recorded_at)
           VALUES ($id, $unit, $procedure, $stage, $assignee, daterange($since, $until, '[]'), $basis, $set_by,
                   $recorded_at)""",
        id=new.id,
        unit=new.unit_id,
        procedure=new.procedure,
        stage=new.stage,
        assignee=new.assignee,
        since=new.since,
        until=new.until,
        basis=new.basis,
        set_by=new.set_by,
        recorded_at=new.recorded_at,
    )
