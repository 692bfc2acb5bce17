"""Hooks of schemathesis: requests are signed as a phone signs them. What it needs stands in `PROVING` (JSON).

Signing in and out has a phone of its own, as nothing else could be asked with that one afterwards.
"""

import json
import os
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import schemathesis
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from backend.documents.model import SEALED_TYPE
from backend.keys import KeyRing
from backend.staff.tokens import make_access
from courier_api.files import BODY_TYPE
from tests.builders_dpop import make_proof, thumbprint

TOLD: dict[str, Any] = json.loads(os.environ["PROVING"])
RING = KeyRing.open(Path(TOLD["keys"]))
BEGAN = datetime.fromisoformat(TOLD["now"]), time.monotonic()
PROVES_ONLY = {"/api/courier/borrow", "/api/courier/sign-in", "/api/courier/refresh"}
COMES_AND_GOES = {"/api/courier/sign-in", "/api/courier/sign-out"}
_nonce: list[tuple[str, float]] = []


def now() -> datetime:
    return BEGAN[0] + timedelta(seconds=time.monotonic() - BEGAN[1])


def nonce() -> str:
    """Asked for anew every ten minutes."""
    if not _nonce or time.monotonic() - _nonce[0][1] > 600:
        try:
            urllib.request.urlopen(TOLD["base"] + "/api/courier/sync/day", timeout=10)  # noqa: S310
        except urllib.error.HTTPError as refused:
            _nonce[:] = [(refused.headers["DPoP-Nonce"], time.monotonic())]
    return _nonce[0][0]


@schemathesis.serializer(BODY_TYPE, SEALED_TYPE)
def as_it_is(context: schemathesis.SerializationContext, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.auth(refresh_interval=None)
class Proving:
    """A proof for every request, and an access token where a session is needed."""

    def get(self, case: schemathesis.Case, context: schemathesis.AuthContext) -> str:
        return "leaving" if case.path in COMES_AND_GOES else "working"

    def set(self, case: schemathesis.Case, data: str, context: schemathesis.AuthContext) -> None:
        phone = TOLD[data]
        key: Any = load_pem_private_key(phone["key"].encode(), None)
        token = None
        if case.path not in PROVES_ONLY:
            token = make_access(
                RING,
                session=UUID(phone["session"]),
                device=UUID(phone["device"]),
                person=UUID(phone["person"]),
                thumbprint=thumbprint(key),
                at=now(),
            )
            case.headers["Authorization"] = f"DPoP {token}"
        address = TOLD["base"] + case.formatted_path
        case.headers["DPoP"] = make_proof(key, case.method, address, at=now(), nonce=nonce(), access_token=token)
