"""Offices by date: who is whose same level, who leads, who serves, when they work."""

from datetime import date, time

import pytest

from backend.database import Transaction
from backend.ids import derived
from backend.text import gate
from backend.units import service
from backend.units.calendars import Span
from backend.units.demo import (
    DISTRICT_ONE_STOP,
    DISTRICT_POST,
    HOTLINE,
    PROVINCE_COMMITTEE,
    PROVINCE_ONE_STOP,
    PROVINCE_POST,
    demo_unit_id,
    demo_units,
)
from backend.units.errors import BadAgencyIdentifier, NoLeadUnit, NoSameLevelPost, NoSuchUnit
from backend.units.model import Additions, DayKind, Level, Place, PublicDay, UnitDay, UnitId, UnitKind

LAST_OLD_DAY = date(2025, 6, 30)
FIRST_NEW_DAY = date(2025, 7, 1)
STORY_DAY = date(2026, 11, 25)
MY_HIEP, MY_THO, THAP_MUOI = "30112", "28261", "30037"


async def test_registrations_go_to_the_post_of_the_same_level_on_their_day(offices: Transaction) -> None:
    """Story S10: 1022 (province), the one-stop of phường Mỹ Tho, a district one-stop on 15/06/2025."""
    kim = await service.get_same_level_post(offices, HOTLINE, STORY_DAY)
    assert (kim.id, kim.name, kim.level) == (PROVINCE_POST, "Bưu điện tỉnh Đồng Tháp", Level.PROVINCE)
    one_stop = demo_unit_id(UnitKind.ONE_STOP, MY_THO)
    thao = await service.get_same_level_post(offices, one_stop, STORY_DAY)
    assert (thao.name, thao.level, thao.commune_code) == ("Bưu điện phường Mỹ Tho", Level.COMMUNE, MY_THO)
    third = await service.get_same_level_post(offices, DISTRICT_ONE_STOP, date(2025, 6, 15))
    assert (third.id, third.name, third.level) == (DISTRICT_POST, "Bưu điện huyện Tháp Mười", Level.DISTRICT)


async def test_a_day_on_which_a_unit_has_no_post_of_its_level_is_refused(offices: Transaction) -> None:
    with pytest.raises(NoSameLevelPost, match="01/07/2025"):
        await service.get_same_level_post(offices, DISTRICT_ONE_STOP, FIRST_NEW_DAY)
    with pytest.raises(NoSameLevelPost):
        await service.get_same_level_post(offices, demo_unit_id(UnitKind.ONE_STOP, MY_THO), LAST_OLD_DAY)
    with pytest.raises(NoSameLevelPost):
        await service.get_same_level_post(offices, PROVINCE_POST, STORY_DAY)


@pytest.mark.parametrize("on", [LAST_OLD_DAY, STORY_DAY])
async def test_every_unit_that_must_forward_has_a_post_of_its_own_level(offices: Transaction, on: date) -> None:
    for kind in (UnitKind.ONE_STOP, UnitKind.AGENCY, UnitKind.HOTLINE):
        for unit in await service.units_on(offices, on, kind=kind):
            post = await service.get_same_level_post(offices, unit.id, on)
            assert post.level is unit.level
            assert post.kind is (UnitKind.PROVINCE_POST if unit.level is Level.PROVINCE else UnitKind.POST)


async def test_the_district_units_end_with_the_district(offices: Transaction) -> None:
    assert (await service.get_unit(offices, DISTRICT_POST, LAST_OLD_DAY)).level is Level.DISTRICT
    with pytest.raises(NoSuchUnit, match="01/07/2025"):
        await service.get_unit(offices, DISTRICT_POST, FIRST_NEW_DAY)


async def test_a_unit_has_the_name_of_the_day(offices: Transaction) -> None:
    before = await service.get_unit(offices, PROVINCE_ONE_STOP, LAST_OLD_DAY)
    since = await service.get_unit(offices, PROVINCE_ONE_STOP, FIRST_NEW_DAY)
    assert before.name == "Trung tâm Kiểm soát thủ tục hành chính và Phục vụ hành chính công tỉnh Đồng Tháp"
    assert since.name == "Trung tâm Phục vụ hành chính công tỉnh Đồng Tháp"
    assert before.id == since.id
    assert before.version_id != since.version_id


