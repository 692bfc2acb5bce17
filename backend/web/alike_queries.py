"""SQL of cases that may be one matter (Có thể trùng, F02). Reads only."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.views import Alike, Scope

NEWEST = 200
"""Cases of each state and office that are compared: a matter that was asked for twice was so within days."""


async def alike(tx: Transaction, scope: Scope, case: UUID, states: Sequence[str]) -> list[Alike]:
    """Those in these `states`, the oldest first."""
    rows = await tx.all(
        """SELECT b.case_id, b.state, b.owner_name, e.code AS dossier_code, b.channel, b.opened_at
           FROM cases AS a
           JOIN cases AS b ON b.procedure = a.procedure AND b.case_id <> a.case_id AND b.owner_folded = a.owner_folded
           LEFT JOIN dossiers AS e ON e.case_id = b.case_id
           WHERE a.case_id = $case AND a.state = ANY($states::text[]) AND b.state = ANY($states::text[])
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = b.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY b.opened_at, b.case_id LIMIT 20""",
        case=case,
        states=list(states),
        everywhere=scope.everywhere,
        units=list(scope.units),
    )
    return [shaped(row, Alike) for row in rows]


async def cases_alike(tx: Transaction, scope: Scope, states: Sequence[str], limit: int) -> list[UUID]:
    """Own open cases that have another one like them in these `states`, side by side; of the newest of each office."""
    rows = await tx.all(
        """WITH own AS MATERIALIZED (
               SELECT DISTINCT o.case_id FROM unnest($units::uuid[]) AS w (unit_id)
               CROSS JOIN unnest($states::text[]) AS s (state)
               CROSS JOIN LATERAL (
                   SELECT cu.case_id FROM case_units AS cu
                   WHERE cu.unit_id = w.unit_id AND cu.state = s.state
                   ORDER BY cu.opened_at DESC, cu.case_id LIMIT $newest
               ) AS o
           )
           SELECT a.case_id FROM own JOIN cases AS a ON a.case_id = own.case_id
           WHERE EXISTS (
               SELECT FROM cases AS b
               WHERE b.owner_folded = a.owner_folded AND b.procedure = a.procedure AND b.case_id <> a.case_id
                 AND b.state = ANY($states::text[])
                 AND ($everywhere OR EXISTS (
                     SELECT FROM case_units AS u WHERE u.case_id = b.case_id AND u.unit_id = ANY($units::uuid[]))))
           ORDER BY a.procedure, a.owner_folded, a.opened_at, a.case_id LIMIT $limit""",
        units=list(scope.units),
        everywhere=scope.everywhere,
        states=list(states),
        newest=NEWEST,
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def merged_into(tx: Transaction, case: UUID) -> list[UUID]:
    """Cases in whose place this one goes on."""
    rows = await tx.all("SELECT case_id FROM cases WHERE merged_into = $case ORDER BY opened_at, case_id", case=case)
    return [row["case_id"] for row in rows]
