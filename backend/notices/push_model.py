"""Web push: which services may be called, and what a browser gave us. Pure: no I/O."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

MOST_BROWSERS = 5
"""To so many a case is pushed."""
LONGEST_ENDPOINT = 1000
LONGEST_TTL = timedelta(days=28)
"""For no longer does any push service keep a message."""
# Whoever calls it reads an address as this does: no user, no fragment, no second way to write a host.
_ENDPOINT = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(:[0-9]{1,5})?(/[!\"$-\[\]-~]*)")
_HERE = "127.0.0.1"


class Services(msgspec.Struct, frozen=True):
    """Push services that may be called, and nobody else: without them anyone could have us send to any address.

    `names`: hosts, over TLS; with `*.` in front all below one; `http://127.0.0.1:PORT` only for tests.
    """

    names: frozenset[str]

    @classmethod
    def read(cls, setting: str) -> "Services":
        """`setting`: names with spaces between; `none`: nobody."""
        return cls(frozenset(setting.split()) - {"none"})

    def takes(self, endpoint: str) -> bool:
        """Whether that is an address of one of them."""
        found = _ENDPOINT.fullmatch(endpoint)
        if found is None or len(endpoint) > LONGEST_ENDPOINT:
            return False
        scheme, host, port, _ = found.groups()
        if scheme == "http":
            return host == _HERE and f"http://{host}{port or ''}" in self.names
        labels = host.split(".")
        above = {f"*.{'.'.join(labels[count:])}" for count in range(1, len(labels))}
        return port is None and bool(self.names & (above | {host}))


def origin(endpoint: str) -> str:
    """Scheme, host and port (RFC 6454) of an address that a service takes."""
    return "/".join(endpoint.split("/", 3)[:3])


class Browser(msgspec.Struct, frozen=True):
    """What is sealed: where to send (RFC 8030), and with what to seal it (RFC 8291).

    `p256dh`: 65 bytes, a point of P-256; `auth`: 16 bytes.
    """

    endpoint: str
    p256dh: bytes
    auth: bytes


class PushSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `push_subscriptions`: a browser to which a case is pushed.

    `token_sha256`: of the link that subscribed. `vapid_key`: the one of our keys it was made for, whatever came since.
    `sealed`: a Browser, under the data key of the case, bound to `endpoint_sha256`.
    """

    case_id: UUID
    endpoint_sha256: bytes
    token_sha256: bytes
    vapid_key: UUID
    made_at: datetime
    sealed: bytes


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription, opened."""

    endpoint_sha256: bytes
    vapid_key: UUID
    browser: Browser


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """`topic`: a later message of the same one takes its place, here and at the push service (RFC 8030, 5.4); 32
    letters. `life`: for so long it is worth being kept for a browser that is not there."""

    machines: Sequence[Machine]
    text: str
    topic: str
    life: timedelta
