"""Rows of `requirements.md` about models, registering and confirming: what the source documents order, from outside."""

import re
from html import unescape
from uuid import UUID

import pytest

from backend.ids import uuid7
from tests import builders_portal as portal
from tests.stories.desk import slug
from tests.stories.matter import AGENCY, POST, PROVINCE_POST, Matter
from tests.stories.phone import took_effect
from tests.stories.town import Town

OTHER_ONE_STOP, OTHER_POST = "Trung tâm Phục vụ hành chính công phường Mỹ Tho", "Bưu điện phường Mỹ Tho"


async def test_row_1_a_postal_order_is_attached_to_an_online_dossier_and_goes_its_three_steps(town: Town) -> None:
    one = await Matter.registered(town, dossier_code="H20.12-261221-0201")
    shown = await one.shown()
    assert (shown["dossier_code"], shown["state_vi"]) == ("H20.12-261221-0201", "Mới đăng ký")
    await one.confirmed()
    assert (await one.shown())["state_vi"] == "Đã xác nhận"
    lan = await town.phone("lan")
    await one.booked("lan", await town.today(), "10:00-11:00")
    await one.picked_up(lan)
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.examined()
    assert (await one.shown())["state_vi"] == "Đối chiếu đạt"


async def test_row_3_an_hour_is_booked_moved_and_cancelled_and_one_visit_serves_a_household(town: Town) -> None:
    first, second = [await Matter.registered(town, owner_name=name) for name in ("Võ Văn Tám", "Võ Thị Chín")]
    lan, tu, day = await town.phone("lan"), await town.phone("tu"), await town.today()
    for one in (first, second):
        await one.confirmed()
    await first.booked("lan", day, "10:00-11:00")
    asked = {"appointment_id": uuid7(), "visit_id": first.case.visit, "purpose": "collect", "courier": lan.person}
    asked |= {"unit": town.unit(POST), "day": day, "window": "10:00-11:00", "agreed": True}
    ut = town.desk("ut")
    assert (await ut.act(second.id, "book", asked | {"seat": 901})).status_code == 200
    third = await Matter.registered(town, owner_name="Võ Văn Mười")
    other = asked | {"appointment_id": uuid7(), "visit_id": uuid7()}
    taken = await ut.act(third.id, "book", other | {"seat": 901})
    assert (taken.status_code, slug(taken)) == (409, "not-now"), taken.text
    assert (await ut.act(third.id, "book", other | {"seat": 902})).status_code == 200
    second.case.visit = first.case.visit
    await lan.pulls()
    for one in (first, second):
        one.arrives(lan)
        one.checks_identity(lan)
        one.takes(lan)
        one.seals(lan)
    for one in (first, second):
        one.finishes(lan)
    took_effect(await lan.sends())
    for one in (first, second):
        acts = {act["kind"]: act["occurred_at"] for act in (await one.shown())["timeline"]}
        assert acts["record_arrival"] < acts["finish_visit"]
        assert (await one.shown())["state_vi"] == "Đã nhận giấy tờ"
    to_tu = {"courier": str(tu.person), "slot": f"{day} 13:00-14:00", "agreed": "yes"}
    await third.does("ut", "move_appointment", to_tu)
    [visit] = [one for one in (await third.shown())["visits"] if one["live"]]
    assert (visit["courier"], visit["time_window"]) == (str(tu.person), "13:00-14:00")
    await third.does("ut", "cancel_appointment")
    assert not any(one["live"] for one in (await third.shown())["visits"])


async def test_row_7_any_office_registers_for_any_and_three_offices_are_kept_apart(town: Town) -> None:
    one = await Matter.registered(town, "thao", handling_unit="")
    shown = await one.shown("thao")
    assert shown["supporting_unit"] == str(town.unit(OTHER_ONE_STOP))
    assert shown["handling_unit"] == str(town.unit(OTHER_POST))
    assert shown["competent_unit"] == str(town.unit(AGENCY))


@pytest.mark.parametrize(
    ("who", "channel"), [("kim", "hotline"), ("mai", "one_stop"), ("giang", "post"), ("ut", "post")]
)
async def test_row_9_step_one_is_the_registration_by_every_channel(town: Town, who: str, channel: str) -> None:
    one = await Matter.registered(town, who)
    [registration] = (await one.shown(who))["registrations"]
    assert registration["channel"] == channel
    assert (await one.shown(who))["timeline"][0]["kind"] == "register"
    assert await town.step(one.tracking) is None


async def test_row_10_step_two_the_agency_confirms_the_post_calls_and_the_papers_are_taken(town: Town) -> None:
    one, lan = await Matter.registered(town), await town.phone("lan")
    await one.confirmed(8_000, not_by="ut")
    await one.booked("lan", await town.today(), "14:00-15:00", agreed=False)
    assert (await one.shown())["state_vi"] == "Chờ gọi xác nhận"
    await lan.pulls()
    assert str(one.id) in (await town.desk("ut").page("/desk/calls")).text
    await one.does("ut", "confirm_call", {"outcome": "agreed", "next": ""}, not_by="mai")
    assert (await one.shown())["state_vi"] == "Đã hẹn"
    await one.picked_up(lan)
    shown = await one.shown()
    assert (shown["state_vi"], len(shown["papers"]), shown["charges"][0]["state"]) == ("Đã nhận giấy tờ", 1, "settled")


