"""Who is who, at a desk: entered with the registration, shown to whom it concerns, put right by forms."""

from typing import Any
from uuid import UUID

import httpx

from backend.sync import bundle
from backend.sync.day import Day
from tests.builders import MORNING, Field
from tests.builders_acts import party
from tests.sync.test_planning import carrier
from tests.web.conftest import Desk, Office
from tests.web.test_pages import case_page, forms

MOTHER = {
    "filer_name": "Lâm Thị Mẹ",
    "filer_relation": "parent",
    "filer_paper": "341 987 654",
    "filer_born": "1961",
    "filer_phone": "+81 90 1234 5678",
    "filer_shared": "yes",
}
COMPANY = {"owner_name": "Công ty Lúa", "owner_kind": "organisation", "owner_number": "0102595740001"}
EMPLOYEE = {
    "filer_name": "Trần Văn Nhân",
    "filer_relation": "employee",
    "filer_authority": "introduction",
    "filer_until": "24/11/2026",
}


async def registers(desk: Desk, **said: str) -> httpx.Response:
    [form] = forms(await desk.page("/desk/register"), "register")
    typed = form | {"procedure": "2.000635", "owner_name": "Nguyễn Gia Hân", "owner_born": "20/11/2026"} | said
    return await desk.fill("/desk/register", typed)


async def registered(desk: Desk, **said: str) -> UUID:
    done = await registers(desk, **said)
    assert done.status_code == 303, done.text
    return UUID(done.headers["location"].partition("cases/")[2].partition("?")[0])


async def by_role(desk: Desk, case: UUID) -> dict[str, dict[str, Any]]:
    answer = await desk.get(f"/api/desk/cases/{case}")
    assert answer.status_code == 200, answer.text
    return {one["role"]: one for one in answer.json()["parties"]}


async def test_a_mother_lodges_for_a_newborn(office: Office) -> None:
    mai = await office.desk("mai")
    case = await registered(mai, **MOTHER)
    found = await by_role(mai, case)
    assert set(found) == {"owner", "filer"}
    assert (found["owner"]["born"], found["owner"]["number"]) == ("2026-11-20", None)
    mother = found["filer"]
    assert (mother["relation"], mother["old_number"], mother["number"]) == ("parent", "341987654", None)
    assert (mother["phone"], mother["shared_phone"], mother["born"]) == ("+81 90 1234 5678", True, "1961")
    page = (await case_page(mai, case)).text
    for said in ("Cha, mẹ", "CMND cũ, chỉ để tra cứu: 341987654", "Sinh năm 1961", "dùng chung", "Sinh 20/11/2026"):
        assert said in page, said


async def test_a_company_and_its_employee_whose_letter_has_ended(office: Office) -> None:
    mai = await office.desk("mai")
    case = await registered(mai, **(COMPANY | EMPLOYEE | {"owner_born": ""}))
    found = await by_role(mai, case)
    assert (found["owner"]["kind"], found["owner"]["tax_code"]) == ("organisation", "0102595740-001")
    assert "giấy giới thiệu, đã hết hạn ngày 24/11/2026" in (await case_page(mai, case)).text


async def test_what_is_typed_wrong_is_told_and_still_there(office: Office) -> None:
    mai = await office.desk("mai")
    for said, why in (
        (MOTHER | {"filer_paper": "12345"}, "Số giấy tờ có 9 hoặc 12 chữ số"),
        (MOTHER | {"filer_born": "31/02/1961"}, "Ghi ngày như 31/12/2026"),
        (COMPANY | {"owner_number": "0102595741", "owner_born": ""}, "mã số thuế 0102595741 không đúng"),
    ):
        page = await registers(mai, **said)
        assert (page.status_code, why in page.text) == (400, True), page.text
        [again] = forms(page, "register")
        assert {name: again[name] for name in said if name != "filer_shared"} == {
            name: value for name, value in said.items() if name != "filer_shared"
        }


