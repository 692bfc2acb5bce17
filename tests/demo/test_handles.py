"""The handles of the demo, and that a real installation has none."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backend.keys import KeyRing
from tests.builders_app import run


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


async def test_the_clock_moves_forward_for_the_whole_application(
    database_url: str, ring: KeyRing, tmp_path: Path
) -> None:
    async with run(database_url, tmp_path, ring=ring) as demo:
        later = (demo.clock() + timedelta(days=2)).isoformat()
        moved = await demo.http.post("/demo/clock", json={"now": later})
        assert moved.status_code == 200, moved.text
        assert datetime.fromisoformat(moved.json()["now"]) >= datetime.fromisoformat(later)
        assert demo.clock() >= datetime.fromisoformat(later)
        assert (await demo.http.get("/demo/clock")).json()["now"] >= moved.json()["now"]
        back = await demo.http.post("/demo/clock", json={"now": "2020-01-01T00:00:00Z"})
        assert (back.status_code, back.json()["type"]) == (409, "urn:tannha:problem:clock-moves-forward")


@pytest.mark.parametrize("body", [{"now": "2027-01-01T00:00:00"}, {"now": "tomorrow"}, {}, {"now": None, "x": 1}])
async def test_a_time_that_cannot_be_read_is_refused(
    database_url: str, ring: KeyRing, tmp_path: Path, body: dict[str, object]
) -> None:
    async with run(database_url, tmp_path, ring=ring) as demo:
        assert (await demo.http.post("/demo/clock", json=body)).status_code == 400


async def test_the_inbox_has_its_shape(database_url: str, ring: KeyRing, tmp_path: Path) -> None:
    async with run(database_url, tmp_path, ring=ring) as demo:
        assert (await demo.http.get("/demo/inbox")).json() == {"messages": []}


async def test_a_real_installation_has_no_handles(database_url: str, ring: KeyRing, tmp_path: Path) -> None:
    async with run(database_url, tmp_path, ring=ring, demo=False, now=None) as real:
        for method, path in (("POST", "/demo/clock"), ("GET", "/demo/clock"), ("GET", "/demo/inbox")):
            answer = await real.http.request(method, path)
            assert answer.status_code == 404, path
        assert "sample" not in (await real.http.get("/")).text
