"""The desks of one neighbourhood: what is done about a case before and after the courier's visit."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.simulate.attention import Attention
from backend.simulate.carrier import Refused
from backend.simulate.case import Case
from backend.simulate.cast import Neighbourhood
from backend.simulate.citizens import HOUSE_MARK
from backend.simulate.clerks import TRIES, Clerks, Province
from backend.simulate.desk import Desk
from backend.simulate.door import carried
from backend.simulate.expecting import DUE
from backend.simulate.happenings import AT_HOME, AT_ONCE
from backend.simulate.naming import Naming

PROCEDURE = "2.000635"
FIRST_HOUR, HOURS, SEATS = 7, 10, 1000
LONGEST_REST = timedelta(days=14)
"""Tết, with the weekends around it."""


class Office(Clerks):
    """`today`: the centre's date."""

    def __init__(
        self,
        at: Neighbourhood,
        province: Province,
        desks: dict[UUID, Desk],
        attention: Attention,
        naming: Naming,
        today: date,
    ) -> None:
        super().__init__(at, province, desks, attention, naming)
        self.today = self._day = today
        self._full: dict[UUID, int] = {}
        """By courier: windows that were full when somebody asked for them."""
        self._promised: dict[UUID, tuple[date, int]] = {}
        """By visit: day and hour."""
        # Another day's round may have left windows promised: begin elsewhere.
        self._seat = naming.run // 1000 % SEATS

    # Before the visit

    async def register(self, case: Case) -> None:
        """By its channel, forwarded and acknowledged where the channel asks for it."""
        desk, unit, to = self._door_of(case)
        body = {
            "registration_id": case.registration,
            "channel": case.pick_up.channel if desk is not self.officer else "one_stop",
            "procedure": PROCEDURE,
            "registered_at_unit": unit,
            "supporting_unit": self.at.one_stop,
            "handling_unit": self.at.post,
            "competent_unit": self.at.agency,
        }
        personal = case.citizen.told() | ({"place_mark": HOUSE_MARK} if case.happening in AT_HOME else {})
        await self.does(desk, "register", case, body, personal=personal)
        if to is not None:
            await self.does(desk, "forward", case, {"registration_id": case.registration, "to_unit": to})
            await self.does(self.dispatcher, "acknowledge_forward", case, {"registration_id": case.registration})

    def _door_of(self, case: Case) -> tuple[Desk, UUID, UUID | None]:
        """Who registers, at which unit, and to which post it must be forwarded; nobody is sent for a twin."""
        province = self.province
        if case.part == "twin":
            return self.officer, self.at.one_stop, None
        if case.pick_up.channel == "hotline" and province.operator is not None and province.hotline is not None:
            return province.operator, province.hotline, province.post
        if case.pick_up.channel == "post":
            return self.dispatcher, self.at.post, None
        return self.officer, self.at.one_stop, self.at.post

    async def confirm(self, case: Case) -> None:
        """The agency confirms, and says what is to be paid."""
        pays = case.part == "first" or case.happening in AT_ONCE
        due = [("reception", amount) for amount in case.pick_up.fees if pays]
        if case.pick_up.delivery is not None and case.pick_up.delivery.fee and case.part == "first":
            due.append(("return", case.pick_up.delivery.fee))
        named = [(self.naming.id("charge", case.name, number), *one) for number, one in enumerate(due)]
        charges = [
            {"charge_id": charge, "line": "le_phi", "amount": amount, "due_at": due_at}
            for charge, due_at, amount in named
        ]
        await self.does(self.officer, "confirm", case, {"charges": charges})
        for charge, _, amount in named:
            case.expects.charged(charge, amount, DUE)

    async def book(self, case: Case, courier: UUID, *, purpose: str = "collect") -> None:
        """A window, and the courier who will come. A taken seat is no reason to give up: the next one."""
        first = purpose == "collect"
        body = {
            "appointment_id": case.appointment if first else self.delivery_of(case, "appointment"),
            "visit_id": case.visit if first else self.delivery_of(case, "visit"),
            "purpose": purpose,
            "unit": self.at.post,
            "courier": courier,
        }
        await self._seated("book", case, body)

    def delivery_of(self, case: Case, what: str) -> UUID:
        """Of the second visit: a result, or the citizen's own papers, are brought."""
        return self.naming.id(what, case.name, "delivery")

    def day_of(self, case: Case) -> date:
        """Of the first visit, once it is booked."""
        return self._promised[case.visit][0]

    async def _seated(self, kind: str, case: Case, body: dict[str, Any], *, later: int = 0) -> None:
        """`later`: hours. All cases of a house have one window, each its own seat.

        A closed day is no reason to give up either, nor a full window: the next in which the post and the courier are
        free.
        """
        courier, visit = body["courier"], body["visit_id"]
        left = TRIES
        while True:
            self._seat = self._seat % SEATS + 1
            days, hour = divmod(case.pick_up.number % HOURS + later + self._full.get(courier, 0), HOURS)
            day, hour = asked = self._promised.setdefault(visit, (self._day + timedelta(days=days), FIRST_HOUR + hour))
            window = {"day": day.isoformat(), "window": f"{hour:02}:00-{hour + 1:02}:00", "seat": self._seat}
            try:
                await self.does(self.dispatcher, kind, case, body | window)
            except Refused as refused:
                left -= 1
                if self._promised.get(visit) == asked:
                    del self._promised[visit]
                if refused.problem.slug == "outside-hours" and day < self.today + LONGEST_REST:
                    # Others may have been refused the same day just now.
                    self._day = max(self._day, day - timedelta(days=days) + timedelta(days=1))
                elif refused.problem.slug == "window-full" and day < self.today + LONGEST_REST:
                    self._full[courier] = self._full.get(courier, 0) + 1
                elif refused.problem.slug not in ("seat-taken", "not-now") or left <= 0:
                    raise
            else:
                return

    async def call(self, case: Case) -> None:
        body = {"appointment_id": case.appointment, "outcome": "agreed"}
        await self.does(self.dispatcher, "confirm_call", case, body)

    async def move(self, case: Case, courier: UUID) -> None:
        """Alone in its visit, so that the visit itself moves; a visit id is for who would leave others behind."""
        body = {
            "appointment_id": case.appointment,
            "visit_id": self.naming.id("visit", case.name, "moved"),
            "courier": courier,
        }
        await self._seated("move_appointment", case, body, later=1)

    async def cancel_appointment(self, case: Case) -> None:
        body = {"appointment_id": case.appointment, "reason": "citizen_asked"}
        await self.does(self.dispatcher, "cancel_appointment", case, body)

    # After it

    async def receive(self, desk: Desk, case: Case, offer_id: UUID, giver: dict[str, Any], unit: UUID) -> None:
        """The receiver's half: custody moves."""
        parcels, papers = carried(case)
        body = {
            "offer_id": offer_id,
            "parcel_ids": parcels,
            "paper_ids": papers,
            "giver": giver,
            "receiver": {"kind": "unit", "id": unit},
        }
        await self.does(desk, "receive", case, body)
        case.expects.held(case.paper_ids, "unit", unit)

    async def receive_papers(self, case: Case, offer_id: UUID, courier: UUID) -> None:
        """Over the post's counter or straight to the one-stop."""
        giver = {"kind": "courier", "id": courier}
        if case.pick_up.by_post:
            await self.receive(self.dispatcher, case, offer_id, giver, self.at.post)
        else:
            await self.receive(self.officer, case, offer_id, giver, self.at.one_stop)

    async def pass_on(self, case: Case) -> None:
        """From the post's counter to the one-stop, by itself."""
        offer_id, giver = self.naming.id("offer", case.name, self.at.one_stop), {"kind": "unit", "id": self.at.post}
        parcels, papers = carried(case)
        body = {"offer_id": offer_id, "parcel_ids": parcels, "paper_ids": papers}
        await self.does(self.dispatcher, "offer", case, {**body, "to": {"kind": "unit", "id": self.at.one_stop}})
        await self.receive(self.officer, case, offer_id, giver, self.at.one_stop)

    async def examine(self, case: Case) -> None:
        """Open, count against the slip, compare item by item."""
        if case.parcel is not None:
            body: dict[str, Any] = {"parcel_id": case.parcel, "counted": len(case.papers)}
            await self.does(self.officer, "open_seal", case, body)
        waived = case.pick_up.waived and self.approver is not None
        result = "mismatch" if waived else "match"
        components = dict.fromkeys(paper.component for paper in case.papers)
        items = [{"component": component, "result": result} for component in components]
        body = {"result": "not_passed" if waived else "passed", "items": items}
        await self.does(self.officer, "cross_check", case, body)
        if waived and self.approver is not None:
            await self.does(self.approver, "waive", case, {"reason": "da_bo_sung"})
        case.expects.states = ("check_passed",)

    async def issue_receipt(self, case: Case) -> None:
        """As the page has it: when everything was received, and the day that follows from the time limit."""
        shown = await self.officer.read(f"/api/desk/cases/{case.id}")
        if shown["due_on"] is not None:
            body = {"received_at": shown["received_at"], "due_on": shown["due_on"]}
            await self.does(self.officer, "issue_receipt", case, body)

    async def release(self, case: Case) -> UUID:
        """The result, offered to whoever brings it. Returns the offer's id."""
        await self.issue_receipt(case)
        await self.does(self.officer, "report_portal_status", case, {"status": 4, "source": "mot_cua"})
        case.result, case.result_parcel = self.naming.id("result", case.name), self.naming.id("sealed", case.name)
        body = {"paper_id": case.result, "parcel_id": case.result_parcel, "component": "ket_qua"}
        await self.does(self.officer, "release_result", case, body)
        case.expects.held([case.result], "unit", self.at.agency)
        case.expects.states = ("result_ready",)
        return self.naming.id("offer", case.name, "result")

    async def offer_result(self, case: Case, offer_id: UUID, courier: UUID) -> None:
        to = {"kind": "courier", "id": courier}
        body = {"offer_id": offer_id, "parcel_ids": [case.result_parcel], "paper_ids": [], "to": to}
        await self.does(self.officer, "offer", case, body)

    async def take_result_back(self, case: Case, offer_id: UUID, courier: UUID) -> None:
        """What could not be handed over is kept at the post."""
        body = {
            "offer_id": offer_id,
            "parcel_ids": [case.result_parcel],
            "paper_ids": [],
            "giver": {"kind": "courier", "id": courier},
            "receiver": {"kind": "unit", "id": self.at.post},
        }
        await self.does(self.dispatcher, "receive", case, body)
