"""A visit ends for a case once, and what ends in one visit leaves the promise of another as it is."""

from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_acts import at_the_door, clear
from tests.sync.test_household import a_household
from tests.sync.test_planning import move


async def of_both(field: Field, visit: str) -> UUID:
    """A case that Tú had this morning, and that Lan meets in this visit of hers."""
    case, _ = await field.confirmed()
    first = field.booking(courier=str(field.tu))
    await field.at_desk(field.ut, case, "book", first)
    gone = {"appointment_id": first["appointment_id"], "reason": "citizen_asked"}
    await field.at_desk(field.ut, case, "cancel_appointment", gone, base=99)
    await field.at_desk(field.ut, case, "book", field.booking(visit_id=visit), base=99)
    return case


async def ended(field: Field, visit: str, case: UUID) -> tuple[Any, ...]:
    row = await field.tx.first(
        """SELECT v.state, v.outcome, v.reason, v.ended_at, cv.outcome AS for_the_case
           FROM visits AS v JOIN case_visits AS cv USING (visit_id) WHERE visit_id = $visit AND case_id = $case""",
        visit=UUID(visit),
        case=case,
    )
    assert row is not None
    return tuple(row)


@pytest.mark.parametrize("alone", [True, False], ids=["alone in it", "of a household"])
@pytest.mark.parametrize("again", ["finish_visit", "fail_visit"])
async def test_two_phones_end_a_visit_for_one_case_and_the_first_stands(field: Field, again: str, alone: bool) -> None:
    other, visit, _ = await field.booked()
    case = await of_both(field, visit)
    if alone:
        await field.at_desk(field.mai, other, "withdraw", {}, base=99)
    await at_the_door(field, case, visit)
    answer = await field.does(case, "finish_visit", {"visit_id": visit, "outcome": "done"})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    before, state = await ended(field, visit, case), await field.state(case)
    assert before[0] == ("done" if alone else "arrived")
    body = {"visit_id": visit} | ({"outcome": "partly"} if again == "finish_visit" else {"reason": "V01"})
    [second] = await field.send(field.tu_phone.make(case, again, body), carrier=field.tu_phone)
    assert (second.standing, list(second.exceptions)) == ("applied", ["case:guard:visit_ended"])
    assert await ended(field, visit, case) == before
    assert await field.state(case) == state


@pytest.mark.parametrize("again", ["finish_visit", "fail_visit"])
async def test_who_ends_a_visit_once_more_does_not_take_back_what_was_promised_since(field: Field, again: str) -> None:
    case, visit, _ = await field.booked()
    await field.does(case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    booking = field.booking()
    await field.at_desk(field.ut, case, "book", booking, base=99)
    await field.does(case, "depart", {"visit_id": booking["visit_id"]})
    body = {"visit_id": visit} | ({"outcome": "done"} if again == "finish_visit" else {"reason": "V02"})
    answer = await field.does(case, again, body)
    assert list(answer.exceptions) == ["case:guard:visit_ended"]
    assert await field.state(case) == "on_the_way"
    assert await field.tx.value("SELECT count(*) FROM appointments WHERE live") == 1


async def test_a_desk_that_ends_a_visit_once_more_hears_that_it_has_ended(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.does(case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "fail_visit", {"visit_id": visit, "reason": "V02"})
    assert "đã kết thúc với hồ sơ này" in refused.value.problem.detail


@pytest.mark.parametrize("way", ["fail_visit", "depart, then fail", "depart, then finish"])
async def test_what_ends_at_the_door_a_case_was_moved_away_from_leaves_its_new_promise(field: Field, way: str) -> None:
    """Lan was out of reach when the case was given a day of its own; she went there all the same."""
    cases, visit = await a_household(field, 2)
    case = cases[0]
    await move(field, case, visit_id=str(uuid7()), agreed=True)
    if "depart" in way:
        await field.does(case, "depart", {"visit_id": visit})
        await field.does(case, "record_arrival", {"visit_id": visit})
    if "finish" in way:
        await field.does(case, "finish_visit", {"visit_id": visit, "outcome": "partly"})
    else:
        await field.does(case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    await clear(field, case)
    assert await field.state(case) == "booked"
    # And it can still be moved, or taken back.
    await move(field, case, window="15:00-16:00")
