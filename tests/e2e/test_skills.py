"""The head of post enters who has mastered a model, and a mistake is told where it was typed."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import WITHOUT_SCRIPT, case_of, looks_well, sign_in


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_what_the_head_of_post_enters_is_shown_with_who_entered_it(
    screens: Screens, demo: Demo, screen: dict[str, Any]
) -> None:
    """Once for each screen: what is entered is taken back again."""
    page = await screens.open(**screen)
    await sign_in(page, demo, "sau")
    await page.get_by_role("link", name="Thành thạo mô hình").click()
    await looks_well(page)
    alone = await screens.open(**screen, **WITHOUT_SCRIPT)
    await sign_in(alone, demo, "sau")
    await alone.goto("/desk/skills")
    entering = alone.locator("details", has_text="Ghi người thành thạo")
    await entering.get_by_label("Người").select_option(label="Phạm Văn Tú (DT-000002)")
    await entering.get_by_label("Mô hình").select_option(label="Công dân không viết")
    await entering.get_by_label("Đến hết ngày").fill("31/13/2027")
    await entering.get_by_label("Bằng chứng").fill("Giấy chứng nhận số 7")
    await entering.get_by_role("button", name="Ghi người thành thạo").click()
    await expect(alone.get_by_role("alert")).to_contain_text("Ghi ngày như 31/12/2026")
    await entering.get_by_label("Đến hết ngày").fill("31/12/2099")
    await entering.get_by_role("button", name="Ghi người thành thạo").click()
    await expect(alone.get_by_role("status")).to_contain_text("Đã ghi")
    mine = alone.get_by_role("listitem").filter(has_text="Giấy chứng nhận số 7")
    await expect(mine).to_contain_text("người ghi Nguyễn Văn Sáu")
    await page.reload()
    await looks_well(page)
    await mine.get_by_role("button", name="Lấy lại").click()
    await expect(mine).to_have_count(0)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_page_of_a_case_says_its_model_and_who_travels(
    screens: Screens, demo: Demo, screen: dict[str, Any]
) -> None:
    page = await screens.open(**screen)
    await sign_in(page, demo, "ut")
    await page.goto(f"/desk/cases/{case_of(demo, 'Lý Văn Bảy')['case_id']}")
    await expect(page.get_by_text("Hẹn giờ thực hiện TTHC tại nhà")).to_be_visible()
    await expect(page.get_by_text("Công dân phải đi")).to_be_visible()
    await looks_well(page)
    await page.goto("/desk/register")
    await expect(page.get_by_label("Mô hình")).to_be_visible()
