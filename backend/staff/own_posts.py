"""Of which posts somebody takes papers and money for (F16): where the day is begun, and label sets are handed out.

A post employee lent to a one-stop stays the post's: what is collected there is the money of the post of the same level
as that one-stop on that day, goes into its till, and is counted before its people.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from backend.database import Transaction
from backend.staff.model import Post, Role
from backend.units import service as units
from backend.units.errors import NoSameLevelPost
from backend.units.model import UnitId

AT_THE_POST = (Role.COURIER, Role.COUNTER_CLERK)


async def own_posts(tx: Transaction, held: Iterable[Post], on: date) -> frozenset[UUID]:
    """`held`: what somebody holds on that day. A one-stop for which no post of the same level is written gives none."""
    found = {post.unit_id for post in held if post.role in AT_THE_POST}
    lent = {post.unit_id for post in held if post.role is Role.POST_EMPLOYEE_AT_ONE_STOP}
    return frozenset(found | {post for unit in lent if (post := await _post_of(tx, unit, on)) is not None})


async def lent_to(tx: Transaction, post: UUID, on: date) -> list[UUID]:
    """Units that this post is of the same level with: there its employees may sit."""
    return list(await units.units_of_same_level_post(tx, UnitId(post), on))


async def _post_of(tx: Transaction, unit: UUID, on: date) -> UUID | None:
    try:
        return (await units.get_same_level_post(tx, UnitId(unit), on)).id
    except NoSameLevelPost:
        return None
