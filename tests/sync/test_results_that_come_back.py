"""A result that could not be handed over, or was wrong (F07): kept, invited for, sent on, sent back, put right."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.sync.desk import Refused
from tests.builders import Field, a_paper
from tests.builders_acts import another_post, clear, met, page, paid, signed
from tests.builders_acts import received as receives


async def a_result(field: Field) -> tuple[UUID, str, str, str]:
    """(case, visit, paper, parcel): the result is out with Lan, at the recipient's door."""
    case, _ = await field.confirmed()
    await field.tx.run(
        "UPDATE cases SET state = 'result_ready', check_result = 'passed' WHERE case_id = $case", case=case
    )
    paper, parcel = str(uuid7()), str(uuid7())
    await field.at_desk(
        field.mai, case, "release_result", {"paper_id": paper, "parcel_id": parcel, "component": "ket_qua"}
    )
    agency, post = {"kind": "unit", "id": str(field.agency)}, {"kind": "unit", "id": str(field.post)}
    lan = {"kind": "courier", "id": str(field.lan)}
    await changes_hands(field, field.mai, field.ut, case, parcel, agency, post)
    booking = field.booking("deliver")
    await field.at_desk(field.ut, case, "book", booking)
    giving = {"offer_id": str(uuid7()), "parcel_ids": [parcel], "paper_ids": []}
    await field.at_desk(field.ut, case, "offer", giving | {"to": lan})
    visit, phone = booking["visit_id"], field.phone
    answers = await field.send(
        phone.make(case, "receive", receives(giving, post, lan)),
        phone.make(case, "depart", {"visit_id": visit}),
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", met(visit)),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 4
    return case, visit, paper, parcel


async def changes_hands(
    field: Field, giver: UUID, taker: UUID, case: UUID, parcel: str, of: dict[str, str], to: dict[str, str]
) -> None:
    giving = {"offer_id": str(uuid7()), "parcel_ids": [parcel], "paper_ids": []}
    await field.at_desk(giver, case, "offer", giving | {"to": to})
    await field.at_desk(taker, case, "receive", receives(giving, of, to))


async def fails(field: Field, case: UUID, visit: str, reason: str) -> None:
    answer = await field.does(case, "fail_visit", {"visit_id": visit, "reason": reason})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])


async def back_at_the_post(field: Field, case: UUID, parcel: str) -> None:
    giving = {"offer_id": str(uuid7()), "parcel_ids": [parcel], "paper_ids": []}
    lan, post = {"kind": "courier", "id": str(field.lan)}, {"kind": "unit", "id": str(field.post)}
    await field.does(case, "offer", giving | {"to": post})
    await field.at_desk(field.ut, case, "receive", receives(giving, lan, post))


async def invited(field: Field, case: UUID, days: int, how: str = "call") -> None:
    """So many days later."""
    field.at += timedelta(days=days)
    await field.at_desk(field.ut, case, "invite", {"invitation_id": str(uuid7()), "how": how})


async def returns(field: Field, case: UUID) -> str:
    """What stands in the way of sending it back to the agency, if anything."""
    try:
        await field.at_desk(field.ut, case, "return_result", {})
    except Refused as refused:
        return refused.problem.detail
    return ""


async def test_nobody_home_then_two_invitations_two_working_days_apart(field: Field) -> None:
    """Wednesday and Thursday are one working day apart, which is too close."""
    case, visit, _, parcel = await a_result(field)
    card = {"invitation_id": str(uuid7()), "how": "card"}
    assert (await field.does(case, "invite", card)).standing == "applied"
    await fails(field, case, visit, "H01")
    assert await field.state(case) == "result_at_post"
    await back_at_the_post(field, case, parcel)
    assert "Chưa mời đủ" in await returns(field, case)
    await invited(field, case, 1)
    assert await field.state(case) == "kept_at_post"
    assert "Chưa mời đủ" in await returns(field, case), "a day later counts as the same invitation"
    await invited(field, case, 3)
    assert await returns(field, case) == ""
    assert await field.state(case) == "returned_to_agency"


