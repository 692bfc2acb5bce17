"""Row 17 of `requirements.md`: who filed online without the post asks for it later, until the result is returned."""

from html import unescape
from typing import Any

import httpx
import pytest

from backend.ids import uuid7
from tests import builders_portal as portal
from tests.stories.desk import slug, words
from tests.stories.matter import Matter
from tests.stories.phone import took_effect
from tests.stories.town import Town

LIVE, CLOSED = "Hồ sơ này đã có đăng ký đang thực hiện", "Cơ quan đã trả kết quả hoặc đã dừng hồ sơ này"
OWNER, PHONE = "Kiều Thị Mười Bảy", "0912 345 717"


def filed(number: int) -> str:
    """The code of a dossier that was filed online."""
    return f"H20.12-261201-{number:04}"


async def asks(town: Town, who: str, code: str, **typed: str) -> httpx.Response:
    """By the form of the page, whatever becomes of it."""
    desk = town.desk(who)
    asked = {"dossier_code": code, "procedure": "2.000635", "owner_name": "Nguyễn Thị Huệ", "another": "yes"}
    return await desk.send("/desk/register", await desk.form("/desk/register", "register") | asked | typed)


@pytest.mark.parametrize(
    ("who", "channel", "number"), [("kim", "hotline", 171), ("mai", "one_stop", 172), ("giang", "post", 173)]
)
async def test_row_17_who_filed_online_asks_for_the_post_later_by_1022_a_one_stop_or_a_post(
    town: Town, who: str, channel: str, number: int
) -> None:
    one = await Matter.registered(town, who, dossier_code=filed(number))
    shown = await one.shown(who)
    assert (shown["dossier_code"], shown["registrations"][0]["channel"]) == (filed(number), channel)
    await one.confirmed()
    assert (await one.shown())["state_vi"] == "Đã xác nhận"


async def test_row_17_at_any_time_while_the_agency_is_at_work_until_it_returned_the_result(town: Town) -> None:
    """Given up once, asked for anew while the agency handles it, and no more once the result is returned."""
    for status in ("2", "4", "5"):
        one = await Matter.registered(town, "kim", dossier_code=filed(174))
        await one.confirmed()
        await one.does("mai", "report_portal_status", {"status": status})
        await one.does("ut", "cancel", {"reason": "citizen_asked"})
    last = await Matter.registered(town, "giang", dossier_code=filed(174))
    await last.confirmed()
    await last.does("mai", "report_portal_status", {"status": "10"})
    refused = await asks(town, "mai", filed(174))
    assert refused.status_code == 409, words(refused)
    assert CLOSED in unescape(refused.text)


@pytest.mark.parametrize("status", ["3", "7", "8", "10"])
async def test_row_17_a_dossier_that_the_agency_closed_is_refused(town: Town, status: str) -> None:
    code = filed(180 + int(status))
    one = await Matter.registered(town, dossier_code=code)
    await one.confirmed()
    await one.does("mai", "report_portal_status", {"status": status})
    for who in ("kim", "mai", "giang"):
        refused = await asks(town, who, code)
        assert refused.status_code == 409, words(refused)
        assert CLOSED in unescape(refused.text), who
    portals = await town.portal_registers(portal.asked(f"DVC-{code}", dossier_code=code))
    assert (portals.status_code, slug(portals)) == (409, "not-now")


async def test_row_17_a_live_registration_is_not_made_twice_and_says_nothing_of_whose_it_is(town: Town) -> None:
    """By whatever channel the second one comes; what was typed is still there."""
    code = filed(195)
    one = await Matter.registered(town, "kim", dossier_code=code, owner_name=OWNER, phone=PHONE)
    for who in ("kim", "mai", "thao", "giang"):
        refused = await asks(town, who, code)
        assert refused.status_code == 409, words(refused)
        page = unescape(refused.text)
        assert LIVE in page, who
        assert f'value="{code}"' in page, "what was typed is still there"
        assert OWNER not in page
        assert PHONE not in page
    portals = await town.portal_registers(portal.asked(f"DVC-{code}", dossier_code=code))
    assert (portals.status_code, slug(portals)) == (409, "not-now")
    found = (await town.desk("kim").read(f"/api/desk/cases?q={code}")).json()["cases"]
    assert [line["case_id"] for line in found] == [str(one.id)]


async def test_row_17_at_a_door_both_are_kept_and_a_person_merges_them(town: Town) -> None:
    """After papers are taken nothing is refused because a live registration exists (F02)."""
    code, lan = filed(196), await town.phone("lan")
    first = await Matter.registered(town, "kim", dossier_code=code, owner_name=OWNER)
    who: dict[str, Any] = {"owner_name": OWNER, "owner_number": "087155000717"}
    second = Matter.asked_for(town, lan, who, uuid7())
    second.checks_identity(lan)
    second.takes(lan)
    second.seals(lan)
    second.finishes(lan)
    took_effect(await lan.sends())
    assert (await second.shown())["state_vi"] == "Đã nhận giấy, chờ xác nhận"
    await second.to_the_post(lan)
    alike = (await town.desk("mai").read("/api/desk/cases?alike=true")).json()["cases"]
    assert {str(first.id), str(second.id)} <= {line["case_id"] for line in alike}
    merged = await town.desk("mai").act(first.id, "merge", {"survivor": str(second.id), "reason": "same_matter"})
    assert merged.status_code == 200, merged.text
    assert (await first.shown("kim"))["state_vi"] == "Đã gộp"
    assert (await second.shown())["dossier_code"] == code
