"""Money is a ledger: a charge is settled once, what is paid twice is the citizen's, every transfer sums to zero."""

import random
from uuid import UUID

import asyncpg
import pytest

from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.errors import NotYourShift
from tests.builders import Field, a_paper, standings
from tests.builders_acts import at_the_door, begun, courier, met, offered, paid, received
from tests.builders_staff import a_person, hired


async def ledger(field: Field) -> dict[str, int]:
    """Đồng by account, without those that stand at nothing."""
    rows = await field.tx.all("SELECT account, sum(amount)::bigint AS amount FROM entries GROUP BY account")
    return {row["account"]: row["amount"] for row in rows if row["amount"]}


async def both_couriers(field: Field, amount: int = 8000) -> tuple[UUID, str, str, str]:
    """A case that Lan has for pick-up and Tú for a supplement: (case, Lan's visit, Tú's visit, the charge)."""
    case, visit, charges = await field.booked(amount)
    paper = a_paper()
    await at_the_door(field, case, visit)
    await field.does(case, "take_papers", {"visit_id": visit, "papers": [paper]})
    theirs = field.booking("supplement", courier=str(field.tu))
    assert (await field.at_desk(field.ut, case, "book", theirs)).standing == "applied"
    return case, visit, theirs["visit_id"], charges[0]


async def test_two_couriers_who_collect_one_fee_settle_it_once_and_owe_the_rest_back(field: Field) -> None:
    """S22: both offline, carried by either phone, some sent twice, in a hundred interleavings."""
    case, visit, their_visit, charge = await both_couriers(field)
    lan, tu = field.phone, field.tu_phone
    made = [
        lan.make(case, "collect", paid(visit, 1, (charge, 8000))),
        tu.make(case, "record_arrival", {"visit_id": their_visit}),
        tu.make(case, "check_identity", met(their_visit)),
        tu.make(case, "collect", paid(their_visit, 1001, (charge, 8000))),
    ]
    settled: set[UUID] = set()
    for seed in range(100):
        rng = random.Random(seed)
        undone = field.tx.connection.transaction()
        await undone.start()
        for act in rng.sample(made * 2, k=6) + made:
            await field.send(act, carrier=rng.choice([lan, tu]))
        assert [await field.standing(act) for act in made] == ["applied"] * 4, seed
        assert await ledger(field) == {
            f"cash:{field.lan}": 8000,
            f"cash:{field.tu}": 8000,
            f"credit:{case}": -8000,
            f"agency:{field.agency}": -8000,
        }
        row = await field.tx.first(
            """SELECT c.state, c.settled_by, e.act_id, e.reason FROM charges AS c
               JOIN exceptions AS e ON e.case_id = c.case_id AND e.machine = 'charge'"""
        )
        assert row is not None
        assert (row["state"], row["reason"]) == ("settled", "no-such-act-here")
        assert row["settled_by"] != row["act_id"]
        settled.add(row["settled_by"])
        await undone.rollback()
    assert len(settled) == 2


async def test_a_charge_named_twice_on_one_slip_is_paid_once(field: Field) -> None:
    case, visit, charges = await field.booked(8000)
    await at_the_door(field, case, visit)
    twice = paid(visit, 1, (charges[0], 8000), (charges[0], 8000))
    assert (await field.does(case, "collect", twice)).standing == "applied"
    assert await ledger(field) == {
        f"cash:{field.lan}": 16_000,
        f"credit:{case}": -8000,
        f"agency:{field.agency}": -8000,
    }


async def test_money_that_does_not_pay_a_line_wholly_is_taken_and_looked_at(field: Field) -> None:
    case, visit, charges = await field.booked(8000)
    await at_the_door(field, case, visit)
    answer = await field.does(case, "collect", paid(visit, 1, (charges[0], 5000)))
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["charge:guard:cash_whole"])
    assert (await ledger(field))[f"cash:{field.lan}"] == 5000
    assert await field.tx.value("SELECT sum(amount) FROM entries") == 0


async def test_a_slip_number_of_another_phone_is_looked_at_and_a_used_one_waits(field: Field) -> None:
    case, visit, charges = await field.booked(8000, 5000)
    await at_the_door(field, case, visit)
    foreign = await field.does(case, "collect", paid(visit, 1500, (charges[0], 8000)))
    assert (foreign.standing, list(foreign.exceptions)) == ("applied", ["visit:guard:slip_known"])
    again = await field.does(case, "collect", paid(visit, 1500, (charges[1], 5000)))
    assert again.standing == "review"
    assert again.problem is not None
    assert again.problem.type == "urn:tannha:problem:slip-number-used"


async def test_a_charge_the_phone_made_up_waits_for_a_person(field: Field) -> None:
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    answer = await field.does(case, "collect", paid(visit, 1, (str(uuid7()), 8000)))
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type == "urn:tannha:problem:charge-unknown"


