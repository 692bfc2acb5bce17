"""No personal value reaches a log line, whatever it came in by; and one id leads from the phone to every line."""

import ast
import asyncio
import base64
import gc
import io
import json
import logging
import sys
import threading
import unicodedata
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import structlog
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from backend import logs, postgres
from backend.config import CannotRun
from backend.database import Transaction, connect
from backend.errors import Conflict
from backend.ids import uuid7
from backend.keys import KeyRing
from tests.builders import Field
from tests.builders_app import Caller, Running, calling, logged, run
from tests.builders_ground import Ground, furnish

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
BACKEND = Path(__file__).parents[2] / "backend"
PLANTED = ["Nguyễn Thị Huệ", "0912345678", "087199000123", "Ấp Mỹ Thạnh", "K7QWZ3XHB2TOKEN", "hue@example.vn"]
PUBLIC = {"public": True}


def canaries() -> list[str]:
    """Every planted value as it may be written: composed or not, without marks, percent-encoded, base64, escaped."""
    forms: set[str] = set()
    for value in PLANTED:
        apart = unicodedata.normalize("NFD", value)
        plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
        quoted = "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in value.encode())
        code = base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")
        forms |= {value, apart, plain, quoted, code, json.dumps(value)[1:-1], repr(value.encode())[2:-1]}
    return sorted(forms)


SENT = " ".join(PLANTED)
HEADERS = {b"X-Name": SENT.encode(), b"User-Agent": b"hue@example.vn", b"Cookie": b"t=K7QWZ3XHB2TOKEN"}


@get("/try/{token:str}/fault", opt=PUBLIC)
async def fault(token: FromPath[str]) -> None:
    owner = {"name": SENT}
    raise ExceptionGroup(SENT, [ValueError(token), KeyError(owner)]) from LookupError(SENT)


@get("/try/{token:str}/refused", opt=PUBLIC)
async def refused(token: FromPath[str]) -> None:
    raise Conflict(f"Hồ sơ của {SENT} {token}")


@post("/try/{token:str}/sql", opt=PUBLIC)
async def sql(token: FromPath[str], data: JSONBody[dict[str, str]], tx: NamedDependency[Transaction]) -> None:
    await tx.run("SELECT ($text || $more)::integer", text=data["name"], more=token)


@get("/try/{token:str}/broken", opt=PUBLIC)
async def broken(token: FromPath[str]) -> Stream:
    async def pieces() -> AsyncGenerator[str]:
        yield "begun"
        raise ValueError(token)

    return Stream(pieces())


@get("/try/{token:str}/forgotten", opt=PUBLIC)
async def forgotten(token: FromPath[str]) -> str:
    async def lost() -> None:
        raise ValueError(token)

    task = asyncio.create_task(lost())
    await asyncio.wait([task])
    del task
    gc.collect()
    return token


@get("/try/{token:str}/careless", opt=PUBLIC)
async def careless(token: FromPath[str]) -> str:
    structlog.get_logger().warning("careless", name=SENT, token=token, count=1)
    logging.getLogger("some.library").error("cannot parse %s", token)
    return token


ROUTES = [fault, refused, sql, broken, forgotten, careless]


@pytest.fixture(scope="module")
async def ground(server: postgres.Server, template: str, ring: KeyRing) -> Ground:
    return await furnish(server, template, ring)


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="module")
async def standing(ground: Ground, ring: KeyRing, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Running]:
    folder = tmp_path_factory.mktemp("house")
    async with ground.copied() as copy, run(copy.app, folder, ring=ring, routes=ROUTES) as running:
        yield running


@pytest.fixture
def house(standing: Running) -> Running:
    """It has logged nothing yet."""
    standing.log.seek(0)
    standing.log.truncate()
    return standing


def lines(house: Running) -> list[dict[str, Any]]:
    return [json.loads(line) for line in house.log.getvalue().splitlines()]


def assert_silent(text: str) -> None:
    assert text, "nothing was logged: a test of silence that is always green"
    assert [canary for canary in canaries() if canary.casefold() in text.casefold()] == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/t/{}", 404),
        ("GET", "/{}/{}", 404),
        ("POST", "/t/{}", 405),
        ("DELETE", "/health?q={}", 405),
        ("GET", "/api/courier/sync/day?since={}", 401),
        ("HEAD", "/api/courier/files/{}", 401),
        ("POST", "/api/courier/enrol", 400),
        ("GET", "/try/{}/fault", 500),
        ("GET", "/try/{}/refused", 409),
        ("POST", "/try/{}/sql", 500),
        ("GET", "/try/{}/forgotten", 200),
        ("GET", "/try/{}/careless", 200),
    ],
)
@pytest.mark.parametrize("planted", PLANTED)
async def test_nothing_planted_in_a_request_reaches_the_log(
    house: Running, method: str, path: str, status: int, planted: str
) -> None:
    answer = await house.http.request(method, path.format(planted, planted), headers=HEADERS, json={"name": SENT})
    assert answer.status_code == status, answer.text
    assert_silent(house.log.getvalue())
    assert [line["status"] for line in lines(house) if line["event"] == "request"] == [status]


async def test_an_answer_that_breaks_off_tells_where_but_not_what(house: Running) -> None:
    assert (await house.http.get("/try/K7QWZ3XHB2TOKEN/broken")).text == "begun"
    assert_silent(house.log.getvalue())
    assert [line["event"] for line in lines(house)] == ["broken_off", "request"]


