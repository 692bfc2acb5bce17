"""A batch in one transaction: what it locks and loads, how each act is decided, what is written."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from backend.acts import queries as acts
from backend.acts.envelope import fingerprint
from backend.acts.model import Act, Answer, Inboxed, Problem, Source, Standing, Touch
from backend.acts.rules import current, load
from backend.acts.service import Chains, Personal, Subject, lock_chains
from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.keys import KeyRing, Purpose
from backend.staff import outbox_queries as staff
from backend.staff.model import Post
from backend.staff.outbox_queries import Outbox
from backend.sync.decide import Deciding, decide, problem_of
from backend.sync.doing import Doing
from backend.sync.loading import load_world
from backend.sync.model import DECODERS
from backend.sync.reading import Unread, blocking
from backend.sync.touching import touches_made
from backend.sync.world import World
from backend.tracking.model import TrackingToken, stored, token

BORN_BY = {"register": "case", "begin_shift": "shift"}
"""Kinds that make their subject."""


def case_of(subject: Subject) -> UUID | None:
    return subject[1] if subject[0] == "case" else None


def subject_of(act: Act) -> Subject:
    return act.envelope.subject.kind, act.envelope.subject.id


def inboxed(
    act: Act,
    standing: Standing,
    *,
    reason: str | None = None,
    problem: Problem | None = None,
    n: int | None = None,
    exceptions: Sequence[str] = (),
) -> Inboxed:
    """The inbox row of a command that could be read."""
    envelope = act.envelope
    return Inboxed(
        made_by=envelope.made_by,
        id=envelope.id,
        source=act.source,
        seq=envelope.seq,
        fingerprint=act.fingerprint,
        data=act.data,
        signature=act.signature,
        carried_by=act.carried_by,
        received_at=act.received_at,
        kind=envelope.kind,
        subject_kind=envelope.subject.kind,
        subject_id=envelope.subject.id,
        case_id=case_of(subject_of(act)),
        standing=standing,
        reason=reason,
        problem=problem,
        n=n,
        exceptions=exceptions,
        decided_at=None if standing in (Standing.HELD, Standing.BEHIND) else act.received_at,
    )


def unread_row(unread: Unread, carrier: UUID, at: datetime) -> Inboxed:
    """The inbox row of bytes that nobody signed: under the carrier, with what could be guessed."""
    envelope = unread.envelope
    return Inboxed(
        made_by=carrier,
        id=unread.id,
        source=Source.DEVICE,
        seq=None,
        fingerprint=fingerprint(unread.command.data),
        data=unread.command.data,
        signature=unread.command.signature,
        carried_by=carrier,
        received_at=at,
        kind=envelope.kind if envelope else None,
        subject_kind=None,
        subject_id=None,
        case_id=None,
        standing=Standing.REVIEW,
        reason=unread.reason,
        decided_at=at,
    )


def answer_of(row: Inboxed) -> Answer:
    problem = row.problem if isinstance(row.problem, Problem) or row.problem is None else Problem(**row.problem)
    return Answer(
        id=row.id,
        fingerprint=row.fingerprint.hex(),
        standing=row.standing,
        n=row.n,
        problem=problem,
        exceptions=row.exceptions,
    )


class Batch:
    """What is shared by the acts decided in one transaction."""

    def __init__(
        self,
        tx: Transaction,
        ring: KeyRing,
        devices: dict[UUID, Outbox],
        blocked: set[tuple[UUID, UUID]],
        at: datetime,
    ) -> None:
        self.tx = tx
        self.ring = ring
        self.devices = devices
        self.blocked = blocked
        self.at = at
        self.rules = load(current())

    async def carry_out(self, ready: Sequence[Act]) -> dict[tuple[UUID, UUID], Inboxed]:
        """Locks, loads, decides each in turn, writes. Nothing is written before all are decided."""
        born = [subject_of(act) for act in ready if BORN_BY.get(act.envelope.kind) == act.envelope.subject.kind]
        chains = await lock_chains(self.tx, [subject_of(act) for act in ready], born)
        world = await load_world(self.tx, ready, self.rules)
        self._touches: list[Touch] = []
        roles = await staff.roles_of_all(self.tx, sorted({act.envelope.actor for act in ready}))
        rows: dict[tuple[UUID, UUID], Inboxed] = {}
        blocked = set(self.blocked)
        for act in ready:
            on = local_date(act.occurred_at)
            posts = frozenset(
                Post(role.role, role.unit_id)
                for role in roles.get(act.envelope.actor, ())
                if role.since <= on and (role.until is None or on <= role.until)
            )
            row = self._one(act, chains, world, posts, blocked)
            rows[act.key] = row
            blocked |= blocking([row])
        await self.keep(list(rows.values()), ready)
        await world.save(self.tx)
        await chains.save(self.tx)
        await acts.add_touches(self.tx, self._touches)
        self.blocked |= blocked
        return rows

    def _one(
        self, act: Act, chains: Chains, world: World, posts: frozenset[Post], blocked: set[tuple[UUID, UUID]]
    ) -> Inboxed:
        subject = subject_of(act)
        if (act.envelope.made_by, subject[1]) in blocked:
            return inboxed(act, Standing.BEHIND)
        if (reason := self._stranger(act, chains, world)) is not None:
            return inboxed(act, Standing.REVIEW, reason=reason)
        do = Doing(world, act, subject[1], self._tracking)
        decided = decide(Deciding(do, self.rules, posts))
        if decided.standing is not Standing.APPLIED:
            return inboxed(act, decided.standing, reason=decided.reason, problem=decided.problem)
        world.put(*decided.exceptions)
        codes = [f"{opened.machine}:{opened.reason}" for opened in decided.exceptions]
        n = chains.append(
            subject,
            act,
            outcome=decided.outcome,
            exceptions=codes,
            rules=self.rules.version,
            case_id=case_of(subject),
        )
        self._touch(act, n)
        return inboxed(act, Standing.APPLIED, n=n, exceptions=codes)

    def _touch(self, act: Act, n: int) -> None:
        if fields := self.rules.act(act.envelope.kind).touches:
            body = DECODERS[act.envelope.kind].decode(act.envelope.body)
            self._touches.extend(touches_made(act, body, fields, n))

    def _stranger(self, act: Act, chains: Chains, world: World) -> str | None:
        """Why a device's act cannot be about this subject, in the words of the review list."""
        device = self.devices.get(act.envelope.made_by)
        if device is not None and device.person_id != act.envelope.actor:
            return "actor-not-of-device"
        if not chains.knows(subject_of(act)):
            return "unknown-subject"
        if device is None or act.envelope.subject.kind != "case" or act.envelope.kind in BORN_BY:
            return None
        return None if world.was_with(act.envelope.subject.id, act.envelope.actor, device.id) else "not-in-bundle"

    def _tracking(self, case: UUID) -> TrackingToken:
        key = self.ring.current(Purpose.TRACKING, self.at)
        return TrackingToken(token_sha256=stored(token(key, case, 1)), case_id=case, number=1, live=True)

    async def keep(self, rows: Sequence[Inboxed], acted: Iterable[Act]) -> None:
        """Inbox rows, new ones added and earlier ones changed, and the personal parts of the new."""
        by_key = {act.key: act for act in acted}
        await acts.add_inboxed(self.tx, [row for row in rows if not by_key[row.made_by, row.id].earlier])
        await acts.change_standing(self.tx, [row for row in rows if by_key[row.made_by, row.id].earlier])
        fresh = [act for act in by_key.values() if act.personal is not None and not act.earlier]
        if not fresh:
            return
        subjects = [act.envelope.subject.id for act in fresh]
        personal = Personal(self.ring, await acts.data_keys_of(self.tx, subjects), self.at)
        for act in fresh:
            subject = subject_of(act)
            if personal.erased(subject):
                subject = ("device", act.envelope.made_by)
            personal.keep(subject, act.key, act.personal or b"", case_of(subject))
        await personal.save(self.tx)

    async def stand_aside(self, act: Act, refusal: Refusal) -> dict[tuple[UUID, UUID], Inboxed]:
        """What the database would not take: a request is refused, a fact waits for a person."""
        fact = self.rules.act(act.envelope.kind).kind == "fact"
        row = inboxed(
            act,
            Standing.REVIEW if fact else Standing.REFUSED,
            reason=refusal.slug(),
            problem=problem_of(refusal),
        )
        await self.keep([row], [act])
        self.blocked |= blocking([row])
        return {act.key: row}
