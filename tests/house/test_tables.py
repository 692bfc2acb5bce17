"""Every table has one owner, and a Struct that says it is a row of a table is exactly that."""

import importlib
import inspect
import re
import types
import typing
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, get_args, get_origin
from uuid import UUID

import msgspec

from backend.database import Transaction

BACKEND = Path(__file__).parents[2] / "backend"
FOLDERS = sorted(path.parent for path in BACKEND.glob("*/__init__.py"))

# Tables of the plumbing: loose files of backend/ own no words of the field.
PLUMBING = {"schema_migrations": "migrate.py", "installation": "installation.py"}
PLUMBING_PREFIX = {"pgqueuer": "jobs.py"}

# A range of days is two days in Python.
ENDS_OF_A_RANGE = {"since", "until", "valid_from", "valid_until"}

COLUMN = {
    UUID: {"uuid"},
    str: {"text"},
    int: {"int2", "int4", "int8"},
    float: {"float8"},
    bool: {"bool"},
    bytes: {"bytea"},
    datetime: {"timestamptz"},
    date: {"date"},
    time: {"time"},
    list: {"_uuid", "_text", "_int4", "_bytea", "jsonb"},
    object: {"jsonb"},
}

COLUMNS = """
    SELECT c.relname AS table_name, a.attname AS column_name, t.typname AS type_name, a.attnotnull AS required
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid
    JOIN pg_type AS t ON t.oid = a.atttypid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped
"""


def owned() -> dict[str, list[str]]:
    """What each folder's docstring says it owns, as `table` in backquotes after the word "Owns"."""
    said: dict[str, list[str]] = {}
    for folder in FOLDERS:
        text = inspect.getdoc(importlib.import_module(f"backend.{folder.name}")) or ""
        owns = re.search(r"\bOwns (.*?)(?:\.\s|\.$|\Z)", text, re.DOTALL)
        said[folder.name] = re.findall(r"`([a-z_]+)`", owns[1]) if owns else []
    return said


def rows() -> Iterator[tuple[type[msgspec.Struct], str]]:
    """Structs whose docstring begins with "A row of `table`"."""
    seen: set[type] = set()
    for path in sorted(BACKEND.rglob("*.py")):
        if path.name in {"__main__.py"} or not re.search(r"A row of `", path.read_text(encoding="utf-8")):
            continue
        module = importlib.import_module(".".join(path.relative_to(BACKEND.parent).with_suffix("").parts))
        for kind in vars(module).values():
            if not (inspect.isclass(kind) and issubclass(kind, msgspec.Struct)) or kind in seen:
                continue
            seen.add(kind)
            if found := re.match(r"A row of `(\w+)`", kind.__doc__ or ""):
                yield kind, found[1]


def test_every_folder_says_what_it_is() -> None:
    texts = {folder.name: importlib.import_module(f"backend.{folder.name}").__doc__ for folder in FOLDERS}
    assert [name for name, text in texts.items() if not text] == []


async def test_every_table_has_one_owner(tx: Transaction) -> None:
    tables = {row["table_name"] for row in await tx.connection.fetch(COLUMNS)}
    ours = {name for name in tables if name not in PLUMBING and not name.startswith(tuple(PLUMBING_PREFIX))}
    named = Counter(table for names in owned().values() for table in names)
    wrong = [f"{name}: no folder's docstring owns it" for name in sorted(ours - set(named))]
    wrong += [f"{name}: owned, but there is no such table" for name in sorted(set(named) - ours)]
    wrong += [f"{name}: has {count} owners" for name, count in named.items() if count > 1]
    assert not wrong, "\n".join(wrong)


async def test_a_row_has_no_column_that_its_table_has_not(tx: Transaction) -> None:
    """And each is of a kind that fits, and may be None just where the column may be NULL."""
    tables: dict[str, dict[str, Any]] = {}
    for row in await tx.connection.fetch(COLUMNS):
        tables.setdefault(row["table_name"], {})[row["column_name"]] = row
    wrong: list[str] = []
    for kind, name in rows():
        columns = tables.get(name, {})
        hints = typing.get_type_hints(kind, include_extras=True)
        for field in kind.__struct_fields__:
            if field in columns:
                text = _apart(hints[field], columns[field])
            else:
                text = "" if "valid" in columns and field in ENDS_OF_A_RANGE else f"{name} has no such column"
            wrong += [f"{kind.__name__}.{field}: {text}"] if text else []
    assert not wrong, "\n".join(wrong)


def _apart(hint: object, column: Any) -> str:
    kind, optional = _plain(hint)
    if column["type_name"] not in COLUMN.get(kind, set()):
        return f"a {kind.__name__} in a column of {column['type_name']}"
    if hint is Any:
        return ""
    if optional and column["required"]:
        return "may be None, the column may not be NULL"
    if not optional and not column["required"]:
        return "is never None, the column may be NULL"
    return ""


def _plain(hint: Any) -> tuple[type, bool]:
    """The Python type behind Annotated, NewType, Literal, StrEnum and `| None`, and whether it may be None."""
    if isinstance(hint, NewType):
        return _plain(hint.__supertype__)
    arguments, origin = get_args(hint), get_origin(hint)
    if origin is Annotated:
        return _plain(arguments[0])
    if origin in {types.UnionType, typing.Union}:
        kinds = [kind for kind in arguments if kind is not type(None)]
        return _plain(kinds[0])[0], len(kinds) < len(arguments)
    return _kept_as(type(arguments[0]) if origin is Literal else origin or hint), False


def _kept_as(kind: Any) -> type:
    """`object`: as JSON."""
    if kind is Any or issubclass(kind, msgspec.Struct | dict):
        return object
    if issubclass(kind, Enum):
        return str if issubclass(kind, str) else int
    return list if kind in {tuple, Sequence} else kind
