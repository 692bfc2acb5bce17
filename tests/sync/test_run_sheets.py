"""What was written on a run sheet and is typed in again: once, by one person and another, as the courier's (F11)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.errors import Refusal
from backend.fees import queries as fees
from backend.ids import uuid7
from backend.run_sheets import queries as run_sheets
from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field, a_paper, standings
from tests.builders_acts import Body, at_the_door, met, paid, sealed, signed, stock
from tests.builders_run_sheets import confirmed, line, on_paper, typed
from tests.builders_staff import a_person, hired

ARRIVED = ("record_arrival", Body())


def arrived_and_met(visit: str) -> tuple[tuple[str, Body], ...]:
    return ARRIVED, ("check_identity", met(visit))


async def refused(field: Field, person: UUID, case: UUID, kind: str, body: Body) -> Any:
    """The problem that it is refused with."""
    with pytest.raises(Refusal) as raised:
        await field.at_desk(person, case, kind, body)
    return getattr(raised.value, "problem", None) or raised.value


def slug(problem: Any) -> str:
    return str(problem.type).removeprefix("urn:tannha:problem:")


async def line_state(field: Field, case: UUID) -> str:
    return await field.tx.value("SELECT state FROM run_sheet_lines WHERE case_id = $case", case=case)


async def test_a_line_takes_effect_when_another_confirms_it(field: Field) -> None:
    case, visit, [charge] = await field.booked(8_000)
    first, _ = await fees.give_slip_block(field.tx, field.lan, 20)
    paper, [label] = a_paper(), await stock(field, 1)
    told = line(
        field,
        visit,
        *arrived_and_met(visit),
        ("take_papers", {"papers": [paper]}),
        ("collect", paid(visit, first, (charge, 8_000))),
        ("sign", signed(visit)),
        ("seal", sealed(visit, label, [paper])),
        ("finish_visit", {"outcome": "done"}),
    )
    of = await typed(field, case, told)
    assert await on_paper(field, case) == []
    assert await field.tx.value("SELECT count(*) FROM papers WHERE case_id = $case", case=case) == 0

    assert (await confirmed(field, case, of)).standing == "applied"
    acts = await on_paper(field, case)
    assert [row["kind"] for row in acts] == [one["kind"] for one in told["acts"]]
    assert {(row["actor"], row["made_by"], row["clock"]) for row in acts} == {(field.lan, field.ut, "paper")}
    assert [row["occurred_at"] for row in acts] == [datetime.fromisoformat(one["at"]) for one in told["acts"]]
    assert [row["exceptions"] for row in acts] == [[]] * len(acts)
    held = await field.tx.first("SELECT holder_kind, holder FROM papers WHERE case_id = $case", case=case)
    assert held is not None
    assert (held["holder_kind"], held["holder"]) == ("courier", field.lan)
    assert await fees.balance_of(field.tx, f"cash:{field.lan}") == 8_000
    assert (await line_state(field, case), await field.state(case)) == ("confirmed", "papers_taken")


async def test_who_typed_it_in_does_not_confirm_it(field: Field) -> None:
    case, visit, _ = await field.booked()
    of = await typed(field, case, line(field, visit, ARRIVED))
    problem = await refused(field, field.ut, case, "confirm_rekeyed", {"line_id": of})
    assert slug(problem) == "needs-another"
    assert await on_paper(field, case) == []
    assert (await confirmed(field, case, of)).standing == "applied"


async def test_a_line_is_confirmed_once(field: Field) -> None:
    case, visit, _ = await field.booked()
    of = await typed(field, case, line(field, visit, ARRIVED))
    click = uuid7()
    for _ in range(2):
        answer = await field.at_desk(field.hung, case, "confirm_rekeyed", {"line_id": of}, act=click)
        assert answer.standing == "applied"
    assert slug(await refused(field, field.hung, case, "confirm_rekeyed", {"line_id": of})) == "not-now"
    assert len(await on_paper(field, case)) == 1


async def test_a_line_that_was_typed_wrongly_is_set_aside(field: Field) -> None:
    case, visit, _ = await field.booked()
    of = await typed(field, case, line(field, visit, ARRIVED))
    answer = await field.at_desk(field.ut, case, "set_aside_rekeyed", {"line_id": of, "reason": "typed_wrongly"})
    assert answer.standing == "applied"
    assert slug(await refused(field, field.hung, case, "confirm_rekeyed", {"line_id": of})) == "not-now"
    assert await on_paper(field, case) == []
    again = await typed(field, case, line(field, visit, ARRIVED))
    assert (await confirmed(field, case, again)).standing == "applied"


async def test_the_dead_phones_repeat_waits_for_a_person(field: Field) -> None:
    """What it did not repeat goes on when that is settled."""
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    paper = a_paper()
    silent = [
        field.phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        field.phone.make(case, "log_call", {"direction": "out", "outcome": "no_answer"}),
    ]
    field.at += timedelta(hours=9)
    of = await typed(field, case, line(field, visit, ("take_papers", {"papers": [a_paper()]})))
    assert (await confirmed(field, case, of)).standing == "applied"

    answers = await field.send(*silent, at=field.at)
    assert standings(answers) == ["review", "behind"]
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "repeats-paper"
    assert await field.tx.value("SELECT count(*) FROM papers WHERE case_id = $case", case=case) == 1
    double = {"made_by": str(field.phone.device), "act_id": str(answers[0].id), "reason": "double"}
    decided = uuid7()
    await field.at_desk(field.ut, case, "resolve_review", double | {"resolution": "set_aside"}, act=decided)
    second = {"made_by": str(field.ut), "act_id": str(decided)}
    await field.at_desk(field.hung, case, "countersign_review", second)
    assert [await field.standing(one) for one in silent] == ["set_aside", "applied"]
    assert await field.tx.value("SELECT count(*) FROM papers WHERE case_id = $case", case=case) == 1


async def test_what_a_line_does_not_tell_comes_from_the_phone_as_ever(field: Field) -> None:
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    field.at += timedelta(hours=9)
    of = await typed(field, case, line(field, visit, ("take_papers", {"papers": [a_paper("to_khai")]})))
    await confirmed(field, case, of)
    other = a_paper("giay_to_tuy_than")
    [answer] = await field.send(
        field.phone.make(case, "take_papers", {"visit_id": visit, "papers": [other]}), at=field.at
    )
    assert answer.standing == "applied"


async def test_what_the_phone_has_told_is_not_typed_in(field: Field) -> None:
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    field.at += timedelta(hours=9)
    assert slug(await refused(field, field.ut, case, "rekey", line(field, visit, ARRIVED))) == "already-from-phone"


async def test_what_the_phone_tells_meanwhile_is_not_confirmed(field: Field) -> None:
    case, visit, _ = await field.booked()
    field.at += timedelta(hours=9)
    of = await typed(field, case, line(field, visit, ARRIVED))
    [answer] = await field.send(field.phone.make(case, "record_arrival", {"visit_id": visit}), at=field.at)
    assert answer.standing == "applied"
    problem = await refused(field, field.hung, case, "confirm_rekeyed", {"line_id": of})
    assert slug(problem) == "already-from-phone"
    assert "Bỏ dòng trùng" in problem.detail
    await field.at_desk(field.hung, case, "set_aside_rekeyed", {"line_id": of, "reason": "double"})
    assert await line_state(field, case) == "set_aside"


async def test_who_came_by_is_served_on_paper_too(field: Field) -> None:
    """The case is registered in the evening; the visit nobody planned began when it is written (F02)."""
    case, _ = await field.confirmed()
    visit, begins = str(uuid7()), field.at - timedelta(minutes=20)
    unplanned = {"unplanned": {"unit": str(field.post)}}
    of = await typed(
        field, case, line(field, visit, ("record_arrival", unplanned), ("check_identity", met(visit)), begins=begins)
    )
    await confirmed(field, case, of)
    row = await field.tx.first("SELECT courier, arrived_at, unplanned FROM visits WHERE visit_id = $v", v=UUID(visit))
    assert row is not None
    assert (row["courier"], row["arrived_at"], row["unplanned"]) == (field.lan, begins, True)


async def test_what_happened_against_the_rules_stands_with_its_exception(field: Field) -> None:
    case, visit, _ = await field.booked()
    of = await typed(field, case, line(field, visit, ARRIVED, ("take_papers", {"papers": [a_paper()]})))
    await confirmed(field, case, of)
    _, taken = await on_paper(field, case)
    assert taken["exceptions"] == ["visit:guard:identity_checked"]
    assert await field.tx.value("SELECT count(*) FROM exceptions WHERE case_id = $case", case=case) == 1


async def test_a_slip_that_was_on_no_run_sheet_of_hers_opens_an_exception(field: Field) -> None:
    case, visit, [charge] = await field.booked(8_000)
    await fees.give_slip_block(field.tx, field.tu, 20)
    another, _ = await fees.give_slip_block(field.tx, field.tu, 20)
    collected = ("collect", paid(visit, another, (charge, 8_000)))
    of = await typed(field, case, line(field, visit, *arrived_and_met(visit), collected))
    await confirmed(field, case, of)
    assert [row["exceptions"] for row in await on_paper(field, case)][-1] == ["visit:guard:slip_known"]
    assert await fees.balance_of(field.tx, f"cash:{field.lan}") == 8_000


async def test_all_of_a_line_or_nothing(field: Field) -> None:
    case, visit, _ = await field.booked()
    nothing = ("seal", sealed(visit, "TN-LABEL-0001", [a_paper()]))
    of = await typed(field, case, line(field, visit, ARRIVED, nothing))
    problem = await refused(field, field.hung, case, "confirm_rekeyed", {"line_id": of})
    assert problem.slug() == "line-not-possible"
    assert "Việc thứ 2" in str(problem)
    assert await on_paper(field, case) == []


def _later(field: Field, visit: str) -> Body:
    return line(field, visit, ARRIVED, begins=field.at + timedelta(hours=1))


def _backwards(field: Field, visit: str) -> Body:
    body = line(field, visit, ARRIVED, ARRIVED)
    body["acts"].reverse()
    return body


def _long_ago(field: Field, visit: str) -> Body:
    return line(field, visit, ARRIVED, begins=field.at - timedelta(days=40))


def _of_another(field: Field, visit: str) -> Body:
    return line(field, visit, ARRIVED, courier=str(field.tu))


def _elsewhere(field: Field, visit: str) -> Body:
    return line(field, visit, ("record_arrival", {"visit_id": str(uuid7())}))


def _nowhere(field: Field, _visit: str) -> Body:
    return line(field, str(uuid7()), ARRIVED)


def _foreign_post(field: Field, _visit: str) -> Body:
    return line(field, str(uuid7()), ("record_arrival", {"unplanned": {"unit": str(field.agency)}}))


def _nonsense(field: Field, visit: str) -> Body:
    return line(field, visit, ("finish_visit", {"outcome": "splendid"}))


@pytest.mark.parametrize(
    ("unclear", "said"),
    [
        (_later, "Giờ của việc thứ 1"),
        (_backwards, "Giờ của việc thứ 2"),
        (_long_ago, "Giờ của việc thứ 1"),
        (_of_another, "Xem lại tên trên phiếu"),
        (_elsewhere, "Nhập mỗi lượt một dòng"),
        (_nowhere, "Không có lượt phục vụ này"),
        (_foreign_post, "Không có lượt phục vụ này"),
        (_nonsense, "Việc thứ 1 ghi chưa đúng"),
    ],
)
async def test_an_unclear_line_says_what_to_look_at(field: Field, unclear: Any, said: str) -> None:
    case, visit, _ = await field.booked()
    problem = await refused(field, field.ut, case, "rekey", unclear(field, visit))
    assert slug(problem) == "line-unclear"
    assert await field.tx.value("SELECT count(*) FROM run_sheet_lines") == 0
    assert said in problem.detail


async def test_a_phone_types_nothing_in(field: Field) -> None:
    case, visit, _ = await field.booked()
    answer = await field.does(case, "rekey", line(field, visit, ARRIVED))
    assert answer.standing == "review"
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "only-at-a-desk"
    assert await field.tx.value("SELECT count(*) FROM run_sheet_lines") == 0


async def test_what_is_personal_on_a_line_is_sealed_with_its_act(field: Field) -> None:
    case, visit, _ = await field.booked()
    failed = ("fail_visit", {"reason": "V01"})
    personal = {"parts": {"1": {"evidence": {"met_whom": "bà Bảy hàng xóm"}}}}
    of = await typed(field, case, line(field, visit, ARRIVED, failed), personal=personal)
    await confirmed(field, case, of)
    sealed_parts = await field.tx.value(
        """SELECT count(*) FROM personal AS p JOIN acts AS a ON a.made_by = p.made_by AND a.id = p.act_id
           WHERE a.kind = 'fail_visit' AND a.subject_id = $case""",
        case=case,
    )
    assert sealed_parts == 1
    rows = await field.tx.all("SELECT data FROM inbox WHERE case_id = $case", case=case)
    assert all("Bảy".encode() not in row["data"] for row in rows)


async def test_erasing_takes_the_pictures_of_its_lines_that_show_nobody_else(field: Field) -> None:
    [one, other] = [await field.booked() for _ in range(2)]
    for (case, visit, _), pictures in ((one, ("c" * 64, "d" * 64)), (other, ("d" * 64,))):
        for picture in pictures:
            await typed(field, case, line(field, visit, ARRIVED, picture=picture))
    assert await run_sheets.files_of(field.tx, one[0]) == [bytes.fromhex("c" * 64)]
    assert await run_sheets.files_of(field.tx, other[0]) == []
    supervisor = (await a_person(field.tx, "Ngô Thị Sáu")).id
    await hired(field.tx, supervisor, field.one_stop, Role.SUPERVISOR)
    await field.at_desk(field.ut, one[0], "cancel", {"reason": "citizen_asked"})
    await field.at_desk(supervisor, one[0], "erase", {"reason": "asked"})
    assert await run_sheets.files_of(field.tx, other[0]) == [bytes.fromhex("d" * 64)]


@pytest.mark.parametrize("personal", [{"parts": {"7": {}}}, {"parts": "bà Bảy"}])
async def test_what_is_personal_of_no_act_of_the_line_is_refused_before_it_could_be_lost(
    field: Field, personal: Body
) -> None:
    case, visit, _ = await field.booked()
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "rekey", line(field, visit, ARRIVED), personal=personal)
    assert refused.value.problem.status == 400
    assert await field.tx.value("SELECT count(*) FROM run_sheet_lines") == 0
