"""What only the owner changes of contact, house and way of receiving (F07): seen at a counter, never on the road."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.keys import Purpose
from backend.notices.codes import code_of
from backend.staff.model import Role
from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_acts import Body
from tests.builders_staff import hired
from tests.sync.test_receiving import OWNER_ONLY, REGISTERED, at_her_door, gives

SEEN = {"proved_by": "card_seen"}
HOUSE = {"hamlet": "Ấp Mỹ Đông", "landmark": "cạnh đình", "access": "boat"}
TOMORROW = "2026-11-26"


@pytest.fixture(autouse=True)
async def _a_counter(field: Field) -> None:
    """At this small post Út is the counter clerk as well."""
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)


async def changes(field: Field, case: UUID, kind: str, body: Body, told: Body | None = None) -> None:
    answer = await field.at_desk(field.ut, case, kind, body, personal=told)
    assert (answer.standing, answer.exceptions) == ("applied", []), answer


async def refusal(
    field: Field, case: UUID, kind: str, body: Body, told: Body | None = None, **by: UUID
) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        await field.at_desk(by.get("by", field.ut), case, kind, body, personal=told)
    return refused.value.problem.type.rpartition(":")[2], refused.value.problem.detail


async def on_file(field: Field, case: UUID, *columns: str) -> Any:
    row = await field.tx.first("SELECT * FROM cases WHERE case_id = $case", case=case)
    assert row is not None
    return tuple(row[column] for column in columns)


KINDS: tuple[tuple[str, Body, Body | None], ...] = (
    ("change_contact", {}, {"phone": "0987 654 321"}),
    ("change_address", {}, HOUSE),
    ("change_result_way", {"way": "post"}, None),
)


@pytest.mark.parametrize(("kind", "body", "told"), KINDS)
async def test_only_of_an_owner_who_was_seen_at_a_counter(
    field: Field, kind: str, body: Body, told: Body | None
) -> None:
    case = await field.registered(procedure=REGISTERED)
    assert (await refusal(field, case, kind, body, told))[0] == "not-now"
    on_the_phone = await refusal(field, case, kind, body | SEEN, told, by=field.kim)
    assert on_the_phone[0] == "not-now", "whoever sits at a telephone sees no card"
    assert "gửi mã rồi nhập đúng mã" in on_the_phone[1]
    await changes(field, case, kind, body | SEEN, told)


@pytest.mark.parametrize(("kind", "body", "told"), KINDS[1:])
async def test_never_while_the_result_is_on_the_road(field: Field, kind: str, body: Body, told: Body | None) -> None:
    case, _ = await at_her_door(field, REGISTERED)
    slug, why = await refusal(field, case, kind, body | SEEN, told)
    assert slug == "not-now"
    assert "Chờ bưu gửi về bưu cục" in why


async def test_a_house_is_another_one_and_no_longer_on_the_map(field: Field) -> None:
    case = await field.registered(procedure=REGISTERED, told={"place_mark": {"lat": 10.52, "lon": 105.84}})
    await changes(field, case, "change_address", SEEN | {"visit_commune": "30113"}, HOUSE)
    assert await on_file(field, case, "address", "hamlet", "landmark", "access", "visit_commune") == (
        None,
        "Ấp Mỹ Đông",
        "cạnh đình",
        "boat",
        "30113",
    )
    assert await field.tx.value("SELECT lat FROM house_marks WHERE case_id = $case", case=case) is None
    assert (await refusal(field, case, "change_address", SEEN, {"access": "boat"}))[0] == "address-missing"


async def test_the_way_is_another_one(field: Field) -> None:
    case = await field.registered(procedure=REGISTERED)
    assert await on_file(field, case, "result_way", "result_from") == ("home", None)
    await changes(field, case, "change_result_way", SEEN | {"way": "post"})
    assert await on_file(field, case, "result_way", "result_from") == ("post", None)
    assert (await refusal(field, case, "change_result_way", SEEN | {"way": "post"}))[0] == "same-way"


@pytest.mark.parametrize(("kind", "body", "told"), KINDS[1:])
async def test_where_only_the_owner_may_receive_nothing_is_brought_before_the_next_working_day(
    field: Field, kind: str, body: Body, told: Body | None
) -> None:
    case = await field.registered(procedure=OWNER_ONLY)
    await field.tx.run("UPDATE cases SET state = 'result_at_post' WHERE case_id = $case", case=case)
    await changes(field, case, kind, body | SEEN, told)
    assert [str(one) for one in await on_file(field, case, "result_from")] == [TOMORROW]
    today = field.booking("deliver")
    slug, why = await refusal(field, case, "book", today)
    assert slug == "change-waits"
    assert "26/11/2026" in why
    await changes(field, case, "book", today | {"day": TOMORROW})
    back = {name: today[name] for name in ("appointment_id", "courier", "window", "seat")}
    slug, _ = await refusal(field, case, "move_appointment", back | {"day": today["day"]})
    assert slug == "change-waits"


@pytest.mark.parametrize(("kind", "body", "told"), KINDS[1:])
async def test_what_is_promised_too_early_is_moved_first(
    field: Field, kind: str, body: Body, told: Body | None
) -> None:
    case = await field.registered(procedure=OWNER_ONLY)
    await field.tx.run("UPDATE cases SET state = 'result_at_post' WHERE case_id = $case", case=case)
    booking = field.booking("deliver")
    await changes(field, case, "book", booking)
    slug, why = await refusal(field, case, kind, body | SEEN, told)
    assert slug == "delivery-promised"
    assert "Dời lịch hẹn đến ngày 26/11/2026" in why
    moved = {name: booking[name] for name in ("appointment_id", "courier", "window", "seat")} | {"day": TOMORROW}
    await changes(field, case, "move_appointment", moved)
    await changes(field, case, kind, body | SEEN, told)


async def test_a_visit_that_fetches_papers_waits_for_nothing(field: Field) -> None:
    case, _ = await field.confirmed(procedure=OWNER_ONLY)
    await changes(field, case, "change_address", SEEN, HOUSE)
    await changes(field, case, "book", field.booking())


async def test_a_result_handed_over_before_its_day_is_looked_at(field: Field) -> None:
    case, body = await at_her_door(field, OWNER_ONLY)
    tomorrow = (field.at + timedelta(days=1)).date()
    await field.tx.run("UPDATE cases SET result_from = $day WHERE case_id = $case", day=tomorrow, case=case)
    assert await gives(field, case, body, "owner", recipient_class="owner") == ["case:guard:change_waits"]


async def test_the_contact_is_another_one_and_the_one_before_is_kept_to_be_told(field: Field) -> None:
    told = {"phone": "0912 345 678", "email": "hue@example.vn", "tell_by": "email"}
    case = await field.registered(told=told)
    await changes(field, case, "change_contact", SEEN, {"phone": "0987 654 321", "shared_phone": True})
    assert await on_file(field, case, "phone") == ("0987 654 321",)
    now = await field.tx.first("SELECT email, tell_by, shared_phone FROM contacts WHERE case_id = $case", case=case)
    assert now is not None
    assert tuple(now.values()) == (None, None, True)
    [was] = await field.tx.all("SELECT phone, email, tell_by, shared_phone FROM former_contacts")
    assert tuple(was.values()) == ("0912 345 678", "hue@example.vn", "email", False)


async def test_where_nobody_could_be_reached_before_nobody_is_kept(field: Field) -> None:
    case = await field.registered(told={"phone": None})
    await changes(field, case, "change_contact", SEEN, {"phone": "0987 654 321"})
    assert await field.tx.value("SELECT count(*) FROM former_contacts") == 0


BY_CODE = {"proved_by": "code"}


async def sent(field: Field, case: UUID, by: UUID) -> str:
    """The six digits that went to the contact on file."""
    act = uuid7()
    answer = await field.at_desk(by, case, "send_code", {}, act=act)
    assert (answer.standing, answer.exceptions) == ("applied", [])
    return code_of(field.ring.current(Purpose.CARD, field.at), (by, act))


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.parametrize(("kind", "body", "told"), KINDS)
async def test_by_the_code_that_was_sent_to_the_number_on_file(
    field: Field, kind: str, body: Body, told: Body | None
) -> None:
    """At 1022 the owner reads it out; nobody else's code counts, and none after ten minutes."""
    case = await field.registered(procedure=REGISTERED)
    code = await sent(field, case, field.kim)
    said = (told or {}) | {"code": code}
    for wrong in ({"code": another(code)}, {"code": ""}, {}):
        assert (await refusal(field, case, kind, body | BY_CODE, (told or {}) | wrong, by=field.kim))[0] == "not-now"
    assert (await refusal(field, case, kind, body | BY_CODE, said, by=field.ut))[0] == "not-now"
    field.at += timedelta(minutes=11)
    assert (await refusal(field, case, kind, body | BY_CODE, said, by=field.kim))[0] == "not-now"
    again = await sent(field, case, field.kim)
    spoken = (told or {}) | {"code": f"{again[:3]} {again[3:]}"}
    answer = await field.at_desk(field.kim, case, kind, body | BY_CODE, personal=spoken)
    assert (answer.standing, answer.exceptions) == ("applied", [])