async def test_the_database_itself_refuses_a_transfer_that_does_not_sum_to_zero(field: Field) -> None:
    async def enter() -> None:
        async with field.tx.savepoint():
            await field.tx.run(
                """INSERT INTO entries (case_id, transfer_id, line, account, amount, day, occurred_at, recorded_at)
                   VALUES (NULL, $transfer, 1, 'suspense', 1, '2026-11-25', now(), now())""",
                transfer=uuid7(),
            )
            await field.tx.run("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(asyncpg.CheckViolationError, match="does not sum to zero"):
        await enter()


async def test_a_shift_begins_once_and_belongs_to_its_courier(field: Field) -> None:
    shift = uuid7()
    assert (await field.does(shift, "begin_shift", begun(field), subject="shift")).standing == "applied"
    tu = field.tu_phone
    answers = await field.send(
        tu.make(shift, "begin_shift", begun(field), subject="shift"),
        tu.make(shift, "remit", {"amount": 300_000, "unit": str(field.post)}, subject="shift"),
        carrier=tu,
    )
    assert standings(answers) == ["review", "behind"]
    assert await field.tx.value("SELECT courier FROM shifts") == field.lan
    assert (await ledger(field))[f"cash:{field.lan}"] == 300_000
    second = await field.does(uuid7(), "begin_shift", begun(field), subject="shift")
    assert second.standing == "review"
    assert second.problem is not None
    assert second.problem.type == "urn:tannha:problem:shift-already-open"


async def test_nobody_pays_in_or_closes_the_day_of_a_colleague(field: Field) -> None:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field), subject="shift")
    tu = field.tu_phone
    answers = await field.send(
        tu.make(shift, "remit", {"amount": 300_000, "unit": str(field.post)}, subject="shift"),
        carrier=tu,
    )
    assert standings(answers) == ["review"]
    clerk = (await a_person(field.tx, "Phan Thị Ba")).id
    await hired(field.tx, clerk, field.post, Role.COUNTER_CLERK)
    with pytest.raises(NotYourShift) as refused:
        await field.at_desk(clerk, shift, "close_shift", {"counted": 0}, subject="shift")
    assert refused.value.status == 403


async def test_the_day_closes_at_zero(field: Field) -> None:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field), subject="shift")
    case, visit, charges = await field.booked(8000)
    await at_the_door(field, case, visit)
    await field.does(case, "collect", paid(visit, 1, (charges[0], 8000)))
    await field.does(shift, "remit", {"amount": 8000, "unit": str(field.post)}, subject="shift")
    answer = await field.does(shift, "close_shift", {"counted": 300_000}, subject="shift")
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await ledger(field) == {f"till:{field.post}": 8000, f"agency:{field.agency}": -8000}
    assert await field.tx.value("SELECT difference FROM shifts") == 0
    assert await field.tx.value("SELECT amount FROM balances WHERE account = $a", a=f"cash:{field.lan}") == 0


@pytest.mark.parametrize(("reason", "exceptions"), [(None, ["shift:guard:cash_explained"]), ("lost_note", [])])
async def test_a_count_that_is_short_is_named(field: Field, reason: str | None, exceptions: list[str]) -> None:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field), subject="shift")
    answer = await field.does(shift, "close_shift", {"counted": 295_000, "reason": reason}, subject="shift")
    assert (answer.standing, list(answer.exceptions)) == ("applied", exceptions)
    assert await ledger(field) == {f"till:{field.post}": -5000, f"variance:{field.post}": 5000}


async def test_papers_still_in_hand_keep_the_day_from_closing_whatever_came_with_the_same_sync(field: Field) -> None:
    """The count of papers must see what the same batch took and gave away."""
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field), subject="shift")
    case, visit, _ = await field.booked()
    phone, paper = field.phone, a_paper()
    answers = await field.send(
        phone.make(case, "depart", {"visit_id": visit}),
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", met(visit)),
        phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        phone.make(shift, "close_shift", {"counted": 300_000}, subject="shift"),
    )
    assert list(answers[-1].exceptions) == ["shift:guard:papers_unexplained"]


async def test_papers_given_to_a_colleague_do_not_keep_the_day_from_closing(field: Field) -> None:
    """Tú gave them to Lan, whose half of the hand-over arrives together with his count."""
    shift, lan, tu = uuid7(), field.phone, field.tu_phone
    case, visit, _ = await field.booked(courier=str(field.tu))
    paper = a_paper()
    await field.send(
        tu.make(shift, "begin_shift", begun(field), subject="shift"),
        tu.make(case, "record_arrival", {"visit_id": visit}),
        tu.make(case, "check_identity", met(visit)),
        tu.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        carrier=tu,
    )
    assert (await field.at_desk(field.ut, case, "book", field.booking("supplement"))).standing == "applied"
    offer = offered(courier(field.lan), papers=[paper["id"]])
    answers = await field.send(
        lan.make(case, "receive", received(offer, courier(field.tu))),
        tu.make(shift, "close_shift", {"counted": 300_000}, subject="shift"),
    )
    assert [(answer.standing, list(answer.exceptions)) for answer in answers] == [("applied", [])] * 2


async def test_what_a_desk_receives_at_a_counter_is_with_the_unit(field: Field) -> None:
    """A citizen who comes to the post instead of waiting."""
    clerk = (await a_person(field.tx, "Phan Thị Ba")).id
    await hired(field.tx, clerk, field.post, Role.COUNTER_CLERK)
    case, visit, _ = await field.booked(place="post_counter")
    await field.at_desk(clerk, case, "record_arrival", {"visit_id": visit})
    await field.at_desk(clerk, case, "check_identity", met(visit))
    await field.at_desk(clerk, case, "take_papers", {"visit_id": visit, "papers": [a_paper()]})
    row = await field.tx.first("SELECT holder_kind, holder FROM papers")
    assert row is not None
    assert tuple(row) == ("unit", field.post)
