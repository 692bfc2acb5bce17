"""Working days, deadlines and opening hours. The examples are those of the field (facts K, story S14)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.ids import derived
from backend.units import seed
from backend.units.calendars import Span, WorkingCalendar, opening_hours, working_calendar
from backend.units.model import DayKind, Place, PublicDay, UnitHours, UnitId
from backend.units.service import due_in_day
from tests.builders_days import own_day

OFFICE_WEEK = [1, 2, 3, 4, 5]
POST_WEEK = [1, 2, 3, 4, 5, 6]
THREE_O_CLOCK = time(15)
UNIT = UnitId(derived("unit of these tests"))
PUBLIC = seed.geography().public_days


@pytest.fixture(scope="module")
def office() -> WorkingCalendar:
    return working_calendar(OFFICE_WEEK, PUBLIC)


def some_hours(weekday: int, opens: time, closes: time, place: Place = Place.COUNTER) -> UnitHours:
    return UnitHours(
        version_id=derived(str(weekday), str(opens)),
        source="test",
        unit_id=UNIT,
        place=place,
        weekday=weekday,
        opens=opens,
        closes=closes,
    )


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2026, 11, 23), 3, date(2026, 11, 27)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 11, 25), 3, date(2026, 11, 30)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2025, 4, 25), 2, date(2025, 4, 28)),
    ],
)
def test_a_deadline_counts_from_the_next_working_day(
    office: WorkingCalendar, received: date, days: int, due: date
) -> None:
    assert office.add_working_days(received, days) == due


def test_the_day_of_culture_is_off_and_make_up_saturdays_are_worked(office: WorkingCalendar) -> None:
    assert not office.is_working_day(date(2026, 11, 24))
    assert [
        day for day in (date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)) if not office.is_working_day(day)
    ] == []
    assert not office.is_working_day(date(2026, 8, 29))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-25T01:58:00+00:00", date(2026, 11, 25)),
        ("2026-11-25T08:00:00+00:00", date(2026, 11, 25)),
        ("2026-11-25T08:00:01+00:00", date(2026, 11, 26)),
        ("2026-11-25T08:05:00+00:00", date(2026, 11, 26)),
        ("2026-11-23T09:20:00+00:00", date(2026, 11, 25)),
        ("2026-11-24T02:00:00+00:00", date(2026, 11, 25)),
        ("2026-11-24T23:00:00+00:00", date(2026, 11, 25)),
        ("2026-11-27T17:30:00+00:00", date(2026, 11, 30)),
    ],
)
def test_a_procedure_within_the_day_is_due_that_day_until_three_o_clock_here(
    office: WorkingCalendar, received: str, due: date
) -> None:
    at = datetime.fromisoformat(received)
    assert at.tzinfo == UTC
    assert due_in_day(office, at, THREE_O_CLOCK) == due


def test_a_units_own_exception_comes_before_the_countrys(office: WorkingCalendar) -> None:
    own = [own_day(UNIT, date(2026, 11, 24), time(7), time(11)), own_day(UNIT, date(2026, 11, 25))]
    post = working_calendar(POST_WEEK, PUBLIC, own)
    assert post.is_working_day(date(2026, 11, 24))
    assert not post.is_working_day(date(2026, 11, 25))
    assert post.is_working_day(date(2026, 11, 28))
    assert not office.is_working_day(date(2026, 11, 28))


def test_two_invitations_two_working_days_apart_are_told_from_two_days(office: WorkingCalendar) -> None:
    assert office.working_days_between(date(2026, 11, 20), date(2026, 11, 24)) == 1
    assert office.working_days_between(date(2026, 11, 20), date(2026, 11, 25)) == 2
    assert office.working_days_between(date(2026, 11, 25), date(2026, 11, 25)) == 0
    assert office.working_days_between(date(2026, 11, 25), date(2026, 11, 20)) == 0


def test_a_year_without_a_published_list_is_known_to_be_unknown(office: WorkingCalendar) -> None:
    assert office.knows(date(2027, 12, 31))
    assert not office.knows(date(2028, 1, 1))


def test_fewer_than_one_working_day_is_not_a_deadline(office: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="at least one"):
        office.add_working_days(date(2026, 11, 23), 0)


@pytest.mark.parametrize("week", [frozenset[int](), frozenset({0, 1}), frozenset({8})])
def test_a_week_nobody_works_is_no_calendar(week: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="working week"):
        WorkingCalendar(week=week, days={})


DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(
    week=st.frozensets(st.integers(1, 7), min_size=1),
    days=st.dictionaries(DAYS, st.booleans(), max_size=60),
    received=DAYS,
    count=st.integers(1, 60),
)
def test_adding_working_days_agrees_with_counting_on_the_fingers(
    week: frozenset[int], days: dict[date, bool], received: date, count: int
) -> None:
    calendar = WorkingCalendar(week=week, days=days)
    worked: list[date] = []
    day = received
    while len(worked) < count:
        day = day + timedelta(days=1)
        counts = days[day] if day in days else day.weekday() + 1 in week
        if counts:
            worked.append(day)
    due = calendar.add_working_days(received, count)
    assert due == worked[-1]
    assert calendar.working_days_between(received, due) == count


def test_a_make_up_saturday_has_the_hours_of_the_day_it_makes_up_for() -> None:
    hours = [some_hours(day, time(7), time(11, 30)) for day in OFFICE_WEEK]
    hours += [some_hours(day, time(13, 30), time(17)) for day in OFFICE_WEEK]
    office = opening_hours(Place.COUNTER, hours, PUBLIC)
    both = (Span(time(7), time(11, 30)), Span(time(13, 30), time(17)))
    assert office.spans(date(2026, 8, 22)) == both
    assert office.spans(date(2026, 8, 21)) == both
    assert office.spans(date(2026, 8, 29)) == ()
    assert office.spans(date(2026, 8, 31)) == ()


def test_a_post_keeps_its_saturday_and_its_rounds_have_their_own_hours() -> None:
    hours = [some_hours(6, time(7), time(11)), some_hours(6, time(5, 30), time(20), Place.HOME)]
    own = [own_day(UNIT, date(2026, 11, 24), time(8), time(10)), own_day(UNIT, date(2026, 11, 28))]
    counter = opening_hours(Place.COUNTER, hours, PUBLIC, own)
    rounds = opening_hours(Place.HOME, hours, PUBLIC, own)
    assert counter.spans(date(2026, 8, 22)) == (Span(time(7), time(11)),)
    assert rounds.spans(date(2026, 8, 22)) == (Span(time(5, 30), time(20)),)
    assert counter.spans(date(2026, 11, 24)) == (Span(time(8), time(10)),)
    assert counter.spans(date(2026, 11, 28)) == ()


def test_every_make_up_day_names_a_day_off() -> None:
    by_day: dict[date, PublicDay] = {row.day: row for row in PUBLIC}
    for row in PUBLIC:
        if row.instead_of is not None:
            assert by_day[row.instead_of].kind is DayKind.OFF
