"""What to prepare, in a real browser without a script: no barrier, nothing wider than the screen, found and read."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import WITHOUT_SCRIPT, looks_well

SCREENS = [DESK, PHONE, PHONE | {"color_scheme": "dark"}]


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone", "dark"])
async def test_the_catalogue_has_no_barrier(screens: Screens, screen: dict[str, Any]) -> None:
    page = await screens.open(**screen)
    paths = ["/thu-tuc", "/thu-tuc?q=khai+sinh", "/thu-tuc?q=zzzz", "/thu-tuc/9.9", "/thu-tuc?lang=en"]
    for path in paths + [f"/thu-tuc/{code}" for code in ("1.001193", "2.000815", "2.000528", "H20.GPLX", "1.001612")]:
        await page.goto(path)
        await looks_well(page)


async def test_somebody_at_home_finds_out_what_to_prepare(screens: Screens) -> None:
    page = await screens.open(**PHONE, **WITHOUT_SCRIPT)
    await page.goto("/")
    await page.get_by_role("link", name="Thủ tục: cần chuẩn bị gì").click()
    await page.get_by_role("searchbox").fill("trich luc ho tich")
    await page.get_by_role("button", name="Tìm").click()
    await page.get_by_role("link", name="Cấp bản sao trích lục hộ tịch").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Cấp bản sao trích lục hộ tịch")
    await expect(page.get_by_text("8.000 đ một bản")).to_be_visible()
    await expect(page.get_by_role("link", name="Gọi 0277 1022")).to_have_attribute("href", "tel:02771022")
