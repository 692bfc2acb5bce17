"""S24: the bag is short and one pouch lacks a paper: two incidents, and nobody asks the citizen for anything."""

from uuid import UUID

import pytest

from tests.stories.bag import Bag
from tests.stories.desk import words
from tests.stories.matter import AGENCY, POST, THREE_PAPERS, Line, Matter
from tests.stories.phone import took_effect
from tests.stories.town import Town

DAY, ANNOUNCED = "2026-11-26", 14
FOUR_PAPERS: tuple[Line, ...] = (*THREE_PAPERS, ("don_de_nghi", "original", 1, 0, 1))
WINDOWS = ("13:00-14:00", "14:00-15:00", "15:00-16:00", "16:00-17:00")
INCIDENTS = "/desk/incidents"


@pytest.mark.begins("2026-11-26T12:30")
async def test_s24_the_bag_is_short(town: Town) -> None:
    await town.clock(DAY, "12:30")
    before = len(await open_incidents(town))
    matters = [await at_the_post(town, number) for number in range(ANNOUNCED)]
    bag = await Bag.sent(town, "TM-0031", *matters)
    lost, counted = matters[-1], matters[0]
    await bag.received(*matters[:-1])
    for account in ("mai", "ut"):
        assert "13/14" in await bag.says(account)
    record = await bag.record()
    assert ("13/14" in record, "chưa ký" in record) == (True, False)
    sent = len(await town.inbox())
    tracked = {one.id: await town.track(one.tracking) for one in (lost, counted)}
    await counted.does("mai", "open_seal", {"counted": "3"})
    await two_incidents(town, lost, counted, before)
    for one in (lost, counted):
        shown = await one.shown("mai")
        assert (shown["duties"], shown["exceptions"]) == ([], [])
        assert await town.track(one.tracking) == tracked[one.id]
    assert (await lost.shown())["state"] == "papers_taken"
    assert (await counted.shown("mai"))["state"] == "handed_to_agency"
    assert len(await town.inbox()) == sent
    # What goes on: what was lost turns up, and the head of the post says how both ended.
    await bag.does("mai", "receive", scanned=f"{lost.label['number']:05}")
    await ended(town, lost)
    await ended(town, counted)
    assert len(await open_incidents(town)) == before


async def at_the_post(town: Town, number: int) -> Matter:
    """Taken at the door by Lan, and handed to the post. The first one's slip says four papers."""
    lan = await town.phone("lan")
    one = await Matter.registered(town, owner_name="Lâm Thị Bưởi", phone="")
    await one.confirmed()
    await one.booked("lan", DAY, WINDOWS[number % len(WINDOWS)])
    await lan.pulls()
    lan.writes("depart", one.id, {"visit_id": one.case.visit})
    one.arrives(lan)
    one.checks_identity(lan)
    one.takes(lan, THREE_PAPERS[:1] if number else FOUR_PAPERS)
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())
    await one.to_the_post(lan)
    return one


async def open_incidents(town: Town) -> list[str]:
    """Paths of those that concern the post and have not ended."""
    page = (await town.desk("sau").page(INCIDENTS)).text.partition("Đã kết thúc")[0]
    return [part.partition('"')[0] for part in page.split(f'href="{INCIDENTS}/')[1:]]


async def two_incidents(town: Town, lost: Matter, counted: Matter, before: int) -> None:
    """Against the last holder of each: the post that had the bag."""
    assert len(await open_incidents(town)) == before + 2
    for one in (lost, counted):
        [incident] = (await one.shown("mai"))["incidents"]
        assert (incident["cause"], incident["state"]) == ("short", "reported")
        page = (await town.desk("sau").page(f"{INCIDENTS}/{incident['incident_id']}")).text
        told = page.partition("Người giữ sau cùng")[2]
        assert POST in told.partition("</dd>")[0]
        assert AGENCY in page
        frozen = {UUID(thing) for thing in incident["things"]}
        assert frozen == {one.case.parcel}


async def ended(town: Town, one: Matter) -> None:
    sau = town.desk("sau")
    path = f"{INCIDENTS}/{(await one.shown())['incidents'][0]['incident_id']}"
    for kind in ("take_on_incident", "end_incident"):
        answer = await sau.send(path, await sau.form(path, kind) | ({"ending": "found"} if kind[0] == "e" else {}))
        assert answer.status_code == 303, words(answer)
