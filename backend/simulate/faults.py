"""How much goes wrong, in numbers. A whole number is a count; a fraction is a share of what it can happen to."""

from collections.abc import Iterable

import msgspec

Amount = int | float


class Faults(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One profile. What the amounts are shares of stands beside each group."""

    # of all requests
    swallowed: Amount = 0
    """The server answers, and the answer is never read: the phone must ask again."""
    cut: Amount = 0.0
    """The connection ends while the server works."""
    doubled: Amount = 0.0
    """The same request is sent twice, at the same time."""
    # of all batches of acts, as a share
    shuffled: Amount = 0.0
    """The later half of what is unsent goes first."""
    # of all files, as a share
    pieces: Amount = 0.0
    """A file goes in two pieces, as where the network ends in the middle."""
    # of all phones
    dead_zones: Amount = 0
    """Has no network from the first house to the last: everything is delivered late."""
    clocks_off: Amount = 0
    """Its clock is wrong by years."""
    lost: Amount = 0
    """Is lost in the middle of the day: shut out, and what it had sealed comes by another phone."""
    carried: Amount = 0
    """Its network fails in the afternoon: a colleague's phone carries what it wrote."""
    hours_late: Amount = 0
    """Not a share: so long those without network take to deliver, by the demo's clock."""
    # of all visits
    cancelled: Amount = 0
    """The desk cancels the visit while the courier, out of reach, carries it out."""
    rubbish: Amount = 0
    """A phone delivers bytes that are no act at all."""
    forged: Amount = 0
    """Another phone writes in the name of this one, with its own key."""
    same_id: Amount = 0
    """A number already used comes again with other content; another phone takes the id of an upload."""
    newer: Amount = 0
    """The phone runs a newer version and writes a kind of act the server does not know."""


PROFILES: dict[str, Faults] = {
    "none": Faults(),
    "field": Faults(
        swallowed=0.02,
        cut=0.005,
        doubled=0.01,
        shuffled=0.05,
        pieces=0.05,
        dead_zones=0.2,
        clocks_off=0.05,
        lost=0.02,
        carried=0.05,
        hours_late=2,
        cancelled=0.02,
    ),
    "storm": Faults(
        swallowed=0.15,
        cut=0.05,
        doubled=0.1,
        shuffled=0.25,
        pieces=0.15,
        dead_zones=0.25,
        clocks_off=0.2,
        lost=0.1,
        carried=0.1,
        hours_late=3,
        cancelled=0.08,
        rubbish=0.05,
        forged=0.05,
        same_id=0.05,
        newer=0.03,
    ),
}


class BadFaults(ValueError):
    """No profile, or no fault, of that name; or not a number."""


def chosen(profile: str, changes: Iterable[str] = ()) -> Faults:
    """A profile with some of its numbers changed: `swallowed=1000`, `lost=0.1`. Raises BadFaults."""
    if profile not in PROFILES:
        raise BadFaults(f"{profile}: {' | '.join(PROFILES)}")
    values = msgspec.structs.asdict(PROFILES[profile])
    for change in changes:
        name, _, amount = change.partition("=")
        if name not in values:
            raise BadFaults(f"{name}: {' '.join(values)}")
        try:
            values[name] = int(amount) if amount.isdigit() else float(amount)
        except ValueError:
            raise BadFaults(f"{change}: a number is needed") from None
    return Faults(**values)


def times(amount: Amount, of: int) -> int:
    """How often, of so many; at least once where a share is asked for and there is anything at all."""
    if isinstance(amount, int):
        return min(amount, of)
    return min(of, max(1, round(amount * of))) if amount > 0 and of > 0 else 0


def share(amount: Amount, of: int) -> float:
    """How often, as a share of about so many. Never all: what is sent again must get through some time."""
    return min(0.8, amount / max(1, of) if isinstance(amount, int) else amount)
