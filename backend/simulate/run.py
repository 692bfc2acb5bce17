"""A day from the first sign-in to the last question: who plays, in which order, and what is asked at the end."""

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import httpx

from backend.acts.rules import current, load
from backend.simulate import cast
from backend.simulate.attention import Attention
from backend.simulate.camera import PICTURES, Album, make_album
from backend.simulate.carrier import Carrier, Refused
from backend.simulate.case import Case
from backend.simulate.cast import Cast, Clerk, Neighbourhood, enough, neighbourhoods
from backend.simulate.courier import Courier, Roll
from backend.simulate.desk import Desk
from backend.simulate.faults import Faults, share
from backend.simulate.files import Files
from backend.simulate.journal import Finding, Journal
from backend.simulate.line import Line, Weather
from backend.simulate.naming import Naming
from backend.simulate.noon import Noon
from backend.simulate.office import Office, Province
from backend.simulate.oracle import Oracle, check_outboxes
from backend.simulate.phone import Clock, Phone
from backend.simulate.plan import PhonePlan, Plan
from backend.simulate.report import Report, report
from backend.simulate.round import GIVEN_UP, Round
from backend.simulate.shifts import Shifts

log = logging.getLogger("tannha.simulate")
VIETNAM = timezone(timedelta(hours=7))
MAKE_CODES = ("head_of_post", "supervisor", "administrator")
_REQUESTS_PER_VISIT = 22
_DRAINING = 6


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
        self.album: Album | None = None

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
        shifts = Shifts(self.journal, self.naming)
        couriers = [one.courier for one in self.rounds]
        # Whoever was out before may still hold papers and money of those days.
        before = {case.unit for case in self.cast.cases}
        await shifts.begin([courier for courier in couriers if courier.who.unit not in before])
        await asyncio.gather(*(one.go() for one in self.rounds))
        await self._heal()
        await shifts.close(couriers)
        await self._swallow_the_rest()

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
        noon = Noon(len(couriers), self.faults.hours_late, self.line, self._weather("noon"), self.journal)
        offices = {hood.post: self._office(hood, province, couriers[0].phone) for hood in self.hoods}
        for courier, plan in zip(couriers, self.plan.phones, strict=True):
            office = offices[self._hood(plan.number).post]
            rest = self.plan.round_of(plan.number)
            self.rounds.append(
                Round(courier, plan, rest, office, self.files, share(self.faults.shuffled, 1), self._new_phone, noon)
            )
        for one in self.rounds:
            beside = one.plan.carried_by if one.plan.carried_by is not None else (one.plan.number + 1) % len(couriers)
            one.colleague = couriers[beside] if beside != one.plan.number else None

    def _clerks(self) -> list[Clerk]:
        """Everybody who sits at a desk today, once."""
        wanted: list[Clerk | None] = [self.cast.who("operator")]
        for hood in self.hoods:
            wanted += [hood.dispatcher, hood.officer, hood.approver, self._maker_of_codes(hood)]
            wanted += [clerk for pair in self._pairs(hood) for clerk in pair]
        return list({clerk.person: clerk for clerk in wanted if clerk is not None}.values())

    def _maker_of_codes(self, hood: Neighbourhood) -> Clerk | None:
        return self.cast.who("head_of_post", unit=hood.post) or self.cast.who(*MAKE_CODES[1:])

    def _pairs(self, hood: Neighbourhood) -> tuple[tuple[Clerk, Clerk], tuple[Clerk, Clerk]]:
        """Who decides about what waits and who signs too: of the office, and of the whole province."""
        head = self.cast.who("head_of_post", unit=hood.post)
        office = (hood.dispatcher, head if head is not None and head.person != hood.dispatcher.person else hood.officer)
        supervisor, administrator = self.cast.who("supervisor"), self.cast.who("administrator")
        return office, office if supervisor is None or administrator is None else (supervisor, administrator)

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
        return Province(self.desks[operator.person] if operator and post else None, hotline, post)

    def _office(self, hood: Neighbourhood, province: Province, phone: Phone) -> Office:
        office, overseers = (
            (self.desks[first.person], self.desks[second.person]) for first, second in self._pairs(hood)
        )
        attention = Attention(office, overseers, self.journal, self.naming)
        today = datetime.fromtimestamp(phone.clock.centre(), UTC).astimezone(VIETNAM).date()
        return Office(hood, province, self.desks, attention, self.naming, today)

    # The evening: all queues drain

    async def _heal(self) -> None:
        """Nothing goes wrong any more: whatever is on a phone is sent, whatever waits is looked at."""
        for weather in self.weathers:
            weather.calm = True
        for _ in range(_DRAINING):
            waited = await asyncio.gather(*(self._drain(one) for one in self.rounds))
            offices = {id(one.office): one.office for one in self.rounds}
            looked = await asyncio.gather(*(self._look_at_list(office) for office in offices.values()))
            if not any(waited) and not any(looked):
                return

    async def _look_at_list(self, office: Office) -> bool:
        try:
            return await office.attention.look_at_list()
        except GIVEN_UP as why:
            self.journal.stuck.append(Finding(what="the review list", by=office.at.place, now=str(why)))
            return False

    async def _drain(self, one: Round) -> bool:
        """Whether anything of this round still waited."""
        try:
            return await self._drained(one)
        except GIVEN_UP as why:
            self.journal.stuck.append(Finding(what="could not drain", by=one.courier.phone.name, now=str(why)))
            return False

    async def _drained(self, one: Round) -> bool:
        await one.courier.send(self.files)
        waiting = False
        for carrier in (one.courier.carrier, *one.shut_out):
            by = one.courier.carrier
            await carrier.send(by=by)
            if asked := carrier.phone.outbox.waiting():
                await carrier.send_again(asked, by=by)
            waiting = waiting or bool(carrier.phone.outbox.waiting())
        for case in one.cases:
            try:
                waiting = await one.office.attention.look_at(case.id) or waiting
            except Refused as refused:
                log.warning("%s: %s", case.name, refused)
        return waiting

    async def _swallow_the_rest(self) -> None:
        """If so many answers were to be swallowed, and not so many were: the rest now, of what was sent before."""
        wanted = self.faults.swallowed if isinstance(self.faults.swallowed, int) else 0
        carriers = [one.courier.carrier for one in self.rounds]
        while (missing := wanted - self.line.tally["swallowed"]) > 0:
            asked = [one.lose_an_answer() for one in carriers[:missing] if one.phone.outbox.acknowledged()]
            if not asked:
                return
            await asyncio.gather(*asked)

    # The questions

    async def witness(self) -> Report:
        """What was acknowledged is asked for again, each case's chain is read, each citizen's card."""
        check_outboxes(self.journal)
        oracle = Oracle(self.journal, self.line)
        speaks = [(c, one.courier.carrier) for one in self.rounds for c in (one.courier.carrier, *one.shut_out)]
        await oracle.ask_phones(speaks)
        await oracle.ask_desks(self.desks)
        live = [one.courier.carrier for one in self.rounds]
        await oracle.ask_files(self.files, {c.phone.device: c for c in live if c.phone.device is not None})
        await oracle.ask_cases([(case, one.office.dispatcher) for one in self.rounds for case in one.cases])
        tracked = await oracle.ask_citizens(self._cases(), Weather(Faults(), self.naming.dice("citizens"), 1))
        return self._report(tracked)

    def _cases(self) -> list[Case]:
        return [case for one in self.rounds for case in one.cases]

    def _report(self, tracked: int) -> Report:
        without: Counter[str] = Counter()
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
        )
