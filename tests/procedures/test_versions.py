"""Versions by effective date: one a day, closed and never changed, found by code or by name without tone marks."""

from datetime import UTC, date, datetime

import asyncpg
import pytest

from backend.database import Transaction
from backend.procedures import seed, service
from backend.procedures.errors import BadVersion, NoSuchProcedure, OverlappingProcedure, PublishedTooLate
from backend.procedures.model import Content, FeeLine, FeeUnit, FilingChannel, Tier
from backend.procedures.quoting import quote
from tests.procedures.builders import a_version, with_line
from tests.procedures.conftest import TODAY

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
NEW_YEAR = date(2027, 1, 1)


async def test_what_was_written_is_what_is_read(catalogue: Transaction) -> None:
    for sample in seed.samples():
        assert await service.get_version(catalogue, sample.code, sample.valid_from or date(2025, 6, 15)) == sample


async def test_a_procedure_is_asked_for_with_a_day(catalogue: Transaction) -> None:
    before, after = [
        await service.get_version(catalogue, "H20.GPLX", day) for day in (date(2025, 12, 31), date(2026, 1, 1))
    ]
    online = [len([line for line in one.content.fees or () if line.channels]) for one in (before, after)]
    assert online == [2, 0]
    with pytest.raises(NoSuchProcedure, match="Ngày 25/11/2026"):
        await service.get_version(catalogue, "1.999999", TODAY)


async def test_a_tariff_changes_at_midnight_and_the_old_one_is_not_touched(catalogue: Transaction) -> None:
    """F18, S18's tariff dearer from the new year."""
    dearer = FeeLine(code="phi", name="Phí", unit=FeeUnit.COPY, tiers=(Tier(first=1, amount=10_000),))
    old = await service.get_version(catalogue, "2.000635", TODAY)
    await service.publish(catalogue, [a_version("2.000635", valid_from=NEW_YEAR, content=Content(fees=(dearer,)))], NOW)
    for day, amount in ((date(2026, 12, 31), 34_000), (NEW_YEAR, 10_000)):
        version = await service.get_version(catalogue, "2.000635", day)
        found = quote(version, {FeeUnit.COPY: 1}, (), FilingChannel.POST, day)
        assert found is not None
        assert found.total() == amount
    closed = await service.get_version(catalogue, "2.000635", TODAY)
    assert (closed.valid_until, closed.content) == (NEW_YEAR, old.content)
    assert await service.find_next(catalogue, "2.000635", TODAY) == NEW_YEAR


@pytest.mark.parametrize("valid_from", [None, date(2025, 1, 1), TODAY])
async def test_what_phones_without_network_could_not_know_is_not_published(
    catalogue: Transaction, valid_from: date | None
) -> None:
    with pytest.raises(PublishedTooLate, match="từ ngày mai"):
        await service.publish(catalogue, [a_version("2.000635", valid_from=valid_from)], NOW)


async def test_a_new_procedure_may_begin_at_once(catalogue: Transaction) -> None:
    await service.publish(catalogue, [a_version("H20.DT01", valid_from=TODAY)], NOW)
    assert (await service.get_version(catalogue, "H20.DT01", TODAY)).official


async def test_two_versions_on_one_day_are_refused(catalogue: Transaction) -> None:
    await service.publish(catalogue, [a_version("2.000635", valid_from=NEW_YEAR)], NOW)
    with pytest.raises(OverlappingProcedure, match="Chọn ngày áp dụng khác"):
        await service.publish(catalogue, [a_version("2.000635", valid_from=date(2026, 12, 1), name="Tên khác")], NOW)


async def test_an_official_version_needs_a_legal_basis(catalogue: Transaction) -> None:
    with pytest.raises(BadVersion, match="căn cứ pháp lý") as refused:
        await service.publish(catalogue, [a_version("H20.DT01", legal_basis=())], NOW)
    assert refused.value.pointer == "/legal_basis"


