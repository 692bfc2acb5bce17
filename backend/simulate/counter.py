"""The counter of a post (F02): citizens come with their papers, and a clerk serves them by the forms of the desk.

Everything is as at a door, but that the office holds what is taken, and that slips and references are numbered when a
form is sent. What the server made (ids of papers, charges, parcels) is read from the case afterwards, as a clerk reads
it on the page.
"""

from collections import Counter as Tally
from collections.abc import Sequence
from uuid import UUID

from backend.simulate import matters
from backend.simulate.attention import CasePage, read_case
from backend.simulate.camera import Album
from backend.simulate.case import Case, Paper, new_case
from backend.simulate.desk import Desk, Values
from backend.simulate.door import NOTES
from backend.simulate.drawn import NoForm
from backend.simulate.expecting import DUE, OVER, PAID, UNPAID
from backend.simulate.forms import COMPONENTS
from backend.simulate.giving_up import Told
from backend.simulate.office import Office
from backend.simulate.own_day import OwnDay
from backend.simulate.plan import PickUp

NO_MONEY = "no_money_now"
WITHOUT_THE_WORD = "owner_called"
WAITING = frozenset({"waiting_transfer"})


class Counter:
    """One clerk, and the queue before her. `tally`: what was done there."""

    def __init__(self, office: Office, clerk: Desk, visits: Sequence[PickUp], album: Album, day: OwnDay) -> None:
        self.office = office
        self.clerk = clerk
        self.visits = visits
        self.album = album
        self.day = day
        self.naming = office.naming
        self.journal = office.journal
        self.chance = office.naming.dice("counter", office.at.place)
        self.cases: list[Case] = []
        self.tally: Tally[str] = Tally()

    async def go(self) -> None:
        """One after the other. What cannot go on for one citizen ends there, and is told."""
        for pick_up in self.visits:
            case = new_case(self.naming, pick_up, "first", COMPONENTS)
            case.papers = []
            self.cases.append(case)
            with Told(self.journal, "could not go on at the counter", subject=case.id, by=case.name):
                await self._serve(case)
                await self._goes_on(case)
                # Of a transfer the bank has the last word.
                self.journal.played[case.happening or ""] += case.payment is None

    async def _serve(self, case: Case) -> None:
        """Who walks in is confirmed by the agency when the papers are there already."""
        await self.office.register(case)
        if not case.pick_up.walk_in:
            await self.office.confirm(case)
        await self._comes(case)
        if case.pick_up.failure is not None:
            said = "Thiếu tờ khai, hẹn thứ Sáu đem đến"
            await self._fills(case, "fail_visit", {"reason": case.pick_up.failure, "evidence": said})
            case.expects.states = ("confirmed",)
            self.tally["failed"] += 1
            return
        await self._take(case)
        await self._pay(case, await self._quote(case))
        await self._sign(case, "slip")
        await self._seal(case)
        await self._fills(case, "finish_visit")
        if case.pick_up.walk_in:
            await self.office.confirm(case)
        case.expects.states = ("papers_taken",)

    async def _comes(self, case: Case) -> None:
        await self._fills(case, "record_arrival")
        await self._fills(case, "check_identity")
        self.tally["visits"] += 1

    async def _fills(
        self, case: Case, kind: str, values: Values | None = None, picture: tuple[str, bytes] | None = None
    ) -> None:
        """What another desk opened or left waiting is looked at first. Raises Refused, NoForm."""
        path = f"/desk/cases/{case.id}"
        answer = await self.clerk.fills(path, kind, case.id, values, picture=picture)
        case.at = max(case.at, answer.n or 0)
        self.tally["forms"] += 1

    async def _page(self, case: Case) -> CasePage:
        """As the clerk reads it. Raises NoForm where it is not there: an office sees its own case."""
        page = await read_case(self.clerk, case.id)
        if page is None:
            raise NoForm("the case is not shown to the clerk who serves it")
        return page

    # Papers

    async def _take(self, case: Case) -> None:
        """Looked at one by one, and photographed."""
        form = await self.clerk.drawn(f"/desk/cases/{case.id}", "take_papers")
        for component, _ in zip(form.choices["component"], case.pick_up.pages, strict=False):
            await self._fills(case, "take_papers", {"component": component})
        page = await self._page(case)
        case.papers = [Paper(one.paper_id, one.component, 1) for one in page.papers if not one.is_result]
        for paper in case.papers:
            await self._photograph(case, str(paper.id), paper.component)
        there = Tally(one.component for one in (await self._page(case)).people.pages)
        wanted = Tally(paper.component for paper in case.papers)
        self.journal.expects("a picture of each", subject=case.id, by=case.name, before=wanted, now=there)
        case.expects.held(case.paper_ids, "unit", self.office.at.post)

    async def _photograph(self, case: Case, what: str, component: str) -> None:
        taken = self.album.page(component, self.chance.randrange(1000))
        await self._fills(case, "photograph", {"page": what}, picture=(taken.media_type, taken.data))
        self.tally["pictures"] += 1

    async def _sign(self, case: Case, document: str) -> None:
        """In ink, on our own paper, of which there is a picture then."""
        form = await self.clerk.drawn(f"/desk/cases/{case.id}", "sign")
        before = form.choices.get("pages", [])
        await self._photograph(case, document, document)
        form = await self.clerk.drawn(f"/desk/cases/{case.id}", "sign")
        pages = [one for one in form.choices.get("pages", []) if one not in before]
        await self._fills(case, "sign", {"document": document, "mode": "ink", "pages": pages})

    async def _seal(self, case: Case) -> None:
        """Under a label that she was handed; without one the papers cannot leave."""
        label = self.day.takes_a_set()
        if label is None:
            raise NoForm("no label set in the clerk's hands")
        number = f"NQ{self.chance.randrange(10**8):08}"
        await self._fills(case, "seal", {"label": label.label, "seal": number})
        case.card_token = label.card_token
        parcels = {one.parcel_id for one in (await self._page(case)).papers if one.paper_id in case.paper_ids}
        self.journal.expects("one parcel", subject=case.id, by=case.name, before=1, now=len(parcels - {None}))
        case.parcel = next(iter(parcels))
        self.tally["sealed"] += 1

    # Money

    async def _quote(self, case: Case) -> dict[UUID, int]:
        """What the catalogue of today asks. Returns charges that are due now, and their đồng."""
        await self._fills(case, "quote", {"copy": str(case.pick_up.copies)})
        charges = (await self._page(case)).charges
        for one in charges:
            case.expects.charged(one.charge_id, one.amount, DUE)
        return {one.charge_id: one.amount for one in charges if one.due_at == "reception"}

    async def _pay(self, case: Case, owed: dict[UUID, int]) -> None:
        if case.happening == "counter_unpaid":
            await self._fills(case, "record_unpaid", {"reason": NO_MONEY})
            self._expect(case, owed, UNPAID)
            self.tally["unpaid"] += 1
        elif case.happening == "counter_transfer":
            await self._by_transfer(case, owed)
        else:
            await self._in_cash(case, owed)

    def _expect(self, case: Case, owed: dict[UUID, int], states: frozenset[str]) -> None:
        for charge, amount in owed.items():
            case.expects.charged(charge, amount, states)

    async def _in_cash(self, case: Case, owed: dict[UUID, int]) -> None:
        total = sum(owed.values())
        given = next((note for note in NOTES if note > total), -(-total // NOTES[-1]) * NOTES[-1])
        await self._fills(case, "collect", {"tendered": str(given)})
        self.day.cash += total
        self._expect(case, owed, PAID)
        slips = [(one.total, one.change_given) for one in (await self._page(case)).slips]
        wanted = (total, given - total)
        self.journal.expects("the slip", subject=case.id, by=case.name, before=True, now=wanted in slips)
        self.tally["slips"] += 1
        self.tally["cash"] += total
        self.tally["change"] += given - total

    async def _by_transfer(self, case: Case, owed: dict[UUID, int]) -> None:
        """The code is on the counter's screen; the citizen says that the money is on its way, and the bank is late."""
        await self._fills(case, "show_payment_code")
        page = await self._page(case)
        shown = [(one.reference, one.total) for one in page.payments]
        self.journal.expects(
            "the code", subject=case.id, by=case.name, before=[sum(owed.values())], now=[sum_ for _, sum_ in shown]
        )
        case.payment = shown[0]
        await self._fills(case, "record_transfer_said")
        self._expect(case, owed, WAITING)
        await matters.pay_at_the_bank(self.office, case)
        self.tally["codes"] += 1

    # Afterwards

    async def _goes_on(self, case: Case) -> None:
        """To the one-stop; of some the result comes back to this counter, and so does the citizen."""
        if case.parcel is None:
            return
        await self.office.pass_on(case)
        await self.office.examine(case)
        if case.happening == "counter_result":
            await self._result_comes(case)
            await self._hand_over(case)

    async def _result_comes(self, case: Case) -> None:
        office, offer_id = self.office, await self.office.release(case)
        post, agency = {"kind": "unit", "id": office.at.post}, {"kind": "unit", "id": office.at.agency}
        things = {"offer_id": offer_id, "parcel_ids": [case.result_parcel], "paper_ids": []}
        await office.does(office.officer, "offer", case, {**things, "to": post})
        await office.does(self.clerk, "receive", case, {**things, "giver": agency, "receiver": post})

    async def _hand_over(self, case: Case) -> None:
        """Identity, what is due, open and count, the signature, the result; the card was left at home, so the owner was
        called."""
        assert case.result is not None
        await self._comes(case)
        known = (await self._page(case)).charges
        await self._in_cash(case, {one.charge_id: one.amount for one in known if one.state == "due"})
        await self._sign(case, "hand_over")
        await self._fills(case, "hand_over_result", {"instead": WITHOUT_THE_WORD})
        await self._fills(case, "finish_visit")
        case.expects.held([case.result], "citizen", case.id)
        case.expects.states = OVER
        self.tally["results"] += 1
