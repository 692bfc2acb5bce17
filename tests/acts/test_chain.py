"""Links of a chain, against the definition written out a second time."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from backend.acts.chain import Link, digest, genesis, hashed

CASE = UUID("01900000-0000-7000-8000-0000000000c1")
AT = datetime(2026, 11, 25, 0, 30, 0, 5, tzinfo=UTC)
LINK = Link(
    subject_kind="case",
    subject_id=CASE,
    n=7,
    made_by=UUID(int=1),
    id=UUID(int=2),
    parent=None,
    kind="take_papers",
    actor=UUID(int=3),
    rules_made=1,
    rules_judged=2,
    claimed_at=AT,
    occurred_at=AT,
    clock="corrected",
    recorded_at=AT + timedelta(hours=2),
    fingerprint=b"\xab" * 32,
    outcome='{"case":"papers_taken"}',
    exceptions=["visit:no-such-act-here"],
)
OTHERS: dict[str, Any] = {
    "subject_kind": "shift",
    "subject_id": UUID(int=9),
    "n": 8,
    "made_by": UUID(int=9),
    "id": UUID(int=9),
    "parent": UUID(int=9),
    "kind": "collect",
    "actor": UUID(int=9),
    "rules_made": 9,
    "rules_judged": 9,
    "claimed_at": AT + timedelta(microseconds=1),
    "occurred_at": AT + timedelta(microseconds=1),
    "clock": "bounded",
    "recorded_at": AT,
    "fingerprint": b"\xac" * 32,
    "outcome": '{"case":"booked"}',
    "exceptions": [],
}


def written_out(previous: bytes, values: list[Any]) -> bytes:
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"tannha act v1\x00" + previous + text.encode()).digest()


def test_a_link_is_hashed_as_the_definition_says() -> None:
    before = genesis("case", CASE)
    assert before == hashlib.sha256(b"tannha chain v1\x00case\x00" + CASE.bytes).digest()
    plain = [
        "case",
        str(CASE),
        7,
        str(UUID(int=1)),
        str(UUID(int=2)),
        None,
        "take_papers",
        str(UUID(int=3)),
        1,
        2,
        "2026-11-25T00:30:00.000005+00:00",
        "2026-11-25T00:30:00.000005+00:00",
        "corrected",
        "2026-11-25T02:30:00.000005+00:00",
        "ab" * 32,
        '{"case":"papers_taken"}',
        ["visit:no-such-act-here"],
    ]
    assert hashed(before, LINK) == written_out(before, plain) == digest(before, plain)


@pytest.mark.parametrize("name", Link.__struct_fields__)
def test_whatever_is_changed_the_hash_is_another(name: str) -> None:
    before = genesis("case", CASE)
    assert hashed(before, replace(LINK, **{name: OTHERS[name]})) != hashed(before, LINK)


def test_the_same_link_after_another_act_has_another_hash() -> None:
    assert hashed(b"\x01" * 32, LINK) != hashed(b"\x02" * 32, LINK)


def test_the_same_instant_in_another_zone_is_the_same_link() -> None:
    there = AT.astimezone(timezone(timedelta(hours=7)))
    before = genesis("case", CASE)
    assert hashed(before, replace(LINK, occurred_at=there)) == hashed(before, LINK)


def test_chains_of_different_subjects_begin_differently() -> None:
    assert len({genesis("case", CASE), genesis("shift", CASE), genesis("case", UUID(int=1))}) == 3
