"""The embedded PostgreSQL: one command gives a real, durable server on a machine with only Python.

Whoever holds the lock owns the server; everybody else only attaches. The server dies with the process that started
it, and its start repairs what a killed owner left behind.
"""

import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from backend import postgres_binaries, postgres_place, processes
from backend.postgres_binaries import CannotStart
from backend.postgres_place import PORT, Place

_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_LARGEST_LOG = 20_000_000


@dataclass(kw_only=True)
class Server:
    """A running PostgreSQL, owned or only attached to."""

    place: Place
    binaries: Path
    process: "subprocess.Popen[bytes] | None" = None
    lock: int | None = None
    watchdog: "subprocess.Popen[bytes] | None" = None

    @property
    def owned(self) -> bool:
        return self.lock is not None

    def dsn(self, database: str = "tannha", user: str = "postgres") -> str:
        return f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self.place.sockets), safe='')}"

    def alive(self) -> bool:
        """False once the server has ended, or the one we attached to no longer answers."""
        return self.place.ready() if self.process is None else self.process.poll() is None

    def ends_within(self, seconds: float) -> bool:
        """A killed server is not gone at once: whoever lost its connection may ask before the server has ended."""
        until = time.monotonic() + seconds
        while (alive := self.alive()) and time.monotonic() < until:
            time.sleep(0.05)
        return not alive

    def stop(self) -> None:
        """Fast shutdown; after 20 s an immediate one. A server we only attached to is left alone."""
        try:
            if self.process is not None:
                _end(self.process)
            processes.forget(self.watchdog)
        finally:
            if self.lock is not None:
                os.close(self.lock)
            self.process = self.watchdog = self.lock = None

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(
    data: Path,
    cache: Path | None = None,
    *,
    binaries: Path | None = None,
    account: str | None = None,
    wait: float = 60.0,
    options: Mapping[str, str] | None = None,
) -> Server:
    """Starts the server of the installation in `data`, or attaches to it when another process owns it.

    `cache`: where root puts a copy of programs that the database's account cannot reach. `binaries`, `account`: see
    `postgres_binaries`. `wait`: seconds. `options`: further settings of the server, by name.
    Raises CannotStart. To be called from the main thread: the server ends when the thread that started it does.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("the database must be started from the main thread: it ends with the thread that starts it")
    deadline = time.monotonic() + wait
    programs = postgres_binaries.find(binaries)
    place = postgres_place.prepare(data, account)
    lock = _open_lock(place)
    try:
        if not _becomes_owner(lock, place, deadline):
            os.close(lock)
            return Server(place=place, binaries=programs)
        if place.account and not postgres_binaries.reachable(programs / "postgres", place.account.pw_uid):
            programs = postgres_binaries.reachable_copy(programs, cache or postgres_binaries.CACHE)
        place.own(place.sockets)
        place.own(place.archive)
        _end_orphan(place)
        _initialise(place, programs)
        process = _launch(place, programs, options or {}, deadline)
        watchdog = processes.watch(process, signal.SIGINT)
        return Server(place=place, binaries=programs, process=process, lock=lock, watchdog=watchdog)
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(lock)
        raise


def _open_lock(place: Place) -> int:
    try:
        return os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise CannotStart(f"{place.data} belongs to another account; set TANNHA_DATA to a folder of yours") from error


def _becomes_owner(lock: int, place: Place, deadline: float) -> bool:
    """True: the lock is ours. False: another process has it and its server answers."""
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if place.ready():
                return False
        if time.monotonic() > deadline:
            raise CannotStart(f"another process owns the database in {place.data}, but it does not answer")
        time.sleep(0.05)


def _end_orphan(place: Place) -> None:
    """Ends the server of a killed owner: the lock is ours, so no living owner has it.

    A pidfile that names some other living process is removed. One that names nobody is left to PostgreSQL, which then
    checks whether old server processes still hold its shared memory.
    """
    if not (lines := place.pidfile()):
        return
    pid = int(lines[0])
    if not (command := _command(pid)):
        return
    if str(place.cluster) not in command:
        (place.cluster / "postmaster.pid").unlink()
        return
    for number, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if str(place.cluster) not in _command(pid):
                return
            time.sleep(0.05)
    raise CannotStart(f"an old PostgreSQL (process {pid}) in {place.cluster} does not stop")


def _command(pid: int) -> list[str]:
    """The command line of a living process, else empty."""
    if sys.platform == "linux":
        try:
            return [os.fsdecode(word) for word in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") if word]
        except OSError:
            return []
    shown = subprocess.run(["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S603
    return os.fsdecode(shown.stdout).split()


def _initialise(place: Place, programs: Path) -> None:
    """Makes the cluster beside its place and renames it: a crash in the middle never leaves half of one."""
    major = version(programs).partition(".")[0]
    if (found := place.cluster / "PG_VERSION").exists():
        if (old := found.read_text().strip()) != major:
            raise CannotStart(
                f"{place.cluster} was made by PostgreSQL {old}, the programs here are {major}: dump and restore. With "
                f"the old programs (TANNHA_POSTGRES_BIN) run pg_dumpall, move the folder away, start once with the "
                f"new ones and feed the dump to psql"
            )
        return
    if place.cluster.exists() and any(place.cluster.iterdir()):
        raise CannotStart(f"{place.cluster} is not empty and not a PostgreSQL cluster")
    making = place.cluster.with_name("postgres.init")
    shutil.rmtree(making, ignore_errors=True)
    place.own(making)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if int(major) >= 17 else ["--locale=C.UTF-8"]
    arguments = ["-D", str(making), "--encoding=UTF8", "--auth=trust", "--username=postgres", "--data-checksums"]
    done = subprocess.run(  # noqa: S603
        [programs / "initdb", *arguments, *locale],
        capture_output=True, text=True, check=False, env=_ENVIRONMENT, cwd="/", **place.identity,
    )  # fmt: skip
    if done.returncode:
        raise CannotStart(f"initdb failed:\n{done.stdout}{done.stderr}")
    making.rename(place.cluster)


def version(programs: Path) -> str:
    """Such as `18.6`."""
    shown = subprocess.run(  # noqa: S603
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True, env=_ENVIRONMENT
    )
    return shown.stdout.split()[2]


def _settings(place: Place) -> dict[str, str]:
    """Given on the command line, where neither the configuration file nor ALTER SYSTEM can change them."""
    return {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{place.sockets}"',
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "wal_level": "replica",
        "archive_mode": "on",
        "archive_command": _archive_command(place.archive),
        "jit": "off",
        # DETAIL lines repeat the values of a row, which may be personal.
        "log_error_verbosity": "terse",
    }


def _archive_command(archive: Path) -> str:
    """Copies, flushes, then renames. An existing segment is never written over; the same bytes again are fine."""
    folder = shlex.quote(str(archive)).replace("%", "%%")
    target = f"{folder}/%f"
    return (
        f"if test -e {target}; then cmp -s %p {target}; else "
        f"cp %p {target}.part && sync {target}.part && mv {target}.part {target} && sync {folder}; fi"
    )


def _launch(place: Place, programs: Path, options: Mapping[str, str], deadline: float) -> "subprocess.Popen[bytes]":
    chosen = [part for name, value in {**_settings(place), **options}.items() for part in ("-c", f"{name}={value}")]
    parent = os.getpid()
    if place.log.exists() and place.log.stat().st_size > _LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    while True:
        with os.fdopen(os.open(place.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as log:
            before = place.log.stat().st_size
            # Its own session: Ctrl-C in the terminal must reach us, not the database.
            process = subprocess.Popen(  # noqa: S603
                [programs / "postgres", "-D", place.cluster, *chosen],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_ENVIRONMENT, cwd="/", start_new_session=True,
                preexec_fn=lambda: processes.die_with_parent(signal.SIGINT, parent), **place.identity,  # noqa: PLW1509  (main thread)
            )  # fmt: skip
        try:
            if _comes_up(place, process, deadline):
                return process
        except BaseException:
            _end(process)
            raise
        said = place.log.read_bytes()[before:].decode(errors="replace")
        # The processes of a killed server need a moment to notice that it is gone.
        if "still in use" not in said or time.monotonic() > deadline:
            raise CannotStart(f"PostgreSQL ended with status {process.returncode} (see {place.log}):\n{said[-2000:]}")
        time.sleep(0.1)


def _comes_up(place: Place, process: "subprocess.Popen[bytes]", deadline: float) -> bool:
    """False when it ended instead. Raises CannotStart when it is still not ready at `deadline`."""
    while process.poll() is None:
        if (lines := place.pidfile()) and int(lines[0]) == process.pid and place.ready():
            return True
        if time.monotonic() > deadline:
            raise CannotStart(f"PostgreSQL did not become ready in time; see {place.log}")
        time.sleep(0.01)
    return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    for number, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            return
