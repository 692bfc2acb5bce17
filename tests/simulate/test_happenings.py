"""What happens on the day beside what is plain: dealt out by weight, to visits that can bear it."""

from collections import Counter

import pytest

from backend.simulate.faults import chosen
from backend.simulate.happenings import FULL, HAPPENINGS, PAYING, Happening, how_often
from backend.simulate.plan import Plan, plan


def dealt(day: Plan) -> Counter[str]:
    found = Counter(day.shifts)
    for one in (*day.pick_ups, *day.counters):
        found.update(name for name in (one.happening, one.delivery and one.delivery.happening) if name)
    return found


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("profile", ["none", "field", "storm"])
def test_on_a_full_day_each_happens_at_least_once(seed: int, profile: str) -> None:
    found = dealt(plan(seed, 20, FULL, chosen(profile)))
    assert {one.name for one in HAPPENINGS} == set(+found)


def test_over_many_short_days_each_happens_as_often_as_its_weight_says() -> None:
    one = Happening(name="x", of="pick_up", per_1000=30)
    assert sum(how_often(seed, one, 10) for seed in range(2000)) == pytest.approx(600, rel=0.15)
    assert how_often(1, one, 2000) == 60


def test_a_visit_is_what_its_happening_needs() -> None:
    day = plan(3, 20, 200, chosen("storm"))
    by_name = {one.name: one for one in HAPPENINGS}
    deliveries = [stop.delivery for stop in day.pick_ups if stop.delivery is not None]
    happened = {visit.happening for visit in (*day.pick_ups, *deliveries)} - {None}
    assert happened == {one.name for one in HAPPENINGS if one.of not in ("shift", "counter")}, "each is looked at"
    for stop in day.pick_ups:
        if stop.happening is not None:
            one = by_name[stop.happening]
            assert stop.failure == one.reason
            assert not stop.cancelled
            assert stop.fees or one.name not in PAYING
            assert (stop.household, stop.walk_in) == (one.of == "household", one.of == "gate")
            assert stop.delivery is None or one.of not in ("ends", "failure")
            assert stop.phone == 0 or one.of != "approver"
        if stop.delivery is not None and stop.delivery.happening is not None:
            one = by_name[stop.delivery.happening]
            assert (stop.delivery.failure, stop.delivery.fee) == (one.reason, 0)


def test_a_torn_pouch_is_looked_at_at_the_post() -> None:
    torn = [one for one in plan(3, 20, 200, chosen("none")).pick_ups if one.happening == "torn_pouch"]
    assert torn
    assert all(one.by_post and not one.by_bag for one in torn)
