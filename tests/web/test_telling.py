"""The desk sees what a citizen was told, and tells what no message could, with one button."""

import re
from functools import partial
from html import unescape
from uuid import UUID

from backend import work
from backend.ids import uuid7
from backend.notices.senders import Inbox
from backend.notices.sending import Sending
from backend.notices.telling import Duties
from tests.builders_app import BASE
from tests.web.conftest import Office


async def told(office: Office) -> None:
    """One round of the worker's timer."""
    running = office.running
    sending = Sending(office.database, running.ring, running.clock, Inbox(), BASE)
    act = partial(work.act_of_system, running.ring, running.clock)
    await work.tell(office.database, running.clock, sending, Duties(office.database, running.clock, act))


async def mismatched(office: Office, **personal: str) -> UUID:
    case = uuid7()
    async with office.field() as field:
        field.at = office.running.clock()
        who = {"owner_name": "Nguyễn Thị Huệ"} | personal
        await field.at_desk(field.mai, case, "register", field.registration(), personal=who)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    return case


def form_of(text: str, path: str) -> dict[str, str]:
    """The hidden and chosen values of the form that goes to `path`, as a browser sends them."""
    form = text.partition(f'<form method="post" action="{path}"')[2].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: unescape(value) for name, value in hidden}


async def test_the_case_says_what_the_citizen_was_told_and_when(office: Office) -> None:
    case = await mismatched(office, phone="0912 345 678")
    await told(office)
    mai = await office.desk("mai")
    page = (await mai.page(f"/desk/cases/{case}")).text
    section = page.partition('id="told"')[2].partition("</section>")[0]
    assert "Thông tin đăng ký chưa khớp" in section
    assert "Đã gửi" in section
    assert "tin nhắn" in section
    assert "0912" not in section


async def test_who_has_no_phone_is_on_the_list_until_somebody_tells(office: Office) -> None:
    case = await mismatched(office, address="Ấp 3, nhà lá")
    await told(office)
    mai, ut = await office.desk("mai"), await office.desk("ut")
    for desk in (mai, ut):
        page = (await desk.page("/desk/tell")).text
        assert "Nguyễn Thị Huệ" in page
        assert "Thông tin đăng ký chưa khớp. Hỏi lại thông tin đúng." in page, "what to say"
        assert "Ấp 3, nhà lá" in page
    path = f"/desk/tell/{case}"
    values = form_of(page, path) | {"how": "call", "whom": "household", "note": "con gái nghe máy"}
    assert values["kind"] == "record_told"
    answer = await ut.fill(path, values)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/tell?done=1")
    assert (await ut.fill(path, values)).status_code == 303, "two clicks are one act"
    page = (await ut.page("/desk/tell?done=1")).text
    assert "Nguyễn Thị Huệ" not in page
    assert "Đã ghi: công dân đã được báo." in page
    shown = (await ut.page(f"/desk/cases/{case}")).text.partition('id="told"')[2].partition("</section>")[0]
    assert "Gọi điện, Người cùng nhà" in shown
    assert "Trần Văn Út" in shown
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'record_told'") == 1


async def test_a_form_that_was_not_understood_is_shown_again_with_what_to_do(office: Office) -> None:
    case = await mismatched(office)
    await told(office)
    ut = await office.desk("ut")
    path = f"/desk/tell/{case}"
    values = form_of((await ut.page("/desk/tell")).text, path) | {"how": "pigeon", "whom": "owner"}
    answer = await ut.fill(path, values)
    assert answer.status_code == 400
    assert "Chọn một mục trong danh sách" in answer.text
    assert "Nguyễn Thị Huệ" in answer.text


async def test_another_office_sees_nothing_of_it(office: Office) -> None:
    case = await mismatched(office)
    await told(office)
    thao = await office.desk("thao")
    assert "Nguyễn Thị Huệ" not in (await thao.page("/desk/tell")).text
    values = {"act": str(uuid7()), "base": "0", "kind": "record_told", "duty": str(uuid7()), "how": "call"}
    assert (await thao.fill(f"/desk/tell/{case}", values)).status_code == 404


async def test_who_may_only_look_has_no_button(office: Office) -> None:
    await mismatched(office)
    await told(office)
    hoa = await office.desk("hoa")
    page = (await hoa.page("/desk/tell")).text
    assert "Nguyễn Thị Huệ" in page
    assert "record_told" not in page


async def test_what_events_overtook_is_dropped_at_the_one_stop_with_a_reason(office: Office) -> None:
    case = await mismatched(office)
    await told(office)
    mai = await office.desk("mai")
    page = (await mai.page(f"/desk/cases/{case}")).text
    assert "Không còn cần báo: Thông tin đăng ký chưa khớp" in page
    async with office.tx() as tx:
        duty = await tx.value("SELECT duty_id FROM duties")
    sent = {"kind": "drop_duty", "act": str(uuid7()), "base": "9", "duty": str(duty), "reason": "known"}
    assert (await mai.fill(f"/desk/cases/{case}", sent)).status_code == 303
    async with office.tx() as tx:
        assert await tx.value("SELECT state FROM duties") == "overtaken"


async def test_a_registration_says_how_the_citizen_wants_to_be_told(office: Office) -> None:
    ut = await office.desk("ut")
    page = (await ut.page("/desk/register")).text
    values = form_of(page, "/desk/register") | {
        "procedure": "2.000635",
        "owner_name": "Trần Văn Ba",
        "phone": "0912 000 002",
        "email": "ba@example.vn",
        "tell_by": "email",
        "shared_phone": "yes",
        "visit_commune": "30112",
        "competent_unit": str(office.town.ground.furnished.agency),
        "unit": str(office.town.ground.furnished.post),
    }
    wrong = await ut.fill("/desk/register", values | {"email": "ba-example.vn"})
    assert wrong.status_code == 400
    assert "Thư điện tử viết như" in wrong.text
    assert (await ut.fill("/desk/register", values)).status_code == 303
    async with office.tx() as tx:
        row = await tx.first("SELECT email, tell_by, shared_phone FROM contacts")
    assert row is not None
    assert tuple(row) == ("ba@example.vn", "email", True)
