"""One case and everybody who does something about it, step by step, each at the desk or door where it is done."""

import itertools
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend.ids import uuid7
from backend.simulate import door
from backend.simulate.bundle import Owed
from backend.simulate.case import Case, Paper
from backend.simulate.citizens import Citizen
from backend.simulate.plan import PickUp
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

POST, AGENCY = "Bưu điện xã Mỹ Hiệp", "Ủy ban nhân dân xã Mỹ Hiệp"
PROVINCE_POST = "Bưu điện tỉnh Đồng Tháp"
MY_HIEP = "30112"
Line = tuple[str, str, int, int, int]
"""A line of the slip: component, form, originals, copies, pages to photograph."""
THREE_PAPERS: tuple[Line, ...] = (
    ("to_khai", "original", 1, 0, 2),
    ("giay_chung_sinh", "certified_copy", 0, 1, 1),
    ("giay_xac_nhan", "plain_copy", 0, 1, 1),
)
ONE_PAPER = THREE_PAPERS[:1]
PLACE = {"lat": 10.52, "lon": 105.84}
_number = itertools.count(1)


@dataclass
class Matter:
    """`tracking`: path of the citizen's page. `case`: the same as the simulator's doors know it."""

    town: Town
    id: UUID
    tracking: str
    case: Case
    label: dict[str, Any] = field(default_factory=dict)
    """The label set it was sealed with, and what stands on its card."""

    @classmethod
    async def registered(cls, town: Town, by: str = "ut", **typed: Any) -> "Matter":
        """At a desk, for Mỹ Hiệp unless told otherwise."""
        usual: dict[str, Any] = {
            "procedure": "2.000635",
            "owner_name": "Nguyễn Thị Huệ",
            "phone": "0912 345 678",
            "address": "Ấp 1",
            "visit_commune": MY_HIEP,
            "competent_unit": str(town.unit(AGENCY)),
            "handling_unit": str(town.unit(POST)),
            "another": "yes",
        }
        desk = town.desk(by)
        case = await desk.register(**usual | typed)
        return cls(town, case, (await desk.shown(case))["tracking"], _case(case))

    @classmethod
    def at_the_gate(cls, town: Town, phone: InHand, name: str, fee: int, visit: UUID) -> "Matter":
        """Of a neighbour nobody expected: registered, quoted, taken, paid (`fee` in đồng) and sealed on the phone
        alone. `visit`: which several of one house share."""
        one = cls.asked_for(town, phone, {"owner_name": name, "owner_number": "087155000123"}, visit)
        one.checks_identity(phone)
        [charge] = one.quotes(phone, ("le_phi", fee, "agency"))
        one.takes(phone)
        door.collect(phone.courier, one.case, visit, [charge])
        one.seals(phone)
        one.tracking = f"/t/{one.label['card_token']}"
        return one

    @classmethod
    def asked_for(
        cls, town: Town, phone: InHand, who: dict[str, Any], visit: UUID, procedure: str = "2.000635"
    ) -> "Matter":
        """Registered at the gate, on the phone alone, for the visit that begins there. `who`: the personal part."""
        case = uuid7()
        one = cls(town, case, "", _case(case))
        one.case.visit = visit
        post, agency = str(town.unit(POST)), str(town.unit(AGENCY))
        body: dict[str, Any] = {
            "registration_id": uuid7(),
            "channel": "post",
            "procedure": procedure,
            "registered_at_unit": post,
            "supporting_unit": agency,
            "handling_unit": post,
            "competent_unit": agency,
            "visit_commune": MY_HIEP,
        }
        phone.writes("register", case, body, personal={"hamlet": "Ấp 3"} | who)
        unplanned = {"unit": post, "purpose": "collect", "place": "home"}
        phone.writes("record_arrival", case, {"visit_id": visit, "unplanned": unplanned}, personal={"place": PLACE})
        return one

    def quotes(self, phone: InHand, *lines: tuple[str, int, str]) -> list[Owed]:
        """Said beforehand: line, đồng, and whose it is."""
        charges = [{"charge_id": uuid7(), "line": line, "amount": amount, "of": of} for line, amount, of in lines]
        phone.writes("quote", self.id, {"visit_id": self.case.visit, "charges": charges})
        return [
            Owed(charge_id=one["charge_id"], amount=one["amount"], due_at="reception", state="due") for one in charges
        ]

    async def shown(self, to: str = "ut") -> dict[str, Any]:
        return await self.town.desk(to).shown(self.id)

    async def does(self, account: str, kind: str, typed: dict[str, Any] | None = None, *, not_by: str = "") -> None:
        """At a desk, by a form of the page. `not_by`: who is refused the same."""
        other = self.town.desk(not_by) if not_by else None
        await self.town.desk(account).does(self.id, kind, typed, refused_to=other)

    async def confirmed(self, *fees: int, **more: str) -> None:
        """By Mai, with what is due at reception, whatever the catalogue offers. `not_by`: who is refused the same."""
        drawn = await self.town.desk("mai").form(f"/desk/cases/{self.id}", "confirm")
        amounts = dict.fromkeys((name for name in drawn if name.startswith("amount")), "")
        amounts |= {f"amount{row}": str(amount) for row, amount in enumerate(fees, 1)}
        await self.does("mai", "confirm", amounts, **more)

    async def booked(
        self, courier: str, day: str, window: str, *, purpose: str = "collect", agreed: bool = True, not_by: str = ""
    ) -> None:
        """By Út, for a courier of the post."""
        who = next(one["person"] for one in self.town.demo.cast["couriers"] if one["account"] == courier)
        said = "yes" if agreed else "no"
        typed = {"courier": who, "slot": f"{day} {window}", "purpose": purpose, "agreed": said}
        await self.does("ut", "book", typed, not_by=not_by)
        self.case.visit = await self.visit()

    async def visit(self) -> UUID:
        """The one that is planned."""
        return UUID(next(one["visit_id"] for one in (await self.shown())["visits"] if one["live"]))

    # At the door: written on the phone, sent when the story says so

    def arrives(self, phone: InHand) -> None:
        phone.writes("record_arrival", self.id, {"visit_id": self.case.visit}, personal={"place": PLACE})

    def checks_identity(self, phone: InHand, party: str = "owner") -> None:
        phone.writes("check_identity", self.id, {"visit_id": self.case.visit, "party": party, "means": "card_seen"})

    def takes(self, phone: InHand, papers: tuple[Line, ...] = ONE_PAPER) -> None:
        """Papers into the courier's hands; every page is photographed; the citizen signs the slip."""
        naming = self.town.naming
        self.case.papers = [Paper(naming.id("paper", self.id, n), one[0], one[4]) for n, one in enumerate(papers)]
        told = [
            {"id": paper.id, "component": name, "form": form, "originals": originals, "copies": copies}
            for paper, (name, form, originals, copies, _) in zip(self.case.papers, papers, strict=True)
        ]
        phone.writes("take_papers", self.id, {"visit_id": self.case.visit, "papers": told})
        for paper in self.case.papers:
            for page in range(1, paper.pages + 1):
                door.photograph(phone.courier, self.case, paper, page)
        shown = {"papers": [str(paper.id) for paper in self.case.papers]}
        door.sign(phone.courier, self.case, self.case.visit, "slip", shown)

    def pays(self, phone: InHand) -> None:
        """What is due at reception, in cash, as the phone knows it."""
        owed = phone.courier.phone.bundle.cases[self.id].owes("reception")
        door.collect(phone.courier, self.case, self.case.visit, owed)

    def seals(self, phone: InHand) -> None:
        """With the next label set of the courier's stock."""
        door.seal(phone.courier, self.case)
        self.label = next(one for one in self.town.labels.values() if one["card_token"] == self.case.card_token)

    def finishes(self, phone: InHand) -> None:
        door.finish(phone.courier, self.case, self.case.visit)

    async def papers_taken(self, phone: InHand) -> None:
        """By a courier who is at the door and knows who is there; nothing is paid."""
        self.takes(phone)
        self.seals(phone)
        self.finishes(phone)
        took_effect(await phone.sends())

    async def result_handed_over(self, phone: InHand) -> None:
        """A whole visit: from setting out to the end."""
        phone.writes("depart", self.id, {"visit_id": self.case.visit})
        self.arrives(phone)
        self.checks_identity(phone, "recipient")
        self.hands_over(phone, word=self.label["hand_over_word"])
        self.finishes(phone)
        took_effect(await phone.sends())

    async def picked_up(self, phone: InHand) -> None:
        """A whole visit."""
        await phone.pulls()
        phone.writes("depart", self.id, {"visit_id": self.case.visit})
        self.arrives(phone)
        self.checks_identity(phone)
        self.takes(phone)
        self.pays(phone)
        self.seals(phone)
        self.finishes(phone)
        took_effect(await phone.sends())

    # From hand to hand

    def offers(self, phone: InHand) -> None:
        """The courier's half of the hand-over at the post."""
        door.offer(phone.courier, self.case, self.town.unit(POST))

    async def to_the_post(self, phone: InHand) -> None:
        self.offers(phone)
        took_effect(await phone.sends())
        await self.does("ut", "receive", {"scanned": f"{self.label['number']:05}"})

    async def to_the_one_stop(self, *, not_by: str = "") -> None:
        """Given by Út, received by Mai at the one-stop, for the agency that decides."""
        await self.does("ut", "offer", {"to": f"unit:{self.town.unit(AGENCY)}"}, not_by=not_by)
        scanned = {"scanned": self.label["item_number"], "unit": str(self.town.unit(AGENCY))}
        await self.does("mai", "receive", scanned, not_by=not_by)

    async def examined(self, **more: str) -> None:
        """Counted against the slip, then compared item by item: all fits."""
        await self.does("mai", "open_seal", {"counted": str(len(self.case.papers))}, **more)
        items = dict.fromkeys((f"item:{one['component']}" for one in (await self.shown())["papers"]), "match")
        await self.does("mai", "cross_check", items | {"result": "passed"}, **more)

    async def result_released(self, **more: str) -> None:
        await self.does("mai", "release_result", **more)
        papers = (await self.shown())["papers"]
        result = next(one for one in papers if one["is_result"] and not one["superseded"])
        self.case.result, self.case.result_parcel = UUID(result["paper_id"]), UUID(result["parcel_id"])

    async def result_to_the_post(self) -> None:
        await self.does("mai", "offer", {"to": f"unit:{self.town.unit(POST)}"}, not_by="quy")
        await self.does("ut", "receive", {"parcels": str(self.case.result_parcel)}, not_by="quy")

    async def result_to(self, phone: InHand) -> None:
        """Given by Út, taken by the courier."""
        await self.does("ut", "offer", {"to": f"courier:{phone.person}"}, not_by="quy")
        offers = (await self.shown())["offers"]
        offer = next(one["offer_id"] for one in offers if str(self.case.result_parcel) in one["parcel_ids"])
        door.receive_result(phone.courier, self.case, UUID(offer), self.town.unit(POST))

    async def back_to_the_post(self, phone: InHand) -> None:
        """A result that was not handed over."""
        parcel, post = self.case.result_parcel, self.town.unit(POST)
        to_post = {"offer_id": uuid7(), "parcel_ids": [parcel], "paper_ids": [], "to": {"kind": "unit", "id": post}}
        await phone.does("offer", self.id, to_post)
        await self.does("ut", "receive", {"parcels": str(parcel)})

    async def back_to_the_agency(self, phone: InHand) -> None:
        """A result that is not right: by the courier to the post, and from there."""
        parcel, agency = self.case.result_parcel, self.town.unit(AGENCY)
        await self.back_to_the_post(phone)
        await self.does("ut", "offer", {"to": f"unit:{agency}"})
        await self.does("mai", "receive", {"parcels": str(parcel), "unit": str(agency)})

    def hands_over(self, phone: InHand, *, word: str) -> None:
        """The result to its owner, who says the word of the card and signs."""
        door.sign(phone.courier, self.case, self.case.visit, "hand_over", {"papers": [str(self.case.result)]})
        body = {
            "visit_id": self.case.visit,
            "paper_ids": [self.case.result],
            "recipient_class": "owner",
            "relationship": "chinh_chu",
            "means": "card_seen",
        }
        phone.writes("hand_over_result", self.id, body, personal={"word": word})


def _case(case: UUID) -> Case:
    """As the simulator's doors know one."""
    who = Citizen(owner_name="", owner_number="", phone="", address="")
    none = UUID(int=0)
    stop = PickUp(
        number=next(_number),
        phone=0,
        channel="post",
        pages=(),
        fees=(),
        household=False,
        walk_in=False,
        called=False,
        moved=False,
        by_post=True,
    )
    return Case(
        id=case,
        pick_up=stop,
        part="first",
        citizen=who,
        visit=none,
        appointment=none,
        papers=[],
        registration=none,
    )
