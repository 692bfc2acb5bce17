"""SQL of what a desk reads: cases and what hangs on them. Reads only; those below own the tables.

`cases` and `papers` are searched and so have no policy: every search here says whose cases it may find (`scope`), and
everything else is asked about cases that were found so. The rest stands under row-level security as well.
"""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.party_views import PartyView
from backend.web.talk_views import ActRow
from backend.web.views import (
    CaseRow,
    ExceptionView,
    HandOverView,
    PaperView,
    ParcelView,
    Scope,
)


async def find_cases(tx: Transaction, scope: Scope, *, states: Sequence[str], limit: int) -> list[UUID]:
    """Those in these states, the newest first: for each state and unit a walk along an index, whatever lies behind."""
    rows = await tx.all(
        """SELECT n.case_id FROM unnest($states::text[]) AS s (state) CROSS JOIN LATERAL (
               (SELECT c.case_id, c.opened_at FROM cases AS c
                WHERE $everywhere AND c.state = s.state
                ORDER BY c.opened_at DESC, c.case_id LIMIT $limit)
               UNION ALL
               SELECT o.case_id, o.opened_at FROM unnest($units::uuid[]) AS u (unit_id) CROSS JOIN LATERAL (
                   SELECT DISTINCT cu.opened_at, cu.case_id FROM case_units AS cu
                   WHERE NOT $everywhere AND cu.unit_id = u.unit_id AND cu.state = s.state
                   ORDER BY cu.opened_at DESC, cu.case_id LIMIT $limit
               ) AS o
           ) AS n
           GROUP BY n.case_id, n.opened_at ORDER BY n.opened_at DESC, n.case_id LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        states=list(states),
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def plan_each_search(tx: Transaction) -> None:
    """In this transaction statements are planned for what is asked: a frequent name is looked for among the newest
    cases, a rare one in the index of names."""
    await tx.run("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")


async def find_by_name(tx: Transaction, scope: Scope, *, folded: str, limit: int) -> list[UUID]:
    """`folded`: without tone marks; anywhere in the name."""
    rows = await tx.all(
        """SELECT c.case_id FROM cases AS c
           WHERE c.owner_folded LIKE '%' || replace(replace($folded, '%', ''), '_', '') || '%'
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = c.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY c.opened_at DESC, c.case_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        folded=folded,
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def find_by_code(tx: Transaction, scope: Scope, *, code: str, limit: int) -> list[UUID]:
    """A dossier code, or the end of one as people read it aloud."""
    rows = await tx.all(
        """SELECT c.case_id FROM dossiers AS d JOIN cases AS c ON c.case_id = d.case_id
           WHERE reverse(d.code) COLLATE "C" >= reverse(upper($code))
             AND reverse(d.code) COLLATE "C" < reverse(upper($code)) || '~'
             AND right(d.code, length($code)) = upper($code)
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = c.case_id AND u.unit_id = ANY($units::uuid[])))
           ORDER BY c.opened_at DESC, c.case_id
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        code=code,
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def find_by_number(tx: Transaction, scope: Scope, *, number: str, limit: int) -> list[UUID]:
    """Of whoever is in a case: a personal number, an old CMND, a passport or a tax code, whole."""
    rows = await tx.all(
        """SELECT DISTINCT p.case_id FROM parties AS p
           WHERE (p.number = $number OR p.old_number = $number OR p.passport = $number OR p.tax_code = $number)
             AND p.live
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = p.case_id AND u.unit_id = ANY($units::uuid[])))
           LIMIT $limit""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        number=number,
        limit=limit,
    )
    return [row["case_id"] for row in rows]