async def test_what_the_recipient_refuses_goes_back_at_once(field: Field) -> None:
    case, visit, _, parcel = await a_result(field)
    await fails(field, case, visit, "H13")
    await back_at_the_post(field, case, parcel)
    assert await returns(field, case) == ""


async def test_who_has_it_on_the_road_sends_nothing_back(field: Field) -> None:
    case, visit, _, _ = await a_result(field)
    await fails(field, case, visit, "H13")
    assert "đang ở bưu tá" in await returns(field, case)


async def test_whoever_will_come_finds_it_at_the_post(field: Field) -> None:
    case, visit, _, parcel = await a_result(field)
    await fails(field, case, visit, "H18")
    await back_at_the_post(field, case, parcel)
    await field.at_desk(field.ut, case, "keep_at_post", {})
    assert await field.state(case) == "kept_at_post"


async def test_it_follows_whoever_moved(field: Field) -> None:
    case, visit, _, parcel = await a_result(field)
    await fails(field, case, visit, "H15")
    await back_at_the_post(field, case, parcel)
    other = await another_post(field)
    house = {"address": "Ấp 5", "hamlet": "Mỹ Thạnh"}
    await field.at_desk(field.ut, case, "forward_result", {"post": str(other)}, personal=house)
    row = await field.tx.first("SELECT state, handling_unit, address, hamlet, landmark FROM cases")
    assert row is not None
    assert tuple(row) == ("forwarded", other, "Ấp 5", "Mỹ Thạnh", None)


async def test_nothing_is_sent_on_to_what_is_no_post(field: Field) -> None:
    case, visit, _, parcel = await a_result(field)
    await fails(field, case, visit, "H15")
    await back_at_the_post(field, case, parcel)
    with pytest.raises(Refused) as refused:
        await field.at_desk(
            field.ut, case, "forward_result", {"post": str(field.one_stop)}, personal={"address": "Ấp 5"}
        )
    assert refused.value.problem.type == "urn:tannha:problem:not-a-post"


