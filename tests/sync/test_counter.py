"""At a counter the unit holds what its clerks take and seal: no phone, no outbox, and nothing comes late."""

from typing import Any
from uuid import UUID

import pytest

from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field, a_paper
from tests.builders_acts import met, sealed, signed, stock
from tests.builders_staff import hired


async def a_counter(field: Field, *papers: dict[str, Any]) -> tuple[UUID, str, str]:
    """(case, visit, label): Út, clerk today, has taken the papers; the label is from the stock of the post."""
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    case, visit, _ = await field.booked(place="post_counter")
    [label] = await stock(field, 1)
    await field.tx.run("UPDATE label_sets SET holder_kind = 'unit', holder = $post", post=field.post)
    for kind, body in (
        ("record_arrival", {"visit_id": visit}),
        ("check_identity", met(visit)),
        ("take_papers", {"visit_id": visit, "papers": list(papers)}),
    ):
        await field.at_desk(field.ut, case, kind, body)
    return case, visit, label


async def in_parcels(field: Field) -> list[tuple[Any, ...]]:
    rows = await field.tx.all("SELECT parcel_id, holder_kind, holder, state FROM papers ORDER BY paper_id")
    return [tuple(row) for row in rows]


async def test_what_a_clerk_seals_is_in_the_parcel(field: Field) -> None:
    papers = [a_paper(), a_paper("cccd")]
    case, visit, label = await a_counter(field, *papers)
    sealing = sealed(visit, label, papers)
    answer = await field.at_desk(field.ut, case, "seal", sealing)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await in_parcels(field) == [(UUID(sealing["parcel_id"]), "unit", field.post, "sealed")] * 2


async def test_a_visit_at_a_post_does_not_end_while_papers_lie_loose_there(field: Field) -> None:
    """At the door they would be in the courier's bag: sealed under a label, or handed back."""
    paper = a_paper()
    case, visit, label = await a_counter(field, paper)
    await field.at_desk(field.ut, case, "sign", signed(visit))
    done = {"visit_id": visit, "outcome": "done"}
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "finish_visit", done)
    assert refused.value.problem.detail.startswith("Niêm phong hết giấy tờ đã nhận")
    with pytest.raises(Refused):
        await field.at_desk(field.ut, case, "fail_visit", {"visit_id": visit, "reason": "V08"})
    await field.at_desk(field.ut, case, "seal", sealed(visit, label, [paper]))
    answer = await field.at_desk(field.ut, case, "finish_visit", done)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])


async def test_nobody_seals_at_a_counter_what_is_in_other_hands(field: Field) -> None:
    """Mai works at the one-stop: what the post's counter has taken is not hers to seal."""
    paper = a_paper()
    case, visit, label = await a_counter(field, paper)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "seal", sealed(visit, label, [paper]))
    assert refused.value.problem.type == "urn:tannha:problem:not-now"
    assert await in_parcels(field) == [(None, "unit", field.post, "in_hand")]


async def test_who_works_at_two_offices_does_not_seal_at_one_what_the_other_holds(field: Field) -> None:
    paper = a_paper()
    case, visit, label = await a_counter(field, paper)
    await hired(field.tx, field.ut, field.one_stop, Role.COUNTER_CLERK)
    await field.tx.run("UPDATE papers SET holder = $one_stop", one_stop=field.one_stop)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "seal", sealed(visit, label, [paper]))
    assert refused.value.problem.type == "urn:tannha:problem:paper-elsewhere"
    assert await in_parcels(field) == [(None, "unit", field.one_stop, "in_hand")]


async def test_a_parcel_sealed_at_a_counter_is_not_sealed_again_under_another_label(field: Field) -> None:
    paper = a_paper()
    case, visit, label = await a_counter(field, paper)
    sealing = sealed(visit, label, [paper])
    await field.at_desk(field.ut, case, "seal", sealing)
    await stock(field, 2, holder=field.ut)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "seal", sealing | {"label": "TN-LABEL-0002", "seal_number": "NP-0002"})
    assert "đã niêm phong" in refused.value.problem.detail
    assert await field.tx.value("SELECT seal_number FROM parcels") == "NP-0001"
