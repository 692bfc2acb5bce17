"""Whoever cannot sign on the glass signs as they can (F06): a finger in ink on paper, or a neighbour as witness.

Nothing of it is read by a sensor, and no courier is a witness."""

import pytest
import qrcode
from playwright.async_api import expect

from tests.e2e.camera import CANVAS, hold_up
from tests.e2e.courier_phone import PERMISSIONS, CourierPhone, booked_for, new_code
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.town import Towns

SIGNING = "Ký Phiếu gửi hồ sơ"


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


async def with_papers(screens: Screens, demo: Demo, name: str) -> CourierPhone:
    """At the page where it is signed, without a network."""
    page = await screens.open(**PHONE, **PERMISSIONS)
    await page.add_init_script(CANVAS)
    phone = CourierPhone(page)
    await phone.enrol(new_code(demo, "lan"))
    await phone.is_kept()
    await page.context.set_offline(True)
    await phone.to_the_stop(name)
    await phone.button("Đã đến", exact=True).click()
    await phone.identify()
    await phone.take_papers()
    await phone.to_step(SIGNING)
    await phone.button("Không ký trên màn hình được").click()
    await in_every_look(page)
    return phone


async def test_a_finger_in_ink_on_paper(towns: Towns, screens: Screens, round_of_lan: Demo) -> None:
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Tô Thị Chỉ", 0)
    phone = await with_papers(screens, round_of_lan, "Tô Thị Chỉ")
    page = phone.page
    await page.get_by_label("Điểm chỉ bằng mực trên giấy").check()
    await page.get_by_label("Tay trái").check()
    await in_every_look(page)
    await phone.button("Chụp trang đã ký").click()
    await page.locator("video").wait_for()
    await hold_up(page, qrcode.make("trang đã điểm chỉ").get_image())
    await phone.button("Chụp", exact=True).dblclick()
    await expect(phone.button(f"{SIGNING} (đã xong)")).to_be_visible()
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    assert "Điểm chỉ – ngón trỏ trái" in (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    assert [act["kind"] for act in shown["timeline"]].count("sign") == 1
    town.adds_up()


async def test_a_neighbour_is_the_witness_and_the_courier_never_is(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Tô Văn Chứng", 0)
    phone = await with_papers(screens, round_of_lan, "Tô Văn Chứng")
    page = phone.page
    await page.get_by_label("Không ký, không điểm chỉ được").check()
    await page.get_by_label("Họ tên người làm chứng").fill("NGUYEN THI LAN")
    await page.get_by_label("Số định danh của người làm chứng").fill("087188001234")
    await page.get_by_label("Hàng xóm").check()
    await phone.draws("Người làm chứng đã ký")
    await expect(page.get_by_role("alert")).to_contain_text("Bưu tá không được làm chứng")
    await in_every_look(page)
    await page.get_by_label("Họ tên người làm chứng").fill("Đỗ Thị Thu")
    await phone.button("Người làm chứng đã ký").dblclick()
    await expect(phone.button(f"{SIGNING} (đã xong)")).to_be_visible()
    await page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    assert "1 người làm chứng" in (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    town.adds_up()
