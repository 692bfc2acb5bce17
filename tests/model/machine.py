"""Two phones, desks, and everything that may come between them, as a machine for Hypothesis."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from backend.acts import envelope
from backend.errors import Refusal
from backend.ids import uuid7
from backend.sync import waiting
from backend.sync.reading import Command
from tests.builders import Phone, a_paper
from tests.builders_acts import (
    clear,
    countersign,
    courier,
    decide,
    met,
    offered,
    paid,
    received,
    resolve,
    sealed,
    signed,
    unit,
)
from tests.model.expected import EFFECTS, FINAL, Expected, Made
from tests.model.place import Place
from tests.model.truths import differences

PHONES = st.sampled_from(("phone", "tu_phone"))
CASES = st.integers(0, 2)
PICK = st.integers(0, 2**16)
SIMPLE = st.sampled_from(
    ("depart", "record_arrival", "check_identity", "sign", "fail_visit", "finish_visit", "cancel", "weigh_parcel")
)
AT_DESKS = st.sampled_from(("cancel_appointment", "move_appointment", "withdraw", "report_mismatch", "confirm", "book"))


class Deliveries(RuleBasedStateMachine):
    """`place` is set by who runs it. `counted` counts sequences and steps."""

    place: ClassVar[Place]
    counted: ClassVar[dict[str, int]] = {"sequences": 0, "steps": 0}

    @initialize()
    def begin(self) -> None:
        base = self.place.base
        self.field = self.place.begin()
        self.phones = {name: getattr(self.field, name) for name in ("phone", "tu_phone")}
        self.model = Expected(
            [phone.device for phone in self.phones.values()], dict(zip(base.charges, base.cases, strict=True))
        )
        self.outbox: dict[str, list[Made]] = {name: [] for name in self.phones}
        self.acknowledged: list[Made] = []
        self.papers: list[tuple[UUID, dict[str, Any]]] = []
        self.parcels: list[tuple[UUID, str]] = []
        self.offers: list[tuple[UUID, dict[str, Any], UUID]] = []
        self.slips = {"phone": 0, "tu_phone": 1000}
        self.hours = 2
        self.unread: list[tuple[UUID, UUID]] = []
        self.decisions: list[tuple[Made, UUID, UUID]] = []
        self.counted["sequences"] += 1

    # A phone, offline

    def _made(self, name: str, case: UUID, kind: str, body: dict[str, Any], **changes: Any) -> Made:
        phone: Phone = self.phones[name]
        prev = phone.last
        command = phone.make(case, kind, body, **changes)
        written = envelope.read(command.data)
        made = Made(
            command, phone.device, written.actor, phone.person, written.id, written.seq or 0,
            envelope.fingerprint(command.data), prev, case, kind, body,
        )  # fmt: skip
        self.outbox[name].append(made)
        self.counted["steps"] += 1
        return made

    @rule(name=PHONES, number=CASES, kind=SIMPLE)
    def does_something(self, name: str, number: int, kind: str) -> None:
        visit = self.place.base.visits[number]
        body: dict[str, Any] = {"visit_id": visit}
        if kind == "check_identity":
            body = met(visit)
        elif kind == "sign":
            body = signed(visit)
        elif kind == "fail_visit":
            body |= {"reason": "V01"}
        elif kind == "finish_visit":
            body |= {"outcome": "done"}
        elif kind == "cancel":
            body = {"reason": "citizen_asked"}
        self._made(name, self.place.base.cases[number], kind, body)

    @rule(name=PHONES, number=CASES)
    def signs_with_the_name_of_another(self, name: str, number: int) -> None:
        other = self.field.lan if name == "tu_phone" else self.field.tu
        body = {"visit_id": self.place.base.visits[number]}
        self._made(name, self.place.base.cases[number], "depart", body, actor=other)

    @rule(name=PHONES, number=CASES)
    def takes_a_paper(self, name: str, number: int) -> None:
        case, paper = self.place.base.cases[number], a_paper()
        self.papers.append((case, paper))
        self._made(name, case, "take_papers", {"visit_id": self.place.base.visits[number], "papers": [paper]})

    @rule(name=PHONES, number=CASES, used=st.booleans())
    def collects(self, name: str, number: int, used: bool) -> None:
        base = self.place.base
        if not used or self.slips[name] % 1000 == 0:
            self.slips[name] += 1
        body = paid(base.visits[number], self.slips[name], (base.charges[number], 8000))
        self._made(name, base.cases[number], "collect", body)

    @rule(name=PHONES, pick=PICK, label=st.integers(0, 7))
    def seals(self, name: str, pick: int, label: int) -> None:
        if not self.papers:
            return self.takes_a_paper(name, pick % 3)
        case, paper = self.papers[pick % len(self.papers)]
        number = self.place.base.cases.index(case)
        body = sealed(self.place.base.visits[number], self.place.base.labels[label], [paper])
        self.parcels.append((case, body["parcel_id"]))
        self._made(name, case, "seal", body)

    @rule(name=PHONES, pick=PICK, to_post=st.booleans(), loose=st.booleans())
    def offers_something(self, name: str, pick: int, to_post: bool, loose: bool) -> None:
        things = [(case, paper["id"]) for case, paper in self.papers] if loose else self.parcels
        if not things:
            return self.seals(name, pick, pick % 8)
        case, thing = things[pick % len(things)]
        other = self.field.tu if name == "phone" else self.field.lan
        to = unit(self.field.post) if to_post else courier(other)
        body = offered(to, papers=[thing]) if loose else offered(to, thing)
        self.offers.append((case, body, self.phones[name].person))
        self._made(name, case, "offer", body)

    @rule(name=PHONES, pick=PICK)
    def takes_over(self, name: str, pick: int) -> None:
        if not self.offers:
            return self.offers_something(name, pick, pick % 2 == 0, pick % 3 == 0)
        case, offer, giver = self.offers[pick % len(self.offers)]
        self._made(name, case, "receive", received(offer, courier(giver)))

    @rule(name=PHONES, back=st.integers(1, 3))
    def is_restored_from_an_old_copy_of_itself(self, name: str, back: int) -> None:
        """It numbers and chains on from there; what it made since lies in its outbox all the same."""
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
        phone = self.phones[name]
        torn = Command(b"torn %d" % (pick % 3))
        [answer] = self.place.run(self.field.send(torn, carrier=phone, at=self._now()))
        assert answer.id is not None
        if (phone.device, answer.id) not in self.unread:
            assert answer.standing == "review", answer
            self.unread.append((phone.device, answer.id))

    def _now(self) -> Any:
        return self.field.at + timedelta(hours=self.hours)

    def _send(self, chosen: list[Made], carrier: Phone, *, answer_lost: bool = False) -> None:
        if not chosen:
            return self.does_something("phone" if carrier is self.phones["phone"] else "tu_phone", 0, "depart")
        self.counted["steps"] += 1
        commands = [made.command for made in chosen]
        answers = self.place.run(self.field.send(*commands, carrier=carrier, at=self._now()))
        told = self.model.receive(chosen, self._now())
        heard = [str(answer.standing) for answer in answers]
        assert heard == told, [(made.kind, made.seq, *pair) for made, *pair in zip(chosen, heard, told, strict=True)]
        assert [answer.fingerprint for answer in answers] == [made.mark.hex() for made in chosen]
        if not answer_lost:
            for made in chosen:
                for outbox in self.outbox.values():
                    if made in outbox:
                        outbox.remove(made)
                        self.acknowledged.append(made)

    # At the desks

    @rule(number=CASES, kind=AT_DESKS)
    def a_desk_does_something(self, number: int, kind: str) -> None:
        self.place.run(self._desk(number, kind))

    async def _desk(self, number: int, kind: str) -> None:
        self.counted["steps"] += 1
        case = self.place.base.cases[number]
        who = self.field.ut if kind in ("cancel_appointment", "move_appointment", "book") else self.field.mai
        body: dict[str, Any] = {"report_mismatch": {"field": "owner_name"}}.get(kind, {})
        if kind in ("cancel_appointment", "move_appointment"):
            appointment = await self.field.tx.value(
                "SELECT appointment_id FROM appointments WHERE case_id = $case AND live", case=case
            )
            body = {"appointment_id": str(appointment or uuid7()), "reason": "citizen_asked"}
        if kind == "move_appointment":
            promise = self.field.booking(window="16:00-17:00")
            body |= {name: promise[name] for name in ("visit_id", "courier", "day", "window", "seat")}
        elif kind == "book":
            body = self.field.booking("supplement", seat=50 + number)
        before = await self._kept()
        try:
            await self.field.at_desk(who, case, kind, body, base=2**31 - 1)
        except Refusal:
            assert await self._kept() == before

    async def _kept(self) -> int:
        return await self.field.tx.value("SELECT count(*) FROM inbox")

    @rule(pick=PICK)
    def the_post_receives(self, pick: int) -> None:
        posts = [(case, offer, giver) for case, offer, giver in self.offers if offer["to"]["kind"] == "unit"]
        if posts:
            case, offer, giver = posts[pick % len(posts)]
            self.place.run(self._receive(case, offer, giver))

    async def _receive(self, case: UUID, offer: dict[str, Any], giver: UUID) -> None:
        self.counted["steps"] += 1
        body = received(offer, courier(giver))
        try:
            await self.field.at_desk(self.field.ut, case, "receive", body)
            done = True
        except Refusal:
            done = False
        assert self.model.receive_at_desk(body["parcel_ids"], body["paper_ids"], self.field.post) is done

    @rule(pick=PICK, resolution=st.sampled_from(("apply", "set_aside")), who=st.sampled_from(("hung", "mai")))
    def a_person_decides(self, pick: int, resolution: str, who: str) -> None:
        reviews = [made for made in self.model.waiting() if made.standing == "review"]
        if reviews:
            self.place.run(self._decide(reviews[pick % len(reviews)], resolution, getattr(self.field, who)))

    async def _decide(self, made: Made, resolution: str, by: UUID) -> bool:
        self.counted["steps"] += 1
        decision = uuid7()
        try:
            decision = await decide(self.field, made.id, made.case, resolution, by=by, made_by=made.device)
            self.decisions.append((made, decision, by))
            done = True
        except Refusal:
            done = False
        assert self.model.decide(made, resolution, decision, by) is done, (made.kind, made.body, resolution)
        return done

    @rule(back=st.integers(1, 4), who=st.sampled_from(("hung", "mai", "ut")))
    def a_second_person_signs(self, back: int, who: str) -> None:
        """Under one of the last decisions, whatever has become of it."""
        if len(self.decisions) >= back:
            made, decision, of = self.decisions[-back]
            self.place.run(self._sign(made, decision, of, getattr(self.field, who)))

    async def _sign(self, made: Made, decision: UUID, of: UUID, by: UUID) -> bool:
        self.counted["steps"] += 1
        try:
            await countersign(self.field, decision, made.case, of=of, by=by)
            done = True
        except Refusal:
            done = False
        assert self.model.countersign(made, decision, by) is done, (made.kind, made.body, by)
        return done

    async def _resolve(self, made: Made, resolution: str) -> bool:
        """By two people, where it takes two."""
        if not await self._decide(made, resolution, self.field.hung):
            return False
        _, decision, of = self.decisions[-1]
        return made.standing != "review" or await self._sign(made, decision, of, self.field.ut)

    @rule(number=CASES)
    def an_exception_is_cleared(self, number: int) -> None:
        self.place.run(clear(self.field, self.place.base.cases[number], most=1))

    # Time

    @rule(hours=st.sampled_from((1, 20, 130)))
    def time_passes(self, hours: int) -> None:
        self.hours += hours
        self.place.run(self._timers())

    async def _timers(self) -> None:
        self.counted["steps"] += 1
        assert await waiting.release_stalled(self.field.tx, self.field.ring, self._now()) == 0
        for device in await waiting.given_up(self.field.tx, self._now() - timedelta(days=5)):
            await waiting.fill_gaps(self.field.tx, self.field.ring, device, self._now())
            self.model.fill_gaps(device)

    # The end: faults stop, people decide what is theirs, and every queue is empty

    def teardown(self) -> None:
        if hasattr(self, "field"):
            try:
                self.place.run(self._checked())
            finally:
                self.place.end()

    async def _checked(self) -> None:
        wrong = await differences(self.field.tx, self.model)
        assert not wrong, "\n".join(wrong)
        for name, outbox in self.outbox.items():
            await self._deliver(outbox, self.phones[name])
        await self._drain()
        wrong = await differences(self.field.tx, self.model)
        assert not wrong, "\n".join(wrong)
        left = await self.field.tx.value("SELECT count(*) FROM inbox WHERE standing IN ('held', 'behind', 'review')")
        assert left == 0

    async def _deliver(self, outbox: list[Made], phone: Phone) -> None:
        answers = await self.field.send(*[made.command for made in outbox], carrier=phone, at=self._now())
        heard, told = [str(answer.standing) for answer in answers], self.model.receive(outbox, self._now())
        assert heard == told, [(made.kind, made.seq, *pair) for made, *pair in zip(outbox, heard, told, strict=True)]

    async def _drain(self) -> None:
        for device in self.model.devices:
            await waiting.fill_gaps(self.field.tx, self.field.ring, device, self._now())
            self.model.fill_gaps(device)
        for maker, act in self.unread:
            await resolve(self.field, act, self.place.base.cases[0], "set_aside", made_by=maker)
        while reviews := [made for made in self.model.waiting() if made.standing == "review"]:
            for made in reviews:
                possible = made.kind in EFFECTS and made.standing == "review"
                if not (possible and await self._resolve(made, "apply")) and made.standing == "review":
                    await self._resolve(made, "set_aside")
        assert all(made.standing in FINAL for made in self.model.known.values())


def _with(made: Made, command: Command) -> Made:
    """The same act with other bytes."""
    values = {name: getattr(made, name) for name in made.__dataclass_fields__}
    return Made(**values | {"command": command, "mark": envelope.fingerprint(command.data), "standing": None})
