"""Acts on paper: each stands on a line that one person typed in and another confirmed, word for word."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.verify.commands import derived
from backend.verify.database import Snapshot
from backend.verify.report import Report


class _Written(msgspec.Struct, frozen=True):
    kind: str
    at: datetime
    body: dict[str, Any]


class _Line(msgspec.Struct, frozen=True):
    line_id: UUID
    courier: UUID
    acts: list[_Written]


class _Rekeyed(msgspec.Struct, frozen=True):
    body: _Line


class _Act(msgspec.Struct, frozen=True):
    actor: UUID
    kind: str
    occurred_at: datetime
    body: dict[str, Any]


Key = tuple[UUID, UUID]


async def check_run_sheets(snapshot: Snapshot, report: Report) -> None:
    """Codes `paper.*`. A line decided by whoever typed it in, the database itself refuses."""
    told: dict[Key, _Act] = {}
    async for row in snapshot.rows(
        """SELECT l.typed_by, i.data FROM run_sheet_lines AS l
           JOIN inbox AS i ON i.made_by = l.typed_by AND i.id = l.rekeyed_by
           WHERE l.state = 'confirmed'"""
    ):
        line = msgspec.json.decode(row["data"], type=_Rekeyed).body
        for place, one in enumerate(line.acts):
            key = (row["typed_by"], derived("run-sheet-act", line.line_id.hex, str(place)))
            told[key] = _Act(line.courier, one.kind, one.at, one.body)
    async for row in snapshot.rows(
        "SELECT made_by, id, data, standing FROM inbox WHERE source = 'paper' ORDER BY made_by, id"
    ):
        key = {"made_by": row["made_by"], "id": row["id"]}
        line = told.pop((row["made_by"], row["id"]), None)
        if line is None:
            report.differs("paper.unconfirmed", "inbox", key, found="an act on paper")
        elif line != msgspec.json.decode(row["data"], type=_Act):
            report.differs("paper.differs", "inbox", key, expected=line.kind, found=row["standing"])
    for made_by, act in told:
        report.differs("paper.missing", "inbox", {"made_by": made_by, "id": act}, expected="an act on paper")
