"""A courier without her own phone, or without a network for the night: a spare phone lent with digits read out, a lease
made longer in the same way, a withdrawn phone let in again (F11, F25, S31)."""

import asyncio
import re
from collections.abc import Generator
from uuid import UUID

import pytest
from playwright.async_api import expect

from backend.ids import uuid7
from tests.e2e.courier_phone import DELIVERED, CourierPhone, booked_for, courier, labels_of, serve
from tests.e2e.running_demo import MORNING, WEEKDAY, Demo, running_demo
from tests.e2e.screens import Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.matter import POST, Matter
from tests.stories.town import Town, Towns

NEXT_DAY = "2026-12-02"


@pytest.fixture(scope="module")
def long_day() -> Generator[Demo]:
    """A demo whose phones are lent and withdrawn here alone."""
    with running_demo(TANNHA_NOW=MORNING) as demo:
        yield demo


@pytest.fixture(scope="module")
def base_url(long_day: Demo) -> str:
    return long_day.url


async def read_out(town: Town, demo: Demo, challenge: str) -> str:
    """By Út, for the newest phone of Lan."""
    page = (await town.desk("ut").page("/desk/lease-codes")).text
    name = courier(demo, "lan")["name"]
    [device, *_] = re.findall(rf'<option value="([0-9a-f-]{{36}})"[^>]*>{name}', page)
    sent = {"act": str(uuid7()), "phone": device, "challenge": challenge, "day": WEEKDAY}
    answer = await town.desk("ut").send("/desk/lease-codes", sent)
    [digits] = re.findall(r'class="said">(\d{4} \d{4})<', answer.text)
    return digits


async def lending_digits(town: Town, demo: Demo, account: str) -> str:
    who = f"{courier(demo, account)['person']} {town.unit(POST)}"
    answer = await town.desk("ut").send("/desk/lending-codes", {"who": who})
    [digits] = re.findall(r'class="said">(\d{4} \d{4})<', answer.text)
    return digits


