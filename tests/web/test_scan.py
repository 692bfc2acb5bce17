"""Scan says what is next: what it is that was scanned, whether it may be used, and what may be done with it now."""

import re
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from backend.dossiers.tokens import token
from backend.keys import KeyRing, Purpose
from backend.parcels.labels import make_label
from backend.staff.model import Role
from tests.builders import Field
from tests.builders_acts import label_of, printed, sealed, took_papers
from tests.builders_staff import hired
from tests.pages import forms
from tests.web.conftest import Desk, Office
from tests.web.test_look_up import a_card, kept


async def scans(desk: Desk, text: str) -> dict[str, Any]:
    answer = await desk.http.post("/api/desk/scan", json={"text": text}, headers={"Form-Token": desk.form_token})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def by_form(desk: Desk, text: str) -> httpx.Response:
    return await desk.fill("/desk/scan", {"text": text})


def acts(answer: dict[str, Any]) -> list[str]:
    return [one["kind"] for one in answer["next"]]


async def with_lan(field: Field) -> tuple[UUID, str, str, int]:
    """(case, parcel, label, number): sealed at the door, in her hands."""
    [number] = await printed(field, to=field.lan)
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    label = await label_of(field, number)
    body = sealed(visit, label, papers)
    assert not (await field.does(case, "seal", body)).exceptions
    return case, body["parcel_id"], label, number


@pytest.mark.parametrize("how", ["label", "item_number", "set_number"])
async def test_a_parcel_that_comes_in_is_received_by_one_form(office: Office, how: str) -> None:
    async with office.field() as field:
        case, parcel, label, number = await with_lan(field)
        item = await field.tx.value("SELECT item_number FROM label_sets")
    text = {
        "label": label,
        "item_number": f"{item[:2]} {item[2:11].lower()} {item[11:]}",
        "set_number": f"{number:05}",
    }[how]
    ut = await office.desk("ut")
    answer = await scans(ut, text)
    assert (answer["what"], answer["case_id"], answer["number"], answer["usable"]) == (how, str(case), number, True)
    assert acts(answer)[0] == "receive"
    assert answer["next"][0]["vi"] == "Nhận"
    page = await by_form(ut, text)
    assert f'value="{parcel}" checked' in page.text
    [form] = forms(page, "receive")
    done = await ut.fill(f"/desk/cases/{case}", form | {"parcels": parcel})
    assert (done.status_code, done.headers["location"]) == (303, f"/desk/cases/{case}?done=receive"), done.text


async def test_after_it_is_received_another_thing_is_next(office: Office) -> None:
    async with office.field() as field:
        case, parcel, label, _ = await with_lan(field)
        things = {"offer_id": str(uuid4()), "parcel_ids": [parcel], "paper_ids": []}
        lan, one_stop = {"kind": "courier", "id": str(field.lan)}, {"kind": "unit", "id": str(field.one_stop)}
        await field.at_desk(field.mai, case, "receive", things | {"giver": lan, "receiver": one_stop})
    mai, ut = await office.desk("mai"), await office.desk("ut")
    assert acts(await scans(mai, label))[:2] == ["open_seal", "offer"]
    assert "open_seal" not in acts(await scans(ut, label))


@pytest.mark.parametrize("as_link", [True, False])
async def test_the_citizens_card_leads_to_the_case(office: Office, as_link: bool) -> None:
    async with office.field() as field:
        case, card = await a_card(field)
        own = token(field.ring.current(Purpose.TRACKING, field.at), case, 1)
    ut = await office.desk("ut")
    for text in (card.token, own):
        answer = await scans(ut, f"https://tannha.dongthap.gov.vn/t/{text}" if as_link else text.lower())
        assert (answer["what"], answer["case_id"], answer["state"]) == ("card", str(case), "papers_taken")


async def test_the_look_up_number_is_taken_at_desks_and_remembered(office: Office) -> None:
    async with office.field() as field:
        case, card = await a_card(field)
    ut = await office.desk("ut")
    answer = await scans(ut, card.look_up_number)
    assert (answer["what"], answer["case_id"]) == ("look_up_number", str(case))
    assert await kept(office) == [(ut.person, "checking", case)]
    first, rest = card.look_up_number[0], card.look_up_number[1:]
    wrong = await by_form(ut, ("C" if first == "A" else "A") + rest)
    assert wrong.status_code == 400
    assert "ký tự sai" in wrong.text


async def test_a_set_in_stock_is_handed_out_and_one_that_is_out_taken_back(office: Office) -> None:
    """The buttons are those of the rule table, for the role of whoever scans."""
    async with office.field() as field:
        [here], [out] = await printed(field), await printed(field, to=field.lan)
        stock, issued = [await label_of(field, number) for number in (here, out)]
    ut = await office.desk("ut")
    answer = await scans(ut, stock)
    assert acts(answer) == ["issue_label_sets", "void_label_sets", "record_label_loss"]
    assert (answer["state"], answer["usable"]) == ("printed", False)
    assert "chưa giao cho ai" in answer["says"]
    answer = await scans(ut, issued)
    assert acts(answer) == ["return_label_sets", "void_label_sets", "record_label_loss"]
    assert "Nguyễn Thị Lan" in answer["says"]
    page = await ut.page(answer["next"][0]["path"])
    assert f">{out:05}</textarea>" in page.text


