"""Whatever goes wrong is answered as a problem (RFC 9457), and nothing that was not kept is answered as kept."""

import asyncio
import gc
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import msgspec
import pytest
from litestar import get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody

from backend import postgres
from backend.database import Transaction
from backend.errors import NotAllowed, NotSignedIn
from backend.keys import KeyRing
from tests.builders_app import Running, run
from tests.builders_ground import furnish

PUBLIC = {"public": True}


class Note(msgspec.Struct, forbid_unknown_fields=True):
    text: str


@post("/try/note", opt=PUBLIC)
async def note(data: JSONBody[Note], tx: NamedDependency[Transaction]) -> dict[str, Any]:
    return {"text": await tx.value("SELECT $text::text", text=data.text)}


@get("/try/query", opt=PUBLIC)
async def query(tx: NamedDependency[Transaction], text: FromQuery[str]) -> dict[str, Any]:
    return {"text": await tx.value("SELECT $text::text", text=text)}


@post("/try/promise", opt=PUBLIC)
async def promise(tx: NamedDependency[Transaction]) -> dict[str, bool]:
    """Breaks a rule that is looked at when it commits."""
    await tx.run("INSERT INTO promises (id) VALUES (1), (1)")
    return {"kept": True}


@post("/try/keep", opt=PUBLIC)
async def keep(tx: NamedDependency[Transaction]) -> dict[str, bool]:
    await tx.run("INSERT INTO promises (id) VALUES (2)")
    return {"kept": True}


async def refused(tx: NamedDependency[Transaction]) -> int:
    await tx.value("SELECT 1")
    why = NotSignedIn("Đăng nhập lại.")
    raise why  # held by its own traceback: only a collector would let go of it, and of the transaction


@get("/try/refused", dependencies={"refused": Provide(refused)}, opt=PUBLIC)
async def behind_a_refusal(refused: NamedDependency[int]) -> int:
    return refused


@get("/try/slow", opt=PUBLIC)
async def slow(tx: NamedDependency[Transaction]) -> None:
    await tx.run("SELECT pg_sleep(20)")


@get("/try/fault", opt=PUBLIC)
async def fault() -> None:
    raise ValueError("Nguyễn Thị Huệ")


async def nobody(_connection: Any, _handler: Any) -> None:
    raise NotAllowed("Việc này không dành cho ai.")


async def broken(_connection: Any, _handler: Any) -> None:
    raise KeyError("Nguyễn Thị Huệ")


@get("/try/guarded", guards=[nobody])
async def guarded() -> None: ...


@get("/try/broken-guard", guards=[broken])
async def behind_a_broken_guard() -> None: ...


ROUTES = [note, query, promise, keep, behind_a_refusal, slow, fault, guarded, behind_a_broken_guard]


