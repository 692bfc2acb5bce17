"""What a confirmed line of a run sheet tells is carried out: as the courier's acts, at the time that was written (F11).

The maker is who typed it in, so that nobody takes it for the courier's phone; the actor is the courier. All of a line
takes effect, or nothing of it.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from backend.acts import envelope
from backend.acts import queries as acts
from backend.acts.envelope import Subject
from backend.acts.model import Act, Clocked, Source, Standing
from backend.acts.rules import current
from backend.acts.service import open_personal
from backend.database import REFUSED, Transaction
from backend.keys import KeyRing
from backend.run_sheets import queries
from backend.run_sheets.errors import LineNotPossible
from backend.run_sheets.model import Rekey, RekeyPersonal, RunSheetLine, Written, act_id
from backend.sync.batch import Batch
from backend.sync.model import DECODERS
from backend.sync.refused import refusal_of

REKEY = "rekey"


async def carry_out(tx: Transaction, ring: KeyRing, case: UUID, line_id: UUID, at: datetime) -> None:
    """Raises LineNotPossible, and what the database refuses in the words of the field."""
    line = next(one for one in await queries.lines_of(tx, [case]) if one.line_id == line_id)
    key = (line.typed_by, line.rekeyed_by)
    typed = (await acts.find_inboxed(tx, [key]))[key]
    body: Rekey = DECODERS[REKEY].decode(envelope.read(typed.data).body)
    personal = msgspec.json.decode((await open_personal(tx, ring, [key])).get(key, b"{}"), type=RekeyPersonal)
    told = [_act(line, one, place, personal.of(place), at) for place, one in enumerate(body.acts)]
    try:
        rows = await Batch(tx, ring, {}, {}, at).carry_out(told)
    except REFUSED as refused:
        raise refusal_of(refused) from refused
    for place, one in enumerate(told, 1):
        row = rows[one.key]
        if row.standing is not Standing.APPLIED:
            why = row.problem.detail if row.problem is not None else ""
            raise LineNotPossible(f"Việc thứ {place} của dòng này chưa ghi được. {why}".strip())


def _act(line: RunSheetLine, told: Written, place: int, personal: dict[str, object] | None, at: datetime) -> Act:
    sealed = None if personal is None else msgspec.json.encode(personal)
    command = envelope.write(
        made_by=line.typed_by,
        id=act_id(line.line_id, place),
        actor=line.courier,
        subject=Subject("case", line.case_id),
        kind=told.kind,
        rules=current(),
        base=0,
        occurred_at=told.at,
        body=told.body,
        personal=sealed,
    )
    return Act(
        envelope=envelope.read(command),
        source=Source.PAPER,
        data=command,
        fingerprint=envelope.fingerprint(command),
        signature=None,
        personal=sealed,
        carried_by=None,
        received_at=at,
        occurred_at=told.at,
        clock=Clocked.PAPER,
    )
