"""Look-ups of places and offices, each with an explicit day (`on`). `get*` raises, `find*` may return None."""

from collections.abc import Sequence
from datetime import date

from backend.database import Transaction, shaped
from backend.units.errors import NoLeadUnit, NoSameLevelPost, NoSuchCommune, NoSuchUnit
from backend.units.model import Commune, Level, PublicDay, Unit, UnitDay, UnitHours, UnitId, UnitKind


async def get_unit(tx: Transaction, unit: UnitId, on: date) -> Unit:
    """The unit as it is on that day. Raises NoSuchUnit, also when it exists on other days only."""
    row = await tx.first(
        """
        SELECT v.id AS version_id, lower(v.valid) AS valid_from, upper(v.valid) AS valid_until, v.source, u.id, u.kind,
            v.name, v.level, v.commune_code, v.parent_id, v.identifier, v.identifier_long, v.working_week
        FROM unit_versions AS v JOIN units AS u ON u.id = v.unit_id
        WHERE v.unit_id = $unit AND v.valid @> $on::date
        """,
        unit=unit,
        on=on,
    )
    if row is None:
        raise NoSuchUnit(f"Ngày {on:%d/%m/%Y} đơn vị này chưa có hoặc không còn. Chọn đơn vị khác.")
    return shaped(row, Unit)


async def get_agency(tx: Transaction, identifier: str, on: date) -> Unit:
    """The unit that has this canonical identifier on that day. Raises NoSuchUnit."""
    unit = await tx.value(
        "SELECT unit_id FROM unit_versions WHERE identifier = $identifier AND valid @> $on::date",
        identifier=identifier,
        on=on,
    )
    if unit is None:
        raise NoSuchUnit(f"Ngày {on:%d/%m/%Y} không có cơ quan mang mã định danh {identifier}. Kiểm tra lại mã.")
    return await get_unit(tx, unit, on)


async def units_on(
    tx: Transaction, on: date, *, kind: UnitKind | None = None, commune_code: str | None = None
) -> list[Unit]:
    """Units of that day by name; `kind`, and `commune_code` (whom they serve), narrow it."""
    rows = await tx.all(
        """
        SELECT v.id AS version_id, lower(v.valid) AS valid_from, upper(v.valid) AS valid_until, v.source, u.id, u.kind,
            v.name, v.level, v.commune_code, v.parent_id, v.identifier, v.identifier_long, v.working_week
        FROM unit_versions AS v JOIN units AS u ON u.id = v.unit_id
        WHERE v.valid @> $on::date
            AND ($kind::text IS NULL OR u.kind = $kind)
            AND ($commune_code::text IS NULL OR EXISTS (
                SELECT FROM unit_areas AS a
                WHERE a.unit_id = u.id AND a.commune_code = $commune_code AND a.valid @> $on::date
            ))
        ORDER BY v.folded, u.id
        """,
        on=on,
        kind=kind,
        commune_code=commune_code,
    )
    return [shaped(row, Unit) for row in rows]


async def search_units(tx: Transaction, folded: str, on: date, limit: int) -> list[Unit]:
    """Units of that day whose folded name contains `folded` or has a word like it, the likest first."""
    rows = await tx.all(
        """
        SELECT v.id AS version_id, lower(v.valid) AS valid_from, upper(v.valid) AS valid_until, v.source, u.id, u.kind,
            v.name, v.level, v.commune_code, v.parent_id, v.identifier, v.identifier_long, v.working_week
        FROM unit_versions AS v JOIN units AS u ON u.id = v.unit_id
        WHERE v.valid @> $on::date AND (v.folded LIKE '%' || $pattern || '%' OR $folded <% v.folded)
        ORDER BY word_similarity($folded, v.folded) DESC, v.folded, u.id
        LIMIT $limit
        """,
        folded=folded,
        pattern=_literal(folded),
        on=on,
        limit=limit,
    )
    return [shaped(row, Unit) for row in rows]


async def get_same_level_post(tx: Transaction, unit: UnitId, on: date) -> Unit:
    """The post of the same level as a hotline, one-stop or agency on that day. Raises NoSameLevelPost."""
    post = await tx.value(
        "SELECT post_id FROM same_level_posts WHERE unit_id = $unit AND valid @> $on::date", unit=unit, on=on
    )
    if post is None:
        raise NoSameLevelPost(f"Ngày {on:%d/%m/%Y} chưa ghi bưu điện cùng cấp của đơn vị này. Báo quản trị ghi.")
    return await get_unit(tx, post, on)


async def units_of_same_level_post(tx: Transaction, post: UnitId, on: date) -> list[UnitId]:
    """Hotlines, one-stops and agencies that this post is of the same level with on that day."""
    rows = await tx.all(
        "SELECT unit_id FROM same_level_posts WHERE post_id = $post AND valid @> $on::date ORDER BY unit_id",
        post=post,
        on=on,
    )
    return [row["unit_id"] for row in rows]


async def get_lead_unit(tx: Transaction, level: Level, area_code: str, on: date) -> Unit:
    """The lead organisation (đầu mối) of an area on that day. Raises NoLeadUnit."""
    lead = await tx.value(
        """
        SELECT unit_id FROM lead_units
        WHERE level = $level AND area_code = $area_code AND valid @> $on::date
        """,
        level=level,
        area_code=area_code,
        on=on,
    )
    if lead is None:
        raise NoLeadUnit(f"Ngày {on:%d/%m/%Y} chưa ghi đơn vị đầu mối của địa bàn {area_code}. Báo quản trị ghi.")
    return await get_unit(tx, lead, on)


