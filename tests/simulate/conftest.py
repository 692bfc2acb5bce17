"""The journal of a run that has not begun, and one demo for all days that are played."""

from collections.abc import Generator

import pytest

from backend.acts.rules import current, load
from backend.simulate.journal import Journal
from tests.simulate.killable import Killable, killable


@pytest.fixture
def journal() -> Journal:
    return Journal(load(current()))


@pytest.fixture(scope="session")
def demo() -> Generator[Killable]:
    with killable() as running:
        yield running
