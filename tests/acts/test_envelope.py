"""The envelope: written once, signed as bytes, read strictly."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from backend.acts.envelope import MOST_BYTES, Subject, Unreadable, fingerprint, is_signed, read, sign, write

KEY = ec.generate_private_key(ec.SECP256R1())
OTHER = ec.generate_private_key(ec.SECP256R1())
AT = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)


def written(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "made_by": UUID(int=1),
        "id": UUID(int=2),
        "actor": UUID(int=3),
        "subject": Subject("case", UUID(int=4)),
        "kind": "depart",
        "rules": 1,
        "base": 0,
        "occurred_at": AT,
        "body": {"visit_id": str(UUID(int=5))},
        "seq": 1,
    }
    return write(**values | changes)


def altered(**changes: Any) -> bytes:
    return json.dumps(json.loads(written()) | changes).encode()


def test_what_is_written_is_read() -> None:
    data = written(prev=b"\x07" * 32, offset_ms=-250, personal=b"personal", occurred_at=AT)
    found = read(data)
    assert (found.seq, found.prev, found.offset_ms) == (1, "07" * 32, -250)
    assert found.personal_hash == fingerprint(b"personal").hex()
    assert json.loads(bytes(found.body)) == {"visit_id": str(UUID(int=5))}


def test_times_are_written_in_utc() -> None:
    there = AT.astimezone(timezone(timedelta(hours=7)))
    assert written(occurred_at=there) == written(occurred_at=AT)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\xef\xbb\xbf" + written(),
        written() + b" trailing",
        altered(v=2),
        altered(v="1"),
        altered(seq=0),
        altered(seq=2**53),
        altered(kind="Depart"),
        altered(kind="k" * 41),
        altered(made_by="Lan"),
        altered(occurred_at="2026-11-25T07:30:00"),
        altered(occurred_at="0001-01-01T00:00:00+14:00"),
        altered(prev="07"),
        altered(subject={"kind": "case"}),
        altered(body={"text": "\x00"}),
        written().replace(b"visit_id", b"visit\xff\xfe"),
        written().replace(b'{"visit_id"', b'{"deep":' + b"[" * 5000 + b"]" * 5000 + b',"visit_id"'),
        altered(body={"text": "x" * MOST_BYTES}),
    ],
)
def test_what_is_no_envelope_is_unreadable_and_nothing_else(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)


@given(st.integers(0, len(written()) - 1), st.integers(1, 255))
def test_one_changed_byte_is_read_or_unreadable_and_no_longer_signed(place: int, change: int) -> None:
    data = written()
    signature = sign(KEY, data)
    torn = data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
    assert not is_signed(KEY.public_key(), torn, signature)
    try:
        read(torn)
    except Unreadable:
        return


def test_a_signature_is_64_bytes_of_its_maker_and_no_one_else() -> None:
    data = written()
    signature = sign(KEY, data)
    assert len(signature) == 64
    assert is_signed(KEY.public_key(), data, signature)
    assert not is_signed(OTHER.public_key(), data, signature)


@pytest.mark.parametrize("signature", [None, b"", b"\x00" * 64, b"\xff" * 64, b"\x01" * 63, b"\x01" * 65])
def test_what_is_no_signature_signs_nothing(signature: bytes | None) -> None:
    assert not is_signed(KEY.public_key(), written(), signature)
