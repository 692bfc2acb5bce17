"""Who cannot be reached by message is told by a person: open until somebody records how (F03, F17)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.errors import Refusal
from backend.ids import uuid7
from backend.keys import Purpose
from backend.notices.codes import code_of
from backend.notices.senders import NotSent
from backend.staff.model import Role
from backend.sync.desk import Refused
from backend.web.notice_queries import open_duties
from backend.web.views import Scope
from tests.builders import Field, standings
from tests.builders_chains import broken_chains
from tests.builders_staff import hired
from tests.notices.conftest import Post, at_vietnam, registered


async def mismatched(post: Post, **personal: Any) -> UUID:
    async with post.field() as field:
        case = await registered(field, **personal)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    return case


async def duty_of(post: Post, case: UUID) -> dict[str, Any]:
    [duty] = await post.rows("SELECT * FROM duties WHERE case_id = $case", case=case)
    return duty


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({}, "no_channel"),
        ({"phone": "0277 000 012"}, "no_channel"),
        ({"phone": "0912 345 678", "tell_by": "call"}, "chosen_person"),
        ({"phone": "0912 345 678", "email": "hue@example.vn", "tell_by": "paper"}, "chosen_person"),
    ],
)
async def test_without_phone_and_email_or_by_choice_a_person_must_tell(
    post: Post, wish: dict[str, Any], reason: str
) -> None:
    case = await mismatched(post, **wish)
    assert await post.tell() == []
    assert (await post.notices(case))["mismatch"] == ("for_person", reason)
    assert (await duty_of(post, case))["state"] == "open"
    [act] = await post.rows(
        "SELECT kind, outcome FROM acts WHERE subject_id = $case ORDER BY n DESC LIMIT 1", case=case
    )
    assert act["kind"] == "open_duty"
    await post.tell(minutes=1)
    assert len(await post.rows("SELECT FROM duties")) == 1


async def test_an_installation_without_a_gateway_lets_people_tell(post: Post) -> None:
    post.sends = False
    case = await mismatched(post, phone="0912 345 678")
    await post.tell()
    assert (await post.notices(case))["mismatch"] == ("for_person", "no_sender")
    assert (await duty_of(post, case))["state"] == "open"


async def test_a_reminder_that_cannot_be_sent_is_no_duty(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field)
        at = {"visit_id": (booking := field.booking())["visit_id"]}
        await field.at_desk(field.ut, case, "book", booking, base=99)
        await field.does(case, "depart", at)
    await post.tell()
    assert (await post.notices(case))["on_the_way"] == ("dropped", "no_channel")
    assert await post.rows("SELECT FROM duties") == []


async def test_somebody_records_how_the_citizen_was_told_and_whom(post: Post) -> None:
    case = await mismatched(post)
    await post.tell()
    duty = str((await duty_of(post, case))["duty_id"])
    post.now += timedelta(minutes=20)
    async with post.field() as field:
        body = {"duty_id": duty, "how": "call", "whom": "household"}
        answer = await field.at_desk(field.kim, case, "record_told", body, personal={"note": "con gái nghe máy"})
        assert answer.standing == "applied"
        again = await field.at_desk(field.ut, case, "record_told", body | {"how": "paper"})
        assert again.standing == "applied", "it happened; the first telling stays"
        kim = field.kim
        assert await broken_chains(field.tx) == []
    told = await duty_of(post, case)
    assert (told["state"], told["how"], told["told_whom"], told["told_by"]) == ("told", "call", "household", kim)


async def test_a_courier_at_the_door_tells_what_is_open(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field)
        await field.at_desk(field.ut, case, "book", field.booking(), base=99)
        await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
    await post.tell()
    duty = str((await duty_of(post, case))["duty_id"])
    async with post.field() as field:
        answer = await field.does(case, "record_told", {"duty_id": duty, "how": "in_person"})
        assert standings([answer]) == ["applied"]
        unknown = await field.does(case, "record_told", {"duty_id": str(uuid7()), "how": "in_person"})
        assert standings([unknown]) == ["review"]
    assert (await duty_of(post, case))["state"] == "told"


async def test_what_events_overtook_is_not_told_any_more(post: Post) -> None:
    case = await mismatched(post)
    await post.tell()
    async with post.field() as field:
        await field.at_desk(field.mai, case, "confirm", {}, base=99)
    await post.duties.drop_overtaken()
    duty = await duty_of(post, case)
    assert (duty["state"], duty["dropped_because"]) == ("overtaken", "overtaken")
    await post.duties.drop_overtaken()
    [row] = await post.rows("SELECT count(*) AS acts FROM acts WHERE kind = 'drop_duty'")
    assert row["acts"] == 1


async def refused(field: Field, person: UUID, case: UUID, kind: str, body: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as error:
        async with field.tx.savepoint():
            await field.at_desk(person, case, kind, body, base=99)
    found = error.value
    return found.problem.type.rpartition(":")[2] if isinstance(found, Refused) else found.slug()


async def test_what_cannot_be_about_a_duty_is_refused_with_what_to_do(post: Post) -> None:
    async with post.field() as field:
        case = await registered(field)
        duty = str(uuid7())
        opened = {"duty_id": duty, "template": "supplement"}
        assert await refused(field, field.mai, case, "record_told", {"duty_id": duty, "how": "call"}) == "not-now"
        assert await refused(field, field.mai, case, "open_duty", opened | {"template": "gossip"}) == "template-unknown"
        assert await refused(field, field.ut, case, "open_duty", opened) == "not-allowed"
        assert (await field.at_desk(field.mai, case, "open_duty", opened)).standing == "applied"
        assert await refused(field, field.mai, case, "open_duty", opened) == "not-now"
        assert await refused(field, field.ut, case, "drop_duty", {"duty_id": duty, "reason": "known"}) == "not-allowed"
        dropped = await field.at_desk(field.mai, case, "drop_duty", {"duty_id": duty, "reason": "known"})
        assert dropped.standing == "applied"
        assert await refused(field, field.mai, case, "drop_duty", {"duty_id": duty, "reason": "known"}) == "not-now"


async def test_nobody_signs_in_as_the_system(post: Post) -> None:
    """The role is of timers alone: a person who has none of the others gets nothing by it."""
    async with post.field() as field:
        case = await registered(field)
        body = {"duty_id": str(uuid7()), "template": "supplement"}
        assert await refused(field, field.hung, case, "open_duty", body) == "not-allowed"


async def test_a_duty_left_by_the_night_is_opened_at_once_and_a_message_waits(post: Post) -> None:
    post.now = at_vietnam("2026-11-23 22:00")
    silent = await mismatched(post)
    reachable = await mismatched(post, phone="0912 345 678")
    assert await post.tell() == []
    assert (await duty_of(post, silent))["state"] == "open"
    assert (await post.notices(reachable))["mismatch"] == ("waiting", None)


SEEN = {"proved_by": "card_seen"}


async def reached_otherwise(post: Post, case: UUID, **told: Any) -> None:
    async with post.field() as field:
        await field.at_desk(field.ut, case, "change_contact", SEEN, base=99, personal=told)


async def a_case_with_a_counter(post: Post, **personal: Any) -> UUID:
    async with post.field() as field:
        await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
        return await registered(field, **personal)


async def test_a_changed_contact_is_told_to_the_one_before_each_time(post: Post) -> None:
    """Two changes on one day are told to two people: whoever was not the owner's must hear of it."""
    case = await a_case_with_a_counter(post, phone="0912 345 678")
    await reached_otherwise(post, case, phone="0987 654 321")
    await reached_otherwise(post, case, phone="0987 654 322")
    await post.tell()
    sent = [(one.to, one.text) for one in post.gateway.taken]
    assert sent == [
        (to, "Da doi so lien he cua ho so. Neu khong phai ong/ba yeu cau, goi ngay 0277 1022.")
        for to in ("+84912345678", "+84987654321")
    ]


