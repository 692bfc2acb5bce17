"""The legal time of an act: the phone's clock corrected by what was measured, never before it was enrolled, never
after we received it; the day is the day in Đồng Tháp."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.acts.model import Clocked
from tests.builders import MORNING, Field
from tests.builders_staff import NOW

HEARD = MORNING + timedelta(hours=2)


@pytest.mark.parametrize(
    ("claimed", "offset_ms", "legal", "clock"),
    [
        (MORNING, 0, MORNING, Clocked.CORRECTED),
        (MORNING, 90_000, MORNING + timedelta(seconds=90), Clocked.CORRECTED),
        (MORNING, -90_000, MORNING - timedelta(seconds=90), Clocked.CORRECTED),
        (MORNING + timedelta(days=365), -365 * 86_400_000, MORNING, Clocked.CORRECTED),
        (MORNING, None, HEARD, Clocked.RECEIPT),
        (HEARD + timedelta(seconds=1), 0, HEARD, Clocked.BOUNDED),
        (MORNING + timedelta(days=3650), 0, HEARD, Clocked.BOUNDED),
        (datetime(1970, 1, 1, tzinfo=UTC), 0, NOW, Clocked.BOUNDED),
        (MORNING, -(2**53), HEARD, Clocked.RECEIPT),
    ],
    ids=["right", "slow", "fast", "a year ahead", "unknown", "just ahead", "far ahead", "1970", "absurd"],
)
async def test_when_it_legally_happened(
    field: Field, claimed: datetime, offset_ms: int | None, legal: datetime, clock: Clocked
) -> None:
    case, visit, _ = await field.booked()
    act = field.phone.make(case, "depart", {"visit_id": visit}, occurred_at=claimed, offset_ms=offset_ms)
    [answer] = await field.send(act, at=HEARD)
    assert answer.standing == "applied"
    row = await field.tx.first("SELECT claimed_at, occurred_at, clock, recorded_at FROM acts WHERE kind = 'depart'")
    assert row is not None
    assert tuple(row) == (claimed, legal, clock, HEARD)


async def test_money_of_an_evening_counts_on_the_day_of_the_province(field: Field) -> None:
    """23:30 UTC on the 25th is half past six in the morning of the 26th in Đồng Tháp."""
    evening = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    case, visit, charges = await field.booked(8000)
    body = {
        "visit_id": visit,
        "slip_number": 1,
        "lines": [{"charge_id": charges[0], "amount": 8000}],
        "total": 8000,
        "means": "cash",
        "tendered": 8000,
        "change": 0,
    }
    act = field.phone.make(case, "collect", body, occurred_at=evening)
    await field.send(act, at=evening + timedelta(hours=1))
    days = await field.tx.all("SELECT DISTINCT day FROM entries WHERE account LIKE 'cash:%'")
    assert [row["day"].isoformat() for row in days] == ["2026-11-26"]


async def test_the_time_a_desk_acted_is_ours(field: Field) -> None:
    await field.registered()
    row = await field.tx.first("SELECT occurred_at, recorded_at, clock FROM acts WHERE kind = 'register'")
    assert row is not None
    assert tuple(row) == (field.at, field.at, Clocked.SERVER)
