"""P3: a phone's acts take effect in the order it made them; one that is missing is waited for."""

from datetime import timedelta

from backend import work
from backend.acts.model import Standing
from backend.database import Database
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.sync import waiting
from tests.builders import MORNING, Field, standings
from tests.builders_acts import met, resolve
from tests.sync.conftest import MakeField

NEXT_WEEK = MORNING + timedelta(days=6)


async def kept(field: Field) -> list[tuple[str, str | None, bool]]:
    """Standing, reason, and the mark of a gap, of what came from Lan's phone."""
    rows = await field.tx.all(
        "SELECT standing, reason, after_gap FROM inbox WHERE made_by = $device ORDER BY seq", device=field.phone.device
    )
    return [tuple(row) for row in rows]


async def test_acts_after_a_gap_are_held_and_run_in_order_when_it_is_filled(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    depart = phone.make(case, "depart", {"visit_id": visit})
    arrival = phone.make(case, "record_arrival", {"visit_id": visit})
    identity = phone.make(case, "check_identity", met(visit))
    assert standings(await field.send(identity)) == ["held"]
    assert standings(await field.send(arrival)) == ["held"]
    assert await field.state(case) == "booked"
    assert standings(await field.send(depart)) == ["applied"]
    assert [await field.standing(act) for act in (depart, arrival, identity)] == ["applied"] * 3
    order = await field.tx.all("SELECT kind FROM acts WHERE made_by = $device ORDER BY n", device=phone.device)
    assert [row["kind"] for row in order] == ["depart", "record_arrival", "check_identity"]
    assert await field.tx.value("SELECT count(*) FROM exceptions") == 0


async def test_a_batch_out_of_order_runs_in_the_order_it_was_made(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    acts = [
        phone.make(case, "depart", {"visit_id": visit}),
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", met(visit)),
        phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "partly"}),
    ]
    answers = await field.send(*reversed(acts))
    assert standings(answers) == ["applied"] * 4
    assert [answer.n for answer in answers] == sorted((answer.n for answer in answers if answer.n), reverse=True)


async def test_a_gap_holds_up_only_the_phone_that_has_it(field: Field) -> None:
    case, visit, _ = await field.booked()
    theirs, their_visit, _ = await field.booked(courier=str(field.tu))
    field.phone.make(case, "depart", {"visit_id": visit})
    late = field.phone.make(case, "record_arrival", {"visit_id": visit})
    answers = await field.send(late, field.tu_phone.make(theirs, "depart", {"visit_id": their_visit}))
    assert standings(answers) == ["held", "applied"]


