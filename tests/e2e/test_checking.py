"""At the gate with a cheap phone and no script: the code is checked, and a right one shows who it is."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from backend.ids import uuid7
from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, Screens, size_of
from tests.e2e.test_office import WITHOUT_SCRIPT, looks_well, looks_well_at, sign_in
from tests.stories.matter import POST
from tests.stories.test_s35_is_it_really_the_courier import screen as shown_on
from tests.stories.town import Towns

SCREENS = [DESK, PHONE, PHONE | {"color_scheme": "dark"}]


async def test_a_wrong_code_and_a_right_one_at_the_gate(towns: Towns, screens: Screens, demo: Demo) -> None:
    town = towns(demo)
    lan = await town.phone("lan")
    shift = {"unit": str(town.unit(POST)), "day": await town.today(), "float_amount": 0}
    await lan.does("begin_shift", uuid7(), shift, subject_kind="shift")
    code = await shown_on(lan)
    page = await screens.open(**PHONE, **WITHOUT_SCRIPT)
    await page.goto("/")
    await page.get_by_role("link", name="Kiểm tra mã").click()
    await page.get_by_label("Số hiệu trên thẻ bưu tá").fill(code.badge)
    await page.get_by_label("Mã xác minh trên máy bưu tá").fill("000")
    await page.get_by_role("button", name="Kiểm tra").click()
    await expect(page.get_by_role("alert")).to_contain_text("không đưa giấy tờ, không chuyển tiền")
    await page.get_by_role("link", name="Kiểm tra mã khác").click()
    await page.get_by_label("Số hiệu trên thẻ bưu tá").fill(code.badge)
    await page.get_by_label("Mã xác minh trên máy bưu tá").fill(code.code(await town.now()))
    await page.get_by_role("button", name="Kiểm tra").click()
    await expect(page.get_by_role("status")).to_contain_text("Đúng, bưu tá của Bưu điện xã Mỹ Hiệp, đang trong ca")
    await expect(page.get_by_role("img", name="Hình vẽ, chưa có ảnh")).to_be_visible()
    await sets_a_face(await screens.open(**PHONE), demo)
    await page.get_by_role("link", name="Kiểm tra mã khác").click()
    await page.get_by_label("Số hiệu trên thẻ bưu tá").fill(code.badge)
    await page.get_by_label("Mã xác minh trên máy bưu tá").fill(code.code(await town.now()))
    await page.get_by_role("button", name="Kiểm tra").click()
    assert min(await size_of(page.get_by_role("img", name="Ảnh của bưu tá"))) > 0
    await looks_well_at(page)


async def sets_a_face(page: Page, demo: Demo) -> None:
    """The head of Lan's post does, and waits until the worker has opened the picture."""
    face = BytesIO()
    Image.new("RGB", (900, 1100), (200, 180, 160)).save(face, "JPEG")
    await sign_in(page, demo, "sau")
    await page.goto("/desk/portraits")
    lan = page.get_by_role("listitem").filter(has_text="Nguyễn Thị Lan")
    await lan.get_by_text("Đặt ảnh").first.click()
    await lan.get_by_label("Ảnh chân dung, nhìn thẳng").set_input_files(
        {"name": "lan.jpg", "mimeType": "image/jpeg", "buffer": face.getvalue()}
    )
    await lan.get_by_role("button", name="Đặt ảnh").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã nhận ảnh")
    for _ in range(60):
        await page.goto("/desk/portraits")
        if await lan.get_by_role("img").count():
            break
        await page.wait_for_timeout(500)
    await expect(lan.get_by_role("img", name="Ảnh của Nguyễn Thị Lan")).to_be_visible()
    await looks_well(page)


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone", "dark"])
async def test_the_pages_of_the_check_have_no_barrier(screens: Screens, demo: Demo, screen: dict[str, Any]) -> None:
    page = await screens.open(**screen)
    for path in ("/check", "/check?lang=en", "/check?lang=vi"):
        await page.goto(path)
        await looks_well(page)
    await page.get_by_label("Số hiệu trên thẻ bưu tá").fill("DT-000001")
    await page.get_by_label("Mã xác minh trên máy bưu tá").fill("000000")
    await page.get_by_role("button", name="Kiểm tra").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await looks_well(page)
    await sign_in(page, demo, "kim")
    await page.get_by_role("link", name="Kiểm tra bưu tá").click()
    await looks_well(page)
