"""Label sets as PDF/A-2b: two a page on A4 to be cut, or one a page on a roll of 100 x 150 mm.

The same sets of the same day make the same bytes. Sizes of codes are for printers of 203 dpi and readers of phones: the
label's QR is at least 37 mm wide, its modules and the narrow bars are whole dots.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
import qrcode
import zxingcpp
from qrcode.constants import ERROR_CORRECT_M

from backend.parcels.cards import Card
from backend.parcels.codes import grouped
from backend.parcels.labels import label_qr
from backend.parcels.model import LabelSet
from backend.typeset import filled

Layout = Literal["a4", "roll"]
_TEMPLATE = Path(__file__).parent / "label_sets.typ"
_QUIET = 4


class _Shown(msgspec.Struct, frozen=True):
    """One set as the template reads it."""

    number: int
    shown: str
    item: str
    look_up: str
    word: str


def qr_svg(text: str) -> str:
    return _squares(_qr(text))


def label_sheets(sets: Sequence[tuple[LabelSet, Card]], *, address: str, layout: Layout, at: datetime) -> bytes:
    """One PDF of all sets in their order. `address`: scheme and host of the citizen's page. Blocking: 5 ms a set.

    Raises FontMissing.
    """
    codes: dict[str, str] = {}
    for label_set, card in sets:
        codes |= _codes(label_set, f"{address}/t/{card.token}")
    told = {"sets": [_shown(label_set, card) for label_set, card in sets]}
    return filled(_TEMPLATE, told, codes, at=at, layout=layout)


def _shown(label_set: LabelSet, card: Card) -> _Shown:
    item = label_set.item_number
    return _Shown(
        number=label_set.number,
        shown=f"{label_set.number:05}",
        item=f"{item[:2]} {item[2:5]} {item[5:8]} {item[8:11]} {item[11:]}",
        look_up=grouped(card.look_up_number),
        word=grouped(card.word),
    )


def _codes(label_set: LabelSet, tracking: str) -> dict[str, str]:
    """Drawings of one set, by name of the file."""
    number = label_set.number
    code128 = zxingcpp.BarcodeFormat.Code128
    bars = zxingcpp.create_barcode(label_set.item_number, code128)  # pyright: ignore[reportUnknownMemberType]
    return {
        f"{number}-label.svg": _squares(label_qr(label_set.label)),
        f"{number}-card.svg": _squares(_qr(tracking)),
        f"{number}-item.svg": bars.to_svg(add_quiet_zones=True),
    }


def _qr(text: str) -> list[list[bool]]:
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    drawn.add_data(text)
    drawn.make()
    return [[bool(module) for module in row] for row in drawn.get_matrix()]


def _squares(rows: Sequence[Sequence[bool]]) -> str:
    """An SVG, a unit a module, with the quiet zone; neighbours in a row are one rectangle, so that no seam shows."""
    side, parts = len(rows) + 2 * _QUIET, list[str]()
    for y, row in enumerate(rows, _QUIET):
        begin = None
        for x, dark in enumerate((*row, False), _QUIET):
            if dark and begin is None:
                begin = x
            elif not dark and begin is not None:
                parts.append(f"M{begin} {y}h{x - begin}v1h-{x - begin}z")
                begin = None
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><path d="{"".join(parts)}" fill="#000"/></svg>'
    )
