"""Receives batches of acts: one transaction, locks in one order, decisions in memory, each table written once.

Order of locks: device rows by id, then subjects by id, then label sets by number. If the database refuses the batch it
is run again act by act under savepoints, so that one bad act never holds up the others.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.acts import queries as acts
from backend.acts.model import Act, Answer, Inboxed, Standing
from backend.acts.service import open_personal
from backend.database import CROSSED, REFUSED, Transaction
from backend.errors import SameIdOtherContent
from backend.keys import KeyRing
from backend.staff import outbox_queries as staff
from backend.staff.model import Health
from backend.staff.outbox_queries import Outbox
from backend.sync.batch import Batch
from backend.sync.decide import problem_of
from backend.sync.reading import (
    Command,
    Line,
    Unread,
    again,
    blocking,
    envelope_of,
    line_up,
    understood,
)
from backend.sync.refused import refusal_of
from backend.sync.rows import answer_of, inboxed, unread_row

SAME_ID = problem_of(
    SameIdOtherContent("Mã này đã dùng cho nội dung khác. Máy giữ bản mới để người phụ trách xem; không gửi lại.")
)


TRIES = 3
"""A batch that another one blocked in a circle gives its locks back and starts again."""


class Receipt(msgspec.Struct):
    """A batch while it is being received."""

    answers: dict[int, Answer]
    new: list[Act]
    unread: list[tuple[int, Unread]]
    place: dict[tuple[UUID, UUID], list[int]]
    """Where in the batch sent each command stood; twice, when the same was sent twice."""


async def receive(
    tx: Transaction,
    ring: KeyRing,
    commands: Sequence[Command],
    *,
    carrier: UUID,
    at: datetime,
    last_words: bool = False,
) -> list[Answer]:
    """The answers, in the order sent. When this transaction commits, every command is kept, whatever its standing.

    `last_words`: what a revoked phone still delivers; all of it stands in review.
    """
    for attempt in range(TRIES):
        try:
            async with tx.savepoint():
                return await _received(tx, ring, commands, carrier=carrier, at=at, last_words=last_words)
        except CROSSED:
            if attempt == TRIES - 1:
                raise
    raise AssertionError


async def _received(
    tx: Transaction, ring: KeyRing, commands: Sequence[Command], *, carrier: UUID, at: datetime, last_words: bool
) -> list[Answer]:
    envelopes = [envelope_of(command.data) for command in commands]
    makers = {envelope.made_by for envelope in envelopes if envelope is not None} | {carrier}
    devices = await staff.lock_outboxes(tx, sorted(makers))
    receipt = Receipt({}, [], [], {})
    for position, (command, envelope) in enumerate(zip(commands, envelopes, strict=True)):
        act = understood(command, envelope, devices, carrier, at)
        if isinstance(act, Unread):
            receipt.unread.append((position, act))
        else:
            receipt.place.setdefault(act.key, []).append(position)
            receipt.new.append(act)
    await _answer_known(tx, receipt, carrier)
    lines, blocked = await _lines(tx, ring, devices, receipt.new)
    await _keep_unread(tx, ring, receipt, carrier, at)
    await _run(tx, ring, receipt, lines, devices, blocked, at, last_words=last_words)
    await staff.save_outboxes(
        tx,
        [
            msgspec.structs.replace(devices[device], next_seq=line.next_seq, last_hash=line.last_hash)
            for device, line in lines.items()
        ],
    )
    return [receipt.answers[position] for position in range(len(commands))]


async def _answer_known(tx: Transaction, receipt: Receipt, carrier: UUID) -> None:
    """The same command gets its current standing; the same id with other content changes nothing."""
    keys = [act.key for act in receipt.new] + [(carrier, unread.id) for _, unread in receipt.unread]
    known = await acts.find_inboxed(tx, keys) if keys else {}
    fresh: dict[tuple[UUID, UUID], Act] = {}
    for act in receipt.new:
        row = known.get(act.key)
        first = fresh.setdefault(act.key, act) if row is None else None
        if row is not None and row.fingerprint == act.fingerprint:
            _answer(receipt, act, answer_of(row))
        elif row is not None or (first is not None and first.fingerprint != act.fingerprint):
            refused = Answer(
                id=act.envelope.id, fingerprint=act.fingerprint.hex(), standing=Standing.REFUSED, problem=SAME_ID
            )
            _answer(receipt, act, refused)
    receipt.new = list(fresh.values())
    for position, unread in list(receipt.unread):
        if (row := known.get((carrier, unread.id))) is not None:
            receipt.answers[position] = answer_of(row)
    receipt.unread = [(position, unread) for position, unread in receipt.unread if position not in receipt.answers]


def _answer(receipt: Receipt, act: Act, answer: Answer) -> None:
    for position in receipt.place[act.key]:
        receipt.answers.setdefault(position, answer)


async def _lines(
    tx: Transaction, ring: KeyRing, devices: dict[UUID, Outbox], new: Sequence[Act]
) -> tuple[dict[UUID, Line], set[tuple[UUID, UUID]]]:
    """Each maker's line, with what of it was held before; and what stands behind something in review."""
    makers = {act.envelope.made_by for act in new}
    waiting = await acts.waiting_of(tx, sorted(makers)) if makers else []
    held = [row for row in waiting if row.standing is Standing.HELD]
    personal = await open_personal(tx, ring, [(row.made_by, row.id) for row in held])
    queued = [*new, *(again(row, personal.get((row.made_by, row.id)), devices[row.made_by]) for row in held)]
    lines = {
        maker: line_up(devices[maker], [act for act in queued if act.envelope.made_by == maker]) for maker in makers
    }
    return lines, blocking(waiting)


