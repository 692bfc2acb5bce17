"""A colleague carries: acts of two phones in one batch, each judged as its maker's, in each maker's order."""

from datetime import timedelta

from backend.sync import service
from tests.builders import MORNING, Field, standings
from tests.builders_acts import met, paid
from tests.builders_lending import lent


async def test_acts_of_two_phones_in_one_batch_stand_in_each_phones_own_order(field: Field) -> None:
    case, visit, charges = await field.booked(8000)
    theirs, their_visit, _ = await field.booked(courier=str(field.tu))
    lan, tu = field.phone, field.tu_phone
    mine = [
        lan.make(case, "depart", {"visit_id": visit}),
        lan.make(case, "record_arrival", {"visit_id": visit}),
        lan.make(case, "collect", paid(visit, 1, (charges[0], 8000))),
    ]
    carried = [
        tu.make(theirs, "depart", {"visit_id": their_visit}),
        tu.make(theirs, "record_arrival", {"visit_id": their_visit}),
    ]
    answers = await field.send(carried[1], mine[2], mine[0], carried[0], mine[1], carrier=lan)
    assert standings(answers) == ["applied"] * 5
    rows = await field.tx.all("SELECT DISTINCT made_by, carried_by FROM inbox WHERE source = 'device'")
    assert {tuple(row) for row in rows} == {(lan.device, lan.device), (tu.device, lan.device)}
    actors = await field.tx.all("SELECT DISTINCT subject_id, actor FROM acts WHERE kind = 'depart'")
    assert {tuple(row) for row in actors} == {(case, field.lan), (theirs, field.tu)}


async def test_a_gap_of_the_colleague_holds_up_only_the_colleague(field: Field) -> None:
    case, visit, _ = await field.booked()
    theirs, their_visit, _ = await field.booked(courier=str(field.tu))
    left_behind = field.tu_phone.make(theirs, "depart", {"visit_id": their_visit})
    arrived = field.tu_phone.make(theirs, "record_arrival", {"visit_id": their_visit})
    answers = await field.send(arrived, field.phone.make(case, "depart", {"visit_id": visit}))
    assert standings(answers) == ["held", "applied"]
    assert standings(await field.send(left_behind, carrier=field.tu_phone)) == ["applied"]
    assert await field.standing(arrived) == "applied"


async def test_carried_twice_by_two_colleagues_it_happened_once(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    for carrier in (field.tu_phone, field.phone, field.tu_phone):
        assert standings(await field.send(depart, carrier=carrier)) == ["applied"]
    assert await field.tx.value("SELECT count(*) FROM acts WHERE kind = 'depart'") == 1
    assert await field.tx.value("SELECT carried_by FROM inbox WHERE kind = 'depart'") == field.tu_phone.device


async def test_what_was_done_on_a_lent_phone_counts_and_what_comes_after_waits_for_a_person(field: Field) -> None:
    """Whoever brings it, and whenever."""
    case, visit, _ = await field.booked()
    phone = await lent(field, field.tu_phone.device, MORNING)
    depart = phone.make(case, "depart", {"visit_id": visit})
    phone.now += timedelta(days=1)
    arrival = phone.make(case, "record_arrival", {"visit_id": visit})
    field.at = phone.now + timedelta(hours=1)
    assert standings(await field.send(depart, arrival, carrier=field.tu_phone)) == ["applied", "review"]
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "lending-ended"
    assert await field.state(case) == "on_the_way"


async def test_what_a_revoked_phone_still_holds_waits_for_a_person_whoever_brings_it(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    identity = field.phone.make(case, "check_identity", met(visit))
    await field.tx.run(
        "UPDATE devices SET revoked_at = $at, revoked_by = $who WHERE id = $device",
        at=MORNING + timedelta(hours=1),
        who=field.hung,
        device=field.phone.device,
    )
    assert standings(await field.send(depart, identity, carrier=field.tu_phone)) == ["review", "review"]
    assert await field.tx.value("SELECT DISTINCT reason FROM inbox WHERE standing = 'review'") == "device-revoked"
    assert await field.state(case) == "booked"


async def test_last_words_answer_nothing_and_keep_only_what_is_signed(field: Field) -> None:
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    forged = field.tu_phone.make(case, "depart", {"visit_id": visit}, made_by=field.phone.device)
    await service.receive_last(field.tx, field.ring, [depart, forged], field.at)
    rows = await field.tx.all("SELECT fingerprint, standing FROM inbox WHERE source = 'device'")
    assert [row["standing"] for row in rows] == ["review"]
    assert await field.standing(depart) == "review"
