"""What is said about a case: calls with the citizen, and what the post asks the agency (rows 14, 30, 31)."""

from typing import Any
from uuid import UUID

import pytest

from backend.acts.service import open_personal
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_staff import a_person, hired
from tests.sync.test_lists import day_of

ASKED = "Bà Huệ chỉ có bản sao giấy chứng sinh.\nCó nhận không?"
ANSWERED = "Nhận bản sao; bản chính xem tại nhà."


async def the_question(field: Field) -> dict[str, Any]:
    row = await field.tx.first(
        "SELECT state, question, asked_by, answer, answered_by, asked_at, answered_at FROM questions"
    )
    assert row is not None
    return dict(row.items())


async def asked_at_the_door(field: Field) -> tuple[UUID, str]:
    """(case, question): Lan stands at the door and asks."""
    case, visit, _ = await field.booked()
    question = str(uuid7())
    body = {"question_id": question, "visit_id": visit}
    answer = await field.does(case, "ask_guidance", body, personal={"question": ASKED})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    return case, question


async def answered(field: Field, by: UUID, case: UUID, question: str, text: str | None = ANSWERED) -> None:
    personal = None if text is None else {"answer": text}
    await field.at_desk(by, case, "answer_guidance", {"question_id": question}, base=99, personal=personal)


async def test_the_courier_asks_and_the_agency_answers(field: Field) -> None:
    case, question = await asked_at_the_door(field)
    row = await the_question(field)
    assert (row["state"], row["question"], row["asked_by"]) == ("asked", ASKED, field.lan)
    assert (row["asked_at"], row["answer"]) == (field.phone.now, None)
    await answered(field, field.mai, case, question)
    row = await the_question(field)
    assert (row["state"], row["answer"], row["answered_by"]) == ("answered", ANSWERED, field.mai)
    assert row["answered_at"] == field.at


async def test_the_answer_comes_with_the_day_bundle(field: Field) -> None:
    case, question = await asked_at_the_door(field)
    [asked] = (await day_of(field)).cases[0].questions
    assert (asked.state, asked.question, asked.answer, asked.answered_at) == ("asked", ASKED, None, None)
    await answered(field, field.mai, case, question)
    [told] = (await day_of(field)).cases[0].questions
    assert (str(told.question_id), told.state, told.answer) == (question, "answered", ANSWERED)


async def test_a_question_is_answered_once(field: Field) -> None:
    case, question = await asked_at_the_door(field)
    await answered(field, field.mai, case, question)
    with pytest.raises(Refused) as refused:
        await answered(field, field.mai, case, question, "Không nhận.")
    assert refused.value.status == 409
    assert "đã có trả lời" in str(refused.value)
    assert (await the_question(field))["answer"] == ANSWERED


@pytest.mark.parametrize("who", ["ut", "hung", "of the one-stop alone"])
async def test_only_an_officer_of_the_agency_answers(field: Field, who: str) -> None:
    case, question = await asked_at_the_door(field)
    person, slug = getattr(field, who, None), "not-allowed"
    if person is None:
        person, slug = (await a_person(field.tx, "Ngô Thị Thảo")).id, "not-the-agency"
        await hired(field.tx, person, field.one_stop, Role.ONE_STOP_OFFICER)
    with pytest.raises(Refused) as refused:
        await answered(field, person, case, question)
    assert (refused.value.status, refused.value.problem.type) == (403, f"urn:tannha:problem:{slug}")
    assert (await the_question(field))["state"] == "asked"


async def test_who_is_asked_does_not_ask(field: Field) -> None:
    case, body = await field.registered(), {"question_id": str(uuid7())}
    for person in (field.mai, field.hung):
        with pytest.raises(Refused) as refused:
            await field.at_desk(person, case, "ask_guidance", body, personal={"question": ASKED})
        assert refused.value.status == 403


@pytest.mark.parametrize("text", [None, "  \n ", "x" * 2001, "có chữ ẩn \u200b"])
async def test_nothing_is_asked_or_answered_without_words(field: Field, text: str | None) -> None:
    case, question = await asked_at_the_door(field)
    for person, kind, name, body in (
        (field.ut, "ask_guidance", "question", {"question_id": str(uuid7())}),
        (field.mai, "answer_guidance", "answer", {"question_id": question}),
    ):
        personal = None if text is None else {name: text}
        with pytest.raises(Refused) as refused:
            await field.at_desk(person, case, kind, body, base=99, personal=personal)
        assert refused.value.status == 400
    assert await field.tx.value("SELECT count(*) FROM questions") == 1


