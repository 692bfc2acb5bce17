"""Phiếu thu as PDF/A-2b by typst: cash that was taken for one case, under its number (F08).

The same slip makes the same bytes. It says that it is not the receipt of the law, which the server numbers later.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from backend.procedures.amounts import in_words, money
from backend.typeset import filled

_TEMPLATE = Path(__file__).parent / "collection_slip.typ"


class CollectedFor(msgspec.Struct, frozen=True, kw_only=True):
    """A charge that was paid: its name, and đồng."""

    name: str
    amount: int


class CollectionSlip(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands on it. Amounts in đồng; `tendered` less `change` is the sum of `lines`.

    `household`: what was paid at once for several cases, each with a slip of its own; None: for this one alone."""

    number: int
    post: str
    owner: str | None
    procedure: str
    dossier_code: str | None
    collected_at: str
    place: str
    lines: Sequence[CollectedFor]
    tendered: int
    change: int
    household: int | None
    collected_by: str


def collection_slip_sheet(slip: CollectionSlip, *, tracking: str, at: datetime) -> bytes:
    """`tracking`: SVG of the code of the citizen's page. `at`: when the money was taken. Blocking: some 20 ms.

    Raises FontMissing.
    """
    total = sum(line.amount for line in slip.lines)
    told = msgspec.structs.asdict(slip) | {
        "lines": [{"name": line.name, "amount": money(line.amount)} for line in slip.lines],
        "total": money(total),
        "in_words": in_words(total),
        "tendered": money(slip.tendered),
        "change": money(slip.change),
        "household": None if slip.household is None else money(slip.household),
    }
    return filled(_TEMPLATE, told, {"tracking.svg": tracking}, at=at)
