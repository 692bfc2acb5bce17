"""Who may have a result in hand (F07): the class of the procedure, old enough, by a paper that has not ended."""

from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.sync.desk import Refused
from tests.builders import Field
from tests.builders_acts import Body, party

MOTHER = {"relation": "parent", "born": "1958"}
REGISTERED, OWNER_ONLY = "2.000635", "1.001022"


async def at_her_door(field: Field, procedure: str, *parties: Body) -> tuple[UUID, Body]:
    """(case, what is handed over): the result is with Lan, who has arrived."""
    case = await field.registered(procedure=procedure, told={"parties": list(parties)})
    result, parcel = str(uuid7()), str(uuid7())
    await field.tx.run(
        "UPDATE cases SET state = 'in_progress', check_result = 'passed' WHERE case_id = $case", case=case
    )
    released = {"paper_id": result, "parcel_id": parcel, "component": "ket_qua"}
    await field.at_desk(field.mai, case, "release_result", released)
    things = {"offer_id": str(uuid7()), "parcel_ids": [parcel], "paper_ids": []}
    lan, agency = {"kind": "courier", "id": str(field.lan)}, {"kind": "unit", "id": str(field.agency)}
    booking = field.booking("deliver")
    await field.at_desk(field.ut, case, "book", booking)
    await field.does(case, "receive", {**things, "giver": agency, "receiver": lan})
    visit = {"visit_id": booking["visit_id"]}
    await field.does(case, "depart", visit)
    await field.does(case, "record_arrival", visit)
    return case, visit | {"paper_ids": [result], "relationship": "me", "means": "vneid"}


async def gives(field: Field, case: UUID, body: Body, party: str, **more: Any) -> list[str]:
    personal = more.pop("personal", None)
    await field.does(case, "check_identity", {"visit_id": body["visit_id"], "party": party, "means": "vneid"})
    answer = await field.does(case, "hand_over_result", body | more, personal=personal)
    assert answer.standing == "applied", answer
    return list(answer.exceptions)


async def test_a_mother_whom_her_daughter_abroad_named(field: Field) -> None:
    case, body = await at_her_door(field, REGISTERED, party("recipient", "Trần Thị Sương", **MOTHER))
    assert await gives(field, case, body, "recipient", recipient_class="registered") == []


@pytest.mark.parametrize(
    ("procedure", "said", "crossed"),
    [
        (REGISTERED, {"recipient_class": "household"}, "recipient_fits"),
        (OWNER_ONLY, {"recipient_class": "registered"}, "recipient_fits"),
        (REGISTERED, {"recipient_class": "registered", "of_age": False}, "recipient_fits"),
        (REGISTERED, {"recipient_class": "registered", "personal": {"born": "2010-05-01"}}, "recipient_fits"),
        (REGISTERED, {"recipient_class": "registered", "word_replaced_by": "neighbour_says_so"}, "word_ok"),
        (OWNER_ONLY, {"recipient_class": "owner", "word_replaced_by": "card_shown"}, "word_ok"),
    ],
)
async def test_what_happened_otherwise_is_looked_at(field: Field, procedure: str, said: Body, crossed: str) -> None:
    case, body = await at_her_door(field, procedure)
    assert await gives(field, case, body, "owner", **said) == [f"case:guard:{crossed}"]


async def test_what_stands_in_for_a_word_is_what_the_rule_of_the_day_says(field: Field) -> None:
    case, body = await at_her_door(field, REGISTERED)
    said = {"recipient_class": "owner", "word_replaced_by": "owner_called"}
    assert await gives(field, case, body, "owner", **said) == []


async def test_a_letter_that_ended_yesterday_stops_the_hand_over_on_the_road(field: Field) -> None:
    letter = {"relation": "employee", "authority": "introduction", "authority_until": "2026-11-24"}
    case, body = await at_her_door(field, REGISTERED, party("recipient", "Trần Văn Nhân", **letter))
    said = await gives(field, case, body, "recipient", recipient_class="registered")
    assert said == ["case:guard:authority_live"]


@pytest.mark.parametrize(
    ("means", "known"),
    [("card_seen", True), ("vneid", True), ("card_qr", False), ("authority_paper", False), ("none", False)],
)
async def test_somebody_is_known_by_the_means_of_the_day(field: Field, means: str, known: bool) -> None:
    case, visit, _ = await field.booked()
    await field.does(case, "record_arrival", {"visit_id": visit})
    await field.does(case, "check_identity", {"visit_id": visit, "party": "owner", "means": means})
    assert await field.tx.value("SELECT identity_checked FROM case_visits") is known


async def test_where_only_the_owner_may_receive_a_new_recipient_waits_for_the_next_working_day(field: Field) -> None:
    case = await field.registered(procedure=OWNER_ONLY)
    await names(field, case)
    assert (await since(field)).isoformat() == "2026-11-26"


async def test_where_others_may_it_holds_at_once(field: Field) -> None:
    await names(field, await field.registered(procedure=REGISTERED))
    assert await since(field) is None


async def test_nobody_is_named_while_the_result_is_on_the_road(field: Field) -> None:
    case, _ = await at_her_door(field, REGISTERED)
    with pytest.raises(Refused):
        await names(field, case)


async def names(field: Field, case: UUID) -> None:
    told = {"parties": [party("recipient", "Lý Văn Em", relation="sibling")]}
    await field.at_desk(field.mai, case, "change_recipient", {"proved_by": "card_seen"}, personal=told)


async def since(field: Field) -> Any:
    return await field.tx.value("SELECT since FROM parties WHERE role = 'recipient'")
