"""The list of the day's visits: by courier and window, a household in one stop, each case with what changes hands."""

import re

from tests.sync.test_household import a_household
from tests.web.conftest import Office

DAY = "/desk/day?day=2026-11-25"


async def test_the_day_says_whom_to_meet_what_is_taken_and_what_is_due(office: Office) -> None:
    async with office.field() as field:
        await field.booked(8_000)
        await field.booked(courier=str(field.tu), day="2026-11-26")
    ut = await office.desk("ut")
    page = (await ut.page(DAY)).text
    assert "Thứ Tư 25/11/2026" in page
    assert "07:00-08:00 · Nhận giấy tờ" in page
    assert "Nguyễn Thị Huệ" in page
    assert "Tờ khai cấp bản sao trích lục hộ tịch · 1 bản chính" in page
    assert "phải thu 8.000\u00a0đ" in page
    assert "Võ Anh Tú" not in page
    assert "Võ Anh Tú" in (await ut.page("/desk/day?day=2026-11-26")).text


async def test_a_household_is_one_stop_with_a_part_for_each_case(office: Office) -> None:
    async with office.field() as field:
        _, visit = await a_household(field, 2)
        other, _ = await field.confirmed(4_000, procedure="2.000815")
        await field.at_desk(field.ut, other, "book", field.booking(visit_id=visit))
    page = (await (await office.desk("ut")).page(DAY)).text
    assert len(re.findall(r'<span class="name">07:00-08:00', page)) == 1
    assert len(re.findall(r"<summary>", page)) == 3
    assert "Bản chính giấy tờ, văn bản · 1 bản chính" in page


async def test_who_has_not_been_called_yet_is_marked_and_who_left_is_gone(office: Office) -> None:
    async with office.field() as field:
        case, _, _ = await field.booked(agreed=False)
        appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $c", c=case)
    ut = await office.desk("ut")
    assert "chưa gọi xác nhận" in (await ut.page(DAY)).text
    async with office.field() as field:
        body = {"appointment_id": str(appointment), "reason": "citizen_asked"}
        await field.at_desk(field.ut, case, "cancel_appointment", body, base=99)
    assert "Ngày này chưa có lượt phục vụ nào." in (await ut.page(DAY)).text


async def test_a_day_that_is_none_is_today(office: Office) -> None:
    ut = await office.desk("ut")
    for day in ("", "hôm nay", "2026-02-30", "9999-12-31", "0001-01-01"):
        assert "25/11/2026" in (await ut.page(f"/desk/day?day={day}")).text
