"""Proofs of possession: each thing that can be wrong has its own refusal, and a stolen token is worth nothing."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts.envelope import is_signed
from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.staff import dpop
from backend.staff.jwk import JsonWebKey, from_base64url, point, public_key
from backend.staff.jwk import thumbprint as key_thumbprint
from backend.staff.proof_errors import (
    NonceNeeded,
    NotProven,
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
from backend.staff.tokens import make_access
from tests.builders_dpop import base64url, make_key, make_proof, public_jwk, thumbprint
from tests.builders_staff import NOW

ADDRESS = "https://tannha.example/api/courier/sync/acts"


class Case:
    """One phone, its token and a way to check a proof as a request would."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring
        self.key = make_key()
        self.token = make_access(
            ring, session=uuid7(), device=uuid7(), person=uuid7(), thumbprint=thumbprint(self.key), at=NOW
        )
        self.nonce = dpop.nonce(ring, NOW)

    def proof(self, key: ec.EllipticCurvePrivateKey | None = None, **changed: Any) -> str:
        told: dict[str, Any] = {"at": NOW, "nonce": self.nonce, "access_token": self.token, **changed}
        return make_proof(key or self.key, "POST", ADDRESS, **told)

    def verify(self, proof: str | None) -> dpop.Proven:
        return dpop.verify(
            self.ring,
            proof,
            method="POST",
            address=ADDRESS,
            at=NOW,
            access_token=self.token,
            bound_to=thumbprint(self.key),
        )


@pytest.fixture
def case(ring: KeyRing) -> Case:
    return Case(ring)


def test_a_proof_by_the_phones_key_is_accepted_and_again_when_it_is_sent_again(case: Case):
    proof = case.proof()
    for _ in range(2):
        proven = case.verify(proof)
        assert proven.thumbprint == thumbprint(case.key)
        assert not proven.stale


@pytest.mark.parametrize(
    ("claims", "refusal"),
    [
        ({"htm": "GET"}, ProofForAnotherMethod),
        ({"htm": "post"}, ProofForAnotherMethod),
        ({"htu": "https://tannha.example/api/courier/sync"}, ProofForAnotherAddress),
        ({"htu": "http://tannha.example/api/courier/sync/acts"}, ProofForAnotherAddress),
        ({"htu": "https://evil.example/api/courier/sync/acts"}, ProofForAnotherAddress),
        ({"htu": "https://[evil/api"}, ProofForAnotherAddress),
        ({"iat": NOW.timestamp() - 301}, ProofOfAnotherTime),
        ({"iat": NOW.timestamp() + 301}, ProofOfAnotherTime),
        ({"iat": 0}, ProofOfAnotherTime),
        ({"nonce": None}, NonceNeeded),
        ({"nonce": "A" * 22}, NonceNeeded),
        ({"ath": None}, ProofOfAnotherToken),
        ({"ath": "A" * 43}, ProofOfAnotherToken),
        ({"jti": None}, ProofUnreadable),
        ({"jti": "j" * 129}, ProofUnreadable),
        ({"iat": 10**400}, ProofUnreadable),
        ({"iat": "now"}, ProofUnreadable),
    ],
)
def test_a_proof_that_says_something_else_is_refused(case: Case, claims: dict[str, Any], refusal: type[NotProven]):
    with pytest.raises(refusal):
        case.verify(case.proof(claims=claims))


@pytest.mark.parametrize(
    "htu",
    [ADDRESS + "?after=1", ADDRESS + "#top", "HTTPS://TANNHA.example:443/api/courier/sync/acts"],
)
def test_query_capitals_and_default_port_make_no_difference(case: Case, htu: str):
    case.verify(case.proof(claims={"htu": htu}))


def other_curve() -> dict[str, str]:
    numbers = ec.generate_private_key(ec.SECP384R1()).public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-384",
        "x": base64url(numbers.x.to_bytes(48, "big")),
        "y": base64url(numbers.y.to_bytes(48, "big")),
    }


@pytest.mark.parametrize(
    "jwk",
    [
        other_curve(),
        {**other_curve(), "crv": "P-256"},
        {**public_jwk(make_key()), "kty": "oct"},
        {**public_jwk(make_key()), "d": base64url(bytes(32))},
        {**public_jwk(make_key()), "y": base64url(bytes(32))},
        {**public_jwk(make_key()), "x": base64url(bytes(31))},
        {**public_jwk(make_key()), "x": "=!="},
    ],
)
def test_a_key_of_another_kind_is_refused(case: Case, jwk: dict[str, str]):
    with pytest.raises(ProofKeyRefused):
        case.verify(case.proof(header={"jwk": jwk}))


@pytest.mark.parametrize(
    "header",
    [{"typ": "JWT"}, {"alg": "none"}, {"alg": "HS256"}, {"jwk": None}, {"jwk": []}, {"typ": None}],
)
def test_a_header_of_another_kind_is_unreadable(case: Case, header: dict[str, Any]):
    with pytest.raises(ProofUnreadable):
        case.verify(case.proof(header=header))


