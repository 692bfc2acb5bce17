"""S10: registered late and anywhere, forwarded to the post of the same level, and red when nobody acknowledges it."""

import re
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.stories.desk import words
from tests.stories.matter import AGENCY, PROVINCE_POST, Matter
from tests.stories.town import Town

DAY = "2026-11-25"
HOTLINE = "Tổng đài Thông tin dịch vụ công 1022 tỉnh Đồng Tháp"
MY_THO = "Trung tâm Phục vụ hành chính công phường Mỹ Tho"
MY_THO_POST = "Bưu điện phường Mỹ Tho"
OVERDUE = "Quá hạn: bưu điện chưa nhận đăng ký"
SAME_LEVEL = {"handling_unit": ""}
"""As the form is drawn: the post of the same level."""


@pytest.mark.begins("2026-11-25T15:30")
async def test_s10_any_unit_the_post_of_the_same_level(town: Town) -> None:
    await town.clock(DAY, "15:30")
    filed: dict[str, Any] = {
        "dossier_code": "H20.12-261120-0110",
        "owner_name": "Phan Văn Đặng",
        "owner_number": "087200000110",
        "procedure": "2.000635",
    }
    kims = await Matter.registered(town, "kim", **filed | SAME_LEVEL)
    thaos = await Matter.registered(town, "thao", **filed | SAME_LEVEL | {"dossier_code": "H20.12-261120-0111"})
    assert await units(town, kims, "kim") == (HOTLINE, PROVINCE_POST, AGENCY)
    assert await units(town, thaos, "thao") == (MY_THO, MY_THO_POST, AGENCY)
    both = (("kim", "hung", PROVINCE_POST, kims), ("thao", account_at(town, MY_THO_POST), MY_THO_POST, thaos))
    for sender, acknowledger, _, one in both:
        await one.does(sender, "forward", not_by=acknowledger)

    # Within the time nobody is blamed; after it both are, until the post has acknowledged it.
    looking = [(who, one) for *people, _, one in both for who in people]
    assert [await is_red(town, who, one) for who, one in looking] == [False] * 4
    await town.clock(DAY, "19:31")
    assert [await is_red(town, who, one) for who, one in looking] == [True] * 4
    for _, acknowledger, _, one in both:
        await one.does(acknowledger, "acknowledge_forward", not_by="mai")
    assert [await is_red(town, who, one) for who, one in looking] == [False] * 4

    for sender, acknowledger, post, one in both:
        said = told_of(await town.desk(sender).page(f"/desk/cases/{one.id}"))
        acknowledged = town.name(acknowledger)
        assert said["Chuyển bưu điện"] == f"{post}, 25/11/2026 15:30, trên hệ thống, {town.name(sender)}"
        assert said["Bưu điện đã nhận"] == f"25/11/2026 19:31, {acknowledged}"
        assert said["Kênh"].endswith("25/11/2026 15:30")


DISTRICT, DISTRICT_POST = "Bộ phận Tiếp nhận và Trả kết quả huyện Tháp Mười", "Bưu điện huyện Tháp Mười"
PROVINCE = "Ủy ban nhân dân tỉnh Đồng Tháp"


@pytest.mark.begins("2026-11-25T19:32")
async def test_s10_entered_late_it_goes_to_the_post_of_its_day(town: Town) -> None:
    """On 15/06/2025 there were districts, and a one-stop there forwarded to the district's post."""
    kim, path = town.desk("kim"), "/desk/register?registered_on=15/06/2025"
    page = await kim.page(path)
    one_stop = option(page, DISTRICT)
    assert DISTRICT not in (await kim.page("/desk/register")).text
    filed = {
        "procedure": "2.000635",
        "dossier_code": "H20-250615-0112",
        "owner_name": "Phan Thị Giấy",
        "owner_number": "087200000113",
        "unit": one_stop,
        "competent_unit": str(town.unit(PROVINCE)),
    }
    form = await kim.form(path, "register") | filed | SAME_LEVEL
    answer = await kim.send("/desk/register", form)
    assert answer.status_code == 303, words(answer)
    case = UUID(answer.headers["location"].partition("/desk/cases/")[2][:36])
    said = told_of(await kim.page(f"/desk/cases/{case}"))
    assert (said["Đơn vị đăng ký"], said["Bưu cục"], said["Cơ quan giải quyết"]) == (DISTRICT, DISTRICT_POST, PROVINCE)
    assert said["Ngày đăng ký trên giấy"] == "15/06/2025"
    drawn = await kim.form(f"/desk/cases/{case}", "forward")
    refused = await kim.send(f"/desk/cases/{case}", drawn | {"to_unit": str(town.unit(PROVINCE_POST))})
    assert refused.status_code == 409, refused.text
    await kim.does(case, "forward")
    shown = await kim.shown(case)
    [registration] = shown["registrations"]
    assert registration["registered_at"] == "2025-06-14T17:00:00Z"
    assert (registration["unit_id"], registration["forwarded_to"]) == (one_stop, shown["handling_unit"])
    assert shown["state_vi"] == "Chờ cơ quan xác nhận"
    said = told_of(await kim.page(f"/desk/cases/{case}"))
    assert said["Chuyển bưu điện"].startswith(f"{DISTRICT_POST}, 25/11/2026 ")
    assert said["Chuyển bưu điện"].endswith(f", trên hệ thống, {town.name('kim')}")


@pytest.mark.begins("2026-11-25T19:33")
async def test_s10_nobody_registered_on_a_day_to_come_or_before_the_service_began(town: Town) -> None:
    kim = town.desk("kim")
    for wrong in ("01/01/2027", "26/08/2020", "31/02/2025", "hôm qua"):
        page = await kim.page(f"/desk/register?registered_on={wrong}")
        assert page.status_code == 400, wrong
        form = await kim.form("/desk/register", "register")
        typed = {"procedure": "2.000635", "owner_name": "Phan Thị Giấy", "registered_on": wrong}
        assert (await kim.send("/desk/register", form | typed)).status_code == 400, wrong


def option(page: httpx.Response, name: str) -> str:
    """What a list of the page sends for that name."""
    found = re.search(rf'<option value="([0-9a-f-]{{36}})"[^>]*>{name}', page.text)
    assert found, page.text
    return found[1]


async def units(town: Town, one: Matter, account: str) -> tuple[str, str, str]:
    """The three of a case: where it was registered, the post, the agency; as the page names them."""
    said = told_of(await town.desk(account).page(f"/desk/cases/{one.id}"))
    return said["Đơn vị đăng ký"], said["Bưu cục"], said["Cơ quan giải quyết"]


def told_of(page: httpx.Response) -> dict[str, str]:
    """What the page says under "Đăng ký"."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.text, re.DOTALL)
    return {name: re.sub(r"<[^>]*>", "", told).strip() for name, told in pairs}


async def is_red(town: Town, account: str, one: Matter) -> bool:
    """On the list, and on the page of the case."""
    desk = town.desk(account)
    line = (await desk.page("/desk")).text.partition(f'href="/desk/cases/{one.id}"')[2].partition("</li>")[0]
    assert line
    page = (await desk.page(f"/desk/cases/{one.id}")).text
    assert (OVERDUE in line) == (OVERDUE in page) == (await desk.shown(one.id))["overdue"]
    return OVERDUE in line


def account_at(town: Town, post: str) -> str:
    """The dispatcher there."""
    unit = str(town.unit(post))
    return next(
        one["account"]
        for one in town.demo.cast["desks"]
        if any((held["role"], held["unit"]) == ("dispatcher", unit) for held in one["roles"])
    )
