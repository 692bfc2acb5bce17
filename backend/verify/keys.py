"""The keys, where they are at hand (`--keys`): to check our own signatures, and that personal parts are what was sent.

Reads the folder for itself: one JSON file per purpose, a list of {id, valid_from, valid_to, material}.
"""

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.verify.database import CannotRun

_ID, _NONCE = 16, 12


class _Key(msgspec.Struct, frozen=True):
    id: UUID
    material: bytes


class Keys(msgspec.Struct, frozen=True):
    """`wrapping`: AES-256 keys by id. `signing`: public keys of checkpoints. `tracking`: of tracking tokens. `card`: of
    what else is on citizens' cards. `presence`: of the lots of call-backs."""

    wrapping: Mapping[UUID, bytes] = {}
    signing: tuple[ec.EllipticCurvePublicKey, ...] = ()
    tracking: tuple[bytes, ...] = ()
    card: tuple[bytes, ...] = ()
    presence: tuple[bytes, ...] = ()


class CannotOpen(Exception):
    """Sealed bytes that none of the keys opens."""


def read_keys(folder: Path) -> Keys:
    """Raises CannotRun."""
    try:
        wrapping, tracking, card, presence = (
            _decoded(folder / f"{name}.json") for name in ("wrap", "tracking", "card", "presence")
        )
        signing = [
            serialization.load_der_private_key(key.material, None).public_key()
            for key in _decoded(folder / "sign.json")
        ]
    except (OSError, ValueError) as broken:
        raise CannotRun(f"the keys in {folder} cannot be read: {broken}") from broken
    return Keys(
        wrapping={key.id: key.material for key in wrapping},
        signing=tuple(key for key in signing if isinstance(key, ec.EllipticCurvePublicKey)),
        tracking=tuple(key.material for key in tracking),
        card=tuple(key.material for key in card),
        presence=tuple(key.material for key in presence),
    )


def _decoded(file: Path) -> list[_Key]:
    return msgspec.json.decode(file.read_bytes(), type=list[_Key])


def mac(material: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256."""
    return hmac.digest(material, message, hashlib.sha256)


def unsealed(material: bytes, sealed: bytes, context: bytes) -> bytes:
    """Key id, nonce, AES-256-GCM, bound to `context`. Raises CannotOpen."""
    try:
        return AESGCM(material).decrypt(sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :], context)
    except (InvalidTag, ValueError) as broken:
        raise CannotOpen("another key, another context or changed bytes") from broken


def sealed_under(sealed: bytes) -> UUID:
    """The id in front. Raises CannotOpen."""
    if len(sealed) < _ID + _NONCE:
        raise CannotOpen("too short")
    return UUID(bytes=sealed[:_ID])
