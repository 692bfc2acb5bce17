"""Xã Mỹ Hiệp in a transaction that is rolled back."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from backend.database import Transaction
from backend.keys import KeyRing
from tests.builders import Field, a_field


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


@pytest.fixture
async def field(tx: Transaction, ring: KeyRing) -> AsyncGenerator[Field]:
    yield await a_field(tx, ring)
