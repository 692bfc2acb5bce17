"""P6: what waits for a person holds up only what the same phone did later on the same case; a person lets it go."""

from uuid import UUID

import pytest

from backend.dossiers.errors import CaseNotFound
from backend.dossiers.tokens import token
from backend.errors import Refusal
from backend.ids import uuid7
from backend.keys import Purpose
from backend.staff.model import Role
from backend.sync import waiting
from backend.sync.desk import Refused
from backend.sync.errors import NoSuchReview, NotYourShift, StillNotPossible
from backend.sync.reading import Command
from backend.tracking.service import find_case
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import Field, a_paper, standings
from tests.builders_acts import begun, clear, countersign, decide, in_review, met, paid, resolve, sealed
from tests.builders_chains import broken_chains
from tests.builders_staff import a_person, hired


async def test_later_acts_on_the_same_case_stand_behind_and_all_others_go_on(field: Field) -> None:
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    theirs, their_visit, _ = await field.booked(courier=str(field.tu))
    phone = field.phone
    act = await in_review(field, case, "depart", {"visit_id": visit})
    answers = await field.send(
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(other, "depart", {"visit_id": other_visit}),
        phone.make(case, "check_identity", met(visit)),
        field.tu_phone.make(theirs, "depart", {"visit_id": their_visit}),
    )
    assert standings(answers) == ["behind", "applied", "behind", "applied"]
    await resolve(field, act, case, "apply")
    assert [await field.standing(command) for command in phone.sent] == ["applied"] * 4
    order = await field.tx.all(
        "SELECT kind FROM acts WHERE subject_id = $c AND made_by = $d ORDER BY n", c=case, d=phone.device
    )
    assert [row["kind"] for row in order] == ["depart", "record_arrival", "check_identity"]


async def test_what_was_behind_keeps_the_time_it_happened_and_was_received(field: Field) -> None:
    case, visit, _ = await field.booked()
    act = await in_review(field, case, "depart", {"visit_id": visit})
    await field.does(case, "record_arrival", {"visit_id": visit})
    before = await field.tx.first("SELECT received_at FROM inbox WHERE kind = 'record_arrival'")
    await resolve(field, act, case, "apply")
    after = await field.tx.first("SELECT recorded_at, occurred_at FROM acts WHERE kind = 'record_arrival'")
    assert before is not None
    assert after is not None
    assert after["recorded_at"] == before["received_at"]
    assert after["occurred_at"] == field.phone.now


