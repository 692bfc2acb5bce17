"""S01: one whole case, from the call to 1022 to the result in hand."""

from uuid import UUID

import pytest

from backend.ids import uuid7
from tests.stories.matter import AGENCY, POST, PROVINCE_POST, THREE_PAPERS, Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

CODE = "H20.12-261123-0007"
WEDNESDAY = "2026-11-25"
FEE, FLOAT = 8_000, 200_000


@pytest.mark.begins("2026-11-24T09:00")
async def test_s01_one_whole_case(town: Town) -> None:
    await town.clock("2026-11-24", "09:00")
    lan = await town.phone("lan")
    c1 = await registered_and_booked(town)
    shift = await begun(town, lan)
    await taken_at_the_door(town, c1, lan)
    await handed_on_and_decided(town, c1, lan)
    await result_brought(town, c1, lan)
    end = await c1.shown("mai")
    assert (end["portal_status"], end["exceptions"], end["reviews"]) == (10, [], [])
    assert [one["holder"] for one in end["papers"] if not one["is_result"]] == [str(town.unit(AGENCY))] * 3
    assert [one["holder_kind"] for one in end["papers"] if one["is_result"]] == ["citizen"]
    await town.clock(WEDNESDAY, "08:30")
    lan.writes("remit", shift, {"amount": FEE, "unit": str(town.unit(POST))}, subject_kind="shift")
    lan.writes("close_shift", shift, {"counted": FLOAT}, subject_kind="shift")
    # The close takes the whole account; were a đồng more or less on it, the count would be an exception.
    took_effect(await lan.sends(refused_to=town.desk("mai")))


async def registered_and_booked(town: Town) -> Matter:
    """By 1022; sent to the post of the same level; given to Lan; confirmed by the agency."""
    c1 = await Matter.registered(town, "kim", dossier_code=CODE, owner_name="Lê Thị Chín", phone="0912 000 101")
    assert await town.step(c1.tracking) is None
    await c1.does("kim", "forward", {"to_unit": str(town.unit(PROVINCE_POST))}, not_by="ut")
    await c1.does("ut", "acknowledge_forward", not_by="mai")
    await c1.booked("lan", WEDNESDAY, "07:00-08:00", not_by="mai")
    assert await town.step(c1.tracking) == "Đã hẹn"
    await c1.confirmed(FEE, not_by="ut")
    assert await town.step(c1.tracking) == "Đã hẹn"
    return c1


async def begun(town: Town, lan: InHand) -> UUID:
    await town.clock(WEDNESDAY, "06:30")
    shift = uuid7()
    body = {"unit": str(town.unit(POST)), "day": WEDNESDAY, "float_amount": FLOAT}
    lan.writes("begin_shift", shift, body, subject_kind="shift")
    took_effect(await lan.sends(refused_to=town.desk("mai")))
    return shift


async def taken_at_the_door(town: Town, c1: Matter, lan: InHand) -> None:
    await town.clock(WEDNESDAY, "06:55")
    lan.writes("depart", c1.id, {"visit_id": c1.case.visit})
    took_effect(await lan.sends(refused_to=town.desk("ut")))
    assert await town.step(c1.tracking) == "Bưu tá đang đến"
    await town.clock(WEDNESDAY, "07:05")
    c1.arrives(lan)
    c1.checks_identity(lan)
    c1.takes(lan, THREE_PAPERS)
    c1.pays(lan)
    c1.seals(lan)
    c1.finishes(lan)
    took_effect(await lan.sends(refused_to=town.desk("ut")))
    assert await town.step(c1.tracking) == "Đã nhận giấy tờ"
    shown = await c1.shown()
    assert [charge["state"] for charge in shown["charges"]] == ["settled"]
    assert [paper["holder"] for paper in shown["papers"]] == [str(lan.person)] * 3
    assert await town.track(f"/t/{c1.label['card_token']}") == await town.track(c1.tracking)


async def handed_on_and_decided(town: Town, c1: Matter, lan: InHand) -> None:
    await town.clock(WEDNESDAY, "07:40")
    c1.offers(lan)
    took_effect(await lan.sends(refused_to=town.desk("quy")))
    await c1.does("ut", "receive", {"scanned": f"{c1.label['number']:05}"}, not_by="quy")
    assert {paper["holder"] for paper in (await c1.shown())["papers"]} == {str(town.unit(POST))}
    await c1.to_the_one_stop(not_by="quy")
    assert await town.step(c1.tracking) == "Đã bàn giao cơ quan"
    await c1.examined(not_by="ut")
    assert await town.step(c1.tracking) == "Đang giải quyết"
    await c1.does("mai", "report_portal_status", {"status": "4"}, not_by="ut")
    await c1.result_released(not_by="ut")
    assert await town.step(c1.tracking) == "Đã có kết quả"


async def result_brought(town: Town, c1: Matter, lan: InHand) -> None:
    await c1.result_to_the_post()
    await c1.booked("lan", WEDNESDAY, "08:00-09:00", purpose="deliver", not_by="mai")
    await c1.result_to(lan)
    await town.clock(WEDNESDAY, "08:05")
    lan.writes("depart", c1.id, {"visit_id": c1.case.visit})
    took_effect(await lan.sends(refused_to=town.desk("quy")))
    assert await town.step(c1.tracking) == "Đang phát"
    c1.arrives(lan)
    c1.checks_identity(lan, "recipient")
    c1.hands_over(lan, word=c1.label["hand_over_word"])
    c1.finishes(lan)
    took_effect(await lan.sends(refused_to=town.desk("ut")))
    assert await town.step(c1.tracking) == "Đã trả kết quả"
    await c1.does("mai", "report_portal_status", {"status": "10"}, not_by="ut")
