"""A registration on paper that is entered late: offices, catalogue and regime are those of its day."""

from datetime import UTC, date, datetime

import pytest

from backend.ids import uuid7
from backend.procedures import service as procedures
from backend.sync.desk import Refused
from backend.units.demo import DISTRICT_ONE_STOP, DISTRICT_POST
from tests.builders import TODAY, Field
from tests.procedures.builders import a_version

THAT_DAY = "2025-06-15"


async def forwarded(field: Field, to: object, **changes: object) -> None:
    """By 1022, for an office that may be no more."""
    registration = str(uuid7())
    case = await field.registered(registration_id=registration, **changes)
    await field.at_desk(field.kim, case, "forward", {"registration_id": registration, "to_unit": str(to)})


async def test_it_is_kept_with_its_day_and_its_regime(field: Field) -> None:
    case = await field.registered(registered_on=THAT_DAY)
    [row] = await field.tx.all(
        """SELECT c.regime_on, c.opened_at, r.registered_at
           FROM cases AS c JOIN registrations AS r ON r.case_id = c.case_id WHERE c.case_id = $case""",
        case=case,
    )
    assert row["regime_on"] == date(2025, 6, 15)
    assert row["registered_at"] == datetime(2025, 6, 14, 17, tzinfo=UTC)  # midnight here
    assert row["opened_at"] == field.at


async def test_today_told_by_its_date_is_now(field: Field) -> None:
    case = await field.registered(registered_on=TODAY.isoformat())
    told = await field.tx.value("SELECT registered_at FROM registrations WHERE case_id = $case", case=case)
    assert told == field.at


@pytest.mark.parametrize("day", ["2026-11-26", "2020-08-26", "0001-01-01", "9999-12-31"])
async def test_nobody_registered_on_a_day_to_come_or_before_the_service_began(field: Field, day: str) -> None:
    with pytest.raises(Refused) as refused:
        await field.registered(registered_on=day)
    assert refused.value.problem.type == "urn:tannha:problem:registration-day-wrong"
    assert "từ 27/08/2020 đến 25/11/2026" in refused.value.problem.detail


async def test_the_catalogue_is_that_of_its_day(field: Field) -> None:
    await procedures.publish(field.tx, [a_version("1.999999", valid_from=date(2025, 7, 1))], field.at)
    await field.registered(procedure="1.999999")
    with pytest.raises(Refused, match="Ngày 15/06/2025"):
        await field.registered(procedure="1.999999", registered_on=THAT_DAY)


async def test_it_is_forwarded_to_the_post_that_was_of_the_same_level_then(field: Field) -> None:
    at_district = {"registered_at_unit": str(DISTRICT_ONE_STOP), "registered_on": THAT_DAY}
    with pytest.raises(Refused):
        await forwarded(field, field.post, **at_district)
    await forwarded(field, DISTRICT_POST, **at_district)


async def test_a_one_stop_that_is_no_more_has_no_post_of_the_same_level_today(field: Field) -> None:
    with pytest.raises(Refused):
        await forwarded(field, DISTRICT_POST, registered_at_unit=str(DISTRICT_ONE_STOP))
