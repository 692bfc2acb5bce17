"""The courier's phone is told of her own day: the shift, the cash, her label sets, and what changed on the list."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.ids import uuid7
from backend.staff.model import Carrier
from backend.sync import bundle
from backend.sync.day import Day
from backend.sync.day_shift import OwnDay
from tests.builders import MORNING, TODAY, Field, a_phone_of
from tests.builders_acts import begun, paid, stock

FLOAT = 300_000


async def day_of(field: Field, since: str | None = None) -> Day:
    phone = field.phone
    carrier = Carrier(
        device_id=phone.device, person_id=phone.person, unit_id=field.post, session=phone.session, roles=frozenset()
    )
    return await bundle.day(field.tx, field.ring, carrier, since, MORNING)


async def own(field: Field) -> OwnDay:
    return (await day_of(field)).own


async def begins(field: Field) -> UUID:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field, FLOAT), subject="shift")
    return shift


def job(case: UUID, visit: str, **more: Any) -> dict[str, Any]:
    return {"visit_id": visit, "case_id": str(case), "day": TODAY.isoformat(), "window": "07:00-08:00"} | more


async def accepts(field: Field, shift: UUID, *jobs: dict[str, Any]) -> list[str]:
    answer = await field.does(shift, "accept_jobs", {"jobs": list(jobs)}, subject="shift")
    assert answer.standing == "applied", answer
    return list(answer.exceptions)


async def changed(field: Field) -> list[tuple[str, UUID]]:
    return [(one.what, one.case_id) for one in (await own(field)).changes]


async def test_before_the_day_begins_there_is_no_shift_and_nothing_is_news(field: Field) -> None:
    await field.booked()
    told = await own(field)
    assert (told.shift, told.cash, told.changes) == (None, 0, [])


async def test_float_and_what_was_collected_are_in_her_hands_until_they_are_paid_in(field: Field) -> None:
    shift = await begins(field)
    case, visit, [charge] = await field.booked(21_000)
    await field.does(case, "record_arrival", {"visit_id": visit})
    await field.does(case, "collect", paid(visit, 1001, (charge, 21_000)))
    told = await own(field)
    assert told.shift is not None
    assert (told.shift.shift_id, told.shift.state, told.shift.float_amount) == (shift, "open", FLOAT)
    assert told.cash == FLOAT + 21_000
    await field.does(shift, "remit", {"amount": 21_000, "unit": str(field.post)}, subject="shift")
    assert (await own(field)).cash == FLOAT


async def test_a_day_that_was_counted_is_still_told_that_day(field: Field) -> None:
    shift = await begins(field)
    await field.does(shift, "close_shift", {"counted": FLOAT}, subject="shift")
    told = await own(field)
    assert told.shift is not None
    assert (told.shift.state, told.shift.counted, told.shift.difference, told.cash) == ("counted", FLOAT, 0, 0)
    await field.tx.run("UPDATE shifts SET day = day - 1")
    assert (await own(field)).shift is None


async def test_the_numbers_of_her_label_sets_stand_in_the_order_of_the_labels(field: Field) -> None:
    await stock(field, 1, 2, 3)
    told = await day_of(field)
    assert (list(told.own.set_numbers), len(told.labels)) == ([1, 2, 3], 3)


async def test_what_was_not_accepted_is_new_and_what_was_is_not(field: Field) -> None:
    shift = await begins(field)
    case, visit, _ = await field.booked()
    [one] = (await own(field)).changes
    assert (one.what, one.case_id, str(one.visit_id), one.was_day) == ("new", case, visit, None)
    assert await accepts(field, shift, job(case, visit, window=one.window, day=str(one.day))) == []
    assert await changed(field) == []


async def test_a_visit_that_was_moved_says_from_when_until_that_is_accepted_too(field: Field) -> None:
    shift = await begins(field)
    case, visit, _ = await field.booked()
    await accepts(field, shift, job(case, visit))
    await field.tx.run(
        "UPDATE visits SET time_window = '14:00-15:00', day = day + 1 WHERE visit_id = $visit", visit=UUID(visit)
    )
    [one] = (await own(field)).changes
    assert (one.what, one.was_window, one.window) == ("moved", "07:00-08:00", "14:00-15:00")
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert (str(one.was_day), str(one.day)) == (TODAY.isoformat(), tomorrow)
    await accepts(field, shift, job(case, visit, day=tomorrow, window="14:00-15:00"))
    assert await changed(field) == []


async def test_a_cancelled_visit_is_named_until_she_has_seen_it(field: Field) -> None:
    shift = await begins(field)
    case, visit, _ = await field.booked()
    await accepts(field, shift, job(case, visit))
    await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"}, base=99)
    [one] = (await own(field)).changes
    assert (one.what, one.case_id, one.day, one.was_window) == ("cancelled", case, None, "07:00-08:00")
    assert one.owner_name
    await accepts(field, shift, {"visit_id": visit, "case_id": str(case)})
    assert await changed(field) == []


async def test_a_visit_that_another_courier_makes_was_taken_away(field: Field) -> None:
    shift = await begins(field)
    case, visit, _ = await field.booked()
    await accepts(field, shift, job(case, visit))
    await field.tx.run("UPDATE bundle SET present = false WHERE case_id = $case", case=case)
    assert await changed(field) == [("taken_away", case)]


async def test_what_was_done_is_no_news(field: Field) -> None:
    shift = await begins(field)
    case, visit, _ = await field.booked()
    await accepts(field, shift, job(case, visit))
    await field.does(case, "record_arrival", {"visit_id": visit})
    await field.does(case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    assert await changed(field) == []


async def test_nobody_accepts_for_a_colleague(field: Field) -> None:
    shift = await begins(field)
    phone = await a_phone_of(field.tx, field.ring, field.tu, field.post)
    [answer] = await field.send(phone.make(shift, "accept_jobs", {"jobs": []}, subject="shift"), carrier=phone)
    assert answer.standing == "review"


async def test_a_list_accepted_after_the_count_is_looked_at(field: Field) -> None:
    shift = await begins(field)
    await field.does(shift, "close_shift", {"counted": FLOAT}, subject="shift")
    assert await accepts(field, shift) == ["shift:no-such-act-here"]
