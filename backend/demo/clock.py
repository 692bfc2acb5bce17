"""The demo's clock: one for all processes, moved forward by a tester, and still there after a restart.

How far it runs ahead of the machine's clock stands in a file of the installation. Every process looks at the file's
date (a microsecond) whenever it asks for the time, so all of them agree from the next question on.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from backend.clock import system_clock
from backend.config import Settings

_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)


class SharedClock:
    """`start`: where it stands when nobody has moved it yet; now unless given."""

    def __init__(self, file: Path, start: datetime | None = None) -> None:
        self._file = file
        self._ahead = timedelta() if start is None else start - system_clock()
        self._seen: tuple[int, int] | None = None

    def __call__(self) -> datetime:
        return system_clock() + self.ahead

    @property
    def ahead(self) -> timedelta:
        """How far this clock runs ahead of the machine's."""
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return self._ahead
        version = (found.st_mtime_ns, found.st_ino)
        if version != self._seen:
            self._ahead = int(self._file.read_text("ascii")) * _MICROSECOND
            self._seen = version
        return self._ahead

    def move_to(self, at: datetime) -> None:
        """For every process. Raises ValueError when `at` lies in the past of this clock."""
        with self._locked():
            ahead = at - system_clock()
            # A tester who names the time it is already has not asked to go back.
            if ahead < self.ahead - _SECOND:
                raise ValueError("the clock only moves forward")
            self._write(max(ahead, self.ahead))

    def keep(self) -> None:
        """Writes where it stands, unless that is written already: from now on all processes have it from there."""
        with self._locked():
            if not self._file.exists():
                self._write(self.ahead)

    def _write(self, ahead: timedelta) -> None:
        beside = self._file.with_suffix(".new")
        beside.write_text(str(ahead // _MICROSECOND), "ascii")
        beside.replace(self._file)

    @contextmanager
    def _locked(self) -> Generator[None]:
        """Two testers at once: the later time wins, whoever comes first."""
        descriptor = os.open(self._file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def demo_clock(settings: Settings) -> SharedClock:
    return SharedClock(settings.data / "clock", settings.now)
