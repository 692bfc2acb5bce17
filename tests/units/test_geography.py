"""Provinces and communes by date, on the real database."""

from datetime import date

import pytest

from backend.database import Transaction
from backend.text import folded, gate
from backend.units import seed, service
from backend.units.errors import NoSuchCommune
from backend.units.model import Commune
from tests.shared_data import shared_rows

LAST_OLD_DAY = date(2025, 6, 30)
FIRST_NEW_DAY = date(2025, 7, 1)
TODAY = date(2026, 11, 25)

INSPECTED = {
    "30115": ("Xã Mỹ Long", "30112", "Xã Mỹ Hiệp"),
    "30124": ("Xã Bình Hàng Tây", "30118", "Xã Bình Hàng Trung"),
    "30103": ("Xã Tân Hội Trung", "30118", "Xã Bình Hàng Trung"),
    "30277": ("Xã Hòa Tân", "30253", "Xã Tân Nhuận Đông"),
    "29980": ("Xã Long Khánh A", "29983", "Xã Long Khánh"),
    "29998": ("Xã Phú Thuận A", "29992", "Xã Long Phú Thuận"),
    "30007": ("Xã Tân Công Sính", "30001", "Xã Tràm Chim"),
    "30013": ("Xã Phú Đức", "30010", "Xã Tam Nông"),
    "30022": ("Xã An Long", "30028", "Xã An Long"),
    "30139": ("Xã An Phong", "30028", "Xã An Long"),
    "30148": ("Xã Bình Tấn", "30163", "Xã Bình Thành"),
    "30058": ("Xã Mỹ Đông", "30055", "Xã Mỹ Quí"),
    "30046": ("Xã Trường Xuân", "30046", "Xã Trường Xuân"),
    "29986": ("Phường An Bình B", "29954", "Phường An Bình"),
    "30226": ("Xã Tân Thành", "30226", "Xã Lai Vung"),
    "29929": ("Xã Tân Hộ Cơ", "29929", "Xã Tân Hộ Cơ"),
    "29944": ("Xã Tân Phước", "29944", "Xã An Phước"),
}
"""The communes inspected in 2020 (source 003) and what they became (facts I)."""


def named(communes: list[Commune], name: str) -> list[str]:
    return [commune.code for commune in communes if commune.name == name]


async def test_there_were_305_communes_and_there_are_102(land: Transaction) -> None:
    assert len(await service.communes_on(land, LAST_OLD_DAY)) == 305
    now = await service.communes_on(land, FIRST_NEW_DAY)
    assert len(now) == 102
    assert sum(commune.name.startswith("Phường ") for commune in now) == 20
    assert sum(commune.name.startswith("Xã ") for commune in now) == 82


async def test_two_provinces_became_one_and_the_districts_ended(land: Transaction) -> None:
    provinces = await land.all(
        "SELECT code, name FROM provinces WHERE valid @> $on::date ORDER BY code", on=LAST_OLD_DAY
    )
    assert [tuple(row) for row in provinces] == [("82", "Tỉnh Tiền Giang"), ("87", "Tỉnh Đồng Tháp")]
    provinces = await land.all("SELECT code, name FROM provinces WHERE valid @> $on::date", on=FIRST_NEW_DAY)
    assert [tuple(row) for row in provinces] == [("82", "Tỉnh Đồng Tháp")]
    became = await land.value("SELECT new_code FROM area_successors WHERE level = 'province' AND old_code = '87'")
    assert became == "82"
    assert await land.value("SELECT count(*) FROM districts WHERE valid @> $on::date", on=LAST_OLD_DAY) == 23
    assert await land.value("SELECT count(*) FROM districts WHERE valid @> $on::date", on=FIRST_NEW_DAY) == 0


async def test_every_old_commune_has_its_successor_and_every_new_one_came_from_some(land: Transaction) -> None:
    reached: set[str] = set()
    for old in await service.communes_on(land, LAST_OLD_DAY):
        became = await service.successors(land, old.code, LAST_OLD_DAY, TODAY)
        assert became, old
        assert all(new.valid_from == FIRST_NEW_DAY and new.province_code == "82" for new in became)
        reached |= {new.code for new in became}
    assert reached == {commune.code for commune in await service.communes_on(land, TODAY)}


@pytest.mark.parametrize("code", INSPECTED)
async def test_the_inspected_communes_are_found_where_they_are_now(land: Transaction, code: str) -> None:
    old_name, new_code, new_name = INSPECTED[code]
    assert (await service.get_commune(land, code, LAST_OLD_DAY)).name == old_name
    (became,) = await service.successors(land, code, LAST_OLD_DAY, TODAY)
    assert (became.code, became.name) == (new_code, new_name)


async def test_one_name_is_several_communes_each_with_its_own_way(land: Transaction) -> None:
    before = await service.communes_on(land, LAST_OLD_DAY)
    ways: dict[str, str] = {}
    for code in named(before, "Xã Tân Phước"):
        (became,) = await service.successors(land, code, LAST_OLD_DAY, TODAY)
        ways[code] = became.name
    assert ways == {"28711": "Xã Tân Đông", "29944": "Xã An Phước", "30220": "Xã Lai Vung"}
    assert named(before, "Xã Bình Thành") == ["30163", "30193"]
    assert named(before, "Xã Long Khánh") == ["28486"]
    assert named(await service.communes_on(land, TODAY), "Xã Long Khánh") == ["29983"]


