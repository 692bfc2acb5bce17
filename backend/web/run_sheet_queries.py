"""SQL of what a desk reads of lines of run sheets. Reads only."""

from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.run_sheet_views import LineRow, LineWaiting
from backend.web.views import Scope


async def lines_of(tx: Transaction, case: UUID) -> list[LineRow]:
    """Oldest first."""
    rows = await tx.all(
        """SELECT l.case_id, l.line_id, l.visit_id, c.name AS courier_name, encode(l.picture_sha256, 'hex') AS picture,
                  l.state, l.typed_by, t.name AS typed_by_name, l.typed_at, l.rekeyed_by, d.name AS decided_by_name,
                  l.decided_at
           FROM run_sheet_lines AS l
           JOIN people AS c ON c.id = l.courier
           JOIN people AS t ON t.id = l.typed_by
           LEFT JOIN people AS d ON d.id = l.decided_by
           WHERE l.case_id = $case ORDER BY l.typed_at, l.line_id""",
        case=case,
    )
    return [shaped(row, LineRow) for row in rows]


async def waiting(tx: Transaction, scope: Scope, limit: int) -> list[LineWaiting]:
    """Lines to be confirmed, oldest first."""
    rows = await tx.all(
        """SELECT l.case_id, l.line_id, c.name AS courier_name, t.name AS typed_by_name, l.typed_at
           FROM run_sheet_lines AS l
           JOIN people AS c ON c.id = l.courier
           JOIN people AS t ON t.id = l.typed_by
           WHERE l.state = 'typed'
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = l.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY l.typed_at, l.line_id LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    return [shaped(row, LineWaiting) for row in rows]


async def picture_of(tx: Transaction, case: UUID, sha256: bytes) -> bytes | None:
    """SHA-256 of the clean master of a line's photograph, as who typed the line sent it. None: not opened yet."""
    return await tx.value(
        """SELECT m.master_sha256 FROM run_sheet_lines AS l
           JOIN files AS f ON f.sha256 = l.picture_sha256 AND f.received_from = l.typed_by
           JOIN masters AS m ON m.file_sha256 = f.sha256
           WHERE l.case_id = $case AND l.picture_sha256 = $sha256 LIMIT 1""",
        case=case,
        sha256=sha256,
    )
