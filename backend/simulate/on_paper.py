"""The phone is dead before a visit (F11): it is written on the run sheet, one clerk types it in, another confirms."""

import re
from io import BytesIO

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

from backend.simulate import door
from backend.simulate.case import Case
from backend.simulate.courier import Courier
from backend.simulate.office import Office
from backend.simulate.sheet import Line

_SLIP = re.compile(r"Số (\d+)\s+Liên 1")


async def printed(office: Office, courier: Courier, case: Case) -> int:
    """The run sheet of the visit's day, before she sets out. Returns a slip's number on it. Raises Refused."""
    asked = {"courier": str(courier.person), "day": office.day_of(case).isoformat()}
    return slips_on(await office.dispatcher.form("/desk/day/run-sheet", asked))[0]


def slips_on(pdf: bytes) -> list[int]:
    """Numbers of the slips, each printed for the citizen and for the post."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as sheet:
        pages = [page.get_textpage() for page in sheet]
        text = "\n".join(page.get_text_bounded() for page in pages)  # pyright: ignore[reportUnknownMemberType]
    return [int(number) for number in _SLIP.findall(text)]


def written(courier: Courier, case: Case, line: Line) -> None:
    """All of the visit, in the place of the phone. The citizen signs in ink, and the line's picture is the page."""
    known = courier.phone.bundle.cases.get(case.id)
    courier.line = line
    try:
        courier.does("record_arrival", case, {"visit_id": case.visit})
        door.check_identity(courier, case, case.visit, "owner")
        door.take(courier, case)
        door.collect(courier, case, case.visit, known.owes("reception") if known is not None else [])
        _sign(courier, case, line)
        door.seal(courier, case)
        door.finish(courier, case, case.visit)
    finally:
        courier.line = None
    case.line = line
    case.expects.held(case.paper_ids, "courier", courier.person)


def _sign(courier: Courier, case: Case, line: Line) -> None:
    sheet = courier.naming.id("sheet", case.name)
    line.picture = door.picture(courier, case, case.visit, sheet, "slip", 1).plain_sha256
    evidence = {"mode": "ink", "page_ids": [courier.naming.id("page", sheet, 1)]}
    door.sign(courier, case, case.visit, "slip", {"papers": [str(one) for one in case.paper_ids]}, evidence=evidence)


async def typed_in(office: Office, courier: Courier, case: Case) -> None:
    """At the post, from paper; nothing of it takes effect before the second has compared it. Raises Refused."""
    line, second = case.line, office.second
    assert line is not None
    assert second is not None
    line_id = office.naming.id("line", case.name)
    body = {"line_id": line_id, "visit_id": case.visit, "courier": courier.person, "picture": line.picture}
    await office.does(office.dispatcher, "rekey", case, {**body, "acts": line.acts})
    answer = await office.does(second, "confirm_rekeyed", case, {"line_id": line_id})
    line.typed_by, line.confirmed = office.dispatcher.person, answer.n or 0
    office.journal.played["on_paper"] += 1