async def test_one_code_means_another_place_on_another_day(land: Transaction) -> None:
    assert (await service.get_commune(land, "28249", LAST_OLD_DAY)).name == "Phường 5"
    assert (await service.get_commune(land, "28249", FIRST_NEW_DAY)).name == "Phường Đạo Thạnh"
    assert (await service.get_commune(land, "30115", LAST_OLD_DAY)).district_code == "873"
    with pytest.raises(NoSuchCommune, match="01/07/2025"):
        await service.get_commune(land, "30115", FIRST_NEW_DAY)


async def test_a_divided_commune_has_several_successors(land: Transaction) -> None:
    became = await service.successors(land, "30157", LAST_OLD_DAY, TODAY)
    assert [commune.code for commune in became] == ["30130", "30157"]


async def test_a_commune_that_did_not_change_is_its_own_successor(land: Transaction) -> None:
    (same,) = await service.successors(land, "30112", FIRST_NEW_DAY, TODAY)
    assert same == await service.get_commune(land, "30112", TODAY)
    with pytest.raises(NoSuchCommune):
        await service.successors(land, "99999", LAST_OLD_DAY, TODAY)


async def test_succession_follows_change_after_change(land: Transaction) -> None:
    """As when a resolution divides a commune of 2025 again."""
    again = date(2027, 1, 1)
    await land.run(
        "UPDATE communes SET valid = daterange(lower(valid), $again) WHERE code = '30112' AND upper_inf(valid)",
        again=again,
    )
    for code, name in (("30112", "Xã Mỹ Hiệp"), ("30113", "Xã Mỹ Long")):
        await land.run(
            """
            INSERT INTO communes (id, code, valid, name, folded, province_code, source)
            VALUES (gen_random_uuid(), $code, daterange($again, NULL), $name, $folded, '82', 'test')
            """,
            code=code,
            again=again,
            name=name,
            folded=folded(name),
        )
        await land.run(
            """
            INSERT INTO area_successors (level, old_code, since, new_code, source)
            VALUES ('commune', '30112', $again, $code, 'test')
            """,
            code=code,
            again=again,
        )
    before = await service.successors(land, "30115", LAST_OLD_DAY, date(2026, 12, 31))
    assert [commune.code for commune in before] == ["30112"]
    after = await service.successors(land, "30115", LAST_OLD_DAY, again)
    assert [commune.code for commune in after] == ["30112", "30113"]
    assert all(commune.valid_from == again for commune in after)


@pytest.mark.parametrize("typed", ["Tân Công Sinh", "tan cong sinh", "TÂN CÔNG SÍNH", "công sính"])
async def test_a_commune_is_found_without_tone_marks(land: Transaction, typed: str) -> None:
    found = await service.search_communes(land, typed, LAST_OLD_DAY)
    assert found[0].code == "30007"


async def test_search_knows_only_the_communes_of_its_day(land: Transaction) -> None:
    before = await service.search_communes(land, "Tan Phuoc", LAST_OLD_DAY)
    assert {commune.code for commune in before} >= {"28711", "29944", "30220"}
    since = await service.search_communes(land, "Tan Phuoc", TODAY)
    assert [commune.name for commune in since][:3] == ["Xã Tân Phước 1", "Xã Tân Phước 2", "Xã Tân Phước 3"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "100%"])
async def test_what_is_typed_is_no_wildcard(land: Transaction, typed: str) -> None:
    assert await service.search_communes(land, typed, TODAY) == []


async def test_loading_twice_is_loading_once(land: Transaction) -> None:
    count = """
        SELECT (SELECT count(*) FROM communes) + (SELECT count(*) FROM area_successors)
            + (SELECT count(*) FROM public_days)
    """
    before = await land.value(count)
    await service.load_seed(land)
    assert await land.value(count) == before


def test_the_shipped_names_are_written_as_the_text_gate_wants_them() -> None:
    land = seed.geography()
    for name in [*(row.name for row in land.communes), *(row.name for row in land.districts)]:
        assert gate(name) == name


MOVED = {"28615", "29983", "30130"}
"""Their middles in the source are those of another commune of that name (`seed`)."""


def test_the_shipped_communes_are_those_of_the_source() -> None:
    ours = {commune.code: commune for commune in seed.communes_since_2025()}
    source = {row["code"]: row for row in shared_rows("domain", "data", "dongthap_units_2025.csv")}
    assert {code: row.name for code, row in ours.items()} == {code: row["name"] for code, row in source.items()}
    for code, row in source.items():
        same_place = (ours[code].lat, ours[code].lon) == (float(row["lat"]), float(row["lon"]))
        assert same_place == (code not in MOVED)


def test_the_shipped_old_communes_are_those_of_the_source() -> None:
    shipped = seed.geography()
    districts = {row.code: row.name for row in shipped.districts}
    successors = {(row.old_code, row.new_code) for row in shipped.successions if row.level == "commune"}
    ours = {
        (row.code, row.name, row.district_code, districts[row.district_code], row.province_code)
        for row in shipped.communes
        if row.district_code is not None
    }
    source = shared_rows("domain", "data", "dongthap_units_before_2025.csv")
    assert ours == {
        (row["code"], row["name"], row["district_code"], row["district"], row["province_code"]) for row in source
    }
    assert successors == {(row["code"], code) for row in source for code in row["succeeded_by"].split()}


def test_the_shipped_days_are_those_of_the_source() -> None:
    ours = {(row.day.isoformat(), row.kind.value, row.note) for row in seed.geography().public_days}
    assert ours == {(row["date"], row["kind"], row["note"]) for row in shared_rows("domain", "data", "vn_days.csv")}
