"""Days that were counted provisionally and signed end by themselves when what they waited for has come (F11)."""

from datetime import datetime

from backend.acts.envelope import Subject
from backend.database import Transaction
from backend.fees import queries as fees
from backend.ids import derived
from backend.keys import KeyRing
from backend.sync.timer import by_timer

MOST = 100
"""In one round."""


async def settle(tx: Transaction, ring: KeyRing, at: datetime) -> int:
    """How many ended. What cannot be now is tried again in the next round."""
    shifts = await fees.shifts_awaiting(tx, MOST)
    arrived = await fees.arrived_since(tx, [shift.shift_id for shift in shifts])
    settled = 0
    for shift in shifts:
        if (shift.awaited or 0) <= arrived.get(shift.shift_id, 0):
            act = derived("settle", shift.shift_id.hex, str(shift.counted_at))
            settled += await by_timer(tx, ring, act, Subject("shift", shift.shift_id), "settle_shift", {}, at)
    return settled
