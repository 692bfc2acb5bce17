"""The walls: constraints, triggers, policies and functions stand as the migrations declare them, and are switched on.

A constraint is compared by what it speaks of (its columns, values and numbers), not by its spelling, which differs from
one version of PostgreSQL to the next.
"""

import re
from collections.abc import Mapping

from backend import migrate
from backend.verify.database import Snapshot
from backend.verify.declared import Declared, declared
from backend.verify.report import Report

OWN = "schema_migrations"
"""Made by `migrate` itself, in no migration."""


def read_declared() -> Declared:
    files = migrate.load(migrate.folder())
    return declared(files[number].sql for number in sorted(files))


async def check_schema(snapshot: Snapshot, report: Report, said: Declared) -> None:
    """Codes `schema.*`."""
    await _migrations(snapshot, report)
    await _columns(snapshot, report, said)
    vocabulary = set(said.columns) | {name for columns in said.columns.values() for name in columns}
    await _constraints(snapshot, report, said, vocabulary)
    await _indexes(snapshot, report, said, vocabulary)
    await _triggers(snapshot, report, said)
    await _functions(snapshot, report, said)
    await _policies(snapshot, report, said)
    await _rules(snapshot, report)


async def _migrations(snapshot: Snapshot, report: Report) -> None:
    files = migrate.load(migrate.folder())
    applied = {
        row["number"]: row["sha256"] for row in await snapshot.all("SELECT number, sha256 FROM schema_migrations")
    }
    for number in sorted(files.keys() | applied.keys()):
        want = files[number].sha256 if number in files else None
        if applied.get(number) != want:
            report.differs("schema.migration", OWN, {"number": number}, expected=want, found=applied.get(number))


async def _columns(snapshot: Snapshot, report: Report, said: Declared) -> None:
    rows = await snapshot.all(
        """SELECT c.relname AS table, a.attname AS column, a.attnotnull AS filled
           FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
             AND a.attnum > 0 AND NOT a.attisdropped"""
    )
    there = {(row["table"], row["column"]): row["filled"] for row in rows if row["table"] != OWN}
    want = {(table, column): filled for table, columns in said.columns.items() for column, filled in columns.items()}
    for table, column in sorted(there.keys() | want.keys()):
        expected, found = want.get((table, column)), there.get((table, column))
        if expected != found:
            key = {"table": table, "column": column}
            report.differs("schema.column", "pg_attribute", key, expected=_filled(expected), found=_filled(found))


def _filled(value: bool | None) -> str | None:
    return None if value is None else "NOT NULL" if value else "NULL"


async def _constraints(snapshot: Snapshot, report: Report, said: Declared, vocabulary: set[str]) -> None:
    rows = await snapshot.all(
        """SELECT c.relname AS table, k.conname AS name, k.convalidated AS valid, pg_get_constraintdef(k.oid) AS text,
                  coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true) AS enforced
           FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
           WHERE c.relnamespace = 'public'::regnamespace AND k.contype IN ('c', 'p', 'u', 'f', 'x')"""
    )
    there = {(row["table"], row["name"]): row for row in rows if row["table"] != OWN}
    texts = {name: row["text"] for name, row in there.items()}
    _compare("schema.constraint", "pg_constraint", report, said.constraints, texts, vocabulary)
    for (table, name), row in sorted(there.items()):
        if not (row["valid"] and row["enforced"]):
            key = {"table": table, "name": name}
            report.differs("schema.constraint-off", "pg_constraint", key, expected="validated", found=row["text"])


async def _indexes(snapshot: Snapshot, report: Report, said: Declared, vocabulary: set[str]) -> None:
    rows = await snapshot.all(
        """SELECT t.relname AS table, i.relname AS name, pg_get_indexdef(x.indexrelid) AS text,
                  x.indisvalid AND x.indisready AND x.indislive AS whole
           FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid
           WHERE t.relnamespace = 'public'::regnamespace
             AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = x.indexrelid AND k.contype <> 'f')"""
    )
    texts = {(row["table"], row["name"]): row["text"] for row in rows}
    _compare("schema.index", "pg_index", report, said.indexes, texts, vocabulary)
    for row in rows:
        if not row["whole"]:
            key = {"table": row["table"], "name": row["name"]}
            report.differs("schema.index", "pg_index", key, expected="valid", found="not valid")


def _compare(
    code: str,
    catalog: str,
    report: Report,
    want: Mapping[tuple[str, str], str],
    there: Mapping[tuple[str, str], str],
    vocabulary: set[str],
) -> None:
    for table, name in sorted(want.keys() | there.keys()):
        expected, found = want.get((table, name)), there.get((table, name))
        if expected is None or found is None or spoken_of(expected, vocabulary) != spoken_of(found, vocabulary):
            report.differs(code, catalog, {"table": table, "name": name}, expected=expected, found=found)


