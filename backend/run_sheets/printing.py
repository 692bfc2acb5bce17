"""Phiếu đi tuyến as PDF/A-2b by typst: a courier's day on paper, with lines for who comes by, and slips in two parts.

What is on it stands in the bytes that leave and in a temporary folder for as long as typst reads it.
"""

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
import typst

from backend.clock import VIETNAM
from backend.parcels.printing import fonts, qr_svg

_TEMPLATE = Path(__file__).parent / "run_sheet.typ"
WALK_INS = 5
"""Blank lines, and slips for them."""


class SheetCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case of a stop, in words. `link`: where its line is typed in again. `due`: đồng. `take` None: not known."""

    owner: str | None
    procedure: str
    link: str
    take: Sequence[str] | None
    see: Sequence[str]
    give: Sequence[str]
    due: int


class SheetStop(msgspec.Struct, frozen=True, kw_only=True):
    """One visit."""

    window: str
    purpose: str
    where: str
    phone: str | None
    cases: Sequence[SheetCase]


class RunSheet(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands on it, in words. `slips`: their numbers, one for each stop and each blank line."""

    post: str
    courier: str
    badge: str
    day: str
    stops: Sequence[SheetStop]
    slips: Sequence[int]


def slips_wanted(stops: int) -> int:
    return stops + WALK_INS


def run_sheet(sheet: RunSheet, *, at: datetime) -> bytes:
    """`at`: when it is printed. Blocking: some 50 ms.

    Raises FontMissing.
    """
    day = at.astimezone(VIETNAM)
    dated = {"year": day.year, "month": day.month, "day": day.day}
    shown = msgspec.structs.asdict(sheet) | {"dated": dated, "walk_ins": WALK_INS}
    with tempfile.TemporaryDirectory(prefix="tannha-run-sheet-") as place:
        folder = Path(place)
        (folder / "sheet.json").write_bytes(msgspec.json.encode(shown))
        for n, stop in enumerate(sheet.stops):
            for m, case in enumerate(stop.cases):
                (folder / f"{n}-{m}.svg").write_text(qr_svg(case.link))
        source = folder / _TEMPLATE.name
        source.write_bytes(_TEMPLATE.read_bytes())
        return typst.compile(
            source,
            root=folder,
            format="pdf",
            font_paths=fonts(),
            ignore_system_fonts=True,
            pdf_standards="a-2b",
        )
