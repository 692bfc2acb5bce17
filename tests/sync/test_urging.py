"""The province urges a unit about a case until a day, and the unit answers (row 41, F28)."""

from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import TODAY, Field
from tests.builders_staff import a_person, hired
from tests.sync.test_questions import erased

WORDS = "Bà Huệ chờ kết quả đã hai tuần.\nBáo rõ vì sao."
ANSWER = "Sáng mai bưu tá mang đến."


async def overseer(field: Field) -> UUID:
    person = (await a_person(field.tx, "Võ Thị Hoa")).id
    await hired(field.tx, person, field.one_stop, Role.SUPERVISOR)
    return person


async def urged(field: Field, case: UUID, unit: UUID, by: UUID | None = None, **more: Any) -> str:
    urging = str(uuid7())
    body = {"urging_id": urging, "unit": str(unit), "answer_by": TODAY.isoformat()} | more
    who = by or await overseer(field)
    await field.at_desk(who, case, "urge", body, base=99, personal={"words": WORDS})
    return urging


async def answered(field: Field, by: UUID, case: UUID, urging: str, text: str | None = ANSWER) -> None:
    personal = None if text is None else {"answer": text}
    await field.at_desk(by, case, "answer_urging", {"urging_id": urging}, base=99, personal=personal)


async def the_urging(field: Field) -> dict[str, Any]:
    row = await field.tx.first(
        "SELECT state, unit_id, words, answer_by, urged_by, urged_at, answer, answered_by, answered_at FROM urgings"
    )
    assert row is not None
    return dict(row.items())


async def refusal(doing: Any) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        await doing
    return refused.value.status, refused.value.problem.type.removeprefix("urn:tannha:problem:")


async def test_the_supervisor_urges_the_post_and_its_head_answers(field: Field) -> None:
    (case, _), hoa = await field.confirmed(), await overseer(field)
    urging = await urged(field, case, field.post, hoa)
    row = await the_urging(field)
    assert (row["state"], row["unit_id"], row["answer_by"]) == ("urged", field.post, TODAY)
    assert (row["words"], row["urged_by"], row["urged_at"], row["answer"]) == (WORDS, hoa, field.at, None)
    assert await field.state(case) == "confirmed"
    await answered(field, field.hung, case, urging)
    row = await the_urging(field)
    assert (row["state"], row["answer"], row["answered_by"]) == ("answered", ANSWER, field.hung)
    assert row["answered_at"] == field.at


@pytest.mark.parametrize("who", ["lan", "ut", "mai", "kim", "hung"])
async def test_nobody_but_the_supervisor_urges(field: Field, who: str) -> None:
    case, _ = await field.confirmed()
    assert await refusal(urged(field, case, field.agency, getattr(field, who))) == (403, "not-allowed")


@pytest.mark.parametrize(
    ("unit", "may", "may_not"), [("post", "hung", "mai"), ("agency", "mai", "hung"), ("one_stop", "mai", "hung")]
)
async def test_only_the_unit_that_is_urged_answers(field: Field, unit: str, may: str, may_not: str) -> None:
    case, _ = await field.confirmed()
    urging = await urged(field, case, getattr(field, unit))
    assert await refusal(answered(field, getattr(field, may_not), case, urging)) == (403, "not-the-urged")
    for who in (field.ut, field.kim, await overseer(field)):
        assert await refusal(answered(field, who, case, urging)) == (403, "not-allowed")
    assert (await the_urging(field))["state"] == "urged"
    await answered(field, getattr(field, may), case, urging)


async def test_what_one_answers_for_elsewhere_gives_no_right_here(field: Field) -> None:
    """An officer of the one-stop, who does not work at the agency that is urged."""
    case, _ = await field.confirmed()
    urging = await urged(field, case, field.agency)
    thao = (await a_person(field.tx, "Ngô Thị Thảo")).id
    await hired(field.tx, thao, field.one_stop, Role.ONE_STOP_OFFICER)
    assert await refusal(answered(field, thao, case, urging)) == (403, "not-the-urged")


