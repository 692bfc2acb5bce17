"""A case of the demo while it is being told, and the place where it happens. Its steps: `planning` and `road`."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from backend.demo.cast import Member
from backend.demo.citizens import Citizen
from backend.demo.past import OldPhone, Past
from backend.ids import uuid7


class Place(msgspec.Struct, kw_only=True):
    """A commune's offices and who works there. `labels`: of the sets still in the courier's pouch.

    `identifier`: of the agency, as dossier codes begin with it.
    """

    commune: str
    post: UUID
    one_stop: UUID
    agency: UUID
    dispatcher: Member
    officer: Member
    operator: Member
    hotline: UUID
    courier: Member
    phone: OldPhone
    lan: Member
    tu: Member
    labels: list[str]
    today: date
    next_day: date
    """The first after today on which the post is open."""
    identifier: str


class CaseStory:
    """A case while it is being told."""

    def __init__(self, past: Past, place: Place, citizen: Citizen) -> None:
        self.past = past
        self.place = place
        self.citizen = citizen
        self.case = uuid7()
        self.registration = str(uuid7())
        self.visit = ""
        self.parcel = ""
        self.papers: list[str] = []
        self.result = ""
        self.offer = ""
        self.charges = [(str(uuid7()), amount) for amount in citizen.fees]
        self.code: str | None = None
        self.shift = uuid7()

    async def desk(self, who: Member, kind: str, **body: Any) -> None:
        await self.past.at_desk(who, self.case, kind, body)

    async def door(self, *acts: tuple[str, dict[str, Any]], place: dict[str, float] | None = None) -> None:
        """By the phone of the place's courier of those days."""
        await self.past.by_phone(self.place.phone, self.case, *acts, place=place)

    async def booked(self, courier: Member, purpose: str, day: date, window: str, *, agreed: bool = True) -> None:
        """By the dispatcher, on the next free seat. Not `agreed`: the citizen is still to be called."""
        self.visit = str(uuid7())
        await self.desk(
            self.place.dispatcher,
            "book",
            appointment_id=str(uuid7()),
            visit_id=self.visit,
            purpose=purpose,
            unit=str(self.place.post),
            courier=str(courier.id),
            day=day.isoformat(),
            window=window,
            seat=self.past.next_seat(self.place.post, day, window),
            agreed=agreed,
        )

    def half(self) -> dict[str, Any]:
        """What both halves of a hand-over of the parcel say."""
        return {"offer_id": self.offer, "parcel_ids": [self.parcel], "paper_ids": []}

    def offered(self, kind: str, to: UUID) -> dict[str, Any]:
        """The giver's half of a new hand-over."""
        self.offer = str(uuid7())
        return self.half() | {"to": holder(kind, to)}


def holder(kind: str, who: UUID) -> dict[str, str]:
    return {"kind": kind, "id": str(who)}
