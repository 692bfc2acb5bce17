"""Two tellings of one thing, side by side."""

from collections.abc import Mapping
from typing import Any


def apart(what: str, tables: Mapping[Any, Any], told: Mapping[Any, Any], *, otherwise: Any = None) -> list[str]:
    """What the tables say otherwise than it was told without them. Empty: nothing. `otherwise`: what a name that
    one of them does not have stands for."""
    pairs = {name: (tables.get(name, otherwise), told.get(name, otherwise)) for name in {*tables, *told}}
    return [
        f"{what} {name}: {kept} in the tables, not {wanted}" for name, (kept, wanted) in pairs.items() if kept != wanted
    ]