async def test_a_version_that_contradicts_itself_is_not_published(catalogue: Transaction) -> None:
    gap = with_line(tiers=(Tier(first=2, amount=1000),))
    with pytest.raises(BadVersion, match="Bậc đầu tiên") as refused:
        await service.publish(catalogue, [gap], NOW)
    assert refused.value.pointer == "/fees/0/tiers"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("khai sinh lưu động", "1.003583"),
        ("khai sinh luu dong", "1.003583"),
        ("KHAI SINH LƯU ĐỘNG", "1.003583"),
        ("trich luc ho tich", "2.000635"),
        ("2.000635", "2.000635"),
        ("000635", "2.000635"),
        ("chung thuc ban sao", "2.000815"),
        ("h20.gplx", "H20.GPLX"),
        ("ho kinh doang", "1.001612"),
    ],
)
async def test_a_procedure_is_found_by_name_or_code_without_tone_marks(
    catalogue: Transaction, text: str, code: str
) -> None:
    found = [one.code for one in await service.search(catalogue, text, TODAY, limit=5)]
    assert code in found


async def test_what_was_typed_has_no_wildcards(catalogue: Transaction) -> None:
    for text in ("%", "_", "\\", "100%"):
        assert await service.search(catalogue, text, TODAY) == []


async def test_a_version_that_has_ended_is_not_found(catalogue: Transaction) -> None:
    assert len(await service.search(catalogue, "giay phep lai xe", date(2026, 1, 1))) == 1


CHANGE = "UPDATE procedure_versions SET valid = daterange(lower(valid), NULL) WHERE upper(valid) = '2026-01-01'"


async def test_a_closed_version_is_not_opened_again(catalogue: Transaction) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await catalogue.run(CHANGE)
    assert refused.value.constraint_name == "version_only_closes"


async def test_nothing_but_the_end_of_a_version_can_be_changed(owner_tx: Transaction) -> None:
    rows = await owner_tx.all(
        """
        SELECT table_name, column_name, privilege_type FROM information_schema.column_privileges
        WHERE table_name IN ('procedure_versions', 'catalogues') AND grantee = 'tannha_service'
            AND privilege_type IN ('UPDATE', 'DELETE')
        """
    )
    assert [tuple(row.values()) for row in rows] == [("procedure_versions", "valid", "UPDATE")]


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("procedure_code_shape", "'4.000000', '[2026-01-01,)', NULL, false, '[]'"),
        ("procedure_code_shape", "'2.000635.000.00.00.H55', '[2026-01-01,)', NULL, false, '[]'"),
        ("procedure_agency_known", "'1.999999', '[2026-01-01,)', 'nobody', false, '[]'"),
        ("procedure_official_has_a_legal_basis", "'1.999999', '[2026-01-01,)', NULL, true, '[]'"),
        ("procedure_valid_some_day", "'1.999999', 'empty', NULL, false, '[]'"),
        ("procedure_one_version_a_day", "'2.000635', '[2026-01-01,2026-01-02)', NULL, false, '[]'"),
    ],
)
async def test_the_schema_refuses_by_the_rules_name(catalogue: Transaction, constraint: str, values: str) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await catalogue.connection.execute(
            f"""INSERT INTO procedure_versions
            (id, code, valid, agency, official, legal_basis, name, folded, recalled, content, source)
            VALUES (gen_random_uuid(), {values}, 'x', 'x', '{{}}', '{{}}', 'x')"""  # noqa: S608
        )
    assert refused.value.constraint_name == constraint  # pyright: ignore[reportAttributeAccessIssue]


async def test_the_samples_load_twice_as_once_and_give_way_to_what_the_province_published(
    catalogue: Transaction,
) -> None:
    count = "SELECT (SELECT count(*) FROM procedure_versions) * 1000 + (SELECT count(*) FROM catalogues)"
    await service.publish(catalogue, [a_version("2.000635", valid_from=NEW_YEAR)], NOW)
    before = await catalogue.value(count)
    await service.load_seed(catalogue, TODAY)
    assert await catalogue.value(count) == before
    assert (await service.get_version(catalogue, "2.000635", NEW_YEAR)).official