async def test_the_code_of_another_case_is_none(field: Field) -> None:
    case, other = await field.registered(), await field.registered()
    code = await sent(field, other, field.kim)
    told = {"phone": "0987 654 321", "code": code}
    assert (await refusal(field, case, "change_contact", BY_CODE, told, by=field.kim))[0] == "not-now"


@pytest.mark.parametrize(
    ("procedure", "told", "goes"),
    [
        (OWNER_ONLY, {}, True),
        (OWNER_ONLY, {"shared_phone": True}, False),
        (REGISTERED, {"shared_phone": True}, True),
        (REGISTERED, {"phone": None}, False),
        (REGISTERED, {"phone": "0277 385 1234"}, False),
        (REGISTERED, {"phone": None, "email": "hue@example.vn"}, True),
    ],
)
async def test_a_code_goes_only_where_the_owner_alone_reads_it(
    field: Field, procedure: str, told: Body, goes: bool
) -> None:
    case = await field.registered(procedure=procedure, told=told)
    if goes:
        assert len(await sent(field, case, field.kim)) == 6
    else:
        slug, why = await refusal(field, case, "send_code", {}, by=field.kim)
        assert slug == "not-now"
        assert "Mời chủ hồ sơ đến quầy" in why


async def test_a_code_takes_the_place_of_the_word_on_a_card_that_is_not_there(field: Field) -> None:
    """F07: whoever has lost the card hears the code by telephone and says it to the courier."""
    case, body = await at_her_door(field, OWNER_ONLY)
    code = await sent(field, case, field.ut)
    said = await gives(field, case, body, "owner", recipient_class="owner", personal={"word": code})
    assert said == []