async def get_commune(tx: Transaction, code: str, on: date) -> Commune:
    """What the code meant on that day. Raises NoSuchCommune."""
    row = await tx.first(
        """
        SELECT id AS version_id, lower(valid) AS valid_from, upper(valid) AS valid_until, source, code, name,
            district_code, province_code, lat, lon
        FROM communes WHERE code = $code AND valid @> $on::date
        """,
        code=code,
        on=on,
    )
    if row is None:
        raise NoSuchCommune(f"Ngày {on:%d/%m/%Y} không có xã, phường mang mã {code}. Kiểm tra lại mã và ngày.")
    return shaped(row, Commune)


async def communes_on(tx: Transaction, on: date) -> list[Commune]:
    """All communes of that day by code."""
    rows = await tx.all(
        """
        SELECT id AS version_id, lower(valid) AS valid_from, upper(valid) AS valid_until, source, code, name,
            district_code, province_code, lat, lon
        FROM communes WHERE valid @> $on::date ORDER BY code
        """,
        on=on,
    )
    return [shaped(row, Commune) for row in rows]


async def successors(tx: Transaction, code: str, known_on: date, on: date) -> list[Commune]:
    """What the commune that had `code` on `known_on` is on the later day `on`: one commune, or several where it was
    divided; itself when nothing changed. Follows change after change. Raises NoSuchCommune for an unknown code."""
    await get_commune(tx, code, known_on)
    rows = await tx.all(
        """
        WITH RECURSIVE steps AS (
            SELECT $code::text AS code, $known_on::date AS since
            UNION
            SELECT s.new_code, s.since
            FROM steps AS p
            JOIN area_successors AS s ON s.level = 'commune' AND s.old_code = p.code AND s.since = (
                SELECT min(n.since) FROM area_successors AS n
                WHERE n.level = 'commune' AND n.old_code = p.code AND n.since > p.since AND n.since <= $on
            )
        )
        SELECT id AS version_id, lower(valid) AS valid_from, upper(valid) AS valid_until, source, code, name,
            district_code, province_code, lat, lon
        FROM communes
        WHERE valid @> $on::date AND code IN (
            SELECT p.code FROM steps AS p WHERE NOT EXISTS (
                SELECT FROM area_successors AS n
                WHERE n.level = 'commune' AND n.old_code = p.code AND n.since > p.since AND n.since <= $on
            )
        )
        ORDER BY code
        """,
        code=code,
        known_on=known_on,
        on=on,
    )
    return [shaped(row, Commune) for row in rows]


async def search_communes(tx: Transaction, folded: str, on: date, limit: int) -> list[Commune]:
    """Communes of that day whose folded name contains `folded` or has words like it, the likest first."""
    rows = await tx.all(
        """
        SELECT id AS version_id, lower(valid) AS valid_from, upper(valid) AS valid_until, source, code, name,
            district_code, province_code, lat, lon
        FROM communes
        WHERE valid @> $on::date AND (folded LIKE '%' || $pattern || '%' OR $folded <% folded)
        ORDER BY word_similarity($folded, folded) DESC, folded, code
        LIMIT $limit
        """,
        folded=folded,
        pattern=_literal(folded),
        on=on,
        limit=limit,
    )
    return [shaped(row, Commune) for row in rows]


async def public_days(tx: Transaction, on: date) -> list[PublicDay]:
    """Days off and make-up days of the country as one had to reckon with them on that day."""
    rows = await tx.all(
        """
        SELECT id AS version_id, lower(valid) AS valid_from, upper(valid) AS valid_until, source, day, kind, instead_of,
            note
        FROM public_days WHERE valid @> $on::date ORDER BY day
        """,
        on=on,
    )
    return [shaped(row, PublicDay) for row in rows]


async def unit_days(tx: Transaction, units: Sequence[UnitId], on: date) -> list[UnitDay]:
    """The units' own exceptions as announced on that day."""
    rows = await tx.all(
        """
        SELECT id AS version_id, lower(valid) AS valid_from, upper(valid) AS valid_until, source, unit_id, day, kind,
            opens, closes, note
        FROM unit_days WHERE unit_id = ANY($units::uuid[]) AND valid @> $on::date ORDER BY unit_id, day
        """,
        units=list(units),
        on=on,
    )
    return [shaped(row, UnitDay) for row in rows]


async def unit_hours(tx: Transaction, units: Sequence[UnitId], on: date) -> list[UnitHours]:
    """The units' weekly hours in force on that day."""
    rows = await tx.all(
        """
        SELECT id AS version_id, lower(valid) AS valid_from, upper(valid) AS valid_until, source, unit_id, place,
            weekday, opens, closes, seats
        FROM unit_hours WHERE unit_id = ANY($units::uuid[]) AND valid @> $on::date
        ORDER BY unit_id, place, weekday, opens
        """,
        units=list(units),
        on=on,
    )
    return [shaped(row, UnitHours) for row in rows]


def _literal(folded: str) -> str:
    """For LIKE: what a person typed has no wildcards."""
    return folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
