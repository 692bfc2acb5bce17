"""Places and offices by date. Pure: no I/O.

`valid_from` is the first day a version holds (None: since ever), `valid_until` the first day it no longer does (None:
nothing decided). Days are dates in Việt Nam (`clock.local_date`).
"""

from datetime import date, time
from enum import StrEnum
from typing import Literal, NewType
from uuid import UUID

import msgspec

UnitId = NewType("UnitId", UUID)
Model = Literal["combined", "no_writing", "home"]
"""How a case is served: online service and post together (QĐ 1326), the citizen does not write (QĐ 1516), by
appointment at home. The fourth of the sources, the transfer scheme, is a matter of the unit."""


class Level(StrEnum):
    """Cấp. The district level ended on 1/7/2025: it exists in the past only."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class UnitKind(StrEnum):
    """What an office is. Its level is another matter, and dated."""

    PROVINCE_POST = "province_post"
    POST = "post"
    POSTAL_POINT = "postal_point"
    ONE_STOP = "one_stop"
    AGENCY = "agency"
    HOTLINE = "hotline"


POSTS = (UnitKind.POST, UnitKind.PROVINCE_POST)
"""Where couriers and stock are."""


class DayKind(StrEnum):
    """Nghỉ, or làm việc (a make-up day; for one unit: an extra day)."""

    OFF = "off"
    WORK = "work"


class Place(StrEnum):
    """Where opening hours apply: at the counter, or at the citizen's home."""

    COUNTER = "counter"
    HOME = "home"


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A version: what held from one day until another, and who says so."""

    version_id: UUID
    valid_from: date | None = None
    valid_until: date | None = None
    source: str


class Province(Dated, frozen=True, kw_only=True):
    """Tỉnh."""

    code: str
    name: str


class District(Dated, frozen=True, kw_only=True):
    """Huyện, thị xã, thành phố thuộc tỉnh; until 30/6/2025."""

    code: str
    name: str
    province_code: str


class Commune(Dated, frozen=True, kw_only=True):
    """Xã, phường, thị trấn. `lat`, `lon`: the middle of its area, WGS 84, where known."""

    code: str
    name: str
    district_code: str | None = None
    province_code: str
    lat: float | None = None
    lon: float | None = None


class Succession(msgspec.Struct, frozen=True, kw_only=True):
    """From `since` on, the area `old_code` is (part of) `new_code`."""

    level: Level
    old_code: str
    since: date
    new_code: str
    source: str


class Unit(Dated, frozen=True, kw_only=True):
    """An office as it is on a day. `working_week`: the weekdays that count in deadlines, 1 = Monday."""

    id: UnitId
    kind: UnitKind
    name: str
    level: Level
    commune_code: str
    parent_id: UnitId | None = None
    identifier: str | None = None
    identifier_long: str | None = None
    working_week: list[int]


class UnitArea(Dated, frozen=True, kw_only=True):
    """A commune that a unit serves."""

    unit_id: UnitId
    commune_code: str


class SameLevelPost(Dated, frozen=True, kw_only=True):
    """Bưu điện cùng cấp: the post to which the unit forwards registrations (QĐ 1326)."""

    unit_id: UnitId
    post_id: UnitId


class LeadUnit(Dated, frozen=True, kw_only=True):
    """Đầu mối of an area; `area_code` is a code of the level."""

    level: Level
    area_code: str
    unit_id: UnitId


class PublicDay(Dated, frozen=True, kw_only=True):
    """A day off for the whole country, or the day that makes up for one (`instead_of`)."""

    day: date
    kind: DayKind
    instead_of: date | None = None
    note: str


class UnitDay(Dated, frozen=True, kw_only=True):
    """A unit's own exception: closed that day, or open from `opens` to `closes`."""

    unit_id: UnitId
    day: date
    kind: DayKind
    opens: time | None = None
    closes: time | None = None
    note: str


class UnitHours(Dated, frozen=True, kw_only=True):
    """One span of a unit's week; several a day if it closes at noon. `weekday`: 1 = Monday.

    `seats`: how many visits one courier (at home) or the counter takes in a window; None: nobody has said.
    """

    unit_id: UnitId
    place: Place
    weekday: int
    opens: time
    closes: time
    seats: int | None = None


class Stage(StrEnum):
    """Of the transfer scheme at an office: thí điểm, or chính thức (since 8/2022)."""

    PILOT = "pilot"
    OFFICIAL = "official"


class UnitStage(Dated, frozen=True, kw_only=True):
    """How far the scheme is at a unit."""

    unit_id: UnitId
    stage: Stage


class Additions(msgspec.Struct, frozen=True, kw_only=True):
    """Versions to be recorded together."""

    provinces: tuple[Province, ...] = ()
    districts: tuple[District, ...] = ()
    communes: tuple[Commune, ...] = ()
    successions: tuple[Succession, ...] = ()
    public_days: tuple[PublicDay, ...] = ()
    units: tuple[Unit, ...] = ()
    areas: tuple[UnitArea, ...] = ()
    same_level_posts: tuple[SameLevelPost, ...] = ()
    lead_units: tuple[LeadUnit, ...] = ()
    unit_days: tuple[UnitDay, ...] = ()
    hours: tuple[UnitHours, ...] = ()
    stages: tuple[UnitStage, ...] = ()
