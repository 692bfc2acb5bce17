"""What happens after the story is told again by the verifier, and comes out as the tables have it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.acts import envelope
from backend.fees import queries as fees
from backend.ids import uuid7
from backend.staff.model import Role
from backend.sync import call_backs, waiting
from backend.sync.reading import Command
from backend.verify.report import Finding
from tests.builders import MORNING, Field, a_paper, a_phone_of, personal_part, standings
from tests.builders_acts import (
    at_the_door,
    begun,
    courier,
    in_review,
    label_of,
    met,
    offered,
    paid,
    printed,
    received,
    resolve,
    sealed,
    signed,
    took_papers,
)
from tests.builders_bags import at_the_post, found, of_bag, on_the_road, scanned
from tests.builders_incidents import by_phone, of_incident, reported, reporting, touched
from tests.builders_money import code, first_slip, references
from tests.builders_staff import a_courier, a_person, hired
from tests.sync.test_household import a_household
from tests.sync.test_label_sets import on_stock
from tests.sync.test_on_the_spot import due, quoted
from tests.sync.test_planning import move
from tests.verify.conftest import Damage
from tests.verify.story import was_enrolled


async def wrong(damage: Damage) -> list[Finding]:
    """Without what is said of rows whose transaction has not ended: nothing here is committed."""
    return [one for one in (await damage.verified()).findings if one.code != "feed.future"]


async def test_papers_sealed_at_a_counter(damage: Damage) -> None:
    field = await damage.goes_on()
    case, visit, _ = await field.booked(place="post_counter")
    [number] = await printed(field, to=field.ut)
    label = await label_of(field, number)
    papers = [a_paper(), a_paper("cccd")]
    for kind, body in (
        ("record_arrival", {"visit_id": visit}),
        ("check_identity", met(visit)),
        ("take_papers", {"visit_id": visit, "papers": papers}),
        ("seal", sealed(visit, label, papers)),
    ):
        answer = await field.at_desk(field.ut, case, kind, body)
        assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    assert await wrong(damage) == []


async def test_a_fee_that_was_quoted_and_is_named_by_the_agency_too(damage: Damage) -> None:
    field = await damage.goes_on()
    case = await quoted(field)
    await field.at_desk(field.mai, case, "confirm", {"charges": [due(), due("phi_khac", 2_000)]})
    assert await wrong(damage) == []


async def test_a_merged_case_is_over_and_goes_on_when_it_is_taken_out(damage: Damage) -> None:
    field = await damage.goes_on()
    case, survivor = await field.registered(), await field.registered()
    for kind in ("merge", "undo_merge"):
        await field.at_desk(field.mai, case, kind, {"survivor": str(survivor), "reason": "same_matter"})
    assert await wrong(damage) == []


async def test_a_day_that_is_settled_by_hand_is_signed_by_whoever_did(damage: Damage) -> None:
    field = await damage.goes_on()
    phone = await a_phone_of(field.tx, field.ring, field.tu, field.post)
    phone.now = field.phone.now
    shift, more = uuid7(), {"subject": "shift"}
    counted = {"counted": 300_000, "awaited": 0, "reason": "unknown"}
    await was_enrolled(field, phone.device)
    answers = await field.send(
        phone.make(shift, "begin_shift", begun(field) | {"day": "2026-12-01"}, **more),
        phone.make(shift, "close_shift_provisionally", counted, **more),
        carrier=phone,
    )
    assert standings(answers) == ["applied"] * 2, answers
    await field.at_desk(field.hung, shift, "settle_shift", {}, **more)
    assert await wrong(damage) == []


async def test_a_torn_personal_part_that_waits_for_its_turn_and_then_for_a_person(damage: Damage) -> None:
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    depart = field.phone.make(case, "depart", {"visit_id": visit})
    arrival = field.phone.make(case, "record_arrival", {"visit_id": visit}, personal={"place": "10.45, 105.63"})
    swapped = field.phone.make(case, "check_identity", met(visit), personal={"place": "10.45, 105.63"})
    torn = Command(arrival.data, arrival.signature)
    other = Command(swapped.data, swapped.signature, personal_part({"place": "10.00, 105.00"}))
    assert standings(await field.send(torn, other)) == ["held", "held"]
    assert await wrong(damage) == []
    await damage.tx.run("SET LOCAL ROLE tannha_service")
    assert standings(await field.send(depart)) == ["applied"]
    assert [await field.standing(act) for act in (torn, other)] == ["review", "review"]
    assert await wrong(damage) == []


async def after_a_gap(damage: Damage, missing: int = 1) -> Field:
    """After the first so many never came; the last two ran all the same."""
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    first = field.phone.make(case, "depart", {"visit_id": visit})
    for _ in range(missing):
        field.phone.make(case, "record_arrival", {"visit_id": visit})
    last = [field.phone.make(case, "check_identity", met(visit)) for _ in range(2)]
    assert standings(await field.send(first, *last)) == ["applied", "held", "held"]
    await waiting.fill_gaps(field.tx, field.ring, field.phone.device, MORNING + timedelta(days=9))
    return field


async def test_what_ran_after_a_gap_is_marked(damage: Damage) -> None:
    await after_a_gap(damage)
    assert await wrong(damage) == []


@pytest.mark.parametrize("missing", [1, 2])
async def test_what_came_after_its_number_was_given_up_is_no_difference_whatever_a_person_decides(
    damage: Damage, missing: int
) -> None:
    field = await after_a_gap(damage, missing)
    [answer] = await field.send(field.phone.sent[missing])
    assert answer.standing == "review"
    assert await wrong(damage) == []
    await damage.tx.run("SET LOCAL ROLE tannha_service")
    case = await field.tx.value("SELECT case_id FROM inbox WHERE id = $id", id=answer.id)
    await resolve(field, answer.id, case, "set_aside")
    assert await wrong(damage) == []


@pytest.mark.parametrize(
    ("marked", "seq", "code"), [(False, 3, "outbox.hole"), (True, 4, "outbox.marked")], ids=["taken off", "put on"]
)
async def test_a_mark_of_a_gap_that_was_tampered_with_is_found(
    damage: Damage, marked: bool, seq: int, code: str
) -> None:
    field = await after_a_gap(damage)
    number = field.phone.seq - 4 + seq
    await damage.tx.connection.execute("RESET ROLE")
    await damage.plant(
        "UPDATE inbox SET after_gap = $marked WHERE made_by = $device AND seq = $number", marked=marked, number=number
    )
    assert code in {one.code for one in await wrong(damage)}


async def test_a_case_taken_out_of_its_household(damage: Damage) -> None:
    """And brought forward again, alone now; the others of the house are met as they were promised."""
    field = await damage.goes_on()
    cases, _ = await a_household(field, 3)
    for case in (cases[1], cases[1], cases[2]):
        await move(field, case, visit_id=str(uuid7()), courier=str(field.tu))
    await move(field, cases[0], courier=str(field.tu), window="16:00-17:00")
    assert await wrong(damage) == []


async def test_papers_that_leave_a_sealed_parcel(damage: Damage) -> None:
    """One is received alone, one taken anew from other hands, one handed over while another stays behind."""
    field = await damage.goes_on()
    [number] = await printed(field, to=field.lan)
    label = await label_of(field, number)
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit, *(a_paper(f"thanh_phan_{number}") for number in range(4)))
    sealing = sealed(visit, label, papers)
    await field.does(case, "seal", sealing)
    await field.at_desk(field.ut, case, "book", field.booking("supplement", courier=str(field.tu)))
    tu, lan = await a_phone_of(field.tx, field.ring, field.tu, field.post), field.phone
    await was_enrolled(field, tu.device)
    alone = received(offered(courier(field.tu), papers=[papers[0]["id"]]), courier(field.lan))
    whole = received(offered(courier(field.tu), sealing["parcel_id"]), courier(field.lan))
    given = {"recipient_class": "owner", "relationship": "owner", "means": "card_seen"}
    for phone, kind, body in (
        (tu, "receive", alone),
        (tu, "receive", whole),
        (lan, "take_papers", {"visit_id": visit, "papers": [papers[1]]}),
        (tu, "hand_over_result", {"visit_id": visit, "paper_ids": [papers[2]["id"]], **given}),
    ):
        [answer] = await field.send(phone.make(case, kind, body), carrier=phone)
        assert answer.standing == "applied", (kind, answer)
    rows = await field.tx.all("SELECT holder_kind, holder, parcel_id FROM papers WHERE case_id = $case", case=case)
    kept = [("citizen", case), ("courier", field.lan), ("courier", field.tu), ("courier", field.tu)]
    assert sorted((row["holder_kind"], row["holder"]) for row in rows) == sorted(kept)
    assert {row["parcel_id"] for row in rows} == {None}
    assert await wrong(damage) == []


async def test_a_visit_that_is_ended_twice_and_one_that_a_case_was_moved_away_from(damage: Damage) -> None:
    field = await damage.goes_on()
    cases, visit = await a_household(field, 3)
    await move(field, cases[2], visit_id=str(uuid7()))
    for case, kind, more in (
        (cases[0], "depart", {}),
        (cases[0], "record_arrival", {}),
        (cases[0], "finish_visit", {"outcome": "done"}),
        (cases[0], "fail_visit", {"reason": "V01"}),
        (cases[2], "fail_visit", {"reason": "V02"}),
        (cases[1], "fail_visit", {"reason": "V01"}),
        (cases[1], "finish_visit", {"outcome": "partly"}),
    ):
        answer = await field.does(case, kind, {"visit_id": visit} | more)
        assert answer.standing == "applied", (kind, answer)
    assert [await field.state(case) for case in cases] == ["confirmed", "confirmed", "waiting_call"]
    assert await wrong(damage) == []


async def test_an_arrival_that_a_clerk_records_while_another_case_of_the_house_is_in_doubt(damage: Damage) -> None:
    """The citizens are there all the same: what the other case would not allow is its exception."""
    field = await damage.goes_on()
    cases, visit = await a_household(field, 2)
    await field.at_desk(field.mai, cases[1], "report_mismatch", {"field": "owner_name"})
    answer = await field.at_desk(field.ut, cases[0], "record_arrival", {"visit_id": visit})
    assert (answer.standing, list(answer.exceptions)) == ("applied", [])
    opened = "SELECT machine || ':' || reason FROM exceptions WHERE case_id = $case"
    assert await field.tx.value(opened, case=cases[1]) == "case:no-such-act-here"
    assert await wrong(damage) == []


async def test_a_bag_with_more_than_announced_and_one_whose_lost_parcel_turns_up(damage: Damage) -> None:
    field = await damage.goes_on()
    one, extra, lost = [await at_the_post(field) for _ in range(3)]
    full = await on_the_road(field, one, tag="TM-1")
    for each in (one, extra):
        await scanned(field, full, each)
    await of_bag(field, full, "receive_bag", found(field, one, extra, intact=False), by=field.mai)
    short = await on_the_road(field, lost, tag="TM-2")
    await of_bag(field, short, "receive_bag", found(field, missing=(lost,)), by=field.mai)
    await scanned(field, short, lost)
    assert await field.state(UUID(lost["case_id"])) == "handed_to_agency"
    assert await wrong(damage) == []


async def test_an_incident_that_two_reports_have_touches_what_the_first_one_said(damage: Damage) -> None:
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    [paper, other] = await took_papers(field, case, visit, a_paper(), a_paper("cccd"))
    neighbour, _, _ = await field.booked()
    incident = await reported(field, reporting(field, "wet", touched(case, "paper", paper["id"])))
    more = reporting(field, "lost", touched(case, "paper", other["id"]), touched(neighbour))
    _, answer = await by_phone(field, more, incident=incident)
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["incident:no-such-act-here"])
    assert await wrong(damage) == []


async def test_an_incident_that_a_person_let_take_effect(damage: Damage) -> None:
    """Its chain begins with what that person decided."""
    field, incident = await damage.goes_on(), uuid7()
    case, visit, _ = await field.booked()
    [paper] = await took_papers(field, case, visit)
    body = reporting(field, "wet", touched(case, "paper", paper["id"]))
    act = await in_review(field, incident, "report_incident", body, subject="incident")
    supervisor = (await a_person(field.tx, "Ngô Thị Sáu")).id
    await hired(field.tx, supervisor, field.one_stop, Role.SUPERVISOR)
    await resolve(field, act, incident, by=supervisor, subject="incident")
    assert await wrong(damage) == []


async def test_nobody_went_and_that_is_told_twice(damage: Damage) -> None:
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    for _ in range(2):
        told = await field.at_desk(field.ut, case, "record_not_gone", {"visit_id": visit, "reason": "V16"})
        assert told.standing == "applied"
    assert await wrong(damage) == []


async def test_a_supervisor_hears_that_nobody_came(damage: Damage) -> None:
    """The incident is reported in the name of one who reports none."""
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    await field.does(case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    field.at += timedelta(days=4)
    assert await call_backs.list_due(field.tx, field.ring, field.at)
    call_back = await field.tx.value("SELECT call_back_id FROM call_backs WHERE case_id = $case", case=case)
    supervisor = (await a_person(field.tx, "Ngô Thị Sáu")).id
    await hired(field.tx, supervisor, field.one_stop, Role.SUPERVISOR)
    asked = {"call_back_id": str(call_back), "answer": "disagrees"}
    await field.at_desk(supervisor, case, "record_call_back", asked, personal={"note": "Không ai đến"})
    assert await wrong(damage) == []


async def test_a_phone_restored_from_an_old_copy_used_a_number_twice_and_a_person_decided_about_both(
    damage: Damage,
) -> None:
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    phone = field.phone
    before = replace(phone)
    lost = phone.make(case, "depart", {"visit_id": visit})
    phone.seq, phone.last = before.seq, before.last
    unknown = phone.make(case, "levitate", {"visit_id": visit})
    after = phone.make(other, "depart", {"visit_id": other_visit})
    assert standings(await field.send(unknown, after)) == ["review", "applied"]
    assert standings(await field.send(lost)) == ["review"]
    for command in (unknown, lost):
        await resolve(field, envelope.read(command.data).id, case, "set_aside")
    assert await wrong(damage) == []


async def test_a_failed_visit_that_a_person_let_take_effect_is_called_back_about_after_that(damage: Damage) -> None:
    """The list of its day was made while nobody knew of it: the next round has it."""
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    await at_the_door(field, case, visit)
    act = await in_review(field, case, "fail_visit", {"visit_id": visit, "reason": "V01"})
    field.at += timedelta(days=3)
    await call_backs.list_due(field.tx, field.ring, field.at)
    await resolve(field, act, case)
    listed = "SELECT count(*) FROM call_backs WHERE case_id = $case"
    assert await field.tx.value(listed, case=case) == 0
    assert await wrong(damage) == []
    field.at += timedelta(hours=2)
    await call_backs.list_due(field.tx, field.ring, field.at)
    assert await field.tx.value(listed, case=case) == 1
    assert await wrong(damage) == []


async def test_so_is_a_failure_at_a_counter(damage: Damage) -> None:
    """No grade says when it became known: the inbox does."""
    field = await damage.goes_on()
    case, _ = await field.confirmed()
    visit = str(uuid7())
    here = {"unit": str(field.post), "purpose": "collect", "place": "post_counter"}
    await field.at_desk(field.ut, case, "record_arrival", {"visit_id": visit, "unplanned": here}, base=99)
    act = await in_review(field, case, "fail_visit", {"visit_id": visit, "reason": "V08"})
    field.at += timedelta(days=3)
    await call_backs.list_due(field.tx, field.ring, field.at)
    await resolve(field, act, case)
    assert await wrong(damage) == []
    field.at += timedelta(hours=2)
    await call_backs.list_due(field.tx, field.ring, field.at)
    assert await field.tx.value("SELECT causes FROM call_backs WHERE case_id = $case", case=case) == "failure"
    assert await wrong(damage) == []


@pytest.mark.parametrize(("kind", "how"), [("finish_visit", {"outcome": "done"}), ("fail_visit", {"reason": "V01"})])
async def test_a_visit_to_which_nobody_went_is_not_graded_when_a_phone_says_otherwise(
    damage: Damage, kind: str, how: dict[str, str]
) -> None:
    field = await damage.goes_on()
    case, visit, _ = await field.booked()
    await field.does(case, "log_call", {"visit_id": visit, "direction": "out", "outcome": "busy"})
    await field.does(case, "record_not_gone", {"visit_id": visit, "reason": "V18"})
    answer = await field.does(case, kind, {"visit_id": visit, **how})
    assert "case:guard:visit_ended" in answer.exceptions
    assert await field.tx.value("SELECT grade FROM presence WHERE case_id = $case", case=case) is None
    assert await wrong(damage) == []


async def test_what_was_paid_for_a_refused_dossier_goes_back(damage: Damage) -> None:
    field = await damage.goes_on()
    case, visit, [charge] = await field.booked(21_000)
    await at_the_door(field, case, visit)
    await field.does(case, "collect", paid(visit, await first_slip(field, field.phone) + 15, (charge, 21_000)))
    await field.at_desk(field.mai, case, "refuse_dossier", {"reason": "not_of_this_agency"}, base=99)
    nothing = {"charge_id": charge, "amount": 0, "cause": "refused"}
    await field.at_desk(field.mai, case, "recount_charge", nothing, base=99)
    assert await field.tx.value("SELECT cause FROM refunds WHERE case_id = $case", case=case) == "refused"
    assert await wrong(damage) == []


async def test_what_opened_on_a_day_is_cleared_by_its_post(damage: Damage) -> None:
    field, shift = await damage.goes_on(), uuid7()
    phone = await a_phone_of(field.tx, field.ring, await a_courier(field.tx, field.post), field.post)
    await was_enrolled(field, phone.device)
    of_day: dict[str, Any] = {"subject": "shift"}
    for kind, body in (("begin_shift", begun(field)), ("close_shift", {"counted": 295_000})):
        [answer] = await field.send(phone.make(shift, kind, body, **of_day), carrier=phone)
        assert answer.standing == "applied"
    opened = await field.tx.value("SELECT exception_id FROM exceptions WHERE case_id = $shift", shift=shift)
    await field.at_desk(field.ut, shift, "clear_exception", {"exception_id": str(opened), "reason": "seen"}, **of_day)
    assert await wrong(damage) == []


async def test_an_act_that_names_a_visit_of_another_case(damage: Damage) -> None:
    """The same courier's: that case has no part in it, and is told without it."""
    field = await damage.goes_on()
    [number] = await printed(field, to=field.lan)
    case, visit, _ = await field.booked()
    _, neighbours, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    answer = await field.does(case, "seal", sealed(neighbours, await label_of(field, number), papers))
    assert (answer.standing, list(answer.exceptions)) == ("applied", ["visit:no-such-act-here"])
    assert await wrong(damage) == []


