"""What is told is not asked, and what is asked may be refused (F19)."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from backend.consents.model import RecordConsent, ShowNotice
from backend.procedures import people
from backend.staff.model import Carrier
from backend.sync import bundle
from backend.sync.desk import Refused
from tests.builders import TODAY, Field
from tests.builders_acts import Body, party

MOTHER = party("representative", "Lê Thị Mẹ", relation="parent")


def answer(**changes: Any) -> Body:
    asked = next(one for one in people.extras(TODAY) if one.extra == changes.get("extra", "place_mark"))
    told = {"extra": asked.extra, "version": asked.version, "text_sha256": asked.sha256}
    return told | {"given": True, "answered_as": "owner"} | changes


async def answered(field: Field, case: UUID, **changes: Any) -> str:
    """How the question stands, or why not."""
    try:
        await field.at_desk(field.kim, case, "record_consent", answer(**changes))
    except Refused as refused:
        return refused.problem.type.rpartition(":")[2]
    return await field.tx.value("SELECT state FROM consents WHERE case_id = $case", case=case)


async def of_a_child(field: Field, born: str | None, *parties: Body) -> UUID:
    return await field.registered(told={"owner": {"born": born}, "parties": list(parties)})


async def test_an_adult_says_yes_or_no_for_themselves_and_takes_it_back(field: Field) -> None:
    case = await of_a_child(field, "1950")
    assert await answered(field, case, given=False) == "declined"
    assert await answered(field, case) == "given"
    await field.at_desk(field.kim, case, "withdraw_consent", {"extra": "place_mark"})
    assert await field.tx.value("SELECT state FROM consents") == "withdrawn"
    for _ in range(2):
        with pytest.raises(Refused):
            await field.at_desk(field.kim, case, "withdraw_consent", {"extra": "place_mark"})
    assert await answered(field, case) == "given"


async def test_whose_house_is_not_to_be_kept_on_the_map_any_more_has_it_blanked_at_once(field: Field) -> None:
    case = await field.registered(told={"place_mark": {"lat": 10.52, "lon": 105.84}})
    other = await field.registered(told={"place_mark": {"lat": 10.53, "lon": 105.85}})
    assert await answered(field, case) == "given"
    await answered(field, case, extra="reuse_papers")
    await field.at_desk(field.kim, case, "withdraw_consent", {"extra": "reuse_papers"})
    assert await on_the_map(field, case) == (10.52, 105.84), "that was another question"
    await field.at_desk(field.kim, case, "withdraw_consent", {"extra": "place_mark"})
    assert await on_the_map(field, case) == (None, None)
    assert await on_the_map(field, other) == (10.53, 105.85)


async def test_the_place_of_a_house_is_kept_where_its_owner_agrees_at_the_door(field: Field) -> None:
    case, visit, _ = await field.booked()
    at, near = {"visit_id": visit}, {"place": {"lat": 10.5, "lon": 105.8, "accuracy": 15, "age": 3}}
    await field.does(case, "record_consent", answer(given=False, **at), personal=near)
    await field.does(case, "record_consent", answer(extra="reuse_papers", **at), personal=near)
    vague = {"place": near["place"] | {"accuracy": 900}}
    await field.does(case, "record_consent", answer(**at), personal=vague)
    assert await field.tx.value("SELECT count(*) FROM house_marks") == 0
    await field.does(case, "record_consent", answer(**at), personal=near)
    assert await on_the_map(field, case) == (10.5, 105.8)
    assert await field.tx.value("SELECT by_phone FROM house_marks")
    there = {"place": near["place"] | {"lat": 10.51}}
    await field.does(case, "record_consent", answer(**at), personal=there)
    assert await on_the_map(field, case) == (10.51, 105.8), "a courier who finds it better says so"
    await field.does(case, "withdraw_consent", {"extra": "place_mark"})
    assert await on_the_map(field, case) == (None, None)


async def test_a_yes_that_is_none_keeps_no_place(field: Field) -> None:
    """Of a child who was not asked."""
    case = await of_a_child(field, "2015-01-01", MOTHER)
    booking = field.booking()
    await field.at_desk(field.ut, case, "book", booking)
    near = {"place": {"lat": 10.5, "lon": 105.8, "accuracy": 15, "age": 3}}
    told = answer(answered_as="representative", visit_id=booking["visit_id"])
    assert (await field.does(case, "record_consent", told, personal=near)).standing == "applied"
    assert await field.tx.value("SELECT state FROM consents") == "declined"
    assert await field.tx.value("SELECT count(*) FROM house_marks") == 0


async def test_what_a_desk_said_of_the_house_outlives_the_couriers_phone(field: Field) -> None:
    case, booking = await field.registered(told={"place_mark": {"lat": 10.52, "lon": 105.84}}), field.booking()
    await field.at_desk(field.ut, case, "book", booking)
    near = {"place": {"lat": 10.5, "lon": 105.8, "accuracy": 15, "age": 3}}
    await field.does(case, "record_consent", answer(visit_id=booking["visit_id"]), personal=near)
    assert await on_the_map(field, case) == (10.52, 105.84)


async def on_the_map(field: Field, case: UUID) -> tuple[Any, ...]:
    row = await field.tx.first("SELECT lat, lon FROM house_marks WHERE case_id = $case", case=case)
    assert row is not None
    return tuple(row)


AGREES = {"child_agrees": True}
ASKED = [
    ("who is grown up", "1990-01-01", (), {"answered_as": "representative"}, "not-all-asked"),
    ("who is under guardianship", "1990-01-01", (MOTHER,), {}, "not-all-asked"),
    ("their guardian", "1990-01-01", (MOTHER,), {"answered_as": "representative"}, "given"),
    ("a child alone", "2015-01-01", (MOTHER,), {}, "not-all-asked"),
    ("of 11, who was not asked", "2015-01-01", (MOTHER,), {"answered_as": "representative"}, "not-all-asked"),
    (
        "of 11, who does not want it",
        "2015-01-01",
        (MOTHER,),
        {"answered_as": "representative", "child_agrees": False},
        "not-all-asked",
    ),
    ("of 11, with its mother", "2015-01-01", (MOTHER,), {"answered_as": "representative", **AGREES}, "given"),
    ("on the day it is 7", "2019-11-25", (MOTHER,), {"answered_as": "representative"}, "not-all-asked"),
    ("the day before", "2019-11-26", (MOTHER,), {"answered_as": "representative"}, "given"),
    (
        "of 11, about what is not its private life",
        "2015-01-01",
        (MOTHER,),
        {"answered_as": "representative", "extra": "zalo_messages"},
        "given",
    ),
    ("of a year alone, perhaps 7", "2019", (MOTHER,), {"answered_as": "representative"}, "not-all-asked"),
    ("whose age nobody knows", None, (), {}, "given"),
    ("a no needs nobody else", "2015-01-01", (MOTHER,), {"given": False}, "declined"),
]


@pytest.mark.parametrize(
    ("born", "parties", "said", "stands"), [one[1:] for one in ASKED], ids=[one[0] for one in ASKED]
)
async def test_everybody_is_asked_whose_answer_it_is(
    field: Field, born: str | None, parties: tuple[Body, ...], said: Body, stands: str
) -> None:
    assert await answered(field, await of_a_child(field, born, *parties), **said) == stands


async def test_at_a_door_an_answer_that_is_nobodys_is_kept_as_a_no(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.does(case, "record_arrival", {"visit_id": visit})
    said = answer(answered_as="representative", visit_id=visit)
    told = await field.does(case, "record_consent", said)
    assert (told.standing, list(told.exceptions)) == ("applied", ["consent:guard:consent_lawful"])
    assert await field.tx.value("SELECT state FROM consents") == "declined"


async def test_the_notice_is_told_and_nobody_answers_it(field: Field) -> None:
    case, visit, _ = await field.booked()
    await field.does(case, "record_arrival", {"visit_id": visit})
    [notice] = people.notices(TODAY)
    told = {"notice": notice.notice, "version": notice.version, "text_sha256": notice.sha256, "how": "read"}
    assert (await field.does(case, "show_notice", {**told, "visit_id": visit})).exceptions == []
    row = await field.tx.first("SELECT version, how, shown_by FROM notices_shown")
    assert row is not None
    assert tuple(row.values()) == (notice.version, "read", field.lan)
    assert {"given", "answer", "agrees", "signature_id"}.isdisjoint(ShowNotice.__struct_fields__)


def test_nothing_is_answered_beforehand_and_one_act_answers_one_question() -> None:
    fields = {field.name: field for field in msgspec.structs.fields(RecordConsent)}
    assert fields["given"].required
    assert fields["extra"].required
    assert set(RecordConsent.__annotations__["extra"].__args__) == {one.extra for one in people.file().extras}


async def test_phones_carry_what_is_to_be_told_and_asked_and_what_was_answered(field: Field) -> None:
    case, _, _ = await field.booked()
    await answered(field, case, extra="zalo_messages")
    phone = field.phone
    carrier = Carrier(
        device_id=phone.device, person_id=phone.person, unit_id=field.post, session=phone.session, roles=frozenset()
    )
    day = await bundle.day(field.tx, field.ring, carrier, None, field.at)
    [bundled] = day.cases
    assert [(one.extra, one.state) for one in bundled.consents] == [("zalo_messages", "given")]
    assert [one.sha256 for one in day.notices] == [one.sha256 for one in people.notices(TODAY)]
    assert [one.extra for one in day.extras] == ["reuse_papers", "place_mark", "photo_of_person", "zalo_messages"]
