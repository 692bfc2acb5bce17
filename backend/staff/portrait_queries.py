"""SQL on photographs of couriers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.database import Transaction, shaped
from backend.staff.model import PortraitLine


async def add_portrait(tx: Transaction, person: UUID, sha256: bytes, *, by: UUID, at: datetime) -> None:
    await tx.run(
        """INSERT INTO portraits (person_id, recorded_at, recorded_by, sha256) VALUES ($person, $at, $by, $sha256)
           ON CONFLICT (person_id, recorded_at) DO NOTHING""",
        person=person,
        at=at,
        by=by,
        sha256=sha256,
    )


async def newest_of(tx: Transaction, people: Sequence[UUID]) -> list[PortraitLine]:
    """The last of each that was sent, opened or not."""
    rows = await tx.all(
        """SELECT DISTINCT ON (p.person_id) p.person_id, p.recorded_at, f.state
           FROM portraits AS p JOIN files AS f ON f.sha256 = p.sha256
           WHERE p.person_id = ANY($people::uuid[]) ORDER BY p.person_id, p.recorded_at DESC""",
        people=list(people),
    )
    return [shaped(row, PortraitLine) for row in rows]


async def find_master(tx: Transaction, person: UUID) -> bytes | None:
    """SHA-256 of the clean copy of the newest that could be opened."""
    return await tx.value(
        """SELECT m.master_sha256 FROM portraits AS p JOIN masters AS m ON m.file_sha256 = p.sha256
           WHERE p.person_id = $person ORDER BY p.recorded_at DESC LIMIT 1""",
        person=person,
    )
