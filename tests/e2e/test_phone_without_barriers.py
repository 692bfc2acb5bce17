"""Every screen of the courier's phone: nothing shuts anybody out, nothing is wider than the screen; light and dark, on
a small phone, in English, with letters twice as large. And a code is read by the camera."""

from typing import Any

import pytest
import qrcode
from playwright.async_api import Page, expect

from tests.e2e.camera import CANVAS, hold_up
from tests.e2e.courier_phone import PERMISSIONS, SIX_DIGITS, CourierPhone, booked_for, courier, labels_of, new_code
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens, barriers
from tests.stories.town import Towns

SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 568}}
WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
    [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth)
        .map((one) => one.outerHTML.slice(0, 200))"""
"""What reaches beyond the screen."""
LOOKS = {
    "light": PHONE,
    "dark": PHONE | {"color_scheme": "dark"},
    "small": PHONE | SMALL,
    "large letters": PHONE | SMALL,
}


@pytest.fixture(scope="module")
def base_url(round_of_lan: Demo) -> str:
    return round_of_lan.url


async def looks_well(page: Page, look: str) -> None:
    if look == "large letters":
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert await barriers(page) == []
    assert await page.evaluate(WIDER) == []


@pytest.mark.parametrize("look", LOOKS)
async def test_before_the_day_begins(screens: Screens, round_of_lan: Demo, look: str) -> None:
    page = await screens.open(**LOOKS[look], **PERMISSIONS)
    phone = CourierPhone(page)
    await page.goto("/courier/")
    await expect(page.get_by_label("Mã kích hoạt")).to_be_visible()
    await looks_well(page, look)
    await phone.button("Kích hoạt", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("26 chữ và số")
    await page.get_by_label("Mã kích hoạt").fill(new_code(round_of_lan, "tu"))
    await phone.button("Kích hoạt", exact=True).click()
    await expect(page.get_by_label("Gõ lại mã PIN")).to_be_visible()
    await looks_well(page, look)
    await phone.choose_pin()
    await looks_well(page, look)
    await phone.button("Mã xác minh").click()
    await expect(page.locator(".code")).to_have_text(SIX_DIGITS)
    await looks_well(page, look)
    await phone.button("Đóng").click()
    await page.locator(".counters button").click()
    await expect(page.get_by_role("heading", name="Việc trên máy")).to_be_visible()
    await looks_well(page, look)
    await phone.button("Quay lại").click()
    await phone.button("Đầu ca").click()
    await phone.button("Vào ca và nhận việc").click()
    await expect(page.get_by_role("alert")).to_contain_text("Đếm bộ nhãn")
    await looks_well(page, look)
    await phone.button("Quay lại").click()
    await phone.button("Báo sự cố").click()
    await page.get_by_label("Tiền thiếu, thừa hoặc giả").check()
    await phone.button("Báo sự cố này").click()
    await expect(page.get_by_role("alert")).to_contain_text("Chọn việc gì xảy ra")
    await looks_well(page, look)
    await phone.button("Quay lại").click()
    await phone.lock()
    await looks_well(page, look)


async def test_at_a_house(towns: Towns, screens: Screens, round_of_lan: Demo) -> None:
    """The pages of a visit in every look, one after the other in one phone; then in English."""
    town = towns(round_of_lan)
    await booked_for(town, "lan", "Cao Thị Sáng", 20_000)
    page = await screens.open(**PHONE, **PERMISSIONS)
    phone = CourierPhone(page)
    await phone.enrol(new_code(round_of_lan, "lan"))
    await expect(page.get_by_text("Việc kế tiếp")).to_be_visible()
    for look in LOOKS:
        await look_at(page, look)
        await looks_well(page, look)
    await phone.to_the_stop("Cao Thị Sáng")
    await phone.button("Đã đến", exact=True).click()
    steps = [
        "Kiểm tra giấy tờ tùy thân",
        "Thông báo xử lý dữ liệu",
        "Giấy tờ nhận",
        "Chụp giấy tờ",
        "Thu tiền",
        "Niêm phong",
        "Hoàn thành",
    ]
    for look in LOOKS:
        await look_at(page, look)
        await expect(phone.button("Giấy tờ nhận")).to_be_visible()
        await looks_well(page, look)
        for step in steps:
            await phone.button(step).click()
            await expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
            await looks_well(page, look)
            await phone.button("Quay lại").click()
    await phone.button("Quay lại").click()
    await the_own_day(phone)


async def the_own_day(phone: CourierPhone) -> None:
    """From its begin to its close, and the way out."""
    page = phone.page
    await phone.button("Đầu ca").click()
    await page.get_by_label("tờ 100.000 đ", exact=True).fill("3")
    await page.get_by_label("Đếm đúng").check()
    await phone.button("Vào ca và nhận việc").click()
    for look in LOOKS:
        await look_at(page, look)
        await page.locator(".strip").click()
        await expect(page.get_by_role("heading", name="Ca làm việc")).to_be_visible()
        await looks_well(page, look)
        await phone.button("Nộp quỹ").click()
        await expect(page.get_by_label("Số tiền nộp")).to_be_visible()
        await looks_well(page, look)
        await phone.button("Quay lại").click()
        await phone.button("Chốt ca").click()
        await page.get_by_label("tờ 50.000 đ", exact=True).fill("3")
        await page.get_by_label("Không đúng").check()
        await page.get_by_role("group", name="Còn trong túi").get_by_role("checkbox").first.uncheck()
        await looks_well(page, look)
        await phone.button("Quay lại").click()
        await phone.button("Đăng xuất khỏi máy này").click()
        await expect(phone.button("Đăng xuất", exact=True)).to_be_visible()
        await looks_well(page, look)
        await phone.button("Quay lại").click()
        await phone.button("Quay lại").click()


async def test_registering_on_the_spot(screens: Screens, round_of_lan: Demo) -> None:
    """The three questions in every look; what is wrong is said; the camera has its place within."""
    page = await screens.open(**PHONE, **PERMISSIONS)
    phone = CourierPhone(page)
    await phone.enrol(round_of_lan.cast["couriers"][-1]["enrolment_codes"][0])
    await phone.button("+ Đăng ký tại chỗ").click()
    await expect(page.get_by_label("Tìm theo tên hoặc mã")).to_be_visible()
    for look in LOOKS:
        await look_at(page, look)
        await looks_well(page, look)
    await phone.button("Chứng thực bản sao từ bản chính").click()
    await phone.button("Đọc mã thẻ căn cước").click()
    await looks_well(page, "light")
    await phone.button("Gõ bằng tay").click()
    await page.get_by_label("Người khác nộp thay").check()
    await phone.button("Tiếp tục").click()
    await expect(page.get_by_role("alert")).to_contain_text("Ghi đủ họ và tên")
    for look in LOOKS:
        await look_at(page, look)
        await looks_well(page, look)
    await page.get_by_label("Chủ hồ sơ tự nộp").check()
    await page.get_by_label("Họ và tên").fill("Trần Thị Sáu Bờ")
    await page.get_by_label("Ấp, khóm").fill("Ấp 3")
    await phone.button("Tiếp tục").click()
    await phone.button("Chỉ đăng ký, hẹn ngày khác").click()
    for look in LOOKS:
        await look_at(page, look)
        await expect(page.get_by_label("Công dân muốn hẹn")).to_be_visible()
        await looks_well(page, look)


async def look_at(page: Page, look: str) -> None:
    await page.evaluate("document.documentElement.style.fontSize = ''")
    await page.set_viewport_size(LOOKS[look]["viewport"])
    await page.emulate_media(color_scheme=LOOKS[look].get("color_scheme", "light"))


async def in_every_look(page: Page) -> None:
    """The page that stands there; then as it was."""
    for look in LOOKS:
        await look_at(page, look)
        await looks_well(page, look)
    await look_at(page, "light")


async def test_in_english(screens: Screens) -> None:
    page = await screens.open(**PHONE)
    await page.goto("/courier/")
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("heading", name="Set up this phone")).to_be_visible()
    assert await page.evaluate("document.documentElement.lang") == "en"
    assert await barriers(page) == []
    await page.reload()
    await expect(page.get_by_role("heading", name="Set up this phone")).to_be_visible()


async def test_the_code_of_the_slip_is_read_by_the_camera(screens: Screens, round_of_lan: Demo) -> None:
    page = await screens.open(**PHONE, **PERMISSIONS)
    await page.add_init_script(CANVAS)
    await page.goto("/courier/")
    await page.get_by_role("button", name="Quét mã").click()
    await hold_up(page, qrcode.make(new_code(round_of_lan, "tu")).get_image())
    await expect(page.get_by_label("Gõ lại mã PIN")).to_be_visible(timeout=20_000)


async def test_without_a_camera_the_code_is_typed(screens: Screens) -> None:
    page = await screens.open(**PHONE)
    await page.goto("/courier/")
    await page.get_by_role("button", name="Quét mã").click()
    await expect(page.get_by_role("alert")).to_contain_text("gõ mã bằng tay")
    assert await barriers(page) == []
    await page.get_by_role("button", name="Gõ bằng tay").click()
    await expect(page.get_by_label("Mã kích hoạt")).to_be_visible()


async def test_scanning_says_whose_a_label_is(screens: Screens, round_of_lan: Demo) -> None:
    """Without a network; each with its own sentence."""
    lan, tu = courier(round_of_lan, "lan"), courier(round_of_lan, "tu")
    mine, others = labels_of(round_of_lan, lan["person"])[-1], labels_of(round_of_lan, tu["person"])[-1]
    page = await screens.open(**PHONE, **PERMISSIONS)
    phone = CourierPhone(page)
    await phone.enrol(new_code(round_of_lan, "tu"))
    await phone.is_kept()
    await page.context.set_offline(True)
    await phone.button("Quét mã").click()
    await phone.button("Gõ bằng tay").click()
    forged = others[:-1] + ("0" if others[-1] != "0" else "1")
    for text, said in (
        (others, "Nhãn của chị/anh, chưa dùng"),
        (mine, "không thuộc bộ nhãn hay việc hôm nay"),
        (forged, "không phải của bưu điện phát hành"),
        ("893601", "Đây không phải nhãn bưu gửi"),
    ):
        await page.get_by_label("Nhãn").fill(text)
        await phone.button("Xem mã này").click()
        await expect(page.get_by_role("status")).to_contain_text(said)
    await looks_well(page, "light")
