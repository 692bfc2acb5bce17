"""Until when a phone can read the day it was given."""

from datetime import datetime

from backend.clock import VIETNAM
from backend.sync.lease import lease_until


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-25T{text}:00").replace(tzinfo=VIETNAM)


def test_four_hours_after_the_planned_shift() -> None:
    assert lease_until(at("06:25"), ["07:00-08:00", "10:00-11:00"]) == at("22:00")


def test_a_late_window_lengthens_the_shift() -> None:
    assert lease_until(at("06:25"), ["07:00-08:00", "19:00-19:30"]) == at("23:30")


def test_whoever_asks_after_the_shift_gets_four_hours() -> None:
    assert lease_until(at("19:10"), []) == at("23:10")


def test_a_visit_without_a_window_counts_for_nothing() -> None:
    assert lease_until(at("06:25"), ["", "tại quầy", "25:00-26:00"]) == at("22:00")
