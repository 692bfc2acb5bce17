"""One `tannha demo` for all browser tests: its own folder, a free port, nothing left behind."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders_served import free_port

PREFIX = "tannha-test-demo-"
"""What a killed run left behind is removed by the next one: see `remove_leftovers` in tests/conftest.py."""

WEEKDAY = "2026-12-01"
"""A Tuesday. Nothing a browser test sees hangs on the day or the hour at which it runs: no weekend, no midnight."""
MORNING = f"{WEEKDAY}T06:25:00+07:00"

_PATIENCE = 120.0

# Killed with the tests, it must not live on; a signal it can answer lets it stop its children.
_DEMO = """
import os, signal, sys
from backend import processes
processes.die_with_parent(signal.SIGTERM, int(sys.argv.pop(1)))
from backend.cli import main
sys.argv[0] = "tannha"
sys.exit(main())
"""


@dataclass(frozen=True)
class Demo:
    """`url`: where it answers. `data`: its folder. `cast`: what `demo.json` says of people, codes, tokens, labels.

    `kill`: every process of it at once, as when the power goes. `again`: starts it with the same data, where it was.
    """

    url: str
    data: Path
    cast: dict[str, Any]
    kill: Callable[[], None]
    again: Callable[[], None]


@contextlib.contextmanager
def running_demo(**settings: str) -> Generator[Demo]:
    """`settings`: further ones for its environment, such as TANNHA_NOW."""
    place = Path(tempfile.mkdtemp(prefix=PREFIX))
    place.chmod(0o711)  # as root the database runs under another account
    data, said = place / "data", place / "said"
    environment = {**os.environ, "TANNHA_DATA": str(data), "TANNHA_PORT": str(free_port()), "TANNHA_WORKERS": "1"}
    environment["TANNHA_DEMO_APPOINTMENTS"] = "0"
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", _DEMO, str(os.getpid()), "demo"]
    running = _Running(command, said, environment | settings)
    try:
        url = running.start()
        yield Demo(url, data, json.loads((data / "demo.json").read_text()), running.kill, lambda: _same(running, url))
    finally:
        running.stop()
        shutil.rmtree(place)


def _same(running: "_Running", url: str) -> None:
    assert running.start() == url


class _Running:
    """The process of a demo, and its children."""

    def __init__(self, command: list[str], said: Path, environment: dict[str, str]) -> None:
        self._command, self._said, self._environment = command, said, environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Where it answers."""
        with self._said.open("wb") as out:
            self._process = subprocess.Popen(  # noqa: S603
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
            )
        return _ready(self._process, self._said)

    def kill(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            _stop(self._process)


def _ready(process: "subprocess.Popen[bytes]", said: Path) -> str:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        for line in said.read_text(errors="replace").splitlines():
            if line.startswith("READY "):
                return line.removeprefix("READY ").strip()
        time.sleep(0.1)
    state = "still starting" if process.poll() is None else f"ended with {process.returncode}"
    raise AssertionError(f"the demo is not ready ({state}):\n{said.read_text(errors='replace')[-4000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
