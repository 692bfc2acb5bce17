"""S27: who may receive: a mother for her daughter abroad, nobody else's child, no spouse, no letter that has ended."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.stories.desk import slug
from tests.stories.matter import Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

THURSDAY, FRIDAY = "2026-12-03", "2026-12-04"
REGISTERED, OWNER_ONLY, COMPANY = "1.001193", "1.001022", "1.001612"
TOLD_WITHIN = 60
"""Seconds: the worker looks every few."""
MOTHER = {"recipient_name": "Trần Thị Sương", "recipient_relation": "parent", "recipient_born": "1958"}
DAUGHTER = {"owner_name": "Trần Thị Ngọc", "phone": "+81 90 1234 5678", **MOTHER}
EMPLOYEE = {
    "owner_name": "Công ty TNHH Lúa Sạch",
    "owner_kind": "organisation",
    "recipient_name": "Trần Văn Nhân",
    "recipient_relation": "employee",
    "recipient_authority": "introduction",
    "recipient_until": "30/11/2026",
}


@pytest.mark.begins("2026-12-03T07:00")
async def test_s27_at_the_door(town: Town) -> None:
    await town.clock(THURSDAY, "07:00")
    lan = await town.phone("lan")
    mothers, childs, spouses, companys = [
        await out_with_lan(town, lan, **typed)
        for typed in (
            {"procedure": REGISTERED, **DAUGHTER},
            {"procedure": REGISTERED, **DAUGHTER},
            {"procedure": OWNER_ONLY, "owner_name": "Lý Thị Em"},
            {"procedure": COMPANY, **EMPLOYEE},
        )
    ]
    await receives(lan, mothers)
    assert await town.step(mothers.tracking) == "Đã trả kết quả"
    for one, reason, met, relation in (
        (childs, "H02", "Trần Văn Nhỏ, 16 tuổi", "em họ"),
        (spouses, "H02", "Phan Văn Anh", "chồng"),
        (companys, "H05", "Trần Văn Nhân", "nhân viên, giấy giới thiệu hết hạn 30/11/2026"),
    ):
        await fails(lan, one, reason, met_whom=met, relation=relation)
        shown = await one.shown()
        assert [each["reason"] for each in shown["visits"] if each["reason"]] == [reason]
        assert await town.step(one.tracking) != "Đã trả kết quả"
        [failed] = [act for act in shown["timeline"] if act["kind"] == "fail_visit"]
        assert failed["evidence"] == [{"code": "met_whom", "said": met}, {"code": "relation", "said": relation}]
        page = (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
        assert f"Đã gặp ai: {met}" in page
        await one.back_to_the_post(lan)


@pytest.mark.begins("2026-12-03T09:00")
async def test_s27_had_she_given_it_all_the_same_a_person_would_look(town: Town) -> None:
    """What happened is never refused; the rules say what was wrong with it."""
    await town.clock(THURSDAY, "09:00")
    lan = await town.phone("lan")
    childs = await out_with_lan(town, lan, procedure=REGISTERED, **DAUGHTER)
    arrives(lan, childs, party="recipient", means="vneid")
    given = result(childs) | {"recipient_class": "registered", "relationship": "em", "of_age": False}
    lan.writes("hand_over_result", childs.id, given, personal={"word": childs.label["hand_over_word"]})
    answers = await lan.sends()
    assert [code for one in answers for code in one.exceptions] == ["case:guard:recipient_fits"]


@pytest.mark.begins("2026-12-03T10:00")
async def test_s27_the_recipient_is_changed_by_the_owner_at_a_counter_and_waits(town: Town) -> None:
    await town.clock(THURSDAY, "10:00")
    kim, giang = town.desk("kim"), town.desk("giang")
    one = await Matter.registered(town, procedure=OWNER_ONLY, owner_name="Lý Thị Em", phone="0912 777 123")
    brother = {"party_id": str(UUID(int=27)), "role": "recipient", "name": "Lý Văn Em", "relation": "sibling"}
    by_phone = await kim.act(one.id, "change_recipient", {"proved_by": None}, personal={"parties": [brother]})
    assert (by_phone.status_code, slug(by_phone)) == (403, "not-allowed")
    unproved = await giang.act(one.id, "change_recipient", {"proved_by": None}, personal={"parties": [brother]})
    assert unproved.status_code == 409
    await one.does("giang", "change_recipient", {"who_name": "Lý Văn Em", "proved_by": "card_seen"})
    [named] = [each for each in (await one.shown())["parties"] if each["role"] == "recipient"]
    assert named["since"] == FRIDAY
    page = (await giang.page(f"/desk/cases/{one.id}")).text
    assert "Được nhận kết quả từ ngày 04/12/2026" in page
    assert await told(town, "+84912777123", "Da doi nguoi nhan ket qua")


async def out_with_lan(town: Town, lan: InHand, **typed: Any) -> Matter:
    """A whole way: papers taken, decided, and the result is with Lan for today."""
    one = await Matter.registered(town, **typed)
    await one.confirmed()
    now = f"{(await town.now()).hour + 8:02}:00-{(await town.now()).hour + 9:02}:00"
    await one.booked("lan", THURSDAY, now)
    await one.picked_up(lan)
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.examined()
    await one.result_released()
    await one.result_to_the_post()
    await one.booked("lan", THURSDAY, now, purpose="deliver")
    await one.result_to(lan)
    took_effect(await lan.sends())
    await lan.pulls()
    return one


def arrives(lan: InHand, one: Matter, *, party: str, means: str) -> None:
    lan.writes("depart", one.id, {"visit_id": one.case.visit})
    one.arrives(lan)
    lan.writes("check_identity", one.id, {"visit_id": one.case.visit, "party": party, "means": means})


def result(one: Matter) -> dict[str, Any]:
    return {"visit_id": one.case.visit, "paper_ids": [one.case.result], "means": "vneid"}


async def receives(lan: InHand, one: Matter) -> None:
    """The mother shows VNeID and says the word; she signs with a finger on the glass, which is enough for this."""
    arrives(lan, one, party="recipient", means="vneid")
    signature = {"signature_id": lan.courier.naming.id("signature", one.id), "document": "hand_over", "mode": "drawn"}
    signs = {"visit_id": one.case.visit, **signature, "shown_sha256": "a" * 64, "signer": "recipient"}
    lan.writes("sign", one.id, signs)
    given = result(one) | {"recipient_class": "registered", "relationship": "me"}
    lan.writes("hand_over_result", one.id, given, personal={"word": one.label["hand_over_word"]})
    one.finishes(lan)
    took_effect(await lan.sends())


async def fails(lan: InHand, one: Matter, reason: str, **evidence: str) -> None:
    lan.writes("depart", one.id, {"visit_id": one.case.visit})
    one.arrives(lan)
    body = {"visit_id": one.case.visit, "reason": reason, "evidence": list(evidence)}
    lan.writes("fail_visit", one.id, body, personal={"evidence": evidence})
    took_effect(await lan.sends())


async def told(town: Town, phone: str, text: str) -> bool:
    """The contact that was on file before."""
    for _ in range(TOLD_WITHIN):
        if any(one["to"] == phone and text in one["text"] for one in await town.inbox()):
            return True
        await asyncio.sleep(1)
    return False
