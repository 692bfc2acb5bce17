"""An office's stock of label sets on paper: printed now, or once more, as long as nobody has carried them away."""

import asyncio
from datetime import datetime
from uuid import UUID

from backend.database import Transaction
from backend.keys import KeyRing
from backend.parcels import queries
from backend.parcels.cards import card_again
from backend.parcels.errors import NothingToPrint
from backend.parcels.model import MOST_SETS
from backend.parcels.printing import Layout, label_sheets


async def sheets(
    tx: Transaction, ring: KeyRing, *, unit: UUID, first: int, last: int, address: str, layout: Layout, at: datetime
) -> bytes:
    """One PDF of the sets `first` to `last` that are in stock: of a set that is out, nobody sees the word again.

    Raises NothingToPrint, CardKeyMissing.
    """
    sets = await queries.label_sets_in_stock(tx, unit, first, min(last, first + MOST_SETS - 1))
    if not sets:
        raise NothingToPrint("Chỉ in bộ nhãn còn trong kho của đơn vị. Xem lại số bộ nhãn.")
    shown = [(label_set, card_again(ring, label_set)) for label_set in sets]
    return await asyncio.to_thread(label_sheets, shown, address=address, layout=layout, at=at)
