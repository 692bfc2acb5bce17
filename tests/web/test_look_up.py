"""S06: the look-up number is for the ear. No public page takes it; a desk has the case in one step, and says why."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from backend.parcels import cards, look_up
from backend.parcels.codes import LETTERS, grouped, look_up_number
from tests.builders import Field
from tests.builders_acts import label_of, printed, sealed, took_papers
from tests.web.conftest import Desk, Office
from tests.web.test_label_sets import said

PATH = "/desk/look-up"
HTML = {"Accept": "text/html"}


async def a_card(field: Field) -> tuple[UUID, cards.Card]:
    """Of a case whose papers Lan has sealed."""
    [number] = await printed(field, to=field.lan)
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    assert not (await field.does(case, "seal", sealed(visit, await label_of(field, number), papers))).exceptions
    return case, cards.new_card(field.ring, number, field.at)


async def asks(desk: Desk, number: str, reason: str = "citizen_calls") -> httpx.Response:
    return await desk.fill(PATH, {"number": number, "reason": reason})


async def kept(office: Office) -> list[tuple[UUID, str, UUID | None]]:
    async with office.tx() as tx:
        rows = await tx.all("SELECT person_id, reason, case_id FROM card_look_ups ORDER BY at")
    return [tuple(row) for row in rows]


async def test_no_public_page_takes_the_number(office: Office) -> None:
    async with office.field() as field:
        case, card = await a_card(field)
    number = card.look_up_number
    for path in (
        f"/t/{number}",
        f"/t/{grouped(number)}",
        f"/?q={number}",
        f"/desk?q={number}",
        f"{PATH}?number={number}",
    ):
        page = await office.http.get(path, headers=HTML)
        assert str(case) not in page.text
        assert "Đang ở bước" not in page.text
    assert (await office.http.get(f"/t/{number}")).status_code == 404
    assert (await office.http.post(PATH, data={"number": number, "reason": "checking"})).status_code == 401
    assert await kept(office) == []


async def test_search_by_name_and_code_does_not_find_it_either(office: Office) -> None:
    async with office.field() as field:
        case, card = await a_card(field)
    ut = await office.desk("ut")
    for text in (card.look_up_number, grouped(card.look_up_number)):
        assert str(case) not in (await ut.get("/api/desk/cases", q=text)).text


async def test_an_office_of_the_case_has_it_in_one_step(office: Office) -> None:
    async with office.field() as field:
        case, card = await a_card(field)
    ut = await office.desk("ut")
    page = await asks(ut, f" {grouped(card.look_up_number).lower()} ")
    assert (page.status_code, page.headers["location"]) == (303, f"/desk/cases/{case}")
    assert await kept(office) == [(ut.person, "citizen_calls", case)]


async def test_1022_hears_how_far_it_is_and_nothing_personal(office: Office) -> None:
    async with office.field() as field:
        case, card = await a_card(field)
    kim = await office.desk("kim")
    page = await asks(kim, card.look_up_number)
    assert page.status_code == 200
    text = said(page)
    assert "Đang ở bước Đã nhận giấy tờ" in text
    assert "Bưu điện xã Mỹ Hiệp" in text
    for personal in ("Nguyễn Thị Huệ", "0912", "Ấp 1", "2.000635", str(case)):
        assert personal not in page.text
    assert await kept(office) == [(kim.person, "citizen_calls", case)]


async def test_one_wrong_character_refuses_itself(office: Office) -> None:
    """Wherever it stands, and whatever is in the database: nothing is searched for, and nothing kept."""
    number, kim = look_up_number(123_456_789), await office.desk("kim")
    for place in range(10):
        wrong = number[:place] + LETTERS[(LETTERS.index(number[place]) + 1) % 23] + number[place + 1 :]
        page = await asks(kim, wrong)
        assert page.status_code == 400
        assert "Số tra cứu này có ký tự sai" in page.text
        assert f'value="{wrong}"' in page.text
    assert await kept(office) == []


async def test_a_number_that_no_card_has_is_remembered(office: Office) -> None:
    kim = await office.desk("kim")
    page = await asks(kim, look_up_number(1), "checking")
    assert page.status_code == 404
    assert "Không có thẻ nào mang số này" in page.text
    assert await kept(office) == [(kim.person, "checking", None)]


async def test_a_card_that_is_bound_to_nothing_says_so(office: Office) -> None:
    async with office.field() as field:
        [number] = await printed(field, to=field.lan)
        card = cards.new_card(field.ring, number, field.at)
    page = await asks(await office.desk("kim"), card.look_up_number, "card_found")
    assert page.status_code == 200
    assert "Thẻ này chưa gắn với hồ sơ nào: Bưu tá đang giữ" in said(page)


async def test_who_tries_numbers_is_stopped_and_who_works_is_not(office: Office) -> None:
    async with office.field() as field:
        case, card = await a_card(field)
    kim, ut = await office.desk("kim"), await office.desk("ut")
    for value in range(look_up.MOST_WRONG):
        assert (await asks(kim, look_up_number(value * 7**15))).status_code == 404
    stopped = await asks(kim, card.look_up_number)
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["retry-after"]) <= look_up.WRONG_WITHIN.total_seconds()
    assert str(case) not in stopped.text
    assert (await asks(ut, card.look_up_number)).status_code == 303


async def test_the_limits_are_those_of_a_person_and_pass(field_in_office: Field) -> None:
    field = field_in_office
    case, card = await a_card(field)
    asked = {"person": field.kim, "typed": card.look_up_number, "reason": "checking"}
    for _ in range(look_up.MOST):
        found = await look_up.find(field.tx, field.ring, **asked, at=field.at)
        assert [one.case_id for one in found] == [case]
    with pytest.raises(look_up.TooManyLookUps):
        await look_up.find(field.tx, field.ring, **asked, at=field.at)
    later = field.at + look_up.WITHIN + timedelta(seconds=1)
    assert await look_up.find(field.tx, field.ring, **asked, at=later)


@pytest.fixture
async def field_in_office(office: Office) -> AsyncGenerator[Field]:
    async with office.field() as field:
        yield field


@pytest.mark.parametrize("reason", ["", "tò mò"])
async def test_without_a_reason_nothing_is_looked_for(office: Office, reason: str) -> None:
    async with office.field() as field:
        _, card = await a_card(field)
    page = await asks(await office.desk("kim"), card.look_up_number, reason)
    assert page.status_code == 400
    assert await kept(office) == []