async def test_the_demo_has_twelve_communes_with_three_units_each(offices: Transaction) -> None:
    posts = await service.units_on(offices, STORY_DAY, kind=UnitKind.POST)
    assert len(posts) == 12
    assert {"Bưu điện xã Mỹ Hiệp", "Bưu điện phường Mỹ Tho", "Bưu điện xã Tháp Mười"} <= {post.name for post in posts}
    for post in posts:
        serving = await service.units_on(offices, STORY_DAY, commune_code=post.commune_code)
        assert {unit.kind for unit in serving} >= {UnitKind.POST, UnitKind.ONE_STOP, UnitKind.AGENCY}
        assert post.parent_id == PROVINCE_POST


async def test_who_serves_a_commune_depends_on_the_day(offices: Transaction) -> None:
    before = await service.units_on(offices, LAST_OLD_DAY, commune_code="30058")
    assert {unit.id for unit in before} == {DISTRICT_POST, DISTRICT_ONE_STOP}
    assert await service.units_on(offices, STORY_DAY, commune_code="30058") == []
    (post,) = await service.units_on(offices, STORY_DAY, commune_code=MY_HIEP, kind=UnitKind.POST)
    assert post.id == demo_unit_id(UnitKind.POST, MY_HIEP)


@pytest.mark.parametrize("spelled", ["H20.12", "000.00.12.H20", " h20.12 "])
async def test_an_agency_is_found_by_either_spelling(offices: Transaction, spelled: str) -> None:
    agency = await service.get_agency(offices, spelled, STORY_DAY)
    assert agency.name == "Ủy ban nhân dân xã Mỹ Hiệp"
    assert (agency.identifier, agency.identifier_long) == ("H20.12", "000.00.12.H20")


async def test_an_agency_that_is_not_there_that_day_is_not_found(offices: Transaction) -> None:
    with pytest.raises(NoSuchUnit, match=r"H20\.12"):
        await service.get_agency(offices, "H20.12", LAST_OLD_DAY)
    with pytest.raises(BadAgencyIdentifier):
        await service.get_agency(offices, "12", STORY_DAY)


async def test_each_level_has_its_lead_organisation_by_date(offices: Transaction) -> None:
    assert (await service.get_lead_unit(offices, Level.PROVINCE, "87", LAST_OLD_DAY)).id == PROVINCE_ONE_STOP
    assert (await service.get_lead_unit(offices, Level.PROVINCE, "82", STORY_DAY)).id == PROVINCE_ONE_STOP
    assert (await service.get_lead_unit(offices, Level.DISTRICT, "872", LAST_OLD_DAY)).id == DISTRICT_ONE_STOP
    commune = await service.get_lead_unit(offices, Level.COMMUNE, MY_HIEP, STORY_DAY)
    assert commune.name == "Trung tâm Phục vụ hành chính công xã Mỹ Hiệp"
    with pytest.raises(NoLeadUnit):
        await service.get_lead_unit(offices, Level.DISTRICT, "872", FIRST_NEW_DAY)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("buu dien xa my hiep", "Bưu điện xã Mỹ Hiệp"),
        ("Trung tâm phục vụ hành chính công phường Mỹ Tho", "Trung tâm Phục vụ hành chính công phường Mỹ Tho"),
        ("1022", "Tổng đài Thông tin dịch vụ công 1022 tỉnh Đồng Tháp"),
        ("uy ban nhan dan tinh", "Ủy ban nhân dân tỉnh Đồng Tháp"),
    ],
)
async def test_a_unit_is_found_without_tone_marks(offices: Transaction, typed: str, found: str) -> None:
    units = await service.search_units(offices, typed, STORY_DAY)
    assert units[0].name == found


async def test_offices_rest_on_saturday_and_posts_do_not(offices: Transaction) -> None:
    saturday = date(2026, 11, 28)
    office = await service.get_working_calendar(offices, demo_unit_id(UnitKind.ONE_STOP, MY_HIEP), STORY_DAY)
    post = await service.get_working_calendar(offices, demo_unit_id(UnitKind.POST, MY_HIEP), STORY_DAY)
    assert not office.is_working_day(saturday)
    assert post.is_working_day(saturday)
    assert not post.is_working_day(date(2026, 11, 24))
    assert office.add_working_days(date(2026, 11, 23), 3) == date(2026, 11, 27)


