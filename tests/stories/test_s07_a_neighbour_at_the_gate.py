"""S07, S08: neighbours who ask at the gate, offline; and a matter that one of them had asked for by phone before."""

import pytest

from backend.dossiers.tokens import TOKEN_BYTES
from backend.ids import uuid7
from tests.stories.matter import POST, Matter
from tests.stories.phone import took_effect
from tests.stories.town import Town

DAY = "2026-12-07"
PROCEDURE, FEE = "2.000635", 8_000
"""Cấp bản sao trích lục hộ tịch. FEE: đồng."""
SAU, BAY = "Trần Thị Sáu Bờ", "Lý Văn Bảy Mương"


@pytest.mark.begins("2026-12-07T08:00")
async def test_s07_and_s08_a_neighbour_at_the_gate(town: Town) -> None:
    await town.clock(DAY, "08:00")
    phoned = await Matter.registered(town, "kim", owner_name=SAU, phone="", address="", procedure=PROCEDURE)
    lan = await town.phone("lan")
    shift, visit = await lan.begins(town.unit(POST), DAY, 0), uuid7()
    sau, bay = Matter.at_the_gate(town, lan, SAU, FEE, visit), Matter.at_the_gate(town, lan, BAY, FEE, visit)
    for one in (sau, bay):
        one.finishes(lan)
    assert len(lan.courier.phone.outbox) > 20, "nothing was sent yet"
    took_effect(await lan.sends())
    for one in (sau, bay):
        await is_whole(town, one)
    board = (await town.desk("ut").page(f"/desk/day?day={DAY}")).text
    assert board.count("phát sinh") == 1, "one visit, two cases of the house"
    assert board.count(SAU) == board.count(BAY) == 1
    for one in (sau, bay):
        assert "confirm" in await town.desk("mai").next(one.id)
        await one.does("mai", "confirm", {"dossier_code": ""}, not_by="ut")
        assert (await one.shown())["state_vi"] == "Đã nhận giấy tờ"
        assert len((await one.shown())["charges"]) == 1, "what was quoted is not asked for a second time"
    await merged(town, phoned, sau)
    for one in (sau, bay):
        await one.to_the_post(lan)
    await lan.closes(shift, 2 * FEE)


async def is_whole(town: Town, one: Matter) -> None:
    """Case, slip, card and parcel: as if it had been registered beforehand."""
    shown = await one.shown()
    assert (shown["channel"], shown["state_vi"]) == ("post", "Đã nhận giấy, chờ xác nhận")
    assert [charge["state"] for charge in shown["charges"]] == ["settled"]
    assert [parcel["holder"] for parcel in shown["parcels"]] == [shown["visits"][0]["courier"]]
    assert "sign" in [act["kind"] for act in shown["timeline"]]
    assert await town.step(one.tracking) == "Đã nhận giấy tờ"


async def merged(town: Town, phoned: Matter, sau: Matter) -> None:
    """S08: neither was refused; a person sees that they are one, and nothing of either is lost."""
    mai = town.desk("mai")
    doubles = (await mai.page("/desk?alike=1")).text
    assert str(phoned.id) in doubles
    assert str(sau.id) in doubles
    for one, other in ((phoned, sau), (sau, phoned)):
        assert [found["case_id"] for found in (await one.shown("mai"))["alike"]] == [str(other.id)]
    before = await sau.shown("mai")
    assert "merge" not in await mai.next(sau.id), "what has papers is not merged into what has none"
    await phoned.does("mai", "merge", {"survivor": str(sau.id)}, not_by="quy")
    lost, went_on = await phoned.shown("mai"), await sau.shown("mai")
    assert (lost["state_vi"], lost["merged_into"]) == ("Đã gộp", str(sau.id))
    assert went_on["merged_from"] == [str(phoned.id)]
    for what in ("papers", "parcels", "charges", "registrations"):
        assert went_on[what] == before[what]
    assert [act["kind"] for act in lost["timeline"]][-1] == "merge"
    assert (await town.track(phoned.tracking)) == (await town.track(sau.tracking)), "either card shows the one case"
    assert str(phoned.id) not in (await mai.page("/desk?alike=1")).text
    await phoned.does("mai", "undo_merge", {"reason": "another_matter"}, not_by="ut")
    assert (await phoned.shown("mai"))["state_vi"] == "Chờ cơ quan xác nhận"
    assert [act["kind"] for act in (await sau.shown("mai"))["timeline"]][-2:] == ["merge", "undo_merge"]


@pytest.mark.begins("2026-12-07T09:00")
async def test_s06_the_look_up_number_is_for_the_ear(town: Town) -> None:
    await town.clock(DAY, "09:00")
    lan = await town.phone("lan")
    shift = await lan.begins(town.unit(POST), DAY, 0)
    one = Matter.at_the_gate(town, lan, "Phan Thị Tám Cồn", FEE, uuid7())
    one.finishes(lan)
    took_effect(await lan.sends())
    number = one.label["look_up_number"]
    http = town.line.http
    wrong_token = "A" * (TOKEN_BYTES * 8 // 5 + 1)
    nowhere = await http.get(f"/t/{wrong_token}")
    found = await http.get(f"/t/{number}")
    assert (found.status_code, len(found.content)) == (nowhere.status_code, len(nowhere.content))
    for page, status in (("/", 200), (f"/?q={number}", 200), (f"/t/?q={number}", 404), (f"/thu-tuc?q={number}", 200)):
        answer = await http.get(page, headers={"Accept": "text/html"})
        assert answer.status_code == status, page
        assert str(one.id) not in answer.text
        assert "Tám Cồn" not in answer.text
    kim = town.desk("kim")
    looked_up = await kim.send("/desk/look-up", {"number": number, "reason": "citizen_calls"})
    for told in ("Đã nhận giấy tờ", POST):
        assert told in looked_up.text, "where it is and who has it; more only by calling the number on file"
    wrong = ("B" if number[0] != "B" else "C") + number[1:]
    refused = await kim.send("/desk/look-up", {"number": wrong, "reason": "citizen_calls"})
    assert refused.status_code == 400
    assert POST not in refused.text.partition("<main")[2]
    await one.to_the_post(lan)
    await lan.closes(shift, FEE)
