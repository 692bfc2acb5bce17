"""SQL about a courier's day as the phone is told it. Reads only."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from backend.database import Transaction, shaped
from backend.sync.day_shift import BundledShift
from backend.visits.jobs import Standing


async def find_shift(tx: Transaction, courier: UUID, unit: UUID, on: date) -> BundledShift | None:
    """The one that is open, whenever it began; else the last of that day."""
    row = await tx.first(
        """SELECT shift_id, unit_id, day, state, float_amount, begun_at, counted, awaited, difference
           FROM shifts
           WHERE courier = $courier AND (closed_at IS NULL OR (unit_id = $unit AND day = $on))
           ORDER BY closed_at IS NULL DESC, begun_at DESC LIMIT 1""",
        courier=courier,
        unit=unit,
        on=on,
    )
    return None if row is None else shaped(row, BundledShift)


async def accepting(tx: Transaction, shift: UUID) -> list[bytes]:
    """Commands by which the list was accepted in a shift, in their order."""
    rows = await tx.all(
        """SELECT i.data FROM acts AS a JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
           WHERE a.subject_kind = 'shift' AND a.subject_id = $shift AND a.kind = 'accept_jobs' ORDER BY a.n""",
        shift=shift,
    )
    return [row["data"] for row in rows]


async def jobs_of(tx: Transaction, person: UUID, until: date, visits: Sequence[UUID]) -> list[Standing]:
    """What is on a courier's list up to that day, and what becomes of `visits`, which were on it. What the courier
    began at a door is nobody's news."""
    rows = await tx.all(
        """SELECT b.visit_id, b.case_id, v.day, v.time_window AS window, b.present, cv.outcome, c.owner_name
           FROM bundle AS b
           JOIN visits AS v USING (visit_id)
           JOIN cases AS c ON c.case_id = b.case_id
           JOIN case_visits AS cv ON cv.visit_id = b.visit_id AND cv.case_id = b.case_id
           WHERE b.person_id = $person AND NOT v.unplanned
             AND ((b.present AND v.day <= $until) OR b.visit_id = ANY($visits::uuid[]))
           ORDER BY v.day, v.time_window, b.visit_id, b.case_id""",
        person=person,
        until=until,
        visits=list(visits),
    )
    return [shaped(row, Standing) for row in rows]
