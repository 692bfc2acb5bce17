"""The page "Phúc tra": who is on it for whom, that who had a hand in the visit only reads, and what a refusal keeps."""

from datetime import timedelta
from uuid import UUID

import httpx

from backend.staff.model import Role
from backend.sync import call_backs
from tests.builders import Field
from tests.builders_staff import hired
from tests.pages import plain
from tests.sync.test_call_backs import at_a_counter
from tests.sync.test_presence import AT_THE_CAFE, comes, fails, marked
from tests.web.conftest import Desk, Office

PAGE = "/desk/call-backs"


async def a_red_visit(field: Field) -> tuple[UUID, str]:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_THE_CAFE)
    await fails(field, case, visit)
    await call_backs.list_due(field.tx, field.ring, field.at + timedelta(days=1))
    call_back = await field.tx.value("SELECT call_back_id FROM call_backs WHERE case_id = $case", case=case)
    return case, str(call_back)


async def answers(desk: Desk, case: UUID, call_back: str, answer: str) -> httpx.Response:
    page = await desk.page(PAGE)
    act = page.text.partition('name="act" value="')[2][:36]
    sent = {"kind": "record_call_back", "act": act, "base": "0", "call_back": call_back, "answer": answer}
    return await desk.fill(f"{PAGE}/{case}", sent | {"note": "Nhà có người cả ngày"})


async def test_the_head_of_the_post_asks_and_sees_each_couriers_share(office: Office) -> None:
    async with office.field() as field:
        case, call_back = await a_red_visit(field)
    hung = await office.desk("hung")
    page = (await hung.page(PAGE)).text
    assert "Nguyễn Thị Huệ" in page
    assert "Vì: mức đỏ, không thành công" in page
    assert "<td>1</td><td>1 (100 %)</td><td>0</td><td>0</td>" in page
    assert (await answers(hung, case, call_back, "disagrees")).status_code == 303
    page = (await hung.page(PAGE)).text
    assert "Không còn lượt nào cần phúc tra" in page
    assert "Công dân nói khác" in page
    assert "<td>1</td><td>1 (100 %)</td><td>1</td><td>1 (100 %)</td>" in page
    assert "Công dân nói khác lượt đã ghi" in (await hung.page("/desk/incidents")).text


async def test_a_visit_at_a_counter_stands_there_without_a_grade(office: Office) -> None:
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        case = await at_a_counter(field, 8_000, outcome="partly")
        await call_backs.list_due(field.tx, field.ring, field.at + timedelta(days=1))
        call_back = await field.tx.value("SELECT call_back_id FROM call_backs WHERE case_id = $case", case=case)
    hung = await office.desk("hung")
    page = plain((await hung.page(PAGE)).text)
    assert "Hoàn thành một phần · đã thu 0 đ · Quầy bưu điện, Trần Văn Út" in page
    assert "Vì: phí chưa nộp, từ chối hoặc được miễn" in page
    assert "mức" not in page.partition("Vì:")[2].partition("Công dân nói")[0]
    assert (await answers(hung, case, str(call_back), "disagrees")).status_code == 303
    assert "Công dân nói khác lượt đã ghi" in (await hung.page("/desk/incidents")).text


async def test_an_answer_nobody_chose_is_refused_and_what_was_typed_is_still_there(office: Office) -> None:
    async with office.field() as field:
        case, call_back = await a_red_visit(field)
    hung = await office.desk("hung")
    refused = await answers(hung, case, call_back, "perhaps")
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert "Nhà có người cả ngày" in refused.text


async def test_another_commune_and_who_may_not_ask_see_nothing(office: Office) -> None:
    async with office.field() as field:
        case, call_back = await a_red_visit(field)
    for account in ("ut", "mai", "lan", "dung"):
        desk = await office.desk(account)
        assert (await desk.page(PAGE)).status_code == 403
        asked = await desk.act(case, "record_call_back", {"call_back_id": call_back, "answer": "agrees"})
        assert asked.status_code == 403, account
    kim, hoa = await office.desk("kim"), await office.desk("hoa")
    assert "Nguyễn Thị Huệ" not in (await kim.page(PAGE)).text
    assert "Nguyễn Thị Huệ" in (await hoa.page(PAGE)).text
