"""What must be true of a case in the evening, as those who served it know it, and where the centre says otherwise."""

from collections.abc import Iterable
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


class ChargeSeen(msgspec.Struct, frozen=True, kw_only=True):
    charge_id: UUID
    amount: int
    state: str


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
    incidents: list[IncidentSeen] = []
    merged_into: UUID | None = None
    invitations: int = 0


class Expected(msgspec.Struct, kw_only=True):
    """Filled as the day goes on. `states`: one of them; empty while nobody knows. `holders`: of papers, kind and id.
    `charges`: in one of which states each is, and its đồng; `incidents`: how each ended."""

    states: tuple[str, ...] = ()
    holders: dict[UUID, tuple[str, UUID]] = {}
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
    """`looked_at`: a person decided about an act of it, so that it need not have gone the way it was meant to."""
    found = _of_things(expected, seen)
    if not looked_at and expected.states and seen.state not in expected.states:
        found.append(Difference("state", None, "|".join(expected.states), seen.state))
    for what, before, now in (
        ("merged into", expected.merged_into, seen.merged_into),
        ("invitations", expected.invitations, seen.invitations),
    ):
        if before != now:
            found.append(Difference(what, None, str(before), str(now)))
    return found


def _of_things(expected: Expected, seen: Seen) -> list[Difference]:
    holders = {one.paper_id: (one.holder_kind, one.holder) for one in seen.papers}
    charges = {one.charge_id: one for one in seen.charges}
    incidents = {one.incident_id: one.state for one in seen.incidents}
    pairs: list[tuple[str, UUID, Any, Any, bool]] = [
        ("holder", paper, held, holders.get(paper), held == holders.get(paper))
        for paper, held in expected.holders.items()
    ]
    for charge, (amount, states) in expected.charges.items():
        one = charges.get(charge)
        right = one is not None and (one.amount, one.state in states) == (amount, True)
        pairs.append(("charge", charge, f"{amount} {sorted(states)}", one and f"{one.amount} {one.state}", right))
    for incident, ending in expected.incidents.items():
        pairs.append(("incident", incident, ending, incidents.get(incident), incidents.get(incident) == ending))
    return [Difference(what, thing, str(before), str(now)) for what, thing, before, now, right in pairs if not right]