async def test_an_incident_reported_of_an_erased_case(damage: Damage) -> None:
    """Its words are kept nowhere but in the sealed part, which is the incident's."""
    field = await damage.goes_on()
    case, _, _ = await field.booked()
    supervisor = (await a_person(field.tx, "Ngô Thị Sáu")).id
    await hired(field.tx, supervisor, field.one_stop, Role.SUPERVISOR)
    await field.at_desk(field.ut, case, "cancel", {"reason": "citizen_asked"})
    await field.at_desk(supervisor, case, "erase", {"reason": "citizen_asked"})
    said = {"place": "Cầu Rạch Miễu", "note": "Rơi khi qua cầu."}
    incident = await reported(field, reporting(field, "lost", touched(case)), personal=said)
    assert await field.tx.value("SELECT place FROM incidents WHERE incident_id = $id", id=incident) is None
    assert await wrong(damage) == []
    await damage.plant("UPDATE incidents SET place = 'Cầu Rạch Miễu' WHERE incident_id = $id", id=incident)
    assert [(one.code, one.table) for one in await wrong(damage)] == [("replay.differs", "incidents")]


async def test_an_incident_to_which_an_erased_case_is_added_keeps_what_was_said_of_another(damage: Damage) -> None:
    field = await damage.goes_on()
    case, gone = (await field.booked())[0], (await field.booked())[0]
    said = {"place": "Cầu Rạch Miễu", "note": "Rơi khi qua cầu."}
    incident = await reported(field, reporting(field, "lost", touched(case)), personal=said)
    supervisor = (await a_person(field.tx, "Ngô Thị Sáu")).id
    await hired(field.tx, supervisor, field.one_stop, Role.SUPERVISOR)
    await field.at_desk(field.ut, gone, "cancel", {"reason": "citizen_asked"})
    await field.at_desk(supervisor, gone, "erase", {"reason": "citizen_asked"})
    more = {"touches": [touched(gone)]}
    added = await of_incident(field, incident, "add_to_incident", more, personal={"note": "Của bà Sáu."})
    assert added.standing == "applied"
    row = await field.tx.first("SELECT place, note FROM incidents WHERE incident_id = $id", id=incident)
    assert row is not None
    assert tuple(row) == ("Cầu Rạch Miễu", "Rơi khi qua cầu.")
    assert await wrong(damage) == []
    await damage.plant("UPDATE incidents SET place = 'Chợ Cao Lãnh' WHERE incident_id = $id", id=incident)
    assert [(one.code, one.table) for one in await wrong(damage)] == [("replay.differs", "incidents")]


