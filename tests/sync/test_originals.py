"""An original that is looked at and handed back (row 25): who saw it, and that it never leaves the citizen."""

from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.sync.desk import Refused
from tests.builders import Field, a_paper
from tests.builders_acts import at_the_door
from tests.sync.test_counter import a_counter

PASSPORT = "giay_to_tuy_than"
"""Of 2.000635: looked at and handed back. Its `to_khai` travels."""


async def seen(field: Field, component: str, paper: str | None = None) -> tuple[UUID, dict[str, Any], Any]:
    """(case, body, answer): Lan is at the door and sees an original."""
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    body = {"visit_id": visit, "paper_id": paper or str(uuid7()), "component": component}
    return case, body, await field.does(case, "see_original", body)


async def the_paper(field: Field) -> dict[str, Any]:
    row = await field.tx.first("SELECT component, state, holder_kind, holder, seen_by, seen_at FROM papers")
    assert row is not None
    return dict(row.items())


async def test_it_is_known_who_saw_it_and_the_citizen_has_it(field: Field) -> None:
    case, _, answer = await seen(field, PASSPORT)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    paper = await the_paper(field)
    assert (paper["state"], paper["holder_kind"], paper["holder"]) == ("seen", "citizen", case)
    assert (paper["seen_by"], paper["seen_at"]) == (field.lan, field.phone.now)


async def test_a_phone_that_saw_what_must_travel_is_believed_and_looked_at(field: Field) -> None:
    _, _, answer = await seen(field, "to_khai")
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["paper:guard:must_travel"])
    assert (await the_paper(field))["state"] == "seen"


async def test_what_is_not_asked_for_is_not_asked_to_be_shown(field: Field) -> None:
    _, _, answer = await seen(field, "noi_cu_tru")
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:paper-not-listed"
    assert await field.tx.value("SELECT count(*) FROM papers") == 0


async def test_what_was_seen_may_still_be_taken_and_stays_known_as_seen(field: Field) -> None:
    case, body, _ = await seen(field, PASSPORT)
    taken = a_paper(PASSPORT) | {"id": body["paper_id"]}
    answer = await field.does(case, "take_papers", {"visit_id": body["visit_id"], "papers": [taken]})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    paper = await the_paper(field)
    assert (paper["state"], paper["holder"], paper["seen_by"]) == ("in_hand", field.lan, field.lan)


async def test_what_the_post_holds_is_not_handed_back_by_being_looked_at(field: Field) -> None:
    paper = a_paper(PASSPORT)
    case, visit, _ = await a_counter(field, paper)
    body = {"visit_id": visit, "paper_id": paper["id"], "component": PASSPORT}
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "see_original", body)
    assert refused.value.status == 409
    assert (await the_paper(field))["holder"] == field.post
