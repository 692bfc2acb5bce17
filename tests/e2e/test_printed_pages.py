"""Pages that are printed: every code is read back however worn, no letter runs into another, nothing stays folded."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests import paper
from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, Screens
from tests.e2e.test_office import case_of, sign_in
from tests.paper import WORN

LEAST_MM = 15


async def receipt(page: Page, demo: Demo) -> str:
    """Of the agency; its code leads to the citizen's page."""
    await sign_in(page, demo, "mai")
    case = case_of(demo, "Huỳnh Thị Nga")
    await page.goto(f"/desk/cases/{case['case_id']}/receipt")
    return f"{demo.url}/t/{case['token']}"


async def code_for_a_phone(page: Page, demo: Demo) -> str:
    await sign_in(page, demo, "sau")
    await page.goto("/desk/enrolment-codes")
    await page.get_by_label("Máy của ai").select_option(index=1)
    await page.get_by_role("button", name="Tạo mã").click()
    return await page.locator(".typed").inner_text()


PAGES: dict[str, Callable[[Page, Demo], Awaitable[str]]] = {"receipt": receipt, "code for a phone": code_for_a_phone}


async def on_paper(page: Page) -> bytes:
    await page.emulate_media(color_scheme="light")
    return await page.pdf(format="A4")


@pytest.mark.parametrize("which", PAGES)
async def test_the_code_of_a_printed_page_is_read_back(screens: Screens, demo: Demo, which: str) -> None:
    page = await screens.open(**DESK)
    code = ("QRCode", await PAGES[which](page, demo))
    pdf = await on_paper(page)
    first, *_ = paper.pages(pdf)
    for how in WORN:
        assert paper.seen(paper.worn(first, how)) == [code], how
    assert paper.widths(first)[code[1]] >= LEAST_MM
    assert paper.clashes(pdf) == []


async def test_the_printed_day_says_what_is_taken_and_given(screens: Screens, demo: Demo) -> None:
    """What is folded on the screen stands on the paper."""
    page = await screens.open(**DESK)
    await sign_in(page, demo, "ut")
    await page.goto("/desk/day")
    await expect(page.get_by_text("Giấy tờ nhận").first).to_be_hidden()
    pdf = await on_paper(page)
    told = paper.text(pdf)
    for said in ("Nguyễn Thị Huệ", "Giấy tờ nhận", "Giấy tờ trả", "Kết quả"):
        assert said in told, told
    assert "Ngày trước" not in told
    assert paper.clashes(pdf) == []


@pytest.mark.parametrize("path", ["/desk/bags", "/desk/incidents"])
async def test_records_have_no_letter_in_another(screens: Screens, demo: Demo, path: str) -> None:
    page = await screens.open(**DESK)
    await sign_in(page, demo, "ut")
    await page.goto(path)
    inside = page.locator(f"main a[href^='{path}/']").first
    await inside.click()
    await page.locator("a[href$='/record']").first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Bản", ignore_case=True)
    assert paper.clashes(await on_paper(page)) == []
