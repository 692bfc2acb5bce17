"""The real application on a database of its own, called as phones call it."""

import asyncio
import io
import logging
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec
import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from litestar import Litestar

from backend import app, config, logs
from backend.clock import Clock
from backend.config import Settings
from backend.keys import KeyRing, Purpose
from backend.staff.tokens import make_access
from backend.sync.reading import Command
from tests.builders import Phone
from tests.builders_dpop import base64url, make_proof, thumbprint

BASE = "http://tannha.test"
NINE_THIRTY = "2026-11-25T09:30:00+07:00"
"""Two hours after the morning of the builders."""


@dataclass
class Running:
    """An application at work. `http` calls it from this very machine; `log` is what it wrote."""

    application: Litestar
    http: httpx.AsyncClient
    log: io.StringIO
    ring: KeyRing
    clock: Clock
    settings: Settings


@dataclass
class Caller:
    """A phone signed in. It takes the nonce it is given, and asks again when it needs a new one."""

    running: Running
    key: ec.EllipticCurvePrivateKey
    token: str
    nonce: str | None = None

    async def ask(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        answer = httpx.Response(0)
        for _ in range(2):
            address = BASE + path.partition("?")[0]
            proof = make_proof(
                self.key, method, address, at=self.running.clock(), nonce=self.nonce, access_token=self.token
            )
            proven = {"Authorization": f"DPoP {self.token}", "DPoP": proof} | (headers or {})
            answer = await self.running.http.request(method, path, headers=proven, **more)
            self.nonce = answer.headers.get("DPoP-Nonce", self.nonce)
            if answer.status_code != 401:
                break
        return answer

    async def send(self, *commands: Command) -> httpx.Response:
        return await self.ask("POST", "/api/courier/sync/acts", json={"acts": [wire(one) for one in commands]})


def wire(command: Command) -> dict[str, str | None]:
    """An act as it is sent."""
    return {
        "envelope": base64url(command.data),
        "signature": base64url(command.signature or b""),
        "personal": base64url(command.personal) if command.personal is not None else None,
    }


def calling(running: Running, phone: Phone) -> Caller:
    """The phone, as if it had signed in a moment ago."""
    token = make_access(
        running.ring,
        session=phone.session,
        device=phone.device,
        person=phone.person,
        thumbprint=thumbprint(phone.key),
        at=running.clock(),
    )
    return Caller(running, phone.key, token)


@contextmanager
def logged() -> Generator[io.StringIO]:
    """What is logged meanwhile, as `serve` writes it."""
    out, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:]
    logs.configure(readable=False, stream=out)
    yield out
    structlog.reset_defaults()
    root.handlers = before


@asynccontextmanager
async def _alive(application: Litestar) -> AsyncGenerator[None]:
    """Its life in a task of its own: a fixture begins and ends in two."""
    begun, end = asyncio.get_running_loop().create_future(), asyncio.Event()

    async def live() -> None:
        async with application.lifespan():
            begun.set_result(None)
            await end.wait()

    life = asyncio.create_task(live())
    await asyncio.wait({life, begun}, return_when=asyncio.FIRST_COMPLETED)
    try:
        if begun.done():
            yield
    finally:
        end.set()
        await life


@asynccontextmanager
async def run(
    database_url: str, folder: Path, *, ring: KeyRing | None = None, routes: Sequence[Any] = (), **changes: Any
) -> AsyncGenerator[Running]:
    """`folder`: for files, and for keys unless a ring is given. `routes`: more of them. `changes`: of the settings."""
    ring = ring or KeyRing.make(folder / "keys")
    environment = {"TANNHA_DEMO": "true", "TANNHA_NOW": NINE_THIRTY, "TANNHA_DATA": str(folder)}
    known = {"database_url": database_url, "keys": ring.file(Purpose.SIGN).parent} | changes
    settings = msgspec.structs.replace(config.read(environment), **known)
    application = app.create(settings)
    for route in routes:
        application.register(route)
    transport = httpx.ASGITransport(app=application, raise_app_exceptions=False)
    with logged() as log:
        async with _alive(application), httpx.AsyncClient(transport=transport, base_url=BASE) as http:
            yield Running(application, http, log, ring, application.state["entrance"].clock, settings)
