"""Exceptions of what has no page of a case: seen by the office whose day, bag or incident it is, and cleared there."""

from uuid import UUID

from backend.ids import uuid7
from backend.staff.model import Role
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders_acts import begun
from tests.builders_staff import hired
from tests.pages import forms
from tests.web.conftest import MY_THO, Office

PAGE = "/desk/review"


async def a_day_that_does_not_add_up(office: Office) -> UUID:
    """Lan counts too little and says no reason."""
    shift = uuid7()
    async with office.field() as field:
        await field.does(shift, "begin_shift", begun(field), subject="shift")
        answer = await field.does(shift, "close_shift", {"counted": 295_000}, subject="shift")
        assert list(answer.exceptions) == ["shift:guard:cash_explained"]
    return shift


async def test_the_post_sees_and_clears_what_opened_on_a_day(office: Office) -> None:
    shift = await a_day_that_does_not_add_up(office)
    hung = await office.desk("hung")
    page = await hung.page(PAGE)
    assert "Chờ xem xét (1)" in page.text
    assert 'href="/desk/shifts">Chốt ca' in page.text
    assert f"/desk/cases/{shift}" not in page.text
    [form] = forms(page, "clear_exception")
    assert (form["on"], form["subject"]) == ("shift", str(shift))
    answer = await hung.fill(PAGE, form | {"note": "Đếm lại cùng nhau"})
    assert answer.status_code == 303, answer.text[answer.text.find("refused") :][:600]
    assert forms(await hung.page(PAGE), "clear_exception") == []
    async with office.tx() as tx:
        row = await tx.first("SELECT cleared_by FROM exceptions WHERE case_id = $shift", shift=shift)
    assert row is not None
    assert row["cleared_by"] == hung.person


async def test_another_post_neither_sees_nor_clears_it(office: Office) -> None:
    shift = await a_day_that_does_not_add_up(office)
    hung = await office.desk("hung")
    [form] = forms(await hung.page(PAGE), "clear_exception")
    async with office.tx() as tx:
        await hired(tx, office.town.people["thao"], demo_unit_id(UnitKind.POST, MY_THO), Role.HEAD_OF_POST)
    thao = await office.desk("thao")
    assert forms(await thao.page(PAGE), "clear_exception") == []
    assert (await thao.fill(PAGE, form | {"act": str(uuid7())})).status_code == 403
    async with office.tx() as tx:
        assert await tx.value("SELECT cleared_at FROM exceptions WHERE case_id = $shift", shift=shift) is None


async def test_what_is_no_form_of_this_page_is_refused(office: Office) -> None:
    hung = await office.desk("hung")
    sent = {"act": str(uuid7()), "kind": "close_shift", "base": "0", "on": "shift", "subject": str(uuid7())}
    assert (await hung.fill(PAGE, sent)).status_code == 400
