"""A promise outside the hours of where people meet is refused; whose hours nobody has said is not held against it."""

from datetime import time
from typing import Any
from uuid import UUID

import pytest

from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_days import open_on
from tests.sync.test_planning import asked, move

HOLIDAY, SUNDAY, SATURDAY, FRIDAY = "2026-11-24", "2026-11-29", "2026-11-28", "2026-11-27"


async def sentence(field: Field, case: UUID, kind: str, body: dict[str, Any]) -> str:
    """Why it is refused."""
    with pytest.raises(Refused) as caught:
        await field.at_desk(field.ut, case, kind, body, base=99)
    assert caught.value.problem.type == "urn:tannha:problem:outside-hours"
    return str(caught.value.problem.detail)


@pytest.mark.parametrize(
    ("day", "window"),
    [(HOLIDAY, "08:00-09:00"), (SUNDAY, "08:00-09:00"), (FRIDAY, "05:00-06:00"), (FRIDAY, "19:30-20:30")],
)
async def test_nobody_is_promised_a_window_when_no_courier_goes_out(field: Field, day: str, window: str) -> None:
    case, _ = await field.confirmed()
    why = await sentence(field, case, "book", field.booking(day=day, window=window))
    assert why == "Khung giờ này nằm ngoài ngày giờ mở cửa của nơi hẹn. Chọn khung giờ hoặc ngày khác."
    assert await field.state(case) == "confirmed"


async def test_nothing_is_moved_to_a_closed_day(field: Field) -> None:
    case, _, _ = await field.booked()
    assert "ngoài ngày giờ mở cửa" in await sentence(
        field, case, "move_appointment", await asked(field, case, day=SUNDAY)
    )
    await move(field, case, day=SATURDAY)


async def test_a_day_of_the_posts_own_opens_and_closes(field: Field) -> None:
    await open_on(field, SUNDAY, time(7), time(11))
    await open_on(field, FRIDAY)
    case, _ = await field.confirmed()
    assert "ngoài ngày giờ mở cửa" in await sentence(field, case, "book", field.booking(day=FRIDAY))
    assert "ngoài ngày giờ mở cửa" in await sentence(
        field, case, "book", field.booking(day=SUNDAY, window="13:00-14:00")
    )
    answer = await field.at_desk(field.ut, case, "book", field.booking(day=SUNDAY, window="10:00-11:00"))
    assert answer.standing == "applied"


async def test_a_counter_has_its_own_hours_and_a_one_stop_rests_on_saturday(field: Field) -> None:
    case, _ = await field.confirmed()
    noon = {"day": SATURDAY, "window": "12:00-13:00"}
    assert "ngoài ngày giờ mở cửa" in await sentence(field, case, "book", field.booking(place="post_counter", **noon))
    early = {"day": SATURDAY, "window": "08:00-09:00"}
    assert "ngoài ngày giờ mở cửa" in await sentence(field, case, "book", field.booking(place="one_stop", **early))
    answer = await field.at_desk(field.ut, case, "book", field.booking(place="post_counter", **early))
    assert answer.standing == "applied"
    moved = await asked(field, case, **noon)
    assert "ngoài ngày giờ mở cửa" in await sentence(field, case, "move_appointment", moved)


async def test_what_was_promised_stays_promised_when_the_post_closes_and_another_courier_may_come(field: Field) -> None:
    case, _, _ = await field.booked(day=FRIDAY)
    await open_on(field, FRIDAY)
    seat = await field.tx.value("SELECT seat FROM appointments WHERE case_id = $case AND live", case=case)
    await move(field, case, courier=str(field.tu), day=FRIDAY, window="07:00-08:00", seat=seat)
    assert await field.tx.value("SELECT courier FROM visits") == field.tu


async def test_whose_hours_nobody_has_said_may_promise_any(field: Field) -> None:
    await field.tx.run(
        "UPDATE unit_hours SET valid = daterange(NULL, '2026-11-01') WHERE unit_id = $post", post=field.post
    )
    case, _ = await field.confirmed()
    answer = await field.at_desk(field.ut, case, "book", field.booking(day=SUNDAY, window="21:00-22:00"))
    assert answer.standing == "applied"
