"""Who does not write (F06): the courier asks, scans and fills in without a network; it is read back, changed, read
again, and signed in ink on paper, bound to exactly what was read. The officer reads the same."""

import pytest
import qrcode
from playwright.async_api import expect

from tests.e2e.camera import CANVAS, hold_up
from tests.e2e.courier_phone import PERMISSIONS, CourierPhone, booked_for, new_code
from tests.e2e.on_the_spot import SAU, read_card
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.e2e.test_phone_without_barriers import in_every_look
from tests.stories.town import Towns

FORM = "Tờ khai"
SCAN = "Quét thẻ căn cước để điền"
NEXT = "Tiếp"
READ = "Xong, đọc lại cho công dân"
RIGHT = "Đã đọc lại, công dân xác nhận đúng"


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


async def at_the_form(screens: Screens, demo: Demo, name: str) -> CourierPhone:
    page = await screens.open(**PHONE, **PERMISSIONS)
    await page.context.add_init_script(f"if (navigator.mediaDevices) {{ {CANVAS} }}")
    phone = CourierPhone(page)
    await phone.enrol(new_code(demo, "lan"))
    await phone.is_kept()
    await phone.to_the_stop(name)
    await phone.button("Đã đến", exact=True).click()
    await expect(phone.button(FORM, exact=True)).to_be_visible()  # the forms have come
    await page.context.set_offline(True)
    await phone.identify()
    await phone.to_step(FORM)
    return phone


async def part(phone: CourierPhone, title: str) -> None:
    await expect(phone.page.get_by_role("heading", name=title, level=2)).to_be_visible()


async def who_asks(phone: CourierPhone) -> None:
    """By the card; what it does not say is asked. The tab is killed when half of it is there."""
    page = phone.page
    await part(phone, "Người yêu cầu")
    await read_card(phone, SCAN, SAU.card())
    await expect(page.get_by_label("Họ, chữ đệm, tên người yêu cầu")).to_have_value(SAU.name)
    await expect(page.locator("#field-nyc_giay_to")).to_contain_text("từ thẻ căn cước")
    await page.get_by_label("Kính gửi").fill("UBND xã Mỹ Hiệp")
    await phone.button(NEXT, exact=True).click()
    await expect(page.locator("#field-nyc_quan_he")).to_contain_text("Hỏi công dân rồi ghi")
    await in_every_look(page)
    await page.get_by_label("Quan hệ với người được cấp bản sao").fill("Bản thân")


async def which_copy(phone: CourierPhone) -> None:
    page = phone.page
    await part(phone, "Bản sao cần cấp")
    await page.get_by_label("Khai sinh", exact=True).check()
    await phone.button(NEXT, exact=True).click()
    await part(phone, "Người được cấp")
    await read_card(phone, SCAN, SAU.card())
    await expect(page.get_by_label("Nữ", exact=True)).to_be_checked()
    await phone.button("Điền “Kinh”").click()
    await phone.button("Điền “Việt Nam”").click()
    await phone.button(NEXT, exact=True).click()


async def where_registered(phone: CourierPhone) -> None:
    page = phone.page
    await part(phone, "Lần đăng ký")
    await page.get_by_label("Đã đăng ký tại").fill("UBND xã Mỹ Hiệp")
    await page.get_by_label("Không", exact=True).check()
    await page.get_by_label("Số lượng bản sao").fill("2")
    await page.get_by_label("Làm tại").fill("Mỹ Hiệp")
    await phone.button(READ).click()


async def signed_in_ink(phone: CourierPhone) -> None:
    await phone.button("Chụp trang đã ký").click()
    await phone.page.locator("video").wait_for()
    await hold_up(phone.page, qrcode.make("tờ khai đã ký").get_image())
    await phone.button("Chụp", exact=True).dblclick()
    await expect(phone.button(f"{FORM} (đã xong)")).to_be_visible()


async def changed_to(phone: CourierPhone, copies: str) -> None:
    await phone.page.get_by_label("Số lượng bản sao").fill(copies)
    await phone.button(READ).click()
    await expect(phone.page.locator(".spoken", has_text="Số lượng bản sao")).to_contain_text(copies)
    await phone.button(RIGHT).click()
    await expect(phone.page.get_by_text("Đã đọc lại cho công dân nghe. Chưa ký.")).to_be_visible()


async def test_a_form_is_filled_in_read_back_changed_and_signed(
    towns: Towns, screens: Screens, round_of_lan: Demo
) -> None:
    town = towns(round_of_lan)
    one = await booked_for(town, "lan", "Tô Thị Khai", 0)
    phone = await at_the_form(screens, round_of_lan, "Tô Thị Khai")
    await who_asks(phone)
    await phone.touched_is_kept()
    await phone.kill_the_tab()
    await phone.to_the_stop("Tô Thị Khai")
    await phone.to_step(FORM)
    await expect(phone.page.get_by_label("Quan hệ với người được cấp bản sao")).to_have_value("Bản thân")
    await expect(phone.page.get_by_label("Họ, chữ đệm, tên người yêu cầu")).to_have_value(SAU.name)
    await phone.button(NEXT, exact=True).click()
    await which_copy(phone)
    await where_registered(phone)
    await expect(phone.page.locator(".spoken", has_text="Số lượng bản sao")).to_contain_text("2")
    await in_every_look(phone.page)
    await phone.button("Sai, sửa lại: Số lượng bản sao").click()
    await changed_to(phone, "3")
    await in_every_look(phone.page)
    await signed_in_ink(phone)

    await phone.to_step(FORM)
    await phone.button("Sửa tờ khai").click()
    for title in ("Người yêu cầu", "Bản sao cần cấp", "Người được cấp"):
        await part(phone, title)
        await phone.button(NEXT, exact=True).click()
    await changed_to(phone, "1")
    await expect(phone.page.get_by_text("chữ ký cũ không còn giá trị. Ký lại tờ mới")).to_be_visible()
    await signed_in_ink(phone)

    await phone.page.context.set_offline(False)
    await phone.button("Quay lại").click()
    await phone.all_received()
    shown = await one.shown()
    assert shown["exceptions"] == []
    kinds = [act["kind"] for act in shown["timeline"]]
    assert (kinds.count("read_back"), kinds.count("sign")) == (2, 2)
    town.adds_up()

    text = " ".join((await town.desk("ut").page(f"/desk/cases/{one.id}")).text.split())
    form = text[text.index('class="filled"') :]
    assert "ban_sao_trich_luc.2024-06" in form
    assert "<strong>Đã ký</strong>" in form
    assert f'{SAU.name} <span class="source">(từ thẻ căn cước)</span>' in form
    assert 'Số lượng bản sao</dt><dd>1 <span class="source">(nghe nói)</span>' in form
    assert 'Nữ <span class="source">(từ thẻ căn cước)</span>' in form
    assert "không khớp mã" not in form
