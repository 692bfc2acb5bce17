"""A key ring for all tests of staff: keys are never changed by them."""

from pathlib import Path

import pytest

from backend.keys import KeyRing


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    folder: Path = tmp_path_factory.mktemp("staff") / "keys"
    return KeyRing.make(folder)
