"""The courier's day says of each visit what is given and what is taken, for every case of a household."""

from uuid import UUID

from backend.ids import uuid7
from backend.presence.model import Mark
from backend.procedures import people
from backend.staff.model import Carrier
from backend.sync import bundle
from backend.sync.day import Day
from tests.builders import MORNING, TODAY, Field, a_paper
from tests.builders_acts import courier, offered, received, sealed, signed, stock, took_papers, unit
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


async def test_the_phone_knows_where_the_house_is_until_the_citizen_takes_that_back(field: Field) -> None:
    case, _ = await field.confirmed(told={"place_mark": {"lat": 10.52, "lon": 105.84}})
    other, _ = await field.confirmed()
    for each in (case, other):
        await field.at_desk(field.ut, each, "book", field.booking())
    assert await marks(field) == {case: Mark(10.52, 105.84), other: None}
    asked = next(one for one in people.extras(TODAY) if one.extra == "place_mark")
    told = {"extra": asked.extra, "version": asked.version, "text_sha256": asked.sha256}
    await field.at_desk(field.kim, case, "record_consent", told | {"given": True, "answered_as": "owner"})
    await field.at_desk(field.kim, case, "withdraw_consent", {"extra": "place_mark"})
    assert await marks(field) == {case: None, other: None}


async def marks(field: Field) -> dict[UUID, Mark | None]:
    return {one.case_id: one.mark for one in (await day_of(field)).cases}


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
    assert one.instead_of_word == ("owner_called", "code_sent", "card_shown")
    assert one.evidence == ("identity", "authority", "word")


async def test_what_the_post_offers_to_the_courier_says_so_until_it_is_received(field: Field) -> None:
    case, _ = await field.confirmed()
    await field.tx.run("UPDATE cases SET state = 'in_progress', check_result = 'passed' WHERE case_id = $c", c=case)
    paper = {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua", "originals": 1}
    await field.at_desk(field.mai, case, "release_result", paper, base=99)
    to_post = offered(unit(field.post), paper["parcel_id"])
    await field.at_desk(field.mai, case, "offer", to_post, base=99)
    await field.at_desk(field.ut, case, "receive", received(to_post, unit(field.agency)), base=99)
    await field.at_desk(field.ut, case, "book", field.booking("deliver"), base=99)
    to_lan = offered(courier(field.lan), paper["parcel_id"])
    await field.at_desk(field.ut, case, "offer", to_lan, base=99)
    [one] = (await day_of(field)).cases
    [parcel] = one.parcels
    assert (parcel.holder_kind, parcel.held_by, str(parcel.offer_id)) == ("unit", field.post, to_lan["offer_id"])
    assert [held.parcel_id for held in one.papers] == [parcel.parcel_id]
    taken = received(to_lan, unit(field.post))
    await field.does(case, "receive", taken)
    [parcel] = (await day_of(field)).cases[0].parcels
    assert (parcel.holder_kind, parcel.held_by, parcel.offer_id) == ("courier", field.lan, None)
    assert await held(field) == [(parcel.parcel_id, False, 1)]


async def test_what_is_in_the_couriers_hands_stays_on_the_list_after_the_visit(field: Field) -> None:
    case, visit, _ = await field.booked()
    [label] = await stock(field, 1)
    papers = await took_papers(field, case, visit, a_paper("to_khai"), a_paper("giay_to"))
    assert await held(field) == [(None, False, 2)]
    sealing = sealed(visit, label, papers)
    await field.does(case, "seal", sealing)
    await field.does(case, "sign", signed(visit))
    await field.does(case, "finish_visit", {"visit_id": visit, "outcome": "done"})
    day = await day_of(field)
    assert (day.visits, [one.label for one in day.held]) == ([], [label])
    assert await held(field) == [(UUID(sealing["parcel_id"]), False, 2)]
    offer = offered(unit(field.post), sealing["parcel_id"])
    await field.does(case, "offer", offer)
    assert await held(field) == [(UUID(sealing["parcel_id"]), True, 2)]
    await field.at_desk(field.ut, case, "receive", received(offer, courier(field.lan)))
    assert await held(field) == []


async def held(field: Field) -> list[tuple[UUID | None, bool, int]]:
    return [(one.parcel_id, one.offered, len(one.paper_ids)) for one in (await day_of(field)).held]
