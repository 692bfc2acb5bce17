"""A process kept running: started again when it dies, later and later while it keeps dying."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend import processes

_FIRST_DELAY, _LONGEST_DELAY = 0.2, 5.0
_LIVED_WELL = 30.0

log = logging.getLogger("tannha")


@dataclass
class Delay:
    """How long to wait before the next start: 0.2 s, doubled up to 5 s while whatever it is dies young."""

    failures: int = 0
    started: float = 0.0

    def begin(self) -> None:
        self.started = time.monotonic()

    def ended(self) -> float:
        """The instant (monotonic) at which to start again."""
        now = time.monotonic()
        self.failures = 1 if now - self.started > _LIVED_WELL else self.failures + 1
        return now + min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (self.failures - 1))


@dataclass
class Child:
    """A process kept running. Its output goes to our standard error: standard output is for READY alone."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    delay: Delay = field(default_factory=Delay)
    process: "subprocess.Popen[bytes] | None" = None
    watchdog: "subprocess.Popen[bytes] | None" = None
    due: float = 0.0

    def look(self) -> None:
        """Starts it when it is due; notices that it has ended."""
        if self.process is not None and self.process.poll() is not None:
            processes.forget(self.watchdog)
            self.due = self.delay.ended()
            log.warning("%s ended (%s); it starts again", self.name, self.process.returncode)
            self.process = None
        if self.process is None and time.monotonic() >= self.due:
            self.delay.begin()
            # Its own session: Ctrl-C must reach the parent alone, who stops everything in order.
            self.process = subprocess.Popen(  # noqa: S603
                self.command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=self.environment, start_new_session=True
            )
            self.watchdog = processes.watch(self.process, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        """Kills whatever is left of it and of what it started."""
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        processes.forget(self.watchdog)
        self.process = None
