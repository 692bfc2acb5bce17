"""What happens on the day beside what is plain: one row each, with how often. The plan deals them out to visits.

Each is drawn from the seed by its weight; on a day of `FULL` visits or more each happens at least once.
"""

from typing import Literal

import msgspec

from backend.simulate.naming import dice

FULL = 50
"""Visits. On a shorter day there is not room for everything."""
Of = Literal["approver", "household", "failure", "gate", "ends", "pick_up", "delivery", "shift", "counter"]
"""What it happens to. `approver`: a pick-up of the first phone, whose agency has an approver if any has; `ends`: a
pick-up with which the case comes to an end, so that no result goes out; `shift`: the day of a courier; `counter`: a
visit that a citizen pays to a post, beside those of couriers."""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """`per_1000`: how many of so many visits. `reason`: of a visit that fails by it."""

    name: str
    of: Of
    per_1000: int
    reason: str | None = None


HAPPENINGS = (
    # A relief is claimed at the door; an approver grants it.
    Happening(name="exempted", of="approver", per_1000=8),
    # One payment and one order for two cases, a slip for each.
    Happening(name="household_order", of="household", per_1000=20),
    # One transfer under one reference for two cases; the bank tells of it hours later, three times.
    Happening(name="household_transfer", of="household", per_1000=10),
    # Nobody home: a gate photographed, a card left, a call; or nothing of it, and the phone says the courier is far.
    Happening(name="evidence_given", of="failure", per_1000=15, reason="V01"),
    Happening(name="from_the_cafe", of="failure", per_1000=10, reason="V01"),
    # Registered where the courier stands, without a network.
    Happening(name="born_at_the_gate", of="gate", per_1000=40),
    # Papers that go home on a visit of their own.
    Happening(name="withdrawn", of="ends", per_1000=15),
    Happening(name="refused", of="ends", per_1000=15),
    # Two cases of one owner.
    Happening(name="merged", of="ends", per_1000=15),
    Happening(name="merge_undone", of="ends", per_1000=10),
    # A result that is not handed over.
    Happening(name="kept", of="delivery", per_1000=15, reason="H18"),
    Happening(name="forwarded", of="delivery", per_1000=10, reason="H15"),
    Happening(name="refused_result", of="delivery", per_1000=10, reason="H13"),
    Happening(name="not_collected", of="delivery", per_1000=10, reason="H01"),
    Happening(name="wrong_result", of="delivery", per_1000=10, reason="H17"),
    # At a door where papers are taken.
    Happening(name="torn_pouch", of="pick_up", per_1000=15),
    Happening(name="relabelled", of="pick_up", per_1000=15),
    Happening(name="deferred_photograph", of="pick_up", per_1000=20),
    Happening(name="by_mandate", of="pick_up", per_1000=20),
    Happening(name="witnessed", of="pick_up", per_1000=15),
    Happening(name="unpaid", of="pick_up", per_1000=20),
    Happening(name="relief_claimed", of="pick_up", per_1000=15),
    Happening(name="bank_late", of="pick_up", per_1000=15),
    # The phone is dead: it is written on the run sheet and typed in again.
    Happening(name="on_paper", of="pick_up", per_1000=15),
    # A courier's day.
    Happening(name="code_checked", of="shift", per_1000=40),
    Happening(name="sets_voided", of="shift", per_1000=20),
    Happening(name="closed_provisionally", of="shift", per_1000=15),
    # At a counter, by the forms of its clerk: cash with change, a transfer, no money; nothing comes of it; the citizen
    # comes once more for the result.
    Happening(name="counter_cash", of="counter", per_1000=30),
    Happening(name="counter_transfer", of="counter", per_1000=20),
    Happening(name="counter_unpaid", of="counter", per_1000=20),
    Happening(name="counter_failed", of="counter", per_1000=15, reason="V08"),
    Happening(name="counter_result", of="counter", per_1000=20),
)
BY_THE_WAY = ("call_back_agreed", "call_back_disputed", "called_back_by_1022", "countersigned", "clerks_day")
"""What follows from the others."""
DISPUTED = "from_the_cafe"
"""After it the citizen says that it was otherwise."""
AT_ONCE = frozenset({"household_order", "household_transfer"})
"""Two cases of a household pay together."""
PAYING = AT_ONCE | {"exempted", "unpaid", "relief_claimed", "bank_late", "on_paper"}
"""Something must be due for it."""
AT_HOME = frozenset({"evidence_given", "from_the_cafe"})
"""The house is on the map."""


def how_often(seed: int, one: Happening, visits: int) -> int:
    expected = one.per_1000 * visits / 1000
    more = dice(seed, "how often", one.name).random() < expected - int(expected)
    return max(int(expected) + more, int(visits >= FULL))
