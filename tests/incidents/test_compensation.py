"""What the post owes at least for papers lost or damaged: by the rule of the day on which it happened."""

from datetime import UTC, date, datetime

import pytest

from backend.ids import uuid7
from backend.incidents import service
from backend.incidents.errors import CompensationTooLow, CompensationUnknown
from backend.incidents.model import CompensationRule, EndIncident, Incident

OLD = CompensationRule(
    valid_from=date(2011, 8, 15), valid_until=date(2027, 1, 1), times=4, refunds_postage=True, source="NĐ 47/2011"
)
NEW = CompensationRule(valid_from=date(2027, 1, 1), valid_until=None, times=6, refunds_postage=False, source="NĐ mới")
NEW_YEARS_EVE, NEW_YEAR = datetime(2026, 12, 31, 16, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
"""The last minute of the year in Việt Nam, and the first of the next."""


def happened(at: datetime) -> Incident:
    unit = uuid7()
    return Incident(
        incident_id=uuid7(),
        cause="lost",
        state="being_handled",
        unit_id=unit,
        reported_unit=unit,
        happened_at=at,
        reported_at=at,
        reported_by=uuid7(),
    )


def paid(at: datetime, amount: int) -> Incident:
    body = EndIncident(ending="compensated", postage=26_000, compensation=amount)
    return service.end(happened(at), body, [OLD, NEW], uuid7(), NEW_YEAR)


@pytest.mark.parametrize(("at", "least"), [(NEW_YEARS_EVE, 130_000), (NEW_YEAR, 156_000)])
def test_the_rule_is_that_of_the_day_on_which_it_happened(at: datetime, least: int) -> None:
    assert paid(at, least).compensation == least
    with pytest.raises(CompensationTooLow):
        paid(at, least - 1)


def test_without_a_rule_of_that_day_nobody_can_say_that_it_is_enough() -> None:
    with pytest.raises(CompensationUnknown):
        paid(datetime(2010, 1, 1, tzinfo=UTC), 1_000_000_000)
