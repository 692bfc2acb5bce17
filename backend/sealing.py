"""Sealed bytes: AES-256-GCM with the id of the key in front, bound to what they belong to.

Everywhere the same shape: key id (16 bytes) + nonce (12) + ciphertext with its tag (16).
"""

import secrets
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.ids import uuid7

KEY_ID_BYTES = 16
NONCE_BYTES = 12
OVERHEAD_BYTES = KEY_ID_BYTES + NONCE_BYTES + 16
"""By how much sealed bytes are longer than plain ones."""


class CannotOpen(Exception):
    """Dữ liệu niêm phong không mở được: sai khóa, sai ngữ cảnh hoặc đã bị sửa."""


class DataKey(msgspec.Struct, frozen=True, kw_only=True):
    """An AES-256 key of one subject; destroying it erases all that was sealed under it."""

    id: UUID
    material: bytes

    def __repr__(self) -> str:
        return f"DataKey({self.id})"

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """`context` (associated data): what the bytes belong to; the same is needed to open them."""
        return seal(self.id, self.material, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Raises CannotOpen for another key, another context or changed bytes."""
        if key_id(sealed) != self.id:
            raise CannotOpen("niêm phong bằng khóa khác")
        return unseal(self.material, sealed, context)


def make_data_key() -> DataKey:
    return DataKey(id=uuid7(), material=secrets.token_bytes(32))


def key_id(sealed: bytes) -> UUID:
    """Under which key bytes were sealed. Raises CannotOpen when they are too short to be sealed bytes."""
    if len(sealed) < OVERHEAD_BYTES:
        raise CannotOpen("quá ngắn")
    return UUID(bytes=sealed[:KEY_ID_BYTES])


def seal(key: UUID, material: bytes, plain: bytes, context: bytes) -> bytes:
    """`key`: the id of `material`, 32 bytes. `context`: what the bytes belong to."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return key.bytes + nonce + AESGCM(material).encrypt(nonce, plain, context)


def unseal(material: bytes, sealed: bytes, context: bytes) -> bytes:
    """Raises CannotOpen for another key, another context or changed bytes."""
    nonce_end = KEY_ID_BYTES + NONCE_BYTES
    try:
        return AESGCM(material).decrypt(sealed[KEY_ID_BYTES:nonce_end], sealed[nonce_end:], context)
    except InvalidTag as broken:
        raise CannotOpen("sai ngữ cảnh hoặc đã bị sửa") from broken
