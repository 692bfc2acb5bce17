"""The journal of a run that has not begun."""

import pytest

from backend.acts.rules import current, load
from backend.simulate.journal import Journal


@pytest.fixture
def journal() -> Journal:
    return Journal(load(current()))
