"""A demo's cases, copied until there are very many: by COPY, into every table that a list reads.

Each copy has ids, codes, days and moments of its own; units, people and phones stay the same, and so does the
transaction it changed in: whoever follows what happens has it behind them. What is copied is for reading only: no
chain, no ledger and no file stands behind it.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

TABLES = {
    "subjects": 1,
    "cases": 1,
    "case_units": 9,
    "dossiers": 1,
    "registrations": 1,
    "visits": 1,
    "case_visits": 1,
    "appointments": 1,
    "bundle": 1,
    "papers": 2,
    "parcels": 1,
    "charges": 1,
    "exceptions": 1,
    "acts": 2,
    "inbox": 2,
    "hand_overs": 1,
    "label_sets": 1,
    "tracking_tokens": 1,
    "notices": 2,
    "duties": 1,
}
"""How many rows of each a copied case has at most."""
ENDED = ("closed", "cancelled", "withdrawn", "merged")
ALONE = {
    "dossiers": ("code",),
    "parcels": ("label",),
    "label_sets": ("number", "label", "item_number", "card_token_sha256"),
    "tracking_tokens": ("token_sha256",),
}
"""What no two rows may share, ids aside."""
OPEN_IN = 50
"""One case of so many is open, as after three years of a province."""
STAYING = ("units", "people", "devices", "unit_versions", "procedure_versions")
_AT_ONCE = 20_000

Row = dict[str, Any]


class Template:
    """One case of the demo: its rows in every table."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.rows = rows
        self.ended = rows["cases"][0]["state"] in ENDED


async def copied(connection: "asyncpg.Connection[Any]", count: int, say: Callable[[str], object]) -> None:
    """`connection`: a superuser's. Adds `count` cases and counts the tables (ANALYZE)."""
    await connection.execute(_AN_EXCEPTION)
    templates = await _templates(connection)
    ended = [one for one in templates if one.ended]
    going = [one for one in templates if not one.ended]
    staying = {row[0] for table in STAYING for row in await connection.fetch(f"SELECT id FROM {table}")}  # noqa: S608
    await connection.execute("SET session_replication_role = replica")  # no triggers: what is copied was checked once
    for table in TABLES:
        columns = await _columns(connection, table)
        copies = Copies(table, columns, staying)
        for start in range(1, count + 1, _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, count + 1))
            records = (record for number in numbers for record in copies.of(_template(number, ended, going), number))
            await connection.copy_records_to_table(table, records=records, columns=columns)
        say(f"  {table}: {await connection.fetchval(f'SELECT count(*) FROM {table}'):,} rows\n")  # noqa: S608
    await connection.execute("SET session_replication_role = origin")
    await connection.execute("VACUUM ANALYZE")


def _template(number: int, ended: Sequence[Template], going: Sequence[Template]) -> Template:
    those = going if number % OPEN_IN == 0 else ended
    return those[number // OPEN_IN % len(those)]


class Copies:
    """Rows of one table, again and again."""

    def __init__(self, table: str, columns: Sequence[str], staying: set[UUID]) -> None:
        self.table = table
        self.columns = columns
        self.staying = staying

    def of(self, template: Template, number: int) -> Iterator[tuple[Any, ...]]:
        for row in template.rows[self.table][: TABLES[self.table]]:
            yield tuple(self._value(column, row[column], number, template.ended) for column in self.columns)

    def _value(self, column: str, value: Any, number: int, ended: bool) -> Any:
        if isinstance(value, UUID):
            return value if value in self.staying else UUID(int=value.int ^ (number << 8))
        if isinstance(value, datetime):
            # A copied case is of some minute of the last two years, an open one of the last fortnight.
            return value - timedelta(minutes=number if ended else number % 20_000)
        if isinstance(value, date):
            return value - timedelta(days=number % 700) if ended else value + timedelta(days=number // 50 % 20)
        if column == "seat":
            return 1 + number // 1000 % 1000
        if column in ALONE.get(self.table, ()):
            return _another(value, number)
        return value


def _another(value: Any, number: int) -> Any:
    """A value of the same kind that only this copy has."""
    if isinstance(value, bytes):
        return hashlib.sha256(value + number.to_bytes(4, "big")).digest()[: len(value)]
    if isinstance(value, int):
        return value + number * 2000
    return None if value is None else f"{value[:-4]}{number:07d}"


async def _templates(connection: "asyncpg.Connection[Any]") -> list[Template]:
    rows: dict[UUID, dict[str, list[Row]]] = {
        row[0]: {table: [] for table in TABLES} for row in await connection.fetch("SELECT case_id FROM cases")
    }
    for table in TABLES:
        for row in await connection.fetch(_QUESTIONS.get(table, f"SELECT *, case_id AS of FROM {table}")):  # noqa: S608
            if row["of"] in rows:
                rows[row["of"]][table].append(dict(row))
    return [Template(found) for found in rows.values()]


_AN_EXCEPTION = """
    INSERT INTO exceptions (case_id, exception_id, made_by, act_id, machine, state, reason, opened_at)
    SELECT a.case_id, a.id, a.made_by, a.id, 'case', 'booked', 'not-in-table', a.occurred_at
    FROM acts AS a JOIN cases AS c ON c.case_id = a.case_id AND c.state = 'booked'
    WHERE a.kind = 'book' ORDER BY a.occurred_at LIMIT 1"""
"""The small day leaves none open; lists of them shall not be empty."""
_QUESTIONS = {
    "subjects": "SELECT *, id AS of FROM subjects WHERE kind = 'case'",
    "visits": "SELECT v.*, cv.case_id AS of FROM visits AS v JOIN case_visits AS cv USING (visit_id)",
    # What waits for a person is what the lists are about.
    "inbox": "SELECT *, case_id AS of FROM inbox ORDER BY standing = 'applied', received_at",
}


async def _columns(connection: "asyncpg.Connection[Any]", table: str) -> list[str]:
    found = await connection.fetch(
        """SELECT attname FROM pg_attribute
           WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''""",
        table,
    )
    return [row["attname"] for row in found]
