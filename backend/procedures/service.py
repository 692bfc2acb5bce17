"""What other capabilities ask of the catalogue, and how versions come in. Nothing is looked up without a day."""

from collections.abc import Sequence
from datetime import date, datetime

from backend.clock import local_date
from backend.database import Transaction
from backend.procedures import deadlines, queries, seed
from backend.procedures.catalogue import KEPT, NAME, written
from backend.procedures.checking import wrong_in_content
from backend.procedures.deadlines import Due
from backend.procedures.errors import (
    BadVersion,
    NoSuchCatalogue,
    NoSuchProcedure,
    OverlappingProcedure,
    PublishedTooLate,
)
from backend.procedures.model import ProcedureVersion
from backend.text import folded
from backend.units import service as units
from backend.units.model import UnitId

LONGEST_LIST = 50

find_version = queries.find_version
find_versions = queries.find_versions
is_known = queries.is_known
find_next = queries.find_next
versions_on = queries.versions_on
find_newest_catalogue = queries.find_newest_catalogue


async def get_version(tx: Transaction, code: str, on: date) -> ProcedureVersion:
    """The procedure as it is on that day. Raises NoSuchProcedure, also when it exists on other days only."""
    found = await queries.find_version(tx, code, on)
    if found is None:
        raise NoSuchProcedure(f"Ngày {on:%d/%m/%Y} danh mục không có thủ tục này. Tìm thủ tục theo tên rồi chọn lại.")
    return found


async def search(tx: Transaction, text: str, on: date, *, limit: int = LONGEST_LIST) -> list[ProcedureVersion]:
    """By name or code, with or without tone marks."""
    return await queries.search_versions(tx, folded(text), on, min(limit, LONGEST_LIST))


async def due(
    tx: Transaction, version: ProcedureVersion, unit: UnitId, at: datetime, *, received: bool, longer: bool = False
) -> Due:
    """By the working days of the competent unit, as one had to reckon with them on the day of receipt. See
    `deadlines.due`. Raises NoSuchUnit."""
    calendar = await units.get_working_calendar(tx, unit, local_date(at))
    return deadlines.due(version.content.time, at, calendar, received=received, longer=longer)


async def get_catalogue(tx: Transaction, name: str) -> bytes:
    """The document of that name, the newest or an earlier one. Raises NoSuchCatalogue."""
    document = await queries.find_catalogue(tx, name) if NAME.fullmatch(name) else None
    if document is None:
        raise NoSuchCatalogue("Không có danh mục này. Tải lại danh sách trong ngày để lấy danh mục mới.")
    return document


async def publish(tx: Transaction, versions: Sequence[ProcedureVersion], at: datetime) -> None:
    """Puts versions into the catalogue, and the catalogue to phones. The one in force ends where its successor begins,
    which must be a day to come: phones without network have to know it before (F18).

    Raises BadVersion, PublishedTooLate, OverlappingProcedure.
    """
    today = local_date(at)
    for version in versions:
        for wrong in wrong_in_content(version.content):
            raise BadVersion(wrong.why, pointer=wrong.pointer)
        if version.official and not version.legal_basis:
            raise BadVersion("Chưa ghi căn cứ pháp lý. Ghi số, ngày, cơ quan ban hành.", pointer="/legal_basis")
        if await queries.find_version(tx, version.code, today) is not None:
            if version.valid_from is None or version.valid_from <= today:
                raise PublishedTooLate("Máy ngoại tuyến chưa kịp biết. Chọn ngày áp dụng từ ngày mai.")
            await queries.end_version(tx, version.code, version.valid_from)
        if not await queries.add_versions(tx, [version]):
            raise OverlappingProcedure("Đã có bản khác trong khoảng ngày này. Chọn ngày áp dụng khác.")
    await _make_catalogue(tx, today)


async def load_seed(tx: Transaction, on: date) -> None:
    """The samples that come with the product, where nothing else holds. A second call changes nothing."""
    await queries.add_versions(tx, seed.samples())
    await _make_catalogue(tx, on)


async def _make_catalogue(tx: Transaction, on: date) -> None:
    await queries.add_catalogue(tx, written(await queries.versions_since(tx, on - KEPT), on))
