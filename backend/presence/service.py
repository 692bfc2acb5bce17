"""Whether who stands at the gate is our courier: asked by anybody on the public page, and by 1022 for who phones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from backend.clock import local_date
from backend.database import Transaction
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.presence import queries
from backend.presence.codes import is_right, secret_of
from backend.presence.queries import InShift

LONGEST_SHIFT = timedelta(hours=18)
"""Of one that was left open; then nobody is in shift any more."""
_NOBODY = UUID(int=0)


class OurCourier(msgspec.Struct, frozen=True, kw_only=True):
    """What a stranger may know of a courier whose code was right. `first_name`: as people are called in Việt Nam."""

    first_name: str
    badge: str
    post: str
    person: UUID
    """For the photograph alone: nobody is told."""


async def check(
    tx: Transaction, ring: KeyRing, *, badge: str, code: str, at: datetime, asked_by: UUID | None = None
) -> OurCourier | None:
    """None: the code is wrong, the courier is off shift, the phone is out, or there is no such badge; which of these is
    not told, by the time it takes either. Every check is kept, without what was typed."""
    phones = await queries.in_shift(tx, plain(badge), at=at, on=local_date(at), since=at - LONGEST_SHIFT)
    found = _whose(ring, phones, "".join(code.split()), at)
    courier = None if found is None else found.person_id
    await queries.add_check(tx, check_id=uuid7(), at=at, asked_by=asked_by, courier=courier)
    if found is None:
        return None
    return OurCourier(first_name=found.name.split()[-1], badge=found.badge, post=found.post, person=found.person_id)


def plain(badge: str) -> str:
    """As it is read aloud: capital letters and digits."""
    return "".join(letter for letter in badge.upper() if letter.isalnum())[:24]


def _whose(ring: KeyRing, phones: Sequence[InShift], code: str, at: datetime) -> InShift | None:
    """A shift may go on after midnight, and its phone may have heard of the new day or not. Badges that are told apart
    by a dash only are nobody's."""
    right: InShift | None = None
    for phone in phones:
        for day in sorted({phone.day, local_date(at)}):
            if is_right(secret_of(ring, phone.device_id, phone.person_id, day), code, at):
                right = phone
    if not phones:
        is_right(secret_of(ring, _NOBODY, _NOBODY, local_date(at)), code, at)
    return right if len({phone.person_id for phone in phones}) == 1 else None
