"""The head of post reads what went wrong, handles it, and prints its record, on a desk and on a small screen."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import WITHOUT_SCRIPT, case_of, looks_well, sign_in


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_an_incident_is_reported_read_and_printed(screens: Screens, demo: Demo, screen: dict[str, Any]) -> None:
    alone = await screens.open(**screen, **WITHOUT_SCRIPT)
    await sign_in(alone, demo, "sau")
    await alone.get_by_role("navigation", name="Các trang").get_by_role("link", name="Sự cố").click()
    await alone.get_by_label("Việc gì xảy ra").select_option(label="Tai nạn")
    await alone.get_by_label("Xảy ra lúc").fill("hôm qua")
    await alone.get_by_label("Diễn biến").fill("Xe trượt ngã ở dốc cầu, giấy tờ không sao.")
    await alone.get_by_role("button", name="Báo sự cố").click()
    await expect(alone.get_by_role("alert")).to_contain_text("23/11/2026 14:30")
    await alone.get_by_label("Xảy ra lúc").fill("20/11/2026 14:30")
    await alone.get_by_role("button", name="Báo sự cố").click()
    await expect(alone.get_by_role("status")).to_contain_text("Đã ghi")
    page = await screens.open(**screen)
    await sign_in(page, demo, "sau")
    await page.goto("/desk/incidents")
    await looks_well(page)
    await page.get_by_role("link", name="Tai nạn").first.click()
    await looks_well(page)
    await page.get_by_role("button", name="Nhận xử lý sự cố").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi")
    await page.get_by_role("link", name="In biên bản sự cố").click()
    await expect(page.get_by_role("heading", name="Biên bản sự cố")).to_be_visible()
    await looks_well(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_case_leads_to_its_report(screens: Screens, demo: Demo, screen: dict[str, Any]) -> None:
    page = await screens.open(**screen)
    await sign_in(page, demo, "ut")
    await page.goto(f"/desk/cases/{case_of(demo, 'Lý Văn Bảy')['case_id']}")
    await page.get_by_role("link", name="Báo sự cố").click()
    await expect(page.get_by_text("Bưu gửi, giấy tờ có sự cố")).to_be_visible()
    await looks_well(page)
