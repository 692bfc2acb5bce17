"""The pretend offices of the demo, on the real geography. No installation that serves citizens loads them.

Province: post, one-stop, hotline 1022, People's Committee. Twelve communes: a post, a one-stop, a People's Committee
each. Huyện Tháp Mười until 30/6/2025: post and one-stop. All identifiers but the province's H20 are invented.
"""

from collections.abc import Iterator
from datetime import date, time

from backend.ids import derived
from backend.units.identifiers import read_identifier
from backend.units.model import (
    Additions,
    Commune,
    LeadUnit,
    Level,
    Place,
    SameLevelPost,
    Stage,
    Unit,
    UnitArea,
    UnitHours,
    UnitId,
    UnitKind,
    UnitStage,
)
from backend.units.seed import MERGED, communes_since_2025

_SOURCE = "Dữ liệu mẫu của bản trình diễn"
_PROVINCE, _OLD_PROVINCE, _DISTRICT = "82", "87", "872"
_SEAT, _OLD_SEAT, _DISTRICT_SEAT = "28261", "29869", "30037"
_DISTRICT_COMMUNES = tuple(str(code) for code in range(30037, 30074, 3))

_DISTRICT_KINDS = (UnitKind.POST, UnitKind.ONE_STOP)
_COMMUNE_KINDS = (UnitKind.POST, UnitKind.ONE_STOP, UnitKind.AGENCY)

_COMMUNES = {
    "30112": "H20.12",
    "28261": "H20.31",
    "30037": "H20.32",
    "30043": "H20.33",
    "30046": "H20.34",
    "30055": "H20.35",
    "30061": "H20.36",
    "30073": "H20.37",
    "29869": "H20.38",
    "29905": "H20.39",
    "29955": "H20.40",
    "30001": "H20.41",
}
"""Code -> invented identifier of the People's Committee. Mỹ Hiệp and Mỹ Tho; Tháp Mười and its neighbours Phương Thịnh,
Trường Xuân, Mỹ Quí, Đốc Binh Kiều, Thanh Mỹ; Cao Lãnh, Sa Đéc, Hồng Ngự, Tràm Chim."""

_POST_HOURS = ((Place.COUNTER, 6, "07:00-11:30 13:00-17:30"), (Place.HOME, 6, "05:30-20:00"))
_OFFICE_HOURS = ((Place.COUNTER, 5, "07:00-11:30 13:30-17:00"),)
_HOURS = {
    UnitKind.PROVINCE_POST: _POST_HOURS,
    UnitKind.POST: _POST_HOURS,
    UnitKind.ONE_STOP: _OFFICE_HOURS,
    UnitKind.AGENCY: _OFFICE_HOURS,
    UnitKind.HOTLINE: ((Place.COUNTER, 7, "06:00-22:00"),),
}
"""By kind: where, how many days from Monday on, from-until."""
BEGAN, OFFICIAL = date(2020, 8, 27), date(2022, 8, 11)
"""Of the transfer scheme: as a pilot, and no longer one."""
_SEATS = 4
"""Visits that a courier of the demo, or a counter, takes in a window."""


def demo_unit_id(kind: UnitKind, area_code: str) -> UnitId:
    """The id of the demo's unit of that kind of a province, district or commune."""
    return UnitId(derived("demo-unit", kind, area_code))


PROVINCE_POST = demo_unit_id(UnitKind.PROVINCE_POST, _PROVINCE)
PROVINCE_ONE_STOP = demo_unit_id(UnitKind.ONE_STOP, _PROVINCE)
PROVINCE_COMMITTEE = demo_unit_id(UnitKind.AGENCY, _PROVINCE)
HOTLINE = demo_unit_id(UnitKind.HOTLINE, _PROVINCE)
DISTRICT_POST = demo_unit_id(UnitKind.POST, _DISTRICT)
DISTRICT_ONE_STOP = demo_unit_id(UnitKind.ONE_STOP, _DISTRICT)


