"""Rows of `requirements.md` about the models: which one serves a case, who is fit for it, and who has to travel."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.simulate import door
from backend.simulate.citizens import Citizen
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests import builders_portal as portal
from tests.pages import forms
from tests.stories.desk import Desk, slug, words
from tests.stories.matter import AGENCY, POST, Matter
from tests.stories.phone import took_effect
from tests.stories.town import Town

KET_HOP = "Kết hợp dịch vụ công trực tuyến và dịch vụ bưu chính công ích"
KHONG_VIET, HEN_GIO = "Công dân không viết", "Hẹn giờ thực hiện TTHC tại nhà"


@pytest.mark.parametrize(
    ("chosen", "code", "model", "said"),
    [
        ("", "H20.12-261221-0271", "combined", KET_HOP),
        ("", "", "home", HEN_GIO),
        ("no_writing", "H20.12-261221-0272", "no_writing", KHONG_VIET),
        ("home", "H20.12-261221-0273", "home", HEN_GIO),
    ],
)
async def test_row_1_2_3_a_case_is_served_by_the_model_that_was_chosen_or_by_its_rule(
    town: Town, chosen: str, code: str, model: str, said: str
) -> None:
    one = await Matter.registered(town, "mai", model=chosen, dossier_code=code)
    assert (await one.shown("mai"))["model"] == model
    for who in ("mai", "ut"):
        assert said in await page(town, who, one)


@pytest.mark.parametrize(("said", "model"), [({}, "combined"), ({"model": "no_writing"}, "no_writing")])
async def test_row_1_the_portal_registers_an_online_dossier_for_online_and_post_together_or_as_it_says(
    town: Town, said: dict[str, Any], model: str
) -> None:
    code = f"H20.12-261221-028{len(said)}"
    answer = await town.portal_registers(portal.asked(f"DVC-{code}", dossier_code=code, **said))
    assert answer.status_code == 200, answer.text
    [line] = (await town.desk("ut").read(f"/api/desk/cases?q={code}")).json()["cases"]
    assert line["model"] == model
    assert (await town.desk("ut").shown(UUID(line["case_id"])))["model"] == model


async def test_row_1_3_a_courier_registers_at_the_gate_by_the_rule_for_those_who_do_not_say(town: Town) -> None:
    lan, one = await town.phone("lan"), (await Matter.registered(town)).case
    one.id, one.registration = uuid7(), uuid7()
    who = {"owner_name": "Võ Thị Mười Ba", "owner_number": "087155000213", "phone": "0912 345 678"}
    one.citizen = Citizen(**who, address="Ấp 1")
    door.register_at_the_gate(
        lan.courier, one, unit=town.unit(POST), one_stop=town.unit(AGENCY), agency=town.unit(AGENCY)
    )
    took_effect(await lan.sends())
    assert (await town.desk("ut").shown(one.id))["model"] == "home"


@pytest.mark.parametrize(
    ("day", "stage", "said"),
    [
        ("", "official", "chính thức"),
        ("15/06/2025", "official", "chính thức"),
        ("15/06/2021", "pilot", "thí điểm"),
    ],
)
async def test_row_4_a_case_says_whether_the_scheme_was_a_pilot_at_its_post_on_its_day(
    town: Town, day: str, stage: str, said: str
) -> None:
    """At the post of the commune, and before 1/7/2025 at the one of the district."""
    ut = town.desk("ut")
    form = await ut.form("/desk/register" + (f"?registered_on={day}" if day else ""), "register")
    post = str(demo_unit_id(UnitKind.POST, "872")) if day else str(town.unit(POST))
    usual = {"procedure": "2.000635", "owner_name": "Đỗ Văn Mười Bốn", "handling_unit": post}
    usual |= {"another": "yes"}
    answer = await ut.send("/desk/register", form | usual)
    assert answer.status_code == 303, words(answer)
    case = UUID(answer.headers["location"].partition("/desk/cases/")[2][:36])
    assert (await ut.shown(case))["stage"] == stage
    assert f"<dt>Đề án chuyển giao</dt><dd>{said}</dd>" in (await ut.page(f"/desk/cases/{case}")).text


async def test_row_22_who_is_served_at_home_travels_never_and_who_comes_to_a_counter_once(town: Town) -> None:
    at_home, lan = await Matter.registered(town), await town.phone("lan")
    await at_home.confirmed()
    assert (await at_home.shown())["trips"] == {"made": 0, "avoided": 0}
    await at_home.booked("lan", await town.today(), "10:00-11:00")
    assert (await at_home.shown())["trips"] == {"made": 0, "avoided": 0}
    await at_home.picked_up(lan)
    assert (await at_home.shown())["trips"] == {"made": 0, "avoided": 1}
    assert "Công dân phải đi: 0 lần" in await page(town, "ut", at_home)

    at_counter = await Matter.registered(town)
    await at_counter.confirmed()
    ut, giang, visit = town.desk("ut"), town.desk("giang"), uuid7()
    booking = {"appointment_id": uuid7(), "visit_id": visit, "purpose": "collect", "place": "post_counter"}
    booking |= {"unit": town.unit(POST), "courier": lan.person, "day": await town.today(), "window": "14:00-15:00"}
    await _does(ut, at_counter, "book", booking | {"seat": 911, "agreed": True})
    assert (await at_counter.shown())["trips"] == {"made": 0, "avoided": 0}
    await _does(giang, at_counter, "record_arrival", {"visit_id": visit})
    await _does(giang, at_counter, "check_identity", {"visit_id": visit, "party": "owner", "means": "card_seen"})
    await _does(giang, at_counter, "finish_visit", {"visit_id": visit, "outcome": "done"})
    assert (await at_counter.shown())["trips"] == {"made": 1, "avoided": 0}
    assert "Công dân phải đi: 1 lần" in await page(town, "ut", at_counter)


async def _does(desk: Any, matter: Matter, kind: str, body: dict[str, Any]) -> None:
    answer = await desk.act(matter.id, kind, body)
    assert answer.status_code == 200, answer.text


async def test_row_3_who_is_not_entered_as_having_mastered_a_model_is_marked_then_stopped_by_date(town: Town) -> None:
    """Row 27 too: the head of post enters who has mastered which model, on what evidence, until when."""
    one, today = await Matter.registered(town, model="no_writing"), await town.today()
    await one.confirmed()
    first, _, _, fourth, fifth, *_ = await _open_days(town, one)
    tu, sau = await town.phone("tu"), town.desk("sau")
    mark = "chưa ghi là thành thạo mô hình này"
    assert f"{town.name('tu')} · {mark}" in await page(town, "ut", one)
    await one.booked("tu", first, "10:00-11:00")
    await one.does("ut", "cancel_appointment")
    assert (await town.desk("ut").page("/desk/skills")).status_code == 403

    await _enters(sau, "set_gate", model="no_writing", mode="blocking", since=_written(fourth))
    booking = {"appointment_id": uuid7(), "visit_id": uuid7(), "purpose": "collect", "unit": town.unit(POST)}
    booking |= {"window": "10:00-11:00", "agreed": True}
    stopped = await town.desk("ut").act(one.id, "book", booking | {"courier": tu.person, "day": fourth, "seat": 921})
    assert (stopped.status_code, slug(stopped)) == (409, "courier-not-fit"), stopped.text
    refused = await _by_form(town, one, tu.person, fourth)
    assert refused.status_code == 400, refused.text
    could = words(refused).partition("Người đi được: ")[2]
    assert town.name("lan") in could
    assert town.name("tu") not in could
    await one.booked("tu", first, "10:00-11:00")
    await one.does("ut", "cancel_appointment")

    before = {one["qualification"] for one in forms(await sau.page("/desk/skills"), "take_back")}
    evidence = "Danh sách tập huấn số 12/2026"
    until = _written(fifth)
    await _enters(
        sau, "qualify", person=tu.person, model="no_writing", since=_written(today), until=until, evidence=evidence
    )
    told = _text((await sau.page("/desk/skills")).text)
    assert f"{_written(today)}–{until} · {evidence} · người ghi {town.name('sau')}" in told
    drawn = await page(town, "ut", one)
    assert f"{town.name('lan')} ·" not in drawn
    assert f"{town.name('tu')} · {mark}" in drawn, "from the sixth open day on"
    answer = await _by_form(town, one, tu.person, fourth)
    assert answer.status_code == 303, words(answer)
    await one.does("ut", "cancel_appointment")
    [back] = [one for one in forms(await sau.page("/desk/skills"), "take_back") if one["qualification"] not in before]
    assert (await sau.send("/desk/skills", back)).status_code == 303
    assert (await _by_form(town, one, tu.person, fourth)).status_code == 400
    await _enters(sau, "set_gate", model="no_writing", mode="warning", since=_written(today))
    assert (await _by_form(town, one, tu.person, fourth)).status_code == 303


async def _open_days(town: Town, one: Matter) -> list[str]:
    """Days on which that hour is offered at home."""
    drawn = (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    return sorted(set(re.findall(r'<option value="([0-9-]{10}) 10:00-11:00"', drawn)))


async def _by_form(town: Town, one: Matter, courier: UUID, day: str) -> Any:
    ut = town.desk("ut")
    typed = {"courier": str(courier), "slot": f"{day} 10:00-11:00", "agreed": "yes"}
    drawn = [form for form in forms(await ut.page(f"/desk/cases/{one.id}"), "book") if form["place"] == "home"]
    return await ut.send(f"/desk/cases/{one.id}", drawn[0] | typed)


async def _enters(desk: Desk, kind: str, **typed: Any) -> None:
    answer = await desk.send("/desk/skills", await desk.form("/desk/skills", kind) | typed)
    assert answer.status_code == 303, words(answer)


def _written(day: str) -> str:
    """As people write it."""
    return "/".join(reversed(day.split("-")))


async def page(town: Town, who: str, matter: Matter) -> str:
    """What stands on the page of a case."""
    return _text((await town.desk(who).page(f"/desk/cases/{matter.id}")).text)


def _text(drawn: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", unescape(drawn)).split())
