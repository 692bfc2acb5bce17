"""A household (F29): one visit for several cases. Who sets out, sets out for all; each case ends for itself."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from backend.database import Database
from backend.ids import child
from tests.builders import Field, a_paper
from tests.builders_acts import met, signed
from tests.builders_chains import broken_chains
from tests.sync.conftest import MakeField


async def a_household(field: Field, size: int = 3) -> tuple[list[UUID], str]:
    """Cases of one visit of Lan's."""
    first, visit, _ = await field.booked()
    cases = [first]
    for _ in range(size - 1):
        case, _ = await field.confirmed()
        answer = await field.at_desk(field.ut, case, "book", field.booking(visit_id=visit))
        assert answer.standing == "applied", answer
        cases.append(case)
    return cases, visit


async def states(field: Field, cases: list[UUID]) -> list[str]:
    return [await field.state(case) for case in cases]


@pytest.mark.parametrize("kind", ["depart", "record_arrival"])
async def test_setting_out_and_arriving_is_one_act_and_a_child_for_each_other_case(field: Field, kind: str) -> None:
    cases, visit = await a_household(field)
    command = field.phone.make(cases[1], kind, {"visit_id": visit})
    [answer] = await field.send(command)
    assert answer.standing == "applied"
    assert await states(field, cases) == ["on_the_way"] * 3
    rows = await field.tx.all("SELECT subject_id, id, parent, fingerprint, outcome FROM acts WHERE kind = $k", k=kind)
    parent = answer.id
    assert parent is not None
    assert {(row["subject_id"], row["id"], row["parent"]) for row in rows} == {
        (cases[1], parent, None),
        (cases[0], child(parent, cases[0]), parent),
        (cases[2], child(parent, cases[2]), parent),
    }
    assert len({row["fingerprint"] for row in rows}) == 1
    assert await field.tx.value("SELECT count(*) FROM inbox WHERE kind = $kind", kind=kind) == 1
    assert await field.tx.value("SELECT count(*) FROM exceptions") == 0
    assert await broken_chains(field.tx) == []


async def test_sent_again_nobody_sets_out_twice(field: Field) -> None:
    cases, visit = await a_household(field)
    command = field.phone.make(cases[0], "depart", {"visit_id": visit})
    await field.send(command)
    await field.send(command, command)
    assert await field.tx.value("SELECT count(*) FROM acts WHERE kind = 'depart'") == 3


async def test_the_visit_ends_when_its_last_case_has_ended(field: Field) -> None:
    cases, visit = await a_household(field, 2)
    await field.does(cases[0], "record_arrival", {"visit_id": visit})
    await field.does(cases[0], "check_identity", met(visit))
    await field.does(cases[0], "finish_visit", {"visit_id": visit, "outcome": "done"})
    assert await field.tx.value("SELECT state FROM visits") == "arrived"
    answer = await field.does(cases[1], "fail_visit", {"visit_id": visit, "reason": "V01"})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await field.tx.value("SELECT state FROM visits") == "partly"
    outcomes = await field.tx.all("SELECT case_id, outcome FROM case_visits")
    assert {tuple(row) for row in outcomes} == {(cases[0], "done"), (cases[1], "failed")}


@pytest.mark.parametrize("leaving", ["cancel_appointment", "withdraw", "cancel"])
async def test_a_case_that_left_the_visit_is_neither_moved_by_it_nor_waited_for(field: Field, leaving: str) -> None:
    cases, visit = await a_household(field, 2)
    appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $c", c=cases[1])
    body = {"cancel_appointment": {"appointment_id": str(appointment), "reason": "citizen_asked"}}
    body |= {"withdraw": {}, "cancel": {"reason": "citizen_asked"}}
    who = field.ut if leaving == "cancel_appointment" else field.mai
    assert (await field.at_desk(who, cases[1], leaving, body[leaving], base=9)).standing == "applied"
    assert await field.tx.value("SELECT state FROM visits") == "planned"
    left = await field.state(cases[1])
    for kind in ("depart", "record_arrival"):
        answer = await field.does(cases[0], kind, {"visit_id": visit})
        assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await field.state(cases[1]) == left
    assert await field.tx.value("SELECT count(*) FROM exceptions") == 0
    await field.does(cases[0], "check_identity", met(visit))
    await field.does(cases[0], "finish_visit", {"visit_id": visit, "outcome": "done"})
    assert await field.tx.value("SELECT state FROM visits") == "done"