async def test_row_11_step_three_no_result_before_the_check_is_passed_or_waived_by_name(town: Town) -> None:
    one, lan = await Matter.registered(town), await town.phone("lan")
    await one.confirmed()
    await one.booked("lan", await town.today(), "14:00-15:00")
    await one.picked_up(lan)
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.does("mai", "open_seal", {"counted": "1"})
    await one.does("mai", "cross_check", {"item:to_khai": "mismatch", "result": "not_passed"}, not_by="ut")
    mai = town.desk("mai")
    assert "release_result" not in await mai.next(one.id)
    body = {"paper_id": uuid7(), "parcel_id": uuid7(), "component": "ket_qua"}
    refused = await mai.act(one.id, "release_result", body)
    assert refused.status_code == 409, refused.text
    await one.does("binh", "waive", {"note": "Đã xem bản chính tại quầy"}, not_by="mai")
    await one.result_released()
    await one.result_to_the_post()
    await one.booked("lan", await town.today(), "15:00-16:00", purpose="deliver")
    await one.result_to(lan)
    await one.result_handed_over(lan)
    assert await town.step(one.tracking) == "Đã trả kết quả"


@pytest.mark.parametrize(("code", "level"), [("2.000635", "một phần|toàn trình|chỉ có thông tin|chưa rõ")])
async def test_row_12_every_procedure_says_how_far_it_goes_online(town: Town, code: str, level: str) -> None:
    page = (await town.line.http.get(f"/thu-tuc/{code}")).text
    [said] = re.findall(r"<dt>Trực tuyến</dt><dd>(.*?)</dd>", page)
    assert re.fullmatch(level, unescape(said))


@pytest.mark.parametrize(("procedure", "number"), [("2.000635", "0213"), ("1.001193", "0313")])
async def test_row_13_the_portal_registers_with_the_dossier_inside_each_service(
    town: Town, procedure: str, number: str
) -> None:
    code = f"H20.12-261221-{number}"
    what = portal.asked(f"DVC-{code}", procedure=procedure, dossier_code=code)
    answer = await town.portal_registers(what)
    assert answer.status_code == 200, answer.text
    [line] = (await town.desk("ut").read(f"/api/desk/cases?q={code}")).json()["cases"]
    case = UUID(line["case_id"])
    shown = await town.desk("ut").shown(case)
    assert (shown["procedure"], shown["dossier_code"], shown["state_vi"]) == (procedure, code, "Mới đăng ký")
    assert (shown["handling_unit"], shown["competent_unit"]) == (str(town.unit(POST)), str(town.unit(AGENCY)))
    [registration] = shown["registrations"]
    assert (registration["channel"], registration["forwarded_to"]) == ("portal", None)
    for who in ("ut", "mai", "kim"):
        assert "forward" not in await town.desk(who).next(case)
    assert "Cổng Dịch vụ công" in (await town.desk("mai").page(f"/desk/cases/{case}")).text
    assert shown["tracking"] == "/t/" + answer.json()["tracking"].rpartition("/t/")[2]
    await town.desk("mai").does(case, "confirm", refused_to=town.desk("ut"))
    assert (await town.portal_looks(what["request_id"])).json()["state_vi"] == "Đã xác nhận"
    again = await town.portal_registers(what | {"request_id": f"DVC-{code}-2"})
    assert (again.status_code, slug(again)) == (409, "not-now")


async def test_row_14_the_hotline_registers_finds_and_forwards(town: Town) -> None:
    one = await Matter.registered(town, "kim", owner_name="Đoàn Thị Mười Hai", dossier_code="H20.12-261221-0214")
    kim = town.desk("kim")
    for asked in ("doan thi muoi hai", "H20.12-261221-0214", "0214"):
        found = (await kim.read(f"/api/desk/cases?q={asked}")).json()["cases"]
        assert str(one.id) in [line["case_id"] for line in found], asked
    await one.does("kim", "forward", not_by="ut")
    assert (await one.shown("kim"))["registrations"][0]["forwarded_to"] == str(town.unit(PROVINCE_POST))


async def test_row_15_a_one_stop_registers_and_must_forward(town: Town) -> None:
    one = await Matter.registered(town, "mai")
    assert (await one.shown())["state_vi"] == "Chờ chuyển bưu điện"
    await one.does("mai", "forward", not_by="ut")
    shown = await one.shown()
    assert shown["state_vi"] == "Chờ cơ quan xác nhận"
    assert shown["registrations"][0]["forwarded_to"] == str(town.unit(POST))


async def test_row_16_a_post_office_registers_and_forwards_nothing(town: Town) -> None:
    one = await Matter.registered(town, "giang")
    assert (await one.shown())["state_vi"] == "Mới đăng ký"
    for who in ("giang", "ut", "mai"):
        assert not {"forward", "acknowledge_forward"} & set(await town.desk(who).next(one.id))


