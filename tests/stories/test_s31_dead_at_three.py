"""S31: the phone dies at three. The rest of the day is on paper, and everything happens once."""

import asyncio
import re
from io import BytesIO
from uuid import UUID

import httpx
import pytest
from PIL import Image, ImageDraw

from tests import paper
from tests.stories.desk import Desk, words
from tests.stories.matter import POST, Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

DAY = "2026-12-09"
FEE = 8_000


@pytest.mark.begins("2026-12-09T06:40")
async def test_s31_dead_at_three(town: Town) -> None:
    await town.clock(DAY, "06:40")
    ut, lan = town.desk("ut"), await town.phone("lan")
    await town.stocks(lan, 8 + 4)
    shift = await lan.begins(town.unit(POST), DAY, 0)
    hours = [f"{hour:02}:00-{hour + 1:02}:00" for hour in (7, 7, 8, 8, 9, 14, 14, 15, 15, 16, 16)]
    matters = [await asked_for(town, f"Người Thứ {n}", window) for n, window in enumerate(hours, 1)]
    sheet = await printed(town, matters)
    for one in matters[:5]:
        await one.picked_up(lan)
    silent, written = matters[5:8], matters[8:]
    await lan.pulls()
    await town.clock(DAY, "14:30")
    for one in silent:
        serves(lan, one)
    await town.clock(DAY, "15:00")
    written[0].arrives(lan)
    labels = lan.courier.phone.bundle.labels[-4:]

    await town.clock(DAY, "17:00")
    walk_in = await Matter.registered(town, owner_name="Bà Ghé Ngang", phone="")
    await walk_in.confirmed(FEE)
    for number, (one, label) in enumerate(zip((*written, walk_in), labels, strict=True)):
        await typed_in(town, one, label, sheet.slips[number], f"15:{10 + number:02}", f"15:{40 + number:02}")
    assert [await acts_of(ut, one) for one in written] == [[]] * 3, "typed is not done yet"

    spare = await town.spare("lan", of="tu", by="ut")
    assert {str(one.case.visit) for one in silent} <= await perhaps_elsewhere(spare)

    for one in (*written, walk_in):
        await confirmed(town, one)
        shown = await one.shown()
        assert {act["clock"] for act in shown["timeline"] if act["kind"] in ("take_papers", "collect")} == {"paper"}
        page = (await ut.page(f"/desk/cases/{one.id}")).text
        assert shown["exceptions"] == [], "as if it had been the phone"
        assert "ghi trên giấy" in page
        assert f"Người nhập {town.name('ut')}" in page
        assert f"xác nhận {town.name('hung')}" in page
        [(path, number)] = re.findall(r'href="(/desk/cases/[^"]+/collections/([0-9]+))"', page)
        assert f"PHIẾU THU Số {number}" in paper.text((await ut.page(path)).content), "the number that was on the sheet"

    await town.clock("2026-12-10", "06:10")
    answers = await lan.sends()
    *first, last = answers
    took_effect(first)
    assert str(last.standing) == "review"
    assert "Trùng với phiếu giấy" in (await ut.page("/desk/review")).text
    await set_aside(town, written[0])
    for one in (*matters, walk_in):
        acts = await acts_of(ut, one)
        assert acts.count("record_arrival") == acts.count("take_papers") == acts.count("collect") == 1, acts
        assert acts.count("finish_visit") == 1
        assert (await one.shown())["state_vi"] == "Đã nhận giấy tờ"
    await the_day_is_closed(town, lan, shift, [*matters, walk_in])


class Sheet:
    """What was read off the printed pages. `slips`: their numbers; `links`: where each line is typed in again."""

    def __init__(self, pdf: bytes) -> None:
        self.text = paper.text(pdf)
        self.slips = sorted({int(number) for number in re.findall(r"Số (\d+)", self.text)})
        self.links = {told for page in paper.pages(pdf) for _, told in paper.seen(page)}


async def printed(town: Town, matters: list[Matter]) -> Sheet:
    """Before she sets out. Who is not of the post gets none."""
    ut, lan = town.desk("ut"), str((await town.phone("lan")).person)
    path = f"/desk/day?day={DAY}"
    page = await ut.page(path)
    assert "In phiếu đi tuyến" in page.text
    asked = {"courier": lan, "day": DAY}
    assert (await town.desk("kim").send("/desk/day/run-sheet", asked)).status_code == 403
    assert (await town.desk("thao").send("/desk/day/run-sheet", asked)).status_code == 403
    answer = await ut.send("/desk/day/run-sheet", asked)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), words(answer)
    sheet = Sheet(answer.content)
    wanted = {f"/desk/cases/{one.id}/paper/{one.case.visit}" for one in matters}
    assert wanted <= {link.partition("/desk")[1] + link.partition("/desk")[2] for link in sheet.links}
    assert len(sheet.slips) == len(sheet.links) + 5, "one for each stop, and for who comes by"
    assert "Phát sinh 5" in sheet.text
    return sheet


