"""A real server for uploads, and a store of its own."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import pytest

from backend import database, migrate, postgres
from backend.blobs import BlobStore
from backend.database import Database

ROOT = Path(__file__).parents[2]


@dataclass
class Receiving:
    """A running server."""

    url: str
    files: Path
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """As a power cut would: the worker, then who started it."""
        os.killpg(self.process.pid, 9)
        self.process.wait()


StartReceiving = Callable[..., Receiving]


@pytest.fixture
def start_receiving(database_url: str, tmp_path: Path) -> Generator[StartReceiving]:
    """Call it for a server on this test's database and folder; all are ended after the test."""
    with ExitStack() as ending:

        def start(workers: int = 1) -> Receiving:
            server = _start(database_url, tmp_path / "files", workers)
            ending.callback(_end, server)
            return server

        yield start


@pytest.fixture(scope="session")
async def receiving_server(
    server: postgres.Server, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Receiving]:
    """One server, on a database of its own, for all tests that only send."""
    name = "tannha_receiving"
    connection = await asyncpg.connect(server.dsn("postgres"))
    await connection.execute(f"CREATE DATABASE {name} OWNER tannha_owner TEMPLATE {template}")
    await migrate.open_to_app(connection, name)
    await connection.close()
    receiving = _start(server.dsn(name, "tannha_app"), tmp_path_factory.mktemp("receiving") / "files", 1)
    yield receiving
    _end(receiving)


def _start(dsn: str, files: Path, workers: int) -> Receiving:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603
        [
            sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--host", "127.0.0.1",
            "--port", str(port), "--workers", str(workers), "--workers-kill-timeout", "2", "--no-ws",
            "--log-level", "warning",
            "tests.documents.receiving_server:create",
        ],
        cwd=ROOT, start_new_session=True, env={**os.environ, "DATABASE_URL": dsn, "TANNHA_FILES": str(files)},
    )  # fmt: skip
    server = Receiving(f"http://127.0.0.1:{port}", files, process)
    try:
        _wait_for(server.url)
    except BaseException:
        server.kill()
        raise
    return server


def _end(server: Receiving) -> None:
    if server.process.poll() is None:
        server.process.terminate()
        try:
            server.process.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            httpx.options(f"{url}/api/courier/files")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(url)


@pytest.fixture
def store(tmp_path: Path) -> Generator[BlobStore]:
    kept = BlobStore(tmp_path / "files", threads=4)
    yield kept
    kept.close()


@pytest.fixture
async def service(database_url: str) -> AsyncGenerator[Database]:
    """A pool under the role of sync and jobs, on a database of this test's own."""
    connected = await database.connect(database_url, role="tannha_service", size=6)
    yield connected
    await asyncio.wait_for(connected.close(), 5)
