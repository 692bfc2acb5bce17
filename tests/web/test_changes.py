"""What only the owner changes, by forms at a counter: how they are reached, where they live, how they receive (F07)."""

from uuid import UUID

import pytest

from backend.keys import Purpose
from backend.notices.codes import code_of
from backend.staff.model import Role
from tests.builders import MORNING
from tests.builders_staff import hired
from tests.web.conftest import Desk, Office, slug
from tests.web.test_pages import case_page, forms

KINDS = ("change_contact", "change_address", "change_result_way")
ON_FILE = {"phone": "0912 345 678", "email": "han@example.vn", "tell_by": "email", "hamlet": "Ấp 1", "access": "boat"}


@pytest.fixture
async def clerk(office: Office) -> Desk:
    async with office.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    return await office.desk("ut")


async def on_file(office: Office) -> UUID:
    async with office.field() as field:
        return await field.registered(told=ON_FILE)


async def test_a_form_has_what_is_on_file_and_keeps_what_is_not_touched(office: Office, clerk: Desk) -> None:
    case = await on_file(office)
    path = f"/desk/cases/{case}"
    [contact] = forms(await case_page(clerk, case), "change_contact")
    assert {name: contact[name] for name in ("phone", "email", "tell_by")} == {
        name: ON_FILE[name] for name in ("phone", "email", "tell_by")
    }
    refused = await clerk.fill(path, contact | {"phone": "0987 654 321"})
    assert (refused.status_code, "nhập đúng mã" in refused.text) == (409, True)
    [again] = forms(refused, "change_contact")
    assert again["phone"] == "0987 654 321"
    assert (await clerk.fill(path, again | {"proved_by": "card_seen"})).status_code == 303
    [now] = forms(await case_page(clerk, case), "change_contact")
    assert (now["phone"], now["email"], now["tell_by"]) == ("0987 654 321", "han@example.vn", "email")


async def test_another_house_and_another_way_are_on_the_page(office: Office, clerk: Desk) -> None:
    case = await on_file(office)
    path = f"/desk/cases/{case}"
    [address] = forms(await case_page(clerk, case), "change_address")
    assert (address["hamlet"], address["access"]) == ("Ấp 1", "boat")
    empty = await clerk.fill(path, address | {"address": "", "hamlet": "", "access": "", "proved_by": "vneid"})
    assert (empty.status_code, "Chưa có địa chỉ mới" in empty.text) == (400, True)
    moved = address | {"hamlet": "Ấp Mỹ Đông", "landmark": "cạnh đình", "access": "", "proved_by": "vneid"}
    assert (await clerk.fill(path, moved)).status_code == 303
    [way] = forms(await case_page(clerk, case), "change_result_way")
    assert way["way"] == "post"
    assert (await clerk.fill(path, way | {"proved_by": "passport"})).status_code == 303
    page = await case_page(clerk, case)
    for said in ("Ấp Mỹ Đông", "cạnh đình", "Tự đến nhận tại bưu cục"):
        assert said in page.text, said
    [other] = forms(page, "change_result_way")
    assert other["way"] == "home"


async def test_a_dispatcher_may_by_a_code_alone_and_a_head_of_post_not_at_all(office: Office) -> None:
    case = await on_file(office)
    page = await case_page(await office.desk("hung"), case)
    assert [form for kind in (*KINDS, "send_code") for form in forms(page, kind)] == []
    ut, path = await office.desk("ut"), f"/desk/cases/{case}"
    page = await case_page(ut, case)
    assert [len(forms(page, kind)) for kind in KINDS] == [1, 1, 0], "the way is no dispatcher's"
    assert "Đã xem thẻ căn cước" not in page.text
    [code] = forms(page, "send_code")
    assert (await ut.fill(path, code)).status_code == 303
    [contact] = forms(await case_page(ut, case), "change_contact")
    typed = contact | {"phone": "0987 654 321", "proved_by": "code"}
    for wrong, status in (("12 34", 400), ("000000", 409)):
        assert (await ut.fill(path, typed | {"code": wrong})).status_code == status
    right = code_of(office.town.ring.current(Purpose.CARD, MORNING), (ut.person, UUID(code["act"])))
    assert (await ut.fill(path, typed | {"code": right})).status_code == 303
    [now] = forms(await case_page(ut, case), "change_contact")
    assert now["phone"] == "0987 654 321"


async def test_who_moved_to_another_commune_is_visited_there(office: Office, clerk: Desk) -> None:
    case, path = await on_file(office), "/desk/cases/{}"
    [form] = forms(await case_page(clerk, case), "change_address")
    async with office.tx() as tx:
        before = await tx.value("SELECT visit_commune FROM cases WHERE case_id = $case", case=case)
    assert form["visit_commune"] == before
    moved = form | {"visit_commune": "28261", "hamlet": "Ấp Mỹ Đông", "proved_by": "vneid"}
    assert (await clerk.fill(path.format(case), moved | {"visit_commune": "99999"})).status_code == 400
    done = await clerk.fill(path.format(case), moved)
    assert done.status_code == 303, done.text
    async with office.tx() as tx:
        assert await tx.value("SELECT visit_commune FROM cases WHERE case_id = $case", case=case) == "28261"


async def test_whoever_guesses_codes_is_slowed_down(office: Office) -> None:
    case = await on_file(office)
    kim = await office.desk("kim")
    told = {"phone": "0987 654 321"}
    answers = [
        await kim.act(case, "change_contact", {"proved_by": "code"}, personal=told | {"code": f"{number:06}"})
        for number in range(32)
    ]
    assert {answer.status_code for answer in answers[:30]} == {409}
    assert answers[-1].status_code == 429
    assert slug(answers[-1]) == "too-many-guesses"


async def test_a_result_of_somebody_who_moved_can_be_sent_on(office: Office, clerk: Desk) -> None:
    """Asked of the rules with its personal part, which then has no salt yet."""
    case = await on_file(office)
    async with office.tx() as tx:
        await tx.run("UPDATE cases SET state = 'kept_at_post' WHERE case_id = $case", case=case)
    [form] = forms(await case_page(clerk, case), "forward_result")
    sent = form | {"address": "", "hamlet": "Ấp Mỹ Đông"}
    assert (await clerk.fill(f"/desk/cases/{case}", sent)).status_code == 303
