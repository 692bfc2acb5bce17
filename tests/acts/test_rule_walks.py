"""Whole stories through the engine alone: what is next, for whom, and where the case stands after it."""

from backend.acts import rules
from tests.acts.rule_story import (
    Story,
    at_the_door,
    booked_by_1022,
    handed_to_the_one_stop,
    out_with_the_courier,
    papers_taken_and_sealed,
    released_case,
    result_released,
)


def test_one_whole_case_from_the_hotline_to_the_result_in_hand() -> None:
    story = at_the_door(booked_by_1022().does("one_stop_officer", "confirm").know(agency_confirmed=True))
    assert story.refused("courier", "hand_over_result", "case") == rules.NO_SUCH_ACT
    papers_taken_and_sealed(story).anew("charge").does("courier", "quote")
    story.does("courier", "collect", slip_known=True).does("courier", "finish_visit")
    assert story.states["visit"] == "done"
    assert story.states["charge"] == "settled"
    result_released(handed_to_the_one_stop(story))
    out_with_the_courier(story).does("courier", "hand_over_result").does("courier", "finish_visit")
    assert story.states["paper"] == "with_citizen"
    assert story.states["parcel"] == "handed_over"
    assert story.shown == [
        "waiting_to_forward",
        "waiting_confirmation",
        "booked",
        "on_the_way",
        "papers_taken",
        "handed_to_agency",
        "check_passed",
        "in_progress",
        "result_ready",
        "out_for_hand_over",
        "handed_over",
        "closed",
    ]


def test_the_forwarding_step_may_be_missing_and_confirmation_may_come_first() -> None:
    story = Story(forward_due=True, seat_free=True).does("operator", "register").does("one_stop_officer", "confirm")
    story.know(agency_confirmed=True).does("dispatcher", "book")
    assert story.shown == ["waiting_to_forward", "confirmed", "booked"]
    assert story.states["registration"] == "waiting_to_forward"
    assert story.refused("one_stop_officer", "confirm", "case") == "guard:agency_confirmed"


def test_a_walk_in_is_born_at_the_gate_and_waits_for_the_agency_afterwards() -> None:
    story = Story(on_the_spot=True, live_registration=True, dossier_identified=False).does("courier", "register")
    story.does("courier", "record_arrival").does("courier", "check_identity").know(identity_checked=True)
    papers_taken_and_sealed(story).does("courier", "finish_visit")
    assert story.case == "taken_awaiting_confirmation"
    story.does("one_stop_officer", "confirm")
    assert story.case == "papers_taken"


def test_a_mismatch_after_a_walk_in_opens_a_return_of_papers_and_is_no_dead_end() -> None:
    story = Story(on_the_spot=True).does("courier", "register").does("courier", "record_arrival")
    papers_taken_and_sealed(story.know(identity_checked=True)).does("courier", "finish_visit")
    story.does("one_stop_officer", "report_mismatch").know(return_cause="mismatch", visit_purpose="return_papers")
    assert story.case == "return_of_papers"
    story.anew("visit", "appointment").does("dispatcher", "plan_visit").does("courier", "depart")
    story.does("courier", "record_arrival").does("courier", "hand_back_papers", last_paper_back=True)
    assert story.case == "closed"
    assert story.states["paper"] == "with_citizen"


def test_a_failed_visit_goes_back_to_be_booked_again() -> None:
    story = at_the_door(booked_by_1022())
    story.does("courier", "fail_visit", failure_next=rules.failure_next("V01"))
    assert (story.case, story.states["visit"], story.states["appointment"]) == (
        "waiting_confirmation",
        "failed",
        "missed",
    )
    story.anew("visit", "appointment").does("dispatcher", "book")
    assert story.case == "booked"


def test_a_failed_visit_in_a_risk_area_is_deferred_and_reopened_when_the_risk_ends() -> None:
    story = booked_by_1022().does("courier", "depart")
    story.does("courier", "fail_visit", failure_next=rules.failure_next("V14"), area_open=False)
    assert (story.case, story.states["appointment"]) == ("deferred", "deferred")
    assert story.refused("system", "reopen", "case") == "guard:area_open"
    assert story.does("system", "reopen", area_open=True).case == "waiting_confirmation"


def test_a_visit_with_papers_in_hand_cannot_fail_without_an_exception() -> None:
    story = at_the_door(booked_by_1022()).does("courier", "take_papers").know(visit_papers_kept=1)
    assert story.happens("fail_visit", "visit", "case") == ["visit:guard:visit_papers_kept"]
    assert story.states["visit"] == "failed"


