"""The day is counted, signed by somebody else, and closed; what hangs on a phone is waited for (F11, F16)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync import settling
from backend.sync.desk import Refused
from backend.sync.errors import NotYourShift
from tests.builders import Field, a_phone_of
from tests.builders_acts import begun, paid, stock
from tests.builders_staff import a_person, hired

FLOAT = 300_000


async def a_day(field: Field) -> UUID:
    shift = uuid7()
    await field.does(shift, "begin_shift", begun(field, FLOAT), subject="shift")
    return shift


async def counts(field: Field, shift: UUID, kind: str = "close_shift", **body: Any) -> list[str]:
    """What stands against it."""
    answer = await field.does(shift, kind, body, subject="shift")
    assert answer.standing == "applied"
    return list(answer.exceptions)


async def signs(field: Field, person: UUID, shift: UUID, kind: str = "countersign_close", **body: Any) -> str:
    """What it was refused as, if it was."""
    try:
        await field.at_desk(person, shift, kind, body, subject="shift")
    except Refused as refused:
        return refused.problem.type.rpartition(":")[2]
    except NotYourShift as refused:
        return refused.slug()
    return ""


async def the_day(field: Field) -> tuple[Any, ...]:
    row = await field.tx.first("SELECT state, counted, awaited, difference, countersigned_by FROM shifts")
    assert row is not None
    return tuple(row)


async def accounts(field: Field, *kinds: str) -> dict[str, int]:
    rows = await field.tx.all("SELECT account, sum(amount)::int AS amount FROM entries GROUP BY account")
    return {row["account"].partition(":")[0]: row["amount"] for row in rows if row["account"].startswith(kinds)}


async def a_slip_kept_back(field: Field, amount: int = 21_000) -> Any:
    """Collected, and still on the phone."""
    case, visit, [charge] = await field.booked(amount)
    await field.does(case, "record_arrival", {"visit_id": visit})
    return field.phone.make(case, "collect", paid(visit, 1001, (charge, amount)))


async def test_another_person_signs_what_was_counted(field: Field) -> None:
    shift = await a_day(field)
    assert await counts(field, shift, counted=FLOAT) == []
    assert await the_day(field) == ("counted", FLOAT, 0, 0, None)
    await hired(field.tx, field.lan, field.post, Role.DISPATCHER)
    assert await signs(field, field.lan, shift) == "needs-another"
    assert await signs(field, field.ut, shift) == ""
    assert await the_day(field) == ("closed", FLOAT, 0, 0, field.ut)


async def test_nobody_of_another_post_signs(field: Field) -> None:
    shift = await a_day(field)
    await counts(field, shift, counted=FLOAT)
    stranger = (await a_person(field.tx, "Trần Văn Lạ")).id
    await hired(field.tx, stranger, field.one_stop, Role.DISPATCHER)
    assert await signs(field, stranger, shift) == "not-your-shift"


async def test_where_one_woman_is_the_post_the_post_above_signs(field: Field) -> None:
    shift = await a_day(field)
    await counts(field, shift, counted=FLOAT)
    above: UUID = await field.tx.value(
        "SELECT parent_id FROM unit_versions WHERE unit_id = $post AND parent_id IS NOT NULL LIMIT 1", post=field.post
    )
    cashier = (await a_person(field.tx, "Lê Thị Quỳ")).id
    await hired(field.tx, cashier, above, Role.CASHIER)
    assert await signs(field, cashier, shift) == "not-your-shift", "others of the post may sign"
    await field.tx.run(
        "UPDATE roles_held SET taken_at = valid_from FROM (SELECT now() AS valid_from) AS t"
        " WHERE unit_id = $post AND person_id <> $lan",
        post=field.post,
        lan=field.lan,
    )
    assert await signs(field, cashier, shift) == ""


async def test_a_count_that_is_short_wants_a_reason_and_two_people(field: Field) -> None:
    shift = await a_day(field)
    assert await counts(field, shift, counted=FLOAT - 5_000) == ["shift:guard:cash_explained"]
    assert await signs(field, field.ut, shift) == "not-now"
    assert await counts(field, shift, counted=FLOAT - 5_000, reason="wrong_change") == []
    assert await signs(field, field.ut, shift) == ""
    assert await the_day(field) == ("closed", FLOAT - 5_000, 0, -5_000, field.ut)
    assert await accounts(field, "cash", "variance") == {"cash": 0, "variance": 5_000}


async def test_counted_twice_the_till_has_it_once(field: Field) -> None:
    shift = await a_day(field)
    await counts(field, shift, counted=FLOAT)
    await counts(field, shift, counted=FLOAT)
    assert await accounts(field, "till", "cash", "variance") == {"till": 0, "cash": 0}


async def test_what_came_meanwhile_is_not_awaited(field: Field) -> None:
    shift = await a_day(field)
    await field.send(await a_slip_kept_back(field))
    count = {"counted": FLOAT + 21_000, "awaited": 21_000}
    assert await counts(field, shift, "close_shift_provisionally", **count) == ["shift:guard:cash_explained"]


async def by_a_spare_phone(field: Field, shift: UUID, **body: Any) -> None:
    """The courier's own phone is silent: the count is made on another one."""
    phone = await a_phone_of(field.tx, field.ring, field.lan, field.post)
    phone.now = field.phone.now
    [answer] = await field.send(phone.make(shift, "close_shift_provisionally", body, subject="shift"), carrier=phone)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])


