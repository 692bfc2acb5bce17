"""The demo as `make demo` begins it: twelve posts, sixty couriers and more, three hundred appointments of today."""

from pathlib import Path

import asyncpg
import pytest

from backend import config
from backend.database import connect
from backend.demo.main import _prepared
from backend.keys import KeyRing
from backend.verify.database import Snapshot
from backend.verify.keys import read_keys
from backend.verify.main import How, check
from tests.conftest import MakeDatabase, TestDatabase
from tests.demo.conftest import mark_as_demo, settings_of

TODAY = "2026-11-25"


@pytest.fixture
async def full(make_database: MakeDatabase, tmp_path: Path) -> TestDatabase:
    database = await make_database()
    await mark_as_demo(database)
    settings = settings_of(tmp_path, database, demo_appointments=config.read({}).demo_appointments)
    KeyRing.make(settings.keys)
    await _prepared(settings)
    return database


async def test_every_courier_has_a_day_and_the_verifier_finds_no_difference(full: TestDatabase, tmp_path: Path) -> None:
    pool = await connect(full.app, role="tannha_service", size=1)
    async with pool.transaction() as tx:
        rows = await tx.all(
            """SELECT v.courier, a.unit_id, a.time_window, count(DISTINCT a.visit_id) AS visits
               FROM appointments AS a JOIN visits AS v USING (visit_id)
               WHERE a.day = $today::text::date AND a.live GROUP BY 1, 2, 3""",
            today=TODAY,
        )
        states = await tx.all("SELECT DISTINCT state FROM appointments WHERE live AND day = $d::text::date", d=TODAY)
    await pool.close()
    assert sum(row["visits"] for row in rows) >= 300
    assert len({row["courier"] for row in rows}) >= 60
    assert len({row["unit_id"] for row in rows}) == 12
    assert max(row["visits"] for row in rows) <= 4
    assert {row["state"] for row in states} == {"waiting_call", "agreed"}
    connection = await asyncpg.connect(
        full.app, server_settings={"role": "tannha_service", "timezone": "UTC", "datestyle": "ISO, MDY"}
    )
    try:
        async with connection.transaction(isolation="repeatable_read"):
            found = await check(Snapshot(connection), How(files=tmp_path / "files", keys=read_keys(tmp_path / "keys")))
    finally:
        await connection.close()
    assert found.findings == []
    assert sorted(one.says for one in found.explained) == ["accident: reported", "short: reported"]