async def test_where_nobody_could_be_reached_before_the_new_contact_is_told(post: Post) -> None:
    case = await a_case_with_a_counter(post)
    await reached_otherwise(post, case, phone="0987 654 321")
    await post.tell()
    assert [one.to for one in post.gateway.taken] == ["+84987654321"]


async def test_whoever_wanted_to_be_called_is_called_at_the_number_before(post: Post) -> None:
    case = await a_case_with_a_counter(post, phone="0912 345 678", tell_by="call")
    await reached_otherwise(post, case, phone="0987 654 321")
    assert await post.tell() == []
    assert (await duty_of(post, case))["template"] == "contact_changed"
    async with post.field() as field:
        scope = Scope(everywhere=True, units=[])
        [line] = [one for one in await open_duties(field.tx, scope, 10) if one.case_id == case]
    assert (line.phone, line.tell_by) == ("0912 345 678", "call")


@pytest.mark.parametrize(
    ("kind", "body", "told", "says"),
    [
        ("change_address", {}, {"hamlet": "Ấp Mỹ Đông"}, "Da doi dia chi cua ho so."),
        ("change_result_way", {"way": "post"}, None, "Da doi cach nhan ket qua."),
    ],
)
async def test_a_changed_house_or_way_is_told_to_whoever_is_on_file(
    post: Post, kind: str, body: dict[str, Any], told: dict[str, Any] | None, says: str
) -> None:
    case = await a_case_with_a_counter(post, phone="0912 345 678")
    async with post.field() as field:
        await field.at_desk(field.ut, case, kind, SEEN | body, base=99, personal=told)
    [text] = await post.tell()
    assert text.startswith(says)
    assert "Neu khong phai ong/ba yeu cau, goi ngay 0277 1022" in text


async def test_a_code_goes_at_night_and_to_who_wants_to_be_called(post: Post) -> None:
    """Somebody waits for it: quiet hours and the citizen's choice are for what nobody asked for (F24)."""
    case = await a_case_with_a_counter(post, phone="0912 345 678", tell_by="call")
    post.now = at_vietnam("2026-11-25 23:00")
    act = uuid7()
    async with post.field() as field:
        await field.at_desk(field.kim, case, "send_code", {}, base=99, act=act)
        code = code_of(field.ring.current(Purpose.CARD, field.at), (field.kim, act))
    [text] = await post.tell()
    assert text.startswith(f"Ma xac nhan {code}, dung trong 10 phut.")
    assert [one.to for one in post.gateway.taken] == ["+84912345678"]


async def test_a_code_that_is_too_old_is_not_sent(post: Post) -> None:
    case = await a_case_with_a_counter(post, phone="0912 345 678")
    async with post.field() as field:
        await field.at_desk(field.kim, case, "send_code", {}, base=99)
    post.gateway.down = NotSent("unreachable")
    assert await post.tell() == []
    post.gateway.down = None
    assert await post.tell(minutes=11) == []
