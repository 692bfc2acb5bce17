"""A batch in one transaction: what it locks and loads, how each act is decided, what is written."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from backend.acts import personal_queries as personal_parts
from backend.acts import queries as acts
from backend.acts.model import Act, Inboxed, Source, Standing, Touch
from backend.acts.rules import current, load
from backend.acts.service import Chains, Personal, Subject, lock_chains
from backend.clock import local_date
from backend.database import Transaction
from backend.documents import service as documents
from backend.dossiers import party_queries as parties
from backend.dossiers.tokens import TrackingToken, stored, token
from backend.errors import Refusal
from backend.ids import child
from backend.incidents import queries as incidents
from backend.keys import KeyRing, Purpose
from backend.notices import service as notices
from backend.run_sheets import queries as run_sheets
from backend.signatures import queries as signatures
from backend.staff import outbox_queries as staff
from backend.staff.model import Post, RoleHeld
from backend.staff.outbox_queries import Outbox
from backend.sync.coming_to_light import reported
from backend.sync.decide import Decided, Deciding, decide, follow, problem_of, touched
from backend.sync.doing import Doing
from backend.sync.errors import PersonalDiffers
from backend.sync.keyed import look_up_by_key
from backend.sync.loading import (
    cases_touched,
    hold_credits,
    hold_visits,
    hold_windows,
    load_world,
    shared_cases,
)
from backend.sync.model import DECODERS
from backend.sync.needs import STANDING_ON_OTHERS
from backend.sync.own import PROVINCE_WIDE, counting, stranger
from backend.sync.reading import Blocked, blocking
from backend.sync.rows import case_of, inboxed
from backend.sync.touching import touches_made
from backend.sync.world import World

BORN_BY = {
    "register": "case",
    "begin_shift": "shift",
    "record_unmatched_credit": "unit",
    "print_label_sets": "unit",
    "open_bag": "bag",
    "report_incident": "incident",
}
"""Kinds that make their subject, or are the first act on it: stock of an office begins with printing."""
Key = tuple[UUID, UUID]
TORN = problem_of(
    PersonalDiffers("Phần riêng tư của việc này không còn như lúc ký. Để riêng có ghi lý do, rồi hỏi lại người đã làm.")
)


class Batch:
    """What is shared by the acts decided in one transaction. `blocked`: what stands behind something in review.

    `in_review`: subjects of which something is known to be in review. `unborn`: those that need not be there yet."""

    def __init__(
        self,
        tx: Transaction,
        ring: KeyRing,
        devices: dict[UUID, Outbox],
        blocked: Blocked,
        at: datetime,
        *,
        in_review: Iterable[UUID] = (),
        unborn: Iterable[Subject] = (),
    ) -> None:
        self.tx = tx
        self.ring = ring
        self.devices = devices
        self.blocked = blocked
        self.at = at
        self.rules = load(current())
        self._in_review = tuple(in_review)
        self._unborn = tuple(unborn)

    async def carry_out(self, ready: Sequence[Act]) -> dict[Key, Inboxed]:
        """Locks, loads, decides each in turn, writes. Nothing is written before all are decided."""
        born = [act.subject for act in ready if BORN_BY.get(act.envelope.kind) == act.subject[0]] + [*self._unborn]
        await hold_windows(self.tx, ready)
        held = await hold_visits(self.tx, ready)
        shared = await shared_cases(self.tx, ready)
        household: list[Subject] = [("case", case) for cases in shared.values() for case in cases]
        chains = await lock_chains(self.tx, [*(act.subject for act in ready), *household], born)
        await hold_credits(self.tx, ready)
        world = await load_world(self.tx, ready, self.rules, [case for _, case in household], held)
        await look_up_by_key(self.tx, self.ring, world, ready)
        world.decided_at = self.at
        for subject in self._in_review:
            world.note("in_review", subject)
        roles = await staff.roles_of_all(self.tx, sorted({act.envelope.actor for act in ready}))
        decisions = Decisions(self, chains, world, shared)
        rows: dict[Key, Inboxed] = {}
        for act in ready:
            row = decisions.decide(act, posts_on(roles.get(act.envelope.actor, ()), act))
            rows[act.key] = row
            self.blocked = blocking([row], self.blocked)
        reports = await self._report(decisions, rows)
        await self.keep(list(rows.values()), [*ready, *reports])
        await world.save(self.tx)
        await chains.save(self.tx)
        await acts.add_touches(self.tx, decisions.touches)
        for act in ready:
            if act.envelope.kind == "erase" and rows[act.key].standing is Standing.APPLIED:
                await self._erase(act.subject[1])
        return rows

    async def _report(self, decisions: "Decisions", rows: dict[Key, Inboxed]) -> list[Act]:
        """What the acts brought to light by themselves: incidents on chains of their own, all of them new."""
        reports = decisions.reports
        subjects = [act.subject for act in reports]
        if reports:
            decisions.chains.join(await lock_chains(self.tx, subjects, subjects))
        for act in reports:
            decisions.shared[act.key] = cases_touched(act)
            rows[act.key] = decisions.decide(act, frozenset())
        return reports

    async def _erase(self, case: UUID) -> None:
        """Without its data key nobody reads the personal part again; the chain still verifies."""
        await personal_parts.destroy_data_key(self.tx, "case", case, self.at)
        for incident in await incidents.incidents_touching(self.tx, [case]):
            await personal_parts.destroy_data_key(self.tx, "incident", incident, self.at)
        await parties.destroy_parties(self.tx, case)
        await notices.erase(self.tx, case)
        files = await signatures.files_of(self.tx, case) + await incidents.files_of(self.tx, case)
        files += await run_sheets.files_of(self.tx, case)
        await documents.erase(self.tx, case, files)

    async def keep(self, rows: Sequence[Inboxed], acted: Iterable[Act]) -> None:
        """Inbox rows, new ones added and earlier ones changed, and the personal parts of the new.

        What comes late about a subject that was erased brings nothing personal back: only its hash remains.
        """
        by_key = {act.key: act for act in acted}
        await acts.add_inboxed(self.tx, [row for row in rows if not by_key[row.made_by, row.id].earlier])
        await acts.change_standing(self.tx, [row for row in rows if by_key[row.made_by, row.id].earlier])
        fresh = [act for act in by_key.values() if act.personal is not None and not act.earlier]
        if not fresh:
            return
        personal = Personal(
            self.ring, await personal_parts.data_keys_of(self.tx, [act.subject[1] for act in fresh]), self.at
        )
        for act in fresh:
            if not personal.erased(act.subject):
                personal.keep(act.subject, act.key, act.personal or b"", case_of(act.subject))
        await personal.save(self.tx)

    async def keep_personal_of_unread(self, parts: dict[Key, bytes]) -> None:
        """Personal parts of what nobody could read: under the carrier's own data key."""
        if parts:
            carriers = sorted({carrier for carrier, _ in parts})
            personal = Personal(self.ring, await personal_parts.data_keys_of(self.tx, carriers), self.at)
            for key, part in parts.items():
                personal.keep(("device", key[0]), key, part, None)
            await personal.save(self.tx)

    async def stand_aside(self, act: Act, refusal: Refusal) -> dict[Key, Inboxed]:
        """What the database would not take: a request is refused, a fact waits for a person, and what a phone
        registered too, on which papers and money may hang."""
        born = act.envelope.kind == "register" and act.source is Source.DEVICE
        standing = Standing.REVIEW if born or self.rules.act(act.envelope.kind).fact else Standing.REFUSED
        row = inboxed(act, standing, self.at, reason=refusal.slug(), problem=problem_of(refusal))
        await self.keep([row], [act])
        self.blocked = blocking([row], self.blocked)
        return {act.key: row}

    def tracking(self, case: UUID) -> TrackingToken:
        """The first tracking token of a case."""
        key = self.ring.current(Purpose.TRACKING, self.at)
        return TrackingToken(token_sha256=stored(token(key, case, 1)), case_id=case, number=1, live=True)


