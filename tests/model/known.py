"""What phones and desks have heard of: things by their ids, whether the centre knows them by then or not."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from backend.ids import uuid7
from tests.builders import MORNING
from tests.builders_acts import Body

T = TypeVar("T")

AT_ONE_STOP = ("mai", "lent", "approver", "supervisor", "administrator")


@dataclass
class Known:
    """One case. Lists grow in the order in which things were made. `offers`: each with who gave."""

    case: UUID
    phone: str | None = None
    """The one it was born on; None: both may have it."""
    visits: list[str] = field(default_factory=list[str])
    appointments: list[str] = field(default_factory=list[str])
    charges: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    papers: list[Body] = field(default_factory=list[Body])
    parcels: list[str] = field(default_factory=list[str])
    results: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    offers: list[tuple[Body, Body]] = field(default_factory=list[tuple[Body, Body]])
    signatures: list[str] = field(default_factory=list[str])
    payments: list[Body] = field(default_factory=list[Body])
    mandates: list[str] = field(default_factory=list[str])
    parties: list[str] = field(default_factory=list[str])
    pages: list[str] = field(default_factory=list[str])
    questions: list[str] = field(default_factory=list[str])
    urgings: list[str] = field(default_factory=list[str])
    registrations: list[str] = field(default_factory=list[str])
    contents: list[str] = field(default_factory=list[str])
    """Hashes of forms that were read back."""
    merged_into: list[str] = field(default_factory=list[str])
    told: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Ids that the centre made (refunds, duties, call-backs), as a desk sees them on its page."""


@dataclass
class Shared:
    """What is of no single case."""

    people: dict[str, UUID]
    units: dict[str, UUID]
    labels: dict[UUID, list[str]]
    """By courier, what was handed out in the morning."""
    numbers: dict[UUID, list[int]]
    account: UUID
    references: dict[UUID, list[str]]
    slips: dict[UUID, int]
    shifts: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    incidents: list[str] = field(default_factory=list[str])
    bags: list[str] = field(default_factory=list[str])
    entries: int = 0
    seen: dict[tuple[str, str], list[str]] = field(default_factory=dict[tuple[str, str], list[str]])
    """Ids by what and state, as a desk's lists have them."""
    in_hand: list[str] = field(default_factory=list[str])
    """Labels of the sets that the clerk at the desk has, as the page of the case shows them."""
    sets: list[int] = field(default_factory=list[int])
    """Their numbers."""
    cash: int = 0
    """Đồng that this clerk holds, as the page of days shows them."""
    now: datetime = MORNING
    """What the clock at the desks says."""
    next_set: int = 1
    """The number of the label set that is printed next."""

    def offices(self, name: str) -> list[UUID]:
        """Where somebody works."""
        at = ("one_stop", "agency") if name in AT_ONE_STOP else ("post",)
        return [self.units[one] for one in at]

    def offices_of(self, person: UUID) -> list[UUID]:
        return self.offices(next((name for name, one in self.people.items() if one == person), "ut"))

    def own(self) -> "Shared":
        """For one sequence alone."""
        return copy.deepcopy(self)


@dataclass(frozen=True)
class Wanted:
    """An act to be made. `subject`: None is the case itself."""

    body: Body
    personal: Body | None = None
    subject: tuple[str, UUID] | None = None


class Making:
    """Draws the body of an act from what is known. Once in a while it names what nobody has heard of."""

    STRANGE = 0.06

    def __init__(
        self, known: Known, cases: Sequence[Known], shared: Shared, chance: Random, me: UUID, day: str, *, at_desk: bool
    ) -> None:
        self.known, self.cases, self.shared, self.chance = known, cases, shared, chance
        self.me, self.day, self.at_desk = me, day, at_desk

    def one(self, of: Sequence[T], otherwise: T) -> T:
        """Rather one of the last."""
        if not of or self.chance.random() < self.STRANGE:
            return otherwise
        return of[-1] if self.chance.random() < 0.6 else self.chance.choice(of)

    def some(self, of: Sequence[T], otherwise: T) -> list[T]:
        first = self.one(of, otherwise)
        return [first] if self.chance.random() < 0.7 else _once([first, self.one(of, otherwise)])

    def new(self, into: list[str]) -> str:
        made = str(uuid7())
        into.append(made)
        return made

    def or_again(self, of: list[str]) -> str:
        """A new id; sometimes one that was used before."""
        return self.chance.choice(of) if of and self.chance.random() < 0.15 else self.new(of)

    def either(self, *of: T) -> T:
        return self.chance.choice(of)

    def often(self, share: float = 0.8) -> bool:
        return self.chance.random() < share

    def listed(self, what: str, *states: str) -> list[str]:
        """Of the desk's list, those in one of these states."""
        if not self.at_desk:
            return []
        return [one for state in states for one in self.shared.seen.get((what, state), [])]

    @property
    def visit(self) -> str:
        """At a desk rather the one that somebody has come to."""
        here = self.known.told.get("served", []) if self.at_desk else []
        return self.one(here or self.known.visits, str(uuid7()))

    @property
    def at(self) -> dict[str, Any]:
        return {"visit_id": self.visit}

    @property
    def other(self) -> Known:
        return self.chance.choice(list(self.cases))

    @property
    def paper(self) -> str:
        return self.one([paper["id"] for paper in self.known.papers], str(uuid7()))

    @property
    def parcel(self) -> str:
        here = self.known.told.get("here", []) if self.at_desk else []
        return self.one(here or self.known.parcels, str(uuid7()))

    @property
    def result(self) -> tuple[str, str]:
        return self.one(self.known.results, (str(uuid7()), str(uuid7())))

    @property
    def charge(self) -> tuple[str, int]:
        return self.one(self.known.charges, (str(uuid7()), 8000))

    def office(self, kind: str) -> Body:
        return {"kind": "unit", "id": str(self.shared.units[kind])}

    def mine(self) -> Body:
        return {"kind": "courier", "id": str(self.me)}


def _once(of: list[T]) -> list[T]:
    return [one for place, one in enumerate(of) if one not in of[:place]]
