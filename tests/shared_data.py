"""The material that lies beside the project, for tests that read or compare with it. Nothing of it is shipped."""

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """A file or folder of it. Skips the test where this checkout has none beside it."""
    path = ROOT.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} of the shared material is absent: it is wanted at {path}")
    return path


def shared_rows(*parts: str) -> list[dict[str, str]]:
    """The rows of a CSV file of it."""
    with shared(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
