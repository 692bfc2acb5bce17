"""The word on the citizen's card is checked by the centre alone: a wrong one turns the hand-over red, stops nothing."""

from typing import Any
from uuid import UUID

import pytest

from backend.acts.model import Answer
from backend.parcels import cards
from backend.parcels.codes import grouped
from tests.builders import Field
from tests.builders_acts import label_of, printed, sealed, took_papers

WRONG = "000000"
"""A word like any other, of a card that is not this one."""


async def word_of(field: Field, number: int) -> str:
    return cards.new_card(field.ring, number, field.at).word


async def sealed_case(field: Field, number: int) -> tuple[UUID, str, list[dict[str, Any]]]:
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    assert not (await field.does(case, "seal", sealed(visit, await label_of(field, number), papers))).exceptions
    return case, visit, papers


async def handed_over(
    field: Field, case: UUID, visit: str, papers: list[dict[str, Any]], word: str | None, **more: Any
) -> Answer:
    """As if the result had come meanwhile."""
    await field.tx.run(
        "UPDATE cases SET state = 'out_for_hand_over', check_result = 'passed' WHERE case_id = $case", case=case
    )
    body = {
        "visit_id": visit,
        "paper_ids": [paper["id"] for paper in papers],
        "recipient_class": "owner",
        "relationship": "self",
        "means": "card_seen",
    } | more
    return await field.does(case, "hand_over_result", body, personal=None if word is None else {"word": word})


@pytest.mark.parametrize("spoken", [str, grouped], ids=["as printed", "in groups"])
async def test_the_word_of_the_card_passes(field: Field, spoken: Any) -> None:
    [number] = await printed(field, to=field.lan)
    case, visit, papers = await sealed_case(field, number)
    answer = await handed_over(field, case, visit, papers, spoken(await word_of(field, number)))
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])


async def test_no_word_at_all_is_another_means_of_the_procedure(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    answer = await handed_over(field, *await sealed_case(field, number), None)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])


async def test_a_wrong_word_is_a_red_hand_over_and_no_refusal(field: Field) -> None:
    """It happened: the result is gone, and a person looks at it."""
    [number] = await printed(field, to=field.lan)
    case, visit, papers = await sealed_case(field, number)
    answer = await handed_over(field, case, visit, papers, WRONG)
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["case:guard:word_ok"])
    holder = await field.tx.value("SELECT holder_kind FROM papers WHERE case_id = $case", case=case)
    assert holder == "citizen"


async def test_a_phone_that_says_the_word_was_right_is_not_believed(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    answer = await handed_over(field, *await sealed_case(field, number), WRONG, word_ok=True)
    assert list(answer.exceptions) == ["case:guard:word_ok"]


async def test_the_word_of_another_card_is_a_wrong_word(field: Field) -> None:
    """Also that of the set whose label replaced the first one: its card is in the courier's bag."""
    mine, other, new = await printed(field, 3, to=field.lan)
    case, visit, papers = await sealed_case(field, mine)
    parcel = await field.tx.value("SELECT parcel_id FROM parcels WHERE case_id = $case", case=case)
    body = {"parcel_id": str(parcel), "label": await label_of(field, new), "seal_number": "NP-0002"}
    assert not (await field.does(case, "relabel", body)).exceptions
    for number in (other, new):
        answer = await handed_over(field, case, visit, papers, await word_of(field, number))
        assert "case:guard:word_ok" in answer.exceptions