async def _keep_unread(tx: Transaction, ring: KeyRing, receipt: Receipt, carrier: UUID, at: datetime) -> None:
    rows: dict[UUID, Inboxed] = {}
    for position, unread in receipt.unread:
        rows[unread.id] = unread_row(unread, carrier, at)
        receipt.answers[position] = answer_of(rows[unread.id])
    await acts.add_inboxed(tx, list(rows.values()))


async def _run(
    tx: Transaction,
    ring: KeyRing,
    receipt: Receipt,
    lines: dict[UUID, Line],
    devices: dict[UUID, Outbox],
    blocked: set[tuple[UUID, UUID]],
    at: datetime,
    *,
    last_words: bool,
) -> None:
    """Decides and writes; act by act when the database refuses the whole."""
    reviewed = [(act, reason) for line in lines.values() for act, reason in line.misfits]
    ready = [act for line in lines.values() for act in line.ready]
    if last_words or any(devices[act.envelope.made_by].revoked_at for act in ready):
        gone = {act.key for act in ready if last_words or devices[act.envelope.made_by].revoked_at}
        reviewed += [(act, "device-revoked") for act in ready if act.key in gone]
        ready = [act for act in ready if act.key not in gone]
    held = [act for line in lines.values() for act in line.held if not act.earlier]
    rows = [inboxed(act, Standing.HELD) for act in held]
    rows += [inboxed(act, Standing.REVIEW, reason=reason) for act, reason in reviewed]
    batch = Batch(tx, ring, devices, blocked, at)
    await batch.keep(rows, [*held, *(act for act, _ in reviewed)])
    for row in rows:
        blocked.update(blocking([row]))
    decided = await _decided(batch, ready)
    for act in [*held, *(act for act, _ in reviewed), *ready]:
        row = decided.get(act.key) or next(row for row in rows if (row.made_by, row.id) == act.key)
        if act.key in receipt.place:
            _answer(receipt, act, answer_of(row))


async def _decided(batch: Batch, ready: Sequence[Act]) -> dict[tuple[UUID, UUID], Inboxed]:
    try:
        async with batch.tx.savepoint():
            return await batch.carry_out(ready)
    except REFUSED as refused:
        if len(ready) == 1:
            return await batch.stand_aside(ready[0], refusal_of(refused))
    decided: dict[tuple[UUID, UUID], Inboxed] = {}
    for act in ready:
        decided |= await _decided(batch, [act])
    return decided


async def keep_contact(tx: Transaction, device: UUID, health: Health | None, at: datetime) -> None:
    """The phone spoke: when, and what it said of itself."""
    await staff.save_contact(tx, device, health, at)
