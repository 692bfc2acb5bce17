"""Rows of `requirements.md` about papers, money, the result, and what the citizen may rely on, from outside."""

import itertools
import re
from html import unescape
from typing import Any

import pytest

from backend.fees.references import reference
from backend.ids import uuid7
from backend.simulate import door
from tests.stories.desk import slug
from tests.stories.matter import POST, THREE_PAPERS, Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

_orders = itertools.count()


async def at_the_door(town: Town, *fees: int, **typed: Any) -> tuple[Matter, InHand]:
    """Lan is there, and knows who is before her."""
    one, lan = await Matter.registered(town, **typed), await town.phone("lan")
    await one.confirmed(*fees)
    await one.booked("lan", await town.today(), "15:00-16:00")
    await lan.pulls()
    one.arrives(lan)
    one.checks_identity(lan)
    return one, lan


async def test_row_22_the_citizen_goes_nowhere(town: Town) -> None:
    one, lan = await at_the_door(town, 8_000)
    one.takes(lan)
    one.pays(lan)
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())
    shown = await one.shown()
    assert {visit["place"] for visit in shown["visits"]} == {"home"}
    assert [paper["holder_kind"] for paper in shown["papers"]] == ["courier"]
    assert [charge["state"] for charge in shown["charges"]] == ["settled"]


async def test_row_23_papers_are_counted_photographed_sealed_and_signed_for(town: Town) -> None:
    one, lan = await at_the_door(town)
    one.takes(lan, THREE_PAPERS)
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())
    shown = await one.shown()
    counted = sorted((paper["form"], paper["originals"], paper["copies"]) for paper in shown["papers"])
    assert counted == [("certified_copy", 0, 1), ("original", 1, 0), ("plain_copy", 0, 1)]
    [parcel] = shown["parcels"]
    assert (parcel["number"], parcel["item_number"]) == (one.label["number"], one.label["item_number"])
    assert parcel["seal_number"]
    acts = [act["kind"] for act in shown["timeline"]]
    assert (acts.count("photograph"), acts.count("sign")) == (4, 1)
    assert await town.step(f"/t/{one.label['card_token']}") == "Đã nhận giấy tờ"


async def test_row_24_fees_are_taken_in_cash_wholly_under_one_numbered_slip(town: Town) -> None:
    one, lan = await at_the_door(town, 8_000, 15_000)
    one.takes(lan)
    before = lan.courier.cash
    one.pays(lan)
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())
    assert lan.courier.cash - before == 23_000
    assert [charge["state"] for charge in (await one.shown())["charges"]] == ["settled"] * 2


@pytest.mark.parametrize("when", ["on_time", "twice"])
async def test_row_24_a_transfer_pays_when_the_bank_says_so_and_once(town: Town, when: str) -> None:
    one, lan = await at_the_door(town, 15_000)
    day = (await lan.courier.carrier.request("GET", "/api/courier/sync/day")).json()
    [charge] = lan.courier.phone.bundle.cases[one.id].owes("reception")
    number = day["reference_blocks"][0]["first_number"] + next(_orders)
    order = {
        "visit_id": one.case.visit,
        "payment_id": uuid7(),
        "account_id": day["payees"][0]["account_id"],
        "reference": reference(number),
        "lines": [{"charge_id": charge.charge_id, "amount": charge.amount}],
        "total": charge.amount,
    }
    await lan.does("show_payment_code", one.id, order)
    assert (await one.shown())["payments"][0]["state"] == "waiting_transfer"
    sent = {"amount": 15_000, "when": when, "reference": order["reference"]}
    paid = (await town.line.http.post("/demo/bank/payments", json=sent)).json()
    assert set(paid["notices"]) == {200}
    shown = await one.shown()
    assert [(one["state"], one["received"]) for one in shown["payments"]] == [("credited", 15_000)]
    assert ([charge["state"] for charge in shown["charges"]], shown["refunds"]) == (["settled"], [])
    await one.papers_taken(lan)


async def test_row_24_a_procedure_may_cost_nothing(town: Town) -> None:
    one, lan = await at_the_door(town, procedure="1.001193")
    one.takes(lan)
    one.pays(lan)
    one.seals(lan)
    one.finishes(lan)
    took_effect(await lan.sends())
    assert (await one.shown())["charges"] == []