def spoken_of(text: str, vocabulary: set[str]) -> frozenset[str]:
    """Columns, tables, quoted values and numbers, and whether it is unique."""
    # A negative number is quoted by PostgreSQL and cast.
    text = re.sub(r"'-?(\d+)'::integer", r"\1", text)
    quoted = set(re.findall(r"'(?:[^']|'')*'", text))
    bare = re.sub(r"'(?:[^']|'')*'", " ", text)
    bare = re.sub(r"::(?:double precision|\w+)(?:\[\])?", " ", bare)
    words = set(re.findall(r"[a-z_][a-z_0-9]*", bare.lower()))
    numbers = set(re.findall(r"(?<![\w.])\d+(?![\w.])", bare))
    return frozenset(quoted | numbers | (words & vocabulary) | (words & {"unique"}))


async def _triggers(snapshot: Snapshot, report: Report, said: Declared) -> None:
    """Foreign keys are kept by triggers too, of PostgreSQL's own: none may be switched off."""
    rows = await snapshot.all(
        """SELECT c.relname AS table, g.tgname AS name, g.tgenabled::text AS enabled, g.tgisinternal AS internal,
                  g.tginitdeferred AS deferred, p.proname AS function
           FROM pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid JOIN pg_proc AS p ON p.oid = g.tgfoid
           WHERE c.relnamespace = 'public'::regnamespace"""
    )
    there = {(row["table"], row["name"]): row for row in rows if not row["internal"]}
    for table, name in sorted(said.triggers.keys() | there.keys()):
        text, row = said.triggers.get((table, name)), there.get((table, name))
        key = {"table": table, "name": name}
        if text is None or row is None:
            report.differs("schema.trigger", "pg_trigger", key, expected=text, found=row and row["function"])
        elif f" {row['function']}(" not in text or ("INITIALLY DEFERRED" in text.upper()) != row["deferred"]:
            report.differs("schema.trigger", "pg_trigger", key, expected=text, found=row["function"])
    for row in rows:
        if row["enabled"] != "O":
            key = {"table": row["table"], "name": row["name"]}
            report.differs("schema.trigger-off", "pg_trigger", key, expected="O", found=row["enabled"])


async def _functions(snapshot: Snapshot, report: Report, said: Declared) -> None:
    rows = await snapshot.all(
        """SELECT p.proname AS name, p.prosrc AS body FROM pg_proc AS p
           WHERE p.pronamespace = 'public'::regnamespace
             AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')"""
    )
    there = {row["name"]: row["body"] for row in rows}
    for name in sorted(said.functions.keys() | there.keys()):
        if there.get(name) != said.functions.get(name):
            expected, found = said.functions.get(name), there.get(name)
            report.differs("schema.function", "pg_proc", {"name": name}, expected=expected, found=found)


async def _policies(snapshot: Snapshot, report: Report, said: Declared) -> None:
    """Row-level security on, also for the owner; no policy more or less; those that must see all rows see all."""
    rows = await snapshot.all(
        """SELECT relname AS table, relrowsecurity AS enabled, relforcerowsecurity AS forced FROM pg_class
           WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname"""
    )
    for row in rows:
        expected = {"enabled": row["table"] in said.secured, "forced": row["table"] in said.forced}
        found = {"enabled": row["enabled"], "forced": row["forced"]}
        if expected != found:
            report.differs("schema.row-security", "pg_class", {"table": row["table"]}, expected=expected, found=found)
    rows = await snapshot.all("SELECT tablename, policyname, roles, qual FROM pg_policies WHERE schemaname = 'public'")
    there = {(row["tablename"], row["policyname"]): row for row in rows}
    for table, name in sorted(said.policies.keys() | there.keys()):
        text, row = said.policies.get((table, name)), there.get((table, name))
        whole = text is not None and row is not None and ("USING (true)" in text) == (row["qual"] == "true")
        if not whole or text is None or row is None or any(f" {role} " not in f"{text} " for role in row["roles"]):
            key = {"table": table, "name": name}
            report.differs("schema.policy", "pg_policy", key, expected=text, found=row and row["qual"])


async def _rules(snapshot: Snapshot, report: Report) -> None:
    """A rewrite rule would turn a statement into another one, unseen."""
    for row in await snapshot.all(
        """SELECT tablename, rulename, definition FROM pg_rules WHERE schemaname = 'public' ORDER BY tablename"""
    ):
        key = {"table": row["tablename"], "name": row["rulename"]}
        report.differs("schema.rule", "pg_rewrite", key, found=row["definition"])
