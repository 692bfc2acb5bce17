"""Rows of `requirements.md` about what post, hotline and agency tell each other about a case, from outside."""

from html import unescape
from typing import Any

from backend.ids import uuid7
from tests.stories.desk import slug, words
from tests.stories.matter import Matter
from tests.stories.town import Town

ASKED = "Bà Huệ chỉ có bản sao giấy chứng sinh. Có nhận không?"
ANSWERED = "Nhận bản sao; bản chính xem tại nhà rồi trả lại ngay."


def section(page: str, name: str) -> str:
    return unescape(page.partition(f'id="{name}"')[2].partition("</section>")[0])


async def page_of(town: Town, account: str, one: Matter) -> str:
    return (await town.desk(account).page(f"/desk/cases/{one.id}")).text


def calls(shown: dict[str, Any]) -> list[tuple[str, str, str, str | None]]:
    """(who, direction, outcome, what was said) of every call in the timeline."""
    return [
        (act["actor_name"], act["call"]["direction"], act["call"]["outcome"], act["call"]["note"])
        for act in shown["timeline"]
        if act["kind"] == "log_call"
    ]


async def test_row_14_a_call_is_logged_with_who_when_what_became_of_it_and_what_was_said(town: Town) -> None:
    one = await Matter.registered(town, "kim")
    said = {"direction": "in", "outcome": "reached", "note": "Bà hỏi khi nào bưu tá đến"}
    await one.does("kim", "log_call", said, not_by="mai")
    await one.does("kim", "forward")
    await one.does("hung", "log_call", {"direction": "out", "outcome": "no_answer", "note": ""})
    assert calls(await one.shown("kim")) == [
        (town.name("kim"), "in", "reached", said["note"]),
        (town.name("hung"), "out", "no_answer", None),
    ]
    for who in ("kim", "hung", "mai"):
        timeline = section(await page_of(town, who, one), "timeline")
        assert "Công dân gọi đến: Nói chuyện được" in timeline, who
        assert said["note"] in timeline, who
        assert "Gọi đi: Không nghe máy" in timeline, who
    wrong = await town.desk("kim").act(one.id, "log_call", {"direction": "out", "outcome": "perhaps"})
    assert (wrong.status_code, slug(wrong)) == (400, "invalid"), wrong.text


async def test_row_14_the_courier_logs_a_call_from_the_road(town: Town) -> None:
    one, lan = await Matter.registered(town), await town.phone("lan")
    await one.confirmed()
    await one.booked("lan", await town.today(), "16:00-17:00")
    await lan.pulls()
    body = {"direction": "out", "outcome": "busy", "visit_id": str(one.case.visit)}
    await lan.does("log_call", one.id, body, personal={"note": "Gọi lại sau 10 phút"})
    assert calls(await one.shown()) == [("Nguyễn Thị Lan", "out", "busy", "Gọi lại sau 10 phút")]


async def test_row_30_the_post_asks_and_the_agency_answers_on_the_case(town: Town) -> None:
    one, lan, mai = await Matter.registered(town), await town.phone("lan"), town.desk("mai")
    await one.confirmed()
    await one.booked("lan", await town.today(), "16:00-17:00")
    await lan.pulls()
    question = str(uuid7())
    body = {"question_id": question, "visit_id": str(one.case.visit)}
    await lan.does("ask_guidance", one.id, body, personal={"question": ASKED})
    await one.does("ut", "ask_guidance", {"question": "Phí thu tại nhà hay tại quầy?"}, not_by="mai")

    assert "answer_guidance" in await mai.next(one.id), "what the agency has to do next"
    waiting = (await mai.read("/api/desk/cases?asked=true")).json()["cases"]
    assert str(one.id) in [line["case_id"] for line in waiting]
    assert "Bưu điện hỏi" in (await mai.page("/desk?asked=1")).text
    assert "Bưu điện hỏi" not in (await town.desk("ut").page("/desk")).text
    for who in ("ut", "mai"):
        assert section(await page_of(town, who, one), "questions").count("Chờ cơ quan trả lời") == 2, who

    await one.does("mai", "answer_guidance", {"answer": ANSWERED}, not_by="ut")
    again = await mai.act(one.id, "answer_guidance", {"question_id": question}, personal={"answer": "Không nhận."})
    assert (again.status_code, slug(again)) == (409, "not-now"), again.text
    assert "đã có trả lời" in again.json()["detail"]
    first, second = (await one.shown())["questions"]
    assert (first["question"], first["answer"], first["state"]) == (ASKED, ANSWERED, "answered")
    assert (first["asked_by_name"], first["answered_by_name"]) == ("Nguyễn Thị Lan", town.name("mai"))
    assert (second["state"], second["answer"]) == ("asked", None)
    for who in ("ut", "mai"):
        thread = section(await page_of(town, who, one), "questions")
        assert ANSWERED in thread, who
        assert "trả lời sau" in thread, "row 31: how long the answer took"
    await one.does("mai", "answer_guidance", {"answer": "Tại nhà."})
    waiting = (await mai.read("/api/desk/cases?asked=true")).json()["cases"]
    assert str(one.id) not in [line["case_id"] for line in waiting]


