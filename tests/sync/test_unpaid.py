"""A fee that is not paid at the door, and one that is not owed (F09): the papers go on, and no đồng is lost."""

from uuid import UUID

import pytest

from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_acts import paid
from tests.builders_staff import a_person, hired
from tests.sync.test_money import ledger


async def at_the_door(field: Field) -> tuple[UUID, str, str]:
    """(case, visit, charge): 8.000đ are due."""
    case, visit, [charge] = await field.booked(8_000)
    await field.does(case, "record_arrival", {"visit_id": visit})
    return case, visit, charge


async def an_approver(field: Field) -> UUID:
    person = (await a_person(field.tx, "Huỳnh Văn Bình")).id
    await hired(field.tx, person, field.agency, Role.APPROVER)
    return person


async def charge_is(field: Field) -> tuple[object, ...]:
    row = await field.tx.first("SELECT state, unpaid_because, relief_claimed, counted FROM charges")
    assert row is not None
    return tuple(row)


async def test_why_nothing_was_paid_is_recorded_and_it_may_be_paid_later(field: Field) -> None:
    case, visit, charge = await at_the_door(field)
    unpaid = {"visit_id": visit, "charge_ids": [charge], "reason": "no_money_now"}
    for kind, body, state in (
        ("record_unpaid", unpaid, "unpaid"),
        ("collect", paid(visit, 1, (charge, 8_000)), "settled"),
    ):
        answer = await field.does(case, kind, body)
        assert (answer.standing, list(answer.exceptions)) == ("applied", [])
        assert (await charge_is(field))[0] == state
    assert await charge_is(field) == ("settled", "no_money_now", None, None)


async def test_a_relief_that_is_claimed_waits_for_an_approver(field: Field) -> None:
    case, visit, charge = await at_the_door(field)
    await field.does(case, "claim_relief", {"visit_id": visit, "charge_id": charge, "relief": "ho_ngheo"})
    assert await charge_is(field) == ("due", None, "ho_ngheo", None)
    await field.at_desk(await an_approver(field), case, "exempt", {"charge_id": charge, "relief": "ho_ngheo"})
    assert (await charge_is(field))[0] == "exempt"
    assert await ledger(field) == {}


async def test_who_was_exempt_after_all_has_the_money_back(field: Field) -> None:
    case, visit, charge = await at_the_door(field)
    await field.does(case, "collect", paid(visit, 1, (charge, 8_000)))
    await field.at_desk(await an_approver(field), case, "exempt", {"charge_id": charge, "relief": "ho_ngheo"})
    row = await field.tx.first("SELECT amount, cause, state, collected_by FROM refunds")
    assert row is not None
    assert tuple(row) == (8_000, "exempt_afterwards", "due", field.lan)
    assert await ledger(field) == {f"cash:{field.lan}": 8_000, f"credit:{case}": -8_000}
    with pytest.raises(Refused) as refused:
        await field.at_desk(await an_approver(field), case, "exempt", {"charge_id": charge, "relief": "ho_ngheo"})
    assert refused.value.problem.type == "urn:tannha:problem:no-longer-owed"


async def test_who_collected_does_not_exempt(field: Field) -> None:
    case, visit, charge = await at_the_door(field)
    await field.does(case, "collect", paid(visit, 1, (charge, 8_000)))
    await hired(field.tx, field.lan, field.agency, Role.APPROVER)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.lan, case, "exempt", {"charge_id": charge, "relief": "ho_ngheo"})
    assert refused.value.problem.type == "urn:tannha:problem:needs-another"


async def test_a_charge_named_by_mistake_is_taken_back_and_late_money_for_it_is_owed_back(field: Field) -> None:
    case, visit, charge = await at_the_door(field)
    late = field.phone.make(case, "collect", paid(visit, 1, (charge, 8_000)))
    await field.at_desk(field.mai, case, "void_charge", {"charge_id": charge, "reason": "mistake"})
    assert await ledger(field) == {}
    [answer] = await field.send(late)
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["charge:no-such-act-here"])
    row = await field.tx.first("SELECT amount, cause, state FROM refunds")
    assert row is not None
    assert tuple(row) == (8_000, "paid_twice", "due")
