"""S10: registered late and anywhere, forwarded to the post of the same level, and red when nobody acknowledges it."""

import re
from typing import Any

import httpx
import pytest

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
