"""One case of the day, as those who serve it know it: what was taken, sealed, released."""

from typing import Literal
from uuid import UUID

import msgspec

from backend.simulate.citizens import Citizen, citizen
from backend.simulate.expecting import Expected
from backend.simulate.happenings import AT_ONCE
from backend.simulate.naming import Naming
from backend.simulate.outbox import Written
from backend.simulate.plan import PickUp
from backend.simulate.sheet import Line

Part = Literal["first", "second", "neighbour", "twin"]
"""The first of a house, another of the same house, a neighbour who registers at the gate; or the same matter once
more."""


class Paper(msgspec.Struct, frozen=True):
    id: UUID
    component: str
    pages: int


class Case(msgspec.Struct, kw_only=True):
    """Filled as the day goes on. `at`: the centre's number of the last act a desk saw on it."""

    id: UUID
    pick_up: PickUp
    part: Part
    citizen: Citizen
    visit: UUID
    appointment: UUID
    papers: list[Paper]
    registration: UUID
    parcel: UUID | None = None
    card_token: str | None = None
    result: UUID | None = None
    result_parcel: UUID | None = None
    at: int = 0
    expects: Expected = msgspec.field(default_factory=Expected)
    incident: UUID | None = None
    """Reported at the door."""
    reported: Written | None = None
    claimed: dict[UUID, int] = {}
    """Charges for which a relief was claimed, and their đồng."""
    payment: tuple[str, int] | None = None
    """By transfer: reference and đồng, of all cases that it pays."""
    paid_with: "Case | None" = None
    """Whose transfer pays for this one as well."""
    paid_at_bank: bool = False
    line: Line | None = None
    """Of the run sheet, where the visit was done on paper."""
    proofs: dict[str, list[Written]] = {}
    """By happening, the acts of phones that took effect if it happened. What an office ends is counted there."""

    @property
    def happening(self) -> str | None:
        """What happens to it beside what is plain; of a household to both where they pay at once."""
        own = self.part == "first" or (self.part == "second" and self.pick_up.happening in AT_ONCE)
        return self.pick_up.happening if own else None

    @property
    def paper_ids(self) -> list[UUID]:
        """Of the citizen's own papers."""
        return [paper.id for paper in self.papers]

    @property
    def name(self) -> str:
        """Names what belongs to it within the run."""
        return f"{self.pick_up.number}/{self.part}"


def new_case(naming: Naming, pick_up: PickUp, part: Part, components: tuple[str, ...]) -> Case:
    name = f"{pick_up.number}/{part}"
    chance = naming.dice("case", name)
    return Case(
        id=naming.id("case", name),
        pick_up=pick_up,
        part=part,
        citizen=citizen(chance),
        visit=naming.id("visit", pick_up.number),
        appointment=naming.id("appointment", name),
        registration=naming.id("registration", name),
        papers=[
            Paper(naming.id("paper", name, number), chance.choice(components), pages)
            for number, pages in enumerate(pick_up.pages)
        ],
    )


def another_of(naming: Naming, case: Case) -> Case:
    """The same person and the same matter, registered once more."""
    name = f"{case.pick_up.number}/twin"
    return Case(
        id=naming.id("case", name),
        pick_up=case.pick_up,
        part="twin",
        citizen=case.citizen,
        visit=naming.id("visit", name),
        appointment=naming.id("appointment", name),
        registration=naming.id("registration", name),
        papers=[],
    )
