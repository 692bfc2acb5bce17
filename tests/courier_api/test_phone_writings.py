"""What the phone's own code writes, the centre reads: acts, sealed bytes, proofs, codes, ids, days."""

import json
import random
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from backend.acts.envelope import fingerprint, is_signed, read, sign
from backend.clock import VIETNAM, local_date
from backend.documents.sealing import OVERHEAD_BYTES, unseal
from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.presence.codes import DIGITS, STEP, totp
from backend.sealing import CannotOpen
from backend.staff import dpop, lengthening
from backend.staff.jwk import JsonWebKey, from_base64url, jwk, point, public_key, thumbprint
from backend.staff.proof_errors import ProofOfAnotherToken, ProofSignatureWrong
from backend.staff.tokens import make_access
from tests.builders_dpop import base64url, make_key, public_jwk
from tests.builders_staff import NOW
from tests.courier_api.asking import answers

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ADDRESS = "https://tannha.example/api/courier/sync/acts"
VIETNAMESE = 'Nguyễn Thị Huệ, tổ 4 ấp Mỹ Thuận; “đường dừa” 🛶 \\ " \t \u2028 Ươ đ'


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


def milliseconds(at: datetime) -> int:
    """Since 1970, as JavaScript counts."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def moment(at: int) -> datetime:
    return EPOCH + timedelta(milliseconds=at)


NOW_MS = milliseconds(NOW)


def asked(**changes: Any) -> dict[str, Any]:
    """An act as a screen asks for it."""
    return {
        "made_by": str(UUID(int=1)),
        "id": str(UUID(int=2)),
        "seq": 7,
        "prev": "ab" * 32,
        "actor": str(UUID(int=3)),
        "subject": {"kind": "case", "id": str(UUID(int=4))},
        "kind": "record_arrival",
        "rules": 1,
        "base": 12,
        "at": NOW_MS + 123,
        "offset_ms": -250,
        "body": {"visit_id": str(UUID(int=5))},
    } | changes


def made(personal: dict[str, Any] | None = None, **changes: Any) -> tuple[bytes, bytes | None, bytes, JsonWebKey]:
    """Envelope, personal part, signature and public key."""
    [told] = answers([{"ask": "act", "envelope": asked(**changes), "personal": personal}])
    part = from_base64url(told["personal"]) if told["personal"] is not None else None
    return from_base64url(told["envelope"]), part, from_base64url(told["signature"]), JsonWebKey(**told["jwk"])


def test_the_centre_reads_an_act_as_the_phone_wrote_it() -> None:
    data, _, _, _ = made()
    found = read(data)
    assert (found.v, found.seq, found.prev, found.rules, found.base) == (1, 7, "ab" * 32, 1, 12)
    assert (found.made_by, found.id, found.actor) == (UUID(int=1), UUID(int=2), UUID(int=3))
    assert (found.subject.kind, found.subject.id, found.kind) == ("case", UUID(int=4), "record_arrival")
    assert (found.occurred_at, found.offset_ms) == (NOW + timedelta(milliseconds=123), -250)
    assert json.loads(bytes(found.body)) == {"visit_id": str(UUID(int=5))}
    assert found.personal_hash is None


def test_the_first_act_of_a_phone_that_never_heard_the_time_is_read_too() -> None:
    found = read(made(seq=1, prev=None, offset_ms=None, at=0)[0])
    assert (found.seq, found.prev, found.offset_ms) == (1, None, None)
    assert found.occurred_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_vietnamese_text_comes_through_and_stands_under_the_hash_in_the_envelope() -> None:
    data, personal, _, _ = made({"name": VIETNAMESE}, body={"note": VIETNAMESE})
    assert personal is not None
    assert json.loads(personal)["name"] == VIETNAMESE
    found = read(data)
    assert found.personal_hash == fingerprint(personal).hex()
    assert json.loads(bytes(found.body)) == {"note": VIETNAMESE}
    assert b"Hu\xe1\xbb\x87" not in made({"name": VIETNAMESE})[0]


def test_the_same_personal_part_has_another_hash_each_time() -> None:
    """Else whoever has the envelope could try names until one fits."""
    parts = [made({"name": "Huệ"})[1] for _ in range(2)]
    salts = [json.loads(part or b"")["salt"] for part in parts]
    assert salts[0] != salts[1]
    assert all(len(bytes.fromhex(salt)) == 16 for salt in salts)


def test_the_phones_key_signs_the_exact_bytes() -> None:
    data, _, signature, key = made({"name": VIETNAMESE})
    public = public_key(point(key))
    assert is_signed(public, data, signature)
    assert not is_signed(public, data + b" ", signature)
    assert not is_signed(public_key(point(JsonWebKey(**public_jwk(make_key())))), data, signature)


def test_the_phone_believes_a_signature_of_the_centre_and_no_other() -> None:
    key, data = make_key(), VIETNAMESE.encode()
    signature = sign(key, data)
    question = {"ask": "signed", "jwk": public_jwk(key), "data": base64url(data), "signature": base64url(signature)}
    changed = bytearray(signature)
    changed[40] ^= 1
    assert answers(
        [
            question,
            question | {"data": base64url(data + b"!")},
            question | {"signature": base64url(bytes(changed))},
            question | {"jwk": public_jwk(make_key())},
        ]
    ) == [True, False, False, False]


def sealing_key(ring: KeyRing) -> dict[str, Any]:
    """As a phone is told it."""
    [key] = [one for one in ring.public() if one.purpose is Purpose.SEAL]
    told = jwk(key.point)
    return {"id": str(key.id), "jwk": {"kty": told.kty, "crv": told.crv, "x": told.x, "y": told.y}}


def test_what_the_phone_seals_the_centre_opens(ring: KeyRing) -> None:
    plains = [b"", VIETNAMESE.encode(), bytes(range(256)) * 800]
    key = sealing_key(ring)
    sealed = answers({"ask": "seal", "key": key, "plain": base64url(plain)} for plain in (*plains, plains[1]))
    assert [unseal(ring, from_base64url(one)) for one in sealed[:3]] == plains
    assert [len(from_base64url(one)) - len(plain) for one, plain in zip(sealed[:3], plains, strict=True)] == [
        OVERHEAD_BYTES
    ] * 3
    assert sealed[1] != sealed[3]


def test_a_byte_changed_anywhere_and_nothing_opens(ring: KeyRing) -> None:
    [told] = answers([{"ask": "seal", "key": sealing_key(ring), "plain": base64url(VIETNAMESE.encode())}])
    sealed = from_base64url(told)
    chance = random.Random(7)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= chance.randrange(1, 256)
        with pytest.raises((CannotOpen, KeyError)):
            unseal(ring, bytes(changed))
    for length in range(len(sealed)):
        with pytest.raises((CannotOpen, KeyError)):
            unseal(ring, sealed[:length])


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_centre_takes_the_phones_proof(ring: KeyRing, *, signed_in: bool) -> None:
    phone = [{"ask": "act", "envelope": asked(), "personal": None}]
    nonce = dpop.nonce(ring, NOW)
    token = make_access(ring, session=uuid7(), device=uuid7(), person=uuid7(), thumbprint=bytes(32), at=NOW)
    proof = {"ask": "prove", "method": "POST", "address": ADDRESS, "at": NOW.timestamp() + 0.7, "nonce": nonce}
    told, said = answers([*phone, proof | {"access": token if signed_in else None}])
    key = point(JsonWebKey(**told["jwk"]))
    asked_for = {"method": "POST", "address": ADDRESS, "at": NOW, "bound_to": thumbprint(key)}
    proven = dpop.verify(ring, said, access_token=token if signed_in else None, **asked_for)
    assert (proven.point, proven.stale) == (key, False)
    with pytest.raises(ProofOfAnotherToken):
        dpop.verify(ring, said, access_token="another's" if signed_in else token, **asked_for)
    head, claims, signature = said.split(".")
    with pytest.raises(ProofSignatureWrong):
        dpop.verify(
            ring,
            f"{head}.{claims}.{signature[:-8]}AAAAAAA{signature[-1]}",
            access_token=token if signed_in else None,
            **asked_for,
        )


def test_no_two_proofs_are_the_same() -> None:
    proof = {"ask": "prove", "method": "GET", "address": ADDRESS, "at": 0, "nonce": None, "access": None}
    assert len(set(answers([proof] * 20))) == 20


RFC_SECRET = b"12345678901234567890123456789012"
RFC_6238 = {
    59: "46119246",
    1111111109: "68084774",
    1111111111: "67062674",
    1234567890: "91819424",
    2000000000: "90698825",
    20000000000: "77737706",
}
"""Appendix B, SHA-256: seconds since 1970, and the eight digits of steps of thirty seconds."""


def code(secret: bytes, at: int, step: int = STEP, digits: int = DIGITS) -> dict[str, Any]:
    """`at`: milliseconds since 1970."""
    told = b32encode(secret).decode().rstrip("=")
    return {"ask": "code", "secret": told, "at": at, "step": step, "digits": digits}


def test_the_code_is_that_of_the_standard() -> None:
    assert answers(code(RFC_SECRET, at * 1000, 30, 8) for at in RFC_6238) == list(RFC_6238.values())
    # The same counters, reached in our own steps and shown with our own digits.
    in_minutes = [at // 30 * STEP * 1000 for at in RFC_6238]
    assert answers(code(RFC_SECRET, at) for at in in_minutes) == [shown[-DIGITS:] for shown in RFC_6238.values()]


def test_phone_and_centre_show_the_same_code_whenever_and_whoever() -> None:
    chance = random.Random(6238)
    cases = [(chance.randbytes(32), chance.randrange(0, 4_000_000_000_000)) for _ in range(500)]
    cases += [(chance.randbytes(32), minute * 60_000 + off) for minute in (1, 29_000_000) for off in (-1, 0, 59_999)]
    cases += [(chance.randbytes(length), NOW_MS) for length in range(1, 65)]
    shown = answers(code(secret, at) for secret, at in cases)
    assert shown == [totp(secret, moment(at)) for secret, at in cases]
    assert any(one.startswith("0") for one in shown)


def test_phone_and_centre_make_the_same_code_for_a_longer_lease() -> None:
    chance = random.Random(4226)
    cases = [(chance.randbytes(32), chance.randrange(10_000)) for _ in range(300)] + [(bytes(32), 0), (bytes(32), 9999)]
    asked = [
        {
            "ask": "longer",
            "secret": b32encode(secret).decode().rstrip("="),
            "challenge": shown,
            "digits": lengthening.DIGITS,
        }
        for secret, shown in cases
    ]
    assert answers(asked) == [lengthening.code_of(secret, shown) for secret, shown in cases]


def test_an_id_is_a_uuid_of_the_seventh_kind_with_the_time_in_it() -> None:
    times = [NOW_MS + number // 2 for number in range(5000)] + [0, 1, 2**32, 2**48 - 1]
    [told] = answers([{"ask": "ids", "times": times}])
    ids = [UUID(one) for one in told]
    assert told == [str(one) for one in ids]
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}
    assert [one.int >> 80 for one in ids] == times
    assert len(set(ids)) == len(ids)
    by_time = sorted(told[:5000])
    assert [UUID(one).int >> 80 for one in by_time] == times[:5000]


def test_the_phones_day_is_the_centres_day() -> None:
    chance = random.Random(7)
    midnights = [
        datetime(year, month, day, tzinfo=VIETNAM)
        for year in (1975, 2000, 2024, 2026, 2027, 2099)
        for month, day in ((1, 1), (2, 28), (3, 1), (7, 1), (12, 31))
    ]
    near = [
        midnight + timedelta(milliseconds=off)
        for midnight in midnights
        for off in (-1, 0, 1, *(chance.randrange(-25_200_000, 25_200_000) for _ in range(5)))
    ]
    near += [datetime.fromtimestamp(chance.randrange(0, 4_000_000_000), UTC) for _ in range(1000)]
    shown = answers({"ask": "day", "at": milliseconds(at)} for at in near)
    assert shown == [local_date(at).isoformat() for at in near]
