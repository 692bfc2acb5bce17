"""Phiếu gửi hồ sơ as PDF/A-2b by typst: the papers of one visit, counted and looked at, signed by both sides (F03).

The same slip of the same day makes the same bytes. It promises no day: until the agency's receipt exists nothing is
more than expected.
"""

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
import typst

from backend.clock import VIETNAM
from backend.parcels.printing import fonts, qr_svg

_TEMPLATE = Path(__file__).parent / "slip.typ"


class SlipLine(msgspec.Struct, frozen=True, kw_only=True):
    """A paper, in words."""

    name: str
    form: str
    originals: int
    copies: int
    condition: str


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands on it, in words. `missing`: what the citizen sends without, knowingly. `signed`: how and when the
    citizen signed, `taken_by`: who took the papers; None: to be signed on paper."""

    post: str
    owner: str | None
    procedure: str
    dossier_code: str | None
    taken_at: str
    place: str
    courier: str
    parcel: str | None
    lines: Sequence[SlipLine]
    missing: Sequence[str]
    signed: str | None
    taken_by: str | None


class _Dated(msgspec.Struct, frozen=True):
    year: int
    month: int
    day: int


def slip_sheet(slip: Slip, *, tracking: str, at: datetime) -> bytes:
    """`tracking`: address of the citizen's page. `at`: when the papers were taken. Blocking: some 20 ms.

    Raises FontMissing.
    """
    day = at.astimezone(VIETNAM)
    shown = msgspec.structs.asdict(slip) | {"dated": _Dated(day.year, day.month, day.day)}
    with tempfile.TemporaryDirectory(prefix="tannha-slip-") as place:
        folder = Path(place)
        (folder / "slip.json").write_bytes(msgspec.json.encode(shown))
        (folder / "tracking.svg").write_text(qr_svg(tracking))
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
