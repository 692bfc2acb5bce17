"""P-256 public keys as JSON Web Keys (RFC 7517, 7518), their thumbprints (RFC 7638), and base64url (RFC 4648, 5)."""

import binascii
import hashlib
from base64 import urlsafe_b64encode
from functools import lru_cache

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

_COORDINATE = 32
_LETTERS = bytes.maketrans(b"-_", b"+/")


class JsonWebKey(msgspec.Struct, frozen=True, omit_defaults=True):
    """A public key on the wire. `x`, `y`: 32 bytes each in base64url. `d`, the secret half, must be absent."""

    kty: str
    crv: str
    x: str
    y: str
    d: str | None = None


def base64url(data: bytes) -> str:
    """Without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Raises ValueError for anything but unpadded base64url."""
    letters = text.encode("ascii")
    if b"+" in letters or b"/" in letters or b"=" in letters:
        raise ValueError("not base64url")
    return binascii.a2b_base64(letters.translate(_LETTERS) + b"=" * (-len(letters) % 4), strict_mode=True)


def point(key: JsonWebKey) -> bytes:
    """65 bytes, uncompressed. Raises ValueError for another curve, a secret key or a point that is not on the curve."""
    if (key.kty, key.crv) != ("EC", "P-256") or key.d is not None:
        raise ValueError("not a public P-256 key")
    x, y = from_base64url(key.x), from_base64url(key.y)
    if len(x) != _COORDINATE or len(y) != _COORDINATE:
        raise ValueError("a coordinate is 32 bytes")
    found = b"\x04" + x + y
    public_key(found)
    return found


@lru_cache(maxsize=16_384)
def public_key(of_point: bytes) -> ec.EllipticCurvePublicKey:
    """Raises ValueError when the point is not on the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), of_point)


def jwk(of_point: bytes) -> JsonWebKey:
    x, y = of_point[1 : 1 + _COORDINATE], of_point[1 + _COORDINATE :]
    return JsonWebKey(kty="EC", crv="P-256", x=base64url(x), y=base64url(y))


def thumbprint(of_point: bytes) -> bytes:
    """32 bytes: SHA-256 of the required members in the order of the alphabet, without spaces."""
    key = jwk(of_point)
    return hashlib.sha256(f'{{"crv":"P-256","kty":"EC","x":"{key.x}","y":"{key.y}"}}'.encode()).digest()