@pytest.fixture(scope="module")
async def house(
    server: postgres.Server, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Running]:
    folder = tmp_path_factory.mktemp("house")
    ground = await furnish(server, template, KeyRing.make(folder / "keys"))
    owner = await asyncpg.connect(server.dsn(ground.name, "tannha_owner"))
    await owner.execute(
        "CREATE TABLE promises (id integer, UNIQUE (id) DEFERRABLE INITIALLY DEFERRED);"
        "GRANT SELECT, INSERT ON promises TO tannha_service"
    )
    await owner.close()
    async with run(server.dsn(ground.name, "tannha_app"), folder, routes=ROUTES, pool=2) as running:
        yield running


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """The problem, if it is one as it should be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert (told["type"], told["status"]) == (f"urn:tannha:problem:{slug}", status)
    assert told["instance"] == f"urn:uuid:{UUID(answer.headers['x-request-id'])}"
    assert "Huệ" not in answer.text
    return told


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/no/such/path", 404, "not-found"),
        ("GET", "/t/ABCDEF/more", 404, "not-found"),
        ("DELETE", "/health", 405, "method-not-allowed"),
        ("GET", "/try/guarded", 403, "not-allowed"),
        ("GET", "/try/broken-guard", 500, "internal"),
        ("GET", "/try/fault", 500, "internal"),
        ("GET", "/try/query", 400, "bad-request"),
        ("GET", "/api/courier/sync/day", 401, "access-missing"),
    ],
)
async def test_every_refusal_and_every_fault_is_a_problem(
    house: Running, method: str, path: str, status: int, slug: str
) -> None:
    problem(await house.http.request(method, path), status, slug)


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        (b"", 400, "bad-request"),
        (b"{", 400, "bad-request"),
        (b"\xff\xfe", 400, "bad-request"),
        (b"null", 400, "bad-request"),
        (b'{"text": 3}', 400, "bad-request"),
        (b"[" * 100_000, 400, "bad-request"),
        (b'{"text":' * 100_000, 400, "bad-request"),
        (rb'{"text": "\ud800"}', 400, "bad-request"),
        (rb'{"text": "a\u0000b"}', 400, "bad-request"),
        (b'{"text": "a\x00b"}', 400, "bad-request"),
        (b'{"text": "' + b"a" * 10_000_000 + b'"}', 413, "too-large"),
    ],
    ids=["none", "cut", "no-utf8", "null", "number", "deep-list", "deep-object", "half", "nul", "raw-nul", "10-mb"],
)
async def test_hostile_bodies_are_refused_cleanly(house: Running, body: bytes, status: int, slug: str) -> None:
    headers = {"Content-Type": "application/json"}
    problem(await house.http.post("/try/note", content=body, headers=headers), status, slug)
    problem(await house.http.post("/api/courier/enrol", content=body, headers=headers), status, slug)


@pytest.mark.parametrize(
    ("sent", "pointer", "said"),
    [
        ({"text": 1}, "/text", "Expected `str`, got `int`"),
        ({}, "", "Object missing required field `text`"),
        ({"text": "a", "more": 1}, "", "Object contains unknown field `more`"),
        ([], "", "Expected `object`, got `array`"),
    ],
)
async def test_a_body_that_does_not_fit_is_told_where(house: Running, sent: Any, pointer: str, said: str) -> None:
    """The whole body is the empty pointer (RFC 6901)."""
    answer = await house.http.post("/try/note", json=sent)
    problem(answer, 400, "bad-request")
    assert answer.json()["errors"] == [{"pointer": pointer, "detail": said}]


async def test_of_two_keys_of_one_name_the_last_counts(house: Running) -> None:
    answer = await house.http.post(
        "/try/note", content=b'{"text": "a", "text": "b"}', headers={"Content-Type": "application/json"}
    )
    assert answer.json() == {"text": "b"}


async def test_a_nul_in_the_query_is_refused_and_half_a_character_is_replaced(house: Running) -> None:
    problem(await house.http.get("/try/query?text=a%00b"), 400, "bad-request")
    half = await house.http.get("/try/query?text=%ed%a0%80")
    assert (half.status_code, half.json()) == (200, {"text": "\ufffd" * 3})


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_json_must_be_called_json(house: Running, media_type: str) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    problem(await house.http.post("/try/note", content=b'{"text": "a"}', headers=headers), 415, "not-json")


async def test_what_does_not_commit_is_never_answered_as_done(house: Running) -> None:
    problem(await house.http.post("/try/promise"), 500, "internal")
    async with house.application.state["entrance"].service.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM promises") == 0


async def test_what_is_answered_as_done_is_committed_before_the_first_byte(house: Running) -> None:
    seen: list[int] = []

    async def count(message: Any, _scope: Any) -> None:
        if message["type"] == "http.response.start":
            async with house.application.state["entrance"].service.transaction() as tx:
                seen.append(await tx.value("SELECT count(*) FROM promises"))

    house.application.before_send.append(count)
    assert (await house.http.post("/try/keep")).json() == {"kept": True}
    house.application.before_send.remove(count)
    assert seen == [1]


async def test_a_request_refused_on_its_way_in_gives_its_connection_back(house: Running) -> None:
    """And at once, not when somebody sweeps: there are two connections here."""
    gc.disable()
    try:
        for _ in range(6):
            problem(await house.http.get("/try/refused"), 401, "not-signed-in")
        assert (await house.http.get("/try/query?text=a")).json() == {"text": "a"}
    finally:
        gc.enable()


async def test_a_database_that_ends_the_connection_is_told_as_busy(house: Running, server: postgres.Server) -> None:
    """As when PostgreSQL is stopped, or recovers from a crash."""
    asking = asyncio.create_task(house.http.get("/try/slow"))
    other = await asyncpg.connect(server.dsn("postgres"))
    end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(20)'"
    while not await other.fetchval(end):
        await asyncio.sleep(0.02)
    await other.close()
    problem(await asking, 503, "busy")
    assert (await house.http.get("/try/query?text=a")).json() == {"text": "a"}


async def test_a_database_that_is_gone_is_told_as_busy(house: Running) -> None:
    await house.application.state["entrance"].requests.pool.close()
    told = problem(await house.http.get("/try/query?text=a"), 503, "busy")
    assert told["detail"].endswith("Không mất dữ liệu.")
