"""S14: nothing is promised while the papers are on the road; who has neither phone nor e-mail is told by a person."""

import asyncio
from datetime import date, datetime
from typing import Any

import pytest

from backend.clock import VIETNAM
from tests.stories.bag import Bag
from tests.stories.desk import slug, words
from tests.stories.matter import Matter
from tests.stories.town import Town

MONDAY, WEDNESDAY = "2026-11-23", "2026-11-25"
THURSDAY, MONDAY_AFTER = "2026-11-26", "2026-11-30"
IN_DAY, THREE_DAYS = "2.000635", "1.001022"
TOLD_WITHIN = 60
"""Seconds: the worker looks every few."""


@pytest.fixture(scope="session")
async def taken(town: Town) -> list[Matter]:
    """Monday, 16 giờ 20: papers for a procedure of the same day, for one of three working days, and once more for the
    first. Once, whatever other story is told before they arrive."""
    await town.clock(MONDAY, "15:50")
    lan = await town.phone("lan")
    found: list[Matter] = []
    for procedure in (IN_DAY, THREE_DAYS, IN_DAY):
        one = await Matter.registered(town, procedure=procedure, owner_name="Trương Thị Lụa", phone="")
        await one.confirmed()
        await one.booked("lan", MONDAY, "16:00-17:00")
        found.append(one)
    await town.clock(MONDAY, "16:20")
    for one in found:
        await one.picked_up(lan)
        await one.to_the_post(lan)
    return found


@pytest.mark.begins("2026-11-23T15:50")
async def test_s14_until_the_agency_has_the_papers_every_day_is_expected_only(town: Town, taken: list[Matter]) -> None:
    for one in taken:
        await promises_nothing(town, one)


@pytest.mark.begins("2026-11-25T08:58")
async def test_s14_who_cannot_be_reached_is_told_by_a_person(town: Town, taken: list[Matter]) -> None:
    await town.clock(WEDNESDAY, "08:58")
    in_day, three_days, _ = taken
    bag = await Bag.sent(town, "TM-0030", in_day, three_days)
    for one in (in_day, three_days):
        await promises_nothing(town, one)
    await bag.received(in_day, three_days)
    assert "2/2" in await bag.record()
    for one, due in ((in_day, WEDNESDAY), (three_days, MONDAY_AFTER)):
        assert await town.step(one.tracking) == "Đã bàn giao cơ quan"
        await one.examined()
        await gives_the_receipt(town, one, "08 giờ 58 phút, ngày 25/11/2026", due)
        assert await promised(one) == ("2026-11-25T08:58", due)
    first = in_day
    duty = await a_duty(first)
    assert (duty["template"], duty["state"]) == ("received", "open")
    assert await is_on_the_list(town, first)
    await first.does("mai", "record_told", {"how": "in_person", "whom": "household"}, not_by="binh")
    [told] = (await first.shown())["duties"]
    assert (told["state"], told["how"], told["told_whom"], told["told_by_name"]) == (
        "told",
        "in_person",
        "household",
        "Lê Thị Mai",
    )
    assert not await is_on_the_list(town, first)


@pytest.mark.begins("2026-11-25T15:05")
async def test_s14_what_comes_after_three_in_the_afternoon_is_due_the_next_day(town: Town, taken: list[Matter]) -> None:
    await town.clock(WEDNESDAY, "15:05")
    late = taken[2]
    bag = await Bag.sent(town, "TM-0032", late)
    await bag.received(late)
    await late.examined()
    await gives_the_receipt(town, late, "15 giờ 05 phút, ngày 25/11/2026", THURSDAY)
    assert await promised(late) == ("2026-11-25T15:05", THURSDAY)


async def gives_the_receipt(town: Town, one: Matter, received: str, due: str) -> None:
    """Mẫu 01: until then every day is expected only; a later day than the law's is refused; it is given once."""
    day = f"{date.fromisoformat(due):%d/%m/%Y}"
    shown = await one.shown("mai")
    assert (shown["due_on"], shown["due_provisional"]) == (due, True)
    mai, path = town.desk("mai"), f"/desk/cases/{one.id}"
    assert (await mai.page(f"{path}/receipt")).status_code == 404
    form = await mai.form(path, "issue_receipt")
    assert form["due_on"] == day
    late = await mai.send(path, form | {"due_on": "31/12/2026"})
    assert late.status_code == 400
    assert f"Chọn ngày {day} hoặc sớm hơn" in words(late)
    await one.does("mai", "issue_receipt", not_by="ut")
    paper = (await mai.page(f"{path}/receipt")).text
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in paper
    assert received in paper
    assert f"ngày {day}" in paper
    assert "issue_receipt" not in await mai.next(one.id)
    again = {"received_at": (await one.shown("mai"))["receipt_received_at"], "due_on": due}
    refused = await mai.act(one.id, "issue_receipt", again)
    assert (refused.status_code, slug(refused)) == (409, "receipt-issued")
    other = await mai.act(one.id, "issue_receipt", again | {"received_at": "2026-11-24T01:00:00Z"})
    assert (other.status_code, slug(other)) == (409, "received-otherwise")
    [ready] = [step for step in (await town.track(one.tracking))["steps"] if step["name"] == "Đã có kết quả"]
    assert (ready["standing"], ready["on"]) == ("ahead", due)


async def promised(one: Matter) -> tuple[str, str]:
    """When the agency had it, in Việt Nam to the minute, and the day it is due."""
    shown = await one.shown("mai")
    received = datetime.fromisoformat(shown["received_at"]).astimezone(VIETNAM)
    assert shown["due_provisional"] is False
    return f"{received:%Y-%m-%dT%H:%M}", shown["due_on"]


async def promises_nothing(town: Town, one: Matter) -> None:
    """Whatever is still ahead has no day; the page says "dự kiến" and no date but those of what has happened."""
    steps = (await town.track(one.tracking))["steps"]
    ahead = [step for step in steps if step["standing"] == "ahead"]
    assert len(ahead) == 5
    assert all(step["on"] is None and step["window"] is None for step in ahead)
    page = (await town.line.http.get(one.tracking, headers={"Accept": "text/html"})).text
    assert page.count("dự kiến") == len(ahead)
    assert "hẹn trả" not in page


async def a_duty(one: Matter) -> dict[str, Any]:
    for _ in range(TOLD_WITHIN * 2):
        if duties := (await one.shown())["duties"]:
            return duties[0]
        await asyncio.sleep(0.5)
    raise AssertionError("nobody has the duty to tell the citizen")


async def is_on_the_list(town: Town, one: Matter) -> bool:
    """Báo công dân."""
    return f"/desk/cases/{one.id}" in (await town.desk("ut").page("/desk/tell")).text
