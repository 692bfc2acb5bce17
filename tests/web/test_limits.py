"""Buckets of the public page: they run dry, fill again with time, and are each place's own."""

import pytest

from backend.web import limits
from backend.web.limits import Looks, Rate, TooManyLooks


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def looks(seconds: Seconds, monkeypatch: pytest.MonkeyPatch) -> Looks:
    monkeypatch.setattr(Looks, "PLACE", Rate(burst=3, per_second=1))
    monkeypatch.setattr(Looks, "WRONG", Rate(burst=2, per_second=0.5))
    monkeypatch.setattr(Looks, "ALL", Rate(burst=6, per_second=1))
    return Looks(seconds)


def test_a_place_that_asked_too_often_waits_as_long_as_it_is_told(looks: Looks, seconds: Seconds) -> None:
    for _ in range(3):
        looks.enter("192.0.2.1")
    with pytest.raises(TooManyLooks) as refused:
        looks.enter("192.0.2.1")
    assert refused.value.retry_after == 1
    seconds.now += 1
    looks.enter("192.0.2.1")


def test_another_place_is_not_slowed(looks: Looks) -> None:
    for _ in range(3):
        looks.enter("192.0.2.1")
    looks.enter("192.0.2.2")


def test_wrong_tokens_run_dry_sooner_than_right_ones(looks: Looks, seconds: Seconds) -> None:
    for _ in range(2):
        looks.enter("192.0.2.1")
        looks.was_wrong("192.0.2.1")
    with pytest.raises(TooManyLooks):
        looks.enter("192.0.2.1")
    seconds.now += 2
    looks.enter("192.0.2.1")


def test_addresses_of_one_ipv6_subscriber_are_one_place(looks: Looks) -> None:
    for number in range(3):
        looks.enter(f"2001:db8:1:2::{number}")
    with pytest.raises(TooManyLooks):
        looks.enter("2001:db8:1:2:ffff::1")
    looks.enter("2001:db8:1:3::1")


def test_all_places_together_have_a_limit(looks: Looks) -> None:
    for number in range(6):
        looks.enter(f"192.0.2.{number}")
    with pytest.raises(TooManyLooks):
        looks.enter("192.0.2.99")


def test_only_so_many_places_are_remembered(looks: Looks, monkeypatch: pytest.MonkeyPatch, seconds: Seconds) -> None:
    monkeypatch.setattr(limits, "MOST_PLACES", 4)
    for number in range(20):
        seconds.now += 1
        looks.enter(f"192.0.2.{number}")
    assert len(looks._places) == 4
