"""A line of phones, offline and on it, and whoever decides what waits: the same whatever is done on it."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from backend.acts import envelope
from backend.errors import Refusal
from backend.ids import uuid7
from backend.sync import waiting
from backend.sync.reading import Command
from tests.builders import Field, Phone
from tests.builders_acts import countersign, decide, resolve
from tests.model.expected import FINAL, Expected, Made
from tests.model.place import Place
from tests.model.refusals import check_answers, check_refusal

NAMES = ("phone", "tu_phone")
PHONES = st.sampled_from(NAMES)
PICK = st.integers(0, 2**16)


class Line(RuleBasedStateMachine):
    """`place` is set by who runs it. `counted`: `sequences` and `steps`; acts `sent` by phones, and of those `applied`
    before people are asked about the rest; acts `asked` for at desks, and of those `done`."""

    place: ClassVar[Place[Any]]
    counted: ClassVar[Counter[str]] = Counter()

    field: Field
    model: Expected
    phones: dict[str, Phone]
    outbox: dict[str, list[Made]]

    def _begin(self, field: Field, model: Expected) -> None:
        self.field, self.model = field, model
        self.phones = {name: getattr(field, name) for name in NAMES}
        self.outbox = {name: [] for name in NAMES}
        self.acknowledged: list[Made] = []
        self.hours = 2
        self.unread: list[tuple[UUID, UUID]] = []
        self.decisions: list[tuple[Made, UUID, UUID]] = []
        self.counted["sequences"] += 1

    # What each machine has of its own

    def _instead(self, name: str) -> None:
        """A phone does this when it has nothing to send."""

    async def _hear(self) -> None:
        """After every word from the centre."""

    async def _differences(self) -> list[str]:
        return []

    def _may_apply(self, _made: Made) -> bool:
        """Whether people may try to let it take effect."""
        return True

    def _two(self) -> tuple[UUID, UUID]:
        """Who decides at the end, and who signs too."""
        return self.field.hung, self.field.ut

    def _pass(self, hours: int) -> None:
        self.hours += hours

    # A phone, offline

    def _made(self, name: str, case: UUID, kind: str, body: dict[str, Any], **changes: Any) -> Made:
        phone: Phone = self.phones[name]
        prev = phone.last
        command = phone.make(case, kind, body, **changes)
        written = envelope.read(command.data)
        made = Made(
            command, phone.device, written.actor, phone.person, written.id, written.seq or 0,
            envelope.fingerprint(command.data), prev, case, kind, body, written.subject.kind,
        )  # fmt: skip
        self.outbox[name].append(made)
        self.counted["steps"] += 1
        return made

    @rule(name=PHONES, back=st.integers(1, 3))
    def is_restored_from_an_old_copy_of_itself(self, name: str, back: int) -> None:
        """It numbers and chains on from there; what it made since lies in its outbox all the same."""
        self._restored(name, back)

    def _restored(self, name: str, back: int) -> None:
        phone = self.phones[name]
        mine = [made for made in (*self.acknowledged, *self.outbox[name]) if made.device == phone.device]
        if len(mine) >= back:
            phone.seq, phone.last = mine[-back].seq - 1, mine[-back].prev

    # On the line

    @rule(
        name=PHONES,
        skip=st.integers(0, 3),
        count=st.integers(1, 6),
        backwards=st.booleans(),
        again=st.integers(0, 2),
        carried=st.booleans(),
        answer_lost=st.booleans(),
    )
    def sends(
        self, name: str, skip: int, count: int, backwards: bool, again: int, carried: bool, answer_lost: bool
    ) -> None:
        chosen = self.outbox[name][skip : skip + count]
        chosen = chosen[::-1] if backwards else chosen
        chosen += self.acknowledged[-again:] if again else []
        chosen += chosen[:again]
        self._send(chosen, self.phones["tu_phone" if carried else "phone"], answer_lost=answer_lost)

    @rule(name=PHONES)
    def sends_everything(self, name: str) -> None:
        self._send(self.outbox[name], self.phones[name])

    @rule(first=PHONES)
    def both_phones_are_back(self, first: str) -> None:
        for name in (first, *(other for other in self.phones if other != first)):
            self._send(self.outbox[name], self.phones[name])

    @rule(pick=PICK)
    def two_phones_in_one_batch(self, pick: int) -> None:
        both = [made for outbox in self.outbox.values() for made in outbox[: 1 + pick % 4]]
        self._send(both, self.phones["phone"])

    @rule(name=PHONES, pick=PICK)
    def sends_other_content_under_a_used_id(self, name: str, pick: int) -> None:
        known = [made for made in self.acknowledged if made.device == self.phones[name].device]
        if known:
            made = known[pick % len(known)]
            data = made.command.data.replace(b'"rules":', b'"rules": ', 1)
            changed = Command(data, envelope.sign(self.phones[name].key, data), made.command.personal)
            self._send([_with(made, changed), made], self.phones[name], answer_lost=True)

    @rule(name=PHONES, pick=PICK)
    def sends_bytes_nobody_can_read(self, name: str, pick: int) -> None:
        self._torn(name, pick)

    def _torn(self, name: str, pick: int) -> None:
        phone = self.phones[name]
        torn = Command(b"torn %d" % (pick % 3))
        [answer] = self.place.run(self.field.send(torn, carrier=phone, at=self._now()))
        assert answer.id is not None
        if (phone.device, answer.id) not in self.unread:
            assert answer.standing == "review", answer
            self.unread.append((phone.device, answer.id))

    def _now(self) -> datetime:
        return self.field.at + timedelta(hours=self.hours)

    def _send(self, chosen: list[Made], carrier: Phone, *, answer_lost: bool = False) -> None:
        if not chosen:
            return self._instead("phone" if carrier is self.phones["phone"] else "tu_phone")
        self.counted["steps"] += 1
        self.place.run(self._sent(chosen, carrier))
        if not answer_lost:
            for made in chosen:
                for outbox in self.outbox.values():
                    if made in outbox:
                        outbox.remove(made)
                        self.acknowledged.append(made)

    async def _sent(self, chosen: list[Made], carrier: Phone) -> None:
        answers = await self.field.send(*[made.command for made in chosen], carrier=carrier, at=self._now())
        check_answers(answers)
        await self._hear()
        told = self.model.receive(chosen, self._now())
        heard = [str(answer.standing) for answer in answers]
        assert heard == told, [(made.kind, made.seq, *pair) for made, *pair in zip(chosen, heard, told, strict=True)]
        assert [answer.fingerprint for answer in answers] == [made.mark.hex() for made in chosen]

    # Who decides

    @rule(pick=PICK, resolution=st.sampled_from(("apply", "set_aside")), who=st.sampled_from(("hung", "mai")))
    def a_person_decides(self, pick: int, resolution: str, who: str) -> None:
        reviews = [made for made in self.model.waiting() if made.standing == "review"]
        if reviews:
            self.place.run(self._decide(reviews[pick % len(reviews)], resolution, getattr(self.field, who)))

    async def _decide(self, made: Made, resolution: str, by: UUID) -> bool:
        self.counted["steps"] += 1
        decision, refusal = uuid7(), None
        try:
            decision = await decide(
                self.field, made.id, made.case, resolution, by=by, subject=made.subject, made_by=made.device
            )
            self.decisions.append((made, decision, by))
        except Refusal as refused:
            check_refusal(refused)
            refusal = refused
        await self._hear()
        self._was_decided(made, resolution, decision, by, refusal)
        return refusal is None

    def _was_decided(self, made: Made, resolution: str, decision: UUID, by: UUID, refusal: Refusal | None) -> None:
        done = refusal is None
        assert self.model.decide(made, resolution, decision, by) is done, (made.kind, made.body, resolution, refusal)

    @rule(back=st.integers(1, 4), who=st.sampled_from(("hung", "mai", "ut")))
    def a_second_person_signs(self, back: int, who: str) -> None:
        """Under one of the last decisions, whatever has become of it."""
        if len(self.decisions) >= back:
            made, decision, of = self.decisions[-back]
            self.place.run(self._sign(made, decision, of, getattr(self.field, who)))

    async def _sign(self, made: Made, decision: UUID, of: UUID, by: UUID) -> bool:
        self.counted["steps"] += 1
        refusal = None
        try:
            await countersign(self.field, decision, made.case, of=of, by=by, subject=made.subject)
        except Refusal as refused:
            check_refusal(refused)
            refusal = refused
        await self._hear()
        self._was_signed(made, decision, by, refusal)
        return refusal is None

    def _was_signed(self, made: Made, decision: UUID, by: UUID, refusal: Refusal | None) -> None:
        assert self.model.countersign(made, decision, by) is (refusal is None), (made.kind, made.body, by, refusal)

    async def _resolve(self, made: Made, resolution: str) -> bool:
        """By two people, where it takes two."""
        one, other = self._two()
        if not await self._decide(made, resolution, one):
            return False
        _, decision, of = self.decisions[-1]
        return made.standing != "review" or await self._sign(made, decision, of, other)

    # Time

    @rule(hours=st.sampled_from((1, 20, 130)))
    def time_passes(self, hours: int) -> None:
        self._pass(hours)
        self.place.run(self._timers())

    async def _timers(self) -> None:
        self.counted["steps"] += 1
        assert await waiting.release_stalled(self.field.tx, self.field.ring, self._now()) == 0
        for device in await waiting.given_up(self.field.tx, self._now() - timedelta(days=5)):
            await self._fill_gaps(device)

    async def _fill_gaps(self, device: UUID) -> None:
        await waiting.fill_gaps(self.field.tx, self.field.ring, device, self._now())
        await self._hear()
        self.model.fill_gaps(device)

    # The end: faults stop, people decide what is theirs, and every queue is empty

    def teardown(self) -> None:
        if hasattr(self, "field"):
            try:
                self.place.run(self._checked())
            finally:
                self.place.end()

    async def _checked(self) -> None:
        self.counted["sent"] += len(self.model.known)
        self.counted["applied"] += sum(made.standing == "applied" for made in self.model.known.values())
        wrong = await self._differences()
        assert not wrong, "\n".join(wrong)
        for name, outbox in self.outbox.items():
            await self._sent(outbox, self.phones[name])
        await self._drain()
        assert all(made.standing in FINAL for made in self.model.known.values())
        wrong = await self._differences()
        assert not wrong, "\n".join(wrong)
        left = await self.field.tx.value("SELECT count(*) FROM inbox WHERE standing IN ('held', 'behind', 'review')")
        assert left == 0

    async def _drain(self) -> None:
        for device in self.model.devices:
            await self._fill_gaps(device)
        for maker, act in self.unread:
            await resolve(self.field, act, self.place.a_case, "set_aside", made_by=maker)
        await self._decide_all()

    async def _decide_all(self) -> None:
        while reviews := [made for made in self.model.waiting() if made.standing == "review"]:
            for made in reviews:
                possible = made.standing == "review" and self._may_apply(made)
                if not (possible and await self._resolve(made, "apply")) and made.standing == "review":
                    await self._resolve(made, "set_aside")


def _with(made: Made, command: Command) -> Made:
    """The same act with other bytes."""
    values = {name: getattr(made, name) for name in made.__dataclass_fields__}
    return Made(**values | {"command": command, "mark": envelope.fingerprint(command.data), "standing": None})
