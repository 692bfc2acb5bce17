"""The handles of the demo, and that a real installation has none."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from backend import work
from backend.database import connect
from backend.keys import KeyRing
from backend.notices.senders import Inbox
from backend.notices.sending import Sending
from backend.notices.telling import Duties
from tests.builders import a_field
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


async def test_the_inbox_shows_every_message_sent_newest_first(
    database_url: str, ring: KeyRing, tmp_path: Path
) -> None:
    async with run(database_url, tmp_path, ring=ring) as demo:
        assert (await demo.http.get("/demo/inbox")).json() == {"messages": []}
        database = await connect(database_url, role="tannha_service", size=2)
        sending = Sending(database, ring, demo.clock, Inbox(), demo.settings.public_url)
        act = partial(work.act_of_system, ring, demo.clock)
        async with database.transaction() as tx:
            ground = await a_field(tx, ring)
        async with database.transaction() as tx:
            field = replace(ground, tx=tx, at=demo.clock())
            asked = await field.registered(procedure="2.000635")
            await field.at_desk(field.kim, asked, "send_code", {}, base=99)
        await work.tell(database, demo.clock, sending, Duties(database, demo.clock, act))
        [sent] = (await demo.http.get("/demo/inbox")).json()["messages"]
        assert sent["template"] == "owner_code"
        assert sent["text"].startswith(f"Ma xac nhan {sent['code']}, dung trong 10 phut.")
        for _ in range(2):
            async with database.transaction() as tx:
                field = replace(ground, tx=tx, at=demo.clock())
                case = await field.registered()
                await field.at_desk(field.mai, case, "report_mismatch", {"field": "owner_name"}, base=99)
            await work.tell(database, demo.clock, sending, Duties(database, demo.clock, act))
        await database.close()
        *messages, _ = (await demo.http.get("/demo/inbox")).json()["messages"]
        assert {one["code"] for one in messages} == {None}
        assert [(one["channel"], one["to"], one["template"]) for one in messages] == [
            ("sms", "+84912345678", "mismatch")
        ] * 2
        assert messages[0]["at"] >= messages[1]["at"]
        assert messages[0]["text"] != messages[1]["text"], "each with the link of its case"
        assert (await demo.http.get(messages[0]["text"].rpartition(demo.settings.public_url)[2])).status_code == 200
        page = await demo.http.get("/demo/inbox", headers={"Accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")
        assert page.text.count("Thong tin dang ky chua khop.") == 2


async def test_a_real_installation_has_no_handles(database_url: str, ring: KeyRing, tmp_path: Path) -> None:
    async with run(database_url, tmp_path, ring=ring, demo=False, now=None) as real:
        for method, path in (("POST", "/demo/clock"), ("GET", "/demo/clock"), ("GET", "/demo/inbox")):
            answer = await real.http.request(method, path)
            assert answer.status_code == 404, path
        assert "sample" not in (await real.http.get("/")).text