async def asked_for(town: Town, name: str, window: str) -> Matter:
    one = await Matter.registered(town, owner_name=name, phone="")
    await one.confirmed(FEE)
    await one.booked("lan", DAY, window)
    return one


def serves(lan: InHand, one: Matter) -> None:
    """On the phone alone, which sends nothing any more."""
    one.arrives(lan)
    one.checks_identity(lan)
    one.takes(lan)
    one.pays(lan)
    one.seals(lan)
    one.finishes(lan)


def photograph(text: str) -> bytes:
    """Of a line on paper."""
    picture = Image.new("RGB", (1600, 500), "white")
    ImageDraw.Draw(picture).text((40, 40), text, fill="black")
    made = BytesIO()
    picture.save(made, "JPEG")
    return made.getvalue()


async def typed_in(town: Town, one: Matter, label: str, slip: int, arrived: str, done: str) -> None:
    """By Út, as it is written. Who may not type in finds nothing to type into."""
    ut, shown = town.desk("ut"), await one.shown()
    planned = next((visit for visit in shown["visits"] if visit["outcome"] is None), None)
    path = f"/desk/cases/{one.id}/paper/{planned['visit_id'] if planned else 'new'}"
    assert path in (await ut.page(f"/desk/cases/{one.id}")).text
    assert (await town.desk("mai").page(path)).status_code == 403
    [owner] = [party for party in shown["parties"] if party["role"] == "owner"]
    filled = await ut.form(path, "rekey") | {
        "from": arrived,
        "until": done,
        "who": f"owner:{owner['party_id']}",
        "originals-to_khai": "1",
        "label": label,
        "seal": f"NP{slip:08}",
        "charges": shown["charges"][0]["charge_id"],
        "slip": str(slip),
        "signed": "yes",
        "outcome": "done",
    }
    if planned is None:
        filled |= {"courier": str((await town.phone("lan")).person), "day": DAY}
    without = await ut.send(path, filled)
    assert (without.status_code, "gửi kèm ảnh" in words(without)) == (400, True)
    picture = ("dong.jpg", photograph(f"{one.id} {slip}"), "image/jpeg")
    answer = await ut.send(path, filled, picture=picture)
    assert answer.status_code == 303, words(answer)
    one.label = town.labels[label]


async def confirmed(town: Town, one: Matter) -> None:
    """By Hùng, who sees the picture and what it will do; Út, who typed it in, is offered no such thing."""
    hung, path = town.desk("hung"), f"/desk/cases/{one.id}"
    assert "confirm_rekeyed" not in await town.desk("ut").next(one.id)
    page = (await hung.page(path)).text
    assert "Thu tiền: 8.000" in page
    [picture] = set(re.findall(rf"{path}/pictures/[0-9a-f]{{64}}", page))
    assert (await opened(hung, picture)).headers["content-type"] == "image/jpeg"
    assert (await town.desk("thao").page(picture)).status_code == 404
    await hung.does(one.id, "confirm_rekeyed")
    [parcel] = (await one.shown())["parcels"]
    one.case.parcel = UUID(parcel["parcel_id"])


async def opened(desk: Desk, picture: str) -> httpx.Response:
    """It is cleaned first, in a moment."""
    for _ in range(120):
        if (shown := await desk.page(picture)).status_code == 200:
            return shown
        await asyncio.sleep(0.5)
    return shown


async def acts_of(desk: Desk, one: Matter) -> list[str]:
    done = ("record_arrival", "take_papers", "collect", "finish_visit")
    return [act["kind"] for act in (await desk.shown(one.id))["timeline"] if act["kind"] in done]


async def perhaps_elsewhere(phone: InHand) -> set[str]:
    """Visits that may have been done on another phone."""
    answer = await phone.courier.carrier.request("GET", "/api/courier/sync/day")
    assert answer.status_code == 200, answer.text
    return {visit["visit_id"] for visit in answer.json()["visits"] if visit["perhaps_elsewhere"]}


async def set_aside(town: Town, one: Matter) -> None:
    """The double: Út decides, and nothing of the matter waits any more."""
    ut = town.desk("ut")
    await ut.does(one.id, "resolve_review", {"resolution": "set_aside"})
    assert not [item for item in (await one.shown())["reviews"] if item["kind"] == "record_arrival"]


async def the_day_is_closed(town: Town, lan: InHand, shift: UUID, matters: list[Matter]) -> None:
    for one in matters:
        await one.to_the_post(lan)
    await lan.closes(shift, FEE * len(matters))