async def test_a_case_is_found_by_an_old_cmnd_of_its_filer_and_only_by_its_own_offices(office: Office) -> None:
    mai, thao = await office.desk("mai"), await office.desk("thao")
    case = await registered(mai, **MOTHER)
    for desk, expected in ((mai, [str(case)]), (thao, [])):
        answer = await desk.get("/api/desk/cases", q="341 987 654")
        assert [one["case_id"] for one in answer.json()["cases"]] == expected
    assert (await thao.get(f"/api/desk/cases/{case}")).status_code == 404


async def test_the_forms_of_a_case_put_its_parties_right(office: Office) -> None:
    mai = await office.desk("mai")
    case = await registered(mai, **MOTHER)
    path = f"/desk/cases/{case}"
    owner, filer, new = forms(await case_page(mai, case), "correct_registration")
    assert (owner["who_name"], filer["who_name"], filer["who_paper"]) == ("Nguyễn Gia Hân", "Lâm Thị Mẹ", "341987654")
    for form, said in ((owner, {"who_name": "Nguyễn Gia Hạnh"}), (filer, {"who_paper": "087161012345"})):
        done = await mai.fill(path, form | said)
        assert done.status_code == 303, done.text
    added = new | {"role": "representative", "who_name": "Nguyễn Văn Tâm", "who_relation": "parent"}
    assert (await mai.fill(path, added)).status_code == 303
    found = await by_role(mai, case)
    assert found["owner"]["name"] == "Nguyễn Gia Hạnh"
    assert (found["filer"]["number"], found["filer"]["old_number"]) == ("087161012345", None)
    assert found["representative"]["name"] == "Nguyễn Văn Tâm"
    assert "Nguyễn Gia Hạnh" in (await mai.page("/desk")).text
    drawn = forms(await case_page(mai, case), "correct_registration")
    [gone] = [form for form in drawn if form["party"] == filer["party"]]
    assert (await mai.fill(path, gone | {"gone": "yes"})).status_code == 303
    assert set(await by_role(mai, case)) == {"owner", "representative"}


async def test_the_recipient_is_changed_when_the_owner_was_seen(office: Office) -> None:
    mai, ut = await office.desk("mai"), await office.desk("ut")
    case = await registered(mai)
    assert forms(await case_page(ut, case), "change_recipient") == []
    [form] = forms(await case_page(mai, case), "change_recipient")
    page = await mai.fill(f"/desk/cases/{case}", form | {"who_name": "Nguyễn Văn Em"})
    assert page.status_code == 409
    assert "Chỉ chủ hồ sơ được đổi." in page.text
    [again] = forms(page, "change_recipient")
    assert again["who_name"] == "Nguyễn Văn Em"
    assert (await mai.fill(f"/desk/cases/{case}", again | {"proved_by": "card_seen"})).status_code == 303
    assert (await by_role(mai, case))["recipient"]["name"] == "Nguyễn Văn Em"


async def a_day_of_lan(field: Field, case: UUID) -> Day:
    booking = field.booking()
    answer = await field.at_desk(field.ut, case, "book", booking)
    assert answer.standing == "applied", answer
    return await bundle.day(field.tx, field.ring, carrier(field.phone, field.post), None, MORNING)


async def test_the_courier_is_told_who_is_who_without_numbers_and_the_public_is_not(office: Office) -> None:
    async with office.field() as field:
        mother = party("filer", "Lâm Thị Mẹ", relation="parent", old_number="341987654", born="1961")
        case = await field.registered(told={"parties": [mother]})
        day = await a_day_of_lan(field, case)
    [carried] = [one for one in day.cases if one.case_id == case]
    assert {one.role: (one.name, one.relation, one.born) for one in carried.parties} == {
        "owner": ("Nguyễn Thị Huệ", "owner", None),
        "filer": ("Lâm Thị Mẹ", "parent", "1961"),
    }
    assert not hasattr(carried.parties[0], "number")
    tracking = (await (await office.desk("mai")).get(f"/api/desk/cases/{case}")).json()["tracking"]
    public = await office.http.get(tracking)
    assert public.status_code == 200
    assert [said for said in ("Lâm", "Huệ", "341987654", "1961") if said in public.text] == []
