"""A push service as a real HTTP server, and browsers that subscribed there: what is sealed for them only they read.

Proof and sealing are checked as RFC 8292, 8188 and 8291 have them, written anew.
"""

import base64
import hashlib
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.notices.push_model import Browser, Services
from tests.notices.listening import Listening, listening


def unpadded(text: str) -> bytes:
    """base64url -> bytes."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _mac(key: bytes, data: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(data)
    return made.finalize()


@dataclass
class ABrowser:
    """Somebody's browser: the secret half never leaves it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    @property
    def given(self) -> Browser:
        """What it tells the centre."""
        return Browser(self.endpoint, self.point, self.auth)

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.endpoint.encode()).digest()

    def opened(self, body: bytes) -> bytes:
        """RFC 8291, 3.4, and RFC 8188, 2: header salt (16), rs (4), idlen (1), key of the sender; one record."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _mac(_mac(self.auth, shared), b"WebPush: info\0" + self.point + theirs + b"\1")
        random = _mac(salt, secret)
        key = _mac(random, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = _mac(random, b"Content-Encoding: nonce\0\1")[:12]
        plain, _, padding = AESGCM(key).decrypt(nonce, record, None).rpartition(b"\2")
        assert padding.strip(b"\0") == b""
        return plain


@dataclass
class PushService:
    """`answers`: status codes for the next messages, then 204."""

    gateway: Listening

    @property
    def url(self) -> str:
        return self.gateway.url.removesuffix("/send")

    @property
    def services(self) -> Services:
        return Services.read(self.url)

    def browser(self, name: str = "one") -> ABrowser:
        return ABrowser(f"{self.url}/push/{name}")

    @property
    def headers(self) -> list[dict[str, str]]:
        return [headers for headers, _ in self.gateway.requests]

    def told(self, browser: ABrowser) -> list[dict[str, str]]:
        """What that browser reads of what came, in order; what was sealed for another it cannot open."""
        return [json.loads(browser.opened(body)) for _, body in self.gateway.requests]


def proof(headers: dict[str, str]) -> tuple[dict[str, Any], bytes]:
    """The claims of a proof that is signed right, and by which key."""
    scheme, _, rest = headers["authorization"].partition(" ")
    fields = dict(one.strip().split("=", 1) for one in rest.split(","))
    assert (scheme, set(fields)) == ("vapid", {"t", "k"})
    signed, _, signature = fields["t"].rpartition(".")
    first, _, claims = signed.partition(".")
    assert json.loads(unpadded(first)) == {"typ": "JWT", "alg": "ES256"}
    point, raw = unpadded(fields["k"]), unpadded(signature)
    assert len(raw) == 64
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(unpadded(claims)), point


@contextmanager
def push_service() -> Generator[PushService]:
    with listening() as gateway:
        yield PushService(gateway)