async def test_a_name_that_is_wrong_is_put_right_by_the_agency(field: Field) -> None:
    """S30 from within: opened at the door, sealed anew, back to the agency; the corrected one is another parcel."""
    case, visit, wrong, parcel = await a_result(field)
    phone = field.phone
    answers = await field.send(
        phone.make(case, "open_result", {"visit_id": visit, "parcel_id": parcel, "recipient_class": "owner"}),
        phone.make(case, "reseal", {"visit_id": visit, "parcel_id": parcel, "seal_number": "NP-0002"}),
        phone.make(case, "fail_visit", {"visit_id": visit, "reason": "H11"}),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 3
    assert await field.state(case) == "back_for_correction"
    await back_at_the_post(field, case, parcel)
    agency, post = {"kind": "unit", "id": str(field.agency)}, {"kind": "unit", "id": str(field.post)}
    await changes_hands(field, field.ut, field.mai, case, parcel, post, agency)
    assert await field.state(case) == "back_for_correction"
    right = {"paper_id": str(uuid7()), "parcel_id": str(uuid7()), "component": "ket_qua"}
    await field.at_desk(field.mai, case, "release_result", right)
    assert await field.state(case) == "result_ready"
    rows = await field.tx.all("SELECT paper_id::text, superseded, parcel_id::text, state FROM papers")
    assert {tuple(row) for row in rows} == {
        (wrong, True, parcel, "sealed"),
        (right["paper_id"], False, right["parcel_id"], "sealed"),
    }
    seal = await field.tx.value("SELECT seal_number FROM parcels WHERE parcel_id = $parcel", parcel=UUID(parcel))
    assert seal == "NP-0002"


async def test_opened_read_and_handed_over(field: Field) -> None:
    case, visit, paper, parcel = await a_result(field)
    handing: dict[str, Any] = {
        "visit_id": visit,
        "paper_ids": [paper],
        "recipient_class": "owner",
        "relationship": "chinh_chu",
        "means": "card_seen",
    }
    phone = field.phone
    answers = await field.send(
        phone.make(case, "open_result", {"visit_id": visit, "parcel_id": parcel, "recipient_class": "owner"}),
        phone.make(case, "sign", signed(visit, "hand_over")),
        phone.make(case, "hand_over_result", handing),
        phone.make(case, "finish_visit", {"visit_id": visit, "outcome": "done"}),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 4
    assert await field.tx.value("SELECT state FROM parcels") == "handed_over"


async def test_a_seal_is_not_opened_for_whoever_may_not_receive(field: Field) -> None:
    """It has happened: the parcel is open, and a named person looks at it."""
    case, visit, _, parcel = await a_result(field)
    await field.tx.run("UPDATE cases SET recipient_class = 'owner'")
    opening = {"visit_id": visit, "parcel_id": parcel, "recipient_class": "household"}
    answer = await field.does(case, "open_result", opening)
    assert list(answer.exceptions) == ["parcel:guard:recipient_fits"]
    assert await field.tx.value("SELECT state FROM parcels") == "opened"


async def test_what_is_due_at_return_keeps_the_result_sealed(field: Field) -> None:
    """Opened all the same, a named person looks at it; paid, it is opened and handed over."""
    case, visit, paper, parcel = await a_result(field)
    opening = {"visit_id": visit, "parcel_id": parcel, "recipient_class": "owner"}
    handing = {"visit_id": visit, "paper_ids": [paper], "recipient_class": "owner"}
    handing |= {"relationship": "chinh_chu", "means": "card_seen"}
    due = {"charge_id": str(uuid7()), "line": "le_phi", "amount": 8_000, "due_at": "return"}
    quoted = await field.does(case, "quote", {"visit_id": visit, "charges": [due]})
    assert (quoted.standing, list(quoted.exceptions)) == ("applied", [])
    assert list((await field.does(case, "open_result", opening)).exceptions) == ["parcel:guard:charges_due_at_return"]
    given = await field.does(case, "hand_over_result", handing)
    assert "case:guard:charges_due_at_return" in given.exceptions
    await clear(field, case)

    other, visit, paper, parcel = await a_result(field)
    opening |= {"visit_id": visit, "parcel_id": parcel}
    handing |= {"visit_id": visit, "paper_ids": [paper]}
    due |= {"charge_id": str(uuid7())}
    phone = field.phone
    answers = await field.send(
        phone.make(other, "quote", {"visit_id": visit, "charges": [due]}),
        phone.make(other, "collect", paid(visit, 1, (due["charge_id"], 8_000))),
        phone.make(other, "open_result", opening),
        phone.make(other, "hand_over_result", handing),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 4


async def test_nobody_went_which_is_no_attempt(field: Field) -> None:
    case, visit, _ = await field.booked()
    answer = await field.does(case, "record_not_gone", {"visit_id": visit, "reason": "V18"})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await field.state(case) == "confirmed"
    row = await field.tx.first("SELECT v.state, v.outcome, v.reason, a.state, a.live FROM visits v, appointments a")
    assert row is not None
    assert tuple(row) == ("not_gone", "not_gone", "V18", "missed", False)


async def test_what_is_missing_is_sent_by_the_citizens_choice(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    answers = await field.send(
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "send_anyway", {"visit_id": visit, "missing": ["to_khai", "cccd", "to_khai"]}),
    )
    assert [(one.standing, list(one.exceptions)) for one in answers] == [("applied", [])] * 2
    assert await field.tx.value("SELECT missing FROM case_visits") == "to_khai\ncccd"


async def test_pictures_put_off_are_made_at_the_post(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone, paper = field.phone, a_paper()
    await field.send(
        phone.make(case, "record_arrival", {"visit_id": visit}),
        phone.make(case, "check_identity", met(visit)),
        phone.make(case, "take_papers", {"visit_id": visit, "papers": [paper]}),
        phone.make(case, "defer_photograph", {"visit_id": visit, "paper_ids": [paper["id"]], "reason": "rain"}),
    )
    assert await field.tx.value("SELECT picture_deferred FROM papers") == "rain"
    await field.does(case, "photograph", page(visit, paper))
    assert await field.tx.value("SELECT picture_deferred FROM papers") is None