def demo_units() -> Additions:
    """All of them, with areas, same-level posts, lead units and hours. Geography comes from `service.load_seed`."""
    communes = [commune for commune in communes_since_2025() if commune.code in _COMMUNES]
    units = (*_province(), *_district(), *(unit for commune in communes for unit in _commune(commune)))
    return Additions(
        units=units,
        areas=tuple(_areas()),
        same_level_posts=tuple(_same_level_posts()),
        lead_units=tuple(_leads()),
        stages=tuple(_stages()),
        hours=tuple(span for unit in {unit.id: unit for unit in units}.values() for span in _hours(unit)),
    )


def _province() -> Iterator[Unit]:
    """Two versions each: the seat moved, and the one-stop has another name."""
    one_stop = "Phục vụ hành chính công tỉnh Đồng Tháp"
    for seat, since, until in ((_OLD_SEAT, None, MERGED), (_SEAT, MERGED, None)):
        center = f"Trung tâm {one_stop}" if since else f"Trung tâm Kiểm soát thủ tục hành chính và {one_stop}"
        for kind, name, parent, identifier in (
            (UnitKind.PROVINCE_POST, "Bưu điện tỉnh Đồng Tháp", None, None),
            (UnitKind.AGENCY, "Ủy ban nhân dân tỉnh Đồng Tháp", None, "H20"),
            (UnitKind.ONE_STOP, center, PROVINCE_COMMITTEE, None),
            (UnitKind.HOTLINE, "Tổng đài Thông tin dịch vụ công 1022 tỉnh Đồng Tháp", PROVINCE_COMMITTEE, None),
        ):
            area = (Level.PROVINCE, _PROVINCE, seat)
            yield _unit(kind, name, area, parent=parent, identifier=identifier, since=since, until=until)


def _district() -> Iterator[Unit]:
    area = (Level.DISTRICT, _DISTRICT, _DISTRICT_SEAT)
    yield _unit(UnitKind.POST, "Bưu điện huyện Tháp Mười", area, parent=PROVINCE_POST, until=MERGED)
    yield _unit(UnitKind.ONE_STOP, "Bộ phận Tiếp nhận và Trả kết quả huyện Tháp Mười", area, until=MERGED)


def _commune(commune: Commune) -> Iterator[Unit]:
    place = commune.name[0].lower() + commune.name[1:]
    for kind, name, parent, identifier in (
        (UnitKind.POST, f"Bưu điện {place}", PROVINCE_POST, None),
        (UnitKind.AGENCY, f"Ủy ban nhân dân {place}", PROVINCE_COMMITTEE, _COMMUNES[commune.code]),
        (
            UnitKind.ONE_STOP,
            f"Trung tâm Phục vụ hành chính công {place}",
            demo_unit_id(UnitKind.AGENCY, commune.code),
            None,
        ),
    ):
        area = (Level.COMMUNE, commune.code, commune.code)
        yield _unit(kind, name, area, parent=parent, identifier=identifier, since=MERGED)


