"""A transaction in which the geography, and for `offices` the demo's units too, are loaded."""

import pytest

from backend.database import Transaction
from backend.units import service
from backend.units.demo import demo_units


@pytest.fixture
async def land(tx: Transaction) -> Transaction:
    await service.load_seed(tx)
    return tx


@pytest.fixture
async def offices(land: Transaction) -> Transaction:
    await service.add(land, demo_units())
    return land