async def test_an_exception_of_one_case_stands_on_that_case_alone(field: Field) -> None:
    cases, visit = await a_household(field, 2)
    await field.at_desk(field.mai, cases[1], "report_mismatch", {"field": "owner_name"})
    await field.does(cases[0], "depart", {"visit_id": visit})
    rows = await field.tx.all("SELECT case_id, machine, reason FROM exceptions")
    assert [tuple(row) for row in rows] == [(cases[1], "case", "no-such-act-here")]
    assert await states(field, cases) == ["on_the_way", "mismatch"]


async def test_papers_of_one_case_say_nothing_about_the_other(field: Field) -> None:
    cases, visit = await a_household(field, 2)
    paper = a_paper()
    for kind, body in (
        ("record_arrival", {"visit_id": visit}),
        ("check_identity", met(visit)),
        ("take_papers", {"visit_id": visit, "papers": [paper]}),
        ("sign", signed(visit)),
    ):
        await field.does(cases[0], kind, body)
    assert await states(field, cases) == ["papers_taken", "on_the_way"]
    rows = await field.tx.all("SELECT case_id, slip_signed, changed_hands FROM case_visits")
    assert {tuple(row) for row in rows} == {(cases[0], True, True), (cases[1], False, False)}


Does = Callable[[Field], Awaitable[object]]


async def at_the_same_moment(pool: Database, field: Field, first: Does, second: Does) -> bool:
    """`second` begins before `first` is committed. Whether it waited for that."""

    async def one(does: Does, done: asyncio.Event, go_on: asyncio.Event) -> None:
        async with pool.transaction() as tx:
            await does(replace(field, tx=tx))
            done.set()
            await go_on.wait()

    decided, late, commit = asyncio.Event(), asyncio.Event(), asyncio.Event()
    commit_second = asyncio.Event()
    commit_second.set()
    running = asyncio.create_task(one(first, decided, commit))
    await decided.wait()
    behind = asyncio.create_task(one(second, late, commit_second))
    await asyncio.sleep(0.3)
    waited = not late.is_set()
    commit.set()
    await asyncio.gather(running, behind)
    return waited


async def a_shared_visit(pool: Database, field_in: MakeField) -> tuple[Field, list[UUID], str]:
    async with pool.transaction() as tx:
        field = field_in(tx)
        cases, visit = await a_household(field, 2)
    return field, cases, visit


async def test_when_both_cases_leave_at_the_same_moment_nobody_goes(pool: Database, field_in: MakeField) -> None:
    field, cases, _ = await a_shared_visit(pool, field_in)

    def leaves(case: UUID) -> Does:
        return lambda at: at.at_desk(field.mai, case, "cancel", {"reason": "citizen_asked"}, base=99)

    waited = await at_the_same_moment(pool, field, leaves(cases[0]), leaves(cases[1]))
    assert waited
    async with pool.transaction() as tx:
        assert await tx.value("SELECT state FROM visits") == "cancelled"


async def test_a_case_that_leaves_while_the_courier_sets_out_is_not_taken_along(
    pool: Database, field_in: MakeField
) -> None:
    field, cases, visit = await a_shared_visit(pool, field_in)
    waited = await at_the_same_moment(
        pool,
        field,
        lambda at: at.at_desk(field.mai, cases[1], "cancel", {"reason": "citizen_asked"}, base=99),
        lambda at: at.does(cases[0], "depart", {"visit_id": visit}),
    )
    assert waited
    async with pool.transaction() as tx:
        assert await tx.value("SELECT state FROM visits") == "on_the_way"
        assert await tx.value("SELECT count(*) FROM exceptions") == 0
        on = [row["subject_id"] for row in await tx.all("SELECT subject_id FROM acts WHERE kind = 'depart'")]
        assert on == [cases[0]]
