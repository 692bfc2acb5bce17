"""Writing versions down. A version that is already there (same id) is left alone, so the same load twice is one.

Every function raises OverlappingVersion when another version of the same thing holds on one of the days.
"""

from collections.abc import Sequence
from typing import LiteralString

import asyncpg
import msgspec

from backend.database import Transaction, columns
from backend.text import folded
from backend.units.errors import OverlappingVersion
from backend.units.model import (
    Commune,
    District,
    LeadUnit,
    Province,
    PublicDay,
    SameLevelPost,
    Succession,
    Unit,
    UnitArea,
    UnitDay,
    UnitHours,
    UnitStage,
)


async def add_provinces(tx: Transaction, rows: Sequence[Province]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO provinces (id, valid, source, code, name, folded)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.code, r.name, r.folded
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $code::text [],
            $name::text [], $folded::text []
        ) AS r (id, valid_from, valid_until, source, code, name, folded)
        ON CONFLICT (id) DO NOTHING
        """,
        folded=[folded(row.name) for row in rows],
    )


async def add_districts(tx: Transaction, rows: Sequence[District]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO districts (id, valid, source, code, name, folded, province_code)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.code, r.name, r.folded, r.province_code
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $code::text [],
            $name::text [], $folded::text [], $province_code::text []
        ) AS r (id, valid_from, valid_until, source, code, name, folded, province_code)
        ON CONFLICT (id) DO NOTHING
        """,
        folded=[folded(row.name) for row in rows],
    )


async def add_communes(tx: Transaction, rows: Sequence[Commune]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO communes (id, valid, source, code, name, folded, district_code, province_code, lat, lon)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.code, r.name, r.folded, r.district_code,
            r.province_code, r.lat, r.lon
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $code::text [],
            $name::text [], $folded::text [], $district_code::text [], $province_code::text [],
            $lat::double precision [], $lon::double precision []
        ) AS r (id, valid_from, valid_until, source, code, name, folded, district_code, province_code, lat, lon)
        ON CONFLICT (id) DO NOTHING
        """,
        folded=[folded(row.name) for row in rows],
    )


async def add_successions(tx: Transaction, rows: Sequence[Succession]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO area_successors (level, old_code, since, new_code, source)
        SELECT r.level, r.old_code, r.since, r.new_code, r.source
        FROM unnest($level::text [], $old_code::text [], $since::date [], $new_code::text [], $source::text [])
        AS r (level, old_code, since, new_code, source)
        ON CONFLICT (level, old_code, since, new_code) DO NOTHING
        """,
    )


async def add_public_days(tx: Transaction, rows: Sequence[PublicDay]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO public_days (id, valid, source, day, kind, instead_of, note)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.day, r.kind, r.instead_of, r.note
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $day::date [],
            $kind::text [], $instead_of::date [], $note::text []
        ) AS r (id, valid_from, valid_until, source, day, kind, instead_of, note)
        ON CONFLICT (id) DO NOTHING
        """,
    )


async def add_units(tx: Transaction, rows: Sequence[Unit]) -> None:
    """The units themselves, those not yet known, and these versions of them."""
    await _record(
        tx,
        rows,
        """
        INSERT INTO units (id, kind, source)
        SELECT DISTINCT ON (r.id) r.id, r.kind, r.source
        FROM unnest($id::uuid [], $kind::text [], $source::text []) AS r (id, kind, source)
        ON CONFLICT (id) DO NOTHING
        """,
    )
    # PostgreSQL has no array of arrays of different lengths: a week travels as its digits.
    await _record(
        tx,
        rows,
        """
        INSERT INTO unit_versions (id, unit_id, valid, source, name, folded, level, commune_code, parent_id,
            identifier, identifier_long, working_week)
        SELECT r.id, r.unit_id, daterange(r.valid_from, r.valid_until), r.source, r.name, r.folded, r.level,
            r.commune_code, r.parent_id, r.identifier, r.identifier_long, string_to_array(r.week, NULL)::smallint []
        FROM unnest(
            $version_id::uuid [], $id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [],
            $name::text [], $folded::text [], $level::text [], $commune_code::text [], $parent_id::uuid [],
            $identifier::text [], $identifier_long::text [], $week::text []
        ) AS r (id, unit_id, valid_from, valid_until, source, name, folded, level, commune_code, parent_id,
            identifier, identifier_long, week)
        ON CONFLICT (id) DO NOTHING
        """,
        folded=[folded(row.name) for row in rows],
        week=["".join(map(str, row.working_week)) for row in rows],
    )


async def add_areas(tx: Transaction, rows: Sequence[UnitArea]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO unit_areas (id, valid, source, unit_id, commune_code)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.unit_id, r.commune_code
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $unit_id::uuid [],
            $commune_code::text []
        ) AS r (id, valid_from, valid_until, source, unit_id, commune_code)
        ON CONFLICT (id) DO NOTHING
        """,
    )


