"""The line to the centre: answers that get lost, servers that go away and ask for patience."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import httpx
import pytest

from backend.simulate.cast import Clerk
from backend.simulate.desk import Desk
from backend.simulate.faults import Faults
from backend.simulate.journal import Journal
from backend.simulate.line import CentreSilent, Line, NotHeard, Patience, ServerFault, Weather
from backend.simulate.naming import dice

CALM = Faults()
Answering = Callable[[int], Awaitable[bytes]]
"""Given the number of the request, what goes back, head and body."""


def an_answer(status: int = 200, body: str = "{}", **headers: str) -> bytes:
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n{head}\r\n{body}".encode()


@asynccontextmanager
async def a_server(answering: Answering, port: int = 0) -> AsyncGenerator[tuple[str, list[int]]]:
    """Counts the requests it has read whole."""
    seen: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                seen.append(len(seen))
                writer.write(await answering(seen[-1]))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen
    finally:
        server.close()


@asynccontextmanager
async def a_line(base: str, patience: float = 5) -> AsyncGenerator[Line]:
    line = Line(base, patience=patience, chance=dice(1))
    try:
        yield line
    finally:
        await line.close()


def a_desk(line: Line, journal: Journal) -> Desk:
    clerk = Clerk(name="Út", person=UUID(int=1), account="ut", password="p", roles=[])  # noqa: S106
    return Desk(clerk, line, journal, weather())


def weather(faults: Faults = CALM) -> Weather:
    return Weather(faults, dice(2), 100)


async def good(_: int) -> bytes:
    return an_answer(body='{"a":1}')


async def test_a_swallowed_answer_was_carried_out_and_is_asked_for_again() -> None:
    async with a_server(good) as (base, seen), a_line(base) as line:
        answer = await line.ask(lambda: line.http.build_request("GET", "/"), weather(Faults(swallowed=0.7)))
    assert answer.json() == {"a": 1}
    assert len(seen) == line.tally["swallowed"] + 1 > 1


async def test_calm_weather_swallows_nothing() -> None:
    async with a_server(good) as (base, seen), a_line(base) as line:
        stormy = weather(Faults(swallowed=0.8, cut=0.1, doubled=0.1))
        stormy.calm = True
        for _ in range(20):
            await line.try_once(lambda: line.http.build_request("GET", "/"), stormy)
    assert len(seen) == 20


async def test_a_request_may_arrive_twice_at_once() -> None:
    async with a_server(good) as (base, seen), a_line(base) as line:
        await line.ask(lambda: line.http.build_request("GET", "/"), weather(Faults(doubled=1.0)))
    assert (len(seen), line.tally["doubled"]) == (2, 1)


async def test_a_server_that_is_away_is_waited_for() -> None:
    async with a_server(good) as (base, _):
        pass
    async with a_line(base) as line:
        asking = asyncio.create_task(line.ask(lambda: line.http.build_request("GET", "/"), weather()))
        await asyncio.sleep(0.2)
        async with a_server(good, int(base.rpartition(":")[2])):
            assert (await asking).status_code == 200
    assert line.tally["no connection"] >= 1


async def test_patience_ends() -> None:
    async with a_server(good) as (base, _):
        pass
    async with a_line(base, patience=0.3) as line:
        with pytest.raises(CentreSilent):
            await line.ask(lambda: line.http.build_request("GET", "/"), weather())


async def test_retry_after_is_honoured() -> None:
    async def busy(number: int) -> bytes:
        return an_answer(503, Retry_After="1") if number == 0 else an_answer()

    loop = asyncio.get_running_loop()
    async with a_server(busy) as (base, _), a_line(base) as line:
        began = loop.time()
        await line.ask(lambda: line.http.build_request("GET", "/"), weather())
    assert loop.time() - began >= 1
    assert line.tally["asked to wait"] == 1


async def test_a_fault_of_the_server_is_told_and_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.simulate.line.FAULTS_BORNE_SECONDS", 0)

    async def broken(_: int) -> bytes:
        return an_answer(500)

    async with a_server(broken) as (base, seen), a_line(base, patience=60) as line:
        with pytest.raises(ServerFault, match="500 GET /here"):
            await line.ask(lambda: line.http.build_request("GET", "/here"), weather())
    assert len(seen) == line.tally["server faults"] == 8


async def test_a_wait_grows_at_random_up_to_a_limit() -> None:
    patience = Patience(60, dice(3))
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(3):
        await patience.wait(NotHeard("x"))
    assert loop.time() - began <= 0.1 + 0.2 + 0.4 + 0.3


async def test_no_desk_gets_anothers_cookie() -> None:
    async def baking(_: int) -> bytes:
        return an_answer(Set_Cookie="tannha=secret; Path=/")

    async with a_server(baking) as (base, _), a_line(base) as line:
        await line.ask(lambda: line.http.build_request("GET", "/"), weather())
        request: httpx.Request = line.http.build_request("GET", "/")
    assert "Cookie" not in request.headers


async def test_a_clerk_whose_session_has_ended_signs_in_anew_for_a_page_too(journal: Journal) -> None:
    """The first page asked for after a night leads to the page where one signs in."""
    signed_in = an_answer(body='{"form_token":"t"}', Set_Cookie="session=1; HttpOnly")
    answers = (signed_in, an_answer(303, Location="/desk/sign-in"), signed_in, an_answer(body="<h1>Closing</h1>"))

    async def in_turn(number: int) -> bytes:
        return answers[number]

    async with a_server(in_turn) as (base, seen), a_line(base) as line:
        assert await a_desk(line, journal).page("/desk/shifts") == "<h1>Closing</h1>"
    assert len(seen) == len(answers)
