"""The desk as JSON: own cases, what is next, acts that happen once, and what nobody else may see or do."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from backend.ids import uuid7
from backend.staff.guards import unguarded
from backend.sync import waiting
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import MORNING
from tests.builders_acts import at_the_door, sealed, signed, stock, took_papers
from tests.builders_staff import PASSWORD
from tests.web.conftest import MY_THO, Office, kinds, slug


async def test_every_route_of_the_application_is_watched(office: Office) -> None:
    assert unguarded(office.running.application) == []


async def test_signing_in_says_who_and_as_what(office: Office) -> None:
    answer = await office.http.post("/api/desk/sign-in", json={"account": "ut", "password": PASSWORD})
    assert answer.status_code == 200
    said = answer.json()
    assert said["person"]["name"] == "Trần Văn Út"
    assert [post["role"] for post in said["posts"]] == ["dispatcher"]
    assert said["form_token"]
    assert "HttpOnly" in answer.headers["set-cookie"]


@pytest.mark.parametrize(("account", "password"), [("ut", "sai mật khẩu rồi"), ("khong-co", PASSWORD)])
async def test_a_wrong_password_and_an_unknown_account_are_refused_alike(
    office: Office, account: str, password: str
) -> None:
    answer = await office.http.post("/api/desk/sign-in", json={"account": account, "password": password})
    assert (answer.status_code, slug(answer)) == (401, "wrong-password")


async def test_a_form_of_another_site_cannot_sign_in(office: Office) -> None:
    body = f'{{"account": "ut", "password": "{PASSWORD}"}}'
    answer = await office.http.post("/api/desk/sign-in", content=body, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


async def test_what_is_next_depends_on_the_role(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    ut, mai = await office.desk("ut"), await office.desk("mai")
    assert {"acknowledge_forward", "book"} <= set(kinds(await ut.get(f"/api/desk/cases/{case}")))
    assert {"forward", "confirm"} <= set(kinds(await mai.get(f"/api/desk/cases/{case}")))
    refused = await ut.act(case, "confirm", {})
    assert refused.status_code == 403, refused.text


async def test_what_is_next_is_what_then_takes_effect(office: Office) -> None:
    """Through confirmation, booking and cancelling: each step is offered, done, and then offered no more."""
    async with office.field() as field:
        case = await field.registered()
        booking = field.booking()
    ut, mai = await office.desk("ut"), await office.desk("mai")
    assert (await mai.act(case, "confirm", {"charges": [], "components": []})).status_code == 200
    assert "confirm" not in kinds(await mai.get(f"/api/desk/cases/{case}"))
    assert "book" in kinds(await ut.get(f"/api/desk/cases/{case}"))
    assert (await ut.act(case, "book", booking)).status_code == 200
    after = await ut.get(f"/api/desk/cases/{case}")
    assert "book" not in kinds(after)
    assert {"move_appointment", "cancel_appointment", "confirm_call"} <= set(kinds(after))
    assert after.json()["visits"][0]["courier_name"] == "Nguyễn Thị Lan"
    refused = await ut.act(case, "book", booking)
    assert (refused.status_code, slug(refused)) == (409, "not-now")


async def test_a_case_shows_papers_parcels_and_money_with_who_holds_them(office: Office) -> None:
    async with office.field() as field:
        case, visit, _ = await field.booked(8000)
        [label] = await stock(field, 1)
        papers = await took_papers(field, case, visit)
        await field.send(
            field.phone.make(case, "sign", signed(visit)),
            field.phone.make(case, "seal", sealed(visit, label, papers)),
        )
    ut = await office.desk("ut")
    shown = (await ut.get(f"/api/desk/cases/{case}")).json()
    assert [(paper["component"], paper["holder_kind"]) for paper in shown["papers"]] == [("to_khai", "courier")]
    assert [(parcel["label"], parcel["state"]) for parcel in shown["parcels"]] == [(label, "sealed")]
    assert [(charge["amount"], charge["state"]) for charge in shown["charges"]] == [(8000, "due")]
    assert shown["version"] == len(shown["timeline"])
    assert "receive" in [one["kind"] for one in shown["next"]]


async def test_a_foreign_case_is_not_there(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    thao = await office.desk("thao")
    foreign, unknown = [await thao.get(f"/api/desk/cases/{one}") for one in (case, uuid4())]
    assert (foreign.status_code, slug(foreign)) == (unknown.status_code, slug(unknown)) == (404, "case-not-found")
    assert (await thao.get("/api/desk/cases")).json()["cases"] == []
    assert (await thao.get("/api/desk/cases", q="hue")).json()["cases"] == []
    refused = await thao.act(case, "confirm", {})
    assert (refused.status_code, slug(refused)) == (403, "not-your-case")


async def test_anybody_registers_for_any_units_dossier_and_sees_no_more_than_was_given(office: Office) -> None:
    """Row 18: registered at Mỹ Tho for a dossier of Mỹ Hiệp. The case is Mỹ Hiệp's and Mỹ Tho's."""
    case, thao = uuid7(), await office.desk("thao")
    one_stop = demo_unit_id(UnitKind.ONE_STOP, MY_THO)
    field = office.town.ground.furnished
    body = field.registration(supporting_unit=str(one_stop), registered_at_unit=str(one_stop))
    answer = await thao.act(case, "register", body, personal={"owner_name": "Lê Văn Tám"})
    assert answer.status_code == 200, answer.text
    assert (await thao.get(f"/api/desk/cases/{case}")).json()["owner_name"] == "Lê Văn Tám"
    assert (await (await office.desk("mai")).get(f"/api/desk/cases/{case}")).status_code == 200


async def test_a_supervisor_sees_the_province_and_a_hotline_its_own(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    hoa, kim = await office.desk("hoa"), await office.desk("kim")
    assert (await hoa.get(f"/api/desk/cases/{case}")).status_code == 200
    assert (await kim.get(f"/api/desk/cases/{case}")).status_code == 404


@pytest.mark.parametrize("account", ["lan", "dung"])
async def test_who_works_on_no_cases_at_a_desk_sees_none(office: Office, account: str) -> None:
    desk = await office.desk(account)
    answer = await desk.get("/api/desk/cases")
    assert (answer.status_code, slug(answer)) == (403, "role-needed")


async def test_two_clicks_are_one_act(office: Office) -> None:
    async with office.field() as field:
        case, _ = await field.confirmed()
        booking = field.booking()
    ut, act = await office.desk("ut"), uuid7()
    answers = await asyncio.gather(*(ut.act(case, "book", booking, id=act) for _ in range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5, [answer.text for answer in answers]
    assert len({answer.text for answer in answers}) == 1
    async with office.tx() as tx:
        assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'book'") == 1
        assert await tx.value("SELECT count(*) FROM appointments") == 1


async def test_the_same_form_for_another_case_is_refused(office: Office) -> None:
    async with office.field() as field:
        one, other = await field.registered(), await field.registered()
    mai, act = await office.desk("mai"), uuid7()
    assert (await mai.act(one, "confirm", {}, id=act)).status_code == 200
    answer = await mai.act(other, "confirm", {}, id=act)
    assert (answer.status_code, slug(answer)) == (422, "same-id-other-content")


async def test_a_refused_act_leaves_nothing_and_its_form_can_be_sent_again(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    mai, act = await office.desk("mai"), uuid7()
    wrong = await mai.act(case, "confirm", {"dossier_code": "H20.12-261301-0007"}, id=act)
    assert (wrong.status_code, slug(wrong)) == (400, "bad-dossier-code")
    assert "tháng 13" in wrong.json()["detail"]
    right = await mai.act(case, "confirm", {"dossier_code": "H20.12-261101-0007"}, id=act)
    assert right.status_code == 200, right.text


async def test_an_act_needs_the_token_of_the_session(office: Office) -> None:
    async with office.field() as field:
        case = await field.registered()
    mai, ut = await office.desk("mai"), await office.desk("ut")
    mai.form_token = ut.form_token
    answer = await mai.act(case, "confirm", {})
    assert (answer.status_code, slug(answer)) == (403, "form-not-ours")


async def test_hidden_characters_and_what_does_not_decode_are_refused(office: Office) -> None:
    field, mai = office.town.ground.furnished, await office.desk("mai")
    hidden = await mai.act(uuid7(), "register", field.registration(), personal={"owner_name": "Huệ\u202e"})
    assert (hidden.status_code, slug(hidden)) == (400, "unusable-character")
    assert (await mai.act(uuid7(), "register", field.registration(), personal={})).status_code == 400
    assert (await mai.act(uuid7(), "no_such_kind", {})).status_code == 404
    case = uuid7()
    told = {"owner_name": "Nguye\u0302\u0303n Thi\u0323 Hue\u0323\u0302"}
    assert (await mai.act(case, "register", field.registration(), personal=told)).status_code == 200
    assert (await mai.get(f"/api/desk/cases/{case}")).json()["owner_name"] == "Nguyễn Thị Huệ"


@pytest.mark.parametrize("text", ["nguyen thi hue", "HUỆ", "thi hue", "0007", "h20.12-261121-0007"])
async def test_a_case_is_found_by_name_without_tone_marks_and_by_code(office: Office, text: str) -> None:
    async with office.field() as field:
        case = await field.registered(dossier_code="H20.12-261121-0007")
    found = (await (await office.desk("ut")).get("/api/desk/cases", q=text)).json()
    assert [one["case_id"] for one in found["cases"]] == [str(case)]


async def test_what_waits_is_listed_for_its_own_offices(office: Office) -> None:
    """An act that nobody can read is in review, and a fact against the rules opens an exception."""
    async with office.field() as field:
        case, visit, _ = await field.booked()
        await field.send(field.phone.make(case, "record_arrival", {"visit_id": visit}))
        [answer] = await field.send(field.phone.make(case, "take_papers", {"visit_id": visit, "papers": []}))
        assert answer.standing == "review"
        other, visit, _ = await field.booked()
        await field.send(field.phone.make(other, "finish_visit", {"visit_id": visit, "outcome": "done"}))
    ut = await office.desk("ut")
    waits = (await ut.get("/api/desk/review")).json()
    assert [(one["kind"], one["standing"]) for one in waits["items"]] == [("take_papers", "review")]
    assert {one["case_id"] for one in waits["exceptions"]} == {str(other)}
    assert (await (await office.desk("thao")).get("/api/desk/review")).json() == {"items": [], "exceptions": []}
    shown = (await ut.get(f"/api/desk/cases/{case}")).json()
    assert [one["reason"] for one in shown["reviews"]] == ["unreadable-body"]
    assert "resolve_review" in [one["kind"] for one in shown["next"]]
    [opened, *_] = (await ut.get(f"/api/desk/cases/{other}")).json()["exceptions"]
    body = {"exception_id": opened["exception_id"], "reason": "seen"}
    assert (await ut.act(other, "clear_exception", body)).status_code == 200


async def test_what_a_phone_did_after_something_that_never_came_is_told_apart_whatever_became_of_it(
    office: Office,
) -> None:
    async with office.field() as field:
        case, visit, _ = await field.booked()
        phone = field.phone
        for kind, body in (("depart", {"visit_id": visit}), ("cancel", {"reason": "mistake"}), ("weigh_parcel", {})):
            phone.make(case, "depart", {"visit_id": visit})
            await field.send(phone.make(case, kind, body))
        await waiting.fill_gaps(field.tx, field.ring, phone.device, MORNING + timedelta(days=6))
    ut = await office.desk("ut")
    shown = (await ut.get(f"/api/desk/cases/{case}")).json()
    told = [(one["kind"], one["standing"]) for one in shown["after_gaps"]]
    assert told == [("depart", "applied"), ("cancel", "refused"), ("weigh_parcel", "review")]
    assert [one["after_gap"] for one in shown["reviews"]] == [True]
    page = (await ut.page(f"/desk/cases/{case}")).text
    assert page.count("Việc trước đó của máy không đến") == 3
    assert "việc trước đó của máy không đến" in (await ut.page("/desk/review")).text


async def test_a_lost_phone_is_shut_out_by_its_dispatcher_once(office: Office) -> None:
    device, ut = office.town.ground.furnished.phone.device, await office.desk("ut")
    for _ in range(2):
        answer = await ut.act(device, "report_device_lost", {}, subject="device")
        assert (answer.status_code, answer.json()["standing"]) == (200, "applied"), answer.text
    async with office.tx() as tx:
        assert await tx.value("SELECT lost_by FROM devices WHERE id = $device", device=device) == ut.person
        assert await tx.value("SELECT count(*) FROM acts WHERE kind = 'report_device_lost'") == 1
    refused = await (await office.desk("mai")).act(device, "revoke_device", {}, subject="device")
    assert (refused.status_code, slug(refused)) == (403, "role-needed")


async def test_a_head_of_post_makes_a_code_for_the_phones_of_that_post(office: Office) -> None:
    field, hung = office.town.ground.furnished, await office.desk("hung")
    asked = {"person": str(field.lan), "unit": str(field.post)}
    headers = {"Form-Token": hung.form_token}
    answer = await hung.http.post("/api/desk/enrolment-codes", json=asked, headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.json()["text"].startswith("TANNHA:ENROL:")
    assert answer.json()["expires_at"] > MORNING.isoformat()
    ut = await office.desk("ut")
    refused = await ut.http.post("/api/desk/enrolment-codes", json=asked, headers={"Form-Token": ut.form_token})
    assert (refused.status_code, slug(refused)) == (403, "role-needed")


async def test_an_unfinished_visit_is_at_the_door_until_its_phone_says_more(office: Office) -> None:
    async with office.field() as field:
        case, visit, _ = await field.booked()
        await at_the_door(field, case, visit)
    shown = (await (await office.desk("ut")).get(f"/api/desk/cases/{case}")).json()
    assert (shown["state"], shown["visits"][0]["state"]) == ("on_the_way", "arrived")
    assert [act["kind"] for act in shown["timeline"]][-3:] == ["depart", "record_arrival", "check_identity"]


async def test_a_whole_office_may_sign_in_at_the_same_moment(office: Office) -> None:
    """From one place: tries are counted together, in an order that never blocks in a circle."""
    signing_in = [office.desk(account) for account in ("ut", "mai", "hung", "binh") for _ in range(4)]
    desks = await asyncio.gather(*signing_in)
    assert len({desk.form_token for desk in desks}) == len(desks)
