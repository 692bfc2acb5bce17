"""A clerk's own day behind a counter, by the forms of the desk (F11, F16): change money and label sets in the morning;
in the evening what was collected goes into the till, the rest is counted, and somebody else signs."""

from collections.abc import Sequence
from uuid import UUID

from backend.simulate.cast import Label
from backend.simulate.clerks import Clerks
from backend.simulate.desk import Desk
from backend.simulate.drawn import NoForm
from backend.simulate.giving_up import Told
from backend.simulate.stock import Stock

FLOAT = 100_000
"""Đồng, in small notes."""
PATH = "/desk/shifts"


class OwnDay:
    """`cash`: đồng collected and not in the till yet."""

    def __init__(self, office: Clerks, clerk: Desk) -> None:
        self.office = office
        self.clerk = clerk
        self.journal = office.journal
        self.cash = 0
        self.shift: UUID | None = None
        self._sets: list[Label] = []

    async def begins(self, stock: Stock, sets: int) -> None:
        """Where an earlier day was never closed none can begin: a person must look, and she goes without."""
        self._sets = list(await stock.hands_out(self.office.dispatcher, self.office.at.post, self.clerk.person, sets))
        with Told(self.journal, "could not begin the day", by=self.clerk.clerk.name):
            try:
                form = await self.clerk.drawn(PATH, "begin_shift")
            except NoForm:
                return
            await self.clerk.sends(PATH, form, {"unit": str(self.office.at.post), "float": str(FLOAT)})
            # The day is born with the form: its id stands on the page from now on.
            self.shift = UUID((await self.clerk.drawn(PATH, "close_shift")).value("shift"))
            await self.clerk.again(self.clerk.of_form(form, "begin_shift", self.shift, "shift"))

    def takes_a_set(self) -> Label | None:
        """The next in hand: it binds once."""
        return self._sets.pop(0) if self._sets else None

    async def ends(self) -> None:
        """To the đồng: what is left must be the change money."""
        if self.shift is None:
            return
        with Told(self.journal, "could not close the day", subject=self.shift, by=self.clerk.clerk.name):
            if self.cash:
                await self._fills("remit", {"amount": str(self.cash)})
            left = ", ".join(str(one.number) for one in self._sets)
            await self._fills("close_shift", {"counted": str(FLOAT), "numbers": left})
            await self._signed(self.shift)
        with Told(self.journal, "could not give label sets back", by=self.clerk.clerk.name):
            await self._gives_back()

    async def _gives_back(self) -> None:
        """What is left goes into the stock for the night."""
        numbers = [one.number for one in self._sets]
        if numbers:
            post, act_id = self.office.at.post, self.office.naming.id("give back", self.clerk.person)
            body = {"numbers": numbers}
            await self.office.dispatcher.act(act_id, "return_label_sets", post, body, subject_kind="unit")

    async def _fills(self, kind: str, values: dict[str, str]) -> None:
        assert self.shift is not None
        await self.clerk.fills(PATH, kind, self.shift, {**values}, subject_kind="shift")

    async def _signed(self, shift: UUID) -> None:
        """By another of the post. Raises Refused."""
        other = next((one for one in self._others() if one.person != self.clerk.person), None)
        if other is None:
            raise NoForm("nobody else of the post to sign the count")
        act_id = self.office.naming.id("countersign", shift)
        await other.act(act_id, "countersign_close", shift, {}, subject_kind="shift")
        self.journal.played["clerks_day"] += 1

    def _others(self) -> Sequence[Desk]:
        return (self.office.head, self.office.dispatcher)
