"""The forms that promise a window offer what the post is open for and has seats in, and nothing else."""

import html
import re
from collections.abc import AsyncGenerator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend.clock import VIETNAM
from backend.database import connect
from tests.builders import ROOM, Field
from tests.builders_app import run
from tests.builders_days import open_on
from tests.web.conftest import Office, Town
from tests.web.test_pages import case_page, forms

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)
"""The day before the holiday of 24/11/2026."""


@pytest.fixture
async def office(town: Town, tmp_path: Path) -> AsyncGenerator[Office]:
    async with town.ground.copied() as copy:
        database = await connect(copy.app, role="tannha_service", size=2)
        async with run(copy.app, tmp_path, ring=town.ring, now=MONDAY) as running:
            yield Office(town, running, database)
        await database.close()


def slots(page: httpx.Response, form: int = 0, kind: str = "book") -> dict[str, str]:
    """Value -> words, of one form's windows."""
    found = [one for one in re.findall(r"<form.*?</form>", page.text, re.DOTALL) if f'value="{kind}"' in one]
    [select] = re.findall(r'<select [^>]*name="slot".*?</select>', found[form], re.DOTALL)
    return {value: html.unescape(said) for value, said in re.findall(r'<option value="([^"]*)"[^>]*>(.*?)<', select)}


def days(offered: dict[str, str]) -> set[str]:
    return {value[:10] for value in offered}


async def fill_up(field: Field, courier: UUID, times: int = ROOM) -> None:
    """Wednesday, 07:00-08:00."""
    for _ in range(times):
        await field.booked(day="2026-11-25", courier=str(courier))


async def test_days_on_which_the_post_is_closed_are_not_offered(office: Office) -> None:
    async with office.field() as field:
        field.at = MONDAY
        case, _ = await field.confirmed()
        await open_on(field, "2026-11-26")
        await open_on(field, "2026-11-29", time(7), time(11))
    page = await case_page(await office.desk("ut"), case)
    offered = slots(page)
    assert days(offered) & {"2026-11-24", "2026-11-26", "2026-12-06"} == set()
    assert [value[11:] for value in offered if value.startswith("2026-11-29")] == [
        "07:00-08:00",
        "08:00-09:00",
        "09:00-10:00",
        "10:00-11:00",
    ]
    assert offered["2026-11-29 07:00-08:00"] == f"29/11 · 07:00-08:00 · còn {2 * ROOM} chỗ"
    assert next(iter(offered)) == "2026-11-23 09:00-10:00"
    assert '<optgroup label="Chủ nhật 29/11/2026">' in page.text


async def test_a_counter_offers_its_own_hours(office: Office) -> None:
    async with office.field() as field:
        field.at = MONDAY
        case, _ = await field.confirmed()
    ut = await office.desk("ut")
    page = await case_page(ut, case)
    home, counter, one_stop = (slots(page, form) for form in range(3))
    assert "2026-11-25 12:00-13:00" in home
    assert "2026-11-25 12:00-13:00" not in counter
    assert "2026-11-28" in days(counter)
    assert "2026-11-28" not in days(one_stop)
    _, at_counter, _ = forms(page, "book")
    done = await ut.fill(f"/desk/cases/{case}", at_counter)
    assert done.status_code == 303, done.text
    async with office.tx() as tx:
        assert await tx.value("SELECT place FROM visits") == "post_counter"


async def test_seats_run_out_by_courier_and_then_for_all(office: Office) -> None:
    async with office.field() as field:
        field.at = MONDAY
        case, _ = await field.confirmed()
        await fill_up(field, field.lan)
    ut = await office.desk("ut")
    page = await case_page(ut, case)
    assert slots(page)["2026-11-25 07:00-08:00"] == f"25/11 · 07:00-08:00 · còn {ROOM} chỗ (đủ lượt: Nguyễn Thị Lan)"
    said: dict[str, Any] = forms(page, "book")[0] | {"slot": "2026-11-25 07:00-08:00"}
    refused = await ut.fill(f"/desk/cases/{case}", said | {"courier": str(field.lan)})
    assert refused.status_code == 400
    assert "Bưu tá này đã đủ lượt trong khung giờ đó. Chọn bưu tá khác" in refused.text
    async with office.field() as field:
        field.at, field.seat = MONDAY, ROOM
        await fill_up(field, field.tu)
    assert "2026-11-25 07:00-08:00" not in slots(await case_page(ut, case))
    full = await ut.fill(f"/desk/cases/{case}", said | {"courier": str(field.tu)})
    assert full.status_code == 409
    assert "Chỗ này vừa có người đặt. Chọn khung giờ hoặc ngày khác." in full.text


async def test_a_window_that_is_not_offered_is_refused_with_what_to_do(office: Office) -> None:
    async with office.field() as field:
        field.at = MONDAY
        case, _ = await field.confirmed()
    ut = await office.desk("ut")
    said = forms(await case_page(ut, case), "book")[0]
    for slot in ("2026-11-24 07:00-08:00", "2026-11-23 07:00-08:00", "tomorrow"):
        page = await ut.fill(f"/desk/cases/{case}", said | {"slot": slot})
        assert page.status_code == 400, slot
        assert "trong danh sách" in page.text
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM appointments") == 0


async def test_two_clicks_for_the_last_seat_are_one_act(office: Office) -> None:
    async with office.field() as field:
        field.at = MONDAY
        case, _ = await field.confirmed()
        await fill_up(field, field.lan, ROOM - 1)
        await fill_up(field, field.tu)
    ut = await office.desk("ut")
    said = forms(await case_page(ut, case), "book")[0] | {
        "slot": "2026-11-25 07:00-08:00",
        "courier": str(office.town.people["lan"]),
    }
    clicks = [await ut.fill(f"/desk/cases/{case}", said) for _ in range(2)]
    assert [click.status_code for click in clicks] == [303, 303]


async def test_a_visit_is_moved_to_what_is_free_or_only_given_to_another(office: Office) -> None:
    async with office.field() as field:
        field.at = MONDAY
        case, _, _ = await field.booked(day="2026-11-27")
        await open_on(field, "2026-11-27")
    ut = await office.desk("ut")
    page = await case_page(ut, case)
    offered = slots(page, kind="move_appointment")
    assert next(iter(offered.items())) == ("2026-11-27 07:00-08:00", "27/11 · 07:00-08:00 · giữ nguyên giờ")
    assert [value for value in offered if value.startswith("2026-11-27")] == ["2026-11-27 07:00-08:00"]
    [move] = forms(page, "move_appointment")
    done = await ut.fill(f"/desk/cases/{case}", move | {"courier": str(field.tu)})
    assert done.status_code == 303, done.text
    async with office.tx() as tx:
        assert await tx.value("SELECT courier FROM visits") == field.tu