async def test_an_urging_of_a_post_that_has_no_more_to_do_with_the_case_is_answered_by_who_has(field: Field) -> None:
    case, _ = await field.confirmed()
    urging = await urged(field, case, field.post)
    await field.tx.run("UPDATE cases SET handling_unit = $other WHERE case_id = $case", other=field.agency, case=case)
    await answered(field, field.mai, case, urging)
    assert (await the_urging(field))["answered_by"] == field.mai


async def test_it_is_answered_once(field: Field) -> None:
    case, _ = await field.confirmed()
    urging = await urged(field, case, field.post)
    await answered(field, field.hung, case, urging)
    with pytest.raises(Refused) as refused:
        await answered(field, field.hung, case, urging, "Đã xong.")
    assert (refused.value.status, "đã có trả lời" in str(refused.value)) == (409, True)
    assert (await the_urging(field))["answer"] == ANSWER


async def test_an_urging_that_is_not_there_is_not_answered(field: Field) -> None:
    case, _ = await field.confirmed()
    with pytest.raises(Refused) as refused:
        await answered(field, field.hung, case, str(uuid7()))
    assert (refused.value.status, "không có đôn đốc" in str(refused.value)) == (409, True)


async def test_a_unit_of_another_case_and_a_day_that_is_over_are_refused(field: Field) -> None:
    (case, _), hoa = await field.confirmed(), await overseer(field)
    assert await refusal(urged(field, case, uuid7(), hoa)) == (400, "unit-not-of-case")
    assert await refusal(urged(field, case, field.post, hoa, answer_by="2026-11-24")) == (400, "day-is-over")
    assert await field.tx.value("SELECT count(*) FROM urgings") == 0
    await urged(field, case, field.post, hoa, answer_by="2026-11-25")


@pytest.mark.parametrize("text", [None, "  \n ", "x" * 2001, "có chữ ẩn \u200b"])
async def test_nobody_is_urged_and_nothing_answered_without_words(field: Field, text: str | None) -> None:
    (case, _), hoa = await field.confirmed(), await overseer(field)
    urging = await urged(field, case, field.post, hoa)
    body = {"urging_id": str(uuid7()), "unit": str(field.post), "answer_by": TODAY.isoformat()}
    personal = None if text is None else {"words": text}
    assert (await refusal(field.at_desk(hoa, case, "urge", body, base=99, personal=personal)))[0] == 400
    assert (await refusal(answered(field, field.hung, case, urging, text)))[0] == 400
    assert [row["state"] for row in await field.tx.all("SELECT state FROM urgings")] == ["urged"]


async def test_a_case_that_waits_for_a_person_may_be_urged_and_answered(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=99)
    assert (await field.does(case, "record_arrival", {"visit_id": visit})).exceptions
    urging = await urged(field, case, field.post)
    await answered(field, field.hung, case, urging)
    assert (await the_urging(field))["state"] == "answered"


async def test_the_words_are_sealed_and_erasure_takes_them(field: Field) -> None:
    case, _ = await field.confirmed()
    urging = await urged(field, case, field.post)
    await answered(field, field.hung, case, urging)
    said = "SELECT count(*) FROM inbox WHERE convert_from(data, 'UTF8') ~ 'Bà Huệ chờ|Sáng mai'"
    assert await field.tx.value(said) == 0
    await erased(field, case)
    row = await the_urging(field)
    assert (row["words"], row["answer"]) == (None, None)
    assert (row["state"], row["unit_id"], row["answered_by"]) == ("answered", field.post, field.hung)


async def test_nobody_is_urged_about_an_erased_case_and_an_open_urging_is_answered_without_words(field: Field) -> None:
    case, _ = await field.confirmed()
    urging = await urged(field, case, field.post)
    await erased(field, case)
    assert await refusal(urged(field, case, field.post)) == (409, "case-is-erased")
    await answered(field, field.hung, case, urging)
    row = await the_urging(field)
    assert (row["state"], row["words"], row["answer"]) == ("answered", None, None)