async def test_visits_are_made_from_half_past_five_and_the_counter_opens_at_seven(offices: Transaction) -> None:
    post = demo_unit_id(UnitKind.POST, MY_HIEP)
    rounds = await service.get_opening_hours(offices, post, Place.HOME, STORY_DAY)
    counter = await service.get_opening_hours(offices, post, Place.COUNTER, STORY_DAY)
    assert rounds.spans(STORY_DAY) == (Span(time(5, 30), time(20), seats=4),)
    assert counter.spans(STORY_DAY)[0].opens == time(7)
    assert counter.spans(date(2026, 11, 29)) == ()


async def test_a_closed_day_of_one_post_is_its_own(offices: Transaction) -> None:
    flooded, dry = demo_unit_id(UnitKind.POST, THAP_MUOI), demo_unit_id(UnitKind.POST, MY_HIEP)
    closed = UnitDay(
        version_id=derived("flood"),
        valid_from=date(2026, 11, 20),
        source="test",
        unit_id=flooded,
        day=date(2026, 11, 26),
        kind=DayKind.OFF,
        note="Ngập",
    )
    await service.add(offices, Additions(unit_days=(closed,)))
    assert not (await service.get_working_calendar(offices, flooded, STORY_DAY)).is_working_day(closed.day)
    assert (await service.get_working_calendar(offices, dry, STORY_DAY)).is_working_day(closed.day)
    assert (await service.get_opening_hours(offices, flooded, Place.HOME, STORY_DAY)).spans(closed.day) == ()
    told_before = await service.get_working_calendar(offices, flooded, date(2026, 11, 19))
    assert told_before.is_working_day(closed.day)


async def test_a_corrected_forecast_leaves_earlier_reckoning_as_it_was(offices: Transaction) -> None:
    """Tết 2027 is a forecast: on 01/12/2026 the notice gives another day instead of 10/02/2027."""
    notice, forecast, decided = date(2026, 12, 1), date(2027, 2, 10), date(2027, 2, 11)
    await offices.run(
        "UPDATE public_days SET valid = daterange(lower(valid), $notice) WHERE day = $day", notice=notice, day=forecast
    )
    day = PublicDay(
        version_id=derived("notice"), valid_from=notice, source="test", day=decided, kind=DayKind.OFF, note="Tết"
    )
    await service.add(offices, Additions(public_days=(day,)))
    unit = demo_unit_id(UnitKind.AGENCY, MY_HIEP)
    before = await service.get_working_calendar(offices, unit, STORY_DAY)
    after = await service.get_working_calendar(offices, unit, notice)
    assert (before.is_working_day(forecast), before.is_working_day(decided)) == (False, True)
    assert (after.is_working_day(forecast), after.is_working_day(decided)) == (True, False)


async def test_an_unknown_unit_is_not_found(offices: Transaction) -> None:
    with pytest.raises(NoSuchUnit):
        await service.get_unit(offices, UnitId(derived("nobody")), STORY_DAY)
    with pytest.raises(NoSuchUnit):
        await service.get_working_calendar(offices, UnitId(derived("nobody")), STORY_DAY)


async def test_every_commune_the_demo_names_exists_on_its_days(offices: Transaction) -> None:
    """Codes have no foreign key: one code is two communes on two days."""
    lost = await offices.value(
        """
        SELECT count(*) FROM (
            SELECT commune_code AS code, valid FROM unit_versions UNION ALL SELECT commune_code, valid FROM unit_areas
        ) AS named
        WHERE NOT EXISTS (SELECT FROM communes AS c WHERE c.code = named.code AND c.valid @> named.valid)
        """
    )
    assert lost == 0


def test_the_demos_units_are_the_same_in_every_installation() -> None:
    assert demo_units() == demo_units()
    assert str(PROVINCE_COMMITTEE) == str(demo_unit_id(UnitKind.AGENCY, "82"))


def test_the_demos_names_are_written_as_the_text_gate_wants_them() -> None:
    for unit in demo_units().units:
        assert gate(unit.name) == unit.name
