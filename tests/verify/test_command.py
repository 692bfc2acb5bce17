"""`tannha verify` as people run it: what it says, how it ends, and how it finds the database."""

import asyncio
import json
from pathlib import Path

import asyncpg
import pytest

from backend import migrate, postgres
from backend.verify.main import DID_NOT_RUN, DIFFERENCES, NOTHING_WRONG, main
from tests.verify.conftest import Ground


@pytest.fixture(autouse=True)
def settings(ground: Ground, monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", ground.database.app)
    monkeypatch.setenv("TANNHA_DATA", str(place))
    monkeypatch.setenv("TANNHA_KEYS", str(ground.keys))


def test_a_whole_database_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--keys"]) == NOTHING_WRONG
    said = capsys.readouterr().out
    assert "0 differences" in said
    assert "chờ" in said


def test_differences_are_told_to_machines_with_their_rows(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(ground.story["neighbour"])
    asyncio.run(_set_state(ground, case, "closed"))
    try:
        assert main(["--json"]) == DIFFERENCES
    finally:
        asyncio.run(_set_state(ground, case, ground.story["neighbour_state"]))
    told = json.loads(capsys.readouterr().out)
    assert told["differences"] == len(told["findings"])
    # What stands beside its offices goes along with it.
    assert {one["table"] for one in told["findings"]} == {"cases", "case_units"}
    [finding] = [one for one in told["findings"] if one["table"] == "cases"]
    assert (finding["code"], finding["table"], finding["key"]) == ("replay.differs", "cases", {"case_id": case})
    assert finding["found"] == {"state": "closed"}
    assert told["counted"]["acts"] > 50
    assert told["seconds"] > 0
    assert {one["code"] for one in told["explained"]} >= {"queue.held", "queue.review"}


async def _set_state(ground: Ground, case: str, state: str) -> None:
    connection = await asyncpg.connect(ground.database.superuser)
    await connection.execute("UPDATE cases SET state = $2 WHERE case_id = $1::text::uuid", case, state)
    await connection.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"),
        ("DATABASE_URL", ""),
        ("TANNHA_KEYS", "/nowhere"),
        ("TANNHA_PORT", "none"),
    ],
)
def test_what_cannot_be_run_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["--keys"]) == DID_NOT_RUN
    assert "could not run" in capsys.readouterr().err


def test_whoever_cannot_take_the_service_role_cannot_verify(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ground: Ground
) -> None:
    monkeypatch.setenv("DATABASE_URL", ground.database.owner)
    assert main([]) == DID_NOT_RUN
    assert "tannha_service" in capsys.readouterr().err


def test_an_installation_that_does_not_run_is_started_and_stopped_again(
    monkeypatch: pytest.MonkeyPatch, room: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("TANNHA_DATA", str(room / "data"))
    with postgres.start(room / "data") as server:
        asyncio.run(migrate.bootstrap(server.dsn("postgres")))
        asyncio.run(migrate.migrate(server.dsn(user="tannha_owner")))
        assert main([]) == NOTHING_WRONG
        assert server.alive()
    assert main([]) == NOTHING_WRONG
    assert not server.place.ready()
