"""What two phones and desks do with papers, parcels and cash, every standing of it foretold."""

from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from backend.errors import Refusal
from backend.ids import uuid7
from tests.builders import a_paper
from tests.builders_acts import clear, courier, met, offered, paid, received, sealed, signed, unit
from tests.model.expected import EFFECTS, Expected, Made
from tests.model.line import PHONES, PICK, Line
from tests.model.place import Base, Place
from tests.model.refusals import check_refusal
from tests.model.truths import differences

CASES = st.integers(0, 2)
SIMPLE = st.sampled_from(
    ("depart", "record_arrival", "check_identity", "sign", "fail_visit", "finish_visit", "cancel", "weigh_parcel")
)
AT_DESKS = st.sampled_from(("cancel_appointment", "move_appointment", "withdraw", "report_mismatch", "confirm", "book"))


class Deliveries(Line):
    """Standings, custody and money are known beforehand (`expected`)."""

    place: ClassVar[Place[Base]]

    @initialize()
    def begin(self) -> None:
        base = self.place.base
        field = self.place.begin()
        phones = [field.phone.device, field.tu_phone.device]
        self._begin(field, Expected(phones, dict(zip(base.charges, base.cases, strict=True))))
        self.papers: list[tuple[UUID, dict[str, Any]]] = []
        self.parcels: list[tuple[UUID, str]] = []
        self.offers: list[tuple[UUID, dict[str, Any], UUID]] = []
        self.slips = {"phone": 0, "tu_phone": 1000}

    def _instead(self, name: str) -> None:
        self.does_something(name, 0, "depart")

    async def _differences(self) -> list[str]:
        return await differences(self.field.tx, self.model)

    def _may_apply(self, made: Made) -> bool:
        return made.kind in EFFECTS

    # A phone, offline

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
        except Refusal as refusal:
            check_refusal(refusal)
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
        except Refusal as refusal:
            check_refusal(refusal)
            done = False
        assert self.model.receive_at_desk(body["parcel_ids"], body["paper_ids"], self.field.post) is done

    @rule(number=CASES)
    def an_exception_is_cleared(self, number: int) -> None:
        self.place.run(clear(self.field, self.place.base.cases[number], most=1))
