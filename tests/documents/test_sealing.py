"""Sealed originals: opened by the centre alone, and by nobody once a single bit has changed."""

import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from backend.documents import sealing
from backend.documents.sealing import HEADER_BYTES, OVERHEAD_BYTES, NotSealed, seal, unseal
from backend.keys import KeyRing, Purpose
from backend.sealing import CannotOpen

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


def sealed_for(ring: KeyRing, plain: bytes) -> bytes:
    key = ring.current(Purpose.SEAL, NOW)
    return seal(key.private().public_key(), key.id, plain)


def test_what_a_phone_seals_the_centre_opens(ring: KeyRing):
    sealed = sealed_for(ring, b"anh chup")
    assert sealed.startswith(b"TNS1")
    assert len(sealed) == len(b"anh chup") + OVERHEAD_BYTES
    assert unseal(ring, sealed) == b"anh chup"


def test_sealing_twice_makes_other_bytes(ring: KeyRing):
    assert sealed_for(ring, b"x") != sealed_for(ring, b"x")


def test_an_old_sealing_key_still_opens_after_a_rotation(ring: KeyRing):
    sealed = sealed_for(ring, b"x")
    ring.rotate(Purpose.SEAL, NOW)
    assert unseal(ring, sealed) == b"x"


def test_one_changed_bit_anywhere_and_nothing_opens(ring: KeyRing):
    sealed = sealed_for(ring, b"anh chup")
    for at in (*range(4, len(sealed), 7), HEADER_BYTES - 1, HEADER_BYTES, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises((CannotOpen, KeyError)):
            unseal(ring, bytes(changed))


def test_a_key_the_centre_does_not_have_is_said_so(ring: KeyRing):
    stranger = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(KeyError):
        unseal(ring, seal(stranger.public_key(), uuid4(), b"x"))


@given(st.binary(max_size=OVERHEAD_BYTES + 40), st.booleans())
def test_no_bytes_at_all_break_the_header_reader(data: bytes, magic: bool):
    data = sealing.MAGIC + data if magic else data
    try:
        sealing.read_header(data)
    except NotSealed:
        return
    assert data.startswith(b"TNS1")
    assert len(data) >= OVERHEAD_BYTES


def test_the_format_is_the_one_written_down(ring: KeyRing):
    """Opened once more by hand, from the description alone: HKDF by RFC 5869, one block of output."""
    sealed = sealed_for(ring, b"anh chup")
    key_id, point, nonce = sealed[4:20], sealed[20:85], sealed[85:97]
    private = ring.current(Purpose.SEAL, NOW).private()
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    secret = private.exchange(ec.ECDH(), public)
    pseudo_random = hmac.digest(point, secret, hashlib.sha256)
    file_key = hmac.digest(pseudo_random, b"tannha sealed v1" + key_id + b"\x01", hashlib.sha256)
    assert AESGCM(file_key).decrypt(nonce, sealed[97:], sealed[:97]) == b"anh chup"
    assert sealing.key_for(ring, sealed) == file_key
