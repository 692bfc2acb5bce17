"""Nothing is lost: whatever was sent is on record, took effect once, and waits only for what has a name."""

from uuid import UUID

from backend.database import Transaction
from backend.web import office_queries
from backend.web.views import Scope
from tests.model.expected import Made
from tests.model.told import Told

Key = tuple[UUID, UUID]
MANY = 100_000


async def lost(tx: Transaction, model: Told, scope: Scope) -> list[str]:
    """`scope`: of the offices whose people look at what waits."""
    rows = await tx.all("SELECT made_by, id, standing FROM inbox WHERE made_by = ANY($devices)", devices=model.devices)
    kept = {(row["made_by"], row["id"]): row for row in rows}
    effects = await _effects(tx)
    found: list[str] = []
    for key, made in model.known.items():
        row = kept.get(key)
        if row is None:
            found.append(f"{made.kind} {made.id} was sent and is not on record")
        elif row["standing"] != made.standing:
            found.append(f"{made.kind} {made.id} stands {row['standing']}, not {made.standing}")
        elif effects.get(key, 0) != (1 if made.standing == "applied" else 0):
            found.append(f"{made.kind} {made.id} stands {made.standing} and took effect {effects.get(key, 0)} times")
    return found + await _waits(tx, model, scope) + await _not_listed(tx, scope)


async def _effects(tx: Transaction) -> dict[Key, int]:
    rows = await tx.all("SELECT made_by, id, count(*) AS n FROM acts WHERE parent IS NULL GROUP BY made_by, id")
    return {(row["made_by"], row["id"]): row["n"] for row in rows}


async def _waits(tx: Transaction, model: Told, scope: Scope) -> list[str]:
    """A person sees it on a list, about what is not there yet one of the province. Held is what came before its number,
    behind what stands behind something of the same phone on the same subject, or behind an open exception."""
    turns = {row["id"]: row["next_seq"] for row in await tx.all("SELECT id, next_seq FROM devices")}
    listed = await _listed(tx, scope)
    born = {row["id"] for row in await tx.all("SELECT id FROM subjects")}
    of_province = await _listed(tx, Scope([], everywhere=True))
    open_on = {row["case_id"] for row in await tx.all("SELECT case_id FROM exceptions WHERE cleared_at IS NULL")}
    waiting = model.waiting()
    found: list[str] = []
    for made in waiting:
        if (made.device, made.id) not in (listed if made.case in born else of_province):
            found.append(f"{made.kind} {made.id} stands {made.standing} and is on no list")
        if made.standing == "held" and made.seq <= turns[made.device]:
            found.append(f"{made.kind} {made.id} is held and was its phone's turn")
        if made.standing == "behind" and made.case not in open_on and not _stands_before(made, waiting):
            found.append(f"{made.kind} {made.id} stands behind nothing")
    return found


async def _not_listed(tx: Transaction, scope: Scope) -> list[str]:
    """What crossed a rule and nobody has cleared: of a case its offices see it, of anything else the province."""
    rows = await tx.all(
        """SELECT e.exception_id, c.case_id IS NOT NULL AS of_case FROM exceptions AS e
           LEFT JOIN cases AS c ON c.case_id = e.case_id WHERE e.cleared_at IS NULL"""
    )
    offices = {one.exception_id for one in await office_queries.exceptions(tx, scope, MANY)}
    province = {one.exception_id for one in await office_queries.exceptions(tx, Scope([], everywhere=True), MANY)}
    return [
        f"exception {row['exception_id']} is open and on no list"
        for row in rows
        if row["exception_id"] not in (offices if row["of_case"] else province)
    ]


async def _listed(tx: Transaction, scope: Scope) -> set[Key]:
    return {(one.made_by, one.id) for one in await office_queries.waiting(tx, scope, MANY)}


def _stands_before(made: Made, waiting: list[Made]) -> bool:
    return any(
        other.device == made.device and other.case == made.case and other.standing == "review" and other.seq < made.seq
        for other in waiting
    )
