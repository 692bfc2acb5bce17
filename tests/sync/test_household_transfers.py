"""One transfer of a household for several cases (F09): each case has its part, whoever speaks first."""

import random
from uuid import UUID

import pytest

from backend.fees.payment_model import Payment
from backend.fees.payments import shares
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync import bank
from backend.sync.desk import Refused
from tests.builders import MORNING, Field
from tests.builders_money import a_household, an_order, came
from tests.sync.test_money import ledger
from tests.sync.test_transfers import refunds, somebody


def bank_and_agency(field: Field, amount: int) -> dict[str, int]:
    """The whole ledger when everything was paid and nothing is left."""
    return {f"bank:{field.post}": amount, f"agency:{field.agency}": -amount}


async def suspense(field: Field) -> int:
    return -(await ledger(field)).get(f"suspense:{field.post}", 0)


async def test_one_transfer_settles_the_charges_of_all(field: Field) -> None:
    house = await a_household(field, 26_000, 20_000, 26_000)
    for order in house.orders:
        await order.show()
    booked = await came(field, "FT1", 72_000, f"NAP {house.reference}")
    assert (booked.known, booked.placed) == (False, True)
    assert await house.states() == ["credited"] * 3
    assert [await order.charge_states() for order in house.orders] == [{"settled"}] * 3
    assert await ledger(field) == bank_and_agency(field, 72_000)
    again = [await came(field, "FT1", 72_000, f"NAP {house.reference}") for _ in range(2)]
    assert [(one.known, one.placed) for one in again] == [(True, True)] * 2
    assert await ledger(field) == bank_and_agency(field, 72_000)


async def test_whoever_speaks_first_the_same_is_credited(field: Field) -> None:
    house = await a_household(field, 26_000, 46_000)
    shown = [field.phone.make(order.case, "show_payment_code", order.shown) for order in house.orders]
    for seed in range(20):
        rng = random.Random(seed)
        undone = field.tx.connection.transaction()
        await undone.start()
        for step in rng.sample([0, 1, "notice", "notice", "place"], k=5):
            if step == "notice":
                await came(field, "FT1", 72_000, house.reference)
            elif step == "place":
                await bank.place(field.tx, field.ring, field.at)
            else:
                await field.send(shown[int(step)])
        await bank.place(field.tx, field.ring, field.at)
        assert await ledger(field) == bank_and_agency(field, 72_000), seed
        assert await house.states() == ["credited"] * 2, seed
        assert await field.tx.value("SELECT count(*) FROM exceptions") == 0
        assert await field.tx.value("SELECT count(*) FROM refunds") == 0
        await undone.rollback()


async def test_until_the_phone_has_told_of_every_case_the_rest_waits(field: Field) -> None:
    house = await a_household(field, 26_000, 46_000)
    first, second = house.orders
    await first.show()
    assert not (await came(field, "FT1", 72_000, house.reference)).placed
    assert (await first.state(), await suspense(field)) == ("credited", 46_000)
    assert await bank.place(field.tx, field.ring, field.at) == 0
    await second.show()
    assert await bank.place(field.tx, field.ring, field.at) == 1
    assert await house.states() == ["credited"] * 2
    assert await ledger(field) == bank_and_agency(field, 72_000)


async def test_what_is_short_pays_those_first_that_it_pays_wholly_and_a_second_transfer_the_rest(field: Field) -> None:
    house = await a_household(field, 26_000, 46_000)
    for order in house.orders:
        await order.show()
    first, second = sorted(house.orders, key=lambda order: order.payment)
    asked = {order.case: order.shown["total"] for order in house.orders}
    await came(field, "FT1", 60_000, house.reference)
    assert (await first.state(), await second.state()) == ("credited", "short")
    short = 60_000 - asked[first.case]
    assert await refunds(field, second.case) == [("short", "due", short)]
    await came(field, "FT2", 12_000, house.reference)
    assert await second.state() == "credited"
    assert await refunds(field, second.case) == [("short", "dropped", short)]
    assert await ledger(field) == bank_and_agency(field, 72_000)


async def test_what_is_too_much_is_owed_back_once(field: Field) -> None:
    house = await a_household(field, 26_000, 46_000)
    for order in house.orders:
        await order.show()
    await came(field, "FT1", 80_000, house.reference)
    found = [one for order in house.orders for one in await refunds(field, order.case)]
    assert found == [("overpaid", "due", 8_000)]
    assert await suspense(field) == 0


