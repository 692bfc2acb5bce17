"""Days that were counted provisionally end by themselves when what they waited for has come (F11)."""

from datetime import datetime

from backend.acts.envelope import Subject
from backend.acts.model import Source
from backend.database import Transaction
from backend.errors import Refusal
from backend.fees import queries as fees
from backend.ids import derived
from backend.keys import KeyRing
from backend.sync import desk

CENTRE = derived("system", "centre")
MOST = 100
"""In one round."""


async def settle(tx: Transaction, ring: KeyRing, at: datetime) -> int:
    """How many ended. What cannot be now is tried again in the next round."""
    shifts = await fees.shifts_awaiting(tx, MOST)
    arrived = await fees.arrived_since(tx, [shift.shift_id for shift in shifts])
    settled = 0
    for shift in shifts:
        if (shift.awaited or 0) > arrived.get(shift.shift_id, 0):
            continue
        try:
            async with tx.savepoint():
                await desk.act(
                    tx,
                    ring,
                    person=CENTRE,
                    id=derived("settle", shift.shift_id.hex, str(shift.counted_at)),
                    subject=Subject("shift", shift.shift_id),
                    kind="settle_shift",
                    base=2**31 - 1,
                    body={},
                    personal=None,
                    at=at,
                    source=Source.TIMER,
                )
            settled += 1
        except Refusal:
            continue
    return settled
