"""Registered and served where the citizen asked for it (F02): case and visit are born on a phone without network."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.database import Database
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from backend.sync.reading import Command
from backend.sync.service import receive_together
from tests.builders import Field, Phone, a_paper
from tests.builders_acts import met, sealed, signed, stock
from tests.builders_staff import hired
from tests.sync.conftest import MakeField

WHO = {"owner_name": "Trần Thị Sáu", "address": "Ấp 2"}


def registers(field: Field, phone: Phone, case: UUID, **changes: Any) -> Command:
    told = field.registration(channel="post", registered_at_unit=str(field.post), **changes)
    return phone.make(case, "register", told, personal=WHO)


def arrives(field: Field, phone: Phone, case: UUID, visit: str, **what: str) -> Command:
    unplanned = {"unit": str(field.post)} | what
    return phone.make(case, "record_arrival", {"visit_id": visit, "unplanned": unplanned})


async def visits_of(field: Field) -> list[tuple[Any, ...]]:
    rows = await field.tx.all("SELECT visit_id, courier, day::text, time_window, state, unplanned FROM visits")
    return [tuple(row) for row in rows]


async def test_case_and_visit_are_born_on_the_phone(field: Field) -> None:
    phone, case, visit, paper = field.phone, uuid7(), str(uuid7()), a_paper()
    [label] = await stock(field, 1)
    answers = await field.send(
        registers(field, phone, case),
        arrives(field, phone, case, visit),
        phone.make(case, "check_identity", met(visit)),
        phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        phone.make(case, "sign", signed(visit)),
        phone.make(case, "seal", sealed(visit, label, [paper])),
        phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 7
    assert await field.state(case) == "taken_awaiting_confirmation"
    assert await visits_of(field) == [(UUID(visit), field.lan, "2026-11-25", "07:00-08:00", "done", True)]


async def test_an_original_is_seen_where_the_case_is_born(field: Field) -> None:
    """In one sending with the registration: the catalogue holds for a case that nobody has heard of yet."""
    phone, case, visit = field.phone, uuid7(), str(uuid7())
    answers = await field.send(
        registers(field, phone, case),
        arrives(field, phone, case, visit),
        phone.make(
            case, "see_original", {"visit_id": visit, "paper_id": str(uuid7()), "component": "giay_to_tuy_than"}
        ),
        phone.make(case, "see_original", {"visit_id": visit, "paper_id": str(uuid7()), "component": "to_khai"}),
        phone.make(case, "see_original", {"visit_id": visit, "paper_id": str(uuid7()), "component": "con_meo"}),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [
        ("applied", []),
        ("applied", []),
        ("applied", []),
        ("applied", ["paper:guard:must_travel"]),
        ("review", []),
    ]


async def test_two_cases_of_a_house_share_the_visit(field: Field) -> None:
    phone, visit = field.phone, str(uuid7())
    cases = [uuid7(), uuid7()]
    for case in cases:
        answers = await field.send(registers(field, phone, case), arrives(field, phone, case, visit))
        assert [one.standing for one in answers] == ["applied"] * 2
    assert len(await visits_of(field)) == 1
    assert await field.tx.value("SELECT count(*) FROM case_visits") == 2
    assert await field.tx.value("SELECT count(*) FROM bundle WHERE present") == 2


async def test_a_visit_that_another_courier_began_stays_that_ones(field: Field) -> None:
    visit, of_lan, of_tu = str(uuid7()), uuid7(), uuid7()
    await field.send(registers(field, field.phone, of_lan), arrives(field, field.phone, of_lan, visit))
    answers = await field.send(
        registers(field, field.tu_phone, of_tu), arrives(field, field.tu_phone, of_tu, visit), carrier=field.tu_phone
    )
    assert [one.standing for one in answers] == ["applied", "review"]
    assert [row[1] for row in await visits_of(field)] == [field.lan]


async def test_of_an_office_that_is_not_there_a_person_looks_at_it(field: Field) -> None:
    case = uuid7()
    answers = await field.send(
        registers(field, field.phone, case), arrives(field, field.phone, case, str(uuid7()), unit=str(uuid7()))
    )
    assert [one.standing for one in answers] == ["applied", "review"]


async def test_what_is_planned_is_not_begun_anew(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.send(arrives(field, field.phone, case, visit))
    assert [row[5] for row in await visits_of(field)] == [False]


async def test_at_a_counter_a_clerk_takes_papers_of_whoever_comes(field: Field) -> None:
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    case, visit = await field.registered(), str(uuid7())
    unplanned = {"unit": str(field.post), "place": "post_counter"}
    await field.at_desk(field.ut, case, "record_arrival", {"visit_id": visit, "unplanned": unplanned})
    await field.at_desk(field.ut, case, "check_identity", met(visit))
    await field.at_desk(field.ut, case, "take_papers", {"visit_id": visit, "papers": [a_paper()]})
    assert await field.state(case) == "taken_awaiting_confirmation"
    assert await field.tx.value("SELECT holder FROM papers") == field.post


async def test_nobody_begins_a_visit_at_another_offices_counter(field: Field) -> None:
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    case = await field.registered()
    unplanned = {"unit": str(field.one_stop), "place": "one_stop"}
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "record_arrival", {"visit_id": str(uuid7()), "unplanned": unplanned})
    assert refused.value.problem.type == "urn:tannha:problem:not-your-counter"


async def test_a_dossier_that_lives_elsewhere_is_not_refused_at_the_door(field: Field) -> None:
    """Both are kept; which of them goes on is for a person to say."""
    code = "H20.12-261123-0007"
    first = await field.registered(dossier_code=code)
    later = [uuid7(), uuid7()]
    answers = await field.send(*(registers(field, field.phone, case, dossier_code=code) for case in later))
    assert [one.standing for one in answers] == ["applied"] * 2
    rows = await field.tx.all("SELECT case_id, live FROM dossiers WHERE code = $code ORDER BY live DESC", code=code)
    assert tuple(rows[0]) == (first, True)
    assert [row["live"] for row in rows] == [True, False, False]


async def test_two_phones_register_one_dossier_in_one_moment(field: Field) -> None:
    code = "H20.12-261123-0008"
    answers = await field.send(*(registers(field, field.phone, uuid7(), dossier_code=code) for _ in range(2)))
    assert [one.standing for one in answers] == ["applied"] * 2
    rows = await field.tx.all("SELECT live FROM dossiers WHERE code = $code ORDER BY live", code=code)
    assert [row["live"] for row in rows] == [False, True]


async def test_what_the_database_refuses_of_a_registration_at_the_door_waits_for_a_person(
    pool: Database, field_in: MakeField
) -> None:
    """Two phones at once, and the second one had looked before the first was there."""
    code = "H20.12-261123-0009"
    async with pool.transaction() as later:
        tu = field_in(later)
        async with pool.transaction() as tx:
            lan = field_in(tx)
            [first] = await lan.send(registers(lan, lan.phone, uuid7(), dossier_code=code))
            command = registers(tu, tu.tu_phone, case := uuid7(), dossier_code=code)
            sent = [(command, tu.tu_phone.device)]
            waiting = asyncio.create_task(receive_together(later, tu.ring, sent, {}, at=tu.at, careful=True))
            for _ in range(100):
                if await tx.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"):
                    break
                await asyncio.sleep(0.05)
        [second] = await waiting
        assert (first.standing, second.standing) == ("applied", "review")
        assert second.problem is not None
        assert second.problem.type == "urn:tannha:problem:live-registration-exists"
        assert await later.value("SELECT count(*) FROM cases WHERE case_id = $case", case=case) == 0


async def test_what_is_quoted_at_the_door_is_owed_and_paid_there(field: Field) -> None:
    phone, case, visit = field.phone, uuid7(), str(uuid7())
    fee, postage = str(uuid7()), str(uuid7())
    lines = [
        {"charge_id": fee, "line": "le_phi", "amount": 8_000},
        {"charge_id": postage, "line": "cuoc", "amount": 26_000, "of": "post"},
    ]
    slip = {"visit_id": visit, "slip_number": 1000, "means": "cash", "total": 34_000, "tendered": 34_000, "change": 0}
    paid = [{"charge_id": one["charge_id"], "amount": one["amount"]} for one in lines]
    answers = await field.send(
        registers(field, phone, case),
        arrives(field, phone, case, visit),
        phone.make(case, "quote", {"visit_id": visit, "charges": lines}),
        phone.make(case, "quote", {"visit_id": visit, "charges": lines}),
        phone.make(case, "collect", slip | {"lines": paid}),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 5
    rows = await field.tx.all("SELECT charge_id::text, payee, state FROM charges")
    assert {tuple(row) for row in rows} == {
        (fee, f"agency:{field.agency}", "settled"),
        (postage, f"postage:{field.post}", "settled"),
    }
    owed = await field.tx.all("SELECT account, sum(amount)::int AS amount FROM entries GROUP BY account")
    assert {row["account"]: row["amount"] for row in owed if row["amount"]} == {
        f"agency:{field.agency}": -8_000,
        f"postage:{field.post}": -26_000,
        f"cash:{field.lan}": 34_000,
    }


async def quoted(field: Field, amount: int = 8_000) -> UUID:
    """A case born at a door, whose fee was said there."""
    phone, case, visit = field.phone, uuid7(), str(uuid7())
    lines = [{"charge_id": str(uuid7()), "line": "le_phi", "amount": amount}]
    answers = await field.send(
        registers(field, phone, case),
        arrives(field, phone, case, visit),
        phone.make(case, "quote", {"visit_id": visit, "charges": lines}),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 3
    return case


def due(line: str = "le_phi", amount: int = 8_000) -> dict[str, Any]:
    return {"charge_id": str(uuid7()), "line": line, "amount": amount}


async def owes(field: Field, case: UUID) -> list[tuple[Any, ...]]:
    rows = await field.tx.all("SELECT line, amount, state FROM charges WHERE case_id = $case ORDER BY line", case=case)
    return [tuple(row) for row in rows]


async def test_what_was_quoted_is_not_owed_again_because_the_agency_names_it(field: Field) -> None:
    case = await quoted(field)
    await field.at_desk(field.mai, case, "confirm", {"charges": [due(), due("phi_khac", 2_000)]})
    assert await owes(field, case) == [("le_phi", 8_000, "due"), ("phi_khac", 2_000, "due")]
    owed = await field.tx.value("SELECT sum(amount) FROM entries WHERE account = $due", due=f"due:{case}")
    assert owed == 10_000


async def test_the_agency_that_names_another_amount_is_told_what_was_quoted(field: Field) -> None:
    case = await quoted(field)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "confirm", {"charges": [due(amount=5_000)]})
    assert refused.value.problem.type == "urn:tannha:problem:charge-named-already"
    assert "8000 đồng" in refused.value.problem.detail
    charge = str(await field.tx.value("SELECT charge_id FROM charges WHERE case_id = $case", case=case))
    await field.at_desk(field.mai, case, "void_charge", {"charge_id": charge, "reason": "mistake"})
    await field.at_desk(field.mai, case, "confirm", {"charges": [due(amount=5_000)]})
    assert sorted(await owes(field, case)) == [("le_phi", 5_000, "due"), ("le_phi", 8_000, "voided")]


async def test_a_line_named_twice_at_one_time_is_two(field: Field) -> None:
    """Two copies, each with its fee."""
    case = await quoted(field)
    await field.at_desk(field.mai, case, "confirm", {"charges": [due("phi_khac", 2_000), due("phi_khac", 2_000)]})
    assert len(await owes(field, case)) == 3


async def test_a_visit_at_midnight_has_the_hour_it_began_in(field: Field) -> None:
    case, visit = uuid7(), str(uuid7())
    field.phone.now += timedelta(hours=15, minutes=45)
    late = [registers(field, field.phone, case), arrives(field, field.phone, case, visit)]
    await field.send(*late, at=field.phone.now + timedelta(minutes=1))
    assert [row[3] for row in await visits_of(field)] == ["23:00-00:00"]
