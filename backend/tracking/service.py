"""What may be known by whoever holds a card or a link."""

from datetime import datetime
from uuid import UUID

from backend.database import Transaction
from backend.dossiers.tokens import stored
from backend.tracking import queries
from backend.tracking.model import KEPT, Track, track


async def find_case(tx: Transaction, token: str, at: datetime) -> UUID | None:
    """The case that a card opens. None alike for a token that is unknown, old, replaced or another installation's.
    `token`: as it was typed.

    `tx` under the role of the services: the page has no office whose rows it might see.
    """
    return await queries.find_case(tx, stored(token.strip().upper()), at - KEPT)


async def of_case(tx: Transaction, case: UUID) -> Track:
    """No more than its citizen sees, whoever has found the case."""
    return track(
        await queries.moments(tx, case),
        await queries.next_promise(tx, case),
        await queries.due_on(tx, case),
        await queries.transfers(tx, case),
        await queries.consents(tx, case),
    )
