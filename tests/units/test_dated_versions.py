"""A version in use is never changed: the schema itself says so."""

from datetime import date
from typing import LiteralString

import asyncpg
import pytest

from backend.database import Transaction
from backend.ids import derived
from backend.units import service
from backend.units.demo import HOTLINE, PROVINCE_POST, demo_units
from backend.units.errors import OverlappingVersion
from backend.units.model import Additions, Commune

DATED = [
    "provinces",
    "districts",
    "communes",
    "unit_versions",
    "unit_areas",
    "same_level_posts",
    "lead_units",
    "public_days",
    "unit_days",
    "unit_hours",
]
OTHERS = ["units", "area_successors"]


async def test_two_versions_of_one_commune_on_one_day_are_refused(land: Transaction) -> None:
    second = Commune(
        version_id=derived("second"),
        valid_from=date(2026, 1, 1),
        source="test",
        code="30112",
        name="Xã Mỹ Hiệp",
        province_code="82",
    )
    with pytest.raises(OverlappingVersion, match="Đóng bản cũ") as refused:
        await service.add(land, Additions(communes=(second,)))
    cause = refused.value.__cause__
    assert isinstance(cause, asyncpg.ExclusionViolationError)
    assert cause.constraint_name == "commune_one_version_a_day"


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        (
            "unit_one_version_a_day",
            """INSERT INTO unit_versions (id, unit_id, valid, name, folded, level, commune_code, working_week, source)
            VALUES (gen_random_uuid(), $hotline, '[2026-01-01,)', 'x', 'x', 'province', '28261', '{1}', 'test')""",
        ),
        (
            "unit_identifier_of_one_unit",
            """INSERT INTO unit_versions
            (id, unit_id, valid, name, folded, level, commune_code, working_week, source, identifier)
            VALUES
            (gen_random_uuid(), $fresh, '[2026-01-01,)', 'x', 'x', 'commune', '28261', '{1}', 'test', 'H20.12')""",
        ),
        (
            "same_level_one_post_a_day",
            """INSERT INTO same_level_posts (id, unit_id, post_id, valid, source)
            VALUES (gen_random_uuid(), $hotline, $post, '[2026-01-01,)', 'test')""",
        ),
        (
            "lead_one_unit_a_day",
            """INSERT INTO lead_units (id, level, area_code, unit_id, valid, source)
            VALUES (gen_random_uuid(), 'province', '82', $hotline, '[2026-01-01,)', 'test')""",
        ),
        (
            "unit_hours_apart",
            """INSERT INTO unit_hours (id, unit_id, place, weekday, opens, closes, valid, source)
            VALUES (gen_random_uuid(), $hotline, 'counter', 1, '05:00', '06:01', '[2026-01-01,)', 'test')""",
        ),
        (
            "public_day_one_answer",
            """INSERT INTO public_days (id, day, valid, kind, note, source)
            VALUES (gen_random_uuid(), '2026-11-24', '[2026-01-01,)', 'off', 'x', 'test')""",
        ),
        (
            "same_level_post_is_another_unit",
            """INSERT INTO same_level_posts (id, unit_id, post_id, valid, source)
            VALUES (gen_random_uuid(), $post, $post, '[2026-01-01,)', 'test')""",
        ),
        (
            "unit_day_has_hours_when_open",
            """INSERT INTO unit_days (id, unit_id, day, valid, kind, note, source)
            VALUES (gen_random_uuid(), $post, '2026-12-05', '[2026-01-01,)', 'work', 'x', 'test')""",
        ),
        (
            "unit_hours_valid_some_day",
            """INSERT INTO unit_hours (id, unit_id, place, weekday, opens, closes, valid, source)
            VALUES (gen_random_uuid(), $post, 'counter', 7, '05:00', '06:00', 'empty', 'test')""",
        ),
    ],
)
async def test_the_schema_refuses_by_the_rules_name(
    offices: Transaction, constraint: str, statement: LiteralString
) -> None:
    fresh = derived("fresh unit")
    await offices.run("INSERT INTO units (id, kind, source) VALUES ($id, 'agency', 'test')", id=fresh)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await offices.run(statement, hotline=HOTLINE, post=PROVINCE_POST, fresh=fresh)
    assert refused.value.constraint_name == constraint  # pyright: ignore[reportAttributeAccessIssue]


