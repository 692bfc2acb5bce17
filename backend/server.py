"""`tannha serve` and `tannha demo`: a parent whose main thread looks after three kinds of children.

PostgreSQL (unless `DATABASE_URL` names a server), the HTTP side, one job worker. A child that dies is started again.
Children die with the parent: a killed one leaves nothing behind, and the port is free.
"""

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from backend import config, installation, metrics, postgres
from backend.backup import forget_log
from backend.child import Child, Delay
from backend.config import Settings
from backend.installation import NotReady
from backend.postgres_binaries import CannotStart

APPLICATION = "backend.app:create"
"""Makes the ASGI application of one HTTP worker: `() -> application`."""
WORK = "backend.work:prepared"
"""What the job worker does: `(Settings) -> async context manager of jobs.Work`."""

_LOOK_EVERY = 0.1
_FALSE_STARTS = 5
_PORT_PATIENCE = 5.0
_FORGET_EVERY = 3600.0
_ENDING = 5.0
"""Seconds a database that was killed may take to be gone."""
_SETTLED = 1.0
"""Seconds. Granian loses a request to stop that reaches a worker while it starts, and then waits in vain."""
_SAMPLE_DATA = """
import signal, sys
from backend import config, processes
processes.die_with_parent(signal.SIGKILL, int(sys.argv[1]))
from backend.demo.main import prepare
prepare(config.read())
"""

log = logging.getLogger("tannha")


class _Stop(BaseException):
    """Somebody asked us to stop before everything ran."""


class _Requests:
    """How often we were asked to stop. While `interrupt` is set, being asked interrupts whatever is being done."""

    def __init__(self) -> None:
        self.count = 0
        self.interrupt = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.count += 1
        if self.interrupt:
            raise _Stop


class Parent:
    """Call `run` once, from the main thread."""

    def __init__(self, settings: Settings, *, application: str = APPLICATION, work: str = WORK) -> None:
        self.settings = settings
        self.targets = {"backend.http_process": application, "backend.job_process": work}
        self.children: list[Child] = []
        self.database: postgres.Server | None = None
        self.database_delay = Delay()
        self.database_due = 0.0
        self.forget_due = 0.0
        self.announced: float | None = None
        self.asked = _Requests()

    def run(self, say: Callable[[str], None]) -> int:
        """Runs until SIGTERM or SIGINT; the exit status. `say` gets the one line for people: READY and the address.

        Raises NotReady, CannotStart, CannotMigrate when the system cannot run at all.
        """
        try:
            with self._interruptible():
                self._set_up()
            while not self.asked.count:
                self._look(say)
                time.sleep(_LOOK_EVERY)
        except _Stop:
            log.info("stopped before everything ran")
        finally:
            self._stop()
        return 0

    @contextmanager
    def _interruptible(self) -> Generator[None]:
        self.asked.interrupt = True
        try:
            yield
        finally:
            self.asked.interrupt = False

    def _set_up(self) -> None:
        _check_port(self.settings)
        if self.settings.database_url is None:
            self.database_delay.begin()
            self.database = installation.start_database(self.settings)
        asyncio.run(installation.prepare(self.settings, self.database))
        self.settings.stopping.unlink(missing_ok=True)
        environment = {
            **os.environ,
            **config.environment(installation.with_database(self.settings, self.database)),
            metrics.FOLDER: str(metrics.prepare(self.settings.data)),
        }
        if self.settings.demo:
            self._load_sample_data(environment)
        for module, target in self.targets.items():
            command = [sys.executable, "-P", "-m", module, target, str(os.getpid())]
            self.children.append(Child(module.removeprefix("backend."), command, environment))

    def _load_sample_data(self, environment: dict[str, str]) -> None:
        """Once more where the database was killed meanwhile: a load that was cut short leaves nothing behind."""
        loaded = _loaded(environment)
        if not loaded and self.database is not None and self.database.ends_within(_ENDING):
            self.database.stop()
            self.database = installation.start_database(self.settings)
            loaded = _loaded(environment)
        if not loaded:
            raise NotReady("the sample data could not be loaded; the reason stands above")

    def _look(self, say: Callable[[str], None]) -> None:
        self._look_after_database()
        for child in self.children:
            child.look()
        if self.announced is not None:
            return
        if _answers(self.settings):
            self.announced = time.monotonic()
            say(f"READY {_address(self.settings)}")
        elif self.children[0].delay.failures >= _FALSE_STARTS:
            raise NotReady("the HTTP side does not come up; the reason stands above")

    def _look_after_database(self) -> None:
        if self.database is None:
            return
        if self.database.owned and time.monotonic() >= self.forget_due:
            self.forget_due = time.monotonic() + _FORGET_EVERY
            forget_log(self.database.place.archive, self.settings.wal_days)
        if self.database.alive() or time.monotonic() < self.database_due:
            return
        log.warning("the database ended; it starts again")
        self.database.stop()
        self.database_delay.begin()
        try:
            with self._interruptible():
                self.database = installation.start_database(self.settings)
        except CannotStart as error:
            log.error("%s", error)  # noqa: TRY400  (the text says it all)
        self.database_due = self.database_delay.ended()

    def _stop(self) -> None:
        """Says not ready, lets finish what is in flight, then stops everything. Asked again, it does not wait."""
        if self.announced is not None:
            self.settings.stopping.touch()
            settled = self.announced + _SETTLED - time.monotonic()
            self._wait(max(settled, self.settings.drain_seconds))
            for child in self.children:
                child.ask_to_stop()
            self._wait(self.settings.stop_seconds, until=lambda: not any(child.running() for child in self.children))
        for child in self.children:
            child.end()
        if self.database is not None:
            self.database.stop()
        self.settings.stopping.unlink(missing_ok=True)

    def _wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        before, deadline = self.asked.count, time.monotonic() + seconds
        while time.monotonic() < deadline and self.asked.count == before and not until():
            time.sleep(_LOOK_EVERY / 2)


def _address(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host  # noqa: S104  (a comparison)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _answers(settings: Settings) -> bool:
    try:
        with urllib.request.urlopen(f"{_address(settings)}/health", timeout=2) as answer:  # noqa: S310  (our own address)
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def _check_port(settings: Settings) -> None:
    """Else another server's /health would answer for ours: granian shares its port with whoever asks."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    deadline = time.monotonic() + _PORT_PATIENCE
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, settings.port))
            except OSError as error:
                # A server killed a moment ago may still be going.
                if time.monotonic() > deadline:
                    raise NotReady(
                        f"cannot listen on {settings.host}:{settings.port}: {error}; set TANNHA_PORT"
                    ) from None
            else:
                return
        time.sleep(_LOOK_EVERY)


def _loaded(environment: dict[str, str]) -> bool:
    """In a process of its own: what it loads into memory goes with it. Does nothing when the data is there."""
    command = [sys.executable, "-P", "-c", _SAMPLE_DATA, str(os.getpid())]
    with subprocess.Popen(command, stdout=sys.stderr, env=environment) as loading:  # noqa: S603
        try:
            return loading.wait() == 0
        except BaseException:
            loading.kill()
            raise
