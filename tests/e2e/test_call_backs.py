"""The call-back list of the sample data: a red visit from yesterday, asked about by somebody else."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import WITHOUT_SCRIPT, looks_well, sign_in

OWNER = "Tạ Thị Lan Anh"


@pytest.mark.parametrize("screen", [DESK, PHONE, PHONE | {"color_scheme": "dark"}], ids=["desk", "phone", "dark"])
async def test_the_list_and_the_shares_have_no_barrier(screens: Screens, demo: Demo, screen: dict[str, Any]) -> None:
    page = await screens.open(**screen)
    await sign_in(page, demo, "sau")
    await page.get_by_role("link", name="Phúc tra").click()
    line = page.get_by_role("listitem").filter(has_text=OWNER)
    await expect(line).to_contain_text("mức đỏ", timeout=30_000)
    await expect(page.get_by_role("heading", name=re.compile("Theo bưu tá"))).to_be_visible()
    await line.locator("summary").click()
    await looks_well(page)


async def test_the_clerk_asks_and_the_answer_is_recorded(screens: Screens, demo: Demo) -> None:
    page = await screens.open(**DESK, **WITHOUT_SCRIPT)
    await sign_in(page, demo, "giang")
    await page.goto("/desk/call-backs")
    line = page.get_by_role("listitem").filter(has_text=OWNER)
    await line.locator("summary").click()
    await line.get_by_label("Không nghe máy").check()
    await line.get_by_role("button", name="Ghi trả lời").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi trả lời")
    await expect(line).to_contain_text("Đã gọi 1 lần")
