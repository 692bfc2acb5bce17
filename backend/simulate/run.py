"""A day from the first sign-in to the last question: who plays, in which order, and what is asked at the end."""

import asyncio
import logging
from collections import Counter as Tally
from datetime import date, timedelta
from uuid import UUID

import httpx

from backend.acts.rules import current, load
from backend.simulate import cast
from backend.simulate.afterwards import Afterwards
from backend.simulate.attention import Attention
from backend.simulate.camera import PICTURES, Album, make_album
from backend.simulate.carrier import Carrier
from backend.simulate.case import Case
from backend.simulate.cast import Cast, Clerk, Neighbourhood, enough, neighbourhoods
from backend.simulate.checks import check_code
from backend.simulate.clerks import Province
from backend.simulate.counter import Counter
from backend.simulate.courier import Courier, Roll
from backend.simulate.desk import Desk
from backend.simulate.evening import Evening
from backend.simulate.faults import Faults, share
from backend.simulate.files import Files
from backend.simulate.giving_up import Told
from backend.simulate.journal import Journal
from backend.simulate.last_house import counted_without_it
from backend.simulate.line import Line, Weather
from backend.simulate.naming import Naming
from backend.simulate.noon import CentreClock, Noon
from backend.simulate.office import Office
from backend.simulate.oracle import Oracle, check_outboxes
from backend.simulate.own_day import OwnDay
from backend.simulate.phone import Clock, Phone
from backend.simulate.plan import PhonePlan, Plan
from backend.simulate.report import Report, report
from backend.simulate.round import Round
from backend.simulate.shifts import Shifts
from backend.simulate.stock import Stock

log = logging.getLogger("tannha.simulate")
MISREAD = 5
"""So many codes are also read wrongly: whoever guesses too often must wait."""
MAKE_CODES = ("supervisor", "administrator")
"""Where a post has no head."""
_REQUESTS_PER_VISIT = 22
SPARE_SETS = 2
"""That a clerk has in hand in the evening, and counts."""


