"""A transaction in which the catalogue is loaded, and for `offices` the demo's units with their calendars too."""

from datetime import date

import pytest

from backend import seeds
from backend.database import Transaction
from backend.units import service as units
from backend.units.demo import demo_units

TODAY = date(2026, 11, 25)


@pytest.fixture
async def catalogue(tx: Transaction) -> Transaction:
    await seeds.load(tx, TODAY)
    return tx


@pytest.fixture
async def offices(catalogue: Transaction) -> Transaction:
    await units.add(catalogue, demo_units())
    return catalogue
