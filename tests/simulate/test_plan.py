"""The plan: the same seed is the same day, the numbers asked for are the numbers that come."""

import pytest

from backend.simulate.citizens import citizen
from backend.simulate.faults import BadFaults, chosen, share, times
from backend.simulate.naming import Naming, dice
from backend.simulate.plan import plan


def test_the_same_seed_is_the_same_day() -> None:
    storm = chosen("storm")
    assert plan(7, 12, 60, storm) == plan(7, 12, 60, storm)
    assert plan(7, 12, 60, storm) != plan(8, 12, 60, storm)


@pytest.mark.parametrize(("couriers", "visits"), [(1, 1), (1, 4), (8, 24), (60, 300)])
@pytest.mark.parametrize("profile", ["none", "field", "storm"])
def test_there_are_as_many_visits_as_were_asked_for(couriers: int, visits: int, profile: str) -> None:
    day = plan(3, couriers, visits, chosen(profile))
    assert (day.visits, len(day.phones)) == (visits, couriers)
    assert {one.phone for one in day.pick_ups} <= set(range(couriers))


def test_a_calm_day_has_no_tricks() -> None:
    day = plan(1, 20, 100, chosen("none"))
    assert not any(one.tricks or one.cancelled for one in day.pick_ups)
    assert all(
        (one.years_wrong, one.dead_zone, one.lost_after, one.carried_by) == (0, False, None, None) for one in day.phones
    )


def test_some_rounds_go_on_from_the_counter_by_bag_and_others_do_not() -> None:
    day = plan(3, 10, 40, chosen("none"))
    rounds = [{one.by_bag for one in day.round_of(phone)} for phone in range(10)]
    assert {True} in rounds
    assert {False} in rounds
    assert {True, False} not in rounds


def test_faults_can_be_counted() -> None:
    faults = chosen("none", ["lost=3", "cancelled=4", "rubbish=5", "clocks_off=0.5"])
    day = plan(1, 20, 100, faults)
    assert sum(one.lost_after is not None for one in day.phones) == 3
    assert sum(one.cancelled for one in day.pick_ups) == 4
    assert sum("rubbish" in one.tricks for one in day.pick_ups) == 5
    assert sum(one.years_wrong != 0 for one in day.phones) == 10


def test_whoever_visits_while_the_desk_cancels_is_out_of_reach() -> None:
    day = plan(1, 20, 100, chosen("none", ["cancelled=9"]))
    assert all(day.phones[one.phone].dead_zone for one in day.pick_ups if one.cancelled)


def test_a_share_of_something_is_at_least_one_and_of_nothing_none() -> None:
    assert (times(0.01, 8), times(0.5, 8), times(0, 8), times(20, 8), times(0.5, 0)) == (1, 4, 0, 8, 0)
    assert (share(0.25, 100), share(30, 100), share(1000, 100)) == (0.25, 0.3, 0.8)


@pytest.mark.parametrize("said", ["weather=1", "lost=many", "lost"])
def test_a_fault_nobody_knows_is_refused(said: str) -> None:
    with pytest.raises(BadFaults):
        chosen("storm", [said])


def test_ids_are_of_version_seven_and_another_run_has_others() -> None:
    first, again, other = Naming(1, 1795310000000), Naming(1, 1795310000000), Naming(1, 1795310000001)
    assert first.id("case", 1) == again.id("case", 1) != other.id("case", 1)
    made = first.id("case", 1)
    assert (made.version, made.variant, made.int >> 80) == (7, "specified in RFC 4122", 1795310000000)
    assert first.dice("x").random() == other.dice("x").random()


def test_invented_people_have_numbers_nobody_has() -> None:
    who = citizen(dice(1))
    assert who.owner_number.startswith("000")
    assert len(who.owner_number) == 12
    assert who.phone.startswith("0900 000")