async def test_a_label_that_was_void_is_replaced_by_a_good_one(damage: Damage) -> None:
    """Of two labels the rules complain about one: which, the exception's own row says."""
    field = await damage.goes_on()
    spoilt, good = await printed(field, 2, to=field.lan)
    await on_stock(field, "void_label_sets", {"numbers": [spoilt], "reason": "torn"})
    case, visit, _ = await field.booked()
    papers = await took_papers(field, case, visit)
    body = sealed(visit, await label_of(field, spoilt), papers)
    assert (await field.does(case, "seal", body)).exceptions
    again = {"parcel_id": body["parcel_id"], "label": await label_of(field, good), "seal_number": "S-2"}
    answer = await field.does(case, "relabel", again | {"photographs": ["a" * 64, "b" * 64]})
    assert "label_set:no-such-act-here" in answer.exceptions
    assert await wrong(damage) == []


async def test_a_whole_visit_and_a_clerks_day_at_a_counter(damage: Damage) -> None:
    """No phone: the unit holds the papers, the clerk the money, and each number is a block of one."""
    field = await damage.goes_on()
    ba = (await a_person(field.tx, "Phan Thị Ba")).id
    await hired(field.tx, ba, field.post, Role.COUNTER_CLERK)
    shift = uuid7()
    account = await field.tx.value("SELECT id FROM payee_accounts WHERE unit_id = $post", post=field.post)
    await field.at_desk(ba, shift, "begin_shift", begun(field, 0), subject="shift")
    case, visit, charges = await field.booked(8_000, 15_000, place="post_counter")
    [number] = await printed(field, to=ba)
    label = await label_of(field, number)
    paper, here = a_paper(), {"visit_id": visit}
    slip, _ = await fees.give_slip_block(field.tx, ba, 1)
    [reference] = await references(field, ba, 1)
    for kind, body in (
        ("record_arrival", here),
        ("check_identity", met(visit)),
        ("take_papers", here | {"papers": [paper]}),
        ("collect", paid(visit, slip, (charges[0], 8_000), tendered=10_000, change=2_000)),
        ("show_payment_code", code(visit, account, reference, (charges[1], 15_000))),
        ("seal", sealed(visit, label, [paper])),
        ("sign", signed(visit)),
        ("finish_visit", here | {"outcome": "done"}),
    ):
        answer = await field.at_desk(ba, case, kind, body)
        assert (answer.standing, list(answer.exceptions)) == ("applied", []), kind
    await field.at_desk(ba, shift, "remit", {"amount": 5_000, "unit": str(field.post)}, subject="shift")
    counted = {"counted": 3_000, "sets_left": []}
    await field.at_desk(ba, shift, "close_shift", counted, subject="shift")
    await field.at_desk(field.hung, shift, "countersign_close", {}, subject="shift")
    assert await field.tx.value("SELECT state FROM shifts WHERE shift_id = $shift", shift=shift) == "closed"
    assert await wrong(damage) == []
