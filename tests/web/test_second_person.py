"""A decision about money or papers at the desks: who looks sees what waits for a second person, and that one signs."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend.ids import uuid7
from backend.staff import passwords, queries
from backend.staff.model import Role
from tests.builders_acts import in_review, paid
from tests.builders_staff import NOW, PASSWORD, a_person, hired
from tests.pages import forms
from tests.web.conftest import Desk, Office, kinds, slug
from tests.web.test_pages import case_page

SAID = "Trần Văn Hùng quyết định lúc 25/11/2026 09:30: Cho có hiệu lực. Lý do: Đã xem, để như vậy."


async def a_collection(office: Office) -> tuple[UUID, UUID]:
    """(case, act): 8.000 đồng that Lan's phone collected in Tú's name."""
    async with office.field() as field:
        case, visit, charges = await field.booked(8000)
        return case, await in_review(field, case, "collect", paid(visit, 1, (charges[0], 8000)))


def decision_about(office: Office, act: UUID, resolution: str = "apply", reason: str = "seen") -> dict[str, Any]:
    device = office.town.ground.furnished.phone.device
    return {"made_by": str(device), "act_id": str(act), "resolution": resolution, "reason": reason}


async def decided(office: Office, by: Desk, case: UUID, act: UUID, **more: Any) -> dict[str, Any]:
    """What a second person is to name."""
    decision = uuid7()
    answer = await by.act(case, "resolve_review", decision_about(office, act, **more), id=decision)
    assert (answer.status_code, answer.json()["standing"]) == (200, "applied"), answer.text
    return {"made_by": str(by.person), "act_id": str(decision)}


async def collected(office: Office) -> int:
    async with office.tx() as tx:
        return await tx.value("SELECT count(*) FROM entries WHERE account LIKE 'cash:%'")


async def test_a_proposal_is_shown_and_offered_to_who_may_sign_it(office: Office) -> None:
    case, act = await a_collection(office)
    hung, ut, mai = [await office.desk(account) for account in ("hung", "ut", "mai")]
    [waiting] = (await ut.get(f"/api/desk/cases/{case}")).json()["reviews"]
    assert (waiting["needs_second"], waiting["proposal"]) == (True, None)
    assert waiting["figures"] == {"amount": 8000, "papers": None, "parcels": None}
    named = await decided(office, hung, case, act)
    shown = await ut.get(f"/api/desk/cases/{case}")
    [waiting] = shown.json()["reviews"]
    proposal = waiting["proposal"]
    assert (proposal["made_by"], proposal["id"]) == (named["made_by"], named["act_id"])
    assert (proposal["decided_by"], proposal["resolution"], proposal["reason"]) == ("Trần Văn Hùng", "apply", "seen")
    people = office.town.ground.furnished
    assert set(proposal["involved"]) == {str(one) for one in (people.hung, people.lan, people.tu)}
    for desk, offered in ((ut, True), (mai, True), (hung, False)):
        assert ("countersign_review" in kinds(await desk.get(f"/api/desk/cases/{case}"))) is offered
    assert await collected(office) == 0
    signed = await ut.act(case, "countersign_review", named)
    assert signed.status_code == 200, signed.text
    assert await collected(office) == 1
    assert (await ut.get(f"/api/desk/cases/{case}")).json()["reviews"] == []


async def test_who_may_not_sign_is_told_why(office: Office) -> None:
    case, act = await a_collection(office)
    hung, ut, thao = [await office.desk(account) for account in ("hung", "ut", "thao")]
    named = await decided(office, hung, case, act)
    own = await hung.act(case, "countersign_review", named)
    assert (own.status_code, slug(own)) == (403, "signs-own-decision")
    assert own.json()["detail"] == "Ông/bà là người quyết định việc này. Nhờ người khác có quyền ký cùng."
    elsewhere = await thao.act(case, "countersign_review", named)
    assert (elsewhere.status_code, slug(elsewhere)) == (403, "not-your-case")
    newer = await decided(office, ut, case, act, resolution="set_aside")
    late = await (await office.desk("mai")).act(case, "countersign_review", named)
    assert (late.status_code, slug(late)) == (409, "decision-replaced")
    unknown = await hung.act(case, "countersign_review", newer | {"act_id": str(uuid7())})
    assert (unknown.status_code, slug(unknown)) == (400, "no-such-decision")
    assert (await hung.act(case, "countersign_review", newer)).status_code == 200
    gone = await ut.act(case, "countersign_review", newer)
    assert (gone.status_code, slug(gone)) == (400, "no-such-review")
    assert await collected(office) == 0


async def test_the_form_says_beforehand_that_it_takes_two(office: Office) -> None:
    case, _ = await a_collection(office)
    async with office.field() as field:
        plain, visit, _ = await field.booked(seat=77)
        await in_review(field, plain, "depart", {"visit_id": visit})
    hung = await office.desk("hung")
    says = "quyết định chỉ được thực hiện khi có người thứ hai ký cùng"
    assert says in (await case_page(hung, case)).text
    assert says not in (await case_page(hung, plain)).text


async def test_one_decides_and_another_signs_on_the_page_of_the_case(office: Office) -> None:
    case, _ = await a_collection(office)
    hung, ut = await office.desk("hung"), await office.desk("ut")
    [form] = forms(await case_page(hung, case), "resolve_review")
    done = await hung.fill(f"/desk/cases/{case}", form)
    assert done.status_code == 303, done.text
    mine, theirs = await case_page(hung, case), await case_page(ut, case)
    assert SAID in mine.text
    assert SAID in theirs.text
    assert "Chờ người khác ký cùng." in mine.text
    assert "Chờ người thứ hai ký cùng." in theirs.text
    assert forms(mine, "countersign_review") == []
    assert "Quyết định lại: Thu tiền (8.000\u00a0đ)" in mine.text
    [signature] = forms(theirs, "countersign_review")
    assert "<button>Ký cùng</button>" in theirs.text
    clicks = [ut.fill(f"/desk/cases/{case}", signature) for _ in range(2)]
    assert [click.status_code for click in await asyncio.gather(*clicks)] == [303, 303]
    assert await collected(office) == 1
    shown = await case_page(ut, case)
    assert "Ký cùng việc xem xét" in shown.text
    assert "Chờ người" not in shown.text
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'countersign_review'") == 1


async def test_a_reason_in_own_words_is_shown_with_the_case_and_not_in_the_list(office: Office) -> None:
    case, act = await a_collection(office)
    hung, ut = await office.desk("hung"), await office.desk("ut")
    body = decision_about(office, act, reason="other")
    noted = "Chị Huệ báo đã trả đủ"
    assert (await hung.act(case, "resolve_review", body, personal={"note": noted})).status_code == 200
    assert noted in (await case_page(ut, case)).text
    [waiting] = (await ut.get(f"/api/desk/cases/{case}")).json()["reviews"]
    assert waiting["proposal"]["note"] == noted
    assert noted not in (await ut.page("/desk/review")).text
    assert noted not in (await ut.get("/api/desk/review")).text


async def test_a_note_that_is_no_text_does_no_harm(office: Office) -> None:
    case, act = await a_collection(office)
    hung, ut = await office.desk("hung"), await office.desk("ut")
    body = decision_about(office, act)
    assert (await hung.act(case, "resolve_review", body, personal={"note": {"a": 1}})).status_code == 200
    assert SAID in (await case_page(ut, case)).text


async def test_a_decision_that_was_replaced_meanwhile_is_not_signed_but_the_new_one_is_shown(office: Office) -> None:
    case, act = await a_collection(office)
    hung, ut, mai = [await office.desk(account) for account in ("hung", "ut", "mai")]
    await decided(office, hung, case, act)
    [signature] = forms(await case_page(mai, case), "countersign_review")
    await decided(office, ut, case, act, resolution="set_aside")
    page = await mai.fill(f"/desk/cases/{case}", signature)
    assert page.status_code == 409
    assert "Việc này đã có quyết định mới hơn." in page.text
    assert "Trần Văn Út quyết định" in page.text
    [newer] = forms(page, "countersign_review")
    assert newer["decision"] != signature["decision"]
    assert await collected(office) == 0


async def a_cashier(office: Office) -> Desk:
    async with office.field() as field:
        person = (await a_person(field.tx, "Ngô Văn Quý")).id
        await hired(field.tx, person, field.post, Role.CASHIER)
        await queries.save_password(field.tx, person, account="quy", hash=await passwords.hash_of(PASSWORD), at=NOW)
    return await office.desk("quy")


@pytest.mark.parametrize("account", ["quy", "dung", "ut"])
async def test_cashier_and_administrator_sign_from_the_list(office: Office, account: str) -> None:
    """They see no case and no citizen's name."""
    case, act = await a_collection(office)
    desk = await a_cashier(office) if account == "quy" else await office.desk(account)
    assert forms(await desk.page("/desk/review"), "countersign_review") == []
    await decided(office, await office.desk("hung"), case, act)
    page = await desk.page("/desk/review")
    assert SAID in page.text
    assert "Chờ người thứ hai ký cùng." in page.text
    assert "Nguyễn Thị Huệ" not in page.text
    [signature] = forms(page, "countersign_review")
    done = await desk.fill("/desk/review", signature)
    assert (done.status_code, done.headers["location"]) == (303, "/desk/review?done=countersign_review"), done.text
    assert "Đã ghi: Ký cùng việc xem xét." in (await desk.page(done.headers["location"])).text
    assert await collected(office) == 1
    refused = await desk.fill("/desk/review", signature | {"act": str(uuid7())})
    assert refused.status_code == 400
    assert "Việc này không còn chờ xem xét." in refused.text


