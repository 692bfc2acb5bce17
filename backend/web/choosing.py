"""Which procedure a desk means: picked from the list, typed as a code, or said in words that only one of them has. And
which of its offices."""

import re
from collections.abc import Collection, Sequence, Set
from datetime import date
from uuid import UUID

from backend.database import Transaction
from backend.errors import NotAllowed
from backend.procedures import service
from backend.procedures.model import NATIONAL, OWN, ProcedureVersion
from backend.staff.model import ENROLLING_ANYWHERE, Clerk, Role
from backend.text import folded
from backend.web import office_queries
from backend.web.forms.field import Filled, FilledWrong, Option
from backend.web.office_views import UnitLine
from backend.web.words import Words

FIELD = "procedure"
LONGEST = 500
"""A code and a name."""
_CODE = re.compile(f"({NATIONAL}|{OWN})(?![^ ])", re.IGNORECASE)
_MOST_NAMED = 5


async def procedures_offered(tx: Transaction, used: Sequence[str], on: date) -> list[Option]:
    """The catalogue of that day, what the office registers most often first."""
    found = {one.code: one for one in await service.versions_on(tx, on)}
    first = [found[code] for code in used if code in found]
    rest = sorted((one for one in found.values() if one.code not in used), key=lambda one: folded(one.name))
    return [Option(_line(one), Words(_line(one), _line(one))) for one in (*first, *rest)]


async def procedure_meant(tx: Transaction, filled: Filled, on: date) -> str:
    """Its code. Raises FilledWrong, naming those that the words fit."""
    text = filled.text(FIELD, longest=LONGEST)
    if (written := _CODE.match(text)) is not None:
        code = written[1].upper()
        if not await service.is_known(tx, code, on):
            raise _wrong(f"Ngày {on:%d/%m/%Y} danh mục không có thủ tục {code}. Gõ tên thủ tục rồi gửi lại.")
        return code
    found = await service.search(tx, text, on)
    containing = [one for one in found if folded(text) in folded(one.name)]
    same = [one for one in containing if folded(text) == folded(one.name)]
    for some in (same, containing):
        if len(some) == 1:
            return some[0].code
    if not found:
        raise _wrong("Danh mục không có thủ tục nào như vậy. Gõ ít chữ hơn, hoặc gõ mã như 2.000635.")
    raise _wrong(f"{_named(containing or found)} Gõ mã của thủ tục cần rồi gửi lại.")


def _named(found: Sequence[ProcedureVersion]) -> str:
    names = "; ".join(_line(one) for one in found[:_MOST_NAMED])
    return f"Có {len(found)} thủ tục gần với chữ đã gõ: {names}{'; …' if len(found) > _MOST_NAMED else '.'}"


def _line(one: ProcedureVersion) -> str:
    return f"{one.code} {one.name}"


def _wrong(why: str) -> FilledWrong:
    return FilledWrong(why, pointer=f"/{FIELD}")


class NotThisOffice(NotAllowed):
    """Đơn vị này không phải của ông/bà."""


async def offices_of(tx: Transaction, own: Set[UUID], on: date, *, also: Collection[str] = ()) -> list[UnitLine]:
    """Of which a page can be asked for: the own ones first. `also`: kinds of which all may be."""
    lines = await office_queries.units_on(tx, on)
    return sorted((one for one in lines if one.id in own or one.kind in also), key=lambda one: one.id not in own)


async def offices_answered_for(tx: Transaction, clerk: Clerk, on: date, kinds: Collection[str]) -> list[UnitLine]:
    """The own post's for its head, all of these kinds for supervisor and administrator."""
    also = kinds if clerk.holds(*ENROLLING_ANYWHERE) else ()
    return await offices_of(tx, clerk.units(Role.HEAD_OF_POST), on, also=also)


def chosen(offices: Sequence[UnitLine], unit: UUID | None) -> UnitLine:
    """Of the clerk's own; the first where none is named. Raises NotThisOffice."""
    here = next((one for one in offices if unit in (None, one.id)), None)
    if here is None:
        raise NotThisOffice("Chọn đơn vị của ông/bà trong danh sách, rồi làm lại.")
    return here
