"""The dated list of means by which somebody is known."""

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


@cache
def _means() -> list[dict[str, Any]]:
    text = resources.files("backend.procedures").joinpath("data", "people.json").read_text(encoding="utf-8")
    return json.loads(text)["means"]


def is_known_by(means: str, on: date) -> bool:
    """Whether the dated list has that means of identity on that day."""
    return any(
        row["means"] == means
        and row.get("valid_from", "") <= on.isoformat()
        and on.isoformat() < row.get("valid_until", "9999")
        for row in _means()
    )
