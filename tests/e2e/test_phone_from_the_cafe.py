"""S34 on the courier's phone: three houses nobody went to, and one result handed over while the phone knows no place.

Nothing is blocked; the day after a clerk asks, and neither who did it nor who planned it answers for the citizen."""

import re
from collections.abc import Generator

import pytest
from playwright.async_api import Page, expect

from backend.ids import uuid7
from tests.e2e.courier_phone import CourierPhone, courier
from tests.e2e.running_demo import MORNING, WEEKDAY, Demo, running_demo
from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import looks_well, sign_in
from tests.stories.matter import Matter
from tests.stories.phone import took_effect
from tests.stories.test_s34_visits_from_the_cafe import ABSENT, CAFE, HOUSE, MET, NEXT, listed
from tests.stories.town import Town, Towns

AT_THE_CAFE = {"latitude": CAFE["lat"], "longitude": CAFE["lon"], "accuracy": CAFE["accuracy"]}


@pytest.fixture(scope="module")
def weekday() -> Generator[Demo]:
    """A demo of its own: its clock goes on to the next morning."""
    with running_demo(TANNHA_NOW=MORNING) as demo:
        yield demo


@pytest.fixture(scope="module")
def base_url(weekday: Demo) -> str:
    return weekday.url


async def expected(town: Town, name: str, window: str) -> Matter:
    one = await Matter.registered(town, owner_name=name, place_mark=HOUSE)
    await one.confirmed()
    await one.booked("lan", WEEKDAY, window)
    return one


async def with_its_result(town: Town) -> Matter:
    """Picked up, decided, and taken along to be delivered."""
    one, lan = await expected(town, MET, "08:00-09:00"), await town.phone("lan")
    await one.picked_up(lan)
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.examined()
    await one.result_released()
    await one.result_to_the_post()
    await one.booked("lan", WEEKDAY, "15:00-16:00", purpose="deliver")
    await one.result_to(lan)
    took_effect(await lan.sends())
    return one


async def nobody_home(phone: CourierPhone, name: str) -> None:
    """Without a card left, a picture of the gate or a call."""
    await phone.to_the_stop(name)
    await phone.button("Đã đến", exact=True).click()
    await phone.button("Hoàn thành").click()
    await phone.button("Không thành công").click()
    await phone.page.get_by_label("Không có ai ở nhà").check()
    await phone.button("Ghi Không thành công").click()
    await expect(phone.page.locator("p.state")).to_have_text("Không thành công")
    await phone.button("Quay lại").click()


async def hands_over(phone: CourierPhone, one: Matter) -> None:
    """To the owner, who knows the word."""
    await phone.to_the_stop(MET)
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await phone.button("Mở kết quả trước mặt người nhận").click()
    await phone.page.get_by_role("checkbox").check()
    await phone.button("Đã mở và đếm đủ").click()
    await phone.button("Người nhận ký").click()
    await phone.draws("Người nhận đã ký")
    await phone.button("Trao tận tay").click()
    await phone.page.get_by_role("checkbox").check()
    await phone.page.get_by_label("Mã nhận kết quả").fill(one.label["hand_over_word"])
    await phone.button("Đã trao kết quả").click()
    await expect(phone.button("Trao tận tay (đã xong)")).to_be_visible()
    await phone.finish()
    await expect(phone.page.locator("p.state")).to_have_text("Hoàn thành")
    await phone.button("Quay lại").click()


async def test_s34_what_is_ended_in_the_cafe_is_doubted_and_never_blocked(
    towns: Towns, screens: Screens, weekday: Demo
) -> None:
    town = towns(weekday)
    windows = ("09:00-10:00", "10:00-11:00", "13:00-14:00")
    absent = [await expected(town, *one) for one in zip(ABSENT, windows, strict=True)]
    met = await with_its_result(town)
    page = await screens.open(**PHONE, geolocation=AT_THE_CAFE, permissions=["geolocation"])
    phone = CourierPhone(page)
    await phone.enrol(courier(weekday, "lan")["enrolment_codes"].pop())
    await phone.is_kept()
    await page.context.set_offline(True)
    for name in ABSENT:
        await nobody_home(phone, name)
    await page.context.clear_permissions()
    await hands_over(phone, met)
    await page.context.set_offline(False)
    await phone.all_received()
    for one in (*absent, met):
        assert (await one.shown())["exceptions"] == []

    await town.clock(NEXT, "08:00")
    await listed(town, "giang", absent[-1].id)
    await is_asked_about(await opened_by(screens, weekday, "giang"))
    answer = {"call_back_id": str(uuid7()), "answer": "agrees"}
    for account in ("lan", "ut"):
        refused = await town.desk(account).act(absent[0].id, "record_call_back", answer)
        assert refused.status_code == 403, account
    desk = await opened_by(screens, weekday, "sau")
    await expect(desk.get_by_role("heading", name=re.compile("Theo bưu tá"))).to_be_visible()
    [incident] = (await absent[0].shown("sau"))["incidents"]
    assert incident["cause"] == "visit_disputed"
    town.adds_up()


async def opened_by(screens: Screens, demo: Demo, account: str) -> Page:
    """The call-back list, as that person has it."""
    page = await screens.open(**DESK)
    await sign_in(page, demo, account)
    await page.goto("/desk/call-backs")
    return page


async def is_asked_about(page: Page) -> None:
    """Three red ones and why; the one with the word is none. The first citizen says that nobody came."""
    for name in ABSENT:
        line = page.get_by_role("listitem").filter(has_text=name)
        await expect(line).to_contain_text("mức đỏ")
        await expect(line).to_contain_text("xa nhà, quá nhanh")
        await expect(line).to_contain_text("thiếu bằng chứng")
    await expect(page.get_by_role("listitem").filter(has_text=MET).filter(has_text="mức đỏ")).to_have_count(0)
    line = page.get_by_role("listitem").filter(has_text=ABSENT[0])
    await line.locator("summary").click()
    await looks_well(page)
    await line.get_by_label("Không đúng như đã ghi").check()
    await line.get_by_role("button", name="Ghi trả lời").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi trả lời")
