"""People on duty see whether we live, whether we can serve and what waits; strangers see only yes or no."""

import os
import re
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from backend import metrics, postgres
from backend.acts.kinds import kind_of
from backend.database import connect
from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.metrics import Reading
from tests.builders import Field
from tests.builders_app import Running, calling, run
from tests.builders_ground import Ground, furnish

COUNTS = """
import sys, time
from backend import metrics
metrics.FILES.inc(int(sys.argv[1]))
metrics.REQUESTS.labels("GET", "/t/{token}", "page", 200).inc()
metrics.LATENCY.labels("/t/{token}", "page").observe(0.02)
metrics.IN_FLIGHT.inc(2)
metrics.count_acts("phone", [("depart", "applied"), ("depart", "applied"), ("depart", "held")])
print("counted", flush=True)
sys.stdin.read()
"""
TELLS = "import sys; from backend import metrics; sys.stdout.buffer.write(metrics.exposition())"


def values(text: str) -> dict[str, float]:
    """`name{labels}` -> value."""
    return {name: float(value) for name, value in re.findall(r"^([a-z_]+(?:\{.*\})?) ([0-9.e+]+)$", text, re.MULTILINE)}


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="module")
async def ground(server: postgres.Server, template: str, ring: KeyRing) -> Ground:
    return await furnish(server, template, ring)


@pytest.fixture
async def house(ground: Ground, tmp_path: Path, ring: KeyRing) -> AsyncGenerator[Running]:
    async with ground.copied() as copy, run(copy.app, tmp_path, ring=ring) as running:
        yield running


@pytest.fixture
async def field(house: Running, ground: Ground) -> AsyncGenerator[Field]:
    database = await connect(house.settings.database_url or "", role="tannha_service", size=1)
    async with database.transaction() as tx:
        yield ground.field(tx)
    await database.close()


def from_afar(house: Running, address: str = "203.0.113.7") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=house.application, client=(address, 4000))
    return httpx.AsyncClient(transport=transport, base_url="http://tannha.test")


async def test_a_worker_says_that_it_lives(house: Running) -> None:
    assert (await house.http.get("/health")).json() == {"alive": True, "database": True, "why": None}
    await house.application.state["entrance"].service.close()
    gone = await house.http.get("/health")
    assert (gone.status_code, gone.json()) == (503, {"alive": True, "database": False, "why": "InterfaceError"})


async def test_ready_says_why_not(house: Running, ring: KeyRing) -> None:
    assert (await house.http.get("/ready")).json()["ready"] is True
    house.settings.stopping.touch()
    because = (await house.http.get("/ready")).json()
    assert (because["ready"], because["because"]) == (False, ["stopping"])
    house.settings.stopping.unlink()
    keys = ring.file(Purpose.WRAP)
    keys.rename(keys.with_suffix(".away"))
    answer = await house.http.get("/ready")
    keys.with_suffix(".away").rename(keys)
    assert (answer.status_code, answer.json()["because"]) == (503, ["keys"])
    await house.application.state["entrance"].service.close()
    assert (await house.http.get("/ready")).json()["because"] == ["database"]


async def test_without_room_on_the_disk_we_are_not_ready(ground: Ground, tmp_path: Path, ring: KeyRing) -> None:
    async with ground.copied() as copy, run(copy.app, tmp_path, ring=ring, disk_free=10**9) as house:
        answer = await house.http.get("/ready")
    assert (answer.status_code, answer.json()["because"]) == (503, ["disk"])


