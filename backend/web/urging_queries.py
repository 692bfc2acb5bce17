"""SQL of what units are urged about, under the scope of whoever reads it."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.urging_views import UrgingLine, UrgingView
from backend.web.views import Scope


async def urgings_of(tx: Transaction, cases: Sequence[UUID]) -> list[UrgingView]:
    """In the order in which they were made."""
    rows = await tx.all(
        """SELECT g.case_id, g.urging_id, g.unit_id, g.state, g.words, g.answer_by, a.name AS urged_by_name, g.urged_at,
                  g.answer, b.name AS answered_by_name, g.answered_at
           FROM urgings AS g
           JOIN people AS a ON a.id = g.urged_by
           LEFT JOIN people AS b ON b.id = g.answered_by
           WHERE g.case_id = ANY($cases::uuid[]) ORDER BY g.urged_at, g.urging_id""",
        cases=list(cases),
    )
    return [shaped(row, UrgingView) for row in rows]


async def open_urgings(tx: Transaction, scope: Scope, limit: int) -> list[UrgingLine]:
    """Without an answer: those whose day comes, or came, first. `scope`: of who answers."""
    rows = await tx.all(
        """SELECT g.case_id, g.urging_id, g.unit_id, g.state, g.words, g.answer_by, a.name AS urged_by_name, g.urged_at,
                  g.answer, NULL::text AS answered_by_name, g.answered_at, c.owner_name, c.state AS case_state,
                  (SELECT v.name FROM unit_versions AS v WHERE v.unit_id = g.unit_id
                   ORDER BY lower(v.valid) DESC NULLS LAST LIMIT 1) AS unit_name
           FROM urgings AS g
           JOIN cases AS c ON c.case_id = g.case_id
           JOIN people AS a ON a.id = g.urged_by
           WHERE g.state = 'urged'
             AND ($everywhere OR CASE
                 WHEN g.unit_id IN (c.supporting_unit, c.handling_unit, c.competent_unit)
                 THEN g.unit_id = ANY($units::uuid[])
                 ELSE ARRAY[c.supporting_unit, c.handling_unit, c.competent_unit] && $units::uuid[] END)
           ORDER BY g.answer_by, g.urged_at, g.urging_id LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    return [shaped(row, UrgingLine) for row in rows]


async def answered_urgings(tx: Transaction, scope: Scope, limit: int) -> list[UrgingLine]:
    """Those of these units, and those that they answered for another, the latest answer first."""
    rows = await tx.all(
        """SELECT g.case_id, g.urging_id, g.unit_id, g.state, g.words, g.answer_by, a.name AS urged_by_name, g.urged_at,
                  g.answer, b.name AS answered_by_name, g.answered_at, c.owner_name, c.state AS case_state,
                  (SELECT v.name FROM unit_versions AS v WHERE v.unit_id = g.unit_id
                   ORDER BY lower(v.valid) DESC NULLS LAST LIMIT 1) AS unit_name
           FROM urgings AS g
           JOIN cases AS c ON c.case_id = g.case_id
           JOIN people AS a ON a.id = g.urged_by
           JOIN people AS b ON b.id = g.answered_by
           WHERE g.state = 'answered'
             AND ($everywhere OR g.unit_id = ANY($units::uuid[]) OR (
                 g.unit_id NOT IN (c.supporting_unit, c.handling_unit, c.competent_unit)
                 AND ARRAY[c.supporting_unit, c.handling_unit, c.competent_unit] && $units::uuid[]))
           ORDER BY g.answered_at DESC, g.urging_id LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    return [shaped(row, UrgingLine) for row in rows]


async def open_count(tx: Transaction, scope: Scope) -> int:
    """How many wait for an answer of these offices, as far as 1,000. `scope`: of who answers."""
    return await tx.value(
        """SELECT count(*) FROM (
               SELECT FROM urgings AS g JOIN cases AS c ON c.case_id = g.case_id
               WHERE g.state = 'urged'
                 AND ($everywhere OR CASE
                     WHEN g.unit_id IN (c.supporting_unit, c.handling_unit, c.competent_unit)
                     THEN g.unit_id = ANY($units::uuid[])
                     ELSE ARRAY[c.supporting_unit, c.handling_unit, c.competent_unit] && $units::uuid[] END)
               LIMIT 1000
           ) AS one""",
        everywhere=scope.everywhere,
        units=list(scope.units),
    )
