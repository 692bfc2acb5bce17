"""Call-backs (phúc tra): who is on the list, by what lot, who may ask, what it opens when citizens say otherwise."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.acts.service import open_personal
from backend.ids import uuid7
from backend.presence import call_back_model, call_back_queries
from backend.presence.call_back_model import Draw
from backend.staff.model import Role
from backend.sync import call_backs
from backend.sync.desk import Refused
from tests.builders import TODAY, Field
from tests.builders_acts import met
from tests.builders_staff import hired
from tests.sync.test_presence import AT_HOME, AT_THE_CAFE, comes, fails, marked

TOMORROW = timedelta(days=1)


async def a_red_visit(field: Field) -> tuple[UUID, str]:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_THE_CAFE)
    await fails(field, case, visit)
    return case, visit


async def a_sure_visit(field: Field) -> UUID:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_HOME)
    field.phone.now += timedelta(minutes=5)
    await field.does(case, "finish_visit", {"visit_id": visit, "outcome": "done"})
    return case


async def on_the_list(field: Field) -> dict[UUID, str]:
    rows = await field.tx.all("SELECT case_id, causes FROM call_backs")
    return {row["case_id"]: row["causes"] for row in rows}


async def call_back_of(field: Field, case: UUID) -> str:
    return str(await field.tx.value("SELECT call_back_id FROM call_backs WHERE case_id = $case", case=case))


async def asks(field: Field, by: UUID, case: UUID, answer: str, **more: Any) -> list[str]:
    body = {"call_back_id": await call_back_of(field, case), "answer": answer}
    return list((await field.at_desk(by, case, "record_call_back", body, base=99, **more)).exceptions)


async def test_red_visits_and_failures_are_on_the_list_when_the_day_is_over(field: Field) -> None:
    red, visit = await a_red_visit(field)
    failed, at = await marked(field)
    await comes(field, failed, at, place=AT_HOME)
    await fails(field, failed, at, why_not="rain")
    await a_sure_visit(field)
    assert await call_backs.list_due(field.tx, field.ring, field.at) == 0
    assert await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW) >= 2
    listed = await on_the_list(field)
    assert listed[red].startswith("red failure")
    assert listed[failed].startswith("failure")
    row = (await call_back_queries.call_backs_of(field.tx, [red]))[0]
    assert (row.state, row.courier, row.arranged_by) == ("listed", field.lan, [field.ut])
    assert str(row.visit_id) == visit
    assert await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW) == 0


async def test_what_a_phone_brings_late_is_listed_within_the_hour(field: Field) -> None:
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    red, _ = await a_red_visit(field)
    assert await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW) == 0
    assert await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW + timedelta(hours=1)) == 1
    assert set(await on_the_list(field)) == {red}


@pytest.mark.parametrize("state", ["unpaid", "exempt"])
async def test_fees_that_were_not_paid_are_on_the_list(field: Field, state: str) -> None:
    case = await a_sure_visit(field)
    await field.tx.run(
        """INSERT INTO charges (case_id, charge_id, line, amount, payee, due_at, state)
           VALUES ($case, $charge, 'le_phi', 8000, 'agency', 'reception', $state)""",
        case=case,
        charge=uuid7(),
        state=state,
    )
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    assert "fee" in (await on_the_list(field))[case]


async def at_a_counter(field: Field, *charges: int, ends: str = "finish_visit", **ended: Any) -> UUID:
    """Served by Út, who is behind it."""
    case, due = await field.confirmed(*charges)
    visit = str(uuid7())
    unpaid = {"visit_id": visit, "charge_ids": due, "reason": "refuses"}
    here = {"unit": str(field.post), "purpose": "collect", "place": "post_counter"}
    acts: list[tuple[str, dict[str, Any]]] = [
        ("record_arrival", {"visit_id": visit, "unplanned": here}),
        ("check_identity", met(visit)),
        *((("record_unpaid", unpaid),) if due else ()),
        (ends, {"visit_id": visit} | ended),
    ]
    for kind, body in acts:
        await field.at_desk(field.ut, case, kind, body, base=99)
    return case


async def test_a_fee_refused_at_a_counter_is_asked_about_too(field: Field) -> None:
    """A clerk can write "từ chối nộp phí" and keep the money as well as a courier."""
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    refused = await at_a_counter(field, 8_000, outcome="partly")
    failed = await at_a_counter(field, ends="fail_visit", reason="V08")
    served = await at_a_counter(field, outcome="partly")
    assert await call_backs.list_due(field.tx, field.ring, field.at) == 0, "the day is not over"
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    listed = await on_the_list(field)
    assert listed[refused].startswith("fee")
    assert listed[failed].startswith("failure")
    assert listed.get(served, "random") == "random"
    [row] = await call_back_queries.call_backs_of(field.tx, [refused])
    assert row.courier == field.ut
    assert await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW + timedelta(hours=1)) == 0
    await hired(field.tx, field.ut, field.post, Role.HEAD_OF_POST)
    with pytest.raises(Refused) as himself:
        await asks(field, field.ut, refused, "agrees")
    assert himself.value.problem.type.endswith(":needs-another")
    assert await asks(field, field.hung, refused, "agrees") == []


@pytest.mark.parametrize("outcome", ["not_gone", "cancelled", None])
async def test_nobody_is_asked_about_a_visit_that_did_not_take_place(field: Field, outcome: str | None) -> None:
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    case = await at_a_counter(field, outcome="partly")
    await field.tx.run("UPDATE case_visits SET outcome = $outcome WHERE case_id = $case", case=case, outcome=outcome)
    await field.tx.run("UPDATE charges SET state = 'unpaid' WHERE case_id = $case", case=case)
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    assert await on_the_list(field) == {}


async def test_the_lot_of_a_day_is_kept_and_anybody_can_draw_again(field: Field) -> None:
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    [draw] = await call_back_queries.draws_since(field.tx, TODAY)
    assert (draw.day, draw.per_mille) == (TODAY, 30)
    visits = [(uuid7(), uuid7()) for _ in range(20_000)]
    first = [call_back_model.is_drawn(draw, *visit) for visit in visits]
    assert [call_back_model.is_drawn(draw, *visit) for visit in visits] == first
    assert 0.025 < sum(first) / len(first) < 0.035
    other = Draw(day=TODAY, seed=bytes(32), per_mille=30, drawn_at=draw.drawn_at)
    assert [call_back_model.is_drawn(other, *visit) for visit in visits] != first


async def test_who_made_or_arranged_the_visit_does_not_ask_about_it(field: Field) -> None:
    case, _ = await a_red_visit(field)
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    for person in (field.lan, field.ut):
        with pytest.raises(Refused) as refused:
            await asks(field, person, case, "agrees")
        assert refused.value.status == 403
        await hired(field.tx, person, field.post, Role.HEAD_OF_POST)
        with pytest.raises(Refused) as refused:
            await asks(field, person, case, "agrees")
        assert refused.value.problem.type.endswith(":needs-another")
    assert await asks(field, field.hung, case, "agrees") == []
    [row] = await call_back_queries.call_backs_of(field.tx, [case])
    assert (row.state, row.answered_by, row.tries) == ("agrees", field.hung, 1)


async def test_who_is_not_at_the_phone_is_called_again(field: Field) -> None:
    case, _ = await a_red_visit(field)
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    await asks(field, field.kim, case, "no_answer")
    await asks(field, field.kim, case, "no_answer")
    await asks(field, field.kim, case, "agrees", personal={"note": "Đúng, tôi đi vắng"})
    [row] = await call_back_queries.call_backs_of(field.tx, [case])
    assert (row.state, row.tries) == ("agrees", 3)
    with pytest.raises(Refused):
        await asks(field, field.kim, case, "disagrees")


async def test_a_citizen_who_says_otherwise_opens_an_incident_against_the_courier(field: Field) -> None:
    case, _ = await a_red_visit(field)
    await call_backs.list_due(field.tx, field.ring, field.at + TOMORROW)
    said = "Có ở nhà, không ai đến"
    assert await asks(field, field.kim, case, "disagrees", personal={"note": said}) == []
    opened = await field.tx.first("SELECT cause, state, unit_id, last_holder FROM incidents")
    assert opened is not None
    assert tuple(opened) == ("visit_disputed", "reported", field.post, field.lan)
    touched = await field.tx.first("SELECT case_id, kind, open FROM incident_things")
    assert touched is not None
    assert tuple(touched) == (case, "case", True)
    rows = await field.tx.all("SELECT made_by, act_id FROM personal WHERE made_by = $kim", kim=field.kim)
    parts = await open_personal(field.tx, field.ring, [(row["made_by"], row["act_id"]) for row in rows])
    assert any(said.encode() in part for part in parts.values())


async def test_only_the_system_puts_visits_on_the_list(field: Field) -> None:
    case, visit = await a_red_visit(field)
    body = {
        "call_back_id": str(uuid7()),
        "visit_id": visit,
        "causes": ["red"],
        "courier": str(field.lan),
        "arranged_by": [],
    }
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.hung, case, "list_call_back", body, base=99)
    assert refused.value.status == 403
    assert (await field.does(case, "list_call_back", body)).standing == "review"
