"""S34: visits from the café: what is ended far from the houses is doubted, called back, and never blocked."""

import asyncio
import re
from uuid import UUID

import pytest

from tests.stories.desk import words
from tests.stories.matter import Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

DAY, NEXT = "2026-12-01", "2026-12-02"
CAFE = {"lat": 10.574, "lon": 105.84, "accuracy": 18.0, "age": 5.0}
"""Six kilometres north of the houses."""
HOUSE = "10.5200, 105.8400"
ABSENT = ("Nguyễn Văn Một", "Nguyễn Văn Hai", "Nguyễn Văn Ba")
MET = "Nguyễn Văn Bốn"
PAGE = "/desk/call-backs"
RED = "Vì: mức đỏ"
SHARE = r"Nguyễn Thị Lan \(DT-000001\)</th><td>\d+</td><td>\d+ \(\d+ %\)</td><td>1</td><td>1 \(100 %\)"
"""Visits, of them red, asked, of them disputed."""


async def ended_from_the_cafe(town: Town, lan: InHand, name: str, window: str) -> Matter:
    """Nobody home: no card left, no photograph of the gate, no call."""
    one = await Matter.registered(town, owner_name=name, place_mark=HOUSE)
    await one.confirmed()
    await one.booked("lan", DAY, window)
    await lan.pulls()
    at = {"visit_id": one.case.visit}
    lan.writes("depart", one.id, at)
    lan.writes("record_arrival", one.id, at, personal={"place": CAFE})
    lan.writes("fail_visit", one.id, at | {"reason": "V01"}, personal={"place": CAFE})
    took_effect(await lan.sends())
    return one


async def handed_over_with_the_word(town: Town, lan: InHand) -> Matter:
    """The result is given to its owner, who knows the word; the phone says it is elsewhere."""
    one = await Matter.registered(town, owner_name=MET, place_mark=HOUSE)
    await one.confirmed()
    await one.booked("lan", DAY, "14:00-15:00")
    await one.picked_up(lan)
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.examined()
    await one.result_released()
    await one.result_to_the_post()
    await one.booked("lan", DAY, "15:00-16:00", purpose="deliver")
    await one.result_to(lan)
    at = {"visit_id": one.case.visit}
    lan.writes("depart", one.id, at)
    lan.writes("record_arrival", one.id, at, personal={"place": CAFE})
    one.checks_identity(lan, "recipient")
    one.hands_over(lan, word=one.label["hand_over_word"])
    lan.writes("finish_visit", one.id, at | {"outcome": "done"}, personal={"place": CAFE})
    took_effect(await lan.sends())
    return one


def lines(page: str) -> dict[UUID, str]:
    """What the list says, by case."""
    found = re.findall(r'<li>\s*<span class="name"><a href="/desk/cases/([0-9a-f-]{36})">(.*?)</li>', page, re.DOTALL)
    return {UUID(case): text for case, text in found}


async def listed(town: Town, by: str, wanted: UUID) -> str:
    """The page, once the timer has put that case on it."""
    text = ""
    for _ in range(120):
        text = (await town.desk(by).page(PAGE)).text
        if wanted in lines(text):
            return text
        await asyncio.sleep(0.5)
    raise AssertionError(f"{wanted} is not on the list: {text}")


@pytest.mark.begins("2026-12-01T09:00")
async def test_s34_visits_from_the_cafe(town: Town) -> None:
    await town.clock(DAY, "09:00")
    lan = await town.phone("lan")
    windows = ("10:00-11:00", "13:00-14:00", "16:00-17:00")
    absent = [await ended_from_the_cafe(town, lan, *one) for one in zip(ABSENT, windows, strict=True)]
    met = await handed_over_with_the_word(town, lan)
    for one in (*absent, met):
        assert (await one.shown())["exceptions"] == []

    await town.clock(NEXT, "08:00")
    page = await listed(town, "giang", absent[-1].id)
    said = lines(page)
    for one in absent:
        assert RED in said[one.id]
        assert "xa nhà, quá nhanh" in said[one.id]
        assert "thiếu bằng chứng" in said[one.id]
    assert RED not in said.get(met.id, "")

    first = absent[0]
    call_back = re.search(r'name="call_back" value="([0-9a-f-]{36})"', said[first.id])
    assert call_back is not None
    answer = {"call_back_id": call_back[1], "answer": "agrees"}
    for account in ("lan", "ut"):
        assert (await town.desk(account).act(first.id, "record_call_back", answer)).status_code == 403, account
    form = await town.desk("giang").form(PAGE, "record_call_back")
    filled = form | {"call_back": call_back[1], "answer": "disagrees", "note": "Có ở nhà, không ai đến"}
    sent = await town.desk("giang").send(f"{PAGE}/{first.id}", filled)
    assert sent.status_code == 303, words(sent)
    [incident] = (await first.shown("sau"))["incidents"]
    assert incident["cause"] == "visit_disputed"
    assert "Công dân nói khác lượt đã ghi" in (await town.desk("sau").page("/desk/incidents")).text

    for account in ("sau", "hoa"):
        page = (await town.desk(account).page(PAGE)).text
        assert "Công dân nói khác" in page
        share = page.partition("Theo bưu tá")[2]
        assert re.search(SHARE, share), share
    assert "Theo bưu tá" not in (await town.desk("giang").page(PAGE)).text
