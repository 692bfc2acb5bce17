"""A demo whose processes can be killed one by one, and started again: parent, HTTP worker, job worker, PostgreSQL."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from backend.simulate.courier import VIETNAM
from tests.e2e.running_demo import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0
TANNHA = (sys.executable, "-c", "import sys; from backend.cli import main; sys.argv[0] = 'tannha'; sys.exit(main())")
QUEUED = re.compile(r"^tannha_jobs_queued(?:\{.*\})? 0(?:\.0)?$", re.MULTILINE)
KINDS = ("parent", "worker", "job worker", "database")


class Killable:
    """One installation of the demo. Only processes below its own parent are ever killed. `begins`: where its clock
    starts, in RFC 3339."""

    def __init__(self, place: Path, begins: str | None = None, **settings: str) -> None:
        self.data = place / "data"
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = place / "log"
        self.killed: dict[str, int] = dict.fromkeys(KINDS, 0)
        self.environment = {
            **os.environ,
            "TANNHA_DATA": str(self.data),
            "TANNHA_PORT": str(self.port),
            "TANNHA_WORKERS": "2",
            "TANNHA_DEMO_APPOINTMENTS": "0",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        self.environment.pop("DATABASE_URL", None)
        self._begins = {} if begins is None else {"TANNHA_NOW": begins}
        self.parent = self._started()

    def _started(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                [*TANNHA, "demo"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment | self._begins,
            )

    def ready(self) -> float:
        """Seconds until it can serve."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            if self._answers():
                return time.monotonic() - began
            assert self.parent.poll() is None, self._said()
            time.sleep(0.1)
        raise AssertionError(f"not ready: {self._said()}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/ready", timeout=2) as answer:  # noqa: S310  (our own address)
                return answer.status == 200
        except OSError:
            return False

    def drained(self, patience: float = 180) -> bool:
        """Waits until no job is queued any more. Whether that came about."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            with urllib.request.urlopen(f"{self.base}/metrics", timeout=10) as answer:  # noqa: S310
                told = answer.read().decode()
            if QUEUED.search(told) is not None:
                return True
            time.sleep(0.5)
        return False

    def _said(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]

    def morning(self) -> None:
        """The clock goes on to the next Monday, half past six in Việt Nam."""
        with urllib.request.urlopen(f"{self.base}/demo/clock", timeout=10) as answer:  # noqa: S310
            now = datetime.fromisoformat(json.load(answer)["now"]).astimezone(VIETNAM)
        monday = now.replace(hour=6, minute=30, second=0) + timedelta(days=7 - now.weekday())
        body = json.dumps({"now": monday.isoformat()}).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{self.base}/demo/clock", body, headers)  # noqa: S310
        urllib.request.urlopen(asked, timeout=30).close()  # noqa: S310

    def kill(self, kind: str) -> None:
        """With SIGKILL. A killed parent is started again, as whoever runs it would."""
        if kind == "parent":
            self.parent.kill()
            self.parent.wait()
            self.parent = self._started()
        elif (process := self._find(kind)) is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        else:
            return
        self.killed[kind] += 1

    def _find(self, kind: str) -> int | None:
        children = _children()
        own = children.get(self.parent.pid, [])
        if kind == "database":
            return next((process for process in own if "postgres" in _command(process)), None)
        if kind == "job worker":
            return next((process for process in own if "backend.job" in _command(process)), None)
        main = next((process for process in own if "backend.http_process" in _command(process)), None)
        workers = [process for process in children.get(main or 0, []) if "spawn_main" in _command(process)]
        return workers[0] if workers else None

    def simulate(self, *arguments: str) -> "subprocess.Popen[str]":
        """`tannha simulate` against it, as a process of its own."""
        return subprocess.Popen(  # noqa: S603
            [*TANNHA, "simulate", "--base", self.base, "--json", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )

    def verify(self) -> dict[str, Any]:
        """What `tannha verify` finds, from the database alone."""
        done = subprocess.run(  # noqa: S603
            [*TANNHA, "verify", "--json"], capture_output=True, text=True, env=self.environment, check=False
        )
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def stop(self) -> None:
        self.parent.terminate()
        try:
            self.parent.wait(60)
        except subprocess.TimeoutExpired:
            self.parent.kill()
            self.parent.wait()


@contextlib.contextmanager
def killable(begins: str | None = None, **settings: str) -> Generator[Killable]:
    place = Path(tempfile.mkdtemp(prefix="tannha-killable-"))
    place.chmod(0o711)  # as root the database runs under another account
    demo = Killable(place, begins, **settings)
    try:
        demo.ready()
        yield demo
    finally:
        demo.stop()
        shutil.rmtree(place)


def _children() -> dict[int, list[int]]:
    """Of every process, by /proc."""
    found: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            found.setdefault(parent, []).append(int(stat.parent.name))
    return found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
