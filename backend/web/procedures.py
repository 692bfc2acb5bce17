"""Cần chuẩn bị gì: the catalogue as anybody may read it, with how to have it done at home."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.clock import local_date
from backend.database import Transaction
from backend.procedures import service
from backend.procedures.amounts import in_words
from backend.procedures.errors import NoSuchProcedure, QuantityWrong
from backend.procedures.model import NATIONAL, OWN, FeeKind, FeeUnit, FilingChannel, ProcedureVersion
from backend.procedures.quoting import MOST_UNITS, ONE_BY_ITSELF, UNITS, Quote, quote
from backend.staff.guards import entrance_of
from backend.text import gate
from backend.web import procedure_words
from backend.web.limits import Looks
from backend.web.pages import HANDLERS, page

_CODE = re.compile(f"{NATIONAL}|{OWN}")
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
LONGEST_QUESTION = 100


class ProcedurePages(Controller):
    """No sign-in, no script: read at home on a phone, at a counter, or aloud by 1022."""

    path = "/thu-tuc"
    opt = {"public": True}  # noqa: RUF012
    include_in_schema = False
    exception_handlers = HANDLERS

    @get(operation_id="proceduresPage")
    async def all(self, request: Request[Any, Any, Any], tx: NamedDependency[Transaction]) -> Response[str]:
        """All by field, or those a name or code finds, with or without tone marks."""
        _look(request)
        on = local_date(entrance_of(request).clock())
        asked = gate(request.query_params.get("q", "")[:LONGEST_QUESTION], pointer="/q").strip()
        found = await service.search(tx, asked, on) if asked else await service.versions_on(tx, on)
        return page(
            request,
            "procedures.html",
            headers=_HEADERS,
            q=asked,
            groups=[("", found)] if asked else _by_field(found),
            count=len(found),
            samples=any(not one.official for one in found),
            said=procedure_words,
        )

    @get("/{code:str}", operation_id="procedurePage")
    async def one(
        self,
        request: Request[Any, Any, Any],
        tx: NamedDependency[Transaction],
        code: Annotated[str, PathParameter()],
    ) -> Response[str]:
        """As it is today, or with `?ngay=2027-01-01` on that day. With `?page=5&copy=3` it says what that costs (F21).

        Raises NoSuchProcedure.
        """
        _look(request)
        today = local_date(entrance_of(request).clock())
        on = _day(request.query_params.get("ngay", "")) or today
        code = code.upper()
        if not _CODE.fullmatch(code):
            raise NoSuchProcedure("Mã thủ tục có dạng 2.000635. Tìm thủ tục theo tên, hoặc gọi 0277 1022.")
        found = await service.get_version(tx, code, on)
        linked = [one for one in [await service.find_version(tx, one, on) for one in found.content.linked] if one]
        quoted, wrong = _quoted(request, found, on)
        return page(
            request,
            "procedure.html",
            status=200 if wrong is None else wrong.status,
            headers=_HEADERS,
            one=found,
            units=_to_count(found),
            typed=request.query_params,
            quoted=quoted,
            wrong=wrong,
            total=quoted.total(FeeKind.STATE_FEE) if quoted is not None else None,
            in_words=in_words,
            on=on,
            today=today,
            changes_on=await service.find_next(tx, code, on),
            linked=linked,
            said=procedure_words,
        )


def _look(request: Request[Any, Any, Any]) -> None:
    """Raises TooManyLooks."""
    looks: Looks = request.app.state["looks"]
    looks.enter(request.client.host if request.client is not None else "")


def _by_field(versions: list[ProcedureVersion]) -> list[tuple[str, list[ProcedureVersion]]]:
    found: dict[str, list[ProcedureVersion]] = {}
    for one in versions:
        found.setdefault(one.field or "", []).append(one)
    return list(found.items())


def _to_count(version: ProcedureVersion) -> Sequence[FeeUnit]:
    """What somebody must count before anybody can say what it costs."""
    named = [unit for line in version.content.fees or () for unit in (line.unit, line.per) if unit is not None]
    return [unit for unit in dict.fromkeys(named) if unit not in ONE_BY_ITSELF]


def _quoted(
    request: Request[Any, Any, Any], version: ProcedureVersion, on: date
) -> tuple[Quote | None, QuantityWrong | None]:
    """For the numbers asked about, if any: the quote, or which number is wrong."""
    told = {unit: request.query_params[unit].strip() for unit in _to_count(version) if request.query_params.get(unit)}
    try:
        counted = {unit: _number(unit, text) for unit, text in told.items()}
        return quote(version, counted, (), FilingChannel.POST, on) if counted else None, None
    except QuantityWrong as wrong:
        return None, wrong


def _number(unit: FeeUnit, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_UNITS))):
        raise QuantityWrong(f"Ghi số {UNITS[unit]} bằng chữ số, từ 1 đến {MOST_UNITS}. Đếm lại rồi nhập lại.")
    return int(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
