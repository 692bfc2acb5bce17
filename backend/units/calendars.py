"""Working days and opening hours. Pure: no I/O.

A day counts or not by, in this order: the unit's own exception, the country's day off or make-up day, the unit's week.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta

import msgspec

from backend.units.model import DayKind, Place, PublicDay, UnitDay, UnitHours

_DAY = timedelta(days=1)


class WorkingCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """Whose days are working days. `week`: ISO weekdays, 1 = Monday; `days`: exceptions, True where one works.

    `years`: those whose days off have been decided or forecast. Beyond them a result is only the week's: say "dự kiến".
    """

    week: frozenset[int]
    days: Mapping[date, bool]
    years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.week or not self.week <= set(range(1, 8)):
            raise ValueError("a working week has at least one weekday from 1 to 7")

    def knows(self, day: date) -> bool:
        """Whether the days off of that day's year are on record."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        return self.days.get(day, day.isoweekday() in self.week)

    def add_working_days(self, received: date, days: int) -> date:
        """The last of `days` working days, counted from the next working day after the day of receipt.

        Raises ValueError for fewer than one day: a procedure done within the day is `due_in_day`.
        """
        if days < 1:
            raise ValueError("count at least one working day")
        day = received
        while days:
            day += _DAY
            days -= self.is_working_day(day)
        return day

    def due_in_day(self, received: date, at: time, cut_off: time) -> date:
        """The day a procedure done within the day is due: the day of receipt, or the next working day when that is
        none or the dossier came after `cut_off` (15:00 in TT 01/2018 and NĐ 118/2025; the procedure's version says).

        `at`, `cut_off`: time of day in Việt Nam, without a zone.
        """
        if at <= cut_off and self.is_working_day(received):
            return received
        return self.add_working_days(received, 1)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days follow `first`, up to and with `last`: one from a day to the next working day."""
        span = (last - first).days
        return sum(self.is_working_day(first + n * _DAY) for n in range(1, span + 1))


class Span(msgspec.Struct, frozen=True, order=True):
    """From `opens` until `closes`, time of day in Việt Nam. `seats`: see `UnitHours`."""

    opens: time
    closes: time
    seats: int | None = None


class OpeningHours(msgspec.Struct, frozen=True, kw_only=True):
    """When a unit's counter is open, or its couriers go out. `weekly`: by ISO weekday; the rest by day."""

    weekly: Mapping[int, tuple[Span, ...]]
    own: Mapping[date, tuple[Span, ...]]
    public: Mapping[date, date | None]
    """A day off: None. A make-up day: the day it makes up for, whose hours it has."""

    def spans(self, day: date) -> tuple[Span, ...]:
        """The open spans of the day in order; none when closed."""
        if day in self.own:
            return self.own[day]
        usual = self.weekly.get(day.isoweekday(), ())
        if day not in self.public:
            return usual
        made_up_for = self.public[day]
        return () if made_up_for is None else usual or self.weekly.get(made_up_for.isoweekday(), ())


NEVER = OpeningHours(weekly={}, own={}, public={})
"""Of a unit without hours there."""


def working_calendar(week: Iterable[int], public: Iterable[PublicDay], own: Iterable[UnitDay] = ()) -> WorkingCalendar:
    """The calendar of a unit from its week, the country's days and its own. One version of each day is expected."""
    public = list(public)
    days = {row.day: row.kind is DayKind.WORK for row in public} | {row.day: row.kind is DayKind.WORK for row in own}
    return WorkingCalendar(week=frozenset(week), days=days, years=frozenset(row.day.year for row in public))


def opening_hours(
    place: Place, hours: Iterable[UnitHours], public: Iterable[PublicDay], own: Iterable[UnitDay] = ()
) -> OpeningHours:
    """The hours of a unit at a place. A unit's own exception holds for its counter and its couriers alike."""
    weekly: dict[int, list[Span]] = {}
    for row in hours:
        if row.place is place:
            weekly.setdefault(row.weekday, []).append(Span(row.opens, row.closes, row.seats))
    seats = max((span.seats for spans in weekly.values() for span in spans if span.seats is not None), default=None)
    return OpeningHours(
        weekly={weekday: tuple(sorted(spans)) for weekday, spans in weekly.items()},
        own={row.day: _own_spans(row, seats) for row in own},
        public={row.day: row.instead_of for row in public},
    )


def _own_spans(row: UnitDay, seats: int | None) -> tuple[Span, ...]:
    """With as many seats as the unit has on its best days: it is open as usual, only at another time."""
    return () if row.opens is None or row.closes is None else (Span(row.opens, row.closes, seats),)
