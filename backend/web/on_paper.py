"""What a line of a run sheet tells, for the page of its case: decoded from the act that typed it in."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import asdict

from backend.acts.envelope import read
from backend.acts.queries import find_inboxed
from backend.database import Transaction
from backend.run_sheets.model import Rekey
from backend.web.figures import Numbers, figures_in
from backend.web.run_sheet_views import Boxes, LineRow, LineView, ToldOnPaper


async def with_what_they_tell(services: Transaction, lines: Sequence[LineRow]) -> list[LineView]:
    """Those that still wait say what would take effect. Nothing more is asked where none does."""
    keys = [(one.typed_by, one.rekeyed_by) for one in lines if one.waits]
    rows = await find_inboxed(services, keys) if keys else {}
    found: list[LineView] = []
    for one in lines:
        row = rows.get((one.typed_by, one.rekeyed_by)) if one.waits else None
        found.append(LineView(**asdict(one), acts=[] if row is None else _told(row.data)))
    return found


def _told(data: bytes) -> list[ToldOnPaper]:
    body = msgspec.json.decode(read(data).body, type=Rekey)
    return [
        ToldOnPaper(
            kind=one.kind,
            at=one.at,
            figures=figures_in(msgspec.convert(one.body, Numbers)),
            boxes=msgspec.convert(one.body, Boxes),
        )
        for one in body.acts
    ]