async def test_one_case_paid_in_cash_meanwhile_has_its_part_back(field: Field) -> None:
    house = await a_household(field, 26_000, 46_000)
    for order in house.orders:
        await order.show()
    paid = house.orders[0]
    slip = await field.tx.value("SELECT first_number FROM slip_blocks WHERE maker = $d", d=field.phone.device)
    body = {"visit_id": paid.visit, "slip_number": slip, "lines": paid.shown["lines"], "total": 26_000}
    await field.does(paid.case, "collect", body | {"means": "cash", "tendered": 26_000, "change": 0})
    await came(field, "FT1", 72_000, house.reference)
    assert await house.orders[1].state() == "credited"
    assert await refunds(field, paid.case) == [("paid_twice", "due", 26_000)]
    assert await suspense(field) == 0


async def test_a_reference_is_of_one_order_alone(field: Field) -> None:
    """The same reference for another order, or twice for one case: what happened waits for a person."""
    house = await a_household(field, 26_000, 46_000)
    for order in house.orders:
        await order.show()
    for together in (None, {"id": str(uuid7()), "total": 90_000}):
        stranger = await an_order(field, 9_000)
        body = stranger.shown | {"reference": house.reference, "payment_id": str(uuid7()), "order": together}
        answer = await field.does(stranger.case, "show_payment_code", body)
        assert answer.standing == "review", answer
    twice = house.orders[0].shown | {"payment_id": str(uuid7())}
    assert (await field.does(house.orders[0].case, "show_payment_code", twice)).standing == "review"


async def test_a_person_says_whose_the_rest_is(field: Field) -> None:
    """A case of the household that no phone ever told of: what was left pays what the citizen says."""
    house = await a_household(field, 26_000, 46_000)
    await house.orders[0].show()
    await came(field, "FT1", 72_000, house.reference)
    other = await an_order(field, 46_000)
    await other.show()
    cashier = await somebody(field, Role.CASHIER)
    whole = await field.tx.value("SELECT credit_id FROM bank_credits WHERE case_id IS NULL")
    pays = {"payment_id": str(other.payment)}
    for wrong in (
        {"credit_id": str(whole)},
        {"credit_id": str(uuid7()), "rest": {"part_of": str(whole), "amount": 46_001}},
        {"credit_id": str(uuid7()), "rest": {"part_of": str(uuid7()), "amount": 46_000}},
    ):
        with pytest.raises(Refused):
            await field.at_desk(cashier, other.case, "match_bank_credit", pays | wrong)
    rest = {"credit_id": str(uuid7()), "rest": {"part_of": str(whole), "amount": 46_000}}
    await field.at_desk(cashier, other.case, "match_bank_credit", pays | rest)
    assert (await other.state(), await suspense(field)) == ("credited", 0)
    assert await field.tx.value("SELECT said FROM bank_credits WHERE credit_id = $id", id=whole) is None


def a_payment(number: int, total: int, *, received: int = 0, order: int = 72_000) -> Payment:
    return Payment(
        case_id=UUID(int=number), payment_id=UUID(int=number), visit_id=UUID(int=9), account_id=UUID(int=8),
        reference="DT6WG4J3NK", charge_ids=[], total=total, received=received, used=received, state="waiting_transfer",
        shown_by=UUID(int=7), shown_at=MORNING, order_id=UUID(int=6), order_total=order,
    )  # fmt: skip


ALL = (a_payment(1, 26_000), a_payment(2, 46_000))


@pytest.mark.parametrize(
    ("orders", "left", "given", "expected"),
    [
        (ALL, 72_000, (), {1: 26_000, 2: 46_000}),
        (ALL[::-1], 72_000, (), {1: 26_000, 2: 46_000}),
        (ALL, 20_000, (), {1: 20_000}),
        (ALL, 30_000, (), {1: 26_000, 2: 4_000}),
        (ALL, 80_000, (), {1: 26_000, 2: 54_000}),
        (ALL[:1], 72_000, (), {1: 26_000}),
        (ALL, 46_000, (1,), {2: 46_000}),
        (ALL, 5_000, (1, 2), {}),
        ((a_payment(1, 26_000, received=26_000), ALL[1]), 46_000, (), {2: 46_000}),
        ((a_payment(1, 26_000, received=26_000),), 46_000, (), {}),
        ((ALL[0], a_payment(2, 46_000, received=46_000)), 30_000, (), {1: 26_000, 2: 4_000}),
    ],
)
def test_shares(orders: tuple[Payment, ...], left: int, given: tuple[int, ...], expected: dict[int, int]) -> None:
    had = {UUID(int=one) for one in given}
    found = shares(orders, left, given=had, paid_back={})
    assert {one.payment_id.int: share for one, share in found} == expected
    assert sum(expected.values()) <= left


def test_what_went_back_is_wanted_again() -> None:
    short = a_payment(2, 46_000, received=10_000)
    [(_, share)] = shares((a_payment(1, 26_000, received=26_000), short), 36_000, given=(), paid_back={})
    assert share == 36_000
    found = shares((ALL[0], short), 80_000, given=(), paid_back={UUID(int=2): 10_000})
    assert {one.payment_id.int: share for one, share in found} == {1: 26_000, 2: 54_000}
