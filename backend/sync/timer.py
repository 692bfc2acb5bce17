"""What the centre does by itself: an act of a timer, tried again in the next round where it cannot be now."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.acts.envelope import Subject
from backend.acts.model import Source
from backend.database import Transaction
from backend.errors import Refusal
from backend.ids import derived
from backend.keys import KeyRing
from backend.sync import desk

CENTRE = derived("system", "centre")
_ANY_VERSION = 2**31 - 1


async def by_timer(
    tx: Transaction, ring: KeyRing, act: UUID, subject: Subject, kind: str, body: dict[str, Any], at: datetime
) -> bool:
    """Whether it took effect. `act`: derived from what it is about, so that a round repeated does nothing twice."""
    try:
        async with tx.savepoint():
            await desk.act(
                tx,
                ring,
                person=CENTRE,
                id=act,
                subject=subject,
                kind=kind,
                base=_ANY_VERSION,
                body=body,
                personal=None,
                at=at,
                source=Source.TIMER,
            )
    except Refusal:
        return False
    return True