async def test_row_25_an_original_is_seen_by_name_photographed_and_never_taken(town: Town) -> None:
    one, lan = await at_the_door(town, procedure="1.004884")
    took_effect(await lan.sends())
    day = (await lan.courier.carrier.request("GET", "/api/courier/sync/day")).json()
    [visit] = [visit for visit in day["visits"] if visit["case_id"] == str(one.id)]
    to_see = [(paper["component"], paper["photograph"]) for paper in visit["see"]]
    assert to_see == [("giay_to_cu", True), ("giay_to_tuy_than", False)]
    to_take = [(paper["component"], paper["originals"], paper["copies"]) for paper in visit["take"]]
    assert to_take == [("to_khai", 1, 0), ("giay_to_cu", 0, 1)]
    assert "Xem rồi trả lại" in (await town.desk("ut").page("/desk/day")).text

    # At a counter all that does not fit is refused by name
    said = {"visit_id": one.case.visit, "paper_id": uuid7(), "component": "giay_to_cu"}
    for component, status, why in (
        ("giay_to_cu", 409, "picture-missing"),
        ("to_khai", 409, "original-travels"),
        ("so_do", 404, "paper-not-listed"),
    ):
        refused = await town.desk("giang").act(one.id, "see_original", said | {"component": component})
        assert (refused.status_code, slug(refused)) == (status, why), refused.text
        assert refused.json()["detail"]

    picture = lan.courier.album.page("to_khai", 1)
    file = lan.courier.keeps(picture.data, one.case.name, "giay_to_cu", 1)
    kept = {"sha256": file.plain_sha256, "sealed_sha256": file.sha256, "bytes": file.plain_bytes}
    page = {"page_id": uuid7(), "page_number": 1, "file": kept | {"media_type": picture.media_type}}
    lan.writes("photograph", one.id, said | page)
    lan.writes("see_original", one.id, said)
    took_effect(await lan.sends())
    [paper] = (await one.shown())["papers"]
    assert (paper["state"], paper["holder_kind"], paper["holder"]) == ("seen", "citizen", str(one.id))
    assert (paper["seen_by_name"], paper["pictures"]) == ("Nguyễn Thị Lan", 1)
    assert paper["seen_at"]
    told = (await town.desk("ut").page(f"/desk/cases/{one.id}")).text
    assert "Nguyễn Thị Lan · đã trả lại ngay · 1 ảnh" in told
    await one.papers_taken(lan)
    held = {paper["component"]: paper["holder_kind"] for paper in (await one.shown())["papers"]}
    assert held == {"giay_to_cu": "citizen", "to_khai": "courier"}


async def test_row_26_the_result_is_brought_again_after_nobody_was_home(town: Town) -> None:
    one, lan = await at_the_door(town)
    await one.papers_taken(lan)
    await one.to_the_post(lan)
    await one.to_the_one_stop()
    await one.examined()
    await one.result_released()
    await one.result_to_the_post()
    await one.booked("lan", await town.today(), "16:00-17:00", purpose="deliver")
    await one.result_to(lan)
    lan.writes("depart", one.id, {"visit_id": one.case.visit})
    one.arrives(lan)
    door.fail(lan.courier, one.case, one.case.visit, "H01")
    door.offer_result(lan.courier, one.case, town.unit(POST))
    took_effect(await lan.sends())
    assert await town.step(one.tracking) == "Đã có kết quả"
    await one.does("ut", "receive", {"parcels": str(one.case.result_parcel)})
    await one.booked("lan", await town.today(), "16:00-17:00", purpose="deliver")
    await one.does("ut", "offer", {"to": f"courier:{lan.person}"})
    offers = (await one.shown())["offers"]
    offer = next(each["offer_id"] for each in offers if each["receiver"] == str(lan.person))
    half = {"offer_id": offer, "parcel_ids": [one.case.result_parcel], "paper_ids": []}
    holders = {"giver": {"kind": "unit", "id": town.unit(POST)}, "receiver": {"kind": "courier", "id": lan.person}}
    lan.writes("receive", one.id, half | holders)
    await one.result_handed_over(lan)
    shown = await one.shown()
    assert [visit["reason"] for visit in shown["visits"] if visit["purpose"] == "deliver"].count("H01") == 1
    assert await town.step(one.tracking) == "Đã trả kết quả"


async def test_row_30_post_and_agency_see_one_timeline(town: Town) -> None:
    one, lan = await at_the_door(town)
    await one.papers_taken(lan)
    await one.to_the_post(lan)
    post, agency = (await one.shown("ut"))["timeline"], (await one.shown("mai"))["timeline"]
    assert post == agency
    assert {act["actor_name"] for act in post} >= {"Trần Văn Út", "Lê Thị Mai", "Nguyễn Thị Lan"}


@pytest.mark.parametrize(
    ("code", "time", "papers"),
    [("2.000635", "Trong ngày; nhận sau 15:00 thì ngày làm việc tiếp theo", 2), ("1.001022", "3 ngày làm việc", 3)],
)
async def test_row_33_the_time_limit_and_the_list_of_papers_are_public(
    town: Town, code: str, time: str, papers: int
) -> None:
    page = unescape((await town.line.http.get(f"/thu-tuc/{code}")).text)
    [said] = re.findall(r"<dt>Thời hạn</dt><dd>(.*?)<br>", page)
    assert said == time
    assert "tính từ khi cơ quan nhận đủ hồ sơ" in page
    assert "Cơ quan và bưu tá không được đòi giấy tờ ngoài danh sách này." in page
    assert len(re.findall(r"<li[^>]*>\s*<h3>", page)) == papers


async def test_row_33_the_agency_cannot_ask_for_a_paper_outside_the_published_list(town: Town) -> None:
    case = await Matter.registered(town)
    mai = town.desk("mai")
    assert "components" not in await mai.form(f"/desk/cases/{case.id}", "confirm")
    refused = await mai.act(case.id, "confirm", {"charges": [], "components": ["to_khai", "so_ho_khau"]})
    assert (refused.status_code, slug(refused)) == (400, "not-to-be-asked")
    assert (await mai.act(case.id, "confirm", {"charges": [], "components": ["to_khai"]})).status_code == 200
