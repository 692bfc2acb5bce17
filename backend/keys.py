"""Every key of the installation: by purpose, with an id, valid from-to, rotated, kept outside the database.

The folder `TANNHA_KEYS` (0700) holds one JSON file (0600) per purpose: a list of {id, valid_from, valid_to, material},
oldest first. `valid_to` only says until when a key makes something new: what was made under it stays readable. The
folder is backed up apart from the database, else an old backup would undo every erasure.
"""

import fcntl
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.ids import uuid7
from backend.sealing import CannotOpen, DataKey, key_id, seal, unseal

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""The first key of a purpose is valid from here: a tester's clock may stand before the day of installation."""


class Purpose(StrEnum):
    WRAP = "wrap"  # AES-256: wraps the data keys of subjects
    SIGN = "sign"  # ES256: checkpoints, receipts
    LABEL = "label"  # ES256: parcel labels
    TRACKING = "tracking"  # HMAC-SHA-256: tracking tokens
    SEAL = "seal"  # P-256 ECDH: what phones seal for the centre
    NONCE = "nonce"  # HMAC-SHA-256: DPoP nonces
    TOKEN = "token"  # noqa: S105  HMAC-SHA-256: access and refresh tokens
    PAYMENT = "payment"  # HMAC-SHA-256: what banks tell us
    PORTAL = "portal"  # HMAC-SHA-256: what the provincial portal asks of us
    WEBHOOK = "webhook"  # HMAC-SHA-256: what we send to a gateway of messages
    CARD = "card"  # HMAC-SHA-256: look-up numbers and hand-over words of citizens' cards
    PRESENCE = "presence"  # HMAC-SHA-256: the codes that couriers show at the gate, and those that lengthen a lease
    VAPID = "vapid"  # ES256: who we are to push services (RFC 8292); a browser subscribes to one public half


ELLIPTIC = frozenset({Purpose.SIGN, Purpose.LABEL, Purpose.SEAL, Purpose.VAPID})
PUBLISHED = (Purpose.LABEL, Purpose.SEAL)
"""The purposes whose public half phones carry."""
OLD_SECRET_LASTS = timedelta(days=1)
"""After a new secret was made, who shares it with us may still sign with the old one."""


class KeysUnsafe(Exception):
    """Thư mục khóa chưa an toàn hoặc thiếu khóa."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """`material`: 32 bytes, or for the elliptic purposes a P-256 private key as PKCS#8 DER."""

    id: UUID
    valid_from: datetime
    valid_to: datetime | None = None
    material: bytes

    def __repr__(self) -> str:
        return f"Key({self.id})"

    def private(self) -> ec.EllipticCurvePrivateKey:
        """Only of the elliptic purposes; ValueError else."""
        return _private(self.material)

    def point(self) -> bytes:
        """The public half, 65 bytes, uncompressed (0x04, x, y). Only of the elliptic purposes; ValueError else."""
        public = self.private().public_key()
        return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)

    def mac(self, message: bytes) -> bytes:
        """HMAC-SHA-256, 32 bytes. Compare with `same`, never with `==`."""
        return hmac.digest(self.material, message, hashlib.sha256)


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """`point`: 65 bytes, uncompressed (0x04, x, y)."""

    id: UUID
    purpose: Purpose
    valid_from: datetime
    valid_to: datetime | None
    point: bytes


def same(one: bytes, other: bytes) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(one, other)


def in_digits(mac: bytes, digits: int) -> str:
    """As much of a MAC as people read out: RFC 4226, section 5.3, whatever the hash."""
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


