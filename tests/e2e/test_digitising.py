"""Stages of making dossiers digital: the page of the head of post, the page of a case, and the record on paper."""

from typing import Any

import pytest
from playwright.async_api import expect

from backend.simulate.outbox import Standing
from tests import paper
from tests.e2e.running_demo import Demo
from tests.e2e.screens import DESK, PHONE, Screens
from tests.e2e.test_office import looks_well, sign_in
from tests.e2e.test_printed_pages import on_paper
from tests.stories.matter import THREE_PAPERS, Matter
from tests.stories.town import Town, Towns

RECORD = "Biên bản bàn giao dữ liệu số hóa"


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_head_of_post_sees_and_changes_who_does_which_stage(
    screens: Screens, demo: Demo, screen: dict[str, Any]
) -> None:
    page = await screens.open(**screen)
    await sign_in(page, demo, "sau")
    await page.get_by_role("link", name="Số hóa hồ sơ").click()
    await looks_well(page)
    await page.get_by_label("Công đoạn", exact=True).select_option(label="Kiểm tra chất lượng")
    await page.get_by_label("Bưu điện", exact=True).check()
    await page.get_by_label("Căn cứ").fill("Kế hoạch phối hợp số 9 năm 2022")
    await page.get_by_role("button", name="Phân công công đoạn").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi: Phân công công đoạn")
    mine = page.get_by_role("listitem").filter(has_text="Kiểm tra chất lượng")
    await expect(mine).to_contain_text("Kế hoạch phối hợp số 9 năm 2022 · người phân công Nguyễn Văn Sáu")
    await looks_well(page)


async def test_the_record_of_what_is_handed_over_reads_well_on_screen_and_paper(
    towns: Towns, screens: Screens, demo: Demo
) -> None:
    one = await photographed(towns(demo))
    for screen in (DESK, PHONE):
        page = await screens.open(**screen)
        await sign_in(page, demo, "ut")
        await page.goto(f"/desk/cases/{one.id}")
        await looks_well(page)
        await page.get_by_role("link", name=RECORD).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(RECORD)
        await looks_well(page)
        pdf = await on_paper(page)
        assert "Bên nhận" in paper.text(pdf)
        assert paper.clashes(pdf) == []


async def photographed(town: Town) -> Matter:
    """Three papers of a case, at the door, by Tú."""
    one, tu = await Matter.registered(town, owner_name="Lâm Thị Sen"), await town.phone("tu")
    next(who for who in town.demo.cast["couriers"] if who["account"] == "tu")["enrolment_codes"].pop(0)
    await one.confirmed()
    await one.booked("tu", await town.today(), "15:00-16:00")
    await tu.pulls()
    one.arrives(tu)
    one.checks_identity(tu)
    one.takes(tu, THREE_PAPERS)
    answers = await tu.sends()
    assert {answer.standing for answer in answers} == {Standing.APPLIED}, answers
    return one