async def test_a_question_that_is_not_there_is_not_answered(field: Field) -> None:
    case = await field.registered()
    with pytest.raises(Refused) as refused:
        await answered(field, field.mai, case, str(uuid7()))
    assert (refused.value.status, "không có câu hỏi" in str(refused.value)) == (409, True)


async def test_the_first_question_under_an_id_stays_and_the_second_is_looked_at(field: Field) -> None:
    case, question = await asked_at_the_door(field)
    again = await field.does(case, "ask_guidance", {"question_id": question}, personal={"question": "Câu khác"})
    assert (again.standing, list(again.exceptions)) == ("applied", ["question:no-such-act-here"])
    assert (await the_question(field))["question"] == ASKED


async def test_a_phone_that_asks_nothing_is_looked_at_by_a_person(field: Field) -> None:
    case, _, _ = await field.booked()
    answer = await field.does(case, "ask_guidance", {"question_id": str(uuid7())})
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:nothing-written"


async def test_a_question_is_answered_while_an_exception_is_open(field: Field) -> None:
    case, question = await asked_at_the_door(field)
    await field.does(case, "ask_guidance", {"question_id": question}, personal={"question": "Câu khác"})
    await answered(field, field.mai, case, question)
    assert (await the_question(field))["state"] == "answered"


async def erased(field: Field, case: UUID) -> None:
    await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=99)
    overseer = (await a_person(field.tx, "Bùi Thị Giám")).id
    await hired(field.tx, overseer, field.post, Role.SUPERVISOR)
    await field.at_desk(overseer, case, "erase", {"reason": "asked"}, base=99)


async def test_erasure_takes_the_words_and_leaves_who_and_when(field: Field) -> None:
    case, question = await asked_at_the_door(field)
    await answered(field, field.mai, case, question)
    await erased(field, case)
    row = await the_question(field)
    assert (row["question"], row["answer"]) == (None, None)
    assert (row["state"], row["asked_by"], row["answered_by"]) == ("answered", field.lan, field.mai)


async def test_a_question_that_comes_after_erasure_brings_no_words_back(field: Field) -> None:
    case, visit, _ = await field.booked()
    late = field.phone.make(case, "ask_guidance", {"question_id": str(uuid7())}, personal={"question": ASKED})
    await erased(field, case)
    [answer] = await field.send(late)
    assert answer.standing == "applied", visit
    row = await the_question(field)
    assert (row["state"], row["question"]) == ("asked", None)


@pytest.mark.parametrize("direction", ["in", "out"])
@pytest.mark.parametrize("outcome", ["reached", "no_answer", "busy", "wrong_number"])
async def test_a_call_is_logged_and_what_was_said_is_sealed(field: Field, direction: str, outcome: str) -> None:
    case, visit, _ = await field.booked()
    body = {"direction": direction, "outcome": outcome}
    answer = await field.does(case, "log_call", body | {"visit_id": visit}, personal={"note": "Con gái nghe máy"})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    for person in (field.kim, field.ut, field.hung):
        told = await field.at_desk(person, case, "log_call", body, base=99)
        assert told.standing == "applied"
    assert await field.state(case) == "booked"
    assert await field.tx.value("SELECT count(*) FROM inbox WHERE convert_from(data, 'UTF8') LIKE '%Con gái%'") == 0
    sealed = [(row["made_by"], row["act_id"]) for row in await field.tx.all("SELECT made_by, act_id FROM personal")]
    assert any("Con gái nghe máy".encode() in part for part in await _opened(field, sealed))
    await erased(field, case)
    assert await _opened(field, sealed) == []


async def _opened(field: Field, keys: list[tuple[UUID, UUID]]) -> list[bytes]:
    return list((await open_personal(field.tx, field.ring, keys)).values())


async def test_an_officer_logs_no_call_and_an_unknown_outcome_is_not_read(field: Field) -> None:
    case = await field.registered()
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "log_call", {"direction": "out", "outcome": "reached"})
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "log_call", {"direction": "out", "outcome": "perhaps"})
    assert refused.value.status == 400
