"""S15: bà Sáu cannot write. She presses a finger in ink, and a neighbour witnesses."""

import hashlib
from typing import Any

import httpx
import pytest

from backend.ids import uuid7
from tests.stories.desk import Desk, slug
from tests.stories.matter import Matter
from tests.stories.phone import InHand, took_effect
from tests.stories.town import Town

FORM = {"form_version": "to-khai-2026-01"}
READ = "To khai cua ba Sau, hai ban sao"
CONTENT = hashlib.sha256(READ.encode()).hexdigest()
THU = {"name": "Đỗ Thị Thu", "number": "087188001234", "born": "1988-04-02"}
SIGNED = {"relation": "neighbour", "adult_by": "born", "strokes_sha256": "b" * 64}
FINGER = {"document": "to_khai", "mode": "fingerprint", "finger": {"hand": "right", "finger": "index"}}


@pytest.mark.begins("2026-11-26T07:00")
async def test_s15_at_her_house(town: Town) -> None:
    """By phone nothing is refused: what is wrong opens an exception, and the visit is not done."""
    await town.clock("2026-11-26", "07:00")
    lan = await town.phone("lan")
    right, wrong = [await at_the_door(town, lan) for _ in range(2)]
    signs(lan, right)
    right.finishes(lan)
    took_effect(await lan.sends())
    shown = await right.shown()
    assert [(one["state"], one["outcome"]) for one in shown["visits"]] == [("done", "done")]
    assert shown["exceptions"] == []
    page = (await town.desk("ut").page(f"/desk/cases/{right.id}")).text
    assert "Điểm chỉ – ngón trỏ phải" in page
    assert "1 người làm chứng" in page

    lans_own = {**THU, "name": town.name("lan")}
    signs(lan, wrong, who=lans_own)
    wrong.finishes(lan)
    answers = await lan.sends()
    assert [str(one.standing) for one in answers] == ["applied"] * len(answers)
    crossed = [code for one in answers for code in one.exceptions]
    assert crossed == ["visit:guard:witness_is_courier", "visit:guard:declarations_unsigned"]
    [visit] = (await wrong.shown())["visits"]
    assert (visit["state"], visit["outcome"]) == ("partly", "incomplete_sent")
    page = (await town.desk("ut").page(f"/desk/cases/{wrong.id}")).text
    assert "Còn thiếu: tờ khai chưa ký" in page
    assert "Bưu tá, nhân viên không được làm chứng" in page
    for one in (right, wrong):
        await one.to_the_post(lan)


@pytest.mark.begins("2026-11-26T07:30")
async def test_s15_at_the_counter_it_does_not_finish_and_says_why(town: Town) -> None:
    giang = town.desk("giang")
    one = await Matter.registered(town, owner_name="Nguyễn Thị Sáu", model="no_writing")
    await one.confirmed()
    visit, picture = await at_the_counter(town, one, giang)
    finger = with_visit(visit, page_ids=[picture], witnesses=[SIGNED])
    for said, changes, who in (
        ("witness-is-courier", {}, THU | {"name": town.name("giang")}),
        ("witness-not-adult", {}, THU | {"born": "2010-06-01"}),
        ("page-missing", {"page_ids": []}, THU),
        ("mode-not-accepted", {"mode": "drawn", "finger": None}, THU),
    ):
        refused = await giang.act(one.id, "sign", finger | changes, personal={"witnesses": [who]})
        assert (refused.status_code, slug(refused)) == (409, said)
        assert refused.json()["detail"]
        ended = await giang.act(one.id, "finish_visit", {"visit_id": visit, "outcome": "done"})
        assert (ended.status_code, slug(ended)) == (409, "declaration-unsigned")
        assert "tờ khai chưa ký" in ended.json()["title"]
    thu = {"witness_name": THU["name"], "witness_paper": THU["number"], "witness_born": "02/04/1988"}
    pressed = {"document": "to_khai", "mode": "fingerprint", "finger": "index", "hand": "right", "pages": picture}
    await one.does("giang", "sign", pressed | thu | {"witness_relation": "hàng xóm"}, not_by="quy")
    done(await giang.act(one.id, "finish_visit", {"visit_id": visit, "outcome": "done"}))
    [visit_shown] = (await one.shown())["visits"]
    assert visit_shown["outcome"] == "done"


async def at_the_door(town: Town, lan: InHand) -> Matter:
    """The form is filled in, read back and printed; its page and the slip are there."""
    one = await Matter.registered(town, owner_name="Nguyễn Thị Sáu", model="no_writing")
    await one.confirmed()
    await one.booked("lan", await town.today(), "08:00-09:00")
    await lan.pulls()
    one.arrives(lan)
    one.checks_identity(lan)
    one.takes(lan)
    read = {"visit_id": one.case.visit, "document": "to_khai", "content_sha256": CONTENT, **FORM}
    lan.writes("read_back", one.id, read)
    one.seals(lan)
    took_effect(await lan.sends())
    return one


def signs(lan: InHand, one: Matter, who: dict[str, str] = THU) -> None:
    """The right index, in ink, on the page that was photographed."""
    [paper] = one.case.papers
    picture = lan.courier.naming.id("page", paper.id, 1)
    body = with_visit(str(one.case.visit), page_ids=[str(picture)], witnesses=[SIGNED])
    lan.writes("sign", one.id, body, personal={"witnesses": [who]})


def with_visit(visit: str, **more: Any) -> dict[str, Any]:
    return {"visit_id": visit, "signature_id": str(uuid7()), "shown_sha256": CONTENT, **FORM, **FINGER, **more}


async def at_the_counter(town: Town, one: Matter, giang: Desk) -> tuple[str, str]:
    """(visit, page): she came to the post with a printed form. Nothing she brought is taken."""
    who = next(each["person"] for each in town.demo.cast["couriers"] if each["account"] == "lan")
    typed = {"courier": who, "slot": f"{await town.today()} 08:00-09:00", "place": "post_counter"}
    await one.does("ut", "book", typed)
    visit = str(await one.visit())
    paper, picture = str(uuid7()), str(uuid7())
    file = {"sha256": hashlib.sha256(b"trang da diem chi").hexdigest(), "bytes": 17, "media_type": "image/webp"}
    page = {"page_id": picture, "paper_id": paper, "component": "to_khai", "page_number": 1, "file": file}
    done(await giang.act(one.id, "record_arrival", {"visit_id": visit}))
    await one.does("giang", "check_identity", not_by="quy")
    await one.does("giang", "show_notice", not_by="quy")
    for extra in ("place_mark", "zalo_messages"):
        await one.does("giang", "record_consent", {"extra": extra, "answer": "yes"}, not_by="quy")
    await one.does("giang", "withdraw_consent", {"extra": "zalo_messages"}, not_by="quy")
    done(await town.desk("kim").act(one.id, "withdraw_consent", {"extra": "place_mark"}))
    assert "Đã rút lại" in (await giang.page(f"/desk/cases/{one.id}")).text
    typed = {"document": "to_khai", "content": READ, **FORM}
    await one.does("giang", "read_back", typed, not_by="quy")
    done(await giang.act(one.id, "photograph", {"visit_id": visit, **page}))
    return visit, picture


def done(answer: httpx.Response) -> None:
    assert answer.status_code == 200, answer.text
