"""A phone's key and its proofs, written from RFC 9449 alone: nothing of the server is imported."""

import base64
import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def make_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """ES256, `r || s`."""
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": base64url(numbers.x.to_bytes(32, "big")),
        "y": base64url(numbers.y.to_bytes(32, "big")),
    }


def thumbprint(key: ec.EllipticCurvePrivateKey) -> bytes:
    """RFC 7638."""
    return hashlib.sha256(json.dumps(public_jwk(key), sort_keys=True, separators=(",", ":")).encode()).digest()


def ath(access_token: str) -> str:
    return base64url(hashlib.sha256(access_token.encode()).digest())


def make_proof(
    key: ec.EllipticCurvePrivateKey,
    method: str,
    address: str,
    *,
    at: datetime,
    nonce: str | None = None,
    access_token: str | None = None,
    header: dict[str, Any] | None = None,
    claims: dict[str, Any] | None = None,
) -> str:
    """`header`, `claims`: what shall stand there instead; a value of None leaves the member out."""
    head = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public_jwk(key), **(header or {})}
    said = {
        "jti": str(uuid4()),
        "htm": method,
        "htu": address,
        "iat": int(at.timestamp()),
        "nonce": nonce,
        "ath": ath(access_token) if access_token is not None else None,
        **(claims or {}),
    }
    signed = ".".join(base64url(json.dumps(_present(part)).encode()) for part in (head, said))
    return f"{signed}.{base64url(sign(key, signed.encode()))}"


def _present(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
