"""A courier with a phone in the hand: the simulator's, so that acts are signed, numbered and sealed like real ones."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.acts import envelope
from backend.ids import uuid7
from backend.simulate.courier import Courier
from backend.simulate.files import Files
from backend.simulate.outbox import Answer, Standing, Written
from tests.stories.desk import Desk


class InHand:
    """`courier`: what `backend/simulate/door.py` acts with. What is written stays on the phone until `sends`."""

    def __init__(self, courier: Courier, files: Files) -> None:
        self.courier = courier
        self._files = files

    @property
    def person(self) -> UUID:
        return self.courier.person

    async def pulls(self) -> None:
        """The day as it is now, and the time."""
        await self.courier.carrier.pull()

    def writes(self, kind: str, subject: UUID, body: dict[str, Any], **more: Any) -> Written:
        """An act, saved on the phone alone."""
        phone = self.courier.phone
        return self.courier.journal.made(phone.write(kind, subject, body, **more), phone.name)

    async def sends(self, *, refused_to: Desk | None = None) -> list[Answer]:
        """All that is on the phone. `refused_to`: who is not allowed to do any of it."""
        unsent = self.courier.phone.outbox.next(1000)
        if refused_to is not None:
            for act in unsent:
                said = envelope.read(act.data)
                body = json.loads(bytes(said.body))
                answer = await refused_to.act(act.subject, act.kind, body, subject=about(act))
                assert answer.status_code == 403, f"{act.kind}: {answer.text}"
        await self.courier.send(self._files)
        return [self.answer(act) for act in unsent]

    def answer(self, act: Written) -> Answer:
        """What the centre last said of it."""
        found = self.courier.journal.records[act.key].answer
        assert found is not None
        return found

    async def begins(self, post: UUID, day: str, amount: int) -> UUID:
        """The day, with change money in đồng. Returns the shift."""
        shift = uuid7()
        body = {"unit": str(post), "day": day, "float_amount": amount}
        await self.does("begin_shift", shift, body, subject_kind="shift")
        return shift

    async def closes(self, shift: UUID, counted: int) -> None:
        """To the đồng, with nothing in hand: else the close would say so."""
        await self.does("close_shift", shift, {"counted": counted}, subject_kind="shift")

    async def does(self, kind: str, subject: UUID, body: dict[str, Any], **more: Any) -> None:
        """Written, sent, and taken as the rules have it."""
        self.writes(kind, subject, body, **more)
        took_effect(await self.sends())


def about(act: Written) -> dict[str, str]:
    return {"kind": act.subject_kind, "id": str(act.subject)}


def took_effect(answers: Sequence[Answer]) -> None:
    """Every act, and none against the rules."""
    assert [(one.standing, list(one.exceptions)) for one in answers] == [(Standing.APPLIED, [])] * len(answers), answers