def test_a_visit_with_loose_or_unsigned_papers_is_not_offered_as_finished() -> None:
    story = at_the_door(booked_by_1022()).does("courier", "take_papers").know(visit_papers_unsealed=1)
    assert story.refused("courier", "finish_visit", "visit") == "guard:visit_papers_unsealed"
    assert story.refused("courier", "finish_visit", "visit", visit_papers_unsealed=0) == "guard:slip_signed"
    refused = story.refused("courier", "finish_visit", "visit", slip_signed=True, declarations_unsigned=1)
    assert refused == "guard:declarations_unsigned"
    assert story.does("courier", "finish_visit", visit_outcome="incomplete_sent").states["visit"] == "incomplete_sent"


def test_late_facts_after_a_cancelled_visit_happen_and_open_exceptions() -> None:
    story = booked_by_1022().does("dispatcher", "cancel", grounds_to_cancel=True)
    assert (story.case, story.states["visit"]) == ("cancelled", "cancelled")
    assert story.happens("record_arrival", "visit", "case") == [
        f"visit:{rules.NO_SUCH_ACT}",
        f"case:{rules.NO_SUCH_ACT}",
    ]
    story.know(identity_checked=True)
    assert story.happens("take_papers", "visit", "case", "paper") == [f"case:{rules.NO_SUCH_ACT}"]
    assert (story.case, story.states["visit"], story.states["paper"]) == (
        "taken_awaiting_confirmation",
        "arrived",
        "in_hand",
    )


def test_requests_wait_for_an_exception_and_clearing_it_lets_them_go_on() -> None:
    story = booked_by_1022().know(exception_open=True)
    assert story.refused("one_stop_officer", "confirm", "case") == "guard:exception_open"
    assert story.refused("dispatcher", "cancel", "case", grounds_to_cancel=True) == "guard:exception_open"
    story.does("head_of_post", "clear_exception").does("dispatcher", "cancel", exception_open=False)


def test_cancelling_or_withdrawing_after_papers_were_taken_sends_them_home() -> None:
    for role, act, cause, end in (
        ("dispatcher", "cancel", "cancelled", "cancelled"),
        ("citizen", "withdraw", "withdrawn", "withdrawn"),
    ):
        story = papers_taken_and_sealed(at_the_door(booked_by_1022())).does("courier", "finish_visit")
        # the visit is over and its appointment kept: neither is concerned any more
        story.does(role, act, but=("visit", "appointment"), grounds_to_cancel=True)
        assert story.case == "return_of_papers"
        story.anew("visit").does("dispatcher", "plan_visit", visit_purpose="return_papers")
        story.does("courier", "depart").does("courier", "record_arrival")
        story.does("courier", "hand_back_papers", last_paper_back=True, return_cause=cause)
        assert story.case == end


def test_withdrawing_at_the_agency_waits_for_the_agency() -> None:
    story = released_case().know()
    story.states["case"] = "in_progress"
    assert story.refused("one_stop_officer", "accept_withdrawal", "case") == "guard:withdrawal_asked"
    story.does("citizen", "withdraw", but=("visit", "appointment")).know(withdrawal_asked=True)
    assert story.does("one_stop_officer", "accept_withdrawal").case == "return_of_papers"


def test_a_second_visit_brings_a_supplement_and_one_request_is_all() -> None:
    story = papers_taken_and_sealed(at_the_door(booked_by_1022())).does("courier", "finish_visit")
    handed_to_the_one_stop(story).does("one_stop_officer", "open_seal", parcels_unopened=0)
    story.does("one_stop_officer", "cross_check", delegated=True, check_result="not_passed")
    story.does("one_stop_officer", "request_supplement").know(supplements_asked=1)
    assert story.case == "waiting_supplement"
    story.anew("visit", "appointment", "parcel", "label_set").does("dispatcher", "book", visit_purpose="supplement")
    papers_taken_and_sealed(at_the_door(story)).does("courier", "finish_visit")
    handed_to_the_one_stop(story)
    assert story.case == "handed_to_agency"
    assert story.refused("one_stop_officer", "request_supplement", "case") == "guard:supplements_asked"
    story.does("approver", "allow_second_supplement").know(second_supplement_allowed=True)
    story.does("one_stop_officer", "request_supplement")


def test_a_paper_lost_by_the_post_is_an_incident_and_stops_no_clock() -> None:
    story = papers_taken_and_sealed(at_the_door(booked_by_1022())).does("courier", "finish_visit")
    handed_to_the_one_stop(story)
    assert story.happens("open_seal", "parcel", "paper") == []
    assert story.states["parcel"] == "opened"
    story.know(incident_open=True, delegated=True)
    assert story.refused("one_stop_officer", "request_supplement", "case") == "guard:incident_open"


def test_a_failed_hand_over_is_kept_invited_and_only_then_returned() -> None:
    story = out_with_the_courier(released_case())
    story.does("courier", "fail_visit", failure_next=rules.failure_next("H01"), visit_papers_kept=0)
    assert story.case == "result_at_post"
    story.does("courier", "offer").does("counter_clerk", "receive", receiver="post", result_out=False)
    story.does("counter_clerk", "invite")
    assert story.case == "kept_at_post"
    assert story.refused("dispatcher", "return_result", "case") == "guard:invited_enough"
    story.does("counter_clerk", "invite").does("dispatcher", "return_result", invited_enough=True)
    assert story.case == "returned_to_agency"


