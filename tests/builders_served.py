"""The real application behind the real HTTP server, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from backend.keys import KeyRing, Purpose
from tests.builders_app import NINE_THIRTY

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(database_url: str, folder: Path, ring: KeyRing, **settings: str) -> Generator[str]:
    """Its address. The clock stands at 9 giờ 30 of the builders' day when it starts; what it logs goes to `log`."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "TANNHA_DATA": str(folder),
        "TANNHA_KEYS": str(ring.file(Purpose.SIGN).parent),
        "TANNHA_PORT": str(port),
        "TANNHA_WORKERS": "1",
        "TANNHA_DEMO": "true",
        "TANNHA_NOW": NINE_THIRTY,
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    command = [sys.executable, "-m", "backend.http_process", "backend.app:create", str(os.getpid())]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  (our own address)
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise RuntimeError("the application did not come up; its log says why")
