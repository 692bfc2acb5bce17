"""The demo begins on a Sunday, a holiday and in the middle of Tết as on any other day."""

from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from backend.clock import VIETNAM
from backend.database import connect
from backend.demo.main import _prepared
from backend.keys import KeyRing
from tests.conftest import MakeDatabase
from tests.demo.conftest import mark_as_demo, settings_of


@pytest.mark.parametrize(
    ("today", "next_day"),
    [
        (date(2026, 11, 29), date(2026, 11, 30)),
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2027, 2, 7), date(2027, 2, 11)),
    ],
    ids=["sunday", "before the holiday", "tết"],
)
async def test_a_demo_of_that_day_has_visits_today_and_on_the_next_open_day(
    make_database: MakeDatabase, tmp_path: Path, today: date, next_day: date
) -> None:
    at = datetime(today.year, today.month, today.day, 6, 30, tzinfo=VIETNAM)
    database = await make_database()
    await mark_as_demo(database)
    settings = msgspec.structs.replace(settings_of(tmp_path, database), now=at)
    KeyRing.make(settings.keys)
    await _prepared(settings)
    pool = await connect(database.app, role="tannha_service", size=1)
    async with pool.transaction() as tx:
        days = await tx.value(
            "SELECT array_agg(DISTINCT day ORDER BY day) FROM appointments WHERE live AND day >= $d", d=today
        )
        marked = await tx.value("SELECT bool_and(note LIKE 'Dữ liệu mẫu%') FROM unit_days")
    await pool.close()
    assert days == [today, next_day]
    assert marked
