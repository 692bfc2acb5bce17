"""Label sets in the morning: whose bag has few gets more at the post, by number, and answers for them."""

from collections.abc import Sequence
from uuid import UUID

from backend.simulate.cast import Label
from backend.simulate.courier import Courier
from backend.simulate.desk import Desk
from backend.simulate.drawn import NoForm
from backend.simulate.naming import Naming

FEW = 6
"""With fewer sets a courier gets so many more."""


class Stock:
    """Of all posts. `labels`: what is printed on each set, as the cast has it; which of them a post still has, its own
    page says."""

    def __init__(self, labels: Sequence[Label], naming: Naming) -> None:
        self._labels = {label.number: label for label in labels}
        self._naming = naming

    async def fills(self, courier: Courier, dispatcher: Desk) -> None:
        """From the post's stock, as long as there is any."""
        if len(courier.phone.bundle.labels) >= FEW:
            return
        given = await self.hands_out(dispatcher, courier.who.unit, courier.person, FEW)
        if given:
            courier.roll.gets_numbers([label.number for label in given])
            await courier.carrier.pull()

    async def hands_out(self, dispatcher: Desk, post: UUID, to: UUID, how_many: int) -> list[Label]:
        """So many, or as many as the post still has: from now on `to` answers for them. Raises Refused."""
        given: list[Label] = []
        while len(given) < how_many and (pack := await self._next_pack(dispatcher, post)):
            some = pack[: how_many - len(given)]
            body = {"courier": to, "numbers": [label.number for label in some]}
            act_id = self._naming.id("issue", post, some[0].number)
            await dispatcher.act(act_id, "issue_label_sets", post, body, subject_kind="unit")
            given += some
        return given

    async def _next_pack(self, dispatcher: Desk, post: UUID) -> list[Label]:
        """As the form proposes it: the first numbers that follow each other."""
        try:
            form = await dispatcher.drawn(f"/desk/label-sets?unit={post}", "issue_label_sets")
        except NoForm:
            return []
        first, _, last = form.value("numbers").partition("-")
        numbers = range(int(first), int(last or first) + 1)
        return [self._labels[number] for number in numbers if number in self._labels]