async def test_row_30_who_may_not_is_told_why(town: Town) -> None:
    one, thao, ut = await Matter.registered(town, "thao"), town.desk("thao"), town.desk("ut")
    question = str(uuid7())
    for desk, kind, name, expected in (
        (thao, "ask_guidance", "question", (403, "not-allowed")),
        (thao, "answer_guidance", "answer", (409, "not-now")),
        (ut, "answer_guidance", "answer", (403, "not-allowed")),
    ):
        body, personal = {"question_id": question}, {name: "Một câu"}
        refused = await desk.act(one.id, kind, body, personal=personal)
        assert (refused.status_code, slug(refused)) == expected, refused.text
    await one.does("ut", "ask_guidance", {"question": "Hồ sơ này nhận ở đâu?"})
    [asked] = (await one.shown())["questions"]
    body = {"question_id": asked["question_id"]}
    refused = await thao.act(one.id, "answer_guidance", body, personal={"answer": "Tại Mỹ Tho"})
    assert (refused.status_code, slug(refused)) == (403, "not-the-agency"), refused.text
    assert "answer_guidance" not in await thao.next(one.id)
    form = await ut.form(f"/desk/cases/{one.id}", "ask_guidance")
    empty = await ut.send(f"/desk/cases/{one.id}", form | {"question": "  "})
    assert empty.status_code == 400, words(empty)
    assert "Ô này chưa có gì" in empty.text


async def test_row_30_the_answer_is_in_the_couriers_day(town: Town) -> None:
    one, lan = await Matter.registered(town), await town.phone("lan")
    await one.confirmed()
    await one.booked("lan", await town.today(), "16:00-17:00")
    await one.does("ut", "ask_guidance", {"question": ASKED})
    await one.does("mai", "answer_guidance", {"answer": ANSWERED})
    bundle = (await lan.courier.carrier.request("GET", "/api/courier/sync/day")).json()
    [case] = [case for case in bundle["cases"] if case["case_id"] == str(one.id)]
    assert [(told["question"], told["answer"]) for told in case["questions"]] == [(ASKED, ANSWERED)]


async def test_row_30_what_was_asked_answered_and_said_is_erased_with_the_case(town: Town) -> None:
    one = await Matter.registered(town)
    await one.does("ut", "ask_guidance", {"question": ASKED})
    await one.does("mai", "answer_guidance", {"answer": ANSWERED})
    await one.does("ut", "log_call", {"direction": "out", "outcome": "reached", "note": "Con gái nghe máy"})
    await one.does("ut", "cancel", {"reason": "citizen_asked"})
    erased = await town.desk("dung").act(one.id, "erase", {"reason": "asked"})
    assert erased.status_code == 200, erased.text
    shown = await one.shown()
    [question] = shown["questions"]
    assert (question["question"], question["answer"], question["state"]) == (None, None, "answered")
    assert calls(shown) == [(town.name("ut"), "out", "reached", None)]
    page = unescape(await page_of(town, "ut", one))
    for text in (ASKED, ANSWERED, "Con gái nghe máy"):
        assert text not in page
    assert "(đã xóa trả lời)" in page
