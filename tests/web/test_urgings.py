"""Đôn đốc at desks: the supervisor urges from the page of a case, the unit sees and answers it, both have the list."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import httpx

from backend.ids import uuid7
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import TODAY
from tests.pages import forms, plain
from tests.web.conftest import Desk, Office

PAGE = "/desk/urgings"
WORDS, ANSWER = "Công dân chờ hai tuần. Báo rõ vì sao.", "Sáng mai bưu tá mang đến."
POST = "Bưu điện xã Mỹ Hiệp"


async def confirmed(office: Office) -> UUID:
    async with office.field() as field:
        return (await field.confirmed())[0]


async def sends(desk: Desk, case: UUID, kind: str, **typed: str) -> httpx.Response:
    """The form of the page as it is drawn, with what is typed into it."""
    [form] = forms(await desk.page(f"/desk/cases/{case}"), kind)
    return await desk.fill(f"/desk/cases/{case}", form | typed)


async def listed(desk: Desk) -> dict[str, list[str]]:
    """Heading -> what stands under it."""
    page = (await desk.page(PAGE)).text
    parts = re.split(r"<h2>(.*?) <small>\d+</small></h2>", page)[1:]
    lines = [[plain(one) for one in re.findall("<li>.*?</li>", text, re.S)] for text in parts[1::2]]
    return dict(zip(map(unescape, parts[::2]), lines, strict=True))


async def menu(desk: Desk) -> str | None:
    found = re.search(rf'<a href="{PAGE}"[^>]*>(.*?)</a>', (await desk.page("/desk")).text)
    return None if found is None else unescape(found[1])


async def test_the_supervisor_urges_the_unit_answers_and_both_see_it(office: Office) -> None:
    case = await confirmed(office)
    hoa, hung, mai = [await office.desk(name) for name in ("hoa", "hung", "mai")]
    assert (await menu(hung), await menu(hoa)) == ("Đôn đốc", "Đôn đốc")
    assert (await sends(hoa, case, "urge", words=WORDS)).status_code == 303
    assert [await menu(desk) for desk in (hung, hoa, mai)] == ["Đôn đốc (1)", "Đôn đốc (1)", "Đôn đốc"]
    for desk in (hung, hoa):
        assert {name: len(lines) for name, lines in (await listed(desk)).items()} == {
            "Quá hạn trả lời": 0,
            "Chờ trả lời": 1,
            "Đã trả lời": 0,
        }
    [line] = (await listed(hung))["Chờ trả lời"]
    assert "Nguyễn Thị Huệ" in line
    assert POST in line
    assert WORDS in line
    assert f"{TODAY + timedelta(days=2):%d/%m/%Y}" in line
    page = (await hung.page(f"/desk/cases/{case}")).text
    assert WORDS in page
    assert "Chờ trả lời" in page
    assert "Trả lời đôn đốc" in (await hung.page("/desk")).text, "as what is next"
    assert (await sends(hung, case, "answer_urging", answer=ANSWER)).status_code == 303
    assert [await menu(desk) for desk in (hung, hoa)] == ["Đôn đốc", "Đôn đốc"]
    for desk in (hung, hoa):
        shown = await listed(desk)
        assert (shown["Chờ trả lời"], shown["Quá hạn trả lời"]) == ([], [])
        [line] = shown["Đã trả lời"]
        assert WORDS in line
        assert ANSWER in line
    assert ANSWER in (await hoa.page(f"/desk/cases/{case}")).text


async def test_a_unit_that_is_not_urged_is_offered_no_answer(office: Office) -> None:
    case = await confirmed(office)
    hoa = await office.desk("hoa")
    await sends(hoa, case, "urge", words=WORDS)
    for account in ("mai", "ut", "binh", "hoa"):
        drawn = await (await office.desk(account)).page(f"/desk/cases/{case}")
        assert forms(drawn, "answer_urging") == [], account
        assert WORDS in drawn.text, f"{account} works on the case"
    for account in ("hung", "mai", "ut", "binh"):
        drawn = await (await office.desk(account)).page(f"/desk/cases/{case}")
        assert forms(drawn, "urge") == [], account


async def test_the_day_is_over_and_the_province_sees_which_unit_is_late(office: Office) -> None:
    case = await confirmed(office)
    hoa = await office.desk("hoa")
    async with office.tx() as tx:
        await tx.run(
            """INSERT INTO urgings (case_id, urging_id, unit_id, state, words, answer_by, urged_by, urged_at)
               SELECT case_id, $urging, handling_unit, 'urged', $words, '2026-11-20', $hoa, '2026-11-18T02:00:00Z'
               FROM cases WHERE case_id = $case""",
            urging=uuid7(),
            words=WORDS,
            hoa=hoa.person,
            case=case,
        )
    shown = await listed(hoa)
    assert (len(shown["Quá hạn trả lời"]), shown["Chờ trả lời"]) == (1, [])
    province = (await hoa.page("/desk/province")).text
    assert f'href="{PAGE}"' in province
    [late] = [one for one in re.findall("<li>.*?</li>", province, re.S) if "đôn đốc quá hạn trả lời" in one]
    assert POST in late
    assert "Quá hạn trả lời" in (await (await office.desk("hung")).page(f"/desk/cases/{case}")).text


async def test_another_commune_sees_nothing_and_others_have_no_such_page(office: Office) -> None:
    case = await confirmed(office)
    hoa, thao = await office.desk("hoa"), await office.desk("thao")
    await sends(hoa, case, "urge", words=WORDS)
    assert await menu(thao) == "Đôn đốc"
    page = await thao.page(PAGE)
    assert page.status_code == 200
    assert WORDS not in page.text
    refused = await thao.act(case, "answer_urging", {"urging_id": str(uuid7())}, personal={"answer": ANSWER})
    assert refused.status_code == 403
    for account in ("ut", "kim", "binh", "dung"):
        desk = await office.desk(account)
        assert (await desk.page(PAGE)).status_code == 403, account
        assert await menu(desk) is None, account


async def test_what_was_typed_stays_when_it_is_refused(office: Office) -> None:
    case = await confirmed(office)
    hoa, hung = await office.desk("hoa"), await office.desk("hung")
    refused = await sends(hoa, case, "urge", words=WORDS, answer_by="2026-11-01")
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert WORDS in refused.text
    await sends(hoa, case, "urge", words=WORDS)
    refused = await sends(hung, case, "answer_urging", answer="")
    assert refused.status_code == 400
    assert (await listed(hung))["Đã trả lời"] == []


async def test_where_the_case_went_on_to_another_post_it_answers_and_the_former_one_is_not_asked(
    office: Office,
) -> None:
    case = await confirmed(office)
    hoa, hung, mai = [await office.desk(name) for name in ("hoa", "hung", "mai")]
    await sends(hoa, case, "urge", words=WORDS)
    async with office.tx() as tx:
        other = demo_unit_id(UnitKind.POST, "28261")
        await tx.run("UPDATE cases SET handling_unit = $post WHERE case_id = $case", post=other, case=case)
    assert await menu(hung) == "Đôn đốc", "nothing that could be answered here"
    assert (await listed(hung))["Chờ trả lời"] == []
    assert await menu(mai) == "Đôn đốc (1)"
    assert (await sends(mai, case, "answer_urging", answer=ANSWER)).status_code == 303
    for desk in (hung, mai):
        [line] = (await listed(desk))["Đã trả lời"]
        assert ANSWER in line
