"""Forms and facts about people at a post counter, in a real browser."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import case_of, looks_well, sign_in


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_who_signed_and_what_was_answered_has_no_barrier(
    screens: Screens, demo: Demo, screen: dict[str, Any]
) -> None:
    page = await screens.open(**screen)
    await sign_in(page, demo, "giang")
    await page.goto(f"/desk/cases/{case_of(demo, 'Phan Thị Hồng')['case_id']}")
    await expect(page.get_by_role("heading", name="Chữ ký")).to_be_visible()
    await expect(page.get_by_role("heading", name="Thông báo xử lý dữ liệu, đồng ý")).to_be_visible()
    for summary in await page.locator(".lesser summary").all():
        await summary.click()
    await looks_well(page)