async def test_an_act_set_aside_with_a_reason_has_no_effect_and_lets_the_others_go(field: Field) -> None:
    case, visit, _ = await field.booked()
    act = await in_review(field, case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    assert standings(await field.send(depart)) == ["behind"]
    await resolve(field, act, case, "set_aside", reason="typed_by_mistake")
    row = await field.tx.first("SELECT standing, reason FROM inbox WHERE kind = 'fail_visit'")
    assert row is not None
    assert tuple(row) == ("set_aside", "typed_by_mistake")
    assert await field.standing(depart) == "applied"
    assert await field.tx.value("SELECT count(*) FROM acts WHERE kind = 'fail_visit'") == 0


async def test_an_act_on_the_wrong_case_is_applied_to_the_right_one(field: Field) -> None:
    """Lan scanned the neighbour's card: the papers are of the other case."""
    wrong, _, _ = await field.booked(courier=str(field.tu))
    right, visit, _ = await field.booked()
    paper = a_paper()
    for kind, body in (("record_arrival", {"visit_id": visit}), ("check_identity", met(visit))):
        assert (await field.does(right, kind, body)).standing == "applied"
    [answer] = await field.send(field.phone.make(wrong, "take_papers", {"visit_id": visit, "papers": [paper]}))
    assert answer.standing == "review"
    await resolve(field, answer.id, wrong, "apply_to", onto=str(right))
    owner = await field.tx.value("SELECT case_id FROM papers WHERE paper_id = $paper", paper=UUID(paper["id"]))
    assert owner == right
    assert await field.tx.value("SELECT subject_id FROM acts WHERE kind = 'take_papers'") == right
    assert await field.state(right) == "papers_taken"
    assert await field.state(wrong) == "booked"


@pytest.mark.parametrize("resolution", ["apply", "set_aside"])
async def test_money_and_custody_need_a_second_person(field: Field, resolution: str) -> None:
    """Their rules: `test_second_person`."""
    case, visit, charges = await field.booked(8000)
    act = await in_review(field, case, "collect", paid(visit, 1, (charges[0], 8000)))
    decision = await decide(field, act, case, resolution)
    assert await field.tx.value("SELECT standing FROM inbox WHERE kind = 'collect'") == "review"
    assert await field.tx.value("SELECT count(*) FROM entries WHERE account LIKE 'cash:%'") == 0
    await countersign(field, decision, case)
    cash = await field.tx.value("SELECT count(*) FROM entries WHERE account LIKE 'cash:%'")
    assert cash == (1 if resolution == "apply" else 0)
    standing = await field.tx.value("SELECT standing FROM inbox WHERE kind = 'collect'")
    assert standing == ("applied" if resolution == "apply" else "set_aside")


async def test_bytes_nobody_signed_can_only_be_set_aside(field: Field) -> None:
    case, visit, _ = await field.booked()
    forged = field.phone.make(case, "depart", {"visit_id": visit})
    [unreadable, wrong] = await field.send(Command(b"rubbish"), Command(forged.data, b"\x01" * 64))
    for answer in (unreadable, wrong):
        with pytest.raises(NoSuchReview):
            await resolve(field, answer.id, case, "apply")
        await resolve(field, answer.id, case, "set_aside")
    assert standings(await field.send(Command(b"rubbish"), Command(forged.data, b"\x01" * 64))) == ["set_aside"] * 2
    assert await field.state(case) == "booked"


async def test_what_still_cannot_be_says_so_and_stays_in_review(field: Field) -> None:
    case, visit, _ = await field.booked()
    act = await in_review(field, case, "seal", sealed(visit, "TN-LABEL-0001", [a_paper()]))
    with pytest.raises(StillNotPossible):
        async with field.tx.savepoint():
            await resolve(field, act, case, "apply")
    assert await field.tx.value("SELECT standing FROM inbox WHERE kind = 'seal'") == "review"


async def test_a_review_is_resolved_once_by_somebody_whose_case_it_is(field: Field) -> None:
    case, visit, _ = await field.booked()
    other, _, _ = await field.booked()
    act = await in_review(field, case, "depart", {"visit_id": visit})
    with pytest.raises(NoSuchReview):
        await resolve(field, act, other, "apply")
    elsewhere = (await a_person(field.tx, "Người Nơi Khác")).id
    await hired(field.tx, elsewhere, demo_unit_id(UnitKind.POST, "28261"), Role.DISPATCHER)
    with pytest.raises(Refusal) as refused:
        await resolve(field, act, case, "apply", by=elsewhere)
    assert refused.value.status == 403
    with pytest.raises(Refused) as role:
        await resolve(field, act, case, "apply", by=field.lan)
    assert role.value.status == 403
    await resolve(field, act, case, "apply")
    with pytest.raises(NoSuchReview):
        await resolve(field, act, case, "apply")


async def test_a_second_review_on_the_case_stops_what_the_first_let_go(field: Field) -> None:
    case, visit, _ = await field.booked()
    first = await in_review(field, case, "depart", {"visit_id": visit})
    acts = [
        field.phone.make(case, "record_arrival", {"visit_id": visit}),
        field.phone.make(case, "weigh_parcel", {}),
        field.phone.make(case, "check_identity", met(visit)),
    ]
    assert standings(await field.send(*acts)) == ["behind"] * 3
    await resolve(field, first, case, "apply")
    assert [await field.standing(act) for act in acts] == ["applied", "review", "behind"]
    strange = await field.tx.value("SELECT id FROM inbox WHERE kind = 'weigh_parcel'")
    await resolve(field, strange, case, "set_aside")
    assert [await field.standing(act) for act in acts] == ["applied", "set_aside", "applied"]


async def test_what_could_go_on_and_does_not_is_found_by_the_timer(field: Field) -> None:
    """Whatever left it standing: nothing it could stand behind is left."""
    case, visit, _ = await field.booked()
    act = await in_review(field, case, "depart", {"visit_id": visit})
    arrival = field.phone.make(case, "record_arrival", {"visit_id": visit})
    await field.send(arrival)
    assert await waiting.release_stalled(field.tx, field.ring, field.at) == 0
    await field.tx.run("UPDATE inbox SET standing = 'set_aside' WHERE id = $act", act=act)
    assert await waiting.release_stalled(field.tx, field.ring, field.at) == 1
    assert await field.standing(arrival) == "applied"
    assert await waiting.release_stalled(field.tx, field.ring, field.at) == 0


async def test_a_request_of_a_phone_waits_while_an_exception_is_open_and_runs_when_it_is_cleared(field: Field) -> None:
    await hired(field.tx, field.lan, field.post, Role.DISPATCHER)
    case, visit, _ = await field.booked()
    appointment = await field.tx.value("SELECT appointment_id FROM appointments WHERE case_id = $case", case=case)
    arrived = await field.does(case, "collect", paid(visit, 999_999, (str(uuid7()), 5000)))
    assert arrived.standing == "review"
    await resolve(field, arrived.id, case, "set_aside")
    late = await field.does(case, "check_identity", met(visit))
    assert list(late.exceptions) == ["visit:no-such-act-here"]
    cancel = field.phone.make(
        case, "cancel_appointment", {"appointment_id": str(appointment), "reason": "citizen_asked"}, base=99
    )
    assert standings(await field.send(cancel)) == ["behind"]
    assert await waiting.release_stalled(field.tx, field.ring, field.at) == 0
    await clear(field, case)
    assert await field.standing(cancel) == "applied"


async def test_what_a_lost_phone_made_is_decided_by_the_province(field: Field) -> None:
    """Registrations and days that are not there before: whose they are, no office can say yet."""
    hoa, dung = [(await a_person(field.tx, name)).id for name in ("Võ Thị Hoa", "Lê Quốc Dũng")]
    await hired(field.tx, hoa, field.one_stop, Role.SUPERVISOR)
    await hired(field.tx, dung, field.one_stop, Role.ADMINISTRATOR)
    await field.tx.run(
        "UPDATE devices SET revoked_at = enrolled_at, revoked_by = enrolled_by WHERE id = $id", id=field.phone.device
    )
    case, shift = uuid7(), uuid7()
    body = field.registration(channel="post")
    [born, begun_] = await field.send(
        field.phone.make(case, "register", body, personal={"owner_name": "Lê Văn Tám"}),
        field.phone.make(shift, "begin_shift", begun(field), subject="shift"),
    )
    assert (born.standing, begun_.standing) == ("review", "review")
    with pytest.raises(CaseNotFound):
        await resolve(field, born.id, case, "apply")
    await resolve(field, born.id, case, "apply", by=hoa)
    assert await field.state(case) == "registered"
    card = token(field.ring.current(Purpose.TRACKING, field.at), case, 1)
    assert await find_case(field.tx, card, field.at) is not None, "the citizen's page begins with the registration"
    with pytest.raises(NotYourShift):
        await decide(field, begun_.id, shift, "apply", subject="shift")
    decision = await decide(field, begun_.id, shift, "apply", by=hoa, subject="shift")
    with pytest.raises(NotYourShift):
        await countersign(field, decision, shift, of=hoa, subject="shift")
    await countersign(field, decision, shift, of=hoa, by=dung, subject="shift")
    assert await field.tx.value("SELECT state FROM shifts WHERE shift_id = $id", id=shift) == "open"
    assert await broken_chains(field.tx) == []


async def test_a_day_is_decided_about_at_its_own_post(field: Field) -> None:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field), subject="shift")
    act = await in_review(field, shift, "remit", {"amount": 100_000, "unit": str(field.post)}, subject="shift")
    elsewhere = (await a_person(field.tx, "Người Nơi Khác")).id
    await hired(field.tx, elsewhere, demo_unit_id(UnitKind.POST, "28261"), Role.HEAD_OF_POST)
    with pytest.raises(NotYourShift):
        await decide(field, act, shift, by=elsewhere, subject="shift")
    decision = await decide(field, act, shift, subject="shift")
    with pytest.raises(NotYourShift):
        await countersign(field, decision, shift, by=elsewhere, subject="shift")


async def test_an_act_in_review_on_a_shift_is_resolved_on_that_shift(field: Field) -> None:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field), subject="shift")
    remit = {"amount": 100_000, "unit": str(field.post)}
    [answer] = await field.send(field.phone.make(shift, "remit", remit, subject="shift", actor=field.tu))
    assert answer.standing == "review"
    behind = await field.does(shift, "remit", {"amount": 50_000, "unit": str(field.post)}, subject="shift")
    assert behind.standing == "behind"
    await resolve(field, answer.id, shift, "set_aside", subject="shift")
    assert await field.tx.value("SELECT sum(amount) FROM entries WHERE account LIKE 'cash:%'") == 250_000


async def test_what_nobody_can_read_says_what_to_do_when_it_is_to_take_effect(field: Field) -> None:
    case, _, _ = await field.booked()
    [answer] = await field.send(field.phone.make(case, "depart", {"visit_id": "the red house"}))
    assert answer.standing == "review", answer
    with pytest.raises(StillNotPossible, match="để riêng có ghi lý do"):
        await resolve(field, answer.id, case, "apply")
