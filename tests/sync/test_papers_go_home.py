"""Papers that were taken come back to the citizen (Trả lại giấy tờ): with their own visit, and never a dead end."""

from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.sync.desk import Refused
from tests.builders import Field, a_paper
from tests.builders_acts import met, sealed, signed, stock
from tests.builders_acts import received as receives


async def taken(field: Field, *papers: dict[str, Any], seal: bool = True) -> tuple[UUID, str]:
    """(case, visit): Lan has the papers, and the visit has ended where they are sealed."""
    case, visit, _ = await field.booked()
    phone = field.phone
    acts = [
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", met(visit)),
        phone.make(case, "take_papers", {"visit_id": visit, "papers": list(papers)}),
        phone.make(case, "sign", signed(visit)),
    ]
    if seal:
        [label] = await stock(field, 1)
        acts.append(phone.make(case, "seal", sealed(visit, label, papers)))
        acts.append(phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}))
    answers = await field.send(*acts)
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * len(acts)
    return case, visit


async def hands_back(field: Field, case: UUID, *papers: dict[str, Any]) -> list[Any]:
    """On a visit of its own."""
    booking = field.booking("return_papers", window="14:00-15:00")
    await field.at_desk(field.ut, case, "book", booking)
    visit, phone = booking["visit_id"], field.phone
    return await field.send(
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", met(visit)),
        phone.make(case, "hand_back_papers", {"visit_id": visit, "paper_ids": [one["id"] for one in papers]}),
        phone.make(case, "sign", signed(visit, "hand_over")),
        phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}),
    )


async def held(field: Field) -> list[tuple[Any, ...]]:
    rows = await field.tx.all("SELECT holder_kind, state, parcel_id FROM papers ORDER BY paper_id")
    return [tuple(row) for row in rows]


async def test_a_citizen_who_thinks_again_at_the_door_has_the_papers_back(field: Field) -> None:
    paper = a_paper()
    case, visit = await taken(field, paper, seal=False)
    answer = await field.does(case, "hand_back_papers", {"visit_id": visit, "paper_ids": [paper["id"]]})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await field.state(case) == "on_the_way"
    assert await held(field) == [("citizen", "with_citizen", None)]


@pytest.mark.parametrize(
    ("person", "kind", "body", "ends"),
    [
        ("mai", "report_mismatch", {"field": "owner_number"}, "closed"),
        ("mai", "refuse_dossier", {"reason": "not_of_this_agency"}, "closed"),
        ("mai", "withdraw", {}, "withdrawn"),
        ("ut", "cancel", {"reason": "citizen_asked"}, "cancelled"),
    ],
)
async def test_papers_go_home_whatever_ended_it(
    field: Field, person: str, kind: str, body: dict[str, Any], ends: str
) -> None:
    paper = a_paper()
    case, _ = await taken(field, paper)
    await field.at_desk(getattr(field, person), case, kind, body)
    assert await field.state(case) == "return_of_papers"
    answers = await hands_back(field, case, paper)
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 5
    assert await field.state(case) == ends
    assert await held(field) == [("citizen", "with_citizen", None)]


async def test_as_long_as_a_paper_is_away_the_case_is_not_over(field: Field) -> None:
    papers = [a_paper(), a_paper("cccd")]
    case, _ = await taken(field, *papers)
    await field.at_desk(field.mai, case, "refuse_dossier", {"reason": "not_of_this_agency"})
    await hands_back(field, case, papers[0])
    assert await field.state(case) == "return_of_papers"
    [beside] = [row for row in await held(field) if row[0] == "courier"]
    assert beside == ("courier", "in_hand", None), "what lay beside it lies open in the courier's hands"


async def test_of_what_the_agency_has_it_is_asked_and_answers(field: Field) -> None:
    paper = a_paper()
    case, _ = await taken(field, paper)
    [parcel] = await field.tx.all("SELECT parcel_id FROM parcels")
    giving = {"offer_id": str(uuid7()), "parcel_ids": [str(parcel["parcel_id"])], "paper_ids": []}
    to = {"kind": "unit", "id": str(field.agency)}
    await field.does(case, "offer", giving | {"to": to})
    await field.at_desk(field.mai, case, "receive", receives(giving, {"kind": "courier", "id": str(field.lan)}, to))
    assert await field.state(case) == "handed_to_agency"
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "accept_withdrawal", {})
    assert "Chưa có yêu cầu rút" in refused.value.problem.detail
    await field.at_desk(field.mai, case, "withdraw", {})
    assert await field.state(case) == "handed_to_agency"
    assert await field.tx.value("SELECT live FROM dossiers")
    await field.at_desk(field.mai, case, "accept_withdrawal", {})
    assert await field.state(case) == "return_of_papers"
    assert not await field.tx.value("SELECT live FROM dossiers")


async def test_only_the_competent_agency_refuses_a_dossier(field: Field) -> None:
    case, _ = await taken(field, a_paper())
    await field.tx.run("UPDATE cases SET competent_unit = $post", post=field.post)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "refuse_dossier", {"reason": "not_of_this_agency"})
    assert refused.value.problem.type == "urn:tannha:problem:not-the-agency"


async def test_a_dossier_refused_before_anybody_came_frees_the_courier(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.at_desk(field.mai, case, "refuse_dossier", {"reason": "not_of_this_agency"})
    assert await field.state(case) == "closed"
    assert await field.tx.value("SELECT state FROM visits WHERE visit_id = $visit", visit=UUID(visit)) == "cancelled"
    row = await field.tx.first("SELECT live, state FROM appointments")
    assert row is not None
    assert tuple(row) == (False, "cancelled")


async def test_a_mismatch_cleared_up_takes_the_papers_on_their_way_again(field: Field) -> None:
    case, _ = await taken(field, a_paper())
    await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_number"})
    await field.at_desk(field.mai, case, "confirm", {})
    assert await field.state(case) == "papers_taken"
    await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_number"})
    assert await field.state(case) == "return_of_papers"
