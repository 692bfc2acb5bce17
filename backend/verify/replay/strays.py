"""What belongs to no chain that can be told: chains of unknown kinds, and rows with no act behind them."""

from backend.verify.database import Snapshot
from backend.verify.replay import tables
from backend.verify.report import Report

TOLD = ("case", "shift", "unit", "device", "bag", "incident")
"""Kinds of chains that are told again."""


async def not_told(snapshot: Snapshot, report: Report) -> None:
    """Chains of kinds that this version cannot tell."""
    for row in await snapshot.all(
        "SELECT kind, id, n FROM subjects WHERE n > 0 AND NOT kind = ANY($1::text[]) ORDER BY kind, id", list(TOLD)
    ):
        key = {"kind": row["kind"], "id": row["id"]}
        report.differs("replay.unknown-kind", "subjects", key, expected=TOLD, found=row["kind"])


async def without_chain(snapshot: Snapshot, report: Report) -> None:
    """Rows whose chain or transfer does not exist."""
    for row in await snapshot.all(tables.ORPHANS):
        report.differs("replay.no-chain", row["name"], {"subject": row["subject"]}, found=row["rows"])
    for row in await snapshot.all(tables.STRAYS):
        report.differs(
            "replay.extra", "entries", {"transfer_id": row["transfer_id"], "line": row["line"]}, found="a row"
        )
    for row in await snapshot.all(tables.UNVISITED):
        report.differs("replay.extra", "visits", {"visit_id": row["visit_id"]}, found="a row")
