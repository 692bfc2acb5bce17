"""Sealing a photograph on the phone, for the centre alone (`application/vnd.tannha.sealed`).

    `TNS1` | key id (16) | ephemeral P-256 public key, uncompressed (65) | nonce (12) | AES-256-GCM ciphertext and tag

All before the ciphertext is authenticated. File key = HKDF-SHA-256 of the ECDH secret, salt = the ephemeral public key,
info = `tannha sealed v1` + key id. Each sealing makes other bytes: it is done once, kept, then hashed.
"""

import secrets
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.simulate.proof import from_base64url

MEDIA_TYPE = "application/vnd.tannha.sealed"


class SealingKey(msgspec.Struct, frozen=True):
    """The centre's public key, as it comes with a sign-in."""

    id: UUID
    public: ec.EllipticCurvePublicKey


def sealing_key(told: dict[str, Any]) -> SealingKey:
    """From one member of `seal_keys`: `{id, jwk: {x, y, ...}}`."""
    x, y = (int.from_bytes(from_base64url(told["jwk"][name]), "big") for name in ("x", "y"))
    return SealingKey(UUID(told["id"]), ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key())


def seal(key: SealingKey, plain: bytes) -> bytes:
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    nonce = secrets.token_bytes(12)
    header = b"TNS1" + key.id.bytes + point + nonce
    derive = HKDF(hashes.SHA256(), 32, salt=point, info=b"tannha sealed v1" + key.id.bytes)
    file_key = derive.derive(ephemeral.exchange(ec.ECDH(), key.public))
    return header + AESGCM(file_key).encrypt(nonce, plain, header)