def _unit(
    kind: UnitKind,
    name: str,
    area: tuple[Level, str, str],
    *,
    parent: UnitId | None = None,
    identifier: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Unit:
    """`area`: its level, its code, and the commune in which the unit sits."""
    level, area_code, seat = area
    spelled = read_identifier(identifier) if identifier else None
    return Unit(
        version_id=derived("demo-unit-version", kind, area_code, since.isoformat() if since else ""),
        valid_from=since,
        valid_until=until,
        source=_SOURCE,
        id=demo_unit_id(kind, area_code),
        kind=kind,
        name=name,
        level=level,
        commune_code=seat,
        parent_id=parent,
        identifier=spelled.canonical if spelled else None,
        identifier_long=spelled.long if spelled else None,
        working_week=list(range(1, _HOURS[kind][0][1] + 1)),
    )


def _areas() -> Iterator[UnitArea]:
    served = [(kind, code, code, MERGED, None) for code in _COMMUNES for kind in _COMMUNE_KINDS]
    served += [(kind, _DISTRICT, code, None, MERGED) for code in _DISTRICT_COMMUNES for kind in _DISTRICT_KINDS]
    for kind, area_code, code, since, until in served:
        unit = demo_unit_id(kind, area_code)
        yield UnitArea(
            version_id=derived("demo-area", unit.hex, code),
            valid_from=since,
            valid_until=until,
            source=_SOURCE,
            unit_id=unit,
            commune_code=code,
        )


def _stages() -> Iterator[UnitStage]:
    """The scheme was a pilot until the province's notice of 11/8/2022 (QĐ 1326, then official)."""
    yield _stage(DISTRICT_POST, Stage.PILOT, BEGAN, OFFICIAL)
    yield _stage(DISTRICT_POST, Stage.OFFICIAL, OFFICIAL, MERGED)
    for code in _COMMUNES:
        yield _stage(demo_unit_id(UnitKind.POST, code), Stage.OFFICIAL, MERGED, None)


def _stage(unit: UnitId, stage: Stage, since: date, until: date | None) -> UnitStage:
    return UnitStage(
        version_id=derived("demo-stage", unit.hex, stage),
        valid_from=since,
        valid_until=until,
        source=_SOURCE,
        unit_id=unit,
        stage=stage,
    )


def _same_level_posts() -> Iterator[SameLevelPost]:
    for unit in (PROVINCE_ONE_STOP, PROVINCE_COMMITTEE, HOTLINE):
        yield _same_level_post(unit, PROVINCE_POST)
    yield _same_level_post(DISTRICT_ONE_STOP, DISTRICT_POST, until=MERGED)
    for code in _COMMUNES:
        for kind in (UnitKind.ONE_STOP, UnitKind.AGENCY):
            yield _same_level_post(demo_unit_id(kind, code), demo_unit_id(UnitKind.POST, code), since=MERGED)


def _same_level_post(
    unit: UnitId, post: UnitId, *, since: date | None = None, until: date | None = None
) -> SameLevelPost:
    return SameLevelPost(
        version_id=derived("demo-same-level", unit.hex),
        valid_from=since,
        valid_until=until,
        source=_SOURCE,
        unit_id=unit,
        post_id=post,
    )


def _leads() -> Iterator[LeadUnit]:
    yield _lead(Level.PROVINCE, _OLD_PROVINCE, PROVINCE_ONE_STOP, until=MERGED)
    yield _lead(Level.PROVINCE, _PROVINCE, PROVINCE_ONE_STOP, since=MERGED)
    yield _lead(Level.DISTRICT, _DISTRICT, DISTRICT_ONE_STOP, until=MERGED)
    for code in _COMMUNES:
        yield _lead(Level.COMMUNE, code, demo_unit_id(UnitKind.ONE_STOP, code), since=MERGED)


def _lead(
    level: Level, area_code: str, unit: UnitId, *, since: date | None = None, until: date | None = None
) -> LeadUnit:
    return LeadUnit(
        version_id=derived("demo-lead", level, area_code),
        valid_from=since,
        valid_until=until,
        source=_SOURCE,
        level=level,
        area_code=area_code,
        unit_id=unit,
    )


def _hours(unit: Unit) -> Iterator[UnitHours]:
    for place, days, spans in _HOURS[unit.kind]:
        for weekday in range(1, days + 1):
            for span in spans.split():
                opens, closes = map(time.fromisoformat, span.split("-"))
                yield UnitHours(
                    version_id=derived("demo-hours", unit.id.hex, place, str(weekday), span),
                    source=_SOURCE,
                    unit_id=unit.id,
                    place=place,
                    weekday=weekday,
                    opens=opens,
                    closes=closes,
                    seats=_SEATS,
                )
