"""Sealed originals: what a phone encrypts once, at capture, for the centre alone (`application/vnd.tannha.sealed`).

    `TNS1` | key id (16) | ephemeral P-256 public key, uncompressed (65) | nonce (12) | AES-256-GCM ciphertext and tag

The header (all before the ciphertext) is authenticated. File key = HKDF-SHA-256 of the ECDH secret, salt = the
ephemeral public key, info = `tannha sealed v1` + key id. Shared by the server and the simulator.
"""

import secrets
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.keys import KeyRing, Purpose
from backend.sealing import CannotOpen

MAGIC = b"TNS1"
_POINT_BYTES, _NONCE_BYTES, _TAG_BYTES = 65, 12, 16
_POINT_AT = len(MAGIC) + 16
_NONCE_AT = _POINT_AT + _POINT_BYTES
HEADER_BYTES = _NONCE_AT + _NONCE_BYTES
OVERHEAD_BYTES = HEADER_BYTES + _TAG_BYTES
"""By how much sealed bytes are longer than plain ones."""


class NotSealed(CannotOpen):
    """Không phải gói niêm phong."""


class Header(msgspec.Struct, frozen=True):
    """What stands before the ciphertext."""

    key_id: UUID
    point: bytes
    nonce: bytes


def seal(public_key: ec.EllipticCurvePublicKey, key_id: UUID, plain: bytes) -> bytes:
    """`public_key`: the centre's sealing key (P-256). Each call makes other bytes: seal once, keep, then hash."""
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = _point(ephemeral.public_key())
    nonce = secrets.token_bytes(_NONCE_BYTES)
    header = MAGIC + key_id.bytes + point + nonce
    key = _file_key(ephemeral.exchange(ec.ECDH(), public_key), key_id, point)
    return header + AESGCM(key).encrypt(nonce, plain, header)


def read_header(data: bytes) -> Header:
    """Raises NotSealed."""
    if len(data) < OVERHEAD_BYTES or not data.startswith(MAGIC):
        raise NotSealed("thiếu phần đầu")
    return Header(UUID(bytes=data[len(MAGIC) : _POINT_AT]), data[_POINT_AT:_NONCE_AT], data[_NONCE_AT:HEADER_BYTES])


def file_key(private_key: ec.EllipticCurvePrivateKey, header: Header) -> bytes:
    """The key of this one file, 32 bytes: all that whoever opens it needs to know. Raises NotSealed."""
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), header.point)
    except ValueError as broken:
        raise NotSealed("khóa tạm không nằm trên đường cong") from broken
    return _file_key(private_key.exchange(ec.ECDH(), public), header.key_id, header.point)


def open_with(key: bytes, data: bytes) -> bytes:
    """Raises NotSealed, CannotOpen."""
    header = read_header(data)
    try:
        return AESGCM(key).decrypt(header.nonce, data[HEADER_BYTES:], data[:HEADER_BYTES])
    except InvalidTag as broken:
        raise CannotOpen("sai khóa hoặc đã bị sửa") from broken


def key_for(keyring: KeyRing, data: bytes) -> bytes:
    """The file key of sealed bytes. Raises NotSealed; KeyError when the ring has no such sealing key."""
    header = read_header(data)
    return file_key(keyring.get(Purpose.SEAL, header.key_id).private(), header)


def unseal(keyring: KeyRing, data: bytes) -> bytes:
    """Raises NotSealed, CannotOpen; KeyError when the ring has no such sealing key."""
    return open_with(key_for(keyring, data), data)


def _point(public_key: ec.EllipticCurvePublicKey) -> bytes:
    return public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _file_key(secret: bytes, key_id: UUID, point: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=point, info=b"tannha sealed v1" + key_id.bytes).derive(secret)
