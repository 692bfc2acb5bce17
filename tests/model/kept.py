"""Nothing is lost and nothing comes from nowhere: whatever was sent, and nothing else, is on record, took effect once,
and waits only for what has a name; lists show what waits, and nothing else."""

from collections.abc import Sequence, Set
from uuid import UUID

from backend.database import Transaction
from backend.web import office_queries
from backend.web.views import Scope
from tests.model.expected import Made
from tests.model.told import Told

Key = tuple[UUID, UUID]
MANY = 100_000


async def lost(tx: Transaction, model: Told, scope: Scope, before: Set[Key], unread: Set[Key]) -> list[str]:
    """`scope`: of the offices whose people look at what waits. `before`: of the phones' acts, those that were on record
    before the sequence. `unread`: what came from phones and nobody can read."""
    kept = await _on_record(tx, model, before)
    effects = await _effects(tx, model, before)
    sent = model.known.keys() | unread
    found = [f"{key} is on record and was never sent" for key in kept.keys() - sent]
    found += [f"{key} was sent and is not on record" for key in sent - kept.keys()]
    found += [f"{key} took effect and was never sent" for key in effects.keys() - model.known.keys()]
    for key, made in model.known.items():
        if kept.get(key, made.standing) != made.standing:
            found.append(f"{made.kind} {made.id} stands {kept[key]}, not {made.standing}")
        if effects.get(key, 0) != (1 if made.standing == "applied" else 0):
            found.append(f"{made.kind} {made.id} stands {made.standing} and took effect {effects.get(key, 0)} times")
    unclear = {key for key in unread if kept.get(key) == "review"}
    return found + await _waits(tx, model, scope, unclear) + await _exceptions(tx, scope)


async def on_record(tx: Transaction, devices: Sequence[UUID]) -> dict[Key, str]:
    """Where each act that these phones made stands."""
    rows = await tx.all("SELECT made_by, id, standing FROM inbox WHERE made_by = ANY($devices)", devices=list(devices))
    return {(row["made_by"], row["id"]): row["standing"] for row in rows}


async def _on_record(tx: Transaction, model: Told, before: Set[Key]) -> dict[Key, str]:
    """Of this sequence."""
    return {key: standing for key, standing in (await on_record(tx, model.devices)).items() if key not in before}


async def _effects(tx: Transaction, model: Told, before: Set[Key]) -> dict[Key, int]:
    """How often each act of the phones took effect in this sequence."""
    rows = await tx.all(
        """SELECT made_by, id, count(*) AS n FROM acts WHERE parent IS NULL AND made_by = ANY($devices)
           GROUP BY made_by, id""",
        devices=model.devices,
    )
    counted = {(row["made_by"], row["id"]): row["n"] for row in rows}
    return {key: times for key, times in counted.items() if key not in before}


async def _waits(tx: Transaction, model: Told, scope: Scope, unclear: Set[Key]) -> list[str]:
    """A person sees it on a list, about what is not there yet one of the province. Held is what came before its number,
    behind what stands behind something of the same phone on the same subject, or behind an open exception. `unclear`:
    what nobody could read, and a person looks at."""
    turns = {row["id"]: row["next_seq"] for row in await tx.all("SELECT id, next_seq FROM devices")}
    listed = await _listed(tx, scope)
    born = {row["id"] for row in await tx.all("SELECT id FROM subjects")}
    of_province = await _listed(tx, Scope([], everywhere=True))
    open_on = {row["case_id"] for row in await tx.all("SELECT case_id FROM exceptions WHERE cleared_at IS NULL")}
    waiting = model.waiting()
    right = {(made.device, made.id) for made in waiting} | unclear
    found = [f"{key} is unreadable and on no list" for key in unclear - of_province]
    for key in listed | of_province:
        if key[0] in model.devices and key not in right:
            found.append(f"{key} is on a list and does not wait")
    for made in waiting:
        if (made.device, made.id) not in (listed if made.case in born else of_province):
            found.append(f"{made.kind} {made.id} stands {made.standing} and is on no list")
        if made.standing == "held" and made.seq <= turns[made.device]:
            found.append(f"{made.kind} {made.id} is held and was its phone's turn")
        if made.standing == "behind" and made.case not in open_on and not _stands_before(made, waiting):
            found.append(f"{made.kind} {made.id} stands behind nothing")
    return found


async def _exceptions(tx: Transaction, scope: Scope) -> list[str]:
    """What crossed a rule and nobody has cleared, and nothing else, is on a list: of a case its offices see it, of
    anything else the province."""
    rows = await tx.all(
        """SELECT e.exception_id, c.case_id IS NOT NULL AS of_case FROM exceptions AS e
           LEFT JOIN cases AS c ON c.case_id = e.case_id WHERE e.cleared_at IS NULL"""
    )
    offices = {one.exception_id for one in await office_queries.exceptions(tx, scope, MANY)}
    province = {one.exception_id for one in await office_queries.exceptions(tx, Scope([], everywhere=True), MANY)}
    found = [f"exception {one} is on a list and not open" for one in (offices | province) - {row[0] for row in rows}]
    return found + [
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