async def find_by_label(tx: Transaction, scope: Scope, *, scanned: str) -> list[UUID]:
    """What a scanner reads off a parcel: the label, or its S10 number."""
    rows = await tx.all(
        """SELECT p.case_id FROM (
               SELECT case_id FROM parcels WHERE label = $scanned
               UNION
               SELECT q.case_id FROM label_sets AS s JOIN parcels AS q ON q.label = s.label
               WHERE s.item_number = upper($scanned)
           ) AS p
           WHERE $everywhere OR EXISTS (
               SELECT FROM case_units AS u WHERE u.case_id = p.case_id AND u.unit_id = ANY($units::uuid[]))""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        scanned=scanned,
    )
    return [row["case_id"] for row in rows]


async def may_see(tx: Transaction, scope: Scope, case: UUID) -> bool:
    return await tx.value(
        """SELECT EXISTS (SELECT FROM cases AS c WHERE c.case_id = $case
             AND ($everywhere OR EXISTS (
                 SELECT FROM case_units AS u WHERE u.case_id = c.case_id AND u.unit_id = ANY($units::uuid[])
             )))""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        case=case,
    )


MOST_COUNTED = 1_000


async def states_counted(tx: Transaction, scope: Scope, states: Sequence[str]) -> list[tuple[str, int]]:
    """How many cases are in each of these states where there are any; one more than `MOST_COUNTED`: even more."""
    rows = await tx.all(
        """SELECT s.state, n.cases FROM unnest($states::text[]) AS s (state) CROSS JOIN LATERAL (
               SELECT count(*) AS cases FROM (
                   (SELECT FROM cases AS c WHERE $everywhere AND c.state = s.state LIMIT $most)
                   UNION ALL
                   SELECT FROM (
                       SELECT DISTINCT o.case_id FROM unnest($units::uuid[]) AS u (unit_id) CROSS JOIN LATERAL (
                           SELECT DISTINCT cu.opened_at, cu.case_id FROM case_units AS cu
                           WHERE NOT $everywhere AND cu.unit_id = u.unit_id AND cu.state = s.state
                           ORDER BY cu.opened_at DESC, cu.case_id LIMIT $most
                       ) AS o LIMIT $most
                   ) AS own
               ) AS these
           ) AS n WHERE n.cases > 0""",
        everywhere=scope.everywhere,
        units=list(scope.units),
        states=list(states),
        most=MOST_COUNTED + 1,
    )
    return [(row["state"], row["cases"]) for row in rows]


async def procedures_of(tx: Transaction, cases: Sequence[UUID]) -> list[str]:
    """Codes of the procedures of these cases, the most frequent first."""
    rows = await tx.all(
        """SELECT procedure FROM cases WHERE case_id = ANY($cases::uuid[])
           GROUP BY procedure ORDER BY count(*) DESC, procedure LIMIT 40""",
        cases=list(cases),
    )
    return [row["procedure"] for row in rows]


