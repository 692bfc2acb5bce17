"""How the provincial portal signs what it asks of us, and how that is checked. Pure.

Signed are method, path, timestamp (seconds) and the SHA-256 of the body in hexadecimal digits, a line each, with
HMAC-SHA-256 under a secret that the portal and we share: what is asked cannot be changed on the way, nor asked again
by somebody else another day.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from backend.errors import NotSignedIn

FRESH = timedelta(minutes=5)
"""So far the portal's clock and ours may be apart, as for a bank's notices."""
_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"[0-9a-f]{64}")


class RequestForged(NotSignedIn):
    """Yêu cầu không phải của Cổng Dịch vụ công."""


class RequestStale(NotSignedIn):
    """Yêu cầu đã quá giờ."""


def check(
    keys: Iterable[bytes],
    method: str,
    path: str,
    timestamp: str | None,
    signature: str | None,
    body: bytes,
    at: datetime,
) -> None:
    """`body`: the very bytes received. Raises RequestForged, and RequestStale for what was right at another hour."""
    if not timestamp or not signature or not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        raise RequestForged("Yêu cầu không có chữ ký của Cổng. Ký theo mô tả rồi gửi lại.")
    text = f"{method}\n{path}\n{timestamp}\n{hashlib.sha256(body).hexdigest()}".encode()
    sent = bytes.fromhex(signature)
    if not any(hmac.compare_digest(hmac.digest(key, text, hashlib.sha256), sent) for key in keys):
        raise RequestForged("Chữ ký của yêu cầu không đúng. Chưa ghi gì; kiểm tra khóa rồi ký và gửi lại.")
    if abs(at - datetime.fromtimestamp(int(timestamp), UTC)) > FRESH:
        raise RequestStale("Yêu cầu này ký quá 5 phút. Chưa ghi gì; ký lại với giờ mới rồi gửi lại.")