async def test_who_is_on_duty_sees_what_waits_and_how_long(house: Running, field: Field) -> None:
    phone = field.phone
    lost, held = phone.make(uuid7(), "depart", {"visit_id": str(uuid7())}), phone.make(uuid7(), "depart", {})
    answer = await calling(house, phone).send(held)
    assert answer.json()["answers"][0]["standing"] == "held"
    house.clock.move_to(phone.now.replace(day=phone.now.day + 1))
    details = (await house.http.get("/ready")).json()["details"]
    assert 70_000 < details["oldest_held"] < 90_000
    assert (details["oldest_review"], details["attention"]) == (None, [])
    house.clock.move_to(phone.now.replace(month=12))
    assert (await house.http.get("/ready")).json()["details"]["attention"] == ["held"]
    told = values((await house.http.get("/metrics")).text)
    assert told['tannha_waiting{standing="held"}'] == 1
    assert told['tannha_waiting_oldest_seconds{standing="held"}'] > 5 * 86400
    assert told["tannha_exceptions_open"] == 0
    assert told["tannha_disk_free_bytes"] > 0
    assert lost.data


async def test_messages_that_wait_or_failed_and_what_people_must_tell_are_counted(
    house: Running, ground: Ground
) -> None:
    database = await connect(house.settings.database_url or "", role="tannha_service", size=1)
    async with database.transaction() as tx:
        field = ground.field(tx)
        case = await field.registered()
        await field.at_desk(field.mai, case, "open_duty", {"duty_id": str(uuid7()), "template": "supplement"})
        for state, hours in (("waiting", 11), ("waiting", -1), ("failed", 30)):
            await tx.run(
                """INSERT INTO notices (case_id, notice_id, made_by, act_id, n, template, state, reason, occurred_at,
                                        decided_at, due_at, next_at, expires_at)
                   VALUES ($case, $id, $id, $id, 1, 'supplement', $state, 'not_delivered', $at, $at, $at, $at, $at)""",
                case=case,
                id=uuid7(),
                state=state,
                at=house.clock() - timedelta(hours=hours),
            )
        await tx.run(
            """INSERT INTO followers (name, cursor, epoch, moved_at)
               SELECT 'notices', '1'::xid8, epoch, $at FROM installation""",
            at=house.clock() - timedelta(minutes=20),
        )
    await database.close()
    details = (await house.http.get("/ready")).json()["details"]
    assert (details["notices_waiting"], details["notices_failed"], details["duties_open"]) == (1, 1, 1)
    assert 39_500 < details["oldest_notice"] < 39_700
    assert 1190 < details["feed_lag"] < 1210
    assert details["attention"] == ["feed", "notices"]
    told = values((await house.http.get("/metrics")).text)
    assert told["tannha_notices_waiting"] == told["tannha_notices_failed"] == told["tannha_duties_open"] == 1
    assert told["tannha_notices_oldest_seconds"] > 39_000
    assert told["tannha_feed_lag_seconds"] > 1100


async def test_acts_requests_and_waits_are_counted_by_route_and_kind(house: Running, field: Field) -> None:
    before = values((await house.http.get("/metrics")).text)
    case = uuid7()
    act = field.phone.make(case, "register", field.registration(channel="walk_in"), personal={"owner_name": "Huệ"})
    standing = (await calling(house, field.phone).send(act)).json()["answers"][0]["standing"]
    await house.http.get("/t/SECRET")
    text = (await house.http.get("/metrics")).text
    after = values(text)
    for name, more in (
        (f'tannha_acts_total{{act="register",source="phone",standing="{standing}"}}', 1),
        ('tannha_requests_total{kind="act",method="POST",route="/api/courier/sync/acts",status="200"}', 1),
        ('tannha_request_seconds_count{kind="act",route="/api/courier/sync/acts"}', 2),
    ):
        assert after[name] - before.get(name, 0) == more, name
    assert after["tannha_pool_wait_seconds_count"] > before["tannha_pool_wait_seconds_count"]
    assert "SECRET" not in text


def test_a_kind_nobody_knows_makes_no_label_of_its_own() -> None:
    assert kind_of(b'{"kind": "depart", "v": 9}') == "depart"
    assert [kind_of(data) for data in (b'{"kind": "nguyen_thi_hue"}', b"{", b"\xff", b"[" * 100_000, b"{}")] == [
        "unknown"
    ] * 5


