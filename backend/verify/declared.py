"""What the migrations declare, read from their text: tables, constraints, indexes, triggers, policies and grants.

A small reader of the SQL that migrations are written in, not of all SQL. A kind of statement it does not know is an
error, so that nothing is passed over in silence.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

_PIECE = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\$\$.*?\$\$|;|[^;'$-]+|[-$]", re.DOTALL)
_CONSTRAINT = ("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE")


class NotUnderstood(ValueError):
    """A statement this reader does not know."""


class Grant(msgspec.Struct, frozen=True, order=True):
    """`column` is empty where the whole table (or sequence) is meant."""

    table: str
    column: str
    privilege: str
    role: str


class Declared(msgspec.Struct):
    """By table and name; texts are the declarations as written. `columns`: whether each may not be NULL."""

    columns: dict[str, dict[str, bool]] = {}
    constraints: dict[tuple[str, str], str] = {}
    indexes: dict[tuple[str, str], str] = {}
    triggers: dict[tuple[str, str], str] = {}
    policies: dict[tuple[str, str], str] = {}
    functions: dict[str, str] = {}
    secured: set[str] = set()
    forced: set[str] = set()
    grants: set[Grant] = set()


def declared(texts: Iterable[str]) -> Declared:
    """All migrations in order. Raises NotUnderstood."""
    found = Declared()
    for text in texts:
        for statement in statements(text):
            _read(found, statement)
    return found


def statements(text: str) -> Iterator[str]:
    """The statements of a file without comments, white space as single blanks outside bodies and strings."""
    parts: list[str] = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece == ";":
            yield "".join(parts).strip()
            parts = []
        elif not piece.startswith("--"):
            parts.append(piece if piece[0] in "'$" else re.sub(r"\s+", " ", piece))
    if rest := "".join(parts).strip():
        yield rest


def _read(found: Declared, statement: str) -> None:
    for pattern, take in _STATEMENTS:
        if match := pattern.match(statement):
            take(found, match)
            return
    raise NotUnderstood(statement[:200])


def _table(found: Declared, match: re.Match[str]) -> None:
    table = match["table"]
    found.columns[table] = {}
    for item in split(match["body"]):
        if item.split(" ", 1)[0].upper() in _CONSTRAINT:
            _constraint(found, table, item)
        else:
            _column(found, table, item)


def _column(found: Declared, table: str, item: str) -> None:
    """`kind text NOT NULL REFERENCES units (id)`: what hangs on it gets the name PostgreSQL gives it."""
    name, _, rest = item.partition(" ")
    upper = rest.upper()
    primary = "PRIMARY KEY" in upper
    found.columns[table][name] = primary or "NOT NULL" in upper or "AS IDENTITY" in upper
    if primary:
        found.constraints[table, f"{table}_pkey"] = f"PRIMARY KEY ({name})"
    if re.search(r"\bUNIQUE\b", upper):
        found.constraints[table, f"{table}_{name}_key"] = f"UNIQUE ({name})"
    if references := re.search(r"REFERENCES .*", rest):
        found.constraints[table, f"{table}_{name}_fkey"] = f"FOREIGN KEY ({name}) {references[0]}"


def _constraint(found: Declared, table: str, item: str) -> None:
    if named := re.match(r"CONSTRAINT (\w+) (.*)", item, re.DOTALL | re.IGNORECASE):
        name, text = named[1], named[2]
    elif item.upper().startswith("PRIMARY KEY"):
        name, text = f"{table}_pkey", item
    else:
        raise NotUnderstood(f"{table}: a constraint without a name: {item[:100]}")
    found.constraints[table, name] = text
    if keys := re.match(r"PRIMARY KEY \((.*?)\)", text, re.IGNORECASE):
        for column in keys[1].split(","):
            found.columns[table][column.strip()] = True


def _alter(found: Declared, match: re.Match[str]) -> None:
    table, change = match["table"], match["change"]
    if len(list(split(change))) > 1:
        raise NotUnderstood(f"ALTER TABLE {table}: several changes at once: {change[:100]}")
    upper = change.upper()
    if upper == "ENABLE ROW LEVEL SECURITY":
        found.secured.add(table)
    elif upper == "FORCE ROW LEVEL SECURITY":
        found.forced.add(table)
    elif upper.startswith("ADD CONSTRAINT"):
        _constraint(found, table, change[len("ADD ") :].removesuffix(" NOT VALID"))
    elif dropped := re.match(r"DROP CONSTRAINT (\w+)$", change, re.IGNORECASE):
        del found.constraints[table, dropped[1]]
    elif renamed := re.match(r"RENAME COLUMN (\w+) TO (\w+)$", change, re.IGNORECASE):
        found.columns[table][renamed[2]] = found.columns[table].pop(renamed[1])
    elif upper.startswith("ADD COLUMN"):
        _column(found, table, change[len("ADD COLUMN ") :])
    elif not upper.startswith("VALIDATE CONSTRAINT"):
        raise NotUnderstood(f"ALTER TABLE {table} {change[:100]}")


def _index(found: Declared, match: re.Match[str]) -> None:
    found.indexes[match["table"], match["name"]] = match[0]


def _drop_index(found: Declared, match: re.Match[str]) -> None:
    for key in [key for key in found.indexes if key[1] == match["name"]]:
        del found.indexes[key]


def _trigger(found: Declared, match: re.Match[str]) -> None:
    found.triggers[match["table"], match["name"]] = match[0]


def _policy(found: Declared, match: re.Match[str]) -> None:
    found.policies[match["table"], match["name"]] = match[0]


def _altered_policy(found: Declared, match: re.Match[str]) -> None:
    """Who may see rows stays; which rows is said anew."""
    before = found.policies[match["table"], match["name"]]
    if "WITH CHECK" in before.upper():
        raise NotUnderstood(f"ALTER POLICY {match['name']}: of one that also checks what is written")
    found.policies[match["table"], match["name"]] = f"{before.partition(' USING ')[0]} {match['using']}"


def _function(found: Declared, match: re.Match[str]) -> None:
    found.functions[match["name"]] = match["body"]


def _grant(found: Declared, match: re.Match[str]) -> None:
    given = set(_grants(match))
    if match["word"].upper() == "GRANT":
        found.grants |= given
    else:
        found.grants -= given


def _grants(match: re.Match[str]) -> Iterator[Grant]:
    tables = [table.strip().removeprefix("SEQUENCE ").strip() for table in match["tables"].split(",")]
    for privilege in split(match["privileges"]):
        word, _, columns = privilege.partition(" (")
        for column in columns.rstrip(")").split(","):
            for table in tables:
                for role in match["roles"].split(","):
                    yield Grant(table, column.strip(), word.upper(), role.strip())


def _pass_over(_found: Declared, _match: re.Match[str]) -> None:
    """Rows and types are no part of what is compared."""


def split(text: str) -> Iterator[str]:
    """At commas outside brackets and strings."""
    depth, part = 0, ""
    for piece in re.findall(r"'(?:[^']|'')*'|.", text, re.DOTALL):
        depth += (piece in "([") - (piece in ")]")
        if piece == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += piece
    yield part.strip()


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL | re.IGNORECASE)


_STATEMENTS: tuple[tuple[re.Pattern[str], Callable[[Declared, re.Match[str]], None]], ...] = (
    (_pattern(r"CREATE TABLE (?P<table>\w+) \((?P<body>.*)\)$"), _table),
    (_pattern(r"ALTER TABLE (?P<table>\w+) (?P<change>.*)$"), _alter),
    (_pattern(r"CREATE (UNIQUE )?INDEX (CONCURRENTLY )?(?P<name>\w+) ON (?P<table>\w+) .*$"), _index),
    (_pattern(r"DROP INDEX (?P<name>\w+)$"), _drop_index),
    (_pattern(r"CREATE (CONSTRAINT )?TRIGGER (?P<name>\w+) .*? ON (?P<table>\w+) .*$"), _trigger),
    (_pattern(r"CREATE POLICY (?P<name>\w+) ON (?P<table>\w+) .*$"), _policy),
    (_pattern(r"ALTER POLICY (?P<name>\w+) ON (?P<table>\w+) (?P<using>USING \(.*\))$"), _altered_policy),
    (_pattern(r"CREATE (OR REPLACE )?FUNCTION (?P<name>\w+)\(.*?AS \$\$(?P<body>.*)\$\$.*$"), _function),
    (
        _pattern(r"(?P<word>GRANT|REVOKE) (?P<privileges>.*?) ON (?P<tables>.*?) (TO|FROM) (?P<roles>[\w, ]+)$"),
        _grant,
    ),
    (_pattern(r"(CREATE TYPE|INSERT INTO|UPDATE|COMMENT ON) .*$"), _pass_over),
)
