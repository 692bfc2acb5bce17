"""A copy of the tree with a bug in it, and whether the tests notice."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.seeded import Bug

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("backend", "courier_api", "migrations", "tests", "pyproject.toml")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "node_modules", ".hypothesis")
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:unraisableexception")
"""A test that a bug ended early leaves connections open: told on top of its failure, that would end the run unsaid."""
LONGEST = 300
"""Seconds a run of the named tests may take."""


class Rotten(ValueError):
    """A bug whose text is no longer in the tree exactly once."""


@dataclass(frozen=True)
class Verdict:
    """`caught`: tests failed. A run that could not begin has caught nothing."""

    caught: bool
    said: str


def mutated(bug: Bug, root: Path = ROOT) -> dict[str, str]:
    """The files as the bug leaves them, by path. Raises Rotten."""
    texts: dict[str, str] = {}
    for file, before, after in bug.changes:
        text = texts.get(file) or (root / file).read_text(encoding="utf-8")
        if text.count(before) != 1:
            raise Rotten(f"{bug.name}: {file} has {text.count(before)} of {before!r}")
        texts[file] = text.replace(before, after)
    return texts


@contextmanager
def tree_copied() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tannha-mutant-") as folder:
        copy = Path(folder)
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, copy / part, ignore=NOT_COPIED)
            else:
                shutil.copy(source, copy / part)
        yield copy


def verdict(copy: Path, bug: Bug) -> Verdict:
    """Puts the bug in, runs what must notice it, and takes it out again."""
    changed = mutated(bug, copy)
    originals = {file: (copy / file).read_text(encoding="utf-8") for file in changed}
    try:
        for file, text in changed.items():
            (copy / file).write_text(text, encoding="utf-8")
        return tested(copy, bug.caught_by)
    finally:
        for file, text in originals.items():
            (copy / file).write_text(text, encoding="utf-8")


def tested(copy: Path, names: Sequence[str]) -> Verdict:
    """Runs tests of a copy in a process of their own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    ran = subprocess.run(  # noqa: S603  (this very Python, names from our own list)
        [sys.executable, "-B", "-m", "pytest", "-q", "-x", "--no-header", *WITHOUT, *names],
        cwd=copy,
        env=environment | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    summary = ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else ran.stderr.strip()[-200:]
    failed = re.search(r"(\d+) failed", summary)
    return Verdict(ran.returncode == 1 and failed is not None, summary)
