"""What must be true of a case in the evening, as those who served it know it, and where the centre says otherwise."""

import operator
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import msgspec

PAID = frozenset({"settled", "receipted"})
UNPAID = frozenset({"unpaid"})
DUE = frozenset({"due"})
FREED = frozenset({"exempt"})
OVER = ("handed_over", "closed")
"""A result is with its citizen: closed as soon as nobody has to be told anything any more."""


class PaperSeen(msgspec.Struct, frozen=True, kw_only=True):
    paper_id: UUID
    holder_kind: str
    holder: UUID
    superseded: bool = False
    component: str = ""
    is_result: bool = False
    parcel_id: UUID | None = None


class PageSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of one page."""

    component: str


class PeopleSeen(msgspec.Struct, frozen=True, kw_only=True):
    pages: list[PageSeen] = []


class ChargeSeen(msgspec.Struct, frozen=True, kw_only=True):
    charge_id: UUID
    amount: int
    state: str
    due_at: str = ""


class SlipSeen(msgspec.Struct, frozen=True, kw_only=True):
    """Cash that was taken."""

    slip_number: int
    total: int
    change_given: int


class PaymentSeen(msgspec.Struct, frozen=True, kw_only=True):
    """To be paid by transfer."""

    reference: str
    total: int


class IncidentSeen(msgspec.Struct, frozen=True, kw_only=True):
    incident_id: UUID
    cause: str
    state: str
    open: bool


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk reads of a case, as far as it is expected otherwise or not."""

    state: str
    papers: list[PaperSeen] = []
    charges: list[ChargeSeen] = []
    slips: list[SlipSeen] = []
    payments: list[PaymentSeen] = []
    incidents: list[IncidentSeen] = []
    merged_into: UUID | None = None
    invitations: int = 0
    people: PeopleSeen = PeopleSeen()


class Expected(msgspec.Struct, kw_only=True):
    """All that is known, filled as the day goes on. `states`: one of them. `holders`: of papers, kind and id;
    `superseded`: papers of which another has taken the place. `charges`: in one of which states each is, and its đồng.
    `incidents`: how each ended."""

    states: tuple[str, ...] = ()
    holders: dict[UUID, tuple[str, UUID]] = {}
    superseded: set[UUID] = set()
    charges: dict[UUID, tuple[int, frozenset[str]]] = {}
    incidents: dict[UUID, str] = {}
    merged_into: UUID | None = None
    invitations: int = 0

    def held(self, papers: Iterable[UUID], kind: str, by: UUID) -> None:
        self.holders.update((paper, (kind, by)) for paper in papers)

    def charged(self, charge: UUID, amount: int, states: frozenset[str]) -> None:
        self.charges[charge] = (amount, states)

    def __len__(self) -> int:
        """How much is expected of it."""
        return len(self.holders) + len(self.charges) + len(self.incidents) + bool(self.states)


class Difference(msgspec.Struct, frozen=True):
    """`thing`: the paper, charge, incident; None for the case itself."""

    what: str
    thing: UUID | None
    expected: str
    found: str


def differences(expected: Expected, seen: Seen, *, looked_at: bool) -> list[Difference]:
    """Both ways: what is not as expected, and what is there although nobody expects it. `looked_at`: a person decided
    about an act of it, so that it need not have gone the way it was meant to."""
    found = _of_things(expected, seen)
    if not looked_at and seen.state not in expected.states:
        found.append(Difference("state", None, "|".join(expected.states), seen.state))
    superseded = {one.paper_id for one in seen.papers if one.superseded}
    for what, before, now in (
        ("merged into", expected.merged_into, seen.merged_into),
        ("invitations", expected.invitations, seen.invitations),
        ("superseded", expected.superseded, superseded),
    ):
        if before != now:
            found.append(Difference(what, None, str(before), str(now)))
    return found


def _of_things(expected: Expected, seen: Seen) -> list[Difference]:
    holders = {one.paper_id: (one.holder_kind, one.holder) for one in seen.papers}
    charges = {one.charge_id: (one.amount, one.state) for one in seen.charges}
    incidents = {one.incident_id: one.state for one in seen.incidents}
    return [
        *_both_ways("holder", expected.holders, holders, operator.eq),
        *_both_ways("charge", expected.charges, charges, _is_charged),
        *_both_ways("incident", expected.incidents, incidents, operator.eq),
    ]


def _is_charged(expected: tuple[int, frozenset[str]], seen: tuple[int, str]) -> bool:
    return expected[0] == seen[0] and seen[1] in expected[1]


def _both_ways(
    what: str, expected: dict[UUID, Any], seen: dict[UUID, Any], fits: Callable[[Any, Any], bool]
) -> list[Difference]:
    """Of everything that stands in one of the two."""
    both = [(thing, expected.get(thing), seen.get(thing)) for thing in {**expected, **seen}]
    return [
        Difference(what, thing, str(before), str(now))
        for thing, before, now in both
        if before is None or now is None or not fits(before, now)
    ]
