"""Label sets in the morning: a courier whose bag has few gets more at the post, by number, and answers for them."""

import logging
from collections.abc import Sequence
from uuid import UUID

from backend.simulate.carrier import Refused
from backend.simulate.cast import Label
from backend.simulate.courier import Courier
from backend.simulate.desk import Desk
from backend.simulate.naming import Naming

log = logging.getLogger("tannha.simulate")
FEW = 6
"""With fewer sets a courier gets so many more."""


class Stock:
    """Of all posts, as the cast has it. What went out on an earlier day is refused, and the next is tried."""

    def __init__(self, labels: Sequence[Label], naming: Naming) -> None:
        self._left: dict[UUID, list[int]] = {}
        for label in labels:
            if label.holder is not None:
                self._left.setdefault(label.holder, []).append(label.number)
        self._naming = naming

    async def fills(self, courier: Courier, dispatcher: Desk) -> None:
        """From the post's stock, as long as there is any."""
        post, left = courier.who.unit, self._left.get(courier.who.unit, [])
        while len(courier.phone.bundle.labels) < FEW and left:
            numbers = left[:FEW]
            del left[:FEW]
            body = {"courier": courier.person, "numbers": numbers}
            act_id = self._naming.id("issue", post, numbers[0])
            try:
                await dispatcher.act(act_id, "issue_label_sets", post, body, subject_kind="unit")
            except Refused as refused:
                log.info("%s: %s", courier.who.name, refused)
                continue
            courier.roll.gets_numbers(numbers)
            await courier.carrier.pull()
            return
