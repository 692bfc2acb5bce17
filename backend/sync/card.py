"""What a citizen does with the card alone: no sign-in, and nothing but what takes something back (F19)."""

from datetime import datetime
from uuid import UUID

from backend.acts.envelope import Subject
from backend.acts.model import Source
from backend.consents.model import Extra
from backend.database import Transaction
from backend.ids import derived
from backend.keys import KeyRing
from backend.sync import desk

_ANY_VERSION = 2**31 - 1
"""A yes is taken back whatever else has changed."""


def holder(case: UUID) -> UUID:
    """Who acts: whoever has the card of that case in hand."""
    return derived("citizen", case.hex)


async def withdraw_consent(
    tx: Transaction, ring: KeyRing, case: UUID, extra: Extra, *, act: UUID, at: datetime
) -> None:
    """`act`: made when the page was drawn: two taps are one act. Raises Refused."""
    await desk.act(
        tx,
        ring,
        person=holder(case),
        id=act,
        subject=Subject("case", case),
        kind="withdraw_consent",
        base=_ANY_VERSION,
        body={"extra": extra},
        personal=None,
        at=at,
        source=Source.FORM,
    )