def nested(depth: int) -> str:
    return base64.urlsafe_b64encode(b'{"typ":' * depth).decode().rstrip("=")


@pytest.mark.parametrize(
    "proof",
    [
        "",
        "..",
        "a.b",
        "a.b.c.d",
        "é.b.c",
        "x" * 5_000_000,
        nested(100_000) + ".e30.AA",
        f"{nested(200)}.e30.AA",
        base64url(b"[" * 700) + ".e30.AA",
        base64url(b"\xff\xfe") + ".e30.AA",
        base64url(b'{"typ":"\\u0000"}') + ".e30.AA",
    ],
)
def test_rubbish_is_refused_cleanly_whatever_its_size_and_depth(case: Case, proof: str):
    with pytest.raises(ProofUnreadable):
        case.verify(proof)


def test_deeply_nested_claims_are_unreadable(case: Case, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dpop, "LONGEST", 10_000_000)
    header = case.proof().split(".")[0]
    for claims in (b"[" * 100_000, b'{"jti":' * 100_000, b'{"x":' + b"[" * 100_000):
        with pytest.raises(ProofUnreadable):
            case.verify(f"{header}.{base64url(claims)}.AA")


def test_no_proof_is_refused(case: Case):
    with pytest.raises(ProofMissing):
        case.verify(None)


def test_a_changed_signature_is_refused(case: Case):
    header, claims, signature = case.proof().split(".")
    for changed in ("", "AA", base64url(bytes(64)), signature[:-4] + "AAAA", base64url(b"\xff" * 64)):
        with pytest.raises(ProofSignatureWrong):
            case.verify(f"{header}.{claims}.{changed}")


def test_a_stolen_token_is_worth_nothing_without_the_key(case: Case):
    """A thief has the token, one proof they overheard and all the keys they care to make."""
    overheard = case.proof().split(".")
    accepted = 0
    for attempt in range(1000):
        own = make_key()
        forged = case.proof(own).split(".")
        tries = [
            ".".join(forged),
            ".".join([overheard[0], forged[1], forged[2]]),
            make_proof(
                own,
                "POST",
                ADDRESS,
                at=NOW + timedelta(seconds=attempt % 60),
                nonce=case.nonce,
                access_token=case.token,
                header={"jwk": public_jwk(case.key)},
            ),
        ]
        for proof in tries:
            try:
                case.verify(proof)
                accepted += 1
            except (ProofOfAnotherKey, ProofSignatureWrong):
                pass
    assert accepted == 0


def test_a_proof_without_a_token_does_not_pass_for_one_with_a_token(case: Case):
    proof = case.proof(access_token=None)
    with pytest.raises(ProofOfAnotherToken):
        case.verify(proof)
    dpop.verify(case.ring, proof, method="POST", address=ADDRESS, at=NOW)
    with pytest.raises(ProofOfAnotherToken):
        dpop.verify(case.ring, case.proof(), method="POST", address=ADDRESS, at=NOW)


def test_a_nonce_holds_for_this_hour_and_the_next(case: Case):
    def at(**later: int) -> dpop.Proven:
        then = NOW + timedelta(**later)
        proof = make_proof(case.key, "POST", ADDRESS, at=then, nonce=case.nonce)
        return dpop.verify(case.ring, proof, method="POST", address=ADDRESS, at=then)

    assert not at(minutes=59).stale
    assert at(minutes=60).stale
    assert at(minutes=119).stale
    with pytest.raises(NonceNeeded):
        at(minutes=120)
    with pytest.raises(NonceNeeded):
        at(minutes=-1)


def test_the_nonce_of_an_hour_does_not_change_when_its_key_is_replaced(tmp_path: Any):
    ring = KeyRing.make(tmp_path / "keys")
    before = dpop.nonce(ring, NOW)
    ring.rotate(Purpose.NONCE, NOW + timedelta(minutes=20))
    assert dpop.nonce(KeyRing.open(tmp_path / "keys"), NOW + timedelta(minutes=40)) == before
    assert dpop.nonce(KeyRing.open(tmp_path / "keys"), NOW + timedelta(minutes=61)) != before


def test_the_example_of_the_standard_is_read(ring: KeyRing):
    """RFC 9449, figures 2 and 6: key, signature and thumbprint fit; time and nonce were of another day."""
    proof = (
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0Rs"
        "cEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2"
        "In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2Vu"
        "IiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZ"
        "T3Lg"
    )
    header, claims, signature = proof.split(".")
    key = point(JsonWebKey(**json.loads(from_base64url(header))["jwk"]))
    assert is_signed(public_key(key), f"{header}.{claims}".encode(), from_base64url(signature))
    assert base64url(key_thumbprint(key)) == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
    then = datetime.fromtimestamp(json.loads(from_base64url(claims))["iat"], UTC)
    with pytest.raises(NonceNeeded):
        dpop.verify(ring, proof, method="POST", address="https://server.example.com/token", at=then)
