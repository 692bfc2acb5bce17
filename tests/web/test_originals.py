"""Originals that are only looked at (row 25): apart from what is collected, and seen at a counter by a form."""

import re
from typing import Any
from uuid import UUID

import httpx

from backend.staff.model import Role
from tests.builders_acts import met
from tests.builders_staff import hired
from tests.pages import forms
from tests.web.conftest import Desk, Office
from tests.web.test_pages import case_page

BIRTH_AGAIN = "1.004884"
"""Of old papers a copy is taken and the original photographed; proof of identity is only looked at."""


async def at_a_counter(office: Office, *, place: str = "post_counter") -> tuple[UUID, Desk]:
    """A citizen has come and shown who they are; and the clerk who sits there."""
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        case, _ = await field.confirmed(procedure=BIRTH_AGAIN)
        booking = field.booking(place=place)
        here = {"visit_id": booking["visit_id"]}
        who = field.mai if place == "one_stop" else field.ut
        await field.at_desk(field.ut, case, "book", booking)
        await field.at_desk(who, case, "record_arrival", here)
        await field.at_desk(who, case, "check_identity", met(booking["visit_id"]))
    return case, await office.desk("mai" if place == "one_stop" else "ut")


def told(page: httpx.Response, heading: str) -> list[str]:
    """What stands below it, to be read only."""
    _, _, below = page.text.partition(f">{heading}</p>")
    return re.findall(r"<li>([^<]*)</li>", below.partition("</ul>")[0])


async def papers(office: Office) -> list[tuple[Any, ...]]:
    async with office.tx() as tx:
        rows = await tx.all("SELECT component, state, holder_kind, seen_by, condition FROM papers")
    return [tuple(row) for row in rows]


async def test_what_is_only_looked_at_stands_apart_from_what_is_collected(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered(procedure=BIRTH_AGAIN)
    mai = await office.desk("mai")
    page = await case_page(mai, case)
    [confirm] = forms(page, "confirm")
    assert confirm["listed"] == ["to_khai", "giay_to_cu"]
    assert 'value="giay_to_cu" checked> <span>Giấy tờ cũ có thông tin khai sinh: bản sao</span>' in page.text
    assert 'value="giay_to_tuy_than"' not in page.text
    assert told(page, "Xem rồi trả lại") == [
        "Giấy tờ cũ có thông tin khai sinh",
        "Giấy tờ tùy thân của người nộp (căn cước, hộ chiếu)",
    ]
    done = await mai.fill(f"/desk/cases/{case}", confirm)
    assert done.status_code == 303, done.text


async def test_a_clerk_at_a_counter_says_that_the_original_was_seen_and_handed_back(office: Office) -> None:
    case, ut = await at_a_counter(office)
    page = await case_page(ut, case)
    [form] = forms(page, "see_original")
    assert form["component"] == "giay_to_tuy_than"
    assert told(page, "Phải giữ ảnh: xem và chụp bằng điện thoại của bưu tá") == ["Giấy tờ cũ có thông tin khai sinh"]
    wrong = await ut.fill(f"/desk/cases/{case}", form | {"component": "giay_to_cu"})
    assert wrong.status_code == 400
    done = await ut.fill(f"/desk/cases/{case}", form | {"condition": "torn"})
    assert done.status_code == 303, done.text
    assert await papers(office) == [("giay_to_tuy_than", "seen", "citizen", ut.person, "torn")]
    page = await case_page(ut, case)
    assert "đã trả lại ngay" in page.text
    assert forms(page, "see_original") == []


async def test_at_a_one_stop_its_officer_sees_and_the_post_does_not(office: Office) -> None:
    case, mai = await at_a_counter(office, place="one_stop")
    ut = await office.desk("ut")
    assert forms(await case_page(ut, case), "see_original") == []
    [form] = forms(await case_page(mai, case), "see_original")
    done = await mai.fill(f"/desk/cases/{case}", form)
    assert done.status_code == 303, done.text
    assert [row[3] for row in await papers(office)] == [mai.person]


async def test_nobody_sees_an_original_at_a_counter_before_the_citizen_is_there(office: Office) -> None:
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        case, _, _ = await field.booked(place="post_counter")
    assert forms(await case_page(await office.desk("ut"), case), "see_original") == []