async def case_rows(tx: Transaction, cases: Sequence[UUID]) -> list[CaseRow]:
    rows = await tx.all(
        """SELECT c.case_id, c.state, c.procedure, c.channel, c.model, c.regime_on, c.supporting_unit,
                  c.handling_unit, c.competent_unit, c.visit_commune, c.agency_confirmed, c.check_result,
                  c.recipient_class, c.owner_name, c.owner_number, c.phone, c.address, c.hamlet, c.landmark, c.access,
                  c.opened_at, c.closed_at, d.code AS dossier_code, d.portal_status,
                  d.received_at AS receipt_received_at, d.due_on AS receipt_due_on, d.receipt_at,
                  (SELECT p.name FROM people AS p WHERE p.id = d.receipt_by) AS receipt_by_name,
                  (SELECT t.stage FROM unit_stages AS t
                   WHERE t.unit_id = c.handling_unit AND t.valid @> c.regime_on) AS stage,
                  (SELECT max(a.n) FROM acts AS a WHERE a.subject_id = c.case_id AND a.subject_kind = 'case')
                      AS version,
                  c.merged_into, c.withdrawal_asked, c.result_way, c.result_from, k.email, k.tell_by,
                  coalesce(k.shared_phone, false) AS shared_phone,
                  (SELECT count(*) FROM invitations AS i WHERE i.case_id = c.case_id) AS invitations
           FROM cases AS c
           LEFT JOIN dossiers AS d ON d.case_id = c.case_id
           LEFT JOIN contacts AS k ON k.case_id = c.case_id
           WHERE c.case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, CaseRow) for row in rows]


async def parties_of(tx: Transaction, cases: Sequence[UUID]) -> list[PartyView]:
    """Those who are in the cases now."""
    rows = await tx.all(
        """SELECT case_id, party_id, role, kind, relation, name, number, old_number, passport, tax_code, born, phone,
                  shared_phone, authority, authority_until, since
           FROM parties WHERE case_id = ANY($cases::uuid[]) AND live ORDER BY role, name, party_id""",
        cases=list(cases),
    )
    return [shaped(row, PartyView) for row in rows]


async def papers_of(tx: Transaction, cases: Sequence[UUID]) -> list[PaperView]:
    rows = await tx.all(
        """SELECT p.case_id, p.paper_id, p.component, p.form, p.originals, p.copies, p.condition,
                  p.is_result, p.superseded, p.goes_with, p.state, p.parcel_id, p.holder_kind, p.holder, p.seen_by,
                  s.name AS seen_by_name, p.seen_at,
                  CASE WHEN p.seen_at IS NULL THEN 0 ELSE (
                      SELECT count(*) FROM pages AS g
                      WHERE g.case_id = p.case_id AND g.paper_id = p.paper_id AND g.state <> 'erased'
                  ) END AS pictures
           FROM papers AS p LEFT JOIN people AS s ON s.id = p.seen_by
           WHERE p.case_id = ANY($cases::uuid[]) ORDER BY p.is_result, p.component, p.paper_id""",
        cases=list(cases),
    )
    return [shaped(row, PaperView) for row in rows]


async def parcels_of(tx: Transaction, cases: Sequence[UUID]) -> list[ParcelView]:
    rows = await tx.all(
        """SELECT p.case_id, p.parcel_id, p.label, s.number, s.item_number, p.seal_number, p.state, p.holder_kind,
                  p.holder, EXISTS (
                      SELECT FROM papers AS q
                      WHERE q.case_id = p.case_id AND q.parcel_id = p.parcel_id AND q.is_result
                  ) AS with_result
           FROM parcels AS p LEFT JOIN label_sets AS s ON s.label = p.label
           WHERE p.case_id = ANY($cases::uuid[]) ORDER BY s.number, p.parcel_id""",
        cases=list(cases),
    )
    return [shaped(row, ParcelView) for row in rows]


async def open_offers(tx: Transaction, cases: Sequence[UUID]) -> list[HandOverView]:
    rows = await tx.all(
        """SELECT case_id, offer_id, parcel_ids, receiver FROM hand_overs
           WHERE case_id = ANY($cases::uuid[]) AND received_at IS NULL ORDER BY offered_at, offer_id""",
        cases=list(cases),
    )
    return [shaped(row, HandOverView) for row in rows]


async def exceptions_of(tx: Transaction, cases: Sequence[UUID]) -> list[ExceptionView]:
    rows = await tx.all(
        """SELECT case_id, exception_id, machine, state, reason, opened_at, 'case' AS subject_kind FROM exceptions
           WHERE case_id = ANY($cases::uuid[]) AND cleared_at IS NULL ORDER BY opened_at, exception_id""",
        cases=list(cases),
    )
    return [shaped(row, ExceptionView) for row in rows]


async def timeline(tx: Transaction, case: UUID) -> list[ActRow]:
    """In the order in which the acts took effect."""
    rows = await tx.all(
        """SELECT a.n, a.id, a.made_by, a.kind, a.actor, p.name AS actor_name, a.occurred_at, a.recorded_at, a.clock,
                  a.outcome::json ->> 'case' AS state, a.exceptions
           FROM acts AS a LEFT JOIN people AS p ON p.id = a.actor
           WHERE a.subject_kind = 'case' AND a.subject_id = $case ORDER BY a.n""",
        case=case,
    )
    return [shaped(row, ActRow) for row in rows]
