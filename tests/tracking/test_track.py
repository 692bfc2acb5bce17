"""The eight steps: in order, with their days, back again when a visit failed, and a sentence for every state."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.acts.rules import current, load
from backend.tracking.model import NOTHING_TO_DO, REACHED, STEPS, TO_DO, Moment, Promise, Standing, track

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def told(*states: str, promise: Promise | None = None):
    """One state a day."""
    return track([Moment(state, START + timedelta(days=day)) for day, state in enumerate(states)], promise)


def reached(*states: str) -> list[str]:
    return [step.words.vi for step in told(*states).steps if step.standing is not Standing.AHEAD]


def test_every_state_of_the_rule_table_has_its_step_and_its_sentence() -> None:
    states = set(load(current()).file.machines["case"].states)
    assert states == set(REACHED)
    silent = {"papers_taken", "taken_awaiting_confirmation", "handed_to_agency", "check_passed", "in_progress"}
    assert states - set(TO_DO) - set(NOTHING_TO_DO) == silent
    assert not set(TO_DO) & set(NOTHING_TO_DO)


@pytest.mark.parametrize("state", sorted(REACHED))
def test_one_line_always_says_what_the_citizen_has_to_do(state: str) -> None:
    found = told("registered", state)
    assert found.next.vi.endswith(".")
    assert found.next.en.endswith(".")
    assert found.to_do == (state in TO_DO)


def test_the_whole_way_in_order_with_its_days() -> None:
    found = told(
        "registered",
        "booked",
        "on_the_way",
        "papers_taken",
        "handed_to_agency",
        "check_passed",
        "result_ready",
        "out_for_hand_over",
        "handed_over",
    )
    assert [step.words for step in found.steps] == list(STEPS)
    assert [step.on for step in found.steps] == [date(2026, 11, 24) + timedelta(days=day) for day in range(8)]
    assert [step.standing for step in found.steps] == [Standing.DONE] * 7 + [Standing.NOW]


def test_a_day_is_the_day_in_viet_nam() -> None:
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert track([Moment("booked", late)], None).steps[0].on == date(2026, 11, 24)


def test_a_visit_that_failed_takes_the_case_back() -> None:
    assert reached("registered", "booked", "on_the_way", "confirmed") == []
    again = told("registered", "booked", "on_the_way", "confirmed", "booked")
    assert (again.steps[0].on, again.steps[1].on) == (date(2026, 11, 27), None)


def test_a_hand_over_that_failed_leaves_the_result_at_the_post() -> None:
    way = ("booked", "papers_taken", "handed_to_agency", "check_passed", "result_ready", "out_for_hand_over")
    assert reached(*way, "result_at_post")[-1] == "Đã có kết quả"


def test_what_is_born_at_the_door_has_steps_without_a_day() -> None:
    found = told("taken_awaiting_confirmation")
    assert [step.standing for step in found.steps[:3]] == [Standing.DONE, Standing.DONE, Standing.NOW]
    assert [step.on for step in found.steps[:3]] == [None, None, date(2026, 11, 23)]


@pytest.mark.parametrize("state", ["closed", "withdrawn", "return_of_papers", "waiting_supplement", "merged"])
def test_a_state_beside_the_way_stays_where_the_case_was(state: str) -> None:
    assert reached("booked", "on_the_way", "papers_taken", state)[-1] == "Đã nhận giấy tờ"


def test_a_promise_is_shown_at_its_own_step_only() -> None:
    deliver = Promise("deliver", date(2026, 12, 3), "08:00-09:00")
    found = told("booked", "papers_taken", "handed_to_agency", "check_passed", "result_ready", promise=deliver)
    assert (found.steps[6].on, found.steps[6].window) == (date(2026, 12, 3), "08:00-09:00")
    assert found.steps[7].on is None
    collect = told("booked", promise=Promise("collect", date(2026, 11, 25), "07:00-08:00"))
    assert (collect.steps[1].on, collect.steps[6].on) == (date(2026, 11, 25), None)


def test_the_day_of_the_agencys_receipt_is_promised_while_it_is_being_handled() -> None:
    promised, day = STEPS.index(("Đã có kết quả", "Result ready")), date(2026, 11, 30)
    for state, on in (("handed_to_agency", None), ("check_passed", day), ("in_progress", day), ("result_ready", None)):
        step = track([Moment(state, START)], None, day).steps[promised]
        assert (step.on if step.standing is Standing.AHEAD else None) == on, state


def test_before_the_agency_has_received_it_nothing_after_the_visit_has_a_day() -> None:
    found = told("registered", "booked", promise=Promise("collect", date(2026, 11, 25), "07:00-08:00"))
    assert [step.on for step in found.steps[2:]] == [None] * 6
