"""What a phone proves with every request: DPoP (RFC 9449) by its own key. Written from the RFC."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts.envelope import sign


def base64url(data: bytes) -> str:
    """Without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": base64url(numbers.x.to_bytes(32, "big")),
        "y": base64url(numbers.y.to_bytes(32, "big")),
    }


class Prover:
    """Makes proofs with one key. The header never changes, so it is written once."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self.key = key
        self._header = _part({"typ": "dpop+jwt", "alg": "ES256", "jwk": public_jwk(key)})

    def prove(self, method: str, address: str, *, at: float, nonce: str | None, access_token: str | None) -> str:
        """`address`: without query. `at`: seconds since 1970 in the centre's time. `ath` only with an access token."""
        claims: dict[str, Any] = {"jti": secrets.token_hex(12), "htm": method, "htu": address, "iat": int(at)}
        if nonce is not None:
            claims["nonce"] = nonce
        if access_token is not None:
            claims["ath"] = base64url(hashlib.sha256(access_token.encode()).digest())
        signed = f"{self._header}.{_part(claims)}"
        return f"{signed}.{base64url(sign(self.key, signed.encode()))}"


def _part(members: dict[str, Any]) -> str:
    return base64url(json.dumps(members, separators=(",", ":")).encode())
