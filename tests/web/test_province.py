"""The page "Toàn tỉnh": every unit with what goes on and what waits for too long, for the supervisor alone."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from backend.ids import uuid7
from tests.builders import MORNING, Field
from tests.builders_acts import begun
from tests.web.conftest import Office

PAGE = "/desk/province"
POST, AGENCY = "Bưu điện xã Mỹ Hiệp", "Ủy ban nhân dân xã Mỹ Hiệp"


async def told(office: Office) -> dict[str, str]:
    """Name of the unit -> what is said of it."""
    drawn = (await (await office.desk("hoa")).page(PAGE)).text
    said = [" ".join(unescape(re.sub("<[^>]+>", " ", one)).split()) for one in re.findall("<li>.*?</li>", drawn, re.S)]
    names = re.findall(r'<span class="name">(.*?)</span>', drawn)
    return {unescape(name): text.removeprefix(unescape(name)) for name, text in zip(names, said, strict=True)}


async def test_cases_that_go_on_are_counted_at_their_post_and_agency_until_they_are_over(office: Office) -> None:
    async with office.field() as field:
        first, _ = await field.confirmed()
        await field.confirmed()
    assert {name: text[:8] for name, text in (await told(office)).items()} == {POST: " 2 hồ sơ", AGENCY: " 2 hồ sơ"}
    async with office.field() as field:
        await field.at_desk(field.ut, first, "cancel", {"reason": "citizen_asked"}, base=99)
    assert (await told(office))[POST].startswith(" 1 hồ sơ")
    page = (await (await office.desk("hoa")).page(PAGE)).text
    assert "Hồ sơ đang thực hiện: <strong>1</strong>" in page, "each counted once"


async def unacknowledged(field: Field) -> None:
    await field.registered()


async def past_its_day(field: Field) -> None:
    case, _ = await field.confirmed()
    await field.tx.run("UPDATE cases SET state = 'in_progress' WHERE case_id = $case", case=case)
    await field.tx.run(
        """UPDATE dossiers SET received_at = $at, due_on = '2026-11-20', receipt_at = $at, receipt_by = $mai
           WHERE case_id = $case""",
        case=case,
        at=MORNING - timedelta(days=9),
        mai=field.mai,
    )


async def asked(field: Field) -> None:
    case, _ = await field.confirmed()
    body = {"question_id": str(uuid7())}
    await field.at_desk(field.ut, case, "ask_guidance", body, personal={"question": "Nhận bản sao được không?"}, base=9)


async def against_the_rules(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=9)
    assert (await field.does(case, "record_arrival", {"visit_id": visit})).exceptions


async def an_incident(field: Field) -> None:
    body = {"cause": "dog", "unit": str(field.post)}
    await field.at_desk(field.ut, uuid7(), "report_incident", body, subject="incident")


async def a_refund(field: Field) -> None:
    case, [charge] = await field.confirmed(8_000)
    await field.tx.run(
        """INSERT INTO refunds (case_id, refund_id, amount, cause, state, owner_unit, due_on, opened_at, approved_by,
                                paid)
           VALUES ($case, $refund, 8000, 'paid_twice', 'due', $post, '2026-11-20', $at, '{}', 0)""",
        case=case,
        refund=charge,
        post=field.post,
        at=field.at,
    )


async def a_day_left_open(field: Field) -> None:
    await field.does(uuid7(), "begin_shift", begun(field) | {"day": "2026-11-24"}, subject="shift")


@pytest.mark.parametrize(
    ("happens", "unit", "said"),
    [
        (unacknowledged, POST, "đăng ký bưu điện chưa nhận: 1"),
        (past_its_day, AGENCY, "quá hẹn trả: 1"),
        (asked, AGENCY, "câu hỏi chưa trả lời: 1"),
        (against_the_rules, POST, "ngoại lệ chờ xem xét: 2"),
        (an_incident, POST, "sự cố chưa xong: 1"),
        (a_refund, POST, "hoàn trả quá hạn: 1"),
        (a_day_left_open, POST, "ca chưa chốt: 1"),
    ],
)
async def test_what_waits_for_too_long_is_told_of_the_unit_that_should_do_it(
    office: Office, happens: Any, unit: str, said: str
) -> None:
    async with office.field() as field:
        field.at = MORNING - timedelta(days=3)
        await happens(field)
    shown = await told(office)
    assert said in shown[unit], shown
    assert not any(said in text for name, text in shown.items() if name != unit), shown


async def test_nobody_else_oversees_the_province(office: Office) -> None:
    for account in ("ut", "mai", "kim", "hung", "dung"):
        desk = await office.desk(account)
        assert (await desk.page(PAGE)).status_code == 403, account
        assert PAGE not in (await desk.page("/desk")).text
    hoa = await office.desk("hoa")
    assert f'href="{PAGE}"' in (await hoa.page("/desk")).text
    assert "số liệu tính đến" in (await hoa.page(PAGE)).text
