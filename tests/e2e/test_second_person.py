"""One decides about papers, another signs: on a phone's screen, without a script, from the case and from the list."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from backend.acts.rules import current, load
from backend.ids import uuid7
from backend.simulate.carrier import Carrier
from backend.simulate.faults import Faults
from backend.simulate.journal import Journal
from backend.simulate.line import Line, Weather
from backend.simulate.naming import Naming
from backend.simulate.phone import Clock, Phone
from tests.builders import a_paper
from tests.e2e.running_demo import Demo
from tests.e2e.screens import PHONE, Screens
from tests.e2e.test_office import WITHOUT_SCRIPT, case_of, looks_well, sign_in


async def papers_taken_by_a_stranger(demo: Demo, case: dict[str, Any]) -> None:
    """Tú says to have taken papers of a case that never was his: it waits for a person."""
    who = next(one for one in demo.cast["couriers"] if one["account"] == "tu")
    naming = Naming(1, time.time_ns() // 1_000_000)
    line = Line(demo.url, patience=30, chance=naming.dice("line"))
    phone = Phone("máy của Tú", UUID(who["person"]), naming, Clock(timedelta()))
    weather = Weather(Faults(), naming.dice("weather"), 1)
    carrier = Carrier(phone, line, Journal(load(current())), weather, account=who["account"], password=who["password"])
    try:
        await carrier.enrol(who["enrolment_codes"].pop(0))
        body = {"visit_id": str(uuid7()), "papers": [a_paper()]}
        carrier.journal.made(phone.write("take_papers", UUID(case["case_id"]), body), phone.name)
        await carrier.send()
    finally:
        await line.close()


async def decides(page: Page, case: dict[str, Any]) -> None:
    """They are set aside: nobody took them."""
    await page.goto(f"/desk/cases/{case['case_id']}")
    await page.get_by_text("Xem xét: Nhận giấy tờ (1 giấy tờ)", exact=True).first.click()
    await expect(page.get_by_text("khi có người thứ hai ký cùng")).to_be_visible()
    await page.get_by_label("Để riêng").check()
    await page.get_by_role("button", name="Xem xét: Nhận giấy tờ (1 giấy tờ)").click()
    await expect(page.get_by_text("Chờ người khác ký cùng.")).to_be_visible()
    await expect(page.get_by_role("button", name="Ký cùng")).to_have_count(0)


@pytest.mark.parametrize(("second", "owner"), [("sau", "Hồ Thị Mận"), ("quy", "Lý Văn Bảy")])
async def test_a_second_person_signs_where_it_is_shown(screens: Screens, demo: Demo, second: str, owner: str) -> None:
    """The head of post on the page of the case, the cashier, who sees no case, in the list of what waits."""
    case = case_of(demo, owner)
    where = f"/desk/cases/{case['case_id']}" if second == "sau" else "/desk/review"
    await papers_taken_by_a_stranger(demo, case)
    first, other = [await screens.open(**PHONE, **WITHOUT_SCRIPT) for _ in range(2)]
    await sign_in(first, demo, "ut")
    await decides(first, case)
    for account, path in (("ut", f"/desk/cases/{case['case_id']}"), (second, where)):
        looking = await screens.open(**PHONE)
        await sign_in(looking, demo, account)
        await looking.goto(path)
        await looks_well(looking)
    await sign_in(other, demo, second)
    await other.goto(where)
    await expect(other.get_by_text("Trần Văn Út quyết định lúc").first).to_be_visible()
    await expect(other.get_by_text("Chờ người thứ hai ký cùng.")).to_be_visible()
    await other.get_by_role("button", name="Ký cùng").click()
    await expect(other.get_by_role("status")).to_contain_text("Đã ghi: Ký cùng việc xem xét.")
    await first.reload()
    await expect(first.get_by_text("ký cùng.")).to_have_count(0)