async def test_what_is_held_for_too_long_runs_in_order_and_is_marked(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    lost = phone.make(case, "depart", {"visit_id": visit})
    arrival = phone.make(case, "record_arrival", {"visit_id": visit})
    identity = phone.make(case, "check_identity", met(visit))
    await field.send(identity, arrival)
    assert await waiting.given_up(field.tx, MORNING) == []
    assert await waiting.given_up(field.tx, NEXT_WEEK) == [phone.device]
    assert await waiting.fill_gaps(field.tx, field.ring, phone.device, NEXT_WEEK) == 2
    decided = await field.tx.all("SELECT decided_at FROM inbox WHERE made_by = $made_by", made_by=phone.device)
    assert {row["decided_at"] for row in decided} == {NEXT_WEEK}, "not when they came"
    assert await kept(field) == [("applied", None, True), ("applied", None, False)]
    assert await field.tx.value("SELECT state FROM visits") == "arrived"
    # The missing one turns up after all: its number is used up, so a person looks at it.
    assert standings(await field.send(lost)) == ["review"]
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "number-used"
    # And the phone goes on.
    assert standings(await field.send(phone.make(case, "check_identity", met(visit)))) == ["behind"]


async def test_the_worker_waits_as_many_days_as_the_installation_says(
    pool: Database, field_in: MakeField, ring: KeyRing
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, visit, _ = await field.booked()
        field.phone.make(case, "depart", {"visit_id": visit})
        late = field.phone.make(case, "record_arrival", {"visit_id": visit})
        assert standings(await field.send(late)) == ["held"]
    for days, standing in ((7, "held"), (6, "applied")):
        await work.fill_gaps(pool, ring, lambda: MORNING + timedelta(days=6, hours=12), days)
        async with pool.transaction() as tx:
            assert await tx.value("SELECT standing FROM inbox WHERE source = 'device'") == standing


async def test_whatever_becomes_of_it_what_ran_after_a_gap_is_marked_and_keeps_its_own_reason(field: Field) -> None:
    """A request that is refused, something nobody knows, and what stands behind it: each after a gap of its own."""
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    phone = field.phone
    for made_for, kind, body in (
        (case, "cancel", {"reason": "citizen_asked"}),
        (other, "weigh_parcel", {}),
        (other, "record_arrival", {"visit_id": other_visit}),
    ):
        phone.make(case, "depart", {"visit_id": visit})
        await field.send(phone.make(made_for, kind, body))
    await waiting.fill_gaps(field.tx, field.ring, phone.device, NEXT_WEEK)
    assert await kept(field) == [
        ("refused", "not-allowed", True),
        ("review", "unknown-kind", True),
        ("behind", None, True),
    ]
    unknown = await field.tx.value("SELECT id FROM inbox WHERE standing = 'review'")
    await resolve(field, unknown, other, "set_aside")
    assert await kept(field) == [
        ("refused", "not-allowed", True),
        ("set_aside", "looked_at", True),
        ("applied", None, True),
    ]


async def test_what_is_held_when_a_phone_is_reported_lost_runs_at_once(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    phone.make(case, "depart", {"visit_id": visit})
    arrival = phone.make(case, "record_arrival", {"visit_id": visit})
    await field.send(arrival)
    await field.tx.run(
        """UPDATE devices SET lost_at = $at, lost_by = $who, revoked_at = $at, revoked_by = $who
           WHERE id = $device""",
        at=field.at,
        who=field.hung,
        device=phone.device,
    )
    assert await waiting.given_up(field.tx, MORNING) == [phone.device]
    await waiting.fill_gaps(field.tx, field.ring, phone.device, field.at)
    assert await field.standing(arrival) == "applied"


async def test_what_a_revoked_phone_sends_behind_a_gap_does_not_slip_past_the_review(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    await field.tx.run(
        "UPDATE devices SET revoked_at = $at, revoked_by = $who WHERE id = $device",
        at=field.at,
        who=field.hung,
        device=phone.device,
    )
    phone.make(case, "depart", {"visit_id": visit})
    late = phone.make(case, "record_arrival", {"visit_id": visit})
    assert standings(await field.send(late, carrier=field.tu_phone)) == ["review"]
    assert await waiting.given_up(field.tx, MORNING) == []


async def test_two_held_acts_of_one_number_end_one_applied_and_one_in_review(field: Field) -> None:
    """A phone restored from an old copy of itself: no queue may stay full for ever."""
    case, visit, _ = await field.booked()
    phone = field.phone
    phone.make(case, "depart", {"visit_id": visit})
    before = (phone.seq, phone.last)
    one = phone.make(case, "record_arrival", {"visit_id": visit})
    phone.seq, phone.last = before
    two = phone.make(case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    after = phone.make(case, "check_identity", met(visit))
    await field.send(one, two, after)
    await waiting.fill_gaps(field.tx, field.ring, phone.device, NEXT_WEEK)
    found = sorted([await field.standing(one), await field.standing(two)])
    assert found == ["applied", "review"]
    assert await field.tx.value("SELECT count(*) FROM inbox WHERE standing = 'held'") == 0


async def test_a_number_used_twice_goes_to_review_and_the_next_goes_on(field: Field) -> None:
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    phone = field.phone
    await field.send(phone.make(case, "depart", {"visit_id": visit}))
    [again] = await field.send(phone.make(case, "record_arrival", {"visit_id": visit}, seq=1))
    assert again.standing == "review"
    phone.seq = 1
    phone.last = await field.tx.value("SELECT last_hash FROM devices WHERE id = $device", device=phone.device)
    assert standings(await field.send(phone.make(other, "depart", {"visit_id": other_visit}))) == ["applied"]


async def test_a_broken_chain_goes_to_review_and_the_phone_goes_on_from_there(field: Field) -> None:
    """Something of this phone was changed, or left out, behind our back."""
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    phone = field.phone
    answers = await field.send(
        phone.make(other, "depart", {"visit_id": other_visit}),
        phone.make(case, "depart", {"visit_id": visit}, prev=b"\x07" * 32),
        phone.make(other, "record_arrival", {"visit_id": other_visit}),
        phone.make(case, "record_arrival", {"visit_id": visit}),
    )
    assert standings(answers) == ["applied", "review", "applied", "behind"]
    assert await field.tx.value("SELECT reason FROM inbox WHERE standing = 'review'") == "chain-broken"


async def test_a_break_found_while_a_gap_is_given_up_goes_to_review_too(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    phone.make(case, "depart", {"visit_id": visit})
    arrival = phone.make(case, "record_arrival", {"visit_id": visit})
    broken = phone.make(case, "check_identity", met(visit), prev=b"\x07" * 32)
    await field.send(arrival, broken)
    await waiting.fill_gaps(field.tx, field.ring, phone.device, NEXT_WEEK)
    assert [await field.standing(act) for act in (arrival, broken)] == ["applied", "review"]


async def test_a_case_born_on_a_phone_and_held_is_registered_when_its_turn_comes(field: Field) -> None:
    case, visit, _ = await field.booked()
    born = uuid7()
    phone = field.phone
    first = phone.make(case, "depart", {"visit_id": visit})
    personal = {"owner_name": "Trần Văn Bảy"}
    register = phone.make(born, "register", field.registration(channel="post"), personal=personal)
    assert standings(await field.send(register)) == ["held"]
    assert await field.tx.value("SELECT count(*) FROM cases WHERE case_id = $born", born=born) == 0
    await field.send(first)
    assert await field.standing(register) == Standing.APPLIED
    name = await field.tx.value("SELECT owner_name FROM cases WHERE case_id = $born", born=born)
    assert name == "Trần Văn Bảy"
