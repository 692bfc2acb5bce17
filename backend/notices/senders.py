"""Where a message goes: a gateway by webhook, or, in the demo, the inbox that testers read.

Whatever happens to us between sending and writing that down, the message is sent again under the same id: a gateway
delivers an id once (Standard Webhooks, "webhook-id" as idempotency key).
"""

import asyncio
import base64
import hashlib
import hmac
import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import Message as Headers
from typing import IO, Protocol
from uuid import UUID

import msgspec

from backend.keys import Key, KeyRing, Purpose
from backend.notices.model import Channel

ROTATION = timedelta(days=1)
"""For so long after a rotation the old key signs as well."""
NEVER = frozenset({400, 410, 413, 422})
"""Answers by which a gateway says that it will never take this message."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: the same however often it is sent. `to`: E.164, or an e-mail address."""

    id: UUID
    channel: Channel
    to: str
    text: str
    subject: str | None = None


class NotSent(Exception):
    """A message was not taken. The text is a code without anything personal: `http-503`, `unreachable`.

    `again`: whether trying later may help; `after`: how long the gateway asked to wait; `status`: of its answer.
    """

    def __init__(
        self, code: str, *, again: bool = True, after: timedelta | None = None, status: int | None = None
    ) -> None:
        super().__init__(code)
        self.again = again
        self.after = after
        self.status = status


class Sender(Protocol):
    """A way out of here."""

    async def send(self, message: Message, at: datetime) -> None:
        """Returns when it was taken for good. Raises NotSent."""
        ...


class Inbox:
    """The demo's: what is written down as sent is what a tester reads."""

    async def send(self, message: Message, at: datetime) -> None:
        """Taken at once."""


class _Stays(urllib.request.HTTPRedirectHandler):
    """A message goes to the address that was set, and nowhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Headers, newurl: str
    ) -> None:
        return None


class Webhook:
    """A gateway's address. Each message is one signed POST."""

    def __init__(self, url: str, ring: KeyRing, *, seconds: float = 10.0) -> None:
        """`url`: set by the administrator; http or https. Raises ValueError for anything else."""
        if not url.startswith(("https://", "http://")):
            raise ValueError(f"{url} is no address of the web")
        self._url = url
        self._ring = ring
        self._seconds = seconds

    async def send(self, message: Message, at: datetime) -> None:
        data = {"channel": message.channel, "to": message.to, "text": message.text, "subject": message.subject}
        payload = msgspec.json.encode({"type": "notice.send", "timestamp": at, "data": data})
        headers = {"Content-Type": "application/json", **signed_headers(self._ring, message.id, payload, at)}
        await asyncio.to_thread(post, self._url, payload, headers, self._seconds)


def post(url: str, payload: bytes, headers: Mapping[str, str], seconds: float) -> None:
    """To that very address, of the web; of the answer no more than a byte is read. Raises NotSent."""
    request = urllib.request.Request(url, data=payload, headers=dict(headers), method="POST")  # noqa: S310
    try:
        with urllib.request.build_opener(_Stays).open(request, timeout=seconds) as answer:
            answer.read(1)
    except urllib.error.HTTPError as error:
        code, after = error.code, error.headers.get("Retry-After", "")
        error.close()
        asked = timedelta(seconds=int(after)) if after.isascii() and after.isdigit() and len(after) < 8 else None
        raise NotSent(f"http-{code}", again=code not in NEVER, after=asked, status=code) from None
    except (OSError, ValueError, http.client.HTTPException):
        raise NotSent("unreachable") from None


def signed_headers(ring: KeyRing, message: UUID, payload: bytes, at: datetime) -> dict[str, str]:
    """Of Standard Webhooks: id, time, and a signature by every key in force."""
    stamp = str(int(at.timestamp()))
    content = f"{message}.{stamp}.".encode() + payload
    signatures = [base64.b64encode(hmac.digest(key.material, content, hashlib.sha256)) for key in _keys(ring, at)]
    return {
        "webhook-id": str(message),
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{one.decode()}" for one in signatures),
    }


def _keys(ring: KeyRing, at: datetime) -> list[Key]:
    return [
        key
        for key in reversed(ring.all(Purpose.WEBHOOK))
        if key.valid_from <= at and (key.valid_to is None or at < key.valid_to + ROTATION)
    ]


def secrets(ring: KeyRing, at: datetime) -> list[str]:
    """What the gateway's administrator is given, the newest first: `whsec_` and base64."""
    return [f"whsec_{base64.b64encode(key.material).decode()}" for key in _keys(ring, at)]
