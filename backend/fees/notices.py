"""A bank's signed notices, as Standard Webhooks has them, and what they say. Pure.

Signed is `<id>.<timestamp>.<body>`, with HMAC-SHA-256 under a secret that the bank and we share (`whsec_<base64>`). The
header may carry several signatures, so that a secret can be changed without a gap. Source: standardwebhooks.com.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import msgspec

from backend.errors import Invalid, NotSignedIn
from backend.fees.payment_model import Entry

FRESH = timedelta(minutes=5)
"""So far a notice's clock and ours may be apart; the same as the banks' own services allow (facts G2)."""
_TIMESTAMP = re.compile(r"[0-9]{1,11}")


class NoticeForged(NotSignedIn):
    """Thông báo không phải của ngân hàng."""


class NoticeStale(NotSignedIn):
    """Thông báo đã quá giờ."""


class NoticeUnreadable(Invalid):
    """Thông báo không đọc được."""


class BankEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an account. `text`: what the payer and the banks between wrote. `amount` in đồng."""

    entry: Entry
    bank_bin: Annotated[str, msgspec.Meta(pattern="^[0-9]{6}$")]
    account: Annotated[str, msgspec.Meta(pattern="^[0-9A-Za-z]{1,19}$")]
    direction: Literal["in", "out"] = "in"
    amount: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    text: Annotated[str, msgspec.Meta(max_length=500)]
    credited_at: datetime


class Notice(msgspec.Struct, frozen=True):
    """What a bank sends: one line of an account, when it is booked."""

    type: Literal["account.credited"]
    data: BankEntry


class Statement(msgspec.Struct, frozen=True):
    """All lines of a day, as pulled."""

    entries: list[BankEntry]


def secret(key: bytes) -> str:
    """The key as the bank is given it."""
    return "whsec_" + base64.b64encode(key).decode()


def headers(key: bytes, message_id: str, body: bytes, at: datetime) -> dict[str, str]:
    """What a sender puts beside the body."""
    timestamp = str(int(at.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + base64.b64encode(_mac(key, message_id, timestamp, body)).decode(),
    }


def check(
    keys: Iterable[bytes],
    message_id: str | None,
    timestamp: str | None,
    signature: str | None,
    body: bytes,
    at: datetime,
) -> None:
    """`body`: the very bytes received. Raises NoticeForged, and NoticeStale for one that was right at another hour."""
    if not message_id or not signature or not timestamp or not _TIMESTAMP.fullmatch(timestamp):
        raise NoticeForged("Thông báo không có chữ ký của ngân hàng. Không ghi sổ.")
    sent = [found for one in signature.split(" ") if (found := _signature(one)) is not None]
    wanted = [_mac(key, message_id, timestamp, body) for key in keys]
    if not any(hmac.compare_digest(one, other) for one in sent for other in wanted):
        raise NoticeForged("Chữ ký của thông báo không đúng. Không ghi sổ.")
    if abs(at - datetime.fromtimestamp(int(timestamp), UTC)) > FRESH:
        raise NoticeStale("Thông báo này ký quá 5 phút. Ngân hàng gửi lại với giờ mới; tiền chưa ghi sổ.")


def read(body: bytes) -> Notice:
    """Raises NoticeUnreadable."""
    try:
        notice = msgspec.json.decode(body, type=Notice)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NoticeUnreadable(f"Thông báo không đúng dạng ({error}). Sửa rồi gửi lại.") from error
    if notice.data.credited_at.tzinfo is None:
        raise NoticeUnreadable("Giờ ghi có phải kèm múi giờ. Sửa rồi gửi lại.", pointer="/data/credited_at")
    return notice


def _mac(key: bytes, message_id: str, timestamp: str, body: bytes) -> bytes:
    return hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)


def _signature(text: str) -> bytes | None:
    version, _, value = text.partition(",")
    try:
        return base64.b64decode(value, validate=True) if version == "v1" else None
    except (binascii.Error, ValueError):
        return None
