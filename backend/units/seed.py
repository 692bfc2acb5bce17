"""The geography and the days that come with the product: administrative units and days off are facts of law.

`data/provinces.csv`, `districts_before_2025.csv`, `communes_before_2025.csv` (305), `communes_2025.csv` (102): QĐ
19/2025/QĐ-TTg of 30/6/2025 (codes; in force 1/7/2025), NQ 202/2025/QH15, NQ 1663/NQ-UBTVQH15; read from public lists in
2026. The old list is the one of 30/6/2025 and is taken to hold before it too. Middles of areas are rough. Four were
found in the wrong place, those of another commune of the same name: Lương Hòa Lạc, Long Khánh and Thanh Bình have the
mean of the old communes they were made of instead, the old Phường 3 of Cai Lậy (28437) has none.

`data/days.csv`: days off and make-up working days 2025-2027 by the yearly notices of the Government and NQ 28/2026/QH16
(24/11); Tết 2027 is a forecast, the swap of 2/1/2026 weakly attested. When a notice comes, close the forecast and add.
"""

import csv
from collections.abc import Iterator
from datetime import date
from importlib import resources

from backend.ids import derived
from backend.units.model import Additions, Commune, DayKind, District, Level, Province, PublicDay, Succession

MERGED = date(2025, 7, 1)
"""The day the district level ended and the new province and communes began."""

_UNITS = "QĐ 19/2025/QĐ-TTg, NQ 202/2025/QH15, NQ 1663/NQ-UBTVQH15"
_DAYS = "Thông báo nghỉ lễ, Tết hằng năm; NQ 28/2026/QH16"


def geography() -> Additions:
    """All of `data/` as versions whose ids are the same in every installation."""
    old = list(_rows("communes_before_2025.csv"))
    return Additions(
        provinces=tuple(_province(row) for row in _rows("provinces.csv")),
        districts=tuple(_district(row) for row in _rows("districts_before_2025.csv")),
        communes=tuple(_old_commune(row) for row in old) + communes_since_2025(),
        successions=tuple(_province_successions()) + tuple(_commune_successions(old)),
        public_days=tuple(_public_day(row) for row in _rows("days.csv")),
    )


def communes_since_2025() -> tuple[Commune, ...]:
    return tuple(
        Commune(
            version_id=derived("commune", row["code"], MERGED.isoformat()),
            valid_from=MERGED,
            source=_UNITS,
            code=row["code"],
            name=row["name"],
            province_code="82",
            lat=_number(row["lat"]),
            lon=_number(row["lon"]),
        )
        for row in _rows("communes_2025.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("backend.units").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _number(text: str) -> float | None:
    return float(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _province(row: dict[str, str]) -> Province:
    return Province(
        version_id=derived("province", row["code"], row["valid_from"]),
        valid_from=_day(row["valid_from"]),
        valid_until=_day(row["valid_until"]),
        source=_UNITS,
        code=row["code"],
        name=row["name"],
    )


def _district(row: dict[str, str]) -> District:
    return District(
        version_id=derived("district", row["code"], ""),
        valid_until=MERGED,
        source=_UNITS,
        code=row["code"],
        name=row["name"],
        province_code=row["province_code"],
    )


def _old_commune(row: dict[str, str]) -> Commune:
    return Commune(
        version_id=derived("commune", row["code"], ""),
        valid_until=MERGED,
        source=_UNITS,
        code=row["code"],
        name=row["name"],
        district_code=row["district_code"],
        province_code=row["province_code"],
        lat=_number(row["lat"]),
        lon=_number(row["lon"]),
    )


def _province_successions() -> Iterator[Succession]:
    for row in _rows("provinces.csv"):
        if row["succeeded_by"]:
            yield _succession(Level.PROVINCE, row["code"], row["succeeded_by"])


def _commune_successions(old: list[dict[str, str]]) -> Iterator[Succession]:
    for row in old:
        for code in row["succeeded_by"].split():
            yield _succession(Level.COMMUNE, row["code"], code)


def _succession(level: Level, old_code: str, new_code: str) -> Succession:
    return Succession(level=level, old_code=old_code, since=MERGED, new_code=new_code, source=_UNITS)


def _public_day(row: dict[str, str]) -> PublicDay:
    return PublicDay(
        version_id=derived("public-day", row["day"], ""),
        source=_DAYS,
        day=date.fromisoformat(row["day"]),
        kind=DayKind(row["kind"]),
        instead_of=_day(row["instead_of"]),
        note=row["note"],
    )
