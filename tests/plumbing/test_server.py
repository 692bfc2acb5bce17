"""The parent keeps its children running, stops them in order, and leaves nothing behind when it is killed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.builders_served import free_port

ROOT = Path(__file__).parents[2]
RUN = """
import signal, sys
from backend import config, processes
from backend.server import Parent
processes.die_with_parent(signal.SIGTERM, int(sys.argv[1]))  # with a killed test run
app = "tests.plumbing.tiny_app"
parent = Parent(config.read(), application=f"{app}:create", work=f"{app}:work")
sys.exit(parent.run(lambda line: print(line, flush=True)))
"""

LOADING = """
import os, pathlib, subprocess, sys
data = pathlib.Path(os.environ["TANNHA_DATA"])
with (data / "tries").open("a+") as tries:
    tries.write("x")
if (data / "tries").read_text() == "x":
    postmaster = (data / "postgres/postmaster.pid").read_text().split()[0]
    subprocess.Popen(["/bin/sh", "-c", "sleep 1; kill -9 " + postmaster])
    sys.exit(1)
"""
"""In the place of the sample data: kills the database the first time, which takes longer than to notice it."""


class Running:
    """One parent with its folder, its port and what it said."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.log = folder / "log"
        self.process = self.start()

    def start(self, run: str = RUN, **settings: str) -> "subprocess.Popen[str]":
        environment = {
            **os.environ,
            "TANNHA_DATA": str(self.folder / "data"),
            "TANNHA_PORT": str(self.port),
            "TANNHA_WORKERS": "2",
            "TANNHA_DEMO": "",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            **settings,
        }
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", run, str(os.getpid())],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=environment,
            )

    def ready(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return json.load(answer)

    def soon(self, path: str, wanted: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first answer to our liking. The old workers may still answer once, so it is asked again and again."""
        return soon(lambda: self.get(path), wanted)

    def postmaster(self) -> int:
        return int((self.folder / "data/postgres/postmaster.pid").read_text().split()[0])

    def job_worker(self) -> int:
        return int((self.folder / "data/ticks").read_text())

    def family(self) -> set[int]:
        """All processes below the parent."""
        answer = self.get("/process")
        return {answer["worker"], answer["granian"], self.postmaster(), self.job_worker()}

    def kill(self) -> None:
        with self.process:
            self.process.kill()

    def stop(self) -> None:
        with self.process:
            self.process.terminate()


def soon(ask: Callable[[], Any], wanted: Callable[[Any], bool] = lambda _: True, patience: float = 30) -> Any:
    deadline = time.monotonic() + patience
    while True:
        with contextlib.suppress(OSError, ValueError, IndexError):
            if wanted(answer := ask()):
                return answer
        assert time.monotonic() < deadline, "it did not come back in time"
        time.sleep(0.05)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def running(shared_room: Path) -> Generator[Running]:
    """On one installation for all: made by the first start, gone on with by the others."""
    parent = Running(shared_room, free_port())
    yield parent
    parent.stop()


def test_ready_is_said_once_when_health_answers(running: Running) -> None:
    assert running.ready() == f"READY http://127.0.0.1:{running.port}\n"
    assert running.get("/health") == {}
    assert running.get("/database") == "tannha_service"
    assert running.process.stdout is not None
    running.process.send_signal(signal.SIGINT)
    assert running.process.stdout.read() == ""
    assert running.process.wait(20) == 0


def test_whatever_is_killed_comes_back_within_seconds(running: Running) -> None:
    running.ready()
    soon(running.job_worker)
    before = running.get("/process")

    os.kill(before["worker"], signal.SIGKILL)
    workers: set[int] = set()
    running.soon("/process", lambda now: workers.add(now["worker"]) or len(workers - {before["worker"]}) == 2)

    os.kill(before["granian"], signal.SIGKILL)
    running.soon("/process", lambda now: now["granian"] != before["granian"])

    postmaster = running.postmaster()
    os.kill(postmaster, signal.SIGKILL)
    soon(running.postmaster, lambda now: now != postmaster)
    assert running.soon("/database") == "tannha_service"

    job_worker = soon(running.job_worker, alive)
    os.kill(job_worker, signal.SIGKILL)
    soon(running.job_worker, lambda now: now != job_worker)
    assert running.process.poll() is None


def test_while_the_database_is_away_workers_come_up_and_say_so(running: Running) -> None:
    running.ready()
    before = running.get("/process")
    running.process.send_signal(signal.SIGSTOP)
    try:
        os.kill(running.postmaster(), signal.SIGKILL)
        os.kill(before["worker"], signal.SIGKILL)
        workers: set[int] = set()
        running.soon("/process", lambda now: workers.add(now["worker"]) or len(workers - {before["worker"]}) == 2)
        with pytest.raises(urllib.error.HTTPError, match="503") as refused:
            running.get("/database")
        refused.value.close()
    finally:
        running.process.send_signal(signal.SIGCONT)
    assert running.soon("/database") == "tannha_service"


def test_a_killed_parent_leaves_no_orphan_and_a_free_port(running: Running) -> None:
    running.ready()
    soon(running.job_worker)
    family = running.family()
    running.kill()
    soon(lambda: [one for one in family if alive(one)], lambda left: not left)
    running.process = running.start()
    assert running.ready() == f"READY http://127.0.0.1:{running.port}\n"
    assert running.get("/database") == "tannha_service"


def test_requests_in_flight_are_finished(running: Running) -> None:
    running.ready()
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(running.get, "/slow") for _ in range(4)]
        time.sleep(0.3)
        running.process.terminate()
        assert [answer.result() for answer in answers] == [{"stopping": True}] * 4
    assert running.process.wait(20) == 0
    assert not (running.folder / "data/stopping").exists()


def test_a_taken_port_is_refused_with_a_sentence(running: Running) -> None:
    running.ready()
    with running.start(TANNHA_DATA=str(running.folder / "other")) as other:
        assert other.communicate(timeout=30)[0] == ""
        assert other.returncode == 1
    assert "set TANNHA_PORT" in running.log.read_text()


def test_a_database_killed_while_the_sample_data_is_loaded_starts_again(running: Running) -> None:
    running.ready()
    data = running.folder / "loaded"
    run = RUN.replace("app =", f"from backend import server\nserver._SAMPLE_DATA = {LOADING!r}\napp =")
    settings = {"TANNHA_DATA": str(data), "TANNHA_PORT": str(free_port()), "TANNHA_DEMO": "true"}
    with running.start(run, **settings) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline() == f"READY http://127.0.0.1:{settings['TANNHA_PORT']}\n"
        assert (data / "tries").read_text() == "xx"
        demo.terminate()


def test_being_asked_to_stop_while_starting_is_obeyed(running: Running) -> None:
    soon(running.postmaster)
    running.process.terminate()
    assert running.process.wait(20) == 0
    assert not (running.folder / "data/postgres/postmaster.pid").exists()
