"""SQL of what a desk reads of offices and their people, and of what waits for a person. Reads only.

What waits lies in the inbox, which only the services may read: every question here says whose it may find.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.office_views import Colleague, PhoneLine, UnitLine
from backend.web.views import ExceptionView, Scope, WaitingRow

_MOST_COUNTED = 1_000


async def units_on(tx: Transaction, on: date) -> list[UnitLine]:
    """All units of the day, by name."""
    rows = await tx.all(
        """SELECT u.id, u.kind, v.name, v.commune_code FROM unit_versions AS v JOIN units AS u ON u.id = v.unit_id
           WHERE v.valid @> $on::date ORDER BY v.folded, u.id""",
        on=on,
    )
    return [shaped(row, UnitLine) for row in rows]


async def colleagues(tx: Transaction, units: Sequence[UUID] | None, on: date) -> list[Colleague]:
    """Everybody with a role that day at these units, or anywhere, by name."""
    rows = await tx.all(
        """SELECT r.person_id, p.name, p.badge, r.role, r.unit_id
           FROM roles_held AS r JOIN people AS p ON p.id = r.person_id
           WHERE ($units::uuid[] IS NULL OR r.unit_id = ANY($units::uuid[])) AND r.valid @> $on::date
             AND r.taken_at IS NULL AND p.disabled_at IS NULL
           ORDER BY p.folded, r.person_id, r.role, r.unit_id""",
        units=None if units is None else list(units),
        on=on,
    )
    return [shaped(row, Colleague) for row in rows]


async def phones_in_use(tx: Transaction, units: Sequence[UUID], at: datetime) -> list[PhoneLine]:
    """Let in at these units, neither withdrawn nor lent only until earlier, by the name of who has them."""
    rows = await tx.all(
        """SELECT d.id AS device, p.name, p.badge, d.lent_from IS NOT NULL AS lent
           FROM devices AS d JOIN people AS p ON p.id = d.person_id
           WHERE d.unit_id = ANY($units::uuid[]) AND d.revoked_at IS NULL
             AND (d.lent_until IS NULL OR d.lent_until > $at) AND p.disabled_at IS NULL
           ORDER BY p.folded, d.enrolled_at DESC, d.id""",
        units=list(units),
        at=at,
    )
    return [shaped(row, PhoneLine) for row in rows]


async def people_named(tx: Transaction, people: Sequence[UUID]) -> dict[UUID, str]:
    rows = await tx.all("SELECT id, name FROM people WHERE id = ANY($people::uuid[])", people=list(people))
    return {row["id"]: row["name"] for row in rows}


async def handling_names(tx: Transaction, cases: Sequence[UUID]) -> dict[UUID, str]:
    """The post of each case, by its newest name."""
    rows = await tx.all(
        """SELECT DISTINCT ON (c.case_id) c.case_id, v.name
           FROM cases AS c JOIN unit_versions AS v ON v.unit_id = c.handling_unit
           WHERE c.case_id = ANY($cases::uuid[]) ORDER BY c.case_id, lower(v.valid) DESC""",
        cases=list(cases),
    )
    return {row["case_id"]: row["name"] for row in rows}


async def former_names(tx: Transaction, units: Sequence[UUID]) -> dict[UUID, str]:
    """The last name of each."""
    rows = await tx.all(
        """SELECT DISTINCT ON (unit_id) unit_id, name FROM unit_versions WHERE unit_id = ANY($units::uuid[])
           ORDER BY unit_id, lower(valid) DESC NULLS LAST""",
        units=list(units),
    )
    return {row["unit_id"]: row["name"] for row in rows}


async def waiting_of_cases(tx: Transaction, cases: Sequence[UUID]) -> list[WaitingRow]:
    """All that is held, behind or in review on these cases, oldest first."""
    rows = await tx.all(
        """SELECT i.made_by, i.id, i.standing, i.kind, i.reason, i.subject_kind, i.subject_id, i.case_id, i.received_at,
                  i.problem ->> 'detail' AS detail, i.after_gap,
                  ARRAY[c.supporting_unit, c.handling_unit, c.competent_unit] AS units
           FROM inbox AS i JOIN cases AS c ON c.case_id = i.case_id
           WHERE i.case_id = ANY($cases::uuid[]) AND i.standing IN ('held', 'behind', 'review')
           ORDER BY i.received_at, i.seq, i.id""",
        cases=list(cases),
    )
    return [shaped(row, WaitingRow) for row in rows]


async def after_gaps(tx: Transaction, case: UUID) -> list[WaitingRow]:
    """What phones did on a case after something of theirs that never came, whatever became of it; oldest first."""
    rows = await tx.all(
        """SELECT i.made_by, i.id, i.standing, i.kind, i.reason, i.subject_kind, i.subject_id, i.case_id, i.received_at,
                  i.problem ->> 'detail' AS detail, i.after_gap,
                  ARRAY[c.supporting_unit, c.handling_unit, c.competent_unit] AS units
           FROM inbox AS i JOIN cases AS c ON c.case_id = i.case_id
           WHERE i.case_id = $case AND i.after_gap ORDER BY i.received_at, i.seq, i.id""",
        case=case,
    )
    return [shaped(row, WaitingRow) for row in rows]


async def waiting(tx: Transaction, scope: Scope, limit: int) -> list[WaitingRow]:
    """All that waits on the scope's cases, or came from a phone of its units and belongs to no case; oldest first."""
    rows = await tx.all(
        """SELECT i.made_by, i.id, i.standing, i.kind, i.reason, i.subject_kind, i.subject_id, i.case_id, i.received_at,
                  i.problem ->> 'detail' AS detail, i.after_gap,
                  array_remove(ARRAY[c.supporting_unit, c.handling_unit, c.competent_unit, s.unit_id], NULL) AS units
           FROM inbox AS i
           LEFT JOIN cases AS c ON c.case_id = i.case_id
           LEFT JOIN shifts AS s ON s.shift_id = i.subject_id AND i.subject_kind = 'shift'
           WHERE i.standing IN ('held', 'behind', 'review')
             AND ($everywhere
                  OR EXISTS (
                      SELECT FROM case_units AS u WHERE u.case_id = i.case_id AND u.unit_id = ANY($units::uuid[])
                  )
                  OR (i.case_id IS NULL AND EXISTS (
                      SELECT FROM devices AS d
                      WHERE d.id = coalesce(i.carried_by, i.made_by) AND d.unit_id = ANY($units::uuid[])
                  )))
           ORDER BY i.received_at, i.seq, i.id LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    return [shaped(row, WaitingRow) for row in rows]


async def exceptions(tx: Transaction, scope: Scope, limit: int) -> list[ExceptionView]:
    """Open ones of cases, days, bags, incidents and stocks, oldest first."""
    rows = await tx.all(
        """SELECT e.case_id, e.exception_id, e.machine, e.state, e.reason, e.opened_at, s.kind AS subject_kind
           FROM exceptions AS e JOIN subjects AS s ON s.id = e.case_id
           WHERE e.cleared_at IS NULL
             AND ($everywhere OR e.case_id = ANY($units::uuid[]) OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = e.case_id AND u.unit_id = ANY($units::uuid[])
                 UNION ALL SELECT FROM shifts AS h WHERE h.shift_id = e.case_id AND h.unit_id = ANY($units::uuid[])
                 UNION ALL SELECT FROM bags AS b
                 WHERE b.bag_id = e.case_id AND ARRAY[b.unit_id, b.to_unit] && $units::uuid[]
                 UNION ALL SELECT FROM incidents AS i
                 WHERE i.incident_id = e.case_id AND ARRAY[i.unit_id, i.reported_unit] && $units::uuid[]))
           ORDER BY e.opened_at, e.exception_id LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    return [shaped(row, ExceptionView) for row in rows]


