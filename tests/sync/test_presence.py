"""Whether a visit took place: what phones send makes the grade, nothing is refused for it, positions stay sealed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.acts.service import open_personal
from backend.ids import uuid7
from backend.parcels import cards
from backend.procedures import people
from backend.staff.model import Role
from tests.builders import MORNING, TODAY, Field
from tests.builders_acts import label_of, page, printed, sealed, signed, took_papers
from tests.builders_staff import a_person, hired
from tests.sync.test_hand_over_word import handed_over, word_of

HOUSE = {"lat": 10.52, "lon": 105.84}
AT_HOME = HOUSE | {"accuracy": 12.0, "age": 4.0}
AT_THE_CAFE = {"lat": 10.574, "lon": 105.84, "accuracy": 15.0, "age": 3.0}


async def how_sure(field: Field, case: UUID) -> dict[str, Any]:
    row = await field.tx.first(
        "SELECT * FROM presence WHERE case_id = $case ORDER BY graded_at DESC LIMIT 1", case=case
    )
    assert row is not None
    return dict(row.items())


async def marked(field: Field, mark: dict[str, float] | None = None, **changes: Any) -> tuple[UUID, str]:
    """A case whose house is on the map, given to Lan."""
    case = await field.registered(told={"place_mark": mark or HOUSE})
    await field.at_desk(field.mai, case, "confirm", {})
    booking = field.booking(**changes)
    assert (await field.at_desk(field.ut, case, "book", booking)).standing == "applied"
    return case, booking["visit_id"]


async def does(field: Field, case: UUID, kind: str, body: dict[str, Any], **more: Any) -> None:
    answer = await field.does(case, kind, body, **more)
    assert answer.standing == "applied", answer


async def comes(field: Field, case: UUID, visit: str, **personal: Any) -> None:
    await does(field, case, "depart", {"visit_id": visit})
    await does(field, case, "record_arrival", {"visit_id": visit}, personal=personal)


async def fails(field: Field, case: UUID, visit: str, **more: Any) -> None:
    personal = more.pop("personal", None)
    await does(field, case, "fail_visit", {"visit_id": visit, "reason": "V01", **more}, personal=personal)


async def test_papers_sealed_at_the_house_make_a_sure_visit(field: Field) -> None:
    [number] = await printed(field, to=field.lan)
    case, visit = await marked(field)
    papers = await took_papers(field, case, visit)
    await does(field, case, "seal", sealed(visit, await label_of(field, number), papers))
    await does(field, case, "sign", signed(visit))
    field.phone.now += timedelta(minutes=5)
    await does(field, case, "finish_visit", {"visit_id": visit, "outcome": "done"}, personal={"place": AT_HOME})
    row = await how_sure(field, case)
    assert (row["grade"], row["doubts"], row["card"], row["distance"]) == ("green", "", True, "at_house")
    assert (row["courier"], row["purpose"], row["outcome"], row["floor"]) == (field.lan, "collect", "done", 180)
    assert row["lasted"] >= 300


async def test_a_visit_from_the_cafe_is_red_and_nothing_is_refused(field: Field) -> None:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_THE_CAFE)
    await fails(field, case, visit, personal={"place": AT_THE_CAFE})
    row = await how_sure(field, case)
    assert (row["grade"], row["doubts"]) == ("red", "far short evidence")
    assert await field.tx.value("SELECT count(*) FROM exceptions") == 0


async def test_nobody_at_home_with_everything_that_is_asked_for_is_sure(field: Field) -> None:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_HOME)
    called = {"direction": "out", "outcome": "no_answer", "visit_id": visit}
    await does(field, case, "log_call", called)
    gate = {"id": str(uuid7()), "component": "gate_photo"}
    await does(field, case, "photograph", page(visit, gate))
    field.phone.now += timedelta(minutes=10)
    await does(field, case, "log_call", called)
    await does(field, case, "log_call", called | {"direction": "in"})
    await fails(field, case, visit, evidence=["card_left"])
    row = await how_sure(field, case)
    assert (row["grade"], row["calls"], row["gate"], row["doubts"]) == ("green", 2, True, "")
    assert row["last_call_at"] - row["first_call_at"] >= timedelta(minutes=10)


async def test_it_may_be_said_why_something_is_missing(field: Field) -> None:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_HOME)
    field.phone.now += timedelta(minutes=5)
    await fails(field, case, visit, why_not="no_number")
    row = await how_sure(field, case)
    assert (row["grade"], row["why_not"]) == ("green", "no_number")


@pytest.mark.parametrize(("said", "grade"), [("right", "amber"), ("wrong", "red")])
async def test_the_right_word_with_the_position_off_is_not_red_and_a_wrong_one_is(
    field: Field, said: str, grade: str
) -> None:
    [number] = await printed(field, to=field.lan)
    case, visit = await marked(field)
    papers = await took_papers(field, case, visit)
    await does(field, case, "seal", sealed(visit, await label_of(field, number), papers))
    word = await word_of(field, number) if said == "right" else "000000"
    await handed_over(field, case, visit, papers, word)
    await does(field, case, "sign", signed(visit, "hand_over"))
    field.phone.now += timedelta(minutes=5)
    await field.does(case, "finish_visit", {"visit_id": visit, "outcome": "done"}, personal={"place": AT_THE_CAFE})
    row = await how_sure(field, case)
    assert (row["word"], row["distance"], row["grade"]) == (said, "far", grade)


async def test_the_card_at_the_house_is_read_and_another_ones_is_not(field: Field) -> None:
    [number, other] = await printed(field, 2, to=field.lan)
    case, visit = await marked(field)
    papers = await took_papers(field, case, visit)
    await does(field, case, "seal", sealed(visit, await label_of(field, number), papers))
    await field.tx.run("UPDATE presence SET card = false WHERE case_id = $case", case=case)
    for read, found in ((other, False), (number, True)):
        token = cards.new_card(field.ring, read, field.at).token
        answer = await field.does(
            case, "record_arrival", {"visit_id": visit}, personal={"card": f"https://tannha.example/t/{token}"}
        )
        assert answer.standing == "applied"
        assert (await how_sure(field, case))["card"] is found


async def test_who_is_at_two_far_houses_within_two_minutes_jumped(field: Field) -> None:
    """The phone was without a network: everything comes in one batch."""
    first, at_first = await marked(field)
    second, at_second = await marked(field, {"lat": 10.75, "lon": 105.84})
    phone, made = field.phone, []
    for case, visit in ((first, at_first), (second, at_second)):
        made += [
            phone.make(case, kind, {"visit_id": visit} | more)
            for kind, more in (("depart", {}), ("record_arrival", {}), ("fail_visit", {"reason": "V01"}))
        ]
    assert {answer.standing for answer in await field.send(*made)} == {"applied"}
    assert [(await how_sure(field, case))["jump"] for case in (first, second)] == [False, True]
    third, at_third = await marked(field, {"lat": 10.40, "lon": 105.84})
    await comes(field, third, at_third)
    await fails(field, third, at_third)
    assert (await how_sure(field, third))["jump"] is True


async def test_the_shortest_time_is_learned_from_sure_visits(field: Field) -> None:
    donor, at_donor = await marked(field)
    await comes(field, donor, at_donor, place=AT_HOME)
    await fails(field, donor, at_donor, why_not="rain")
    await field.tx.run(
        """UPDATE presence SET grade = 'green', outcome = 'done', reason = NULL, lasted = 400 WHERE case_id = $case""",
        case=donor,
    )
    for _ in range(60):
        case = await field.registered()
        await field.tx.run(
            """INSERT INTO presence (case_id, visit_id, card, word, distance, gate, calls, evidence, courier, purpose,
                                     outcome, lasted, floor, jump, grade, doubts, ended_at, graded_at)
               SELECT $case::uuid, visit_id, card, word, distance, gate, calls, evidence, courier, purpose, outcome,
                      lasted, floor, jump, grade, doubts, ended_at, graded_at
               FROM presence WHERE case_id = $donor::uuid""",
            case=case,
            donor=donor,
        )
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_HOME)
    await field.does(case, "finish_visit", {"visit_id": visit, "outcome": "done"})
    row = await how_sure(field, case)
    assert (row["floor"], row["doubts"], row["grade"]) == (400, "short", "amber")


async def test_a_household_has_one_arrival_and_a_grade_for_each_case(field: Field) -> None:
    first, visit = await marked(field)
    second = await field.registered(told={"place_mark": HOUSE})
    await field.at_desk(field.mai, second, "confirm", {})
    await field.at_desk(field.ut, second, "book", field.booking(visit_id=visit))
    await comes(field, first, visit, place=AT_HOME)
    field.phone.now += timedelta(minutes=5)
    for case in (first, second):
        await fails(field, case, visit, why_not="rain")
    assert [(await how_sure(field, case))["distance"] for case in (first, second)] == ["at_house"] * 2


async def test_at_a_counter_nothing_is_graded(field: Field) -> None:
    case, visit = await marked(field, purpose="collect")
    await field.tx.run("UPDATE visits SET place = 'post_counter' WHERE visit_id = $visit", visit=visit)
    await comes(field, case, visit, place=AT_HOME)
    await fails(field, case, visit)
    assert await field.tx.value("SELECT count(*) FROM presence") == 0


@pytest.mark.parametrize("place", ["nowhere", {"lat": 910.0, "lon": 1.0}, {"lat": "10"}])
async def test_a_position_that_cannot_be_read_says_nothing_and_holds_up_nothing(field: Field, place: Any) -> None:
    case, visit = await marked(field)
    await comes(field, case, visit, place=place)
    await fails(field, case, visit, why_not="rain")
    assert (await how_sure(field, case))["distance"] == "unknown"


async def test_a_place_that_the_couriers_own_phone_kept_says_nothing_of_where_the_courier_was(field: Field) -> None:
    """Else whoever sat in the café would put the house there."""
    case, visit, _ = await field.booked()
    asked = next(one for one in people.extras(TODAY) if one.extra == "place_mark")
    answer = {"extra": asked.extra, "version": asked.version, "text_sha256": asked.sha256, "visit_id": visit}
    told = {**answer, "given": True, "answered_as": "owner"}
    await comes(field, case, visit, place=AT_THE_CAFE)
    await does(field, case, "record_consent", told, personal={"place": AT_THE_CAFE})
    assert await field.tx.value("SELECT lat FROM house_marks WHERE case_id = $case", case=case) == AT_THE_CAFE["lat"]
    await fails(field, case, visit, personal={"place": AT_THE_CAFE})
    assert (await how_sure(field, case))["distance"] == "unknown"


async def test_what_comes_after_the_grade_changes_nothing(field: Field) -> None:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_THE_CAFE)
    await fails(field, case, visit)
    before = await how_sure(field, case)
    await field.does(case, "record_arrival", {"visit_id": visit}, personal={"place": AT_HOME})
    assert await how_sure(field, case) == before


async def test_a_position_lies_sealed_and_the_house_leaves_the_map_with_the_case(field: Field) -> None:
    case, visit = await marked(field)
    await comes(field, case, visit, place=AT_THE_CAFE)
    await fails(field, case, visit)
    rows = await field.tx.all("SELECT made_by, act_id FROM personal WHERE made_by = $phone", phone=field.phone.device)
    opened = await open_personal(field.tx, field.ring, [(row["made_by"], row["act_id"]) for row in rows])
    assert any(b"10.574" in part for part in opened.values())
    for table in ("inbox", "presence", "visits"):
        found = await field.tx.value(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%10.574%'")  # noqa: S608
        assert found == 0, table
    await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=99)
    overseer = (await a_person(field.tx, "Bùi Thị Giám")).id
    await hired(field.tx, overseer, field.post, Role.SUPERVISOR)
    await field.at_desk(overseer, case, "erase", {"reason": "asked"}, base=99)
    mark = await field.tx.first("SELECT lat, lon FROM house_marks WHERE case_id = $case", case=case)
    assert mark is not None
    assert tuple(mark) == (None, None)
    assert (await how_sure(field, case))["ended_at"] > MORNING
