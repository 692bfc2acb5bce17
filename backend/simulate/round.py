"""One courier's day: the round of the morning, the hand-over, the results of the afternoon."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from uuid import UUID

from backend.simulate import aside, door, matters, on_paper, tricks
from backend.simulate.afternoon import Afternoon
from backend.simulate.bags import Bag
from backend.simulate.carrier import Carrier, ShutOut
from backend.simulate.case import Case, new_case
from backend.simulate.courier import Courier
from backend.simulate.files import Files
from backend.simulate.forms import COMPONENTS
from backend.simulate.giving_up import Told
from backend.simulate.happenings import AT_ONCE
from backend.simulate.journal import Finding, Journal
from backend.simulate.noon import Noon, comes
from backend.simulate.office import Office
from backend.simulate.plan import PhonePlan, PickUp
from backend.simulate.sheet import Line

Again = Callable[[Courier], Awaitable[Carrier]]
"""Gives a courier a new phone, enrolled."""


class Round:
    """`colleague`: whose phone carries, or is tricked with. `replace`: a new phone for a lost one."""

    def __init__(
        self,
        courier: Courier,
        plan: PhonePlan,
        pick_ups: list[PickUp],
        office: Office,
        files: Files,
        shuffled: float,
        replace: Again,
        noon: Noon,
    ) -> None:
        self.courier = courier
        self.plan = plan
        self.pick_ups = pick_ups
        self.office = office
        self.files = files
        self.shuffled = shuffled
        self.replace = replace
        self.noon = noon
        self.colleague: Courier | None = None
        self.cases: list[Case] = []
        self.shut_out: list[Carrier] = []
        self.spares: list[Carrier] = []
        """Phones for the evening."""
        self.going_home: dict[UUID, UUID] = {}
        """By case: the offer of papers that go back to the citizen."""
        self.slips: dict[UUID, int] = {}
        """By case: the number of the slip printed for it."""
        self.journal: Journal = courier.journal

    async def go(self) -> None:
        """What cannot go on for one case ends there, and is told; the day goes on."""
        served: list[Case] | None = None
        with self._told("the round ended"):
            served = await self._morning()
        with self._told("the round ended"):
            if served is None:
                await self.noon.given_up()
            else:
                await self.noon.reached()
                await self._hand_over(served)

    def _told(self, what: str) -> Told:
        return Told(self.journal, what, by=self.courier.phone.name)

    async def _morning(self) -> list[Case]:
        """From house to house. Returns the cases that were served there, neighbours among them."""
        self.cases = [
            new_case(self.courier.naming, pick_up, part, COMPONENTS)
            for pick_up in self.pick_ups
            for part in (("first", "second") if pick_up.household else ("first",))
        ]
        served = await self._each(self.cases, self._prepare)
        await self._pull_until(served)
        served = await self._each(served, self._printed)
        for index, pick_up in enumerate(self.pick_ups):
            served += await self._house(pick_up, [case for case in served if case.pick_up is pick_up])
            if index == self.plan.lost_after:
                await self._lose_the_phone()
            elif not (self.plan.dead_zone or self._carried):
                await self._send()
            await self._play_tricks(pick_up)
        return served

    async def _pull_until(self, cases: list[Case]) -> None:
        """A desk's act comes with the pull after all that was begun before it has ended; then everybody is there."""

        def missing() -> list[Case]:
            bundle = self.courier.phone.bundle
            return [one for one in cases if one.id not in bundle.cases or (one.visit, one.id) not in bundle.visits]

        async def all_there() -> bool:
            await self.courier.carrier.pull()
            return not missing()

        if not await comes(all_there):
            for case in missing():
                self.journal.lost.append(Finding(what="not on the phone", subject=case.id, by=case.name))

    async def _hand_over(self, served: list[Case]) -> None:
        """All papers to the office; what it releases goes out again in the afternoon."""
        await self._send()
        office = self.office
        taken = [case for case in await self._typed_in(served) if case.pick_up.failure is None]
        for case in taken:
            aside.photograph_later(self.courier, case)
        await self._each([case for case in taken if case.payment], lambda case: matters.pay_at_the_bank(office, case))
        for case in taken:
            case.paid_at_bank |= case.paid_with is not None and case.paid_with.paid_at_bank
        offers = {case.id: self._offer(case) for case in taken}
        await self._send()
        handed = await self._each(taken, lambda case: self._received(case, offers[case.id]))
        handed = await self._each(await self._passed_on(handed), self._examined)
        goes_out = [case for case in handed if case.result is not None or case.id in self.going_home]
        if goes_out:
            await Afternoon(self.courier, office, self.going_home, self._each).goes(goes_out, self._send)

    async def _typed_in(self, served: list[Case]) -> list[Case]:
        """What was written on paper. Returns all but those with which that could not be done."""
        written = [case for case in served if case.line is not None]
        done = await self._each(written, lambda case: on_paper.typed_in(self.office, self.courier, case))
        return [case for case in served if case.line is None or case in done]

    async def _each(self, cases: list[Case], do: Callable[[Case], Awaitable[None]]) -> list[Case]:
        """Those with which it could be done."""

        async def one(case: Case) -> bool:
            with Told(self.journal, "could not go on", subject=case.id, by=case.name):
                await do(case)
                return True
            return False

        done = await asyncio.gather(*(one(case) for case in cases))
        return [case for case, could in zip(cases, done, strict=True) if could]

    # Before the round

    async def _prepare(self, case: Case) -> None:
        await self.office.register(case)
        await self.office.confirm(case)
        await self.office.book(case, self.courier.person)
        if case.pick_up.called:
            await self.office.call(case)
        if case.pick_up.moved and not case.pick_up.household:
            await self.office.move(case, self.courier.person)

    async def _printed(self, case: Case) -> None:
        """Whose phone will be dead has a run sheet; where nobody could confirm it, the phone lives."""
        if case.happening == "on_paper" and self.office.second is not None:
            self.slips[case.id] = await on_paper.printed(self.office, self.courier, case)

    # The morning

    async def _house(self, pick_up: PickUp, cases: list[Case]) -> list[Case]:
        """All acts of one stop. Returns the cases that were born there."""
        if not cases:
            return []
        courier, visit = self.courier, cases[0].visit
        if cases[0].id in self.slips:
            line = Line(at=courier.now, slip=self.slips[cases[0].id])
            on_paper.written(courier, cases[0], line)
            return []
        aside.go_there(courier, cases[0], visit)
        if pick_up.cancelled:
            await self._each(cases, self.office.cancel_appointment)
        if pick_up.failure is not None:
            for case in cases:
                aside.fail(courier, case, visit, pick_up.failure)
            return []
        born = [new_case(courier.naming, pick_up, "neighbour", COMPONENTS)] if pick_up.walk_in else []
        self.cases += born
        for case in [*cases, *born]:
            self._serve(case)
        if pick_up.happening in AT_ONCE:
            aside.pay_together(courier, cases)
        for case in [*cases, *born]:
            if "newer" in pick_up.tricks and case.part == "first":
                tricks.newer(courier, case)
            door.finish(courier, case, visit)
        return born

    def _serve(self, case: Case) -> None:
        courier, at = self.courier, self.office.at
        if case.part == "neighbour":
            born = door.register_at_the_gate(courier, case, unit=at.post, one_stop=at.one_stop, agency=at.agency)
            case.proofs["born_at_the_gate"] = [born]
        aside.take_papers(courier, case)
        known = courier.phone.bundle.cases.get(case.id)
        if case.happening not in AT_ONCE:
            aside.pay(courier, case, known.owes("reception") if known is not None else [])
        door.seal(courier, case)
        aside.after_the_seal(courier, case)

    @property
    def _carried(self) -> bool:
        return self.plan.carried_by is not None and self.colleague is not None

    async def _send(self) -> None:
        """By this phone, or where its network is gone by the colleague's."""
        if self._carried and self.colleague is not None:
            # The colleague's phone may be the one that is lost just now.
            with contextlib.suppress(ShutOut):
                await self.courier.carrier.send(by=self.colleague.carrier)
                self.journal.tricks["carried"] += 1
        await self.courier.send(self.files, shuffled=self.shuffled)

    async def _lose_the_phone(self) -> None:
        """Reported, shut out; what it had sealed comes by itself or by another phone. The courier gets a new one."""
        old = self.courier.carrier
        assert old.phone.device is not None
        await self.office.attention.report_lost(self.office.dispatcher, old.phone.device)
        try:
            await old.pull()
            self.journal.stuck.append(Finding(what="a lost phone was let in", by=old.phone.name))
        except ShutOut:
            self.journal.tricks["shut out"] += 1
        self.courier.carrier = await self.replace(self.courier)
        self.shut_out.append(old)
        if self.plan.number % 2:
            with self._told("last words"):
                await old.send_last()
        await old.send(by=self.courier.carrier)
        await self.courier.send(self.files)
        await self._each(self.cases, self._look_at)
        await self.courier.carrier.pull()

    async def hears_again(self) -> bool:
        """What became of acts that the centre had kept and not decided, on this phone and on those that were shut out.
        Whether any of them still waits."""
        own, waiting = self.courier.carrier, False
        for carrier in (own, *self.shut_out):
            await carrier.send(by=own)
            if asked := carrier.phone.outbox.waiting():
                await carrier.send_again(asked, by=own)
            waiting = waiting or bool(carrier.phone.outbox.waiting())
        return waiting

    async def _look_at(self, case: Case) -> None:
        await self.office.attention.look_at(case.id)

    async def _play_tricks(self, pick_up: PickUp) -> None:
        other = self.colleague.carrier if self.colleague is not None else None
        with contextlib.suppress(ShutOut):
            await tricks.play(self.courier, other, pick_up.tricks, self.files)

    # The hand-over, the office, the afternoon

    def _offer(self, case: Case) -> UUID:
        at = self.office.at
        return door.offer(self.courier, case, at.post if case.pick_up.by_post else at.one_stop)

    async def _received(self, case: Case, offer_id: UUID) -> None:
        office = self.office
        await office.attention.look_at(case.id)
        if case.part == "neighbour":
            await office.confirm(case)
        await office.receive_papers(case, offer_id, self.courier.person)

    async def _passed_on(self, received: list[Case]) -> list[Case]:
        """What came over the post's counter goes on to the one-stop, together in a bag or each by itself. Returns what
        is there."""
        at_the_post = [case for case in received if case.pick_up.by_post]
        torn = [case for case in at_the_post if case.incident is not None]
        if torn:
            await self.hears_again()
        ended = await self._each(torn, lambda case: matters.torn_pouch(self.office, case))
        at_the_post = [case for case in at_the_post if case not in torn or case in ended]
        bagged = [case for case in at_the_post if case.pick_up.by_bag and case.parcel is not None]
        lost = bagged
        alone = [case for case in at_the_post if case not in bagged]
        with self._told("the bag could not go on"):
            alone += await Bag(self.office, self.courier.phone.name).carries(bagged) if bagged else []
            lost = []
        passed = await self._each(alone, self.office.pass_on)
        left = [case for case in torn if case not in ended]
        return [case for case in received if case not in [*lost, *left] and (case in passed or case not in alone)]

    async def _examined(self, case: Case) -> None:
        office = self.office
        await matters.exempt(office, case)
        if case.happening in ("withdrawn", "refused"):
            self.going_home[case.id] = await matters.ends_early(office, case, self.courier.person)
            return
        await office.examine(case)
        if case.happening in ("merged", "merge_undone"):
            self.cases.append(await matters.merge(office, case))
        if case.part == "first" and case.pick_up.delivery is not None:
            offered = await office.release(case)
            await office.offer_result(case, offered, self.courier.person)
            await office.book(case, self.courier.person, purpose="deliver")
