"""SQL is a literal beside the function that runs it, and fits the schema, the values given and the Structs."""

import re

import asyncpg

from backend import database
from backend.database import Transaction, positional
from tests.house.statements import Statement, statements

ALL = statements()
# Fields that no INSERT writes: the table says where they start, and they follow what the worker finds in a file.
STARTS_ELSEWHERE = {"backend/documents/queries.py": {"state", "bad_reason", "plain_sha256"}}
OURS = [found for found in ALL if found.through_transaction]


def test_every_statement_is_a_literal() -> None:
    assert len(OURS) > 100
    assert [found.where for found in OURS if found.sql is None] == []


def test_a_statement_names_exactly_the_values_it_is_given() -> None:
    wrong = [line for found in OURS if (line := _values_apart(found))]
    assert not wrong, "\n".join(wrong)


def _values_apart(found: Statement) -> str:
    if found.given is None:
        return f"{found.where}: give its values by keyword or as **columns(rows)"
    named = set(positional(found.sql or "")[1])
    if lacking := named - found.given:
        return f"{found.where}: nobody gives {sorted(lacking)}"
    # An UPDATE of some columns takes what it needs of the rows; an INSERT that leaves one out has forgotten it.
    some = found.whole_rows and (found.sql or "").lstrip().startswith("UPDATE")
    elsewhere = STARTS_ELSEWHERE.get(found.where.split(":")[0], set())
    if (idle := found.given - named - elsewhere) and not some:
        return f"{found.where}: {sorted(idle)} given and not used"
    return ""


async def test_the_schema_and_the_grants_allow_every_statement(tx: Transaction) -> None:
    """As the service, else as the application at an office: one of the two runs it. Others sign in by themselves."""
    wrong: list[str] = []
    for found in ALL:
        ways = (
            [("tannha_service", True), ("tannha_app", True)] if found.through_transaction else [("tannha_app", False)]
        )
        refusals = [await _refused(tx, found.sql or "", role, started=started) for role, started in ways]
        if all(refusals):
            wrong.append(f"{found.where}: {refusals[0]}")
    assert not wrong, "\n".join(wrong)


async def _refused(tx: Transaction, sql: str, role: str, *, started: bool) -> str | None:
    """Why PostgreSQL would not run it. It looks at grants when a plan is started, so the statement is explained."""
    text, names = positional(sql)
    count = len(names) or max((int(number) for number in re.findall(r"\$(\d+)", text)), default=0)
    nulls = f"({', '.join(['NULL'] * count)})" if count else ""
    try:
        async with tx.savepoint():
            await tx.connection.execute(f"SET LOCAL ROLE {role}")
            await tx.connection.execute(f"PREPARE looked_at AS {text}")
            if started:
                await tx.connection.execute(f"EXPLAIN EXECUTE looked_at{nulls}")
            await tx.connection.execute("RESET ROLE")
            await tx.connection.execute("DEALLOCATE looked_at")
    except asyncpg.PostgresError as error:
        # What was prepared outlives the savepoint.
        await tx.connection.execute("DEALLOCATE ALL")
        return str(error)
    return None


async def test_what_is_read_fits_the_struct_it_is_made_into(tx: Transaction) -> None:
    wrong: list[str] = []
    for found in OURS:
        if found.into is None or found.sql is None:
            continue
        prepared = await tx.connection.prepare(positional(found.sql)[0])
        read = {attribute.name for attribute in prepared.get_attributes()}
        fields = set(found.into.__struct_fields__)
        if lacking := fields - read:
            wrong.append(f"{found.where}: does not read {sorted(lacking)} of {found.into.__name__}")
        if idle := read - fields - found.words:
            wrong.append(f"{found.where}: reads {sorted(idle)}, which {found.into.__name__} has not")
    assert not wrong, "\n".join(wrong)


_STAYS = re.compile(
    r"\bSET\s+(?!LOCAL)(?:SESSION|ROLE|[a-z_.]+\s*(?:=|TO\b))|\bLISTEN\b|advisory_lock\b|\bTEMP(?:ORARY)?\b",
    re.I,
)


def test_no_statement_leaves_anything_behind_in_its_connection() -> None:
    """The pool does not reset what it takes back."""
    wrong = [
        found.where for found in OURS if _STAYS.search(re.sub(r"UPDATE\b.*?\bSET\b", "", found.sql or "", flags=re.S))
    ]
    assert wrong == []
    assert all(", true)" in (found.sql or "") for found in OURS if "set_config" in (found.sql or ""))


READ_WHOLE = ("installation", "followers", "pgqueuer", "desk_sessions", "compensation_rules")
"""Tables of one row or few, or looked through by a timer once a day."""
OTHER_POOLS = ("backend/web/", "backend/demo/")


async def test_an_empty_installation_already_looks_rows_up_by_index(tx: Transaction) -> None:
    """Under the settings of the door's pool, which remembers its plans from the first day."""
    for name, value in database.BY_INDEX.items():
        await tx.connection.execute(f"SET LOCAL {name} = {value}")
    await tx.connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    wrong: list[str] = []
    for found in (one for one in OURS if not one.where.startswith(OTHER_POOLS)):
        scanned = [
            line.partition("Seq Scan on ")[2].split()[0]
            for line in await _plan(tx, found.sql or "")
            if "Seq Scan on" in line
        ]
        wrong += [f"{found.where} reads {table} whole" for table in scanned if table not in READ_WHOLE]
    assert not wrong, "\n".join(wrong)


async def _plan(tx: Transaction, sql: str) -> list[str]:
    text, names = positional(sql)
    nulls = f"({', '.join(['NULL'] * len(names))})" if names else ""
    async with tx.savepoint():
        await tx.connection.execute("SET LOCAL ROLE tannha_service")
        try:
            await tx.connection.execute(f"PREPARE looked_at AS {text}")
            rows = await tx.connection.fetch(f"EXPLAIN EXECUTE looked_at{nulls}")
            await tx.connection.execute("DEALLOCATE looked_at")
        except asyncpg.InsufficientPrivilegeError:
            rows = []
    await tx.connection.execute("RESET ROLE")
    return [row[0] for row in rows]
