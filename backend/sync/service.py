"""Receives commands in one transaction: locks in one order, decisions in memory, each table written once.

Order of locks: device rows by id, then visits by id, then subjects by id, then money in suspense by
id, then label sets by number. When the database
refuses the whole, it is received again *carefully*: act by act under savepoints, so that one bad act never holds up the
others.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.acts import queries as acts
from backend.acts.envelope import is_signed
from backend.acts.model import Act, Answer, Inboxed, Standing
from backend.database import REFUSED, Transaction
from backend.errors import SameIdOtherContent
from backend.keys import KeyRing
from backend.staff import outbox_queries as staff
from backend.staff.model import Health
from backend.staff.outbox_queries import Outbox
from backend.sync.batch import Batch, Key
from backend.sync.decide import problem_of
from backend.sync.reading import (
    Blocked,
    Command,
    Line,
    Unread,
    blocking,
    envelope_of,
    line_up,
    public_key,
    understood,
)
from backend.sync.refused import refusal_of
from backend.sync.rows import answer_of, inboxed, unread_row
from backend.sync.waiting import acts_again

SAME_ID = problem_of(
    SameIdOtherContent("Mã này đã dùng cho nội dung khác. Máy giữ bản mới để người phụ trách xem; không gửi lại.")
)


def same_id(act: Act) -> Answer:
    return Answer(id=act.envelope.id, fingerprint=act.fingerprint.hex(), standing=Standing.REFUSED, problem=SAME_ID)


Carried = tuple[Command, UUID]
"""A command and the device that carried it here: its maker's, or a colleague's."""


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
    return await receive_together(
        tx, ring, [(command, carrier) for command in commands], {}, at=at, careful=True, last_words=last_words
    )


MOST_LAST_WORDS = 2000
"""Of one phone in review; what comes beyond is not kept."""


async def receive_last(tx: Transaction, ring: KeyRing, commands: Sequence[Command], at: datetime) -> None:
    """What revoked phones deliver, by whoever brings it: signed acts only, and all of it waits for a person."""
    envelopes = [envelope_of(command.data) for command in commands]
    makers = sorted({envelope.made_by for envelope in envelopes if envelope is not None})
    devices = await staff.lock_outboxes(tx, makers)
    waiting = Counter(row.made_by for row in await acts.waiting_of(tx, makers))
    for maker, device in devices.items():
        own = [
            command
            for command, envelope in zip(commands, envelopes, strict=True)
            if envelope is not None
            and envelope.made_by == maker
            and is_signed(public_key(device.public_key), command.data, command.signature)
        ]
        if own and waiting[maker] + len(own) <= MOST_LAST_WORDS:
            await receive(tx, ring, own, carrier=maker, at=at, last_words=True)


async def receive_together(
    tx: Transaction,
    ring: KeyRing,
    carried: Sequence[Carried],
    health: Mapping[UUID, Health | None],
    *,
    at: datetime,
    careful: bool,
    last_words: bool = False,
) -> list[Answer]:
    """The same for several carriers. `health`: what the phones that called say of themselves.

    Not `careful`, it raises what the database refuses: the caller begins again with a new transaction.
    """
    envelopes = [envelope_of(command.data) for command, _ in carried]
    makers = {envelope.made_by for envelope in envelopes if envelope is not None}
    devices = await staff.lock_outboxes(tx, sorted(makers | {carrier for _, carrier in carried} | health.keys()))
    reception = Reception(tx, ring, devices, at, careful=careful, last_words=last_words)
    for position, ((command, carrier), envelope) in enumerate(zip(carried, envelopes, strict=True)):
        reception.read(position, understood(command, envelope, devices, carrier, at), carrier)
    answers = await reception.answers()
    lines = reception.lines
    moved = [
        replace(device, next_seq=lines[device.id].next_seq, last_hash=lines[device.id].last_hash)
        if device.id in lines
        else device
        for device in devices.values()
        if device.id in lines or device.id in health
    ]
    await staff.save_outboxes(tx, moved, health, at)
    return answers


class Reception:
    """Commands while they are being received."""

    def __init__(
        self,
        tx: Transaction,
        ring: KeyRing,
        devices: dict[UUID, Outbox],
        at: datetime,
        *,
        careful: bool,
        last_words: bool,
    ) -> None:
        self.tx = tx
        self.ring = ring
        self.devices = devices
        self.at = at
        self.careful = careful
        self.last_words = last_words
        self.lines: dict[UUID, Line] = {}
        self._new: list[Act] = []
        self._unread: list[tuple[int, Unread, UUID]] = []
        self._places: dict[tuple[Key, bytes], list[int]] = {}
        self._answers: dict[int, Answer] = {}

    def read(self, position: int, command: Act | Unread, carrier: UUID) -> None:
        """`position`: where it stood among all that were sent; the same may stand twice."""
        if isinstance(command, Unread):
            self._unread.append((position, command, carrier))
        else:
            self._places.setdefault((command.key, command.fingerprint), []).append(position)
            self._new.append(command)

    async def answers(self) -> list[Answer]:
        """Keeps and decides everything. The answers, in the order sent."""
        await self._answer_known()
        batch = Batch(self.tx, self.ring, self.devices, await self._line_up(), self.at)
        await self._keep_unread(batch)
        ready = await self._keep_waiting(batch)
        for row in (await self._decided(batch, ready)).values():
            self._answer(row, answer_of(row))
        return [self._answers[position] for position in range(len(self._answers))]

    def _answer(self, about: Act | Inboxed, answer: Answer) -> None:
        """Wherever this very content was sent: the same id may have come with another."""
        key = about.key if isinstance(about, Act) else (about.made_by, about.id)
        for position in self._places.get((key, about.fingerprint), ()):
            self._answers[position] = answer

    async def _answer_known(self) -> None:
        """The same command gets its current standing; the same id with other content changes nothing."""
        keys = [act.key for act in self._new] + [(carrier, unread.id) for _, unread, carrier in self._unread]
        known = await acts.find_inboxed(self.tx, keys) if keys else {}
        fresh: dict[Key, Act] = {}
        for act in self._new:
            row = known.get(act.key)
            same = row or fresh.setdefault(act.key, act)
            if same.fingerprint != act.fingerprint:
                self._answer(act, same_id(act))
            elif row is not None:
                self._answer(act, answer_of(row))
        self._new = list(fresh.values())
        for position, unread, carrier in self._unread:
            if (row := known.get((carrier, unread.id))) is not None:
                self._answers[position] = answer_of(row)
        self._unread = [one for one in self._unread if one[0] not in self._answers]

    async def _line_up(self) -> Blocked:
        """Each maker's line, with what of it was held before. Returns what stands behind something in review."""
        makers = sorted({act.envelope.made_by for act in self._new})
        waiting = await acts.waiting_of(self.tx, makers) if makers else []
        held = [row for row in waiting if row.standing is Standing.HELD]
        queued = await acts_again(self.tx, self.ring, held, self.devices)
        for maker in makers:
            own = [act for act in (*self._new, *queued) if act.envelope.made_by == maker]
            self.lines[maker] = line_up(self.devices[maker], own)
        return blocking(waiting)

    async def _keep_unread(self, batch: Batch) -> None:
        rows: dict[Key, Inboxed] = {}
        personal: dict[Key, bytes] = {}
        for position, unread, carrier in self._unread:
            row = unread_row(unread, carrier, self.at)
            rows[carrier, unread.id] = row
            if unread.command.personal is not None:
                personal[carrier, unread.id] = unread.command.personal
            self._answers[position] = answer_of(row)
        if rows:
            await acts.add_inboxed(self.tx, list(rows.values()))
            await batch.keep_personal_of_unread(personal)

    async def _keep_waiting(self, batch: Batch) -> list[Act]:
        """Keeps what cannot be decided now: held behind a gap, out of line, of a revoked phone. Returns the rest."""
        lines = self.lines.values()
        ready = [act for line in lines for act in line.ready]
        held = [act for line in lines for act in line.held if not act.earlier]
        reviewed = [(act, reason) for line in lines for act, reason in line.misfits]
        out = [(act, why) for act in (*ready, *held) if (why := self._out(act)) is not None]
        gone, reviewed = [act for act, _ in out], reviewed + out
        held = [act for act in held if act not in gone]
        rows = [inboxed(act, Standing.HELD, self.at) for act in held]
        rows += [inboxed(act, Standing.REVIEW, self.at, reason=reason) for act, reason in reviewed]
        if rows:
            await batch.keep(rows, [*held, *(act for act, _ in reviewed)])
            batch.blocked = blocking(rows, batch.blocked)
        for row in rows:
            self._answer(row, answer_of(row))
        return [act for act in ready if act not in gone]

    def _out(self, act: Act) -> str | None:
        """Why the phone may not speak for its courier; what it did while it was lent still counts."""
        phone = self.devices[act.envelope.made_by]
        if self.last_words or phone.revoked_at is not None:
            return "device-revoked"
        over = phone.lent_until is not None and act.occurred_at >= phone.lent_until
        return "lending-ended" if over else None

    async def _decided(self, batch: Batch, ready: Sequence[Act]) -> dict[Key, Inboxed]:
        if not ready:
            return {}
        if not self.careful:
            return await batch.carry_out(ready)
        blocked = batch.blocked
        try:
            async with self.tx.savepoint():
                return await batch.carry_out(ready)
        except REFUSED as refused:
            batch.blocked = blocked
            if len(ready) == 1:
                return await batch.stand_aside(ready[0], refusal_of(refused))
        decided: dict[Key, Inboxed] = {}
        for act in ready:
            decided |= await self._decided(batch, [act])
        return decided
