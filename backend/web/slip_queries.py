"""SQL of what the slips of a case say. Reads only; `tx`: of the services."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.acts.feed import body_of
from backend.database import Row, Transaction, shaped
from backend.fees.model import CollectedLine
from backend.parcels.model import Taken


class TakenAct(msgspec.Struct, frozen=True):
    """Papers were taken: which, and by whom."""

    papers: Sequence[Taken]
    occurred_at: datetime
    actor_name: str


class _Taking(msgspec.Struct, frozen=True):
    visit_id: UUID
    papers: list[Taken]


async def taken_in(tx: Transaction, case: UUID, visit: UUID) -> list[TakenAct]:
    """In the order in which they took effect."""
    return [
        TakenAct(body.papers, row["occurred_at"], row["actor_name"])
        for body, row in await _takings(tx, case)
        if body.visit_id == visit
    ]


async def visits_with_a_slip(tx: Transaction, case: UUID) -> list[UUID]:
    """Those in which papers were taken: what only went home has no slip."""
    return list(dict.fromkeys(body.visit_id for body, _ in await _takings(tx, case)))


async def _takings(tx: Transaction, case: UUID) -> list[tuple[_Taking, Row]]:
    rows = await tx.all(
        """SELECT i.data, a.occurred_at, p.name AS actor_name
           FROM acts AS a
           JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
           JOIN people AS p ON p.id = a.actor
           WHERE a.subject_kind = 'case' AND a.subject_id = $case AND a.kind = 'take_papers' ORDER BY a.n""",
        case=case,
    )
    return [(msgspec.convert(body_of(row["data"]), _Taking), row) for row in rows]


async def missing_in(tx: Transaction, case: UUID, visit: UUID) -> Sequence[str]:
    """Components that the citizen knew to be missing and sent without."""
    said: str | None = await tx.value(
        "SELECT missing FROM case_visits WHERE case_id = $case AND visit_id = $visit", case=case, visit=visit
    )
    return [] if said is None else said.splitlines()


class SlipSigned(msgspec.Struct, frozen=True, kw_only=True):
    mode: str
    signed_at: datetime


async def find_signature(tx: Transaction, case: UUID, visit: UUID) -> SlipSigned | None:
    """How and when the citizen signed the slip of a visit; None: not, not any more, or in a way that does not count."""
    row = await tx.first(
        """SELECT mode, signed_at FROM signatures
           WHERE case_id = $case AND visit_id = $visit AND document = 'slip' AND accepted AND voided_at IS NULL
           ORDER BY signed_at DESC, signature_id LIMIT 1""",
        case=case,
        visit=visit,
    )
    return None if row is None else shaped(row, SlipSigned)


class CollectedAct(msgspec.Struct, frozen=True):
    """Cash was taken. `paid`: of each charge its code in the catalogue, and đồng. `household`: of all slips at once."""

    visit_id: UUID
    paid: Sequence[tuple[str, int]]
    tendered: int
    change: int
    household: int | None
    occurred_at: datetime
    actor_name: str


class _Collecting(msgspec.Struct, frozen=True):
    lines: list[CollectedLine]


async def find_collected(tx: Transaction, case: UUID, number: int) -> CollectedAct | None:
    """`number`: of the slip."""
    row = await tx.first(
        """SELECT c.visit_id, c.tendered, c.change_given, c.order_total, i.data, a.occurred_at, p.name AS actor_name
           FROM collections AS c
           JOIN acts AS a ON a.subject_kind = 'case' AND a.subject_id = c.case_id AND a.id = c.collection_id
           JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
           JOIN people AS p ON p.id = a.actor
           WHERE c.case_id = $case AND c.slip_number = $number""",
        case=case,
        number=number,
    )
    if row is None:
        return None
    charges = await tx.all("SELECT charge_id, line FROM charges WHERE case_id = $case", case=case)
    lines = {one["charge_id"]: one["line"] for one in charges}
    body = msgspec.convert(body_of(row["data"]), _Collecting)
    return CollectedAct(
        row["visit_id"],
        [(lines[one.charge_id], one.amount) for one in body.lines],
        row["tendered"],
        row["change_given"],
        row["order_total"],
        row["occurred_at"],
        row["actor_name"],
    )
