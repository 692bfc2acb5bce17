"""The acts on record, in the order in which they took effect, as whoever reads the books again sees them."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.database import Transaction


@dataclass(frozen=True)
class Record:
    """One act that took effect. `by_phone`: done at the door, told by a phone or on paper; else at a desk, by a bank,
    or by a timer."""

    subject: UUID
    kind: str
    actor: UUID
    by_phone: bool
    body: dict[str, Any]
    outcome: dict[str, str]
    exceptions: list[str]
    made_by: UUID
    id: UUID


async def records(tx: Transaction) -> list[Record]:
    """Without those that only follow in other chains."""
    rows = await tx.all(
        """SELECT a.subject_id, a.kind, a.actor, i.source, a.outcome, a.exceptions, a.made_by, a.id,
                  convert_from(i.data, 'UTF8')::json ->> 'body' AS body
           FROM acts AS a JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
           WHERE a.parent IS NULL ORDER BY a.placed"""
    )
    return [
        Record(
            row["subject_id"],
            row["kind"],
            row["actor"],
            row["source"] in ("device", "paper"),
            json.loads(row["body"]),
            json.loads(row["outcome"]),
            list(row["exceptions"]),
            row["made_by"],
            row["id"],
        )
        for row in rows
    ]