def posts_on(roles: Iterable[RoleHeld], act: Act) -> frozenset[Post]:
    """What the actor held on the day of the act, as far as it was not taken away before."""
    on = local_date(act.occurred_at)
    return frozenset(Post(role.role, role.unit_id) for role in roles if role.held(on, act.occurred_at))


class Decisions:
    """Acts decided one after the other, each seeing what the ones before it changed."""

    def __init__(self, batch: Batch, chains: Chains, world: World, shared: dict[Key, list[UUID]]) -> None:
        self.batch = batch
        self.chains = chains
        self.world = world
        self.shared = shared
        self.touches: list[Touch] = []
        self.reports: list[Act] = []
        """What came to light by itself, to be reported after all that was sent."""

    def decide(self, act: Act, posts: frozenset[Post]) -> Inboxed:
        at = self.batch.at
        if act.amiss is not None:
            return inboxed(act, Standing.REVIEW, at, reason=act.amiss, problem=TORN)
        if not act.resolved:
            if self._blocked(act):
                return inboxed(act, Standing.BEHIND, at)
            if (reason := stranger(act, self.chains, self.world, self.batch.devices, posts)) is not None:
                return inboxed(act, Standing.REVIEW, at, reason=reason)
        units = frozenset(post.unit_id for post in posts)
        for_all = any(post.role in PROVINCE_WIDE for post in posts)
        do = Doing(self.world, act, act.subject[1], self.batch.tracking, units, for_all)
        it = Deciding(do, self.batch.rules, counting(act, self.world, posts))
        decided = decide(it)
        if decided.standing is not Standing.APPLIED:
            return inboxed(act, decided.standing, at, reason=decided.reason, problem=decided.problem)
        self.reports += [reported(found, act) for found in self.world.found]
        n, codes = self._append(act, act.subject, decided)
        self._touch(act, n)
        for case in self.shared.get(act.key, ()):
            own = Doing(self.world, act, case, self.batch.tracking)
            if act.envelope.kind == "receive_bag":
                continue  # held for the incidents, which stand in their chains
            follows = touched if act.envelope.kind in STANDING_ON_OTHERS else follow
            self._append(act, ("case", case), follows(Deciding(own, self.batch.rules, posts)), of=act)
        return inboxed(act, Standing.APPLIED, at, n=n, exceptions=codes)

    def _blocked(self, act: Act) -> bool:
        since = self.batch.blocked.get((act.envelope.made_by, act.subject[1]))
        return since is not None and (act.envelope.seq or 0) > since

    def _append(self, act: Act, subject: Subject, decided: Decided, *, of: Act | None = None) -> tuple[int, list[str]]:
        self.world.put(*decided.exceptions)
        codes = [f"{opened.machine}:{opened.reason}" for opened in decided.exceptions]
        n = self.chains.append(
            subject,
            act,
            outcome=decided.outcome,
            exceptions=codes,
            rules=self.batch.rules.version,
            case_id=case_of(subject),
            id=child(act.envelope.id, subject[1]) if of is not None else None,
            parent=act.envelope.id if of is not None else None,
        )
        return n, codes

    def _touch(self, act: Act, n: int) -> None:
        if fields := self.batch.rules.act(act.envelope.kind).touches:
            body = DECODERS[act.envelope.kind].decode(act.envelope.body)
            self.touches.extend(touches_made(act, body, fields, n))
