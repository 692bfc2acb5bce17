"""A browser that wants to be told, and does not any more: who holds the tracking link decides (F17). Writes."""

import hashlib
from datetime import datetime
from uuid import UUID

import msgspec

from backend.acts.service import open_key
from backend.database import Transaction
from backend.keys import KeyRing, Purpose
from backend.notices import push_queries
from backend.notices.errors import (
    BrowserOfAnotherCase,
    BrowserUnusable,
    LinkReplaced,
    PushKeyUnknown,
    PushServiceUnknown,
    TooManyBrowsers,
)
from backend.notices.push_model import MOST_BROWSERS, Browser, Machine, PushSubscription, Services
from backend.notices.push_sealing import can_seal


async def subscribe(
    tx: Transaction,
    ring: KeyRing,
    services: Services,
    token_sha256: bytes,
    browser: Browser,
    *,
    made_for: bytes,
    at: datetime,
) -> None:
    """The same browser once more changes nothing but its keys. `made_for`: our key it subscribed to, 65 bytes.

    Raises LinkReplaced, PushServiceUnknown, PushKeyUnknown, BrowserUnusable, TooManyBrowsers, BrowserOfAnotherCase.
    """
    key = _key(ring, made_for)
    if not services.takes(browser.endpoint):
        raise PushServiceUnknown(
            "Chưa gửi được tin đến trình duyệt này. Dùng trình duyệt khác, hoặc vẫn nhận tin như trước.",
            pointer="/endpoint",
        )
    if not can_seal(browser):
        raise BrowserUnusable("Bấm bật lại. Nếu vẫn vậy, dùng trình duyệt khác.", pointer="/keys")
    case = await push_queries.lock_case(tx, token_sha256)
    sealing = None if case is None else await open_key(tx, ring, ("case", case))
    if case is None or sealing is None:
        raise LinkReplaced("Mở liên kết mới nhất trong tin nhắn, hoặc gọi 0277 1022.")
    endpoint = hashlib.sha256(browser.endpoint.encode()).digest()
    others = [one for one in await push_queries.of_case(tx, case) if one.endpoint_sha256 != endpoint]
    if len(others) >= MOST_BROWSERS:
        raise TooManyBrowsers(
            f"Mỗi hồ sơ gửi tin đến nhiều nhất {MOST_BROWSERS} máy. Bấm “Ngừng gửi đến mọi máy”, rồi bật lại ở đây."
        )
    row = PushSubscription(
        case_id=case,
        endpoint_sha256=endpoint,
        token_sha256=token_sha256,
        vapid_key=key,
        made_at=at,
        sealed=sealing.seal(msgspec.json.encode(browser), endpoint),
    )
    if not await push_queries.save(tx, row):
        raise BrowserOfAnotherCase("Mở trang của hồ sơ kia, tắt nhận tin ở đó, rồi bật lại ở đây.")


def _key(ring: KeyRing, point: bytes) -> UUID:
    """Any of ours: a page may have been drawn before a rotation. Raises PushKeyUnknown."""
    for key in reversed(ring.all(Purpose.VAPID)):
        if key.point() == point:
            return key.id
    raise PushKeyUnknown("Tải lại trang, rồi bật lại.", pointer="/server_key")


async def subscribed(tx: Transaction, case: UUID) -> list[bytes]:
    """SHA-256 of the addresses of all browsers to which the case is pushed: each knows its own."""
    return [one.endpoint_sha256 for one in await push_queries.live_of(tx, case)]


async def stop(tx: Transaction, case: UUID, endpoint_sha256: bytes | None) -> None:
    """One browser, or None: all to which the case is pushed. One that is not among them is not touched."""
    live = await subscribed(tx, case)
    await push_queries.drop(tx, [one for one in live if endpoint_sha256 in {None, one}])


async def forget_dead(tx: Transaction, closed_before: datetime) -> None:
    """Whose link opens no page any more. `closed_before`: cases that ended earlier are shown to nobody."""
    await push_queries.drop_dead(tx, closed_before)


async def machines(tx: Transaction, ring: KeyRing, case: UUID) -> list[Machine]:
    """Opened. What cannot be opened was erased and is left out."""
    rows = await push_queries.live_of(tx, case)
    keys = {of: await open_key(tx, ring, ("case", of)) for of in {row.case_id for row in rows}}
    found: list[Machine] = []
    for row in rows:
        if (key := keys[row.case_id]) is None:
            continue
        browser = msgspec.json.decode(key.open(row.sealed, row.endpoint_sha256), type=Browser)
        found.append(Machine(endpoint_sha256=row.endpoint_sha256, vapid_key=row.vapid_key, browser=browser))
    return found
