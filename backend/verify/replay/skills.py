"""Whether the gate of a post stopped somebody from taking a case: as it was known when the act came."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from backend.verify.database import Snapshot
from backend.verify.replay.about import UNKNOWN, About, Value
from backend.verify.replay.world import Row

MEANWHILE = timedelta(minutes=5)
"""Whoever booked while something was being entered may not have seen it."""

_GATES = """
SELECT unit_id, model, lower(valid) AS since, upper(valid) AS until, recorded_at, taken_at
FROM competence_gates WHERE mode = 'blocking'"""
_MASTERED = """
SELECT person_id, model, lower(valid) AS since, upper(valid) AS until, recorded_at, taken_at FROM qualifications"""


async def read_gates(snapshot: Snapshot) -> list[Row]:
    """Those that stop whoever has not mastered the model. What is closed since reached further: never less far."""
    return [dict(row.items()) for row in await snapshot.all(_GATES)]


async def read_mastered(snapshot: Snapshot) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in await snapshot.all(_MASTERED):
        found[row["person_id"]].append(dict(row.items()))
    return found


def courier_fits(about: About) -> Value:
    """False where somebody was stopped for certain. Else unknown: a gate may have been closed since."""
    body, model = about.deed.body, about.case["model"]
    unit, on = about.deed.uuid("unit") if "unit" in body else _appointed(about), about.deed.day("day")
    stopping = any(
        _holds_on(gate, on) and _was_known(gate, about, -MEANWHILE)
        for gate in about.world.gates
        if (gate["unit_id"], gate["model"]) == (unit, model)
    )
    mastered = any(
        row["model"] == model and _holds_on(row, on) and _was_known(row, about, MEANWHILE)
        for row in about.world.mastered.get(about.deed.uuid("courier"), ())
    )
    return False if stopping and not mastered else UNKNOWN


def _appointed(about: About) -> UUID:
    """Raises Missing."""
    return about.world.get("appointments", about.deed.subject, about.deed.uuid("appointment_id"))["unit_id"]


def _holds_on(row: Row, on: date) -> bool:
    return row["since"] <= on and (row["until"] is None or on < row["until"])


def _was_known(row: Row, about: About, meanwhile: timedelta) -> bool:
    """When the act came. `meanwhile`: how much earlier and later it may have been (below zero: must have been)."""
    at = about.deed.received_at
    return row["recorded_at"] - meanwhile <= at and (row["taken_at"] is None or at <= row["taken_at"] + meanwhile)