async def add_same_level_posts(tx: Transaction, rows: Sequence[SameLevelPost]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO same_level_posts (id, valid, source, unit_id, post_id)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.unit_id, r.post_id
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $unit_id::uuid [],
            $post_id::uuid []
        ) AS r (id, valid_from, valid_until, source, unit_id, post_id)
        ON CONFLICT (id) DO NOTHING
        """,
    )


async def add_lead_units(tx: Transaction, rows: Sequence[LeadUnit]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO lead_units (id, valid, source, level, area_code, unit_id)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.level, r.area_code, r.unit_id
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $level::text [],
            $area_code::text [], $unit_id::uuid []
        ) AS r (id, valid_from, valid_until, source, level, area_code, unit_id)
        ON CONFLICT (id) DO NOTHING
        """,
    )


async def add_unit_days(tx: Transaction, rows: Sequence[UnitDay]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO unit_days (id, valid, source, unit_id, day, kind, opens, closes, note)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.unit_id, r.day, r.kind, r.opens, r.closes,
            r.note
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $unit_id::uuid [],
            $day::date [], $kind::text [], $opens::time [], $closes::time [], $note::text []
        ) AS r (id, valid_from, valid_until, source, unit_id, day, kind, opens, closes, note)
        ON CONFLICT (id) DO NOTHING
        """,
    )


async def add_hours(tx: Transaction, rows: Sequence[UnitHours]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO unit_hours (id, valid, source, unit_id, place, weekday, opens, closes, seats)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.unit_id, r.place, r.weekday, r.opens, r.closes,
            r.seats
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $unit_id::uuid [],
            $place::text [], $weekday::smallint [], $opens::time [], $closes::time [], $seats::smallint []
        ) AS r (id, valid_from, valid_until, source, unit_id, place, weekday, opens, closes, seats)
        ON CONFLICT (id) DO NOTHING
        """,
    )


async def add_stages(tx: Transaction, rows: Sequence[UnitStage]) -> None:
    await _record(
        tx,
        rows,
        """
        INSERT INTO unit_stages (id, valid, source, unit_id, stage)
        SELECT r.id, daterange(r.valid_from, r.valid_until), r.source, r.unit_id, r.stage
        FROM unnest(
            $version_id::uuid [], $valid_from::date [], $valid_until::date [], $source::text [], $unit_id::uuid [],
            $stage::text []
        ) AS r (id, valid_from, valid_until, source, unit_id, stage)
        ON CONFLICT (id) DO NOTHING
        """,
    )


async def _record(
    tx: Transaction, rows: Sequence[msgspec.Struct], sql: LiteralString, **computed: Sequence[object]
) -> None:
    if not rows:
        return
    try:
        await tx.run(sql, **columns(rows), **computed)
    except asyncpg.ExclusionViolationError as error:
        raise OverlappingVersion("Đã có bản ghi trong khoảng ngày này. Đóng bản cũ rồi ghi bản mới.") from error
