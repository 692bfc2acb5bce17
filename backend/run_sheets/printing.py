"""Phiếu đi tuyến as PDF/A-2b: a courier's day on paper, with lines for who comes by, and slips in two parts."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from backend.parcels.printing import qr_svg
from backend.typeset import filled

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
    codes = {
        f"{n}-{m}.svg": qr_svg(case.link) for n, stop in enumerate(sheet.stops) for m, case in enumerate(stop.cases)
    }
    return filled(_TEMPLATE, msgspec.structs.asdict(sheet) | {"walk_ins": WALK_INS}, codes, at=at)
