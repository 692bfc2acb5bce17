"""The list of appointments nobody has confirmed: whom to call, what to say, and what became of it (F20)."""

from typing import Any
from uuid import UUID

from tests.web.conftest import Desk, Office
from tests.web.test_telling import form_of


async def a_promise(office: Office, **changes: Any) -> tuple[UUID, str]:
    """(case, appointment) of Huệ at Mỹ Hiệp: Lan comes today, seven to eight."""
    async with office.field() as field:
        field.at = office.running.clock()
        case, _, _ = await field.booked(agreed=False, **changes)
        appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $case", case=case)
        return case, str(appointment)


async def called(desk: Desk, case: UUID, outcome: str, **more: str) -> Any:
    path = f"/desk/calls/{case}"
    values = form_of((await desk.page("/desk/calls")).text, path) | {"outcome": outcome, "next": ""} | more
    return await desk.fill(path, values)


async def row_of(office: Office, case: UUID) -> dict[str, Any]:
    async with office.tx() as tx:
        found = await tx.first(
            "SELECT state, calls, call_outcome, next_call_at FROM appointments WHERE case_id = $case", case=case
        )
    assert found is not None
    return dict(found.items())


async def test_whom_to_call_and_what_to_say_stand_on_the_list_until_the_citizen_agrees(office: Office) -> None:
    case, _ = await a_promise(office)
    hung, ut = await office.desk("hung"), await office.desk("ut")
    for desk in (hung, ut):
        page = (await desk.page("/desk/calls")).text
        assert "Nguyễn Thị Huệ" in page
        assert 'href="tel:0912345678"' in page
        assert "07:00-08:00" in page
        assert "Nhắc chuẩn bị" in page
    answer = await called(hung, case, "agreed")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/calls?done=1")
    page = (await ut.page("/desk/calls?done=1")).text
    assert "Nguyễn Thị Huệ" not in page
    assert "Đã ghi cuộc gọi." in page
    assert await row_of(office, case) == {
        "state": "agreed",
        "calls": 1,
        "call_outcome": "agreed",
        "next_call_at": None,
    }


async def test_who_did_not_answer_is_called_again_later_and_stands_behind_the_others(office: Office) -> None:
    case, _ = await a_promise(office)
    ut = await office.desk("ut")
    path = f"/desk/calls/{case}"
    page = (await ut.page("/desk/calls")).text
    assert "tối nay 18:00" in page
    assert (await called(ut, case, "no_answer", next="2026-11-25T18:00:00+07:00")).status_code == 303
    other, _ = await a_promise(office, window="16:00-17:00")
    page = (await ut.page("/desk/calls")).text
    assert page.index(f"/desk/calls/{other}") < page.index(path), "who is to be called now comes first"
    assert "Đã gọi 1 lần" in page
    assert "gọi lại lúc" in page
    row = await row_of(office, case)
    assert (row["state"], row["calls"], row["call_outcome"]) == ("waiting_call", 1, "no_answer")
    assert row["next_call_at"] is not None
    async with office.field() as field:
        field.at = office.running.clock()
        booking = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $case", case=case)
        moved = {"appointment_id": str(booking), "courier": str(field.lan), "day": "2026-11-26", "seat": 31}
        await field.at_desk(field.ut, case, "move_appointment", moved | {"window": "09:00-10:00"}, base=99)
    row = await row_of(office, case)
    assert (row["state"], row["calls"], row["next_call_at"]) == ("waiting_call", 1, None), "asked anew, at once"


async def test_who_wants_another_time_is_brought_to_the_case(office: Office) -> None:
    case, _ = await a_promise(office)
    ut = await office.desk("ut")
    answer = await called(ut, case, "change_time")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/cases/{case}")
    assert "Dời lịch hẹn" in (await ut.page(f"/desk/cases/{case}")).text


async def test_two_clicks_are_one_call(office: Office) -> None:
    case, _ = await a_promise(office)
    ut = await office.desk("ut")
    path = f"/desk/calls/{case}"
    values = form_of((await ut.page("/desk/calls")).text, path) | {"outcome": "no_answer", "next": ""}
    assert [(await ut.fill(path, values)).status_code for _ in range(2)] == [303, 303]
    assert (await row_of(office, case))["calls"] == 1


async def test_what_no_list_offers_is_said_beside_the_field(office: Office) -> None:
    case, _ = await a_promise(office)
    ut = await office.desk("ut")
    for wrong in ({"outcome": "perhaps"}, {"outcome": "no_answer", "next": "soon"}):
        answer = await called(ut, case, **wrong)
        assert answer.status_code == 400
        assert "rồi gửi lại" in answer.text
    assert (await row_of(office, case))["calls"] == 0


async def test_another_post_neither_sees_nor_calls(office: Office) -> None:
    case, _ = await a_promise(office)
    ut, thao = await office.desk("ut"), await office.desk("thao")
    assert (await thao.page("/desk/calls")).status_code == 403, "an officer of a one-stop calls nobody"
    path = f"/desk/calls/{case}"
    values = form_of((await ut.page("/desk/calls")).text, path) | {"outcome": "agreed", "next": ""}
    assert (await thao.fill(path, values)).status_code == 403
