"""What may be known by whoever holds a card or a link."""

from datetime import datetime
from uuid import UUID

from backend.database import Transaction
from backend.dossiers.tokens import stored
from backend.tracking import queries
from backend.tracking.model import KEPT, Track, track


async def look_up(tx: Transaction, token: str, at: datetime) -> Track | None:
    """None alike for a token that is unknown, old, replaced or another installation's. `token`: as it was typed.

    `tx` under the role of the services: the page has no office whose rows it might see.
    """
    case = await find_case(tx, token, at)
    return None if case is None else await of_case(tx, case)


async def find_case(tx: Transaction, token: str, at: datetime) -> UUID | None:
    """The case that a card opens, as `look_up` has it."""
    return await queries.find_case(tx, stored(token.strip().upper()), at - KEPT)


async def of_case(tx: Transaction, case: UUID) -> Track:
    """The same of a case that somebody at a desk has found: no more than its citizen sees."""
    return track(
        await queries.moments(tx, case),
        await queries.next_promise(tx, case),
        await queries.due_on(tx, case),
        await queries.transfers(tx, case),
        await queries.consents(tx, case),
    )