async def signed_out(phone: CourierPhone) -> None:
    await phone.page.locator(".strip").click()
    await phone.button("Đăng xuất khỏi máy này").click()
    await phone.button("Đăng xuất", exact=True).click()
    await expect(phone.page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


async def borrows(phone: CourierPhone, digits: str) -> None:
    await phone.button("Mượn máy này").click()
    await phone.page.get_by_label("Mã mượn máy (8 số)").fill(digits)
    await phone.button("Mượn máy", exact=True).click()
    await phone.choose_pin("730194")


async def too_few_digits(phone: CourierPhone) -> None:
    await phone.button("Mượn máy này").click()
    await in_every_look(phone.page)
    await phone.page.get_by_label("Mã mượn máy (8 số)").fill("1234567")
    await phone.button("Mượn máy", exact=True).click()
    await expect(phone.page.get_by_role("alert")).to_contain_text("8 chữ số")
    await phone.button("Quay lại").click()


async def gives_back(phone: CourierPhone) -> None:
    page = phone.page
    await page.locator(".strip").click()
    await phone.button("Đăng xuất khỏi máy này").click()
    await expect(page.get_by_role("heading", name="Trả máy")).to_be_visible()
    await in_every_look(page)
    await page.locator("button[type=submit]").click()
    await expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert "Kiều" not in await page.inner_text("body")


async def test_a_dead_phone_a_spare_one_and_the_dead_one_alive_again(
    towns: Towns, screens: Screens, long_day: Demo
) -> None:
    """S31 in the browser. The spare phone shows what may have been done; each visit happens once."""
    town = towns(long_day)
    done = await booked_for(town, "lan", "Kiều Thị Xong", 20_000)
    left = await booked_for(town, "lan", "Kiều Văn Còn", 0)
    dead = await CourierPhone.new(screens)
    await dead.enrol(courier(long_day, "lan")["enrolment_codes"][0])
    await dead.is_kept()
    await dead.page.context.set_offline(True)
    await dead.to_the_stop("Kiều Thị Xong")
    await dead.button("Đã đến", exact=True).click()
    await serve(dead, labels_of(long_day, courier(long_day, "lan")["person"])[0], "NP50000001")

    spare = await CourierPhone.new(screens)
    await spare.enrol(courier(long_day, "tu")["enrolment_codes"][0])
    await spare.is_kept()
    await signed_out(spare)
    await too_few_digits(spare)
    await borrows(spare, await lending_digits(town, long_day, "lan"))
    page = spare.page
    await expect(page.get_by_text("Máy mượn. Làm xong")).to_be_visible()
    await expect(page.get_by_text("Nguyễn Thị Lan")).to_be_visible()
    line = page.locator("li.line, section.next").filter(has_text="Kiều Thị Xong")
    await expect(line).to_contain_text("Có thể đã làm trên máy khác")
    await in_every_look(page)
    await spare.page.context.set_offline(True)
    await spare.to_the_stop("Kiều Văn Còn")
    await spare.button("Đã đến", exact=True).click()
    await spare.identify()
    await spare.page.context.set_offline(False)
    await spare.button("Quay lại").click()
    await spare.all_received()
    await gives_back(spare)
    await page.get_by_label("Tài khoản").fill("tu")
    await page.get_by_label("Mật khẩu").fill(courier(long_day, "tu")["password"])
    await spare.button("Đăng nhập").click()
    await spare.choose_pin()
    await expect(page.get_by_text("Máy mượn")).to_have_count(0)

    await dead.page.context.set_offline(False)
    await dead.button("Quay lại").click()
    await dead.all_received()
    kinds = [act["kind"] for act in (await done.shown())["timeline"]]
    assert [kinds.count(kind) for kind in ("record_arrival", "take_papers", "collect", "finish_visit")] == [1, 1, 1, 1]
    assert [act["kind"] for act in (await left.shown())["timeline"]].count("record_arrival") == 1
    town.adds_up()


async def test_a_withdrawn_phone_is_let_in_again_and_what_it_held_waits_for_a_person(
    towns: Towns, screens: Screens, long_day: Demo
) -> None:
    town = towns(long_day)
    one = await booked_for(town, "lan", "Kiều Thị Thu", 0)
    phone = await CourierPhone.new(screens)
    await phone.enrol(courier(long_day, "lan")["enrolment_codes"][1])
    await phone.is_kept()
    await phone.page.context.set_offline(True)
    await phone.to_the_stop("Kiều Thị Thu")
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    device = await phone.device()
    subject = {"kind": "device", "id": device}
    answer = await town.desk("sau").act(UUID(device), "revoke_device", {}, subject=subject)
    assert answer.status_code == 200, answer.text
    await phone.page.context.set_offline(False)
    await expect(phone.page.get_by_role("heading", name="Máy này đã bị thu hồi")).to_be_visible(timeout=DELIVERED)
    await in_every_look(phone.page)
    await phone.kill_the_tab()
    await expect(phone.page.get_by_role("heading", name="Máy này đã bị thu hồi")).to_be_visible()
    await phone.button("Kích hoạt lại bằng mã mới").click()
    await phone.page.get_by_label("Mã kích hoạt").fill(courier(long_day, "lan")["enrolment_codes"][2])
    await phone.button("Kích hoạt", exact=True).click()
    await phone.choose_pin("815203")
    assert await phone.device() != device
    await phone.page.locator(".counters button").click()
    await expect(phone.page.locator("p.state", has_text="Mang hộ")).to_be_visible(timeout=DELIVERED)
    assert "record_arrival" not in [act["kind"] for act in (await one.shown())["timeline"]]
    assert "Máy đã bị thu hồi" in (await town.desk("ut").page("/desk/review")).text
    town.adds_up()


async def test_a_lease_is_made_longer_by_a_code_that_is_read_out(
    towns: Towns, screens: Screens, long_day: Demo
) -> None:
    """Without a network, also on the locked screen; the PIN stays."""
    town = towns(long_day)
    phone = await CourierPhone.new(screens)
    await phone.enrol(courier(long_day, "lan")["enrolment_codes"][3])
    await phone.is_kept()
    await phone.page.context.set_offline(True)
    await expect(phone.page.get_by_text("Máy đọc được đến")).to_have_count(0)
    ends = await phone.lease_ends_in(20 * 60)
    page = phone.page
    await expect(page.get_by_text("Máy đọc được đến")).to_be_visible(timeout=20_000)
    await in_every_look(page)
    await phone.lock()
    await phone.button("Kéo dài thời hạn máy").click()
    challenge = await page.locator(".code").inner_text()
    assert re.fullmatch(r"\d{4}", challenge)
    await in_every_look(page)
    await phone.kill_the_tab()
    page = phone.page
    await phone.button("Kéo dài thời hạn máy").click()
    await expect(page.locator(".code")).to_have_text(challenge)
    digits = await read_out(town, long_day, challenge)
    field = page.get_by_label("Mã được đọc lại (8 số)")
    await field.fill("00000000")
    await phone.button("Kéo dài", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("Mã chưa đúng")
    await field.fill(digits)
    await phone.button("Kéo dài", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("Máy đọc được đến")
    assert await phone.lease_end() == ends + 4 * 3600_000
    await phone.button("Quay lại").click()
    await phone.unlock()
    await expect(page.get_by_text("Cập nhật lúc")).to_be_visible()
    await expect(page.get_by_text("Máy đọc được đến")).to_have_count(0)
    town.adds_up()


async def test_a_lent_phone_is_itself_again_when_the_night_is_over(
    towns: Towns, screens: Screens, long_day: Demo
) -> None:
    """Nobody gave it back, and an arrival lies on it that the centre never heard of: it shows nothing more of Lan's day
    and delivers what she did. Last of this file: the clock goes on to the next morning."""
    town = towns(long_day)
    one = await booked_for(town, "lan", "Kiều Văn Đêm", 0)
    spare = await CourierPhone.new(screens)
    await spare.enrol(courier(long_day, "tu")["enrolment_codes"][1])
    await spare.is_kept()
    own = await spare.device()
    await signed_out(spare)
    await borrows(spare, await lending_digits(town, long_day, "lan"))
    await expect(spare.page.get_by_text("Máy mượn. Làm xong")).to_be_visible()
    assert await spare.device() != own
    await spare.page.context.set_offline(True)
    await spare.to_the_stop("Kiều Văn Đêm")
    await spare.button("Đã đến", exact=True).click()
    await spare.identify()
    await town.clock(NEXT_DAY, "06:10")
    await spare.page.context.set_offline(False)
    await expect(spare.page.get_by_role("heading", name="Đăng nhập")).to_be_visible(timeout=DELIVERED)
    await in_every_look(spare.page)
    assert "Kiều" not in await spare.page.inner_text("body")
    await spare.kill_the_tab()
    await spare.page.get_by_label("Tài khoản").fill("tu")
    await spare.page.get_by_label("Mật khẩu").fill(courier(long_day, "tu")["password"])
    await spare.button("Đăng nhập").click()
    await spare.choose_pin()
    assert await spare.device() == own
    await expect(spare.page.get_by_text("Máy mượn")).to_have_count(0)
    assert await arrivals(one) == 1, "she was at the house while the phone was hers"
    town.adds_up()


async def arrivals(one: Matter) -> int:
    """As soon as the centre knows of one."""
    for _ in range(DELIVERED // 500):
        if found := [act["kind"] for act in (await one.shown())["timeline"]].count("record_arrival"):
            return found
        await asyncio.sleep(0.5)
    return 0