async def test_row_18_the_one_stop_of_another_commune_registers_too(town: Town) -> None:
    one = await Matter.registered(town, "thao", dossier_code="H20.12-261221-0218")
    assert (await one.shown())["supporting_unit"] == str(town.unit(OTHER_ONE_STOP))
    await one.confirmed(not_by="ut")


@pytest.mark.parametrize(("number", "fits"), [("123456789", True), ("087200000119", True), ("08720000011", False)])
async def test_row_19_code_name_number_and_procedure_are_what_is_asked(town: Town, number: str, fits: bool) -> None:
    kim = town.desk("kim")
    form = await kim.form("/desk/register", "register")
    typed = {"owner_name": "Lê Văn Bốn", "owner_number": number, "procedure": "trich luc ho tich"}
    answer = await kim.send("/desk/register", form | typed)
    if fits:
        case = UUID(answer.headers["location"].partition("/desk/cases/")[2][:36])
        shown = await kim.shown(case)
        assert (shown["owner_number"], shown["procedure"]) == (number, "2.000635")
    else:
        assert answer.status_code == 400
        assert "9 hoặc 12 chữ số" in answer.text
        assert 'value="Lê Văn Bốn"' in answer.text


async def test_row_20_the_agency_confirms_or_says_what_does_not_fit(town: Town) -> None:
    fits, differs = [await Matter.registered(town, phone="0912 000 120") for _ in range(2)]
    await fits.confirmed(not_by="ut")
    await differs.does("mai", "report_mismatch", {"field": "owner_number"}, not_by="ut")
    for one, state, kind in ((fits, "Đã xác nhận", "confirm"), (differs, "Không khớp", "report_mismatch")):
        shown = await one.shown()
        said = next(act for act in shown["timeline"] if act["kind"] == kind)
        assert (shown["state_vi"], said["actor_name"]) == (state, "Lê Thị Mai")
        assert said["occurred_at"]
    assert (await town.track(differs.tracking))["to_do"]


async def test_row_20_only_the_competent_agency_confirms(town: Town) -> None:
    one, thao = await Matter.registered(town, "thao", handling_unit=""), town.desk("thao")
    assert (await one.shown("thao"))["supporting_unit"] == str(town.unit(OTHER_ONE_STOP))
    for kind, body in (("confirm", {}), ("report_mismatch", {"field": "owner_number"})):
        assert kind not in await thao.next(one.id)
        refused = await thao.act(one.id, kind, body)
        assert (refused.status_code, slug(refused)) == (403, "not-the-agency"), refused.text
        assert "Cơ quan giải quyết" in refused.json()["detail"]
    await one.does("mai", "confirm")
    assert (await one.shown("thao"))["agency_confirmed"]


async def test_row_21_forwarding_is_recorded_and_only_to_the_post_of_the_same_level(town: Town) -> None:
    one = await Matter.registered(town, "kim")
    [registration] = (await one.shown("kim"))["registrations"]
    elsewhere = {"registration_id": registration["registration_id"], "to_unit": str(town.unit(POST))}
    refused = await town.desk("kim").act(one.id, "forward", elsewhere)
    assert refused.status_code == 409, refused.text
    await one.does("kim", "forward")
    [registration] = (await one.shown("kim"))["registrations"]
    assert (registration["unit_id"], registration["forwarded_to"]) == (
        str(town.demo.cast["units"]["Tổng đài Thông tin dịch vụ công 1022 tỉnh Đồng Tháp"]),
        str(town.unit(PROVINCE_POST)),
    )
    assert registration["forwarded_at"]
    assert registration["acknowledged_at"] is None
    await one.does("ut", "acknowledge_forward", not_by="mai")
    assert (await one.shown())["registrations"][0]["acknowledged_at"]


async def test_row_3_a_house_without_a_number_is_found_by_hamlet_landmark_and_the_way(town: Town) -> None:
    where = {"address": "Tổ 7", "hamlet": "Ấp Mỹ Đông", "landmark": "qua cầu khỉ, nhà lá thứ hai", "access": "boat"}
    one = await Matter.registered(town, owner_name="Võ Thị Mười Một", phone="0912 000 303", **where)
    lan = await town.phone("lan")
    await one.confirmed()
    await one.booked("lan", await town.today(), "16:00-17:00", agreed=False)
    said = "Tổ 7, Ấp Mỹ Đông (qua cầu khỉ, nhà lá thứ hai; phải đi xuồng)"
    ut = town.desk("ut")
    for path in (f"/desk/cases/{one.id}", "/desk/calls", "/desk/day"):
        assert said in unescape((await ut.page(path)).text), path
    day = (await lan.courier.carrier.request("GET", "/api/courier/sync/day")).json()
    [case] = [case for case in day["cases"] if case["case_id"] == str(one.id)]
    assert {name: case[name] for name in where} == where
    await one.does("ut", "cancel_appointment")
