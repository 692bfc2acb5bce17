"""Proof of possession (DPoP, RFC 9449): every request of a phone is signed by the phone's key.

A proof is `header.claims.signature`, each in base64url: header {"typ":"dpop+jwt","alg":"ES256","jwk":{kty,crv,x,y}},
claims {jti, htm, htu, iat, nonce, ath}, signature ES256 as `r || s`. `ath` only with an access token. The nonce is
computed from an hourly key, so there is no table; a proof seen twice does no harm, because acts take effect once.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from backend.acts.envelope import is_signed
from backend.keys import KeyRing, Purpose
from backend.staff.jwk import JsonWebKey, base64url, from_base64url, point, public_key, thumbprint
from backend.staff.proof_errors import (
    NonceNeeded,
    ProofForAnotherAddress,
    ProofForAnotherMethod,
    ProofKeyRefused,
    ProofMissing,
    ProofOfAnotherKey,
    ProofOfAnotherTime,
    ProofOfAnotherToken,
    ProofSignatureWrong,
    ProofUnreadable,
)

LONGEST = 2048
"""Characters of a proof; ours are about 600."""
IAT_WINDOW = timedelta(minutes=5)
"""Either way. A phone counts in the centre's time: its own clock plus the offset it last measured."""
_PORTS = {"https": ":443", "http": ":80"}


class Proven(msgspec.Struct, frozen=True):
    """The key a request was proven with. `stale`: its nonce is of the hour before; answer with a fresh one."""

    point: bytes
    thumbprint: bytes
    stale: bool = False


class _Header(msgspec.Struct, frozen=True):
    typ: str
    alg: str
    jwk: JsonWebKey


class _Claims(msgspec.Struct, frozen=True):
    jti: Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
    htm: str
    htu: str
    iat: Annotated[float, msgspec.Meta(ge=0, le=1e12)]
    nonce: str | None = None
    ath: str | None = None


_claims = msgspec.json.Decoder(_Claims)


def verify(
    ring: KeyRing,
    proof: str | None,
    *,
    method: str,
    address: str,
    at: datetime,
    access_token: str | None = None,
    bound_to: bytes | None = None,
) -> Proven:
    """Checks one proof, what is cheap first and the signature last.

    `address`: scheme, host and path of the request, without query. `bound_to`: the thumbprint the access token names.
    Raises a kind of NotProven for each thing that can be wrong.
    """
    if proof is None:
        raise ProofMissing
    header, claims, signature = _split(proof)
    found, found_thumbprint = _key_of(header)
    said = _decoded_claims(claims)
    if said.htm != method:
        raise ProofForAnotherMethod
    if said.htu != address and _plain(said.htu) != _plain(address):
        raise ProofForAnotherAddress
    if abs(said.iat - at.timestamp()) > IAT_WINDOW.total_seconds():
        raise ProofOfAnotherTime
    stale = _is_stale(ring, said.nonce, at)
    if said.ath != (_hash_of(access_token) if access_token is not None else None):
        raise ProofOfAnotherToken
    if bound_to is not None and found_thumbprint != bound_to:
        raise ProofOfAnotherKey
    if not is_signed(public_key(found), f"{header}.{claims}".encode(), signature):
        raise ProofSignatureWrong
    return Proven(found, found_thumbprint, stale)


def nonce(ring: KeyRing, at: datetime) -> str:
    """The nonce of this hour, for `DPoP-Nonce`: 22 characters. Accepted until the end of the next hour."""
    return _nonce(ring, int(at.timestamp()) // 3600)


@lru_cache(maxsize=16)
def _nonce(ring: KeyRing, hour: int) -> str:
    began = datetime.fromtimestamp(hour * 3600, UTC)
    return base64url(ring.current(Purpose.NONCE, began).mac(hour.to_bytes(8, "big"))[:16])


def _is_stale(ring: KeyRing, said: str | None, at: datetime) -> bool:
    """Whether the nonce is the one of the hour before. Raises NonceNeeded when it is neither of the two."""
    hour = int(at.timestamp()) // 3600
    if said == _nonce(ring, hour):
        return False
    if said != _nonce(ring, hour - 1):
        raise NonceNeeded
    return True


def _split(proof: str) -> tuple[str, str, bytes]:
    parts = proof.split(".")
    if len(proof) > LONGEST or len(parts) != 3 or not proof.isascii():
        raise ProofUnreadable
    try:
        return parts[0], parts[1], from_base64url(parts[2])
    except ValueError as error:
        raise ProofUnreadable from error


@lru_cache(maxsize=8192)
def _key_of(header: str) -> tuple[bytes, bytes]:
    """Point and thumbprint. A phone's header never changes, so it is read once."""
    try:
        read = msgspec.json.decode(from_base64url(header), type=_Header)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ProofUnreadable from error
    if read.typ != "dpop+jwt" or read.alg != "ES256":
        raise ProofUnreadable
    try:
        found = point(read.jwk)
    except ValueError as error:
        raise ProofKeyRefused from error
    return found, thumbprint(found)


def _decoded_claims(claims: str) -> _Claims:
    try:
        return _claims.decode(from_base64url(claims))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ProofUnreadable from error


def _plain(address: str) -> str:
    """Without query and fragment, scheme and host in small letters, no default port (RFC 9449, 4.3; RFC 3986, 6.2)."""
    try:
        split = urlsplit(address)
    except ValueError as error:
        raise ProofForAnotherAddress from error
    host = split.netloc.lower().removesuffix(_PORTS.get(split.scheme, ":"))
    return f"{split.scheme}://{host}{split.path or '/'}"


def _hash_of(access_token: str) -> str:
    return base64url(hashlib.sha256(access_token.encode()).digest())
