"""Cần chuẩn bị gì: the catalogue as anybody may read it, with how to have it done at home."""

import re
from datetime import date
from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.clock import local_date
from backend.database import Transaction
from backend.procedures import service
from backend.procedures.errors import NoSuchProcedure
from backend.procedures.model import NATIONAL, OWN, ProcedureVersion
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
        """As it is today, or with `?ngay=2027-01-01` on that day. Raises NoSuchProcedure."""
        _look(request)
        today = local_date(entrance_of(request).clock())
        on = _day(request.query_params.get("ngay", "")) or today
        code = code.upper()
        if not _CODE.fullmatch(code):
            raise NoSuchProcedure("Mã thủ tục có dạng 2.000635. Tìm thủ tục theo tên, hoặc gọi 0277 1022.")
        found = await service.get_version(tx, code, on)
        linked = [one for one in [await service.find_version(tx, one, on) for one in found.content.linked] if one]
        return page(
            request,
            "procedure.html",
            headers=_HEADERS,
            one=found,
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


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
