"""What typing a line in again needs to know: whether the phone told the same thing already."""

from typing import Any
from uuid import UUID

from backend.acts import envelope
from backend.database import Transaction
from backend.run_sheets.errors import LineUnclear
from backend.run_sheets.model import ON_PAPER, ConfirmRekeyed, Rekey, RunSheetLine
from backend.sync import queries
from backend.sync.model import DECODERS
from backend.sync.once import told_once
from backend.sync.run_sheet_effects import bodies_of
from backend.sync.world import Named, World


async def from_phone(tx: Transaction, world: World, named: Named) -> None:
    for act, body in named:
        case = act.subject[1]
        line = world.get(RunSheetLine, case, body.line_id)
        if isinstance(body, Rekey):
            tells, visit = _told_by(body), body.visit_id
        elif line is not None:
            tells, visit = set(line.tells.split()), line.visit_id
        else:
            continue
        for one in await _bodies(tx, case):
            if one.visit_id == visit and not tells.isdisjoint(told_once(one)):
                world.note("from_phone", body.line_id)


def _told_by(body: Rekey) -> set[str]:
    try:
        return set[str]().union(*map(told_once, bodies_of(body)))
    except LineUnclear:  # said when it is decided
        return set()


async def _bodies(tx: Transaction, case: UUID) -> list[Any]:
    rows = await queries.told_by_phones(tx, case, sorted(ON_PAPER))
    return [DECODERS[kind].decode(envelope.read(data).body) for kind, data in rows]


OF_RUN_SHEETS: dict[type[Any], Any] = {Rekey: from_phone, ConfirmRekeyed: from_phone}
