"""Photographs as requests, written out beforehand: 150 kB each, all different, sent whole with their creation."""

import hashlib
import secrets
from base64 import b64encode
from dataclasses import dataclass

from backend.ids import uuid7
from tests.bench.calling import begun
from tests.bench.serving import Busy, Serving

PATH = "/api/courier/files"
BYTES = 150_000
TAIL = secrets.token_bytes(BYTES - 16)
"""The same in all: the first bytes make them different, and the client shall cost little."""


@dataclass(frozen=True)
class Photograph:
    sha256: str
    request: tuple[bytes, bytes, bytes]
    """Head, the bytes of its own, the tail."""


def a_photograph(to: Serving, busy: Busy, nonce: str) -> Photograph:
    own = secrets.token_bytes(16)
    sha256 = hashlib.sha256(own + TAIL).hexdigest()
    metadata = {"id": str(uuid7()), "sha256": sha256, "media_type": "image/webp"}
    headers = to.headers(busy, "POST", PATH, nonce) | {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Length": str(BYTES),
        "Upload-Metadata": ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in metadata.items()),
    }
    return Photograph(sha256, (begun("POST", PATH, to.port, headers, BYTES), own, TAIL))
