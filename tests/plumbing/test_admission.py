"""When there is more to do than can be done, acts go before reads, reads before pages, and the rest is told to wait."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar, Request, get, post
from litestar.di import NamedDependency, Provide

from backend import admission, database, problems
from backend.admission import TERMS, Admission, Gate, Kind, Terms, come_again, kind_of
from backend.database import Transaction, connect

JSON = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/health", Kind.DUTY),
        ("GET", "/ready", Kind.DUTY),
        ("GET", "/metrics", Kind.DUTY),
        ("POST", "/api/courier/sync/acts", Kind.ACT),
        ("POST", "/api/courier/refresh", Kind.ACT),
        ("POST", "/api/desk/acts", Kind.ACT),
        ("DELETE", "/api/anything", Kind.ACT),
        ("GET", "/api/courier/sync/day", Kind.READ),
        ("POST", "/api/courier/files", Kind.UPLOAD),
        ("PATCH", "/api/courier/files/0a", Kind.UPLOAD),
        ("HEAD", "/api/courier/files/0a", Kind.UPLOAD),
        ("GET", "/api/courier/filesystem", Kind.READ),
        ("GET", "/t/ABC", Kind.PAGE),
        ("GET", "/", Kind.PAGE),
        ("GET", "/healthy", Kind.PAGE),
    ],
)
def test_a_request_is_known_by_method_and_path(method: str, path: str, kind: Kind) -> None:
    assert kind_of(method, path) is kind


def test_pages_wait_first_then_reads_then_acts() -> None:
    gate = Gate(10)
    assert [gate.enter(Kind.PAGE) for _ in range(8)] == [True] * 6 + [False] * 2
    assert [gate.enter(Kind.READ) for _ in range(4)] == [True] * 2 + [False] * 2
    assert [gate.enter(Kind.ACT) for _ in range(4)] == [True] * 2 + [False] * 2
    gate.leave(Kind.PAGE)
    assert not gate.enter(Kind.PAGE)
    assert not gate.enter(Kind.READ)
    assert gate.enter(Kind.ACT)


def test_uploads_and_those_on_duty_are_counted_apart() -> None:
    gate = Gate(10)
    assert all(gate.enter(Kind.ACT) for _ in range(10))
    assert all(gate.enter(Kind.UPLOAD) for _ in range(10))
    assert not gate.enter(Kind.UPLOAD)
    assert gate.enter(Kind.DUTY)


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.booleans())), st.integers(1, 20))
def test_never_more_inside_than_the_bound_and_never_a_page_where_an_act_must_wait(
    steps: list[tuple[Kind, bool]], bound: int
) -> None:
    gate = Gate(bound)
    for kind, enters in steps:
        if not enters and gate.inside[kind]:
            gate.leave(kind)
        elif enters:
            gate.enter(kind)
        together = gate.inside[Kind.ACT] + gate.inside[Kind.READ] + gate.inside[Kind.PAGE]
        assert together <= bound
        assert gate.inside[Kind.UPLOAD] <= bound
        may = [_lets_in(gate, kind) for kind in (Kind.ACT, Kind.READ, Kind.PAGE)]
        assert may == sorted(may, reverse=True)


def _lets_in(gate: Gate, kind: Kind) -> bool:
    if let_in := gate.enter(kind):
        gate.leave(kind)
    return let_in


def test_those_refused_together_do_not_come_back_together() -> None:
    assert {come_again(Kind.ACT) for _ in range(400)} == {1, 2, 3, 4}
    assert {come_again(Kind.PAGE) for _ in range(800)} == set(range(2, 11))


class Door:
    """An application whose requests stay inside until they are let go."""

    def __init__(self, bound: int, *, pause: float = 30, pool: database.Database | None = None) -> None:
        self.open = asyncio.Event()
        self.done = 0
        self.cancelled = 0

        async def tx() -> AsyncGenerator[Transaction]:
            assert pool is not None
            async with pool.transaction() as opened:
                yield opened

        async def wait() -> None:
            try:
                await self.open.wait()
                await asyncio.sleep(0.002)
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
            self.done += 1

        @post("/api/act")
        async def act() -> None:
            await wait()

        @get(["/api/read", "/page"])
        async def read() -> None:
            await wait()

        @post("/api/courier/files")
        async def upload(request: Request[Any, Any, Any]) -> int:
            return sum([len(piece) async for piece in request.stream()])

        @post("/api/slow", dependencies={"tx": Provide(tx)})
        async def slow(tx: NamedDependency[Transaction]) -> None:
            await tx.run("INSERT INTO followers VALUES ('x', '1', gen_random_uuid(), now())")
            await tx.value("SELECT pg_sleep(20)")

        app = Litestar(
            [act, read, upload, slow],
            exception_handlers=problems.HANDLERS,
            logging_config=None,
            openapi_config=None,
        )
        self.admission = Admission(app.asgi_handler, bound, pause=pause)
        app.asgi_handler = self.admission
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://tannha.test"
        )

    @asynccontextmanager
    async def occupied(self, *requests: tuple[str, str]) -> AsyncGenerator[list[asyncio.Task[httpx.Response]]]:
        """While these are inside."""
        inside = self.admission.gate.inside
        wanted = sum(inside.values()) + len(requests)
        tasks = [asyncio.create_task(self.http.request(*one)) for one in requests]
        while sum(inside.values()) < wanted:
            await asyncio.sleep(0)
        yield tasks
        self.open.set()
        assert [(await task).status_code // 100 for task in tasks] == [2] * len(tasks)


ACT, READ, PAGE = ("POST", "/api/act"), ("GET", "/api/read"), ("GET", "/page")


async def test_beyond_the_bound_the_answer_is_busy_and_when_to_come_again() -> None:
    door = Door(4)
    async with door.occupied(ACT, ACT, ACT, ACT):
        refused = await door.http.request(*ACT)
    assert (refused.status_code, refused.headers["content-type"]) == (503, JSON)
    assert 1 <= int(refused.headers["retry-after"]) <= 4
    assert refused.json() == {
        "type": "urn:tannha:problem:busy",
        "title": "Máy chủ đang bận.",
        "status": 503,
        "detail": "Trung tâm đang bận. Máy sẽ tự gửi lại sau ít giây. Không mất dữ liệu.",
    }
    assert (await door.http.request(*ACT)).status_code == 201


async def test_a_browser_is_told_in_a_page() -> None:
    door = Door(2)
    async with door.occupied(ACT, ACT):
        refused = await door.http.get("/page", headers={"Accept": "text/html,application/xhtml+xml"})
    assert refused.status_code == 503
    assert refused.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Máy chủ đang bận.</h1>" in refused.text


async def test_acts_are_let_in_where_reads_and_pages_wait() -> None:
    door = Door(10)
    async with door.occupied(*[PAGE] * 6):
        assert (await door.http.request(*PAGE)).status_code == 503
        async with door.occupied(*[READ] * 2, *[ACT] * 2):
            assert (await door.http.request(*READ)).status_code == 503
            assert (await door.http.request(*ACT)).status_code == 503


async def test_a_request_that_takes_too_long_is_ended_and_its_place_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TERMS, Kind.READ, Terms(0.8, 0.05))
    door = Door(4)
    late = await door.http.request(*READ)
    assert (late.status_code, late.json()["type"]) == (503, "urn:tannha:problem:busy")
    assert (door.cancelled, sum(door.admission.gate.inside.values())) == (1, 0)


async def test_what_a_late_request_did_is_undone_and_its_connection_is_free(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setitem(TERMS, Kind.ACT, Terms(1.0, 0.2))
    pool = await connect(database_url, role="tannha_service", size=1)
    door = Door(4, pool=pool)
    assert (await door.http.post("/api/slow")).status_code == 503
    async with pool.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM followers") == 0
    await pool.close()


async def test_who_finds_no_free_connection_in_time_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    pool = await connect(database_url, role="tannha_service", size=1)
    door = Door(4, pool=pool)
    async with pool.transaction():
        refused = await door.http.post("/api/slow")
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:tannha:problem:busy")
    assert 1 <= int(refused.headers["retry-after"]) <= 4
    await pool.close()


async def test_an_upload_may_take_long_but_not_pause_long(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(4, pause=0.2)

    async def slowly(pause: float) -> AsyncGenerator[bytes]:
        for _ in range(4):
            await asyncio.sleep(pause)
            yield b"x" * 100

    assert (await door.http.post("/api/courier/files", content=slowly(0.1))).text == "400"
    given_up = await door.http.post("/api/courier/files", content=slowly(0.4))
    assert (given_up.status_code, given_up.json()["type"]) == (408, "urn:tannha:problem:sent-too-slowly")
    assert sum(door.admission.gate.inside.values()) == 0


async def test_an_answer_that_had_begun_is_broken_off_not_turned_into_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TERMS, Kind.PAGE, Terms(0.6, 0.05))
    sent: list[Any] = []

    async def half(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(5)

    async def keep(message: Any) -> None:
        sent.append(message["type"])

    scope: Any = {"type": "http", "method": "GET", "path": "/", "headers": [], "state": {}}
    with pytest.raises(admission.BrokenOff):
        await Admission(half, 4)(scope, keep, keep)
    assert sent == ["http.response.start"]


async def test_under_twice_the_load_nothing_let_in_is_lost() -> None:
    """Whoever is refused comes again; all acts are done once, none waits inside beyond the bound."""
    door = Door(8)
    door.open.set()
    most, tries = 0, list[int]()

    async def until_done() -> None:
        nonlocal most
        tries.append(0)
        mine, answer = len(tries) - 1, httpx.Response(503, headers={"Retry-After": "0"})
        while answer.status_code == 503:
            await asyncio.sleep(0.001 * int(answer.headers["retry-after"]))
            tries[mine] += 1
            answer = await door.http.request(*ACT)
            most = max(most, sum(door.admission.gate.inside.values()))

    await asyncio.gather(*(until_done() for _ in range(200)))
    assert door.done == 200
    assert most <= 8
    assert max(tries) > 1
