"""The demo's data: made once through the system's own doors, whole, and handed out to nobody but its owner."""

from collections.abc import AsyncGenerator
from pathlib import Path

import asyncpg
import pytest

from backend.config import CannotRun
from backend.database import Database, Transaction, connect
from backend.demo import handout
from backend.demo.citizens import ON_THE_ROAD, OPEN, SHORT, WHOLE
from backend.keys import KeyRing, Purpose
from backend.parcels.labels import read_label
from backend.staff import passwords, queries
from backend.staff.passwords import Verdict
from backend.verify.database import Snapshot
from backend.verify.keys import read_keys
from backend.verify.main import How, check
from tests.conftest import MakeDatabase
from tests.demo.conftest import Loaded, mark_as_demo, prepared, settings_of

CAST = {"lan", "tu", "hung", "ut", "mai", "thao", "phuc", "kim", "hoa", "dung"}
EXPLAINED = [("queue.incident", "accident: reported"), ("queue.incident", "short: reported")]
"""A fall on the road, and what the bag lacked that came short."""
MAIN_STATES = {
    "registered",
    "waiting_to_forward",
    "waiting_confirmation",
    "confirmed",
    "mismatch",
    "waiting_call",
    "booked",
    "papers_taken",
    "taken_awaiting_confirmation",
    "handed_to_agency",
    "check_not_passed",
    "check_passed",
    "in_progress",
    "result_ready",
    "result_at_post",
    "out_for_hand_over",
    "closed",
    "cancelled",
    "withdrawn",
    "return_of_papers",
    "back_for_correction",
}


@pytest.fixture
async def database(loaded: Loaded) -> AsyncGenerator[Database]:
    found = await connect(loaded.database.app, role="tannha_service", size=1)
    yield found
    await found.close()


@pytest.fixture
async def tx(database: Database) -> AsyncGenerator[Transaction]:
    async with database.transaction() as opened:
        yield opened


def test_the_named_cast_is_there_and_enough_couriers_for_twelve_posts(loaded: Loaded) -> None:
    found = loaded.handout
    assert {one.account for one in (*found.couriers, *found.desks)} >= CAST
    assert len(found.couriers) >= 60
    assert len({courier.unit for courier in found.couriers}) == 12
    assert all(len(courier.enrolment_codes) >= 2 for courier in found.couriers)
    assert found.units["Bưu điện xã Mỹ Hiệp"] in {courier.unit for courier in found.couriers}


async def test_every_sign_in_works(loaded: Loaded, tx: Transaction) -> None:
    for one in (*loaded.handout.couriers[:3], *loaded.handout.desks[:20]):
        known = await queries.find_password(tx, one.account)
        assert known is not None
        assert known[0] == one.person
        assert await passwords.verify(known[1], one.password) is Verdict.RIGHT


async def test_twenty_citizens_are_in_every_main_state(loaded: Loaded, tx: Transaction) -> None:
    rows = await tx.all("SELECT case_id, state FROM cases")
    assert {row["case_id"]: row["state"] for row in rows} == {case.case_id: case.state for case in loaded.handout.cases}
    assert len(rows) >= 20
    assert {row["state"] for row in rows} == MAIN_STATES


async def test_every_token_leads_to_its_case(loaded: Loaded, tx: Transaction) -> None:
    for case in loaded.handout.cases:
        found = await tx.value(
            "SELECT case_id FROM tracking_tokens WHERE token_sha256 = sha256($token::text::bytea) AND live",
            token=case.token,
        )
        assert found == case.case_id


async def test_labels_handed_out_are_signed_and_lie_where_it_says(loaded: Loaded, tx: Transaction) -> None:
    public = KeyRing.open(loaded.settings.keys).all(Purpose.LABEL)[0].private().public_key()
    rows = {row["number"]: row for row in await tx.all("SELECT number, label, holder, state FROM label_sets")}
    for label in loaded.handout.labels:
        row = rows[label.number]
        state = "printed" if label.holder in loaded.handout.units.values() else "issued"
        assert (row["label"], row["holder"], row["state"]) == (label.label, label.holder, state)
    assert {rows[label.number]["state"] for label in loaded.handout.labels} == {"printed", "issued"}
    assert [read_label(label.label, [public]) for label in loaded.handout.labels[:40]] == [
        label.number for label in loaded.handout.labels[:40]
    ]
    lan = next(courier for courier in loaded.handout.couriers if courier.account == "lan")
    assert [one.number for one in loaded.handout.labels if one.holder == lan.person] == list(range(412, 432))


