"""A demo loaded once into a database of its own."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from backend import config, postgres
from backend.config import Settings
from backend.demo import handout
from backend.demo.handout import Handout
from backend.demo.main import _prepared
from backend.keys import KeyRing
from tests.conftest import TestDatabase, short_folder
from tests.conftest import _copy as copy_of

NOW = "2026-11-25T06:30:00+07:00"


@dataclass(frozen=True)
class Loaded:
    database: TestDatabase
    settings: Settings
    handout: Handout


def settings_of(folder: Path, database: TestDatabase, **changes: Any) -> Settings:
    environment = {"TANNHA_DEMO": "true", "TANNHA_NOW": NOW, "TANNHA_DATA": str(folder)}
    few = {"demo_appointments": 0}
    return msgspec.structs.replace(config.read(environment), database_url=database.app, **few | changes)


async def mark_as_demo(database: TestDatabase) -> None:
    connection = await asyncpg.connect(database.superuser)
    await connection.execute("UPDATE installation SET demo = true")
    await connection.close()


async def prepared(settings: Settings, capsys: pytest.CaptureFixture[str]) -> str:
    """What it prints. Tests run in a loop already, `prepare` begins one of its own."""
    await _prepared(settings)
    return capsys.readouterr().out


@pytest.fixture(scope="session")
def place() -> Generator[Path]:
    with short_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
async def loaded(server: postgres.Server, template: str, place: Path) -> Loaded:
    database = await copy_of(server, template)
    await mark_as_demo(database)
    settings = settings_of(place, database)
    KeyRing.make(settings.keys)
    await _prepared(settings)
    found = handout.read(place)
    assert found is not None
    return Loaded(database, settings, found)
