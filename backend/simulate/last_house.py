"""The evening's last house: a neighbour registers where there is no network, and the day is counted without that slip.

The case is born, paid and sealed on a phone that stays silent. The courier counts on a spare phone, provisionally; the
head signs; then the phone speaks, and the day ends by itself.
"""

import msgspec

from backend.simulate import aside, door
from backend.simulate.bundle import Owed
from backend.simulate.case import Case, new_case
from backend.simulate.citizens import place
from backend.simulate.courier import Courier
from backend.simulate.expecting import DUE
from backend.simulate.forms import COMPONENTS
from backend.simulate.noon import TIMES, comes
from backend.simulate.office import Office
from backend.simulate.plan import PickUp
from backend.simulate.round import Round
from backend.simulate.shifts import FLOAT, Shifts

FEE = 21_000
_PLAIN = {"happening": None, "failure": None, "delivery": None, "by_post": True}
_CLOSED = "Đã chốt"


def visited(courier: Courier, office: Office, like: PickUp) -> Case:
    """All acts of it, on the phone alone. `like`: what the citizen brings."""
    stop = msgspec.structs.replace(like, **_PLAIN, number=10_000 + courier.number)
    case, at = new_case(courier.naming, stop, "neighbour", COMPONENTS), office.at
    door.register_at_the_gate(courier, case, unit=at.post, one_stop=at.one_stop, agency=at.agency)
    unplanned = {"unit": at.post, "purpose": "collect", "place": "home"}
    arrived = {"visit_id": case.visit, "unplanned": unplanned}
    courier.does("record_arrival", case, arrived, personal={"place": place(courier.chance)})
    aside.take_papers(courier, case)
    charge = courier.naming.id("charge", case.name, "quoted")
    quoted = {"charge_id": charge, "line": "le_phi", "amount": FEE, "of": "agency"}
    courier.does("quote", case, {"visit_id": case.visit, "charges": [quoted]})
    case.expects.charged(charge, FEE, DUE)
    door.collect(courier, case, case.visit, [Owed(charge_id=charge, amount=FEE, due_at="reception", state="due")])
    door.seal(courier, case)
    door.finish(courier, case, case.visit)
    return case


async def counted_without_it(one: Round, shifts: Shifts) -> None:
    courier, office = one.courier, one.office
    await courier.carrier.pull()
    case = visited(courier, office, one.pick_ups[0])
    one.cases.append(case)
    offer_id = door.offer(courier, case, office.at.post)
    spare, awaited = await one.replace(courier), courier.cash
    one.spares.append(spare)
    body = {"counted": FLOAT + awaited, "awaited": awaited, "sets_left": courier.roll.left()}
    shift = shifts.of(courier)
    shifts.must_be_plain(courier, await shifts.does(courier, "close_shift_provisionally", shift, body, by=spare))
    await shifts.countersign(courier)
    await says(office, courier, shift_is="Tạm chốt", times=1)
    await courier.send(one.files)
    await office.receive_papers(case, offer_id, courier.person)
    await office.confirm(case)
    case.expects.states = ("papers_taken",)
    if await says(office, courier, shift_is=_CLOSED):
        office.journal.played["closed_provisionally"] += 1


async def says(office: Office, courier: Courier, *, shift_is: str, times: int = TIMES) -> bool:
    """What the head reads of that day; a timer may have to come round first."""
    shift = office.naming.id("shift", courier.person)

    async def found() -> str:
        page = (await office.head.page("/desk/shifts")).partition(f'id="shift-{shift}"')[2]
        return page.partition('class="state">')[2].partition("</p>")[0].strip()

    async def so() -> bool:
        return await found() == shift_is

    if await comes(so, times):
        return True
    office.journal.expects("the day", subject=shift, by=courier.who.name, before=shift_is, now=await found())
    return False
