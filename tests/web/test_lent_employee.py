"""A post employee sits at a one-stop (row 4, F16): papers and money taken there are the post's, and so is the day."""

from uuid import UUID, uuid4

import pytest

from backend.staff.model import Role
from backend.units.demo import DISTRICT_ONE_STOP
from tests.builders import TODAY
from tests.builders_acts import another_post, printed
from tests.builders_staff import hired
from tests.pages import forms, plain
from tests.web.conftest import Desk, Office
from tests.web.test_counter_pages import EXTRACT, does, my_day, rows, served, slip_signed

SHIFTS, STOCK = "/desk/shifts", "/desk/label-sets"


async def lent(office: Office) -> tuple[UUID, Desk]:
    """A case, and Kim at its one-stop, lent by the post of the same level, which has three label sets in stock."""
    async with office.field() as field:
        await hired(field.tx, field.kim, field.one_stop, Role.POST_EMPLOYEE_AT_ONE_STOP)
        case, _ = await field.confirmed(procedure=EXTRACT)
        await printed(field, 3)
    return case, await office.desk("kim")


async def handed_out(office: Office, numbers: str) -> None:
    """By the post's dispatcher, to Kim."""
    ut = await office.desk("ut")
    [form] = forms(await ut.page(STOCK), "issue_label_sets")
    kim = str(office.town.people["kim"])
    assert (await ut.fill(STOCK, form | {"courier": kim, "numbers": numbers})).status_code == 303


async def test_what_is_collected_at_a_one_stop_is_paid_in_at_the_post_and_the_day_ends_with_nothing_in_hand(
    office: Office,
) -> None:
    case, kim = await lent(office)
    await handed_out(office, "1-2")
    assert (await my_day(kim, "begin_shift", {"float": "0"})).status_code == 303
    post = office.town.ground.furnished.post
    assert await rows(office, "SELECT unit_id, state FROM shifts") == [(post, "open")]
    await served(kim, case)
    await does(kim, case, "quote", {"copy": "3"})
    await does(kim, case, "collect", {"tendered": "50.000"})
    await slip_signed(kim, case)
    await does(kim, case, "seal", {"label": "2", "seal": "NP-9"})
    await does(kim, case, "finish_visit")
    assert await rows(office, "SELECT place, outcome FROM visits") == [("one_stop", "done")]
    page = plain((await kim.page(SHIFTS)).text)
    assert "Sổ ghi đang giữ 24.000" in page
    assert (await my_day(kim, "remit", {"amount": "24.000"})).status_code == 303
    assert (await my_day(kim, "close_shift", {"counted": "0", "numbers": "1"})).status_code == 303
    assert forms(await kim.page(SHIFTS), "countersign_close") == [], "somebody of the post signs"
    ut = await office.desk("ut")
    [form] = forms(await ut.page(SHIFTS), "countersign_close")
    assert (await ut.fill(SHIFTS, form)).status_code == 303
    assert await rows(office, "SELECT state, counted, difference FROM shifts") == [("closed", 0, 0)]
    till = "SELECT account, amount FROM balances WHERE account LIKE 'till:%' OR account LIKE 'cash:%' ORDER BY account"
    assert await rows(office, till) == [(f"cash:{kim.person}", 0), (f"till:{post}", 24_000)]
    assert await rows(office, "SELECT count(*) FROM exceptions") == [(0,)]


async def test_at_the_one_stop_nobody_sees_the_days_of_the_post(office: Office) -> None:
    _, kim = await lent(office)
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    assert (await my_day(await office.desk("ut"), "begin_shift", {"float": "0"})).status_code == 303
    assert "Chưa có ca nào" in plain((await kim.page(SHIFTS)).text)


@pytest.mark.parametrize("where", ["one_stop", "another post", "nowhere"])
async def test_a_day_is_begun_at_no_other_office_than_ones_own_post(office: Office, where: str) -> None:
    _, kim = await lent(office)
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        unit = {"one_stop": field.one_stop, "another post": await another_post(field)}.get(where, uuid4())
    body = {"unit": str(unit), "day": TODAY.isoformat(), "float_amount": 0}
    for desk in (kim, await office.desk("ut")):
        refused = await desk.act(uuid4(), "begin_shift", body, subject="shift")
        assert (refused.status_code, refused.json()["type"]) == (400, "urn:tannha:problem:not-at-your-post")
    assert await rows(office, "SELECT count(*) FROM shifts") == [(0,)]


async def test_where_no_post_is_written_for_a_one_stop_no_day_begins(office: Office) -> None:
    """The district's has none any more."""
    async with office.field() as field:
        await hired(field.tx, field.kim, DISTRICT_ONE_STOP, Role.POST_EMPLOYEE_AT_ONE_STOP)
        await printed(field, 1)
    assert forms(await (await office.desk("kim")).page(SHIFTS), "begin_shift") == []
    stock = await (await office.desk("ut")).page(STOCK)
    assert str(office.town.people["kim"]) not in stock.text, "nor are label sets handed out"
