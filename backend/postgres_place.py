"""Where one installation's database lies and as whom it runs.

Inside the installation's folder: `postgres` (the cluster), `wal` (archived log, for a restore to a time), `run` (the
socket), `postgres.log` and `postgres.lock`.
"""

import hashlib
import os
import pwd
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from backend import postgres_binaries
from backend.postgres_binaries import CannotStart

PORT = 5432
_LONGEST_SOCKET_FOLDER = 85
"""A socket's path holds 107 bytes on Linux and 103 on macOS; `/.s.PGSQL.5432` is part of it."""
_ELSEWHERE = Path("/var/lib/tannha")


class Identity(TypedDict, total=False):
    """What subprocess needs to run something as another account; empty: as ourselves."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, kw_only=True)
class Place:
    """`data`: the installation's folder. `home`: where the database is, nearly always the same.

    `account`: as whom it runs; None: as ourselves.
    """

    data: Path
    home: Path
    account: pwd.struct_passwd | None

    @property
    def cluster(self) -> Path:
        return self.home / "postgres"

    @property
    def archive(self) -> Path:
        return self.home / "wal"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def lock(self) -> Path:
        return self.data / "postgres.lock"

    @property
    def sockets(self) -> Path:
        folder = self.home / "run"
        # A comma separates servers in a connection string.
        if len(os.fsencode(folder)) <= _LONGEST_SOCKET_FOLDER and "," not in str(folder):
            return folder
        return Path("/tmp") / f"tannha-{os.geteuid()}-{_digest(self.home)}"  # noqa: S108  (0700, owner checked)

    @property
    def identity(self) -> Identity:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Makes `folder` if need be, open to the database's account only. Raises CannotStart when it is another's."""
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.account.pw_uid if self.account else os.geteuid()
        if self.account and folder.lstat().st_uid == os.geteuid():
            os.chown(folder, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise CannotStart(f"{folder} belongs to another account")
        folder.chmod(0o700)

    def pidfile(self) -> list[str]:
        """The lines of `postmaster.pid`: process, folder, start, port, socket folder, address, memory, status."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []
        return lines if lines and lines[0].strip().isdigit() else []

    def ready(self) -> bool:
        """The server says it is ready and its socket answers."""
        lines = self.pidfile()
        if len(lines) < 8 or lines[7].strip() != "ready":
            return False
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self.sockets / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
            return True


def prepare(data: Path, account: str | None = None) -> Place:
    """Makes the installation's folder and decides where its database lies.

    As root the folder itself gets 0711, so that the database's account may pass through it; no folder above it is ever
    changed. Where one of those is closed to the account, the database goes below /var/lib/tannha and links say so.
    Raises CannotStart.
    """
    data = data.absolute()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = data.resolve()
        runs_as = postgres_binaries.account(data / "postgres", account)
        if runs_as is None:
            return Place(data=data, home=data, account=None)
        data.chmod(0o711)
        if postgres_binaries.reachable(data.parent, runs_as.pw_uid, needed=0o1):
            return Place(data=data, home=data, account=runs_as)
        return Place(data=data, home=_elsewhere(data), account=runs_as)
    except OSError as error:
        raise CannotStart(f"the database cannot lie in {data}: {error}; set TANNHA_DATA to another folder") from error


def _elsewhere(data: Path) -> Path:
    home = _ELSEWHERE / _digest(data)
    for folder in (_ELSEWHERE, home):
        folder.mkdir(mode=0o711, exist_ok=True)
        folder.chmod(0o711)
    for name in ("postgres", "wal", "postgres.log"):
        if not (data / name).is_symlink():
            (data / name).symlink_to(home / name)
    return home


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]
