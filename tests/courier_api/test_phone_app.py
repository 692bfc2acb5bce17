"""The phone app as a whole: its own tests, its types, the lock it is installed from, and what is built of it."""

import gzip
import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from courier_api.description import document
from courier_api.phone_app import PLACE, CannotBuild, node, npm
from tests.courier_api.asking import needs_packages

LOCK = json.loads((PLACE / "package-lock.json").read_text())
FIRST_LOAD = 60_000
"""Bytes, compressed."""
PACKAGES: dict[str, dict[str, object]] = LOCK["packages"]


def runs(*arguments: str) -> str:
    """What a program of the app's packages prints; the test fails with that when it fails."""
    done = subprocess.run(  # noqa: S603
        node(*arguments), cwd=PLACE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def succeeds(script: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A script of package.json."""
    try:
        npm("--silent", "run", script)
    except CannotBuild:
        pytest.fail("".join(capfd.readouterr()))


def test_the_apps_own_tests_hold(capfd: pytest.CaptureFixture[str]) -> None:
    needs_packages()
    succeeds("test", capfd)


def test_every_type_fits(capfd: pytest.CaptureFixture[str]) -> None:
    needs_packages()
    succeeds("types", capfd)


def test_the_apps_types_are_those_of_the_api_as_it_is_now(tmp_path: Path) -> None:
    needs_packages()
    described, made = tmp_path / "openapi.json", tmp_path / "api.d.ts"
    described.write_text(json.dumps(document(), ensure_ascii=False))
    program = "node_modules/openapi-typescript/bin/cli.js"
    runs(program, str(described), "--output", str(made), "--alphabetize")
    assert made.read_text() == (PLACE / "src" / "api.d.ts").read_text(), (
        "python -m courier_api.phone_app document, then: python -m courier_api.phone_app npm run api"
    )


def test_the_lock_names_no_registry_and_the_bytes_of_every_package() -> None:
    """Packages come from wherever the machine gets its packages."""
    assert [name for name, package in PACKAGES.items() if "resolved" in package] == []
    assert "://" not in "".join(str(package.get("version")) for package in PACKAGES.values())
    assert [name for name, package in PACKAGES.items() if name and "integrity" not in package] == []


def test_the_lock_holds_every_package_that_another_machine_may_need() -> None:
    """A lock written on one kind of machine easily lacks what only others install; these would then not build."""
    missing = [
        f"{name} for {owner}"
        for owner, package in PACKAGES.items()
        for name in package.get("optionalDependencies", {})  # type: ignore[union-attr, attr-defined]
        if not any(f"{place}node_modules/{name}" in PACKAGES for place in places(owner))
    ]
    assert missing == []


def places(owner: str) -> list[str]:
    """Where Node looks for what `owner` needs: in itself, then in each folder above."""
    parts = owner.split("/node_modules/") if owner else []
    inner = ["/node_modules/".join(parts[:length]) + "/" for length in range(len(parts), 0, -1)]
    return [*inner, ""]


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """What a phone has loaded is named by its content: the same app must not look like a new one."""
    needs_packages()
    built = [tmp_path / "one", tmp_path / "other"]
    for folder in built:
        runs("node_modules/vite/bin/vite.js", "build", "--outDir", str(folder), "--emptyOutDir", "--logLevel", "warn")
    one, other = (contents(folder) for folder in built)
    assert {"index.html", "sw.js", "manifest.webmanifest"} <= one.keys()
    assert one == other


def test_what_is_loaded_first_is_small_and_asked_for_in_one_round(tmp_path: Path) -> None:
    """On a thin line a script that only another script names costs half a second more."""
    needs_packages()
    runs("node_modules/vite/bin/vite.js", "build", "--outDir", str(tmp_path), "--emptyOutDir", "--logLevel", "warn")
    page = (tmp_path / "index.html").read_text()
    named = {file.name: file for file in (tmp_path / "assets").iterdir() if file.name in page}
    scripts = {name: file.read_text() for name, file in named.items() if name.endswith(".js")}
    needed = {name for text in scripts.values() for name in re.findall(r'(?:from|import)"\./([^"]+)"', text)}
    assert len(needed) > 1
    assert needed <= named.keys()
    assert sum(len(gzip.compress(file.read_bytes())) for file in named.values()) <= FIRST_LOAD


def contents(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
