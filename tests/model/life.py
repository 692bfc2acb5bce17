"""Days in the life of the door: what a sequence knows, what it hears, and how it is looked at in the end."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import ClassVar, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from backend.acts.model import Answer
from backend.clock import local_date
from backend.errors import Refusal
from backend.ids import uuid7
from backend.sync.desk import Refused
from backend.web.numbering import numbered
from backend.web.views import Scope
from tests.builders_chains import broken_chains
from tests.model import outside
from tests.model.expected import Made
from tests.model.holders import holders_differ
from tests.model.kept import lost, on_record
from tests.model.known import Known, Wanted
from tests.model.lawful import against_the_rules
from tests.model.ledger import money_differs
from tests.model.line import Line
from tests.model.place import Place
from tests.model.records import records
from tests.model.refusals import check_refusal
from tests.model.replaying import verified
from tests.model.start import Start
from tests.model.told import Told
from tests.model.village import MADE, Maker, look, where

T = TypeVar("T")
CHANCE = st.integers(0, 2**32)
ANY_VERSION = 2**31 - 1
MOST_ROUNDS = 10
MOST_TRIED = 10


class Life(Line):
    """Whether an act may be the centre says; what becomes of it, the records must show (`_differences`)."""

    place: ClassVar[Place[Start]]
    seen: ClassVar[Counter[tuple[str, str]]] = Counter()
    """How often acts of each kind ended in each standing."""

    @initialize()
    def begin(self) -> None:
        start, field = self.place.base, self.place.begin()
        devices = [field.phone.device, field.tu_phone.device]
        model = Told(devices, {}, next_seq=dict(start.next_seq), last=dict(start.last))
        self._begin(field, model)
        self.told = model
        self.cases, self.shared = start.known(), start.shared.own()
        self.step = self.tried = 0
        self.since = self.place.run(field.tx.value("SELECT max(placed) FROM acts"))
        self.before = self.place.run(on_record(field.tx, devices)).keys()

    # What one of them is about to do

    def _chance(self, chance: int) -> Random:
        """Another one at each step: Hypothesis likes to draw the same small numbers again."""
        self.step += 1
        return Random(chance << 16 | self.step)

    def _maker(self, known: Known, me: UUID, chance: Random, *, at_desk: bool) -> Maker:
        self.shared.now = self.field.at
        day = local_date(self.field.at) + timedelta(days=chance.randrange(3))
        return Maker(known, self.cases, self.shared, chance, me, day.isoformat(), at_desk=at_desk)

    async def _hear(self) -> None:
        self.told.heard = await on_record(self.field.tx, self.model.devices)

    # At a desk

    async def _at_desk(self, person: UUID, known: Known, kind: str, wanted: Wanted, base: int) -> bool:
        """Nothing is kept of what is refused, and no number is used up by it."""
        subject, of = wanted.subject or ("case", known.case)
        act = uuid7()

        async def asked() -> Answer:
            body = await numbered(self.field.tx, person, kind, wanted.body)
            answer = await self.field.at_desk(
                person, of, kind, body, personal=wanted.personal, base=base, subject=subject, act=act
            )
            wanted.body.update(body)
            return answer

        if (answer := await self._asked(where(kind, at_desk=True), asked)) is None:
            return False
        assert answer.standing in ("applied", "review"), (kind, answer)
        await self._sent_twice(person, of, kind, wanted, subject, answer)
        if kind == "clear_exception":
            await self._hear()
            self.told.cleared(of)
        return True

    async def _asked(self, what: str, ask: Callable[[], Awaitable[T]]) -> T | None:
        """In a transaction of its own, as every form is. None: it was refused."""
        before = await self._kept()
        self.counted["asked"] += 1
        try:
            async with self.field.tx.savepoint():
                answer = await ask()
        except Refusal as refusal:
            check_refusal(refusal)
            assert await self._kept() == before, what
            self.seen[what, f"refused: {_why(refusal)}"] += 1
            return None
        self.counted["done"] += 1
        return answer

    async def _sent_twice(
        self, person: UUID, of: UUID, kind: str, wanted: Wanted, subject: str, answer: Answer
    ) -> None:
        """Two clicks are one act, whatever has changed by the first."""
        before, act = await self._kept(), answer.id
        again = await self.field.at_desk(
            person, of, kind, wanted.body, personal=wanted.personal, subject=subject, act=act
        )
        assert (again.standing, again.n) == (answer.standing, answer.n), (kind, answer, again)
        assert await self._kept() == before, kind

    async def _kept(self) -> tuple[int, ...]:
        row = await self.field.tx.first(
            """SELECT (SELECT count(*) FROM inbox) AS i, (SELECT count(*) FROM acts) AS a,
                      (SELECT count(*) FROM slip_blocks) AS s, (SELECT count(*) FROM reference_blocks) AS r"""
        )
        assert row is not None
        return tuple(row)

    async def _clear(self, known: Known) -> None:
        """By the post, or by the province where the case is another post's by now."""
        await look(self.field.tx, known, self.shared, [])
        for one in known.told["exceptions"]:
            wanted = Wanted({"exception_id": one, "reason": "looked_at"})
            if not await self._at_desk(self.field.ut, known, "clear_exception", wanted, ANY_VERSION):
                supervisor = self.shared.people["supervisor"]
                assert await self._at_desk(supervisor, known, "clear_exception", wanted, ANY_VERSION)

    # Time

    def _pass(self, hours: int) -> None:
        """For everybody."""
        self.field.at += timedelta(hours=hours)
        for phone in self.phones.values():
            phone.now = max(phone.now, self.field.at)

    async def _timers(self) -> None:
        await super()._timers()
        await outside.timers(self.field)
        await self._hear()

    # The end

    def _may_apply(self, made: Made) -> bool:
        """Of many, the rest is set aside at once: to try takes long."""
        self.tried += 1
        return made.kind in MADE and self.tried <= MOST_TRIED

    def _two(self) -> tuple[UUID, UUID]:
        """They speak for the province: of what is not there yet, nobody else does."""
        return self.shared.people["supervisor"], self.shared.people["administrator"]

    def _was_decided(self, made: Made, resolution: str, decision: UUID, by: UUID, refusal: Refusal | None) -> None:
        self.told.was_decided(made, resolution, decision, by, refusal, province=by in self._two())

    def _was_signed(self, made: Made, decision: UUID, by: UUID, refusal: Refusal | None) -> None:
        self.told.was_signed(made, decision, by, refusal, province=by in self._two())

    async def _drain(self) -> None:
        """Until nothing waits any more: one clears what crossed a rule, two decide."""
        await super()._drain()
        for _ in range(MOST_ROUNDS):
            if not self.model.waiting():
                return
            for known in self.cases:
                await self._clear(known)
            await self._decide_all()

    async def _count(self) -> None:
        """How this sequence ended, before people decide about what waits."""
        rows = await self.field.tx.all(
            """SELECT a.kind, i.source = 'desk' AS at_desk,
                      coalesce('exception: ' || a.exceptions[1], 'applied') AS what, count(*) AS n
               FROM acts AS a JOIN inbox AS i ON i.made_by = a.made_by AND i.id = a.id
               WHERE a.placed > $since AND a.parent IS NULL GROUP BY 1, 2, 3
               UNION ALL SELECT kind, source = 'desk', coalesce(standing || ': ' || reason, standing), count(*)
                   FROM inbox WHERE standing <> 'applied' GROUP BY kind, source = 'desk', standing, reason""",
            since=self.since,
        )
        for row in rows:
            self.seen[where(row["kind"] or "unread", at_desk=row["at_desk"]), row["what"]] += row["n"]

    async def _checked(self) -> None:
        await self._count()
        await super()._checked()

    async def _differences(self) -> list[str]:
        tx, acts = self.field.tx, await records(self.field.tx)
        scope = Scope([self.field.post, self.field.one_stop, self.field.agency])
        found = await broken_chains(tx)
        found += await lost(tx, self.told, scope, self.before, {*self.unread})
        found += await against_the_rules(tx)
        found += await holders_differ(tx, acts)
        found += await money_differs(tx, acts)
        return found + (await verified(tx, self.place.keys) if not self.model.waiting() else [])


def _why(refusal: Refusal) -> str:
    return refusal.problem.type.rpartition(":")[2] if isinstance(refusal, Refused) else refusal.slug()
