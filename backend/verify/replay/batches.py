"""What is told together: some subjects at a time, and all cases of a household at once."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from uuid import UUID

from backend.verify.database import Snapshot

AT_A_TIME = 200


async def households(snapshot: Snapshot) -> dict[UUID, list[UUID]]:
    """Cases that share a visit or were merged, and so must be told together: for each, all of them."""
    group: dict[UUID, list[UUID]] = {}
    async for row in snapshot.rows(
        """SELECT array_agg(DISTINCT case_id) AS cases FROM case_visits
           GROUP BY visit_id HAVING count(DISTINCT case_id) > 1
           UNION ALL
           SELECT array_agg(DISTINCT subject_id) FROM acts WHERE kind IN ('merge', 'undo_merge')
           GROUP BY made_by, coalesce(parent, id) HAVING count(DISTINCT subject_id) > 1"""
    ):
        merged = sorted({member for case in row["cases"] for member in group.get(case, [case])})
        for member in merged:
            group[member] = merged
    return group


async def subjects(
    snapshot: Snapshot, kind: str, together: Mapping[UUID, Sequence[UUID]]
) -> AsyncGenerator[list[UUID]]:
    """Some at a time; with one, all that belong to it."""
    some: list[UUID] = []
    async for row in snapshot.rows("SELECT id FROM subjects WHERE kind = $1 ORDER BY id", kind):
        members = together.get(row["id"], (row["id"],))
        if members[0] == row["id"]:
            some.extend(members)
        if len(some) >= AT_A_TIME:
            yield some
            some = []
    if some:
        yield some
