"""Facts and requests: what happened stands, and where the rules would have said no an exception opens; a request may
be refused, and waits while an exception is open."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.errors import Refusal
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import MORNING, Field, a_paper, standings
from tests.builders_acts import clear, met, paid, signed
from tests.builders_staff import hired


async def cancelled(field: Field, case: UUID) -> None:
    """Út cancels the appointment; Lan is out of the network."""
    appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $case", case=case)
    body = {"appointment_id": str(appointment), "reason": "citizen_asked"}
    assert (await field.at_desk(field.ut, case, "cancel_appointment", body, base=99)).standing == "applied"


async def open_exceptions(field: Field, case: UUID) -> int:
    return await field.tx.value(
        "SELECT count(*) FROM exceptions WHERE case_id = $case AND cleared_at IS NULL", case=case
    )


async def test_papers_and_money_taken_after_the_visit_was_cancelled_are_papers_and_money_taken(field: Field) -> None:
    case, visit, charges = await field.booked(8000)
    await cancelled(field, case)
    phone, paper = field.phone, a_paper()
    answers = await field.send(
        phone.make(case, "depart", {"visit_id": visit}),
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", met(visit)),
        phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        phone.make(case, "collect", paid(visit, 1, (charges[0], 8000))),
        phone.make(case, "sign", signed(visit)),
    )
    assert standings(answers) == ["applied"] * 6
    assert "visit:no-such-act-here" in answers[0].exceptions
    holder = await field.tx.value("SELECT holder FROM papers WHERE case_id = $case", case=case)
    assert holder == field.lan
    cash = await field.tx.value("SELECT amount FROM balances WHERE account = $a", a=f"cash:{field.lan}")
    assert cash == 8000
    assert await field.tx.value("SELECT state FROM charges WHERE case_id = $case", case=case) == "settled"
    assert await field.state(case) == "papers_taken"


async def test_requests_wait_behind_an_open_exception_and_go_on_once_it_is_cleared(field: Field) -> None:
    case, visit, _ = await field.booked()
    await cancelled(field, case)
    await field.does(case, "depart", {"visit_id": visit})
    assert await open_exceptions(field, case) > 0
    booking = field.booking("supplement")
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "book", booking)
    assert (refused.value.status, refused.value.problem.type) == (409, "urn:tannha:problem:waits-for-a-person")
    cleared = await clear(field, case)
    assert [answer.standing for answer in cleared] == ["applied"] * len(cleared)
    assert await open_exceptions(field, case) == 0
    row = await field.tx.first("SELECT cleared_by, cleared_at FROM exceptions WHERE case_id = $case", case=case)
    assert row is not None
    assert row["cleared_by"] == field.ut
    report = {"field": "owner_name"}
    assert (await field.at_desk(field.mai, case, "report_mismatch", report)).standing == "applied"


async def test_facts_go_on_while_an_exception_is_open(field: Field) -> None:
    case, visit, _ = await field.booked()
    await cancelled(field, case)
    await field.does(case, "depart", {"visit_id": visit})
    assert (await field.does(case, "record_arrival", {"visit_id": visit})).standing == "applied"


async def test_an_exception_is_cleared_once(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.does(case, "check_identity", met(visit))
    row = await field.tx.first("SELECT exception_id FROM exceptions WHERE case_id = $case", case=case)
    assert row is not None
    body = {"exception_id": str(row["exception_id"]), "reason": "looked_at"}
    await field.at_desk(field.ut, case, "clear_exception", body)
    with pytest.raises(Refusal):
        await field.at_desk(field.ut, case, "clear_exception", body)


@pytest.mark.parametrize("kind", ["depart", "record_arrival", "fail_visit", "finish_visit"])
async def test_a_fact_about_a_visit_given_to_another_courier_meanwhile_is_taken(field: Field, kind: str) -> None:
    """The phone did not know; it was in its bundle this morning."""
    case, visit, _ = await field.booked()
    appointment = await field.tx.first("SELECT * FROM appointments WHERE case_id = $case", case=case)
    assert appointment is not None
    moved = {
        "appointment_id": str(appointment["appointment_id"]),
        "courier": str(field.tu),
        "day": appointment["day"].isoformat(),
        "window": appointment["time_window"],
        "seat": appointment["seat"],
    }
    await field.at_desk(field.ut, case, "move_appointment", moved, base=99)
    more = {"fail_visit": {"reason": "V01"}, "finish_visit": {"outcome": "done"}}.get(kind, {})
    assert (await field.does(case, kind, {"visit_id": visit} | more)).standing == "applied"


async def test_a_fact_a_month_late_is_taken(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    [answer] = await field.send(depart, at=MORNING + timedelta(days=30))
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    happened = await field.tx.value("SELECT occurred_at FROM acts WHERE kind = 'depart'")
    assert happened == field.phone.now


async def test_a_fact_of_a_desk_is_refused_where_the_rules_say_no(field: Field) -> None:
    """Only what happened at the door cannot be taken back; a desk hears it while it types."""
    case, _, _ = await field.booked()
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.mai, case, "cross_check", {"result": "passed", "items": []})
    assert refused.value.status == 409
    assert await open_exceptions(field, case) == 0


@pytest.mark.parametrize(
    ("who", "kind", "body"),
    [
        ("lan", "book", None),
        ("ut", "confirm", {}),
        ("ut", "cross_check", {"result": "passed"}),
        ("mai", "take_papers", {"visit_id": str(uuid7()), "papers": [a_paper()]}),
        ("kim", "release_result", {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua"}),
        ("ut", "erase", {"reason": "asked"}),
    ],
)
async def test_a_request_of_the_wrong_role_is_refused(field: Field, who: str, kind: str, body: Any) -> None:
    case = await field.registered()
    before = await field.tx.value("SELECT count(*) FROM inbox")
    with pytest.raises(Refused) as refused:
        await field.at_desk(getattr(field, who), case, kind, field.booking() if body is None else body)
    assert (refused.value.status, refused.value.problem.type) == (403, "urn:tannha:problem:not-allowed")
    assert await field.tx.value("SELECT count(*) FROM inbox") == before


async def test_a_request_of_the_wrong_role_from_a_phone_is_kept_and_refused(field: Field) -> None:
    case, _, _ = await field.booked()
    answer = await field.does(case, "cancel", {"reason": "citizen_asked"})
    assert answer.standing == "refused"
    assert answer.problem is not None
    assert answer.problem.status == 403
    assert await field.state(case) == "booked"
    # A refusal holds nothing up.
    visit = await field.tx.value("SELECT visit_id FROM visits")
    assert (await field.does(case, "depart", {"visit_id": str(visit)})).standing == "applied"


async def test_a_fact_of_someone_without_the_role_that_day_is_taken_and_looked_at(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.tx.run("UPDATE roles_held SET taken_at = $at WHERE person_id = $lan", at=MORNING, lan=field.lan)
    answer = await field.does(case, "depart", {"visit_id": visit})
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["act:role"])


async def test_a_fact_counts_by_the_roles_of_the_day_it_happened(field: Field) -> None:
    """Lan was a courier until noon; what she did at half past seven was right, whenever we hear of it."""
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    noon = MORNING + timedelta(hours=5)
    await field.tx.run("UPDATE roles_held SET taken_at = $at WHERE person_id = $lan", at=noon, lan=field.lan)
    [answer] = await field.send(depart, at=MORNING + timedelta(days=3))
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])


async def test_a_role_that_begins_tomorrow_does_not_count_today(field: Field) -> None:
    case = await field.registered()
    await hired(field.tx, field.lan, field.post, Role.DISPATCHER, since=(MORNING + timedelta(days=1)).date())
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.lan, case, "book", field.booking())
    assert refused.value.status == 403
    field.at += timedelta(days=1)
    assert (await field.at_desk(field.lan, case, "book", field.booking())).standing == "applied"


async def test_the_same_form_sent_twice_is_one_act(field: Field) -> None:
    case = await field.registered()
    act, booking = uuid7(), field.booking()
    first = await field.at_desk(field.ut, case, "book", booking, act=act)
    again = await field.at_desk(field.ut, case, "book", booking, act=act)
    assert (first.standing, first.n) == (again.standing, again.n)
    with pytest.raises(Refusal) as refused:
        await field.at_desk(field.ut, case, "cancel", {"reason": "mistake"}, act=act)
    assert refused.value.status == 422


async def test_a_withdrawn_case_gives_its_seat_back_and_leaves_the_couriers_day(field: Field) -> None:
    case, _, _ = await field.booked()
    assert (await field.at_desk(field.mai, case, "withdraw", {})).standing == "applied"
    assert await field.state(case) == "withdrawn"
    appointment = await field.tx.first("SELECT state, live FROM appointments WHERE case_id = $case", case=case)
    assert appointment is not None
    assert tuple(appointment) == ("cancelled", False)
    assert await field.tx.value("SELECT state FROM visits") == "cancelled"
    assert await field.tx.value("SELECT present FROM bundle WHERE case_id = $case", case=case) is False
