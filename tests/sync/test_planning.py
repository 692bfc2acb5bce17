"""What is promised to the cases of one visit: the same unit, courier, day and window, and nobody moves another's."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.database import Database
from backend.ids import uuid7
from backend.staff.model import Carrier, Role
from backend.sync import bundle
from backend.sync.desk import Refused
from tests.builders import MORNING, Field, Phone
from tests.builders_acts import met
from tests.builders_staff import a_post, hired
from tests.sync.conftest import MakeField
from tests.sync.test_household import a_household


async def told(field: Field, case: UUID) -> tuple[Any, ...]:
    """Visit, day, window, seat of the promise that stands."""
    row = await field.tx.first(
        "SELECT visit_id, day::text, time_window, seat FROM appointments WHERE case_id = $case AND live", case=case
    )
    assert row is not None
    return (str(row["visit_id"]), *tuple(row)[1:])


async def visit_as_it_is(field: Field, visit: str) -> tuple[Any, ...]:
    row = await field.tx.first(
        "SELECT courier, day::text, time_window, state FROM visits WHERE visit_id = $visit", visit=UUID(visit)
    )
    assert row is not None
    return tuple(row)


async def asked(field: Field, case: UUID, **changes: Any) -> dict[str, Any]:
    """To another day."""
    appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $c AND live", c=case)
    field.seat += 1
    return {
        "appointment_id": str(appointment),
        "courier": str(field.lan),
        "day": "2026-11-27",
        "window": "14:00-15:00",
        "seat": field.seat,
    } | changes


async def move(field: Field, case: UUID, **changes: Any) -> dict[str, Any]:
    body = await asked(field, case, **changes)
    answer = await field.at_desk(field.ut, case, "move_appointment", body, base=99)
    assert answer.standing == "applied", answer
    return body


async def refused(field: Field, case: UUID, kind: str, body: dict[str, Any]) -> str:
    with pytest.raises(Refused) as caught:
        await field.at_desk(field.ut, case, kind, body, base=99)
    return caught.value.problem.type.rpartition(":")[2]


@pytest.mark.parametrize("other", ["unit", "courier", "day", "window"])
async def test_a_second_case_is_booked_into_a_visit_only_as_it_was_promised(field: Field, other: str) -> None:
    _, visit, _ = await field.booked()
    case, _ = await field.confirmed()
    changed = {
        "unit": str(await a_post(field.tx)),
        "courier": str(field.tu),
        "day": "2026-11-26",
        "window": "08:00-09:00",
    }[other]
    assert await refused(field, case, "book", field.booking(visit_id=visit, **{other: changed})) == "visit-of-another"
    assert await field.state(case) == "confirmed"
    assert await field.tx.value("SELECT count(*) FROM case_visits") == 1


async def test_the_refusal_says_how_the_visit_was_promised(field: Field) -> None:
    _, visit, _ = await field.booked()
    case, _ = await field.confirmed()
    with pytest.raises(Refused) as caught:
        await field.at_desk(field.ut, case, "book", field.booking(visit_id=visit, window="08:00-09:00"))
    assert "25/11/2026, 07:00-08:00" in caught.value.problem.detail
    assert "tạo lượt mới" in caught.value.problem.detail


async def test_moving_one_case_of_a_household_takes_it_out_and_leaves_the_others_their_visit(field: Field) -> None:
    cases, visit = await a_household(field, 2)
    before, promised = await visit_as_it_is(field, visit), await told(field, cases[1])
    new = str(uuid7())
    body = await move(field, cases[0], visit_id=new, courier=str(field.tu))
    assert await visit_as_it_is(field, visit) == before
    assert await told(field, cases[1]) == promised
    assert await told(field, cases[0]) == (new, "2026-11-27", "14:00-15:00", body["seat"])
    assert await visit_as_it_is(field, new) == (field.tu, "2026-11-27", "14:00-15:00", "planned")
    rows = await field.tx.all("SELECT visit_id, outcome FROM case_visits WHERE case_id = $case", case=cases[0])
    assert {tuple(row) for row in rows} == {(UUID(visit), "cancelled"), (UUID(new), None)}
    # What is done for the others at the old visit is no longer done for this one.
    await field.does(cases[1], "depart", {"visit_id": visit})
    assert [await field.state(case) for case in cases] == ["waiting_call", "on_the_way"]
    assert await field.tx.value("SELECT count(*) FROM exceptions") == 0


async def test_who_is_alone_in_a_visit_moves_the_visit_itself(field: Field) -> None:
    """A desk always sends the id of a new visit; whether it is needed the centre knows."""
    cases, visit = await a_household(field, 2)
    await field.at_desk(field.mai, cases[1], "withdraw", {}, base=99)
    for extra in ({}, {"visit_id": str(uuid7())}):
        body = await move(field, cases[0], courier=str(field.tu), **extra)
        assert await told(field, cases[0]) == (visit, "2026-11-27", "14:00-15:00", body["seat"])
    assert await visit_as_it_is(field, visit) == (field.tu, "2026-11-27", "14:00-15:00", "planned")
    assert await field.tx.value("SELECT count(*) FROM visits") == 1
    chained = await field.tx.value("SELECT outcome FROM acts WHERE kind = 'move_appointment' LIMIT 1")
    assert chained.count("visit:") == 1


async def test_without_the_id_of_a_new_visit_nobody_is_taken_out_of_a_shared_one(field: Field) -> None:
    cases, visit = await a_household(field, 2)
    await field.booked(window="10:00-11:00")
    body = await asked(field, cases[0])
    other = await field.tx.value("SELECT visit_id FROM visits WHERE time_window = '10:00-11:00'")
    assert await refused(field, cases[0], "move_appointment", body) == "visit-shared"
    for used in (visit, str(other)):
        assert await refused(field, cases[0], "move_appointment", body | {"visit_id": used}) == "visit-id-used"
    assert (await told(field, cases[0]))[:2] == (visit, "2026-11-25")


@pytest.mark.parametrize("shared", [True, False], ids=["of a household", "of one case"])
@pytest.mark.parametrize("begun", ["depart", "record_arrival"])
async def test_a_visit_that_has_begun_is_not_moved(field: Field, begun: str, shared: bool) -> None:
    cases, visit = await a_household(field, 2 if shared else 1)
    await field.does(cases[-1], begun, {"visit_id": visit})
    before = await visit_as_it_is(field, visit)
    body = await asked(field, cases[0], visit_id=str(uuid7()), courier=str(field.tu))
    assert await refused(field, cases[0], "move_appointment", body) == "not-now"
    assert await visit_as_it_is(field, visit) == before


@pytest.mark.parametrize("ended", ["done", "failed", "cancelled", "on_the_way"])
async def test_nobody_is_booked_into_a_visit_that_has_begun_or_is_over(field: Field, ended: str) -> None:
    first, visit, _ = await field.booked()
    if ended == "cancelled":
        await field.at_desk(field.mai, first, "withdraw", {}, base=99)
    elif ended == "failed":
        await field.does(first, "fail_visit", {"visit_id": visit, "reason": "V01"})
    else:
        await field.does(first, "depart", {"visit_id": visit})
    if ended == "done":
        await field.does(first, "record_arrival", {"visit_id": visit})
        await field.does(first, "check_identity", met(visit))
        await field.does(first, "finish_visit", {"visit_id": visit, "outcome": "done"})
    assert (await visit_as_it_is(field, visit))[3] == ended
    case, _ = await field.confirmed()
    assert await refused(field, case, "book", field.booking(visit_id=visit)) == "not-now"


async def test_a_case_whose_part_has_ended_is_not_booked_into_the_same_visit_again(field: Field) -> None:
    """A new try is a new visit: how the first one ended is not written over."""
    cases, visit = await a_household(field, 2)
    body = await move(field, cases[0], visit_id=str(uuid7()))
    cancelled = {"appointment_id": body["appointment_id"], "reason": "citizen_asked"}
    await field.at_desk(field.ut, cases[0], "cancel_appointment", cancelled, base=99)
    await field.does(cases[0], "fail_visit", {"visit_id": visit, "reason": "V06"})
    assert (await visit_as_it_is(field, visit))[3] == "planned"
    assert await refused(field, cases[0], "book", field.booking(visit_id=visit)) == "visit-over"


@pytest.mark.parametrize("kind", ["fail_visit", "record_not_gone"])
async def test_a_reason_that_nobody_knows_waits_for_a_person(field: Field, kind: str) -> None:
    cases, visit = await a_household(field, 2)
    await field.does(cases[0], "record_arrival", {"visit_id": visit})
    answer = await field.does(cases[1], kind, {"visit_id": visit, "reason": "V99"})
    assert answer.standing == "review"


# Two at once


def carrier(phone: Phone, unit: UUID) -> Carrier:
    return Carrier(
        device_id=phone.device, person_id=phone.person, unit_id=unit, session=phone.session, roles=frozenset()
    )


async def test_the_phones_hear_of_the_case_that_left_and_of_where_it_went(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        cases, visit = await a_household(field, 2)
    phones = (field.phone, field.tu_phone)
    async with pool.transaction() as tx:
        known = [await bundle.day(tx, field.ring, carrier(phone, field.post), None, MORNING) for phone in phones]
    assert {(one.visit_id, one.case_id) for one in known[0].visits} == {(UUID(visit), case) for case in cases}
    assert known[1].visits == []
    new = str(uuid7())
    async with pool.transaction() as tx:
        field.tx = tx
        await move(field, cases[0], visit_id=new, courier=str(field.tu))
    async with pool.transaction() as tx:
        lan, tu = [
            await bundle.day(tx, field.ring, carrier(phone, field.post), day.cursor, MORNING)
            for phone, day in zip(phones, known, strict=True)
        ]
    assert [(one.visit_id, one.case_id) for one in lan.gone] == [(UUID(visit), cases[0])]
    assert lan.visits == []
    assert [(one.visit_id, one.case_id, one.day.isoformat()) for one in tu.visits] == [
        (UUID(new), cases[0], "2026-11-27")
    ]
    assert tu.gone == []


async def one_after_the_other(
    pool: Database, field: Field, first: Callable[[Field], Awaitable[Any]], second: Callable[[Field], Awaitable[Any]]
) -> Any:
    """`second` begins before `first` has committed, and must not go by what was before it."""

    async def also() -> Any:
        async with pool.transaction() as tx:
            return await second(replace(field, tx=tx))

    async with pool.transaction() as tx:
        await first(replace(field, tx=tx))
        meanwhile = asyncio.create_task(also())
        await asyncio.wait({meanwhile}, timeout=0.5)
    return (await asyncio.gather(meanwhile, return_exceptions=True))[0]


async def test_two_who_make_one_visit_at_once_do_not_promise_two_different_things(
    pool: Database, field_in: MakeField
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        cases = [(await field.confirmed())[0] for _ in range(2)]
    visit = str(uuid7())

    def book(case: UUID, seat: int, window: str) -> Callable[[Field], Awaitable[Any]]:
        return lambda now: now.at_desk(
            now.ut, case, "book", now.booking(visit_id=visit, window=window, seat=seat), base=99
        )

    answer = await one_after_the_other(pool, field, book(cases[0], 1, "07:00-08:00"), book(cases[1], 2, "09:00-10:00"))
    assert isinstance(answer, Refused)
    assert answer.problem.type == "urn:tannha:problem:visit-of-another"


async def test_who_is_moved_while_another_joins_leaves_the_visit_to_the_other(
    pool: Database, field_in: MakeField
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, visit, _ = await field.booked()
        joining, _ = await field.confirmed()
    booking, new = field.booking(visit_id=visit), str(uuid7())
    await one_after_the_other(
        pool,
        field,
        lambda now: now.at_desk(now.ut, joining, "book", booking, base=99),
        lambda now: move(now, case, visit_id=new, seat=77),
    )
    async with pool.transaction() as tx:
        field.tx = tx
        assert (await visit_as_it_is(field, visit))[1:] == ("2026-11-25", "07:00-08:00", "planned")
        assert (await told(field, case))[0] == new


async def test_the_visit_ends_when_its_last_two_cases_end_at_the_same_moment(
    pool: Database, field_in: MakeField
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        await hired(tx, field.ut, field.post, Role.COUNTER_CLERK)
        cases, visit = await a_household(field, 2)
    body = {"visit_id": visit, "reason": "V01"}
    await one_after_the_other(
        pool,
        field,
        lambda now: now.at_desk(now.ut, cases[0], "fail_visit", body, base=99),
        lambda now: now.at_desk(now.ut, cases[1], "fail_visit", body, base=99),
    )
    async with pool.transaction() as tx:
        assert await tx.value("SELECT state FROM visits") == "failed"


async def test_the_phone_is_told_which_windows_nobody_has_confirmed(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, visit, _ = await field.booked(agreed=False)
        appointment = await tx.value("SELECT appointment_id FROM appointments WHERE case_id = $case", case=case)

    async def told() -> list[tuple[str, bool]]:
        async with pool.transaction() as tx:
            day = await bundle.day(tx, field.ring, carrier(field.phone, field.post), None, MORNING)
        return [(str(one.visit_id), one.confirmed) for one in day.visits]

    assert await told() == [(visit, False)]
    async with pool.transaction() as tx:
        said = {"appointment_id": str(appointment), "outcome": "agreed"}
        await field_in(tx).at_desk(field.ut, case, "confirm_call", said, base=99)
    assert await told() == [(visit, True)]


async def test_a_call_written_down_late_counts_but_says_nothing_about_what_came_after(field: Field) -> None:
    case, _, _ = await field.booked()
    appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $case", case=case)
    said = {"appointment_id": str(appointment)}
    again = (field.at + timedelta(hours=8)).isoformat()
    await field.at_desk(field.ut, case, "confirm_call", said | {"outcome": "no_answer", "next_try": again}, base=99)
    field.at -= timedelta(hours=1)
    await field.at_desk(field.ut, case, "confirm_call", said | {"outcome": "wrong_number"}, base=99)
    row = await field.tx.first("SELECT calls, call_outcome, next_call_at::text FROM appointments")
    assert row is not None
    assert tuple(row)[:2] == (2, "no_answer")
    assert row["next_call_at"] is not None