class Run:
    """`run`: its number, which makes its ids its own. `base`: of the server; what the cast says unless given."""

    def __init__(
        self,
        cast: Cast,
        plan: Plan,
        faults: Faults,
        *,
        base: str,
        run: int,
        patience: float,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.cast = cast
        self.plan = plan
        self.faults = faults
        self.naming = Naming(plan.seed, run)
        self.journal = Journal(load(current()))
        chance = self.naming.dice("line")
        self.line = Line(base or cast.base, patience=patience, chance=chance, transport=transport)
        self.weathers: list[Weather] = []
        self.files = Files(share(faults.pieces, 1))
        self.hoods = enough(neighbourhoods(cast), len(plan.phones))
        self.desks: dict[UUID, Desk] = {}
        self.rolls: dict[UUID, Roll] = {}
        self.rounds: list[Round] = []
        self.counters: list[Counter] = []
        self.album: Album | None = None
        self.clock = CentreClock(self.line, Weather(Faults(), chance, 1))

    async def go(self) -> Report:
        """Raises Refused, CentreSilent, ServerFault when the day cannot even begin."""
        try:
            await self.play()
            return await self.witness()
        finally:
            await self.line.close()

    async def play(self) -> None:
        """The day, until all queues are drained and every courier has closed the shift."""
        await self._open()
        couriers = [one.courier for one in self.rounds]
        shifts = Shifts(self.journal, self.naming, {one.office.at.post: one.office.head for one in self.rounds})
        calm = Weather(Faults(), self.naming.dice("calm"), 1)
        # Whoever was out before may still hold papers and money of those days.
        before = {case.unit for case in self.cast.cases}
        await shifts.begin([courier for courier in couriers if courier.who.unit not in before])
        for number, courier in enumerate(shifts.some("code_checked", couriers, self.plan.shifts["code_checked"])):
            await check_code(courier, self.line, calm, misread=number < MISREAD)
        await asyncio.gather(*(one.go() for one in self.rounds), *(one.go() for one in self.counters))
        for weather in self.weathers:
            weather.calm = True
        evening = Evening(self.rounds, self.files, self.journal, self.line)
        await evening.drains()
        await self._close(shifts, couriers)
        await Afterwards(self.clock, self._supervisor, self._served(), self.journal).go()
        with Told(self.journal, "answers could not be lost"):
            await evening.swallows_the_rest(self.faults)

    async def _close(self, shifts: Shifts, couriers: list[Courier]) -> None:
        """Of some who were at a house the day is counted while their phones are silent."""
        voided = shifts.some("sets_voided", couriers, self.plan.shifts["sets_voided"])
        able = [one.courier for one in self.rounds if one.pick_ups]
        waiting = shifts.some("closed_provisionally", able, self.plan.shifts["closed_provisionally"])
        await shifts.close(couriers, voided, waiting)
        for counter in self.counters:
            await counter.day.ends()
        for one in (each for each in self.rounds if each.courier in waiting):
            with Told(self.journal, "the last house", by=one.courier.phone.name):
                await counted_without_it(one, shifts)

    def _served(self) -> list[tuple[Case, Office]]:
        return [(case, one.office) for one in (*self.rounds, *self.counters) for case in one.cases]

    # The morning: desks, phones

    async def _open(self) -> None:
        # Of every request a line would be logged.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        album = asyncio.create_task(make_album(self.plan.seed, min(PICTURES, max(6, self.plan.visits // 4))))
        for clerk in self._clerks():
            self.desks[clerk.person] = Desk(clerk, self.line, self.journal, self._weather("desk", clerk.account))
        self.album = await album
        couriers = await asyncio.gather(*(self._courier(plan) for plan in self.plan.phones))
        province = self._province()
        self.clock = CentreClock(self.line, self._weather("noon"))
        noon = Noon(len(couriers), self.faults.hours_late, self.clock, self.journal)
        offices = {hood.post: self._office(hood, province, couriers[0].today) for hood in self.hoods}
        for courier, plan in zip(couriers, self.plan.phones, strict=True):
            office = offices[self._hood(plan.number).post]
            rest = self.plan.round_of(plan.number)
            self.rounds.append(
                Round(courier, plan, rest, office, self.files, share(self.faults.shuffled, 1), self._new_phone, noon)
            )
        stock = Stock(self.cast.labels, self.naming)
        for one in self.rounds:
            await stock.fills(one.courier, one.office.dispatcher)
        self.counters = await self._counters(list(offices.values()), self.album, stock)
        for one in self.rounds:
            beside = one.plan.carried_by if one.plan.carried_by is not None else (one.plan.number + 1) % len(couriers)
            one.colleague = couriers[beside] if beside != one.plan.number else None

    async def _counters(self, offices: list[Office], album: Album, stock: Stock) -> list[Counter]:
        """At posts that have a clerk, whose day begins; those who come are dealt out to them in turn."""
        found: list[Counter] = []
        staffed = [(office, office.counter) for office in offices if office.counter is not None]
        for place, (office, clerk) in enumerate(staffed):
            visits = self.plan.counters[place :: len(staffed)]
            if visits:
                day = OwnDay(office, clerk)
                await day.begins(stock, len(visits) + SPARE_SETS)
                found.append(Counter(office, clerk, visits, album, day))
        return found

    def _clerks(self) -> list[Clerk]:
        """Everybody who sits at a desk today, once."""
        wanted: list[Clerk | None] = [self.cast.who("operator")]
        for hood in self.hoods:
            wanted += [hood.dispatcher, hood.officer, hood.approver, hood.head, hood.counter]
            wanted.append(self._maker_of_codes(hood))
            wanted += [clerk for pair in self._pairs(hood) for clerk in pair]
        return list({clerk.person: clerk for clerk in wanted if clerk is not None}.values())

    def _maker_of_codes(self, hood: Neighbourhood) -> Clerk | None:
        return hood.head or self.cast.who(*MAKE_CODES)

    def _pairs(self, hood: Neighbourhood) -> tuple[tuple[Clerk, Clerk], tuple[Clerk, Clerk]]:
        """Who decides about what waits and who signs too: of the office, and of the whole province."""
        head = hood.head
        office = (hood.dispatcher, head if head is not None and head.person != hood.dispatcher.person else hood.officer)
        supervisor, administrator = self.cast.who("supervisor"), self.cast.who("administrator")
        return office, office if supervisor is None or administrator is None else (supervisor, administrator)

    @property
    def _supervisor(self) -> Desk | None:
        who = self.cast.who("supervisor")
        return self.desks.get(who.person) if who is not None else None

    def _weather(self, *whose: object) -> Weather:
        requests = self.plan.visits * _REQUESTS_PER_VISIT
        weather = Weather(self.faults, self.naming.dice("weather", *whose), requests)
        self.weathers.append(weather)
        return weather

    def _hood(self, number: int) -> Neighbourhood:
        return self.hoods[number % len(self.hoods)]

    def _who(self, number: int) -> cast.Courier:
        couriers = self._hood(number).couriers
        return couriers[number // len(self.hoods) % len(couriers)]

    async def _courier(self, plan: PhonePlan) -> Courier:
        who = self._who(plan.number)
        carrier = await self._enrolled(who, plan, f"máy {plan.number + 1}")
        roll = self.rolls.setdefault(who.person, Roll(self.cast.labels))
        roll.gets(carrier.phone.bundle.labels)
        assert self.album is not None
        return Courier(plan.number, who, carrier, roll, self.journal, self.naming, self.album)

    async def _new_phone(self, courier: Courier) -> Carrier:
        plan = self.plan.phones[courier.number]
        return await self._enrolled(courier.who, plan, f"{courier.phone.name} (thay)")

    async def _enrolled(self, who: cast.Courier, plan: PhonePlan, name: str) -> Carrier:
        clock = Clock(timedelta(days=365 * plan.years_wrong))
        phone = Phone(name, who.person, self.naming, clock)
        weather = self._weather("phone", name)
        carrier = Carrier(phone, self.line, self.journal, weather, account=who.account, password=who.password)
        await carrier.enrol(await self._code(who, self._hood(plan.number)))
        await carrier.pull()
        return carrier

    async def _code(self, who: cast.Courier, hood: Neighbourhood) -> str:
        """A new one from the head of the post; else one that lies ready. They last a quarter of an hour."""
        maker = self._maker_of_codes(hood)
        if maker is not None:
            asked = {"person": str(who.person), "unit": str(who.unit)}
            answer = await self.desks[maker.person].request("POST", "/api/desk/enrolment-codes", json=asked)
            if answer.status_code < 300:
                return answer.json()["text"]
        if not who.enrolment_codes:
            raise cast.NobodyToPlay(f"no enrolment code for {who.name}")
        return who.enrolment_codes.pop(0)

    def _province(self) -> Province:
        operator = self.cast.who("operator")
        hotline = next((held.unit for held in operator.roles if held.role == "operator"), None) if operator else None
        post = next((unit for name, unit in self.cast.units.items() if name.startswith("Bưu điện tỉnh ")), None)
        posts = [unit for name, unit in self.cast.units.items() if name.startswith("Bưu điện ")]
        return Province(self.desks[operator.person] if operator and post else None, hotline, post, posts)

    def _office(self, hood: Neighbourhood, province: Province, today: date) -> Office:
        office, overseers = (
            (self.desks[first.person], self.desks[second.person]) for first, second in self._pairs(hood)
        )
        attention = Attention(office, overseers, self.journal, self.naming)
        return Office(hood, province, self.desks, attention, self.naming, today)

    # The questions

    async def witness(self) -> Report:
        """What was acknowledged is asked for again, each case's chain is read, each citizen's card."""
        check_outboxes(self.journal)
        oracle = Oracle(self.journal, self.line)
        speaks = [(c, one.courier.carrier) for one in self.rounds for c in (one.courier.carrier, *one.shut_out)]
        speaks += [(c, c) for one in self.rounds for c in one.spares]
        await oracle.ask_phones(speaks)
        await oracle.ask_desks(self.desks)
        live = [one.courier.carrier for one in self.rounds]
        await oracle.ask_files(self.files, {c.phone.device: c for c in live if c.phone.device is not None})
        await oracle.ask_cases([(case, (office.dispatcher, office.officer)) for case, office in self._served()])
        tracked = await oracle.ask_citizens(self._cases(), Weather(Faults(), self.naming.dice("citizens"), 1))
        return self._report(tracked, oracle)

    def _played(self) -> Tally[str]:
        """What offices brought to its end; and of what phones alone bring about, where all of its proof took effect."""
        proofs = [(name, acts) for case in self._cases() for name, acts in case.proofs.items()]
        return self.journal.played + Tally(name for name, acts in proofs if all(map(self.journal.applied, acts)))

    def _cases(self) -> list[Case]:
        return [case for case, _ in self._served()]

    def _report(self, tracked: int, oracle: Oracle) -> Report:
        without: Tally[str] = Tally()
        for one in self.rounds:
            without += one.courier.without
        return report(
            self.journal,
            self.plan,
            self.faults,
            run=self.naming.run,
            cases=len(self._cases()),
            files={upload: received.bytes for upload, received in self.files.received.items()},
            requests=self.line.tally,
            server_faults=self.line.faults,
            without=without,
            tracked=tracked,
            at_counters=sum((one.tally for one in self.counters), Tally[str]()),
            compared=oracle.compared,
            cases_compared=oracle.cases_compared,
            played=self._played(),
        )