async def test_metrics_and_details_are_for_this_machine_only(house: Running) -> None:
    assert (await house.http.get("/metrics")).headers["content-type"].startswith("text/plain")
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"):
        assert (await house.http.get("/metrics", headers={header: "203.0.113.7"})).status_code == 404
    async with from_afar(house) as stranger:
        assert (await stranger.get("/metrics")).status_code == 404
        assert (await stranger.get("/metrics")).json()["type"] == "urn:tannha:problem:not-found"
        assert (await stranger.get("/ready")).json() == {"ready": True, "because": []}
    async with from_afar(house, "::1") as neighbour:
        assert (await neighbour.get("/metrics")).status_code == 200


async def test_with_a_token_set_only_the_token_opens(ground: Ground, tmp_path: Path, ring: KeyRing) -> None:
    token = "a token of the people on duty"  # noqa: S105
    async with ground.copied() as copy, run(copy.app, tmp_path, ring=ring, duty_token=token) as house:
        assert (await house.http.get("/metrics")).status_code == 404
        for wrong in ("Bearer ", f"Bearer {token} ", f"Basic {token}", token):
            assert (await house.http.get("/metrics", headers={"Authorization": wrong})).status_code == 404
        assert (await house.http.get("/metrics", headers={b"Authorization": b"Bearer \xff"})).status_code == 404
        async with from_afar(house) as stranger:
            shown = {"Authorization": f"Bearer {token}"}
            assert (await stranger.get("/metrics", headers=shown)).status_code == 200
            assert (await stranger.get("/ready", headers=shown)).json()["details"]["exceptions"] == 0


def test_readings_of_one_name_are_one_family() -> None:
    counts = {"held": 2, "review": 3}
    readings = [Reading("tannha_waiting", "What waits", count, {"standing": name}) for name, count in counts.items()]
    text = metrics.exposition(readings).decode()
    assert text.count("# TYPE tannha_waiting gauge") == 1
    assert values(text)['tannha_waiting{standing="review"}'] == 3


@contextmanager
def counting(folder: Path, files: int) -> Generator["subprocess.Popen[str]"]:
    """Another process, which has counted and lives on."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", COUNTS, str(files)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, metrics.FOLDER: str(folder)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "counted\n"
        yield process
        process.kill()


def told(folder: Path) -> dict[str, float]:
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", TELLS], check=True, capture_output=True, env={**os.environ, metrics.FOLDER: str(folder)}
    )
    return values(run.stdout.decode())


def test_all_processes_are_added_up_and_a_killed_one_is_in_nothing_any_more(tmp_path: Path) -> None:
    folder = metrics.prepare(tmp_path)
    with counting(folder, 3) as one, counting(folder, 4):
        both = told(folder)
        assert both["tannha_files_total"] == 7
        assert both['tannha_requests_total{kind="page",method="GET",route="/t/{token}",status="200"}'] == 2
        assert both['tannha_request_seconds_bucket{kind="page",le="0.025",route="/t/{token}"}'] == 2
        assert both['tannha_acts_total{act="depart",source="phone",standing="applied"}'] == 4
        assert both["tannha_in_flight"] == 4
        one.kill()
        one.wait()
        left = told(folder)
        assert (left["tannha_files_total"], left["tannha_in_flight"]) == (7, 2)


def test_what_older_processes_counted_is_removed_at_the_start(tmp_path: Path) -> None:
    folder = metrics.prepare(tmp_path)
    with counting(folder, 3):
        assert told(folder)["tannha_files_total"] == 3
    assert metrics.prepare(tmp_path) == folder
    assert list(folder.iterdir()) == []


def test_the_room_of_the_counters_is_on_the_disk(tmp_path: Path) -> None:
    """A full disk must not kill a worker that counts."""
    folder = metrics.prepare(tmp_path)
    with counting(folder, 1):
        files = [file.stat() for file in folder.iterdir()]
    assert len(files) == 3
    assert all(file.st_blocks * 512 >= file.st_size >= 1 << 20 for file in files)
