"""The afternoon: results are taken to citizens, papers go home, and what was not handed over comes back to the post."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from backend.simulate import aside, door, results
from backend.simulate.case import Case
from backend.simulate.courier import Courier
from backend.simulate.office import Office

Each = Callable[[list[Case], Callable[[Case], Awaitable[None]]], Awaitable[list[Case]]]
"""Does it with each; returns those with which it could be done."""


class Afternoon:
    """`going_home`: by case, the offer of papers that go back to the citizen."""

    def __init__(self, courier: Courier, office: Office, going_home: dict[UUID, UUID], each: Each) -> None:
        self.courier = courier
        self.office = office
        self.going_home = going_home
        self.each = each

    async def goes(self, cases: list[Case], send: Callable[[], Awaitable[None]]) -> None:
        await self.courier.carrier.pull()
        home = [case for case in cases if case.id in self.going_home]
        for case in cases:
            if case in home:
                self._bring_home(case)
            else:
                self._deliver(case)
        await send()
        await self.each(home, self._is_home)
        failed = [
            case for case in cases if case not in home and case.pick_up.delivery and case.pick_up.delivery.failure
        ]
        await self.each(failed, self._back_to_the_post)

    def _deliver(self, case: Case) -> None:
        courier, naming, visit = self.courier, self.courier.naming, self.office.delivery_of(case, "visit")
        door.receive_result(courier, case, naming.id("offer", case.name, "result"), self.office.at.agency)
        door.go_there(courier, case, visit)
        delivery = case.pick_up.delivery
        if delivery is not None and delivery.failure is not None:
            aside.before_it_fails(courier, case, visit)
            door.fail(courier, case, visit, delivery.failure)
            door.offer_result(courier, case, self.office.at.post)
        else:
            door.hand_over(courier, case, visit)
            door.finish(courier, case, visit)

    async def _back_to_the_post(self, case: Case) -> None:
        offer_id = self.courier.naming.id("offer", case.name, "back")
        await self.office.take_result_back(case, offer_id, self.courier.person)
        await results.at_the_post(self.office, case)

    def _bring_home(self, case: Case) -> None:
        courier, visit = self.courier, self.office.delivery_of(case, "visit")
        door.receive(courier, case, self.going_home[case.id], self.office.at.one_stop, *door.carried(case))
        door.go_there(courier, case, visit)
        aside.back_in_her_hands(courier, case, visit)

    async def _is_home(self, case: Case) -> None:
        await self.office.attention.look_at(case.id)
        case.expects.states = ("withdrawn",) if case.happening == "withdrawn" else ("closed",)
