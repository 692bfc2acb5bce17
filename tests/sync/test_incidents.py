"""Incidents: reported offline or at a desk, handled, ended by somebody who is no party to it; what they freeze."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from backend.errors import Refusal
from backend.ids import uuid7
from backend.incidents.errors import NotYourIncident
from backend.staff.model import Role
from backend.sync import bundle
from backend.sync.desk import Refused
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import MORNING, Field
from tests.builders_acts import Body, courier, label, met, offered, received, sealed, stock, took_papers, unit
from tests.builders_incidents import (
    by_phone,
    ended,
    frozen,
    handled,
    of_incident,
    reported,
    reporting,
    row_of,
    touched,
)
from tests.builders_staff import a_person, hired
from tests.sync.test_planning import carrier
from tests.sync.test_results_that_come_back import changes_hands

MY_THO_POST = demo_unit_id(UnitKind.POST, "28261")


async def in_hand(field: Field) -> tuple[UUID, str, str, str]:
    """(case, visit, parcel, paper): sealed, and with Lan."""
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    await stock(field, 1)
    sealing = sealed(visit, label(1), [paper])
    assert (await field.does(case, "seal", sealing)).standing == "applied"
    return case, visit, sealing["parcel_id"], paper["id"]


async def test_a_courier_reports_a_torn_pouch_with_no_network_and_it_is_never_refused(field: Field) -> None:
    case, _, parcel, _ = await in_hand(field)
    body = reporting(field, "torn", touched(case, "parcel", parcel), photographs=["a" * 64])
    incident = await reported(field, body, personal={"place": "Cầu Rạch Miễu", "note": "Mưa lớn, bao rách."})
    row = await row_of(field, incident)
    assert (row["state"], row["cause"], row["unit_id"]) == ("reported", "torn", field.post)
    assert (row["reported_by"], row["place"], row["note"]) == (field.lan, "Cầu Rạch Miễu", "Mưa lớn, bao rách.")
    assert row["photographs"] == ["a" * 64]
    assert await frozen(field, case) == {("case", case), ("parcel", UUID(parcel))}
    kinds = await field.tx.all("SELECT kind FROM acts WHERE subject_id = $case ORDER BY n", case=case)
    assert kinds[-1]["kind"] == "report_incident"  # it stands in the chain of the case as well


async def test_what_is_said_to_happen_later_than_it_was_reported_happened_then(field: Field) -> None:
    before = datetime(2026, 11, 24, 5, tzinfo=UTC)
    for said, happened in (("2026-11-24T05:00:00Z", before), ("2030-01-01T00:00:00Z", None)):
        incident = await reported(field, reporting(field, "dog", happened_at=said))
        row = await row_of(field, incident)
        reported_at = await field.tx.value("SELECT occurred_at FROM acts WHERE subject_id = $of", of=incident)
        assert row["happened_at"] == (happened or reported_at)


async def test_an_incident_of_no_case_is_one_too(field: Field) -> None:
    incident = await reported(field, reporting(field, "dog", people=[str(field.lan)]))
    assert (await row_of(field, incident))["people"] == [field.lan]


async def test_reported_twice_under_one_id_it_is_one_incident_and_the_first_report_stays(field: Field) -> None:
    incident = await reported(field, reporting(field, "wet"))
    _, answer = await by_phone(field, reporting(field, "torn"), incident=incident)
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["incident:no-such-act-here"])
    assert (await row_of(field, incident))["cause"] == "wet"


async def test_a_phone_that_names_a_case_it_never_had_is_looked_at_first(field: Field) -> None:
    case = await field.registered()
    _, answer = await by_phone(field, reporting(field, "lost", touched(case)))
    assert (answer.standing, await frozen(field, case)) == ("review", set())


async def test_a_desk_reports_at_its_own_office_and_on_its_own_cases(field: Field) -> None:
    stranger = (await a_person(field.tx, "Nguyễn Văn Xa")).id
    await hired(field.tx, stranger, MY_THO_POST, Role.COUNTER_CLERK)
    case = await field.registered()
    with pytest.raises(Refusal, match=r"không thuộc|đơn vị khác"):
        await of_incident(field, uuid7(), "report_incident", reporting(field), by=stranger)
    theirs = reporting(field, "lost", touched(case), unit=str(MY_THO_POST))
    with pytest.raises(Refused, match="Không có hồ sơ này"):
        await of_incident(field, uuid7(), "report_incident", theirs, by=stranger)
    answer = await of_incident(field, uuid7(), "report_incident", reporting(field, "lost", touched(case)), by=field.ut)
    assert answer.standing == "applied"


async def test_whoever_reported_it_or_had_things_last_does_not_end_it(field: Field) -> None:
    await hired(field.tx, field.lan, field.post, Role.HEAD_OF_POST)
    mine = await reported(field, reporting(field))
    await handled(field, mine)
    with pytest.raises(Refused, match="Nhờ người khác"):
        await of_incident(field, mine, "end_incident", {"ending": "no_damage"}, by=field.lan)
    incident = uuid7()
    body = reporting(field, last_holder=courier(field.lan))
    await of_incident(field, incident, "report_incident", body, by=field.ut)
    await handled(field, incident)
    with pytest.raises(Refused) as refused:
        await of_incident(field, incident, "end_incident", {"ending": "no_damage"}, by=field.lan)
    assert refused.value.problem.type.endswith(":needs-another")
    assert (await of_incident(field, incident, "end_incident", {"ending": "no_damage"})).standing == "applied"


async def test_nobody_ends_what_nobody_handles(field: Field) -> None:
    incident = await reported(field, reporting(field))
    with pytest.raises(Refused, match="Nhận xử lý sự cố trước"):
        await of_incident(field, incident, "end_incident", {"ending": "no_damage"})
    await handled(field, incident)
    with pytest.raises(Refused, match="ai đang xử lý"):
        await of_incident(field, incident, "take_on_incident")


async def test_another_post_is_not_asked(field: Field) -> None:
    incident = await reported(field, reporting(field))
    stranger = (await a_person(field.tx, "Nguyễn Văn Xa")).id
    await hired(field.tx, stranger, MY_THO_POST, Role.HEAD_OF_POST)
    with pytest.raises(NotYourIncident):
        await of_incident(field, incident, "take_on_incident", by=stranger)


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("replaced", {}),
        ("replaced", {"paid_by": "post"}),
        ("compensated", {"postage": 20_000}),
        ("no_damage", {"paid_by": "post"}),
        ("found", {"postage": 1, "compensation": 5}),
    ],
)
async def test_an_ending_says_what_belongs_to_it_and_nothing_else(
    field: Field, ending: str, said: dict[str, object]
) -> None:
    incident = await reported(field, reporting(field))
    await handled(field, incident)
    with pytest.raises(Refused) as refused:
        await of_incident(field, incident, "end_incident", {"ending": ending} | said)
    assert refused.value.problem.type.endswith(":ending-incomplete")
    assert (await row_of(field, incident))["state"] == "being_handled"


async def test_what_is_issued_again_says_who_helps_and_who_pays(field: Field) -> None:
    incident = await reported(field, reporting(field, "torn"))
    await ended(field, incident, "replaced", helped_by=str(field.one_stop), paid_by="post")
    row = await row_of(field, incident)
    assert (row["state"], row["helped_by"], row["paid_by"]) == ("replaced", field.one_stop, "post")


async def test_the_post_pays_at_least_what_the_rule_of_that_day_says(field: Field) -> None:
    """Four times the postage, and the postage back."""
    incident = await reported(field, reporting(field, "lost"))
    await handled(field, incident)
    paid = {"ending": "compensated", "postage": 26_000, "compensation": 129_999}
    with pytest.raises(Refused, match=r"130\.000 đồng \(Nghị định 47/2011") as refused:
        await of_incident(field, incident, "end_incident", paid)
    assert refused.value.problem.type.endswith(":compensation-too-low")
    answer = await of_incident(field, incident, "end_incident", paid | {"compensation": 130_000})
    assert answer.standing == "applied"
    assert (await row_of(field, incident))["compensation"] == 130_000


async def test_what_has_ended_is_opened_again_with_a_reason_and_freezes_again(field: Field) -> None:
    case, _, parcel, _ = await in_hand(field)
    incident = await reported(field, reporting(field, "wet", touched(case, "parcel", parcel)))
    await ended(field, incident)
    assert await frozen(field, case) == set()
    answer = await of_incident(field, incident, "reopen_incident", {"reason": "citizen_disagrees"})
    assert answer.standing == "applied"
    row = await row_of(field, incident)
    assert (row["state"], row["ended_at"], row["reopened_because"]) == ("being_handled", None, "citizen_disagrees")
    assert ("parcel", UUID(parcel)) in await frozen(field, case)


async def test_more_is_added_to_it_and_the_note_grows(field: Field) -> None:
    case, _, parcel, paper = await in_hand(field)
    incident = await reported(field, reporting(field, "wet", touched(case)), personal={"note": "Ướt một góc."})
    more = {"touches": [touched(case, "paper", paper)], "photographs": ["b" * 64], "people": [str(field.tu)]}
    answer = await of_incident(field, incident, "add_to_incident", more, by=field.ut, personal={"note": "Mực nhòe."})
    assert answer.standing == "applied"
    row = await row_of(field, incident)
    assert (row["note"], row["photographs"], row["people"]) == ("Ướt một góc.\nMực nhòe.", ["b" * 64], [field.tu])
    assert await frozen(field, case) == {("case", case), ("paper", UUID(paper))}
    await ended(field, incident)
    answer = await of_incident(field, incident, "add_to_incident", {"touches": [touched(case, "parcel", parcel)]})
    assert answer.standing == "applied"
    assert await frozen(field, case) == set()  # on record, and nothing is frozen by what is over


async def test_what_an_incident_touches_goes_to_a_post_and_nowhere_else(field: Field) -> None:
    case, _, parcel, _ = await in_hand(field)
    incident = await reported(field, reporting(field, "torn", touched(case, "parcel", parcel)))
    back = offered(unit(field.post), parcel)
    assert list((await field.does(case, "offer", back)).exceptions) == []
    await field.at_desk(field.ut, case, "receive", received(back, courier(field.lan)))
    onward = offered(unit(field.one_stop), parcel)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "offer", onward)
    assert refused.value.problem.type.endswith(":under-incident")
    await ended(field, incident)
    assert (await field.at_desk(field.ut, case, "offer", onward)).standing == "applied"


async def test_a_phone_that_hands_on_what_is_frozen_opens_an_exception_and_custody_moves_as_it_says(
    field: Field,
) -> None:
    case, _, parcel, _ = await in_hand(field)
    await reported(field, reporting(field, "torn", touched(case, "parcel", parcel)))
    answer = await field.does(case, "offer", offered(unit(field.one_stop), parcel))
    assert answer.standing == "applied"
    assert set(answer.exceptions) == {"parcel:guard:under_incident", "paper:guard:under_incident"}


async def test_what_is_frozen_goes_into_no_bag(field: Field) -> None:
    case, _, parcel, _ = await in_hand(field)
    back = offered(unit(field.post), parcel)
    await field.does(case, "offer", back)
    await field.at_desk(field.ut, case, "receive", received(back, courier(field.lan)))
    await of_incident(
        field, uuid7(), "report_incident", reporting(field, "torn", touched(case, "parcel", parcel)), by=field.ut
    )
    bag = uuid7()
    body = {"tag": "TM-1", "unit": str(field.post), "to_unit": str(field.one_stop)}
    await field.at_desk(field.ut, bag, "open_bag", body, subject="bag")
    with pytest.raises(Refused, match="chỉ chuyển về bưu cục"):
        await field.at_desk(field.ut, case, "put_in_bag", {"bag_id": str(bag), "parcel_id": parcel})


async def test_erasing_a_case_takes_place_and_note_of_its_incidents_and_nothing_brings_them_back(field: Field) -> None:
    case, _, parcel, _ = await in_hand(field)
    incident = await reported(
        field,
        reporting(field, "torn", touched(case, "parcel", parcel)),
        personal={"place": "Ấp 1", "note": "Nhà bà Huệ"},
    )
    supervisor = (await a_person(field.tx, "Ngô Thị Sáu")).id
    await hired(field.tx, supervisor, field.one_stop, Role.SUPERVISOR)
    await field.tx.run("UPDATE cases SET state = 'closed' WHERE case_id = $case", case=case)
    with pytest.raises(Refused) as refused:
        await field.at_desk(supervisor, case, "erase", {"reason": "citizen_asked"})
    assert refused.value.problem.type.endswith(":incident-open")
    await ended(field, incident)
    assert (await field.at_desk(supervisor, case, "erase", {"reason": "citizen_asked"})).standing == "applied"
    row = await row_of(field, incident)
    assert (row["place"], row["note"], row["cause"]) == (None, None, "torn")
    await of_incident(field, incident, "add_to_incident", {}, personal={"note": "Bà Huệ gọi lại"})
    assert (await row_of(field, incident))["note"] is None
    open_keys = "SELECT count(*) FROM data_keys WHERE subject_id = $incident AND wrapped IS NOT NULL"
    assert await field.tx.value(open_keys, incident=incident) == 0


async def at_the_counter(field: Field) -> tuple[UUID, str, Body]:
    """(case, parcel, what would be said of handing it over): the result lies at the post, and the owner has come."""
    await hired(field.tx, field.ut, field.post, Role.COUNTER_CLERK)
    case, _ = await field.confirmed()
    await field.tx.run(
        "UPDATE cases SET state = 'result_ready', check_result = 'passed' WHERE case_id = $case", case=case
    )
    paper, parcel = str(uuid7()), str(uuid7())
    released = {"paper_id": paper, "parcel_id": parcel, "component": "ket_qua"}
    await field.at_desk(field.mai, case, "release_result", released)
    await changes_hands(field, field.mai, field.ut, case, parcel, unit(field.agency), unit(field.post))
    booking = field.booking("deliver", place="post_counter")
    visit = booking["visit_id"]
    await field.at_desk(field.ut, case, "book", booking)
    await field.at_desk(field.ut, case, "record_arrival", {"visit_id": visit})
    await field.at_desk(field.ut, case, "check_identity", met(visit))
    given = {"recipient_class": "owner", "relationship": "chinh_chu", "means": "card_seen"}
    return case, parcel, {"visit_id": visit, "paper_ids": [paper]} | given


async def test_a_case_under_an_incident_stays_open(field: Field) -> None:
    """The owner is there, the result too, and nothing else is in the way: it is handed over when the incident ends."""
    case, parcel, handing = await at_the_counter(field)
    incident, torn = uuid7(), reporting(field, "torn", touched(case, "parcel", parcel))
    await of_incident(field, incident, "report_incident", torn, by=field.ut)
    before = await field.state(case)
    with pytest.raises(Refused) as refused:
        await field.at_desk(field.ut, case, "hand_over_result", handing)
    assert refused.value.problem.type == "urn:tannha:problem:under-incident"
    assert (before, await field.state(case)) == ("result_at_post", "result_at_post")
    await ended(field, incident)
    answer = await field.at_desk(field.ut, case, "hand_over_result", handing)
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await field.state(case) == "handed_over"


async def test_only_the_centre_says_that_something_came_to_light_by_itself(field: Field) -> None:
    found = {"found_by": {"made_by": str(field.phone.device), "act_id": str(uuid7())}}
    _, answer = await by_phone(field, reporting(field, "short", **found))
    assert answer.standing == "review"
    assert answer.problem is not None
    assert answer.problem.type.endswith(":found-by-nobody")


async def test_the_courier_who_has_the_case_sees_what_is_frozen_until_it_ends(field: Field) -> None:
    case, _, parcel, _ = await in_hand(field)
    phone = carrier(field.phone, field.post)
    before = await bundle.day(field.tx, field.ring, phone, None, MORNING)
    assert [list(one.incidents) for one in before.cases] == [[]]
    incident = uuid7()
    body = reporting(field, "wet", touched(case, "parcel", parcel))
    await of_incident(field, incident, "report_incident", body, by=field.ut)
    [shown] = (await bundle.day(field.tx, field.ring, phone, None, MORNING)).cases
    assert [(one.incident_id, one.cause, one.things) for one in shown.incidents] == [(incident, "wet", [UUID(parcel)])]
    await ended(field, incident)
    [shown] = (await bundle.day(field.tx, field.ring, phone, None, MORNING)).cases
    assert list(shown.incidents) == []
