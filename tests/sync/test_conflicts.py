"""P4: two people set the same field to different values without knowing of each other: a person chooses."""

from typing import Any
from uuid import UUID

import pytest

from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field, Phone, standings
from tests.builders_acts import resolve
from tests.builders_staff import hired


@pytest.fixture
async def planner(field: Field) -> Phone:
    """Lan plans too, on her phone, from what it pulled this morning."""
    await hired(field.tx, field.lan, field.post, Role.DISPATCHER)
    return field.phone


async def version(field: Field, case: UUID) -> int:
    return await field.tx.value("SELECT n FROM subjects WHERE id = $case AND kind = 'case'", case=case)


async def appointment_of(field: Field, case: UUID) -> Any:
    row = await field.tx.first(
        "SELECT appointment_id, day, time_window, seat, state FROM appointments WHERE case_id = $case", case=case
    )
    assert row is not None
    return row


def moved(appointment: Any, courier: UUID, window: str, seat: int) -> dict[str, Any]:
    return {
        "appointment_id": str(appointment["appointment_id"]),
        "courier": str(courier),
        "day": appointment["day"].isoformat(),
        "window": window,
        "seat": seat,
    }


async def test_two_moves_of_one_appointment_unknown_to_each_other_wait_for_a_person(
    field: Field, planner: Phone
) -> None:
    case, _, _ = await field.booked()
    pulled = await version(field, case)
    appointment = await appointment_of(field, case)
    await field.at_desk(
        field.ut, case, "move_appointment", moved(appointment, field.lan, "09:00-10:00", 5), base=pulled
    )
    late = planner.make(case, "move_appointment", moved(appointment, field.lan, "15:00-16:00", 6), base=pulled)
    [answer] = await field.send(late)
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:changed-by-another"
    # The value in force stands, and the other one is kept in the bytes in review.
    assert (await appointment_of(field, case))["time_window"] == "09:00-10:00"
    assert b"15:00-16:00" in await field.tx.value("SELECT data FROM inbox WHERE standing = 'review'")
    await resolve(field, answer.id, case, "apply")
    assert (await appointment_of(field, case))["time_window"] == "15:00-16:00"


async def test_two_moves_to_the_same_window_are_no_conflict(field: Field, planner: Phone) -> None:
    case, _, _ = await field.booked()
    pulled = await version(field, case)
    to = moved(await appointment_of(field, case), field.lan, "09:00-10:00", 5)
    await field.at_desk(field.ut, case, "move_appointment", to, base=pulled)
    [answer] = await field.send(planner.make(case, "move_appointment", to, base=pulled))
    assert answer.standing == "applied"


async def test_a_move_that_knew_of_the_one_before_is_no_conflict(field: Field, planner: Phone) -> None:
    case, _, _ = await field.booked()
    appointment = await appointment_of(field, case)
    await field.at_desk(field.ut, case, "move_appointment", moved(appointment, field.lan, "09:00-10:00", 5), base=9)
    later = moved(appointment, field.lan, "15:00-16:00", 6)
    [answer] = await field.send(planner.make(case, "move_appointment", later, base=await version(field, case)))
    assert answer.standing == "applied"


async def test_own_moves_that_were_not_pulled_back_yet_are_no_conflict(field: Field, planner: Phone) -> None:
    case, _, _ = await field.booked()
    pulled = await version(field, case)
    appointment = await appointment_of(field, case)
    answers = await field.send(
        planner.make(case, "move_appointment", moved(appointment, field.lan, "09:00-10:00", 5), base=pulled),
        planner.make(case, "move_appointment", moved(appointment, field.lan, "10:00-11:00", 5), base=pulled),
        planner.make(case, "move_appointment", moved(appointment, field.lan, "11:00-12:00", 5), base=pulled),
    )
    assert standings(answers) == ["applied"] * 3


async def test_another_field_changed_meanwhile_is_no_conflict(field: Field, planner: Phone) -> None:
    """The agency confirmed and named a dossier code; the appointment is another matter."""
    case = await field.registered()
    booking = field.booking()
    await field.at_desk(field.ut, case, "book", booking)
    pulled = await version(field, case)
    await field.at_desk(field.mai, case, "confirm", {"dossier_code": "H20.12-261123-0007"}, base=pulled)
    appointment = await appointment_of(field, case)
    to = moved(appointment, field.lan, "09:00-10:00", 5)
    assert standings(await field.send(planner.make(case, "move_appointment", to, base=pulled))) == ["applied"]


async def test_facts_never_conflict(field: Field) -> None:
    """The visit was moved to another window while the courier stood at the gate: she did arrive."""
    case, visit, _ = await field.booked()
    appointment = await appointment_of(field, case)
    await field.at_desk(field.ut, case, "move_appointment", moved(appointment, field.lan, "09:00-10:00", 5), base=9)
    [answer] = await field.send(field.phone.make(case, "record_arrival", {"visit_id": visit}, base=0))
    assert answer.standing == "applied"


async def test_a_desk_that_did_not_know_hears_it_at_once_and_nothing_is_kept(field: Field, planner: Phone) -> None:
    case, _, _ = await field.booked()
    pulled = await version(field, case)
    appointment = await appointment_of(field, case)
    await field.send(
        planner.make(case, "move_appointment", moved(appointment, field.lan, "09:00-10:00", 5), base=pulled)
    )
    before = await field.tx.value("SELECT count(*) FROM inbox")
    with pytest.raises(Refused) as refused:
        await field.at_desk(
            field.ut, case, "move_appointment", moved(appointment, field.lan, "15:00-16:00", 6), base=pulled
        )
    assert (refused.value.status, refused.value.problem.type) == (409, "urn:tannha:problem:changed-by-another")
    assert await field.tx.value("SELECT count(*) FROM inbox") == before


async def test_the_courier_of_a_visit_is_changed_without_giving_up_its_seat(field: Field) -> None:
    case, visit, _ = await field.booked()
    appointment = await appointment_of(field, case)
    to = moved(appointment, field.tu, appointment["time_window"], appointment["seat"])
    answer = await field.at_desk(field.ut, case, "move_appointment", to, base=9)
    assert answer.standing == "applied"
    assert await field.tx.value("SELECT courier FROM visits WHERE visit_id = $visit", visit=UUID(visit)) == field.tu
    bundle = await field.tx.all("SELECT person_id, present FROM bundle WHERE case_id = $case", case=case)
    assert {tuple(row) for row in bundle} == {(field.lan, False), (field.tu, True)}