class KeyRing:
    """All keys of the installation. A rotation made by another process is seen at the next use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Purpose, tuple[tuple[int, int], tuple[Key, ...]]] = {}

    @classmethod
    def open(cls, folder: Path) -> "KeyRing":
        """Raises KeysUnsafe when the folder is open to others or a purpose has no usable key."""
        _check_private(folder, 0o700)
        ring = cls(folder)
        for purpose in Purpose:
            ring.all(purpose)
        return ring

    @classmethod
    def make(cls, folder: Path) -> "KeyRing":
        """Makes the folder and the first key of every purpose that has none; never touches an existing key."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_private(folder, 0o700)
        ring = cls(folder)
        with _locked(folder):
            for purpose in Purpose:
                if not ring.file(purpose).exists():
                    _write(ring.file(purpose), (_fresh(purpose, BEGINNING),))
        return cls.open(folder)

    def file(self, purpose: Purpose) -> Path:
        return self._folder / f"{purpose}.json"

    def all(self, purpose: Purpose) -> tuple[Key, ...]:
        """Oldest first; read anew when the file has changed."""
        file = self.file(purpose)
        try:
            found = file.stat()
        except FileNotFoundError:
            raise KeysUnsafe(f"Thiếu khóa “{purpose}” trong {self._folder}.") from None
        version = (found.st_mtime_ns, found.st_ino)
        seen = self._seen.get(purpose)
        if seen is None or seen[0] != version:
            seen = self._seen[purpose] = (version, _read(file, purpose))
        return seen[1]

    def current(self, purpose: Purpose, at: datetime) -> Key:
        """The key to make something new with. Raises KeysUnsafe when none is valid at that instant."""
        for key in reversed(self.all(purpose)):
            if key.valid_from <= at and (key.valid_to is None or at < key.valid_to):
                return key
        raise KeysUnsafe(f"Không có khóa “{purpose}” nào còn hiệu lực.")

    def get(self, purpose: Purpose, key: UUID) -> Key:
        """A key by its id, whatever its dates. Raises KeyError."""
        for found in self.all(purpose):
            if found.id == key:
                return found
        raise KeyError(key)

    def shared(self, purpose: Purpose, at: datetime) -> list[bytes]:
        """The secrets with which whoever shares them may sign at that instant."""
        return [
            key.material for key in self.all(purpose) if key.valid_to is None or at < key.valid_to + OLD_SECRET_LASTS
        ]

    def rotate(self, purpose: Purpose, at: datetime) -> Key:
        """Makes a key valid from `at`, where the last one ends. Raises ValueError when that one begins later."""
        with _locked(self._folder):
            *older, last = _read(self.file(purpose), purpose)
            if at <= last.valid_from:
                raise ValueError("a key must begin after the one before it")
            key = _fresh(purpose, at)
            _write(self.file(purpose), (*older, msgspec.structs.replace(last, valid_to=at), key))
        return key

    def public(self) -> list[PublicKey]:
        """The public halves phones carry: to check labels and to seal for the centre. Oldest first within a purpose."""
        return [_public(purpose, key) for purpose in PUBLISHED for key in self.all(purpose)]

    def wrap(self, data_key: DataKey, at: datetime) -> bytes:
        """A data key as it may lie in the database: 76 bytes, bound to its id, the id of the wrapping key in front."""
        key = self.current(Purpose.WRAP, at)
        return seal(key.id, key.material, data_key.material, data_key.id.bytes)

    def unwrap(self, data_key_id: UUID, wrapped: bytes) -> DataKey:
        """Raises CannotOpen."""
        try:
            key = self.get(Purpose.WRAP, key_id(wrapped))
        except KeyError as unknown:
            raise CannotOpen("không còn khóa bọc") from unknown
        return DataKey(id=data_key_id, material=unseal(key.material, wrapped, data_key_id.bytes))


def _fresh(purpose: Purpose, valid_from: datetime) -> Key:
    material = secrets.token_bytes(32)
    if purpose in ELLIPTIC:
        material = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    return Key(id=uuid7(), valid_from=valid_from, material=material)


@lru_cache(maxsize=256)
def _private(material: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_der_private_key(material, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 key")  # noqa: TRY004  (what is wrong is the value)
    return key


def _public(purpose: Purpose, key: Key) -> PublicKey:
    return PublicKey(id=key.id, purpose=purpose, valid_from=key.valid_from, valid_to=key.valid_to, point=key.point())


def _check_private(path: Path, mode: int) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise KeysUnsafe(f"Chưa có {path}: tạo khóa trước khi chạy.") from None
    if stat.S_ISLNK(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise KeysUnsafe(f"{path} mở cho người khác: chỉ chủ sở hữu được đọc (chmod {mode:o}).")


def _read(file: Path, purpose: Purpose) -> tuple[Key, ...]:
    _check_private(file, 0o600)
    try:
        keys = msgspec.json.decode(file.read_bytes(), type=tuple[Key, ...])
        usable = all(bool(key.private()) if purpose in ELLIPTIC else len(key.material) == 32 for key in keys)
    except ValueError as broken:
        raise KeysUnsafe(f"{file} không đọc được: lấy lại từ bản sao lưu khóa.") from broken
    if not keys or not usable:
        raise KeysUnsafe(f"{file} không có khóa dùng được: lấy lại từ bản sao lưu khóa.")
    return keys


def _write(file: Path, keys: tuple[Key, ...]) -> None:
    """Whole or not at all: written beside, fsynced, renamed, folder fsynced."""
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(keys), indent=1))
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
    with _opened(file.parent) as folder:
        os.fsync(folder)


@contextmanager
def _opened(folder: Path) -> Generator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    """Only one process changes keys at a time; closing the folder lets the next one in."""
    with _opened(folder) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
