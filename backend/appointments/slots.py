"""What can be booked: windows cut from open hours, and the seats left in them (F26). Pure: no I/O."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

import msgspec

from backend.clock import VIETNAM
from backend.units.calendars import OpeningHours, Span
from backend.units.model import Place

HOURS_AT = {
    "home": Place.HOME,
    "mobile_point": Place.HOME,
    "post_counter": Place.COUNTER,
    "one_stop": Place.COUNTER,
}
"""Which hours count where people meet: those of couriers on the road, or of a counter."""
USUAL = OpeningHours(weekly=dict.fromkeys(range(1, 8), (Span(time(7), time(17)),)), own={}, public={})
"""Of a unit whose hours nobody has said."""


class Promised(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that is given away: for which visit, of which courier, where. A household has one visit and many seats."""

    unit_id: UUID
    visit_id: UUID
    day: date
    time_window: str
    seat: int
    courier: UUID
    place: str


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A window that may be promised. `seat`: the lowest that is free; of a full window one that is taken.

    `left`: how many more visits; None: nobody has said how many there can be. `full`: couriers with none left in it.
    """

    day: date
    window: str
    seat: int
    left: int | None
    full: frozenset[UUID]


def windows(spans: Iterable[Span]) -> list[tuple[str, int | None]]:
    """Open spans cut at whole hours, what is over at either end by itself: each with the seats of its span."""
    found: list[tuple[str, int | None]] = []
    for span in spans:
        hours = [time(hour) for hour in range(24) if span.opens < time(hour) < span.closes]
        cuts = [span.opens, *hours, span.closes]
        found += [(f"{opens:%H:%M}-{closes:%H:%M}", span.seats) for opens, closes in pairwise(cuts)]
    return found


def fits(window: str, spans: Iterable[Span]) -> bool:
    """Whether a window lies within open hours from its first minute to its last."""
    opens, closes = map(time.fromisoformat, window.split("-"))
    return opens < closes and any(span.opens <= opens and closes <= span.closes for span in spans)


def seats_in(window: str, spans: Iterable[Span]) -> int | None:
    """How many visits a courier, or a counter, takes in a window. None: nobody has said."""
    return next((span.seats for span in spans if fits(window, (span,))), None)


def slots(
    hours: OpeningHours,
    place: str,
    couriers: Sequence[UUID],
    promised: Iterable[Promised],
    *,
    at: datetime,
    days: int,
) -> list[Slot]:
    """The windows at a place that begin after `at`, today and `days` further, in order; full ones too.

    At home every courier has the seats of the window, at a counter all share them. `promised`: of this unit.
    """
    taken: dict[tuple[date, str], list[Promised]] = {}
    for one in promised:
        taken.setdefault((one.day, one.time_window), []).append(one)
    here = at.astimezone(VIETNAM)
    return [
        _slot(day, window, seats, place, couriers, taken.get((day, window), ()))
        for day in (here.date() + timedelta(days=ahead) for ahead in range(days + 1))
        for window, seats in windows(hours.spans(day))
        if datetime.combine(day, time.fromisoformat(window[:5]), VIETNAM) > here
    ]


def _slot(
    day: date, window: str, seats: int | None, place: str, couriers: Sequence[UUID], taken: Sequence[Promised]
) -> Slot:
    given = {one.seat for one in taken}
    free = next(seat for seat in range(1, len(given) + 2) if seat not in given)
    if seats is None:
        return Slot(day=day, window=window, seat=free, left=None, full=frozenset())
    visits = {one.visit_id: one.courier for one in taken if HOURS_AT[one.place] is HOURS_AT[place]}
    here = list(visits.values())
    if HOURS_AT[place] is Place.HOME:
        of_each = {courier: max(0, seats - here.count(courier)) for courier in couriers}
        left, full = sum(of_each.values()), frozenset(who for who, count in of_each.items() if count == 0)
    else:
        left, full = max(0, seats - len(here)), frozenset[UUID]()
    return Slot(day=day, window=window, seat=free if left else min(given, default=free), left=left, full=full)