async def test_who_keeps_no_stock_is_told_what_it_is_and_offered_nothing(office: Office) -> None:
    async with office.field() as field:
        await hired(field.tx, field.kim, field.post, Role.CASHIER)
        [number] = await printed(field)
        label = await label_of(field, number)
    answer = await scans(await office.desk("kim"), label)
    assert (answer["state"], acts(answer)) == ("printed", [])


@pytest.mark.parametrize(
    ("kind", "said"), [("void_label_sets", "đã hủy"), ("record_label_loss", "đã báo mất")], ids=["voided", "lost"]
)
async def test_a_set_that_may_not_be_used_says_why(office: Office, kind: str, said: str) -> None:
    async with office.field() as field:
        [number] = await printed(field, to=field.lan)
        body = {"numbers": [number], "reason": "other"}
        await field.at_desk(field.ut, field.post, kind, body, subject="unit")
        label = await label_of(field, number)
    answer = await scans(await office.desk("ut"), label)
    assert not answer["usable"]
    assert said in answer["says"]
    page = await by_form(await office.desk("mai"), label)
    assert re.search(r'role="alert">', page.text)
    assert "thuộc kho Bưu điện xã Mỹ Hiệp" in page.text


async def test_a_label_that_was_replaced_says_so_and_its_parcel_is_found_by_the_new_one(office: Office) -> None:
    async with office.field() as field:
        case, parcel, old, _ = await with_lan(field)
        [number] = await printed(field, to=field.lan)
        new = await label_of(field, number)
        await field.does(case, "relabel", {"parcel_id": parcel, "label": new, "seal_number": "NP-2"})
    ut = await office.desk("ut")
    answer = await scans(ut, old)
    assert (answer["usable"], answer["state"], acts(answer)) == (False, "voided", [])
    assert "Nhãn đã thay bằng 00002" in answer["says"]
    assert acts(await scans(ut, new))[0] == "receive"


async def test_a_foreign_set_and_a_foreign_parcel_are_named_by_their_office_only(office: Office) -> None:
    async with office.field() as field:
        case, _, label, _ = await with_lan(field)
        [number] = await printed(field)
        stock = await label_of(field, number)
    thao = await office.desk("thao")
    answer = await scans(thao, label)
    assert (answer["case_id"], answer["usable"], acts(answer)) == (None, False, [])
    assert "Bưu điện xã Mỹ Hiệp" in answer["says"]
    page = await by_form(thao, label)
    assert str(case) not in page.text
    assert "Nguyễn Thị Huệ" not in page.text
    answer = await scans(thao, stock)
    assert "thuộc kho Bưu điện xã Mỹ Hiệp" in answer["says"]
    assert acts(answer) == []


async def test_a_label_of_another_installation_is_not_ours(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = KeyRing.make(tmp_path_factory.mktemp("other") / "keys")
    forged = make_label(other.current(Purpose.LABEL, office.running.clock()).private(), 412)
    answer = await scans(await office.desk("ut"), forged)
    assert (answer["what"], answer["usable"]) == ("label", False)
    assert "không do bưu điện phát hành" in answer["says"]


@pytest.mark.parametrize(
    ("text", "what", "said"),
    [
        ("TN000004122VN", "item_number", "chữ số sai"),
        ("RR473124829GB", "item_number", "không phải của bưu gửi hồ sơ"),
        ("99999", "set_number", "Chưa in bộ nhãn nào"),
        ("A" * 26, "card", "Thẻ này sai"),
        ("https://example.com/", "nothing", "không phải nhãn"),
        ("QIVB:2QIVCZ253ÂJ2QGFMƯFZB/QLDPQ", "nothing", "Bộ gõ tiếng Việt"),
        ("%", "nothing", "không phải nhãn"),
    ],
)
async def test_what_is_none_of_ours_is_said_in_a_sentence(office: Office, text: str, what: str, said: str) -> None:
    ut = await office.desk("ut")
    answer = await scans(ut, text)
    assert (answer["what"], answer["usable"], answer["next"]) == (what, False, [])
    assert said in answer["says"]
    assert said in (await by_form(ut, text)).text


async def test_scanning_changes_nothing(office: Office) -> None:
    async with office.field() as field:
        case, _, label, _ = await with_lan(field)
        before = await field.tx.value("SELECT count(*) FROM acts")
    ut = await office.desk("ut")
    for text in (label, "TN000000014VN", "00001"):
        await scans(ut, text)
        await by_form(ut, text)
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM acts") == before
        assert await tx.value("SELECT state FROM cases WHERE case_id = $case", case=case) == "papers_taken"


async def test_what_the_scan_offers_takes_effect(office: Office) -> None:
    """For every role at the post and the one-stop: what is offered on a parcel is not refused when it is sent."""
    async with office.field() as field:
        case, parcel, label, _ = await with_lan(field)
    for account in ("ut", "mai", "hung"):
        desk = await office.desk(account)
        page = await by_form(desk, label)
        for kind in acts(await scans(desk, label)):
            [form] = forms(page, kind)
            done = await desk.fill(f"/desk/cases/{case}", form | {"parcels": parcel, "counted": "1"})
            assert done.status_code == 303, (account, kind, done.text)
