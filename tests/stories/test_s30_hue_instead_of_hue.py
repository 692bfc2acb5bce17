"""S30: the recipient opens the envelope and finds the name wrong: "Huế" instead of "Huệ"."""

import pytest

from tests.stories.matter import Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

DAY = "2026-12-08"


@pytest.mark.begins("2026-12-08T06:30")
async def test_s30_hue_instead_of_hue(town: Town) -> None:
    await town.clock(DAY, "06:30")
    lan = await town.phone("lan")
    one = await Matter.registered(town, owner_name="Nguyễn Thị Huệ", phone="")
    await one.confirmed()
    await one.booked("lan", DAY, "07:00-08:00")
    await one.picked_up(lan)
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.examined()
    await one.result_released()
    wrong = (one.case.result, one.case.result_parcel)
    await one.result_to_the_post()
    await one.booked("lan", DAY, "14:00-15:00", purpose="deliver")
    await lan.pulls()
    await one.result_to(lan)
    await opened_and_found_wrong(one, lan)
    await town.clock(DAY, "15:30")
    shown = await one.shown()
    assert shown["state_vi"] == "Trả cơ quan đính chính"
    assert shown["portal_status"] != 10
    assert shown["closed_at"] is None
    assert [one["reason"] for one in shown["visits"] if one["purpose"] == "deliver"] == ["H11"]
    assert await town.step(one.tracking) != "Đã trả kết quả"
    await one.back_to_the_agency(lan)
    await one.result_released()
    assert (one.case.result, one.case.result_parcel) != wrong, "the corrected result is a parcel of its own"
    shown = await one.shown()
    assert {paper["paper_id"]: paper["superseded"] for paper in shown["papers"] if paper["is_result"]} == {
        str(wrong[0]): True,
        str(one.case.result): False,
    }
    await one.result_to_the_post()
    await one.booked("lan", await town.today(1), "07:00-08:00", purpose="deliver")
    await town.clock(await town.today(1), "06:30")
    await lan.pulls()
    visit = lan.courier.phone.bundle.visits[one.case.visit, one.id]
    assert [given.paper_id for given in visit.give] == [one.case.result], "nobody carries the wrong one out again"
    await one.result_to(lan)
    await one.result_handed_over(lan)
    assert await town.step(one.tracking) == "Đã trả kết quả"


async def opened_and_found_wrong(one: Matter, lan: InHand) -> None:
    here = {"visit_id": one.case.visit}
    one.arrives(lan)
    one.checks_identity(lan, "recipient")
    envelope = here | {"parcel_id": one.case.result_parcel}
    lan.writes("open_result", one.id, envelope | {"recipient_class": "owner"})
    lan.writes("reseal", one.id, envelope | {"seal_number": "NP-9930"})
    lan.writes("fail_visit", one.id, here | {"reason": "H11"}, personal={"note": "Họ tên: Huế, đúng là Huệ"})
    took_effect(await lan.sends())
