"""The demo's clock: one for all processes, forward only, and still there after a restart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.clock import system_clock
from backend.demo.clock import SharedClock

START = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
SOON = timedelta(seconds=5)


def near(one: datetime, other: datetime) -> bool:
    return abs(one - other) < SOON


def test_it_starts_where_it_is_told_or_now(tmp_path: Path) -> None:
    assert near(SharedClock(tmp_path / "clock", START)(), START)
    assert near(SharedClock(tmp_path / "clock")(), system_clock())


def test_whoever_moves_it_moves_it_for_all(tmp_path: Path) -> None:
    one, other = (SharedClock(tmp_path / "clock", START) for _ in range(2))
    for later in (START + timedelta(days=1), START + timedelta(days=40)):
        one.move_to(later)
        assert near(other(), later)
    other.move_to(START + timedelta(days=41))
    assert one.ahead == other.ahead


def test_it_never_goes_back(tmp_path: Path) -> None:
    clock = SharedClock(tmp_path / "clock", START)
    clock.move_to(START + timedelta(days=1))
    with pytest.raises(ValueError, match="forward"):
        clock.move_to(START)
    assert near(clock(), START + timedelta(days=1))


def test_the_time_it_is_already_is_no_way_back(tmp_path: Path) -> None:
    clock = SharedClock(tmp_path / "clock", START)
    before = clock()
    clock.move_to(before)
    assert clock() >= before


def test_it_stands_where_it_was_after_a_restart(tmp_path: Path) -> None:
    first = SharedClock(tmp_path / "clock", START)
    first.keep()
    first.move_to(START + timedelta(days=3))
    again = SharedClock(tmp_path / "clock", START)
    again.keep()
    assert near(again(), START + timedelta(days=3))