async def test_hours_may_stand_beside_each_other_by_time_place_or_day(offices: Transaction) -> None:
    for place, opens, closes in (
        ("counter", "05:00", "06:00"),
        ("counter", "22:00", "23:00"),
        ("home", "08:00", "09:00"),
    ):
        await offices.run(
            """
            INSERT INTO unit_hours (id, unit_id, place, weekday, opens, closes, valid, source)
            VALUES
            (gen_random_uuid(), $unit, $place, 1, $opens::text::time, $closes::text::time, '[2026-01-01,)', 'test')
            """,
            unit=HOTLINE,
            place=place,
            opens=opens,
            closes=closes,
        )


async def test_a_version_may_be_closed_and_followed_by_another(offices: Transaction) -> None:
    await offices.run(
        """
        UPDATE unit_versions SET valid = daterange(lower(valid), '2027-01-01')
        WHERE unit_id = $unit AND upper_inf(valid)
        """,
        unit=HOTLINE,
    )
    await offices.run(
        """
        INSERT INTO unit_versions (id, unit_id, valid, name, folded, level, commune_code, working_week, source)
        VALUES
        (gen_random_uuid(), $unit, '[2027-01-01,)', 'Tổng đài 1022', 'tong dai 1022', 'province', '28261', '{1}', 'x')
        """,
        unit=HOTLINE,
    )
    assert (await service.get_unit(offices, HOTLINE, date(2026, 12, 31))).name.startswith("Tổng đài Thông tin")
    assert (await service.get_unit(offices, HOTLINE, date(2027, 1, 1))).name == "Tổng đài 1022"


@pytest.mark.parametrize(
    "valid",
    [
        "daterange(lower(valid) + 1, NULL)",
        "daterange(NULL, upper(valid))",
        "daterange(lower(valid), lower(valid))",
        "daterange('2024-01-01', NULL)",
    ],
)
async def test_a_version_is_not_moved_or_emptied(land: Transaction, valid: str) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await land.connection.execute(
            f"UPDATE communes SET valid = {valid} WHERE code = '30112' AND upper_inf(valid)"  # noqa: S608
        )
    assert refused.value.constraint_name == "version_only_closes"


async def test_a_closed_version_is_not_opened_again(land: Transaction) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await land.run("UPDATE districts SET valid = daterange(lower(valid), '2030-01-01')")
    assert refused.value.constraint_name == "version_only_closes"


async def test_closing_a_version_shows_in_the_feed(land: Transaction) -> None:
    await land.run(
        "UPDATE communes SET valid = daterange(lower(valid), '2030-01-01') WHERE code = '30112' AND upper_inf(valid)"
    )
    changed = await land.value(
        "SELECT changed = pg_current_xact_id() FROM communes WHERE code = '30112' AND upper(valid) = '2030-01-01'"
    )
    assert changed


@pytest.mark.parametrize("table", DATED + OTHERS)
async def test_the_application_reads_and_the_service_only_adds_and_closes(owner_tx: Transaction, table: str) -> None:
    rights = {
        (row["grantee"], row["privilege_type"])
        for row in await owner_tx.all(
            """
            SELECT g.grantee, g.privilege_type FROM information_schema.role_table_grants AS g
            WHERE g.table_name = $table AND g.grantee IN ('tannha_app', 'tannha_service', 'tannha_province')
            """,
            table=table,
        )
    }
    columns = {
        (row["grantee"], row["column_name"])
        for row in await owner_tx.all(
            """
            SELECT g.grantee, g.column_name FROM information_schema.column_privileges AS g
            WHERE g.table_name = $table AND g.privilege_type = 'UPDATE'
                AND g.grantee IN ('tannha_app', 'tannha_service', 'tannha_province')
            """,
            table=table,
        )
    }
    readers = {(role, "SELECT") for role in ("tannha_app", "tannha_service", "tannha_province")}
    assert rights == readers | {("tannha_service", "INSERT")}
    assert columns == ({("tannha_service", "valid")} if table in DATED else set())


async def test_the_demos_units_load_twice_as_once(offices: Transaction) -> None:
    count = (
        "SELECT (SELECT count(*) FROM units) + (SELECT count(*) FROM unit_versions) + (SELECT count(*) FROM unit_hours)"
    )
    before = await offices.value(count)
    await service.add(offices, demo_units())
    assert await offices.value(count) == before