@pytest.fixture
async def field(house: Running, ground: Ground) -> AsyncGenerator[Field]:
    assert house.settings.database_url is not None
    database = await connect(house.settings.database_url, role="tannha_service", size=1)
    async with database.transaction() as tx:
        yield ground.field(tx)
    await database.close()


async def test_acts_leave_kinds_and_ids_of_machines_in_the_log_and_no_person(house: Running, field: Field) -> None:
    caller: Caller = calling(house, field.phone)
    act = field.phone.make(
        uuid7(),
        "register",
        field.registration(channel="walk_in"),
        personal={"owner_name": PLANTED[0], "phone": PLANTED[1], "address": PLANTED[3]},
    )
    asked = "018F2B6A-0000-7000-8000-00000000BEEF"
    answer = await caller.ask(
        "POST",
        "/api/courier/sync/acts",
        headers={"X-Request-Id": asked},
        json={"acts": [{"envelope": "!", "signature": PLANTED[4]}]},
    )
    assert answer.status_code == 400
    answer = await caller.send(act)
    assert answer.status_code == 200, answer.text
    assert_silent(house.log.getvalue())
    told = [line for line in lines(house) if line["event"] == "request"]
    assert {line["device"] for line in told if "device" in line} == {str(field.phone.device)}
    assert {line["route"] for line in told} == {"/api/courier/sync/acts"}
    assert asked.lower() in {line["request_id"] for line in told}


async def test_the_id_of_the_phone_leads_to_every_line_and_to_the_problem(house: Running) -> None:
    asked = str(uuid7())
    answer = await house.http.get("/try/a/fault", headers={"X-Request-Id": asked.upper()})
    assert answer.headers["x-request-id"] == asked
    assert answer.json()["instance"] == f"urn:uuid:{asked}"
    assert {(line["event"], line["request_id"]) for line in lines(house)} == {("fault", asked), ("request", asked)}


@pytest.mark.parametrize("given", ["0912345678", "{01a2192a-4e87-7350-a788-fc87ff80f417}", "x" * 36, "9" * 400])
async def test_what_is_no_uuid_is_no_request_id(house: Running, given: str) -> None:
    answer = await house.http.get("/health", headers={"X-Request-Id": given})
    assert UUID(answer.headers["x-request-id"]).version == 7
    assert given not in house.log.getvalue()


async def test_an_empty_request_id_is_none(house: Running) -> None:
    answer = await house.http.get("/health", headers={"X-Request-Id": ""})
    assert UUID(answer.headers["x-request-id"]).version == 7


async def test_requests_at_the_same_time_keep_their_own_ids(house: Running) -> None:
    asked = [str(uuid7()) for _ in range(20)]
    await asyncio.gather(*(house.http.get("/try/a/fault", headers={"X-Request-Id": one}) for one in asked))
    for one in asked:
        assert [line["event"] for line in lines(house) if line["request_id"] == one] == ["fault", "request"]


def test_an_exception_is_told_by_class_state_and_place() -> None:
    error = asyncpg.UniqueViolationError(SENT)
    error.sqlstate, error.constraint_name, error.detail = "23505", "act_takes_effect_once", f"Key (phone)=({SENT})"
    with logged() as out:
        try:
            try:
                raise error
            except asyncpg.UniqueViolationError as cause:
                raise RuntimeError(SENT) from cause
        except RuntimeError as raised:
            structlog.get_logger().error("fault", exc_info=raised)
            logging.getLogger("tannha").exception("fault")
            logging.getLogger("asyncpg").exception("fault of %s", SENT)
    assert_silent(out.getvalue())
    for line in map(json.loads, out.getvalue().splitlines()):
        assert line["error"] == [
            "RuntimeError",
            "asyncpg.exceptions.UniqueViolationError 23505 act_takes_effect_once",
        ]
        assert line["places"][-1].startswith("tests/plumbing/test_logs.py:")


def test_what_nobody_caught_is_told_without_its_text() -> None:
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    try:
        with logged() as out:
            logs.say_uncaught()
            sys.excepthook(ValueError, ValueError(SENT), None)
            sys.excepthook(CannotRun, CannotRun("TANNHA_PORT: set another"), None)
            sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    assert_silent(out.getvalue())
    assert [json.loads(line)["event"] for line in out.getvalue().splitlines()] == [
        "uncaught",
        "TANNHA_PORT: set another",
    ]


def test_the_demo_writes_for_people() -> None:
    out = io.StringIO()
    with logged():
        logs.configure(readable=True, stream=out)
        structlog.get_logger().info("request", route="/health", name=SENT)
    assert_silent(out.getvalue())
    assert "route=/health" in out.getvalue()


def test_every_line_of_ours_names_known_fields_and_a_fixed_event() -> None:
    """So that a value is never built into a text: `log.info(f"...")`."""
    wrong: list[str] = []
    for path in BACKEND.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in LEVELS):
                continue
            if not (isinstance(call.func.value, ast.Name) and call.func.value.id in {"log", "logger"}):
                continue
            fixed = bool(call.args) and isinstance(call.args[0], ast.Constant)
            named = {word.arg for word in call.keywords if word.arg} - logs.FIELDS - {"exc_info"}
            if not fixed or named:
                wrong.append(f"{path.relative_to(BACKEND)}:{call.lineno} {sorted(named)}")
    assert wrong == []
