"""What waits: behind something in review, behind an open exception, behind a gap in a phone's numbers.

When what they waited for is settled they run in order, each as it was when it came. When faults stop, every queue
drains without a person but for what a person must decide.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.acts import personal_queries as personal_parts
from backend.acts import queries as acts
from backend.acts.model import Act, Inboxed, Standing
from backend.acts.service import open_personal
from backend.database import REFUSED, Transaction
from backend.keys import KeyRing
from backend.staff import outbox_queries as staff
from backend.staff.outbox_queries import Outbox
from backend.sync import queries
from backend.sync.batch import Batch
from backend.sync.reading import again, blocking, line_up
from backend.sync.refused import refusal_of
from backend.sync.rows import inboxed


async def release(tx: Transaction, ring: KeyRing, devices: dict[UUID, Outbox], subject: UUID, at: datetime) -> None:
    """Runs what stands behind on a subject, for makers whose rows are locked, until something must wait again."""
    rows = [row for row in await acts.waiting_on(tx, subject) if row.made_by in devices]
    for maker in dict.fromkeys(row.made_by for row in rows):
        for row in (row for row in rows if row.made_by == maker):
            if row.standing is Standing.REVIEW:
                break
            [act] = await acts_again(tx, ring, [row], devices)
            batch = Batch(tx, ring, devices, {}, at)
            result = (await one(batch, act))[act.key]
            if result.standing in (Standing.REVIEW, Standing.BEHIND):
                break


async def acts_again(tx: Transaction, ring: KeyRing, rows: Sequence[Inboxed], devices: dict[UUID, Outbox]) -> list[Act]:
    """Acts from their inbox rows, with what can still be read of their personal parts."""
    if not rows:
        return []
    personal = await open_personal(tx, ring, [(row.made_by, row.id) for row in rows])
    keys = await personal_parts.data_keys_of(tx, [row.subject_id for row in rows if row.subject_id is not None])
    erased = {subject for subject, key in keys.items() if key.wrapped is None}
    return [
        again(
            row,
            personal.get((row.made_by, row.id)),
            devices.get(row.made_by),
            erased=(row.subject_kind, row.subject_id) in erased,
        )
        for row in rows
    ]


async def one(batch: Batch, act: Act) -> dict[tuple[UUID, UUID], Inboxed]:
    """A batch of one: what the database refuses stands aside."""
    try:
        async with batch.tx.savepoint():
            return await batch.carry_out([act])
    except REFUSED as refused:
        return await batch.stand_aside(act, refusal_of(refused))


async def release_stalled(tx: Transaction, ring: KeyRing, at: datetime) -> int:
    """A timer's work: whatever could go on and does not. Returns how many subjects it looked at."""
    pairs = await acts.stalled(tx)
    for maker, subject in pairs:
        await release(tx, ring, await staff.lock_outboxes(tx, [maker]), subject, at)
    return len(pairs)


async def given_up(tx: Transaction, before: datetime) -> list[UUID]:
    """Devices whose missing acts are not waited for any more."""
    return await queries.makers_given_up(tx, before)


async def fill_gaps(tx: Transaction, ring: KeyRing, device: UUID, at: datetime) -> int:
    """The missing acts will not come any more (P3): those held run in order, marked after a gap. Returns how many."""
    devices = await staff.lock_outboxes(tx, [device])
    waiting = await acts.waiting_of(tx, [device])
    held = [row for row in waiting if row.standing is Standing.HELD]
    if not held:
        return 0
    line = line_up(devices[device], await acts_again(tx, ring, held, devices), fill_gaps=True)
    misfits = [inboxed(act, Standing.REVIEW, at, reason=reason) for act, reason in line.misfits]
    await acts.change_standing(tx, misfits)
    batch = Batch(tx, ring, devices, blocking([*waiting, *misfits]), at)
    for act in line.ready:
        await one(batch, act)
    await staff.save_outboxes(tx, [replace(devices[device], next_seq=line.next_seq, last_hash=line.last_hash)], {}, at)
    return len(held)
