"""What a seeded bug is: text replaced in a copy of the tree; each piece stands there exactly once, or the list has
rotted."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """`changes`: (file, before, after). `caught_by`: names of tests, of which at least one must fail."""

    name: str
    meaning: str
    changes: tuple[tuple[str, str, str], ...]
    caught_by: tuple[str, ...]


def bug(name: str, meaning: str, file: str, before: str, after: str, *caught_by: str) -> Bug:
    """`caught_by`: below `tests`."""
    return Bug(name, meaning, ((file, before, after),), tuple(f"tests/{test}" for test in caught_by))
