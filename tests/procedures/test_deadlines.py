"""When a result is due: from the agency's receipt, by the agency's own dated calendar (F03, S14, facts K)."""

from datetime import UTC, date, datetime, time

import pytest

from backend.clock import VIETNAM
from backend.database import Transaction
from backend.procedures import seed, service
from backend.procedures.deadlines import Due
from backend.procedures.model import Content, ProcedureVersion, TimeKind, TimeLimit
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.procedures.builders import a_version

AGENCY, POST = (demo_unit_id(kind, "30112") for kind in (UnitKind.AGENCY, UnitKind.POST))
"""Of xã Mỹ Hiệp."""
IN_DAY = TimeLimit(kind=TimeKind.IN_DAY, cut_off=time(15))


def working_days(count: int) -> TimeLimit:
    return TimeLimit(kind=TimeKind.WORKING_DAYS, count=count)


def taking(limit: TimeLimit | None) -> ProcedureVersion:
    return a_version(content=Content(time=limit))


def at(day: date, clock: str = "10:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), VIETNAM)


async def due_on(tx: Transaction, limit: TimeLimit, received: datetime, **more: bool) -> date | None:
    found = await service.due(tx, taking(limit), AGENCY, received, received=True, **more)
    assert not found.provisional
    return found.on


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2026, 11, 23), 3, date(2026, 11, 27)),  # 24/11 is off
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # 31/8, 1/9, 2/9 are off
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the Saturday is made up for
    ],
)
async def test_the_worked_examples_of_the_field(offices: Transaction, received: date, days: int, due: date) -> None:
    assert await due_on(offices, working_days(days), at(received)) == due


async def test_s14_the_clock_starts_at_the_agency(offices: Transaction) -> None:
    """Papers taken Monday 23/11 16:20, the bag received Wednesday 25/11 08:58."""
    received = at(date(2026, 11, 25), "08:58")
    assert await due_on(offices, IN_DAY, received) == date(2026, 11, 25)
    assert await due_on(offices, working_days(3), received) == date(2026, 11, 30)


async def test_s14_received_after_three_an_in_day_procedure_is_due_the_next_working_day(offices: Transaction) -> None:
    for clock, day in (("15:00", 25), ("15:00:01", 26), ("15:05", 26)):
        assert await due_on(offices, IN_DAY, at(date(2026, 11, 25), clock)) == date(2026, 11, day)
    assert await due_on(offices, IN_DAY, at(date(2026, 11, 23), "16:20")) == date(2026, 11, 25)


async def test_s14_before_the_agencys_receipt_every_face_says_expected(offices: Transaction) -> None:
    taken = at(date(2026, 11, 23), "16:20")
    for limit in (IN_DAY, working_days(3)):
        found = await service.due(offices, taking(limit), AGENCY, taken, received=False)
        assert found.provisional
        assert found.words().startswith("dự kiến ")
    received = await service.due(offices, taking(IN_DAY), AGENCY, at(date(2026, 11, 25), "08:58"), received=True)
    assert received.words() == "hẹn trả 25/11/2026"


async def test_an_instant_counts_by_the_day_in_viet_nam(offices: Transaction) -> None:
    late = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # 01:00 on the 25th here
    assert await due_on(offices, IN_DAY, late) == date(2026, 11, 25)


async def test_days_are_those_of_the_agency_not_of_the_post(offices: Transaction) -> None:
    """Posts work on Saturdays."""
    friday = at(date(2026, 11, 27))
    by_post = await service.due(offices, taking(working_days(1)), POST, friday, received=True)
    assert by_post.on == date(2026, 11, 28)
    assert await due_on(offices, working_days(1), friday) == date(2026, 11, 30)


async def test_days_by_law_that_end_on_a_day_off_end_on_the_next_working_day(offices: Transaction) -> None:
    limit = TimeLimit(kind=TimeKind.DAYS, count=10)
    assert await due_on(offices, limit, at(date(2026, 11, 2))) == date(2026, 11, 12)
    assert await due_on(offices, limit, at(date(2026, 11, 14))) == date(2026, 11, 25)  # the 24th is off


async def test_the_longer_time_is_counted_only_in_its_case(offices: Transaction) -> None:
    limit = TimeLimit(kind=TimeKind.WORKING_DAYS, count=3, longer=5, longer_when="phải xác minh")
    monday = at(date(2026, 11, 30))
    assert await due_on(offices, limit, monday) == date(2026, 12, 3)
    assert await due_on(offices, limit, monday, longer=True) == date(2026, 12, 10)
    in_day = TimeLimit(kind=TimeKind.IN_DAY, cut_off=time(15), longer=2)
    assert await due_on(offices, in_day, monday, longer=True) == date(2026, 12, 2)


async def test_a_time_nobody_knows_is_unknown_and_never_promised(offices: Transaction) -> None:
    found = await service.due(offices, taking(None), AGENCY, at(date(2026, 11, 25)), received=True)
    assert found == Due(on=None, provisional=True)
    assert found.words() == "chưa rõ"


async def test_beyond_the_years_whose_days_off_are_known_nothing_is_promised(offices: Transaction) -> None:
    found = await service.due(offices, taking(working_days(3)), AGENCY, at(date(2028, 11, 22)), received=True)
    assert found.provisional


async def test_the_sample_of_a_birth_is_done_within_the_day(offices: Transaction) -> None:
    birth = next(one for one in seed.samples() if one.code == "1.001193")
    found = await service.due(offices, birth, AGENCY, at(date(2026, 11, 25), "15:05"), received=True)
    assert found.on == date(2026, 11, 26)
