"""Two walls, one answer: whose case it is by the policy in Python, and by row-level security in PostgreSQL."""

import random
from uuid import UUID

import pytest

from backend.ids import uuid7
from tests.builders import Field

WALLED = ("acts", "personal", "entries", "parcels")
"""Tables that an office reaches only through its own cases."""


async def some_cases(field: Field, units: list[UUID], count: int) -> dict[UUID, set[UUID]]:
    """Cases of random supporting, handling and competent units, each with an act, money and a parcel."""
    chance = random.Random(20261122)
    own: dict[UUID, set[UUID]] = {}
    for _ in range(count):
        supporting, handling, competent = (chance.choice(units) for _ in range(3))
        case = await field.registered(
            supporting_unit=str(supporting), handling_unit=str(handling), competent_unit=str(competent)
        )
        own[case] = {supporting, handling, competent}
        await field.tx.run(
            """INSERT INTO entries (case_id, transfer_id, line, account, amount, day, occurred_at, recorded_at)
               SELECT $case, $transfer, line, account, amount, '2026-11-25', now(), now()
               FROM (VALUES (1, 'suspense', 5), (2, 'float', -5)) AS w (line, account, amount)""",
            case=case,
            transfer=uuid7(),
        )
        await field.tx.run(
            """INSERT INTO parcels (case_id, parcel_id, state, holder_kind, holder)
               VALUES ($case, $parcel, 'sealed', 'unit', $holder)""",
            case=case,
            parcel=uuid7(),
            holder=handling,
        )
    return own


async def reached(field: Field, table: str, units: set[UUID]) -> set[UUID]:
    """Cases of which an office of these units sees a row of the table."""
    await field.tx.run(
        "SELECT set_config('tannha.units', $units, true)", units=",".join(str(unit) for unit in sorted(units))
    )
    rows = await field.tx.connection.fetch(f"SELECT DISTINCT case_id FROM {table}")  # noqa: S608  (a name of ours)
    return {row["case_id"] for row in rows}


async def test_an_office_reaches_its_own_cases_by_both_walls_alike(field: Field) -> None:
    rows = await field.tx.all("SELECT id FROM units ORDER BY id")
    units = [row["id"] for row in rows][:8]
    own = await some_cases(field, units, 40)
    chance = random.Random(7)
    await field.tx.connection.execute("SET LOCAL ROLE NONE")
    for _ in range(60):
        mine = set(chance.sample(units, chance.randint(1, 3)))
        allowed = {case for case, of in own.items() if of & mine}
        for table in WALLED:
            assert await reached(field, table, mine) & own.keys() == allowed, table


@pytest.mark.parametrize("said", ["", None])
async def test_whoever_says_no_unit_reaches_nothing(field: Field, said: str | None) -> None:
    await some_cases(field, [field.post, field.one_stop], 3)
    await field.tx.connection.execute("SET LOCAL ROLE NONE")
    if said is not None:
        await field.tx.run("SELECT set_config('tannha.units', $said, true)", said=said)
    for table in WALLED:
        assert await field.tx.connection.fetchval(f"SELECT count(*) FROM {table}") == 0  # noqa: S608


async def test_the_application_itself_can_change_no_act(field: Field) -> None:
    await field.registered()
    for role in ("tannha_service", "tannha_province", "NONE"):
        await field.tx.connection.execute(f"SET LOCAL ROLE {role}")
        for table in ("acts", "entries", "personal", "checkpoints"):
            may = await field.tx.value(
                """SELECT has_table_privilege($table, 'UPDATE') OR has_table_privilege($table, 'DELETE')
                          OR has_table_privilege($table, 'TRUNCATE') OR has_any_column_privilege($table, 'UPDATE')""",
                table=table,
            )
            assert may is False, (role, table)