async def waiting_count(tx: Transaction, scope: Scope) -> int:
    """How many acts in review, open exceptions and lines of run sheets a person must look at, as far as 1,000."""
    others = await tx.value(
        """SELECT count(*) FROM (
               SELECT FROM inbox AS i
               WHERE i.standing = 'review'
                 AND ($everywhere OR EXISTS (
                     SELECT FROM case_units AS u WHERE u.case_id = i.case_id AND u.unit_id = ANY($units::uuid[])))
               UNION ALL
               SELECT FROM run_sheet_lines AS l
               WHERE l.state = 'typed'
                 AND ($everywhere OR EXISTS (
                     SELECT FROM case_units AS u WHERE u.case_id = l.case_id AND u.unit_id = ANY($units::uuid[])))
               LIMIT $most
           ) AS one""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        most=_MOST_COUNTED,
    )
    return min(_MOST_COUNTED, others + len(await exceptions(tx, scope, _MOST_COUNTED)))


async def makers_named(tx: Transaction, makers: Sequence[UUID]) -> dict[UUID, str]:
    """Whose phones these are, or which people."""
    rows = await tx.all(
        """SELECT d.id, p.name FROM devices AS d JOIN people AS p ON p.id = d.person_id
           WHERE d.id = ANY($makers::uuid[])
           UNION ALL SELECT id, name FROM people WHERE id = ANY($makers::uuid[])""",
        makers=list(makers),
    )
    return {row["id"]: row["name"] for row in rows}


async def live_tokens(tx: Transaction, case: UUID) -> set[bytes]:
    """SHA-256 of the tokens that open the citizen's page of a case."""
    rows = await tx.all("SELECT token_sha256 FROM tracking_tokens WHERE case_id = $case AND live", case=case)
    return {row["token_sha256"] for row in rows}


async def one_at_a_time(tx: Transaction, person: UUID, act: UUID) -> None:
    """Two clicks that arrive together: the second waits here, and then finds what the first has done."""
    await tx.run("SELECT pg_advisory_xact_lock(hashtextextended($key, 0))", key=f"{person} {act}")


async def open_cases_named(services: Transaction, folded: str, procedure: str | None) -> int:
    """How many are not done whose owner is called that, of all units. `folded`: the whole name, without tone marks.
    `procedure` None: of any."""
    return await services.value(
        """SELECT count(*) FROM cases
           WHERE owner_folded = $folded AND closed_at IS NULL
             AND ($procedure::text IS NULL OR procedure = $procedure)""",
        folded=folded,
        procedure=procedure,
    )