async def test_lan_and_tu_begin_with_empty_hands(loaded: Loaded, tx: Transaction) -> None:
    people = [one.person for one in loaded.handout.couriers if one.account in ("lan", "tu")]
    assert await tx.value("SELECT count(*) FROM papers WHERE holder = ANY($people::uuid[])", people=people) == 0
    assert await tx.value("SELECT count(*) FROM balances WHERE amount <> 0 AND account LIKE 'cash:%'") == 0
    assert await tx.value("SELECT count(*) FROM visits WHERE courier = ANY($people::uuid[])", people=people) >= 5


async def test_the_verifier_finds_no_difference_and_explains_the_bag_that_came_short(loaded: Loaded) -> None:
    connection = await asyncpg.connect(
        loaded.database.app, server_settings={"role": "tannha_service", "timezone": "UTC", "datestyle": "ISO, MDY"}
    )
    try:
        async with connection.transaction(isolation="repeatable_read"):
            report = await check(
                Snapshot(connection), How(files=loaded.settings.files, keys=read_keys(loaded.settings.keys))
            )
    finally:
        await connection.close()
    assert report.findings == []
    assert sorted((one.code, one.says) for one in report.explained) == EXPLAINED
    assert report.counted["acts"] > 250


async def test_bags_of_every_kind_are_on_the_road_of_the_post(loaded: Loaded, tx: Transaction) -> None:
    rows = await tx.all(
        """SELECT b.tag, b.state, count(*) AS parcels, count(*) FILTER (WHERE p.found) AS found
           FROM bags AS b JOIN bag_parcels AS p USING (bag_id) GROUP BY 1, 2 ORDER BY 1"""
    )
    assert [tuple(row) for row in rows] == [
        (WHOLE, "received", 3, 3),
        (SHORT, "received_with_difference", 2, 1),
        (ON_THE_ROAD, "offered", 2, 0),
    ]
    inside = "SELECT count(*) FROM parcels AS p JOIN bags AS b ON b.bag_id = p.holder WHERE b.tag = $t"
    assert [await tx.value(inside, t=tag) for tag in (SHORT, ON_THE_ROAD, OPEN)] == [1, 2, 1]


def test_what_is_handed_out_is_its_owners_alone(loaded: Loaded) -> None:
    file = loaded.settings.data / handout.NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert not file.with_suffix(".json.new").exists()


async def test_a_second_start_goes_on_with_what_is_there(
    loaded: Loaded, tx: Transaction, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await tx.value("SELECT count(*) FROM acts")
    printed = await prepared(loaded.settings, capsys)
    again = handout.read(loaded.settings.data)
    assert again is not None
    assert (again.couriers, again.desks, again.cases) == (
        loaded.handout.couriers,
        loaded.handout.desks,
        loaded.handout.cases,
    )
    assert await tx.value("SELECT count(*) FROM acts") == before
    for one in (*again.couriers, *again.desks):
        assert (f"{one.account:<6} / {one.password}" in printed) == (
            one.account in CAST | {"sau", "giang", "quy", "binh"}
        )
    assert f"{again.base}/desk" in printed
    assert f"{again.base}/t/{again.cases[0].token}" in printed
    assert "TANNHA:ENROL:" in printed


async def test_a_start_on_another_port_hands_out_its_address(
    loaded: Loaded, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = settings_of(loaded.settings.data, loaded.database, public_url="http://127.0.0.1:9999")
    await prepared(elsewhere, capsys)
    found = handout.read(loaded.settings.data)
    assert found is not None
    assert found.base == "http://127.0.0.1:9999"


async def test_a_database_of_real_people_is_refused(
    make_database: MakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_of(tmp_path, await make_database())
    KeyRing.make(settings.keys)
    with pytest.raises(CannotRun, match="not a demo"):
        await prepared(settings, capsys)
    assert not (tmp_path / handout.NAME).exists()


async def test_data_whose_passwords_are_lost_is_not_made_anew(
    make_database: MakeDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = await make_database()
    await mark_as_demo(database)
    connection = await asyncpg.connect(database.superuser)
    await connection.execute("INSERT INTO people (id, name, folded, badge) VALUES (gen_random_uuid(), 'X', 'x', 'X')")
    await connection.close()
    settings = settings_of(tmp_path, database)
    KeyRing.make(settings.keys)
    with pytest.raises(CannotRun, match="demo-reset"):
        await prepared(settings, capsys)