async def test_the_list_offers_nothing_to_who_decided_or_acted_or_works_elsewhere(office: Office) -> None:
    case, act = await a_collection(office)
    async with office.field() as field:
        await hired(field.tx, field.lan, field.post, Role.COUNTER_CLERK)
    hung, lan, thao = [await office.desk(account) for account in ("hung", "lan", "thao")]
    await decided(office, hung, case, act)
    for desk in (hung, lan):
        page = await desk.page("/desk/review")
        assert SAID in page.text
        assert forms(page, "countersign_review") == []
    assert SAID not in (await thao.page("/desk/review")).text


@pytest.mark.parametrize("broken", [{"kind": "book"}, {"on": "nothing"}, {"subject": "x"}, {"decision": ""}])
async def test_a_form_of_the_list_that_is_none_is_refused(office: Office, broken: dict[str, str]) -> None:
    case, act = await a_collection(office)
    await decided(office, await office.desk("hung"), case, act)
    ut = await office.desk("ut")
    [signature] = forms(await ut.page("/desk/review"), "countersign_review")
    answer: httpx.Response = await ut.fill("/desk/review", signature | broken)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert await collected(office) == 0


async def test_an_act_that_says_no_sum_is_shown_without_one(office: Office) -> None:
    async with office.field() as field:
        case, visit, _ = await field.booked(8000)
        await in_review(field, case, "collect", {"visit_id": visit, "total": "nhiều", "papers": 3})
    hung = await office.desk("hung")
    assert "Xem xét: Thu tiền</summary>" in (await case_page(hung, case)).text
    [waiting] = (await hung.get(f"/api/desk/cases/{case}")).json()["reviews"]
    assert waiting["figures"] == {"amount": None, "papers": None, "parcels": None}
