"""The courier's day says of each visit what is given and what is taken, for every case of a household."""

from uuid import UUID

from backend.ids import uuid7
from backend.staff.model import Carrier
from backend.sync import bundle
from backend.sync.day import Day
from tests.builders import MORNING, Field, a_paper
from tests.sync.test_household import a_household


async def day_of(field: Field) -> Day:
    phone = field.phone
    carrier = Carrier(
        device_id=phone.device, person_id=phone.person, unit_id=field.post, session=phone.session, roles=frozenset()
    )
    return await bundle.day(field.tx, field.ring, carrier, None, MORNING)


async def test_a_first_visit_says_which_papers_and_how_much(field: Field) -> None:
    _, visit, _ = await field.booked(8_000, 5_000)
    [one] = (await day_of(field)).visits
    assert one.visit_id == UUID(visit)
    assert [(taken.component, taken.name, taken.originals) for taken in one.take][:1] == [
        ("to_khai", "Tờ khai cấp bản sao trích lục hộ tịch", 1)
    ]
    assert (one.give, one.due, one.evidence, one.take_known) == ([], 13_000, ("identity",), True)


async def test_each_case_of_a_household_has_its_own_lists(field: Field) -> None:
    cases, visit = await a_household(field, 2)
    other, _ = await field.confirmed(4_000, procedure="2.000815")
    await field.at_desk(field.ut, other, "book", field.booking(visit_id=visit))
    found = {one.case_id: one for one in (await day_of(field)).visits}
    assert {one.visit_id for one in found.values()} == {UUID(visit)}
    assert [one.component for one in found[other].take] == ["ban_chinh", "ban_sao"]
    assert found[other].due == 4_000
    assert found[cases[0]].due == 0


async def test_what_was_taken_leaves_the_list(field: Field) -> None:
    case, visit, _ = await field.booked()
    before = await day_of(field)
    here = {"visit_id": visit}
    assert "to_khai" in [taken.component for taken in before.visits[0].take]
    await field.does(case, "take_papers", {**here, "papers": [a_paper("to_khai")]})
    [one] = (await day_of(field)).visits
    assert "to_khai" not in [taken.component for taken in one.take]


async def test_a_result_stands_on_the_give_list_with_what_is_looked_at(field: Field) -> None:
    case, _ = await field.confirmed()
    await field.tx.run("UPDATE cases SET state = 'in_progress', check_result = 'passed' WHERE case_id = $c", c=case)
    paper = {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua", "originals": 2}
    await field.at_desk(field.mai, case, "release_result", paper, base=99)
    answer = await field.at_desk(field.ut, case, "book", field.booking("deliver"), base=99)
    assert answer.standing == "applied", answer
    [one] = (await day_of(field)).visits
    assert [(given.component, given.originals, given.is_result) for given in one.give] == [("ket_qua", 2, True)]
    assert one.evidence == ("identity", "authority", "word")
