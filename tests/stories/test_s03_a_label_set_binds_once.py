"""S03, S04: a label set binds once, and only from the hands that have it; a torn label gives way to another."""

import hashlib
from typing import Any
from uuid import UUID

import pytest

from backend.acts.rules import NO_SUCH_ACT, current, load
from backend.ids import uuid7
from tests.pages import forms
from tests.stories.desk import Desk, slug
from tests.stories.matter import POST, Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

DAY, LATER = "2026-11-26", "11:00-12:00"
LABELS = "/desk/label-sets"


@pytest.mark.begins("2026-11-26T09:00")
async def test_s03_a_label_set_binds_once(town: Town) -> None:
    await town.clock(DAY, "09:00")
    lan, ut, giang = await town.phone("lan"), town.desk("ut"), town.desk("giang")
    held, bound = await left(ut, "Nguyễn Thị Lan"), await used(ut)
    p1 = await picked_up(town, lan)
    assert (await left(ut, "Nguyễn Thị Lan"), await used(ut)) == (held - 1, bound + 1)
    await lan.pulls()
    numbers = await stock(ut)
    in_stock = next(one for one in town.labels.values() if one["number"] in numbers)
    case, sealing = await at_the_counter(town, giang)
    genuine = p1.label["label"]
    refused = {
        "label-used": genuine,
        "label-of-another": lan.courier.phone.bundle.labels[0],
        "label-not-issued": in_stock["label"],
        "label-not-ours": genuine[:-1] + ("A" if genuine[-1] != "A" else "B"),
    }
    said: set[str] = set()
    for expected, label in refused.items():
        answer = await giang.act(case, "seal", sealing | {"label": label})
        assert (answer.status_code, slug(answer)) == (409, expected)
        said.add(answer.json()["detail"])
    assert len(said) == len(refused)
    assert said == the_phone_says()
    own = await given(town, giang, in_stock["number"])
    assert (await giang.act(case, "seal", sealing | {"label": own})).status_code == 200
    assert (await left(ut, "Nguyễn Thị Lan"), await used(ut)) == (held - 1, bound + 2)
    await p1.to_the_post(lan)


def the_phone_says() -> set[str]:
    """By the table that runs on the phone, with no network."""
    table = load(current())
    reasons = {"bound": NO_SUCH_ACT, "issued": "guard:holder_is_actor", "printed": NO_SUCH_ACT, "none": NO_SUCH_ACT}
    return {table.refusal(reason, "label_set", state, "seal")[1] for state, reason in reasons.items()}


async def picked_up(town: Town, lan: InHand, window: str = "10:00-11:00") -> Matter:
    one = await Matter.registered(town, owner_name="Đoàn Thị Sen", phone="")
    await one.confirmed()
    await one.booked("lan", DAY, window)
    await one.picked_up(lan)
    return one


async def at_the_counter(town: Town, giang: Desk) -> tuple[UUID, dict[str, Any]]:
    """Papers are taken at the counter; what sealing them says, but for the label."""
    one = await Matter.registered(town, owner_name="Đoàn Văn Lúa", phone="")
    await one.confirmed()
    path = f"/desk/cases/{one.id}"
    booking = next(
        form for form in forms(await town.desk("ut").page(path), "book") if form.get("place") == "post_counter"
    )
    lan = next(who["person"] for who in town.demo.cast["couriers"] if who["account"] == "lan")
    assert (await town.desk("ut").send(path, booking | {"courier": lan, "agreed": "yes"})).status_code == 303
    visit, paper = str(await one.visit()), str(uuid7())
    taken = {"id": paper, "component": "to_khai", "form": "original", "originals": 1, "copies": 0}
    for kind, body in (
        ("record_arrival", {}),
        ("check_identity", {"party": "owner", "means": "card_seen"}),
        ("take_papers", {"papers": [taken]}),
    ):
        answer = await giang.act(one.id, kind, {"visit_id": visit} | body)
        assert answer.status_code == 200, answer.text
    sealing = {"visit_id": visit, "parcel_id": str(uuid7()), "seal_number": "NP-0300", "paper_ids": [paper]}
    return one.id, sealing


async def given(town: Town, giang: Desk, number: int) -> str:
    """Út hands her one out of the stock."""
    post = town.unit(POST)
    body, subject = {"courier": str(giang.person), "numbers": [number]}, {"kind": "unit", "id": str(post)}
    assert (await town.desk("ut").act(post, "issue_label_sets", body, subject=subject)).status_code == 200
    town.given.add(number)
    return next(label for label, one in town.labels.items() if one["number"] == number)


async def stock(ut: Desk) -> set[int]:
    """Numbers that nobody has carried away."""
    page = (await ut.page(LABELS)).text.partition("Trong kho")[2].partition("</ul>")[0]
    found: set[int] = set()
    for line in page.split('<span class="name">')[1:]:
        first, _, last = line.partition("<")[0].partition("–")
        found |= set(range(int(first), int(last or first) + 1))
    return found


async def left(ut: Desk, courier: str) -> int:
    """How many sets a courier still has, as the page of the stock says."""
    page = (await ut.page(LABELS)).text.partition("Bưu tá đang giữ")[2]
    line = page.partition(f'<span class="name">{courier}</span>')[2]
    return int(line.partition('<span class="holder">')[2].split()[0])


async def used(ut: Desk) -> int:
    """How many are on parcels."""
    return int((await ut.page(LABELS)).text.partition("<dt>Đã gắn</dt><dd>")[2].partition("<")[0])


@pytest.mark.begins("2026-11-26T10:00")
async def test_s04_a_torn_label(town: Town) -> None:
    await town.clock(DAY, "10:00")
    lan, ut = await town.phone("lan"), town.desk("ut")
    p1 = await picked_up(town, lan, LATER)
    old, new = p1.label, town.labels[lan.courier.phone.bundle.labels[-1]]
    pictures = [hashlib.sha256(side).hexdigest() for side in (b"nhan cu", b"nhan moi")]
    body = {"parcel_id": p1.case.parcel, "label": new["label"], "seal_number": "NP-0414", "photographs": pictures}
    await lan.does("relabel", p1.id, body)
    assert f"Nhãn đã thay bằng {new['number']:05}" in await scanned(ut, old["label"])
    assert f"Nhãn đã thay bằng {new['number']:05}" in await scanned(ut, old["item_number"])
    shown = await p1.shown()
    [parcel] = shown["parcels"]
    assert (parcel["parcel_id"], parcel["number"], parcel["seal_number"]) == (
        str(p1.case.parcel),
        new["number"],
        "NP-0414",
    )
    assert parcel["holder"] == str(lan.person)
    assert await town.track(f"/t/{old['card_token']}") == await town.track(p1.tracking)
    # Void for ever: it seals nothing else, and the parcel goes on by the new one.
    again = await picked_up(town, lan, LATER)
    lan.writes("relabel", again.id, {"parcel_id": again.case.parcel, "label": old["label"], "seal_number": "NP-0415"})
    [answer] = await lan.sends()
    assert "label_set:no-such-act-here" in answer.exceptions
    p1.label = new
    await p1.to_the_post(lan)
    history = [one["kind"] for one in (await p1.shown())["timeline"] if one["kind"] in HISTORY]
    assert history == list(HISTORY)
    again.offers(lan)
    took_effect(await lan.sends())
    await again.does("ut", "receive", {"parcels": str(again.case.parcel)})


HISTORY = ("take_papers", "seal", "relabel", "offer", "receive")


async def scanned(desk: Desk, text: str) -> str:
    answer = await desk.send("/desk/scan", {"text": text})
    assert answer.status_code == 200, answer.text
    return answer.text
