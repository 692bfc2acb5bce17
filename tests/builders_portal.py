"""The provincial portal's half: what it asks, and how it signs, written as its description says."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

import httpx
import msgspec

from tests.builders import MY_HIEP

REGISTRATIONS = "/api/portal/registrations"


def asked(request_id: str = "DVC-20261125-000001", **changes: Any) -> dict[str, Any]:
    """A registration for Mỹ Hiệp. None: left out."""
    usual: dict[str, Any] = {
        "request_id": request_id,
        "procedure": "2.000635",
        "dossier_code": "H20.12-261125-0301",
        "agency": "H20.12",
        "owner": {"name": "Nguyễn Thị Huệ", "number": "087200000301"},
        "visit_commune": MY_HIEP,
        "address": "Ấp 1, cạnh cầu",
        "phone": "0912 345 678",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def signed(secret: bytes, method: str, path: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers of a request that is sent at that moment."""
    timestamp = str(int(at.timestamp()))
    text = "\n".join((method, path, timestamp, hashlib.sha256(body).hexdigest()))
    return {
        "Portal-Timestamp": timestamp,
        "Portal-Signature": hmac.new(secret, text.encode(), hashlib.sha256).hexdigest(),
    }


async def registers(http: httpx.AsyncClient, secret: bytes, what: dict[str, Any], at: datetime) -> httpx.Response:
    body = msgspec.json.encode(what)
    return await http.post(REGISTRATIONS, content=body, headers=signed(secret, "POST", REGISTRATIONS, body, at))


async def looks(http: httpx.AsyncClient, secret: bytes, request_id: str, at: datetime) -> httpx.Response:
    path = f"{REGISTRATIONS}/{request_id}"
    return await http.get(path, headers=signed(secret, "GET", path, b"", at))
