"""Phiếu gửi hồ sơ as PDF/A-2b by typst: the papers of one visit, counted and looked at, signed by both sides (F03).

The same slip of the same day makes the same bytes. It promises no day: until the agency's receipt exists nothing is
more than expected.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from backend.parcels.printing import qr_svg
from backend.typeset import filled

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


def slip_sheet(slip: Slip, *, tracking: str, at: datetime) -> bytes:
    """`tracking`: address of the citizen's page. `at`: when the papers were taken. Blocking: some 20 ms.

    Raises FontMissing.
    """
    return filled(_TEMPLATE, msgspec.structs.asdict(slip), {"tracking.svg": qr_svg(tracking)}, at=at)
