"""The journal of a run that has not begun, and one demo for all days that are played."""

from collections.abc import Generator

import pytest

from backend.acts.rules import current, load
from backend.simulate.journal import Journal
from tests.simulate.killable import Killable, killable

BEGINS = "2026-11-25T06:30:00+07:00"
"""The first day that is played is the Monday after it."""


@pytest.fixture
def journal() -> Journal:
    return Journal(load(current()))


@pytest.fixture(scope="session")
def running() -> Generator[Killable]:
    with killable(BEGINS) as demo:
        yield demo


@pytest.fixture
def demo(running: Killable) -> Killable:
    """In the morning of a working day, and no holiday near: what offices refuse does not hang on the day."""
    running.morning()
    return running
