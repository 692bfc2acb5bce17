"""A courier's photograph (F12): set by who answers for the post, seen by whoever got the code of the minute right."""

import base64
import binascii
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from backend.clock import local_date
from backend.database import Transaction
from backend.keys import Key, KeyRing, Purpose, same
from backend.staff import portrait_queries, queries
from backend.staff.errors import PersonUnknown, PortraitGone, RoleNeeded
from backend.staff.model import ANSWERING, Post, answers_for

SHOWN_FOR = timedelta(minutes=2)
_WHO, _WHEN = 16, 8


async def set_portrait(
    tx: Transaction, posts: Iterable[Post], person: UUID, unit: UUID, sha256: bytes, *, by: UUID, at: datetime
) -> None:
    """`posts`: what `by` holds today. Raises RoleNeeded, PersonUnknown."""
    if not answers_for(posts, unit, ANSWERING):
        raise RoleNeeded("Ảnh bưu tá do trưởng bưu cục của đơn vị, giám sát tỉnh hoặc quản trị hệ thống đặt.")
    if unit not in await queries.units_of(tx, person, local_date(at)):
        raise PersonUnknown
    await portrait_queries.add_portrait(tx, person, sha256, by=by, at=at)


def shown_until(key: Key, person: UUID, at: datetime) -> str:
    """What opens the photograph until the page that shows it is empty again."""
    until = int((at + SHOWN_FOR).timestamp())
    told = person.bytes + until.to_bytes(_WHEN, "big")
    return base64.urlsafe_b64encode(told + _mac(key, told)).decode().rstrip("=")


def opened(ring: KeyRing, text: str, at: datetime) -> UUID:
    """Whose photograph may be shown. Raises PortraitGone: made up, or too old."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        data = b""
    told, mac = data[: _WHO + _WHEN], data[_WHO + _WHEN :]
    right = [same(_mac(key, told), mac) for key in ring.all(Purpose.PRESENCE)]
    if not any(right) or len(told) != _WHO + _WHEN:
        raise PortraitGone
    until = datetime.fromtimestamp(int.from_bytes(told[_WHO:], "big"), UTC)
    if not at <= until <= at + SHOWN_FOR:
        raise PortraitGone
    return UUID(bytes=told[:_WHO])


def _mac(key: Key, told: bytes) -> bytes:
    return key.mac(b"portrait" + told)[:16]
