"""Two cases of one matter become one (Gộp, F02): nothing is lost, and undoing it is an act of its own."""

from typing import Any
from uuid import UUID

import pytest

from backend.dossiers.tokens import stored
from backend.ids import uuid7
from backend.sync.desk import Refused
from backend.tracking import queries as tracking
from tests.builders import MORNING, Field, a_paper
from tests.sync.test_papers_go_home import taken

WHY = {"reason": "same_matter"}


async def merged(field: Field, case: UUID, survivor: UUID) -> None:
    await field.at_desk(field.mai, case, "merge", WHY | {"survivor": str(survivor)})


async def chain(field: Field, case: UUID) -> list[tuple[str, bool]]:
    rows = await field.tx.all("SELECT kind, parent FROM acts WHERE subject_id = $case ORDER BY n", case=case)
    return [(row["kind"], row["parent"] is not None) for row in rows]


async def why_not(field: Field, case: UUID, survivor: UUID) -> str:
    with pytest.raises(Refused) as refused:
        await merged(field, case, survivor)
    return refused.value.problem.detail


async def test_what_was_only_registered_is_merged_into_what_has_papers(field: Field) -> None:
    survivor, _ = await taken(field, a_paper())
    phoned = await field.registered()
    await merged(field, phoned, survivor)
    assert (await field.state(phoned), await field.state(survivor)) == ("merged", "papers_taken")
    assert (await chain(field, phoned))[-1] == ("merge", False)
    assert (await chain(field, survivor))[-1] == ("merge", True)
    assert await field.tx.value("SELECT merged_into FROM cases WHERE case_id = $case", case=phoned) == survivor


async def test_the_one_that_has_come_further_survives(field: Field) -> None:
    further, _ = await taken(field, a_paper())
    assert "Chọn việc khác" in await why_not(field, further, await field.registered())


@pytest.mark.parametrize("which", ["itself", "nothing", "of another procedure", "of another owner", "one that is over"])
async def test_what_cannot_survive(field: Field, which: str) -> None:
    case = await field.registered()
    survivor = {"itself": case, "nothing": uuid7()}.get(which) or await field.registered()
    if which == "of another procedure":
        await field.tx.run("UPDATE cases SET procedure = '1.004222' WHERE case_id = $case", case=survivor)
    if which == "of another owner":
        await field.tx.run("UPDATE cases SET owner_folded = 'tran van la' WHERE case_id = $case", case=survivor)
    if which == "one that is over":
        await field.at_desk(field.ut, survivor, "cancel", {"reason": "citizen_asked"})
    assert "Chọn việc khác" in await why_not(field, case, survivor)
    assert await field.state(case) != "merged"


async def test_papers_of_both_keep_their_ids_and_their_way(field: Field) -> None:
    of_first, of_second = a_paper(), a_paper()
    survivor, _ = await taken(field, of_first)
    other, visit = await taken(field, of_second, seal=False)
    await merged(field, other, survivor)
    rows = await field.tx.all("SELECT case_id, paper_id::text, holder_kind FROM papers")
    assert {tuple(row) for row in rows} == {
        (survivor, of_first["id"], "courier"),
        (other, of_second["id"], "courier"),
    }
    back = {"visit_id": visit, "paper_ids": [of_second["id"]]}
    answer = await field.does(other, "hand_back_papers", back)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])


async def test_appointments_are_given_up_and_the_code_goes_on(field: Field) -> None:
    code = "H20.12-261123-0007"
    booked, visit, _ = await field.booked()
    await field.tx.run("UPDATE dossiers SET code = $code WHERE case_id = $case", code=code, case=booked)
    survivor, _ = await taken(field, a_paper())
    await merged(field, booked, survivor)
    assert await field.tx.value("SELECT state FROM visits WHERE visit_id = $visit", visit=UUID(visit)) == "cancelled"
    rows = await field.tx.all("SELECT case_id, code, live FROM dossiers WHERE code IS NOT NULL ORDER BY live")
    assert [tuple(row) for row in rows] == [(booked, code, False), (survivor, code, True)]


async def test_every_link_leads_to_the_one_that_goes_on(field: Field) -> None:
    first, second = await field.registered(), await field.registered()
    last, _ = await taken(field, a_paper())
    for case, text in ((first, "a"), (second, "b"), (last, "c")):
        await field.tx.run(
            "INSERT INTO tracking_tokens (token_sha256, case_id, number, live) VALUES ($hash, $case, 9, true)",
            hash=stored(text),
            case=case,
        )
    await merged(field, first, second)
    await merged(field, second, last)
    found = [await tracking.find_case(field.tx, stored(text), MORNING) for text in ("a", "b", "c")]
    assert found == [last] * 3


async def test_undoing_is_an_act_of_its_own(field: Field) -> None:
    survivor, _ = await taken(field, a_paper())
    other, _ = await taken(field, a_paper(), seal=False)
    await merged(field, other, survivor)
    undo: dict[str, Any] = WHY | {"survivor": str(survivor)}
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, other, "undo_merge", undo | {"survivor": str(other)})
    assert refused.value.problem.type == "urn:tannha:problem:merged-elsewhere"
    await field.at_desk(field.mai, other, "undo_merge", undo)
    assert await field.state(other) == "taken_awaiting_confirmation"
    assert [kind for kind, _ in await chain(field, survivor)][-2:] == ["merge", "undo_merge"]
    await field.at_desk(field.mai, other, "confirm", {})
    assert await field.state(other) == "papers_taken"
