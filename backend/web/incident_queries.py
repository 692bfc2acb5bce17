"""SQL of what a desk reads of incidents: those that concern its offices, what they touch. Reads only."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.incident_views import IncidentLine, IncidentOnCase, ThingTouched
from backend.web.views import Scope


async def incidents_of(tx: Transaction, scope: Scope, limit: int) -> list[IncidentLine]:
    """Open ones first, among them those that the clerk's own offices handle, then the newest."""
    rows = await tx.all(
        """SELECT i.incident_id FROM incidents AS i
           WHERE $everywhere OR i.unit_id = ANY($units::uuid[]) OR i.reported_unit = ANY($units::uuid[])
              OR EXISTS (SELECT FROM incident_things AS t JOIN case_units AS u ON u.case_id = t.case_id
                         WHERE t.incident_id = i.incident_id AND u.unit_id = ANY($units::uuid[]))
           ORDER BY i.ended_at IS NOT NULL, i.unit_id = ANY($units::uuid[]) DESC, i.reported_at DESC, i.incident_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        limit=limit,
    )
    found = [row["incident_id"] for row in rows]
    lines = {line.incident_id: line for line in await lines_of(tx, found)}
    return [lines[one] for one in found]


async def open_count(tx: Transaction, scope: Scope) -> int:
    """How many that have not ended concern these offices, as far as 1,000."""
    return await tx.value(
        """SELECT count(*) FROM (
               SELECT FROM incidents AS i
               WHERE i.ended_at IS NULL
                 AND ($everywhere OR i.unit_id = ANY($units::uuid[]) OR i.reported_unit = ANY($units::uuid[])
                      OR EXISTS (SELECT FROM incident_things AS t JOIN case_units AS u ON u.case_id = t.case_id
                                 WHERE t.incident_id = i.incident_id AND u.unit_id = ANY($units::uuid[])))
               LIMIT 1000
           ) AS one""",
        everywhere=scope.everywhere,
        units=list(scope.units),
    )


async def lines_of(tx: Transaction, incidents: Sequence[UUID]) -> list[IncidentLine]:
    rows = await tx.all(
        """SELECT i.incident_id, i.cause, i.state, i.unit_id, i.reported_unit, i.happened_at, i.reported_at,
                  i.reported_by, i.last_holder_kind, i.last_holder, i.last_hand_over, i.amount, i.people, i.photographs,
                  i.place, i.note, i.found_by, i.taken_on_by, i.taken_on_at, i.ended_by, i.ended_at, i.helped_by,
                  i.paid_by, i.postage, i.compensation, i.reopened_because, s.n AS version,
                  (SELECT count(DISTINCT t.case_id) FROM incident_things AS t
                   WHERE t.incident_id = i.incident_id) AS cases,
                  (SELECT count(*) FROM incident_things AS t
                   LEFT JOIN papers AS p ON p.case_id = t.case_id AND p.paper_id = t.thing_id AND t.kind = 'paper'
                   LEFT JOIN parcels AS q ON q.case_id = t.case_id AND q.parcel_id = t.thing_id AND t.kind = 'parcel'
                   WHERE t.incident_id = i.incident_id
                     AND coalesce(p.holder_kind, q.holder_kind) = 'lost'
                     AND coalesce(p.holder, q.holder) = i.incident_id) AS lost
           FROM incidents AS i JOIN subjects AS s ON s.id = i.incident_id AND s.kind = 'incident'
           WHERE i.incident_id = ANY($incidents::uuid[])""",
        incidents=list(incidents),
    )
    return [shaped(row, IncidentLine) for row in rows]


async def things_of(tx: Transaction, incident: UUID) -> list[ThingTouched]:
    """Cases first, each followed by its parcels and papers."""
    rows = await tx.all(
        """SELECT t.case_id, t.kind, t.thing_id, t.open, d.code AS dossier_code, p.component, p.condition, l.number,
                  l.item_number, coalesce(p.holder_kind, q.holder_kind) AS holder_kind,
                  coalesce(p.holder, q.holder) AS holder,
                  ARRAY[c.supporting_unit, c.handling_unit, c.competent_unit] AS offices
           FROM incident_things AS t
           JOIN cases AS c ON c.case_id = t.case_id
           LEFT JOIN dossiers AS d ON d.case_id = t.case_id
           LEFT JOIN papers AS p ON p.case_id = t.case_id AND p.paper_id = t.thing_id AND t.kind = 'paper'
           LEFT JOIN parcels AS q ON q.case_id = t.case_id AND q.parcel_id = t.thing_id AND t.kind = 'parcel'
           LEFT JOIN label_sets AS l ON l.label = q.label
           WHERE t.incident_id = $incident
           ORDER BY t.case_id, array_position(ARRAY['case', 'parcel', 'paper'], t.kind), t.thing_id""",
        incident=incident,
    )
    return [shaped(row, ThingTouched) for row in rows]


async def on_cases(tx: Transaction, cases: Sequence[UUID]) -> list[IncidentOnCase]:
    """The open ones first, then the newest."""
    rows = await tx.all(
        """SELECT t.case_id, i.incident_id, i.cause, i.state, i.ended_at IS NULL AS open, i.reported_at,
                  coalesce(array_agg(t.thing_id) FILTER (WHERE t.open AND t.kind <> 'case'), '{}') AS things
           FROM incident_things AS t JOIN incidents AS i ON i.incident_id = t.incident_id
           WHERE t.case_id = ANY($cases::uuid[])
           GROUP BY t.case_id, i.incident_id
           ORDER BY i.ended_at IS NOT NULL, i.reported_at DESC, i.incident_id""",
        cases=list(cases),
    )
    return [shaped(row, IncidentOnCase) for row in rows]
