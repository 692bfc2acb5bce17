"""S20 on the courier's phone: a VietQR made without a network, read by another reader, paid later; and a visit that
comes to nothing, with what speaks for it."""

import asyncio
import io

import pytest
import qrcode
import zxingcpp
from PIL import Image
from playwright.async_api import expect

from backend.fees.references import is_reference
from backend.fees.vietqr import decode
from backend.ids import uuid7
from tests.e2e.camera import CANVAS, hold_up
from tests.e2e.courier_phone import PERMISSIONS, CourierPhone, booked_for, courier, new_code
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.matter import POST, Matter
from tests.stories.town import Town, Towns

DUE = 72_000


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


async def test_s20_a_transfer_is_asked_for_without_a_network(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Đỗ Văn Mười Một", DUE)
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.is_kept()
    await phone.page.context.set_offline(True)
    await phone.to_the_stop("Đỗ Văn Mười Một")
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await phone.take_papers()
    await phone.button("Thu tiền").click()
    await phone.page.get_by_label("Chuyển khoản").check()
    await phone.button("Đưa mã chuyển khoản").dblclick()
    read = decode(await code_on(phone))
    payee = next(one for one in round_of_lan.cast["payees"] if one["account"] == read.account)
    assert (read.bin, read.amount, read.name) == (payee["bank_bin"], DUE, payee["holder"])
    assert is_reference(read.more["08"])
    await in_every_look(phone.page)
    await phone.kill_the_tab()
    await phone.to_the_stop("Đỗ Văn Mười Một")
    await expect(phone.button("Thu tiền (đã xong) Chờ chuyển khoản")).to_be_visible()
    await phone.button("Thu tiền").click()
    assert decode(await code_on(phone)) == read, "the same code as before"
    await phone.button("Công dân báo đã chuyển").click()
    await expect(phone.page.get_by_role("status")).to_have_text("Công dân báo đã chuyển")
    await phone.page.context.set_offline(False)
    await phone.button("Làm tiếp, ngân hàng báo sau").click()
    await phone.button("Quay lại").click()
    await phone.counters(saved=6, received=6)
    assert [paid["reference"] for paid in (await one.shown())["payments"]] == [read.more["08"]]
    await paid_by_bank(town, one, read.more["08"])
    await phone.kill_the_tab()
    await phone.to_the_stop("Đỗ Văn Mười Một")
    await phone.button("Thu tiền").click()
    await expect(phone.page.get_by_text("Ngân hàng đã báo có")).to_be_visible(timeout=30_000)
    town.adds_up()


async def code_on(phone: CourierPhone) -> str:
    """What a bank's application reads from the screen."""
    picture = phone.page.get_by_role("img", name="Mã VietQR")
    await expect(picture).to_be_visible()
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(await picture.screenshot())))
    return found.text


async def paid_by_bank(town: Town, one: Matter, reference: str) -> None:
    sent = {"amount": DUE, "when": "on_time", "reference": reference}
    answer = await town.line.http.post("/demo/bank/payments", json=sent)
    assert answer.status_code == 200, answer.text
    for _ in range(120):
        if (await one.shown())["payments"][0]["state"] == "credited":
            return
        await asyncio.sleep(0.5)
    pytest.fail("the bank's word was not heard")


async def test_nobody_home_with_a_picture_of_the_gate_and_two_calls(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Lâm Thị Vắng", 0)
    page = await screens.open(**PHONE, **PERMISSIONS)
    await page.add_init_script(CANVAS)
    phone = CourierPhone(page)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.to_the_stop("Lâm Thị Vắng")
    await phone.button("Đã đến", exact=True).click()
    await phone.button("Hoàn thành").click()
    await phone.button("Không thành công").click()
    await phone.button("Ghi Không thành công").click()
    await expect(page.get_by_role("alert")).to_contain_text("Chọn một lý do")
    await page.get_by_label("Không có ai ở nhà").check()
    await page.get_by_label("Đã để lại giấy báo").check()
    await phone.button("Không nghe máy").click()
    await expect(page.get_by_text("đã gọi 1")).to_be_visible()
    await phone.button("Chụp").click()
    await hold_up(page, qrcode.make("cổng nhà").get_image())
    await page.locator("video").wait_for()
    await phone.button("Chụp", exact=True).click()
    await expect(page.get_by_text("Ảnh cổng nhà ✓")).to_be_visible(timeout=20_000)
    await in_every_look(page)
    await page.get_by_role("group", name="Vì sao thiếu căn cứ?").get_by_label("Không có sóng").check()
    await phone.button("Ghi Không thành công").dblclick()
    await expect(page.get_by_role("heading", name="Lâm Thị Vắng")).to_be_visible()
    await expect(page.locator("p.state")).to_have_text("Không thành công")
    await phone.button("Quay lại").click()
    await phone.counters(saved=4, received=4)
    [failed] = [act for act in (await one.shown())["timeline"] if act["kind"] == "fail_visit"]
    assert [told["code"] for told in failed["evidence"]] == ["card_left", "gate_photo"]
    town.adds_up()


async def test_s17_a_house_of_two_cases_is_asked_once_and_pays_once(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town, lan = towns(round_of_lan), courier(round_of_lan, "lan")
    birth = await booked_for(town, "lan", "Lê Văn Tâm", 26_000)
    residence = await Matter.registered(town, owner_name="Lê Văn Tâm", procedure="1.004222")
    await residence.confirmed(46_000)
    await together(town, birth, residence, lan["person"])
    phone = await CourierPhone.new(screens)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await phone.is_kept()
    await phone.page.context.set_offline(True)
    await phone.to_the_stop("Lê Văn Tâm")
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await expect(phone.button("Kiểm tra giấy tờ tùy thân (đã xong)")).to_have_count(2)
    await phone.button("Thu tiền").first.click()
    await in_every_look(phone.page)
    await phone.page.get_by_label("Công dân đưa").fill("100000")
    await expect(phone.page.get_by_text("Tiền thối: 28.000 đ")).to_be_visible()
    await phone.button(f"Đã thu {72_000:,} đ".replace(",", ".")).dblclick()
    await expect(phone.button("Thu tiền (đã xong)")).to_have_count(2)
    await phone.button("Quay lại").click()
    await phone.page.context.set_offline(False)
    await phone.counters(saved=6, received=6)
    shown = [await one.shown() for one in (birth, residence)]
    assert [[charge["state"] for charge in found["charges"]] for found in shown] == [["settled"], ["settled"]]
    assert [found["exceptions"] for found in shown] == [[], []]
    page = (await town.desk("ut").page(f"/desk/cases/{birth.id}")).text
    assert "72.000" in page, "what the house paid at once stands on each of its cases"
    town.adds_up()


async def together(town: Town, first: Matter, other: Matter, courier: str) -> None:
    """The other case joins the visit of the first."""
    [visit] = [one for one in (await first.shown())["visits"] if one["live"]]
    body = {
        "appointment_id": str(uuid7()),
        "visit_id": visit["visit_id"],
        "purpose": "collect",
        "unit": str(town.unit(POST)),
        "courier": courier,
        "day": visit["day"],
        "window": visit["time_window"],
        "place": "home",
        "agreed": True,
    }
    for seat in range(1, 20):
        answer = await town.desk("ut").act(other.id, "book", body | {"seat": seat})
        if answer.status_code == 200:
            return
    pytest.fail("no seat is left in that window")
