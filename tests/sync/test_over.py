"""When a case is over, whatever ended it: from then on its links are kept for a while, and then say nothing more."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.dossiers.tokens import stored
from backend.tracking import queries as tracking
from backend.tracking.model import KEPT
from tests.builders import Field, a_paper
from tests.sync.test_papers_go_home import hands_back, taken

WHY = {"reason": "same_matter"}


async def over_since(field: Field, case: UUID) -> datetime | None:
    return await field.tx.value("SELECT closed_at FROM cases WHERE case_id = $case", case=case)


async def by_its_link(field: Field, case: UUID, at: datetime) -> UUID | None:
    """What whoever holds a link of the case is shown at that time."""
    await field.tx.run(
        """INSERT INTO tracking_tokens (token_sha256, case_id, number, live) VALUES ($hash, $case, 9, true)
           ON CONFLICT DO NOTHING""",
        hash=stored(str(case)),
        case=case,
    )
    return await tracking.find_case(field.tx, stored(str(case)), at - KEPT)


@pytest.mark.parametrize(
    ("person", "kind", "body"),
    [
        ("mai", "withdraw", {}),
        ("ut", "cancel", {"reason": "citizen_asked"}),
        ("mai", "refuse_dossier", {"reason": "not_of_this_agency"}),
    ],
)
async def test_what_ends_before_anybody_came_is_over_and_its_link_ends(
    field: Field, person: str, kind: str, body: dict[str, Any]
) -> None:
    case, _, _ = await field.booked()
    assert await over_since(field, case) is None
    await field.at_desk(getattr(field, person), case, kind, body)
    assert await over_since(field, case) == field.at
    assert await by_its_link(field, case, field.at + KEPT) == case
    assert await by_its_link(field, case, field.at + KEPT + timedelta(seconds=1)) is None


async def test_as_long_as_papers_are_away_it_is_not_over(field: Field) -> None:
    paper = a_paper()
    case, _ = await taken(field, paper)
    await field.at_desk(field.mai, case, "refuse_dossier", {"reason": "not_of_this_agency"})
    assert await over_since(field, case) is None
    await hands_back(field, case, paper)
    assert await field.state(case) == "closed"
    assert await over_since(field, case) is not None


async def test_a_merged_case_is_over_until_it_is_taken_out_again(field: Field) -> None:
    survivor, _ = await taken(field, a_paper())
    other, _ = await taken(field, a_paper(), seal=False)
    await field.at_desk(field.mai, other, "merge", WHY | {"survivor": str(survivor)})
    assert await over_since(field, other) == field.at
    assert await over_since(field, survivor) is None
    assert await by_its_link(field, other, field.at + 2 * KEPT) == survivor, "the one that goes on is not over"
    await field.at_desk(field.mai, other, "undo_merge", WHY | {"survivor": str(survivor)})
    assert await over_since(field, other) is None


async def test_papers_that_a_phone_took_of_a_case_that_was_over_make_it_go_on(field: Field) -> None:
    case, visit, _ = await field.booked()
    late = [
        field.phone.make(case, "record_arrival", {"visit_id": visit}),
        field.phone.make(case, "take_papers", {"visit_id": visit, "papers": [a_paper()]}),
    ]
    await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"})
    await field.send(*late)
    assert await field.state(case) == "taken_awaiting_confirmation"
    assert await over_since(field, case) is None