def test_a_wrong_result_goes_back_for_correction_and_the_case_stays_open() -> None:
    story = out_with_the_courier(released_case()).does("courier", "open_result")
    story.does("courier", "reseal").does(
        "courier", "fail_visit", failure_next=rules.failure_next("H11"), visit_papers_kept=0
    )
    assert story.case == "back_for_correction"
    story.does("courier", "offer").does("one_stop_officer", "receive", receiver="one_stop")
    assert story.anew("paper", "parcel").does("one_stop_officer", "release_result").case == "result_ready"


def test_a_result_stays_sealed_until_the_check_passed_or_was_waived_at_the_door() -> None:
    story = out_with_the_courier(released_case().know(exchange=True)).know(check_passed=False, delegated=False)
    assert story.refused("courier", "cross_check", "case") == "guard:delegated"
    assert story.refused("courier", "open_result", "parcel") == "guard:check_passed"
    assert story.refused("courier", "hand_over_result", "case") == "guard:check_passed"
    story.does("approver", "waive", delegated=True).know(check_waived=True)
    story.does("courier", "open_result").does("courier", "hand_over_result")


def test_what_is_due_who_asks_and_the_word_all_hold_a_hand_over_back() -> None:
    story = out_with_the_courier(released_case())
    for fact, bad, good in (
        ("identity_checked", False, True),
        ("authority_live", False, True),
        ("recipient_fits", False, True),
        ("word_ok", False, True),
        ("charges_due_at_return", 1, 0),
        ("old_papers_due", 2, 0),
        ("seal_intact", False, True),
    ):
        assert story.refused("courier", "hand_over_result", "case", **{fact: bad}) == f"guard:{fact}"
        story.know(**{fact: good})
    story.does("courier", "hand_over_result")


def test_halves_of_a_hand_over_may_come_in_any_order() -> None:
    story = Story(receiver="post")
    assert story.happens("receive", "parcel") == []
    story.know(received_ahead=True)
    assert story.happens("seal", "parcel") == []
    assert story.happens("offer", "parcel") == []
    assert story.states["parcel"] == "sealed"


def test_of_two_collections_one_settles_and_the_other_opens_an_exception() -> None:
    story = Story(slip_known=True)
    assert story.happens("quote", "charge") == []
    assert story.happens("collect", "charge", "payment") == []
    assert story.anew("payment").happens("collect", "charge", "payment") == [f"charge:{rules.NO_SUCH_ACT}"]
    assert (story.states["charge"], story.states["payment"]) == ("settled", "collected")


def test_a_bank_notice_may_be_late_short_or_over() -> None:
    story = Story().does("courier", "show_payment_code")
    story.does("citizen", "record_transfer_said")
    story.does("system", "record_bank_credit", amount_fit="short")
    assert (story.states["payment"], story.states["refund"]) == ("short", "due")
    story.anew("bank_credit").does("system", "record_bank_credit", amount_fit="exact")
    assert (story.states["payment"], story.states["refund"]) == ("credited", "dropped")
    story.anew("bank_credit", "refund").does("system", "record_unmatched_credit")
    story.does("cashier", "match_bank_credit", amount_fit="over")
    story.does("approver", "approve_refund").does("cashier", "pay_refund")
    assert (story.states["payment"], story.states["refund"]) == ("credited", "paid")


def test_who_collected_cannot_approve_and_who_counted_cannot_countersign() -> None:
    story = Story().does("system", "open_refund").know(same_person=True)
    assert story.refused("approver", "approve_refund", "refund") == "guard:same_person"
    day = Story().does("courier", "begin_shift").does("courier", "close_shift")
    assert day.refused("cashier", "countersign_close", "shift", same_person=True) == "guard:same_person"
    assert day.does("cashier", "countersign_close", same_person=False).states["shift"] == "closed"


def test_a_provisional_close_becomes_final_without_a_hand_when_the_phone_speaks() -> None:
    day = Story(acts_awaited=True).does("courier", "begin_shift")
    day.does("courier", "close_shift_provisionally").does("dispatcher", "countersign_close")
    assert day.refused("system", "settle_shift", "shift") == "guard:acts_awaited"
    assert day.does("system", "settle_shift", acts_awaited=False).states["shift"] == "closed"


def test_two_registrations_of_one_matter_are_merged_and_the_merge_can_be_undone() -> None:
    story = papers_taken_and_sealed(at_the_door(booked_by_1022())).does("courier", "finish_visit")
    story.does("one_stop_officer", "merge", but=("visit", "appointment"), survivor_live=True)
    assert story.case == "merged"
    story.does("one_stop_officer", "undo_merge")
    assert story.case == "taken_awaiting_confirmation"
