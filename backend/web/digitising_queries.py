"""SQL of how far a dossier has been made digital. Reads only; `tx`: sees what the clerk may see."""

from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.digitising_views import ComponentLine, Photographed


async def find_post(tx: Transaction, case: UUID) -> UUID | None:
    """Of the case's posts, the one where the first pages of its papers were made: it keeps what it did when a result
    goes to another. None: nobody has made any."""
    return await tx.value(
        """SELECT (SELECT v.unit_id FROM pages AS q
                   JOIN visits AS v ON v.visit_id = q.visit_id
                   JOIN case_units AS u ON u.case_id = q.case_id AND u.unit_id = v.unit_id AND u.relation = 'handling'
                   WHERE q.case_id = $case ORDER BY v.day, v.visit_id LIMIT 1)""",
        case=case,
    )


async def photographed(tx: Transaction, case: UUID) -> Photographed:
    """A paper that was only looked at is counted where it was photographed, or is to be."""
    row = await tx.first(
        """SELECT count(*) AS papers, count(*) FILTER (WHERE g.pages > 0) AS photographed,
                  count(*) FILTER (WHERE g.pages > 0 AND g.pages = g.numbers AND g.pages = g.last) AS arranged
           FROM papers AS p CROSS JOIN LATERAL (
               SELECT count(*) AS pages, count(DISTINCT q.page_number) AS numbers, max(q.page_number) AS last
               FROM pages AS q
               WHERE q.case_id = p.case_id AND q.paper_id = p.paper_id AND q.state <> 'erased'
           ) AS g
           WHERE p.case_id = $case AND NOT p.is_result
             AND (p.state <> 'seen' OR g.pages > 0 OR p.picture_deferred IS NOT NULL)""",
        case=case,
    )
    assert row is not None, "counted, without GROUP BY"
    return shaped(row, Photographed)


async def components_of(tx: Transaction, case: UUID) -> list[ComponentLine]:
    """Those of its papers that have pages: pictures of a gate or of damage are no part of the dossier."""
    rows = await tx.all(
        """SELECT g.component, g.pages, g.clean, g.bad, f.version, f.sha256, f.bytes, f.pages AS pdf_pages, f.made_at
           FROM (
               SELECT component, count(*) AS pages, count(*) FILTER (WHERE state = 'clean') AS clean,
                      count(*) FILTER (WHERE state = 'bad') AS bad
               FROM pages
               WHERE case_id = $case AND state <> 'erased'
                 AND component IN (SELECT p.component FROM papers AS p WHERE p.case_id = $case AND NOT p.is_result)
               GROUP BY component
           ) AS g
           LEFT JOIN LATERAL (
               SELECT version, sha256, bytes, pages, made_at FROM component_files AS c
               WHERE c.case_id = $case AND c.component = g.component ORDER BY version DESC LIMIT 1
           ) AS f ON true
           ORDER BY g.component""",
        case=case,
    )
    return [shaped(row, ComponentLine) for row in rows]
