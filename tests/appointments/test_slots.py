"""What can be booked: windows cut from the hours of a post, by day, and the seats left in them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from backend.appointments.slots import HOURS_AT, Promised, Slot, fits, slots, windows
from backend.ids import derived
from backend.units import demo, seed
from backend.units.calendars import Span, opening_hours
from backend.units.model import UnitDay, UnitKind
from tests.builders_days import own_day

POST = demo.demo_unit_id(UnitKind.POST, "30112")
HOURS = [row for row in demo.demo_units().hours if row.unit_id == POST]
PUBLIC = seed.geography().public_days
LAN, TU = derived("lan"), derived("tu")
MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""Monday 23/11/2026, 08 giờ 30: the holiday is tomorrow."""
WEDNESDAY, SUNDAY = date(2026, 11, 25), date(2026, 11, 29)


def a_promise(
    courier: UUID, seat: int, *, window: str = "09:00-10:00", place: str = "home", visit: int = 0
) -> Promised:
    return Promised(
        unit_id=POST,
        visit_id=derived("visit", str(visit or seat), window),
        day=WEDNESDAY,
        time_window=window,
        seat=seat,
        courier=courier,
        place=place,
    )


def offered(
    place: str = "home", own: Iterable[UnitDay] = (), promised: Iterable[Promised] = (), at: datetime = MONDAY
) -> list[Slot]:
    hours = opening_hours(HOURS_AT[place], HOURS, PUBLIC, own)
    return slots(hours, place, [LAN, TU], promised, at=at, days=7)


def on(day: date, found: Iterable[Slot]) -> list[str]:
    return [slot.window for slot in found if slot.day == day]


def test_hours_are_cut_at_whole_hours_and_what_is_over_stands_by_itself() -> None:
    counter = [Span(time(7), time(9, 30), 4), Span(time(13, 15), time(14))]
    assert windows(counter) == [("07:00-08:00", 4), ("08:00-09:00", 4), ("09:00-09:30", 4), ("13:15-14:00", None)]


def test_visits_begin_at_half_past_five_and_end_at_eight_in_the_evening() -> None:
    day = on(WEDNESDAY, offered())
    assert (day[0], day[1], day[-1]) == ("05:30-06:00", "06:00-07:00", "19:00-20:00")


def test_at_the_counter_nobody_is_asked_to_come_at_noon() -> None:
    assert "12:00-13:00" not in on(WEDNESDAY, offered("post_counter"))
    assert "12:00-13:00" in on(WEDNESDAY, offered("home"))


@pytest.mark.parametrize("closed", [date(2026, 11, 24), SUNDAY], ids=["holiday", "sunday"])
def test_a_holiday_and_a_sunday_have_no_windows(closed: date) -> None:
    assert on(closed, offered()) == []
    assert on(closed, offered("post_counter")) == []


def test_a_day_of_the_units_own_counts_before_week_and_holiday() -> None:
    own = [own_day(POST, date(2026, 11, 24), time(7), time(11)), own_day(POST, WEDNESDAY)]
    found = offered(own=own)
    assert on(date(2026, 11, 24), found) == ["07:00-08:00", "08:00-09:00", "09:00-10:00", "10:00-11:00"]
    assert on(WEDNESDAY, found) == []
    assert [slot.left for slot in found if slot.day == date(2026, 11, 24)] == [8] * 4


def test_a_half_day_ends_when_it_says() -> None:
    found = on(WEDNESDAY, offered(own=[own_day(POST, WEDNESDAY, time(7, 30), time(9, 30))]))
    assert found == ["07:30-08:00", "08:00-09:00", "09:00-09:30"]


def test_what_has_begun_is_over() -> None:
    assert on(MONDAY.date(), offered())[0] == "09:00-10:00"


def test_every_courier_has_seats_and_a_household_takes_one_of_them() -> None:
    promised = [a_promise(LAN, 1), a_promise(LAN, 2), a_promise(LAN, 3, visit=2), a_promise(TU, 5)]
    [slot] = [one for one in offered(promised=promised) if (one.day, one.window) == (WEDNESDAY, "09:00-10:00")]
    assert (slot.left, slot.seat, slot.full) == (5, 4, frozenset())


def test_who_has_no_seat_left_is_named_and_a_full_window_asks_for_a_seat_that_is_taken() -> None:
    lans = [a_promise(LAN, seat) for seat in range(1, 5)]
    [slot] = [one for one in offered(promised=lans) if (one.day, one.window) == (WEDNESDAY, "09:00-10:00")]
    assert (slot.left, slot.seat, slot.full) == (4, 5, frozenset({LAN}))
    both = [*lans, *(a_promise(TU, seat) for seat in range(7, 11))]
    [slot] = [one for one in offered(promised=both) if (one.day, one.window) == (WEDNESDAY, "09:00-10:00")]
    assert (slot.left, slot.seat) == (0, 1)


def test_the_counter_and_the_road_have_seats_apart() -> None:
    promised = [a_promise(LAN, seat, place="post_counter") for seat in range(1, 5)]
    [counter] = [
        one for one in offered("post_counter", promised=promised) if (one.day, one.window) == (WEDNESDAY, "09:00-10:00")
    ]
    [road] = [one for one in offered(promised=promised) if (one.day, one.window) == (WEDNESDAY, "09:00-10:00")]
    assert (counter.left, road.left, road.seat) == (0, 8, 5)


@pytest.mark.parametrize(
    ("window", "inside"),
    [
        ("07:00-08:00", True),
        ("06:30-07:30", False),
        ("11:00-12:00", False),
        ("10:30-11:30", True),
        ("08:00-08:00", False),
        ("09:00-08:00", False),
        ("11:00-13:30", False),
    ],
)
def test_a_window_fits_when_all_of_it_is_open(window: str, *, inside: bool) -> None:
    assert fits(window, [Span(time(7), time(11, 30)), Span(time(13), time(17, 30))]) is inside
