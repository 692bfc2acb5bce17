"""Tokens of ours: no kind passes for another, none outlives its time, none that was changed is read."""

from datetime import timedelta
from pathlib import Path

import pytest

from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.staff import tokens
from backend.staff.errors import (
    RefreshUnreadable,
)
from backend.staff.proof_errors import AccessExpired, AccessUnreadable
from tests.builders_staff import NOW


def an_access(ring: KeyRing) -> str:
    return tokens.make_access(ring, session=uuid7(), device=uuid7(), person=uuid7(), thumbprint=bytes(32), at=NOW)


def test_an_access_token_says_who_and_lasts_fifteen_minutes(ring: KeyRing):
    session, device, person = uuid7(), uuid7(), uuid7()
    text = tokens.make_access(ring, session=session, device=device, person=person, thumbprint=b"t" * 32, at=NOW)
    read = tokens.read_access(ring, text, NOW + timedelta(minutes=14, seconds=59))
    assert (read.session, read.device, read.person, read.thumbprint) == (session, device, person, b"t" * 32)
    assert read.expires_at == NOW + timedelta(minutes=15)
    with pytest.raises(AccessExpired):
        tokens.read_access(ring, text, NOW + timedelta(minutes=15))


def test_no_changed_or_foreign_token_is_read(ring: KeyRing, tmp_path: Path):
    text = an_access(ring)
    foreign = an_access(KeyRing.make(tmp_path / "other"))
    half = len(text) // 2
    for other in (
        "",
        "A",
        text[:-1],
        text + "A",
        text[:half] + "BBBB" + text[half + 4 :],
        foreign,
        "é" * 9,
        "A" * 9999,
    ):
        with pytest.raises(AccessUnreadable):
            tokens.read_access(ring, other, NOW)


def test_one_kind_does_not_pass_for_another(ring: KeyRing):
    refresh = tokens.make_refresh(ring, session=uuid7(), n=0, made_at=NOW)
    form = tokens.make_form_token(ring, bytes(32), NOW)
    for other in (refresh, form):
        with pytest.raises(AccessUnreadable):
            tokens.read_access(ring, other, NOW)
    for other in (an_access(ring), form):
        with pytest.raises(RefreshUnreadable):
            tokens.read_refresh(ring, other)
    assert not tokens.is_form_token(ring, refresh, bytes(32))


def test_the_same_refresh_token_is_made_again_also_after_a_rotation(tmp_path: Path):
    ring = KeyRing.make(tmp_path / "keys")
    session = uuid7()
    first = tokens.make_refresh(ring, session=session, n=3, made_at=NOW)
    ring.rotate(Purpose.TOKEN, NOW + timedelta(seconds=1))
    assert tokens.make_refresh(ring, session=session, n=3, made_at=NOW) == first
    assert tokens.read_refresh(ring, first) == tokens.Refresh(session=session, n=3)


def test_a_form_belongs_to_one_session(ring: KeyRing):
    token = tokens.make_form_token(ring, b"1" * 32, NOW)
    assert tokens.is_form_token(ring, token, b"1" * 32)
    assert not tokens.is_form_token(ring, token, b"2" * 32)
    assert not tokens.is_form_token(ring, "", b"1" * 32)
