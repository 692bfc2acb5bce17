"""What is installed is pinned by hash, comes from wherever the machine gets packages, and may be shipped."""

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM_LOCKS = [path for path in ROOT.rglob("package-lock.json") if not {".venv", "node_modules"} & set(path.parts)]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    return dict(PIN.findall(path.read_text()))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address_and_every_pin_has_a_hash(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry or not PIN.match(entry)] == []


def test_both_locks_pin_the_same_versions() -> None:
    base, dev = pins(ROOT / "requirements" / "base.txt"), pins(ROOT / "requirements" / "dev.txt")
    assert {name: dev.get(name) for name in base} == base


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    base, dev = pins(ROOT / "requirements" / "base.txt"), pins(ROOT / "requirements" / "dev.txt")
    name = re.compile(r"[A-Za-z0-9._-]+")
    assert [text for text in project["project"]["dependencies"] if _name(name, text) not in base] == []
    assert [text for text in project["dependency-groups"]["dev"] if _name(name, text) not in dev] == []


def _name(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    assert found
    return found[0].lower().replace("_", "-")


def test_pictures_are_opened_by_a_pillow_without_the_known_holes() -> None:
    assert int(pins(ROOT / "requirements" / "base.txt")["pillow"].split(".")[0]) >= 12


def test_nothing_shipped_asks_for_more_than_apache() -> None:
    """A GPL or AGPL dependency would bind whoever installs us."""
    wrong: list[str] = []
    for name in pins(ROOT / "requirements" / "base.txt"):
        try:
            said = metadata(name)
        except PackageNotFoundError:  # of another system, such as colorama
            continue
        texts = [text for key in ("License-Expression", "License", "Classifier") for text in said.get_all(key) or []]
        if any(re.search(r"\bA?GPL|Affero|GNU General", text[:200]) for text in texts):
            wrong.append(f"{name}: {texts}")
    assert wrong == []


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda path: path.parent.name)
def test_an_npm_lock_names_no_address_and_every_package_has_a_hash(lock: Path) -> None:
    assert '"resolved"' not in lock.read_text()
    packages = json.loads(lock.read_text())["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
    optional = {name for entry in packages.values() for name in entry.get("optionalDependencies", {})}
    # npm leaves out silently what its registry lacks for another system, and `npm ci` then fails there.
    assert sorted(name for name in optional if f"node_modules/{name}" not in packages) == []
