"""The catalogue as one document for phones: named by its content, small, and knowing what is to come (F18)."""

import gzip
from datetime import UTC, date, datetime

import asyncpg
import msgspec
import pytest

from backend.database import Transaction
from backend.procedures import seed, service
from backend.procedures.catalogue import KEPT, Catalogue, named, written
from backend.procedures.errors import NoSuchCatalogue
from tests.procedures.builders import a_version
from tests.procedures.conftest import TODAY

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
NEW_YEAR = date(2027, 1, 1)


async def carried(tx: Transaction) -> tuple[str, Catalogue]:
    """The newest, as a phone reads it."""
    name = await service.find_newest_catalogue(tx)
    assert name is not None
    document = await service.get_catalogue(tx, name)
    assert named(document) == name
    return name, msgspec.json.decode(document, type=Catalogue)


async def test_a_phone_carries_components_fees_forms_and_time_limits(catalogue: Transaction) -> None:
    _, told = await carried(catalogue)
    birth = next(one for one in told.versions if one.code == "1.001193")
    assert birth.content == next(one for one in seed.samples() if one.code == "1.001193").content
    assert birth.content.components
    assert birth.content.components[0].signatures == ("ink", "fingerprint")
    assert not birth.official


async def test_a_version_to_come_is_carried_before_its_day(catalogue: Transaction) -> None:
    before, _ = await carried(catalogue)
    await service.publish(catalogue, [a_version("2.000635", valid_from=NEW_YEAR)], NOW)
    after, told = await carried(catalogue)
    assert before != after
    days = [(one.valid_from, one.valid_until) for one in told.versions if one.code == "2.000635"]
    assert days == [(None, NEW_YEAR), (NEW_YEAR, None)]


async def test_an_older_document_can_still_be_fetched(catalogue: Transaction) -> None:
    """A phone that heard its name a moment ago."""
    before, _ = await carried(catalogue)
    await service.publish(catalogue, [a_version("2.000635", valid_from=NEW_YEAR)], NOW)
    assert named(await service.get_catalogue(catalogue, before)) == before


def test_an_open_case_finds_the_version_of_its_reception() -> None:
    """Row 32: what ended is carried for a while longer, then no more."""
    old = a_version(valid_until=date(2026, 1, 1))
    for day, carried in ((TODAY, 1), (date(2026, 1, 1) + KEPT, 0)):
        assert len(msgspec.json.decode(written([old], day), type=Catalogue).versions) == carried


def test_the_same_versions_give_the_same_bytes_in_whatever_order_they_are_read() -> None:
    assert written(seed.samples(), TODAY) == written(reversed(seed.samples()), TODAY)


def test_it_is_small() -> None:
    """Fifty procedures: a tenth of a second on a slow network."""
    assert len(gzip.compress(written(seed.samples(), TODAY))) < 10_000


async def test_a_document_nobody_made_is_not_found(catalogue: Transaction) -> None:
    with pytest.raises(NoSuchCatalogue, match="Tải lại danh sách trong ngày"):
        await service.get_catalogue(catalogue, "0" * 64)


async def test_a_document_under_another_name_is_refused_by_the_schema(catalogue: Transaction) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await catalogue.run("INSERT INTO catalogues (sha256, document) VALUES (sha256('a'), 'b')")
    assert refused.value.constraint_name == "catalogue_is_named_by_its_content"