async def test_a_slip_on_a_silent_phone_is_waited_for(field: Field) -> None:
    shift = await a_day(field)
    late = await a_slip_kept_back(field)
    await by_a_spare_phone(field, shift, counted=FLOAT + 21_000, awaited=21_000)
    assert await the_day(field) == ("provisional", FLOAT + 21_000, 21_000, 0, None)
    assert await accounts(field, "cash") == {"cash": -21_000}
    assert await signs(field, field.ut, shift) == ""
    assert await settling.settle(field.tx, field.ring, field.at) == 0
    field.at += timedelta(hours=1)
    await field.send(late)
    assert await accounts(field, "cash") == {"cash": 0}
    assert await settling.settle(field.tx, field.ring, field.at) == 1
    assert await the_day(field) == ("closed", FLOAT + 21_000, 21_000, 0, field.ut)
    assert await settling.settle(field.tx, field.ring, field.at) == 0


async def test_what_never_comes_stands_under_a_name(field: Field) -> None:
    shift = await a_day(field)
    await a_slip_kept_back(field)
    await by_a_spare_phone(field, shift, counted=FLOAT + 21_000, awaited=21_000)
    varied = {"reason": "phone_lost"}
    assert await signs(field, field.hung, shift, "record_variance", amount=30_000, **varied) == "nothing-awaited"
    assert await signs(field, field.hung, shift, "record_variance", amount=21_000, **varied) == ""
    assert await signs(field, field.ut, shift) == ""
    assert await settling.settle(field.tx, field.ring, field.at) == 1
    assert await accounts(field, "cash", "variance") == {"cash": 0, "variance": -21_000}


async def test_who_settles_a_day_that_nobody_signed_signs_it(field: Field) -> None:
    """By hand, and not the courier of that day; time alone ends nothing that nobody signed."""
    shift = await a_day(field)
    late = await a_slip_kept_back(field)
    await by_a_spare_phone(field, shift, counted=FLOAT + 21_000, awaited=21_000)
    field.at += timedelta(hours=1)
    await field.send(late)
    await hired(field.tx, field.lan, field.post, Role.HEAD_OF_POST)
    assert await settling.settle(field.tx, field.ring, field.at) == 0
    assert await the_day(field) == ("provisional", FLOAT + 21_000, 21_000, 0, None)
    assert await signs(field, field.lan, shift, "settle_shift") == "nobody-signed"
    assert await signs(field, field.hung, shift, "settle_shift") == ""
    assert await the_day(field) == ("closed", FLOAT + 21_000, 21_000, 0, field.hung)


@pytest.mark.parametrize(("left", "exceptions"), [((1, 2), []), ((1,), ["shift:guard:label_sets_unexplained"])])
async def test_every_label_set_is_accounted_for(field: Field, left: Sequence[int], exceptions: list[str]) -> None:
    shift = await a_day(field)
    await stock(field, 1, 2)
    assert await counts(field, shift, counted=FLOAT, sets_left=list(left)) == exceptions
