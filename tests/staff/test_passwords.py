"""Passwords: argon2id, long rather than strange, and the same word however the keyboard writes it."""

import unicodedata

import pytest
from argon2 import PasswordHasher

from backend.staff import passwords
from backend.staff.errors import WeakPassword
from backend.staff.passwords import Verdict
from tests.builders_staff import PASSWORD


async def test_only_the_right_password_is_right():
    known = await passwords.hash_of(PASSWORD)
    assert known.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.verify(known, PASSWORD) is Verdict.RIGHT
    for other in ("", PASSWORD.lower(), PASSWORD + " ", "x" * 100_000, "\ud800", "\0"):
        assert await passwords.verify(known, other) is Verdict.WRONG


async def test_composed_and_decomposed_letters_are_the_same_password():
    known = await passwords.hash_of(unicodedata.normalize("NFD", PASSWORD))
    assert await passwords.verify(known, unicodedata.normalize("NFC", PASSWORD)) is Verdict.RIGHT


async def test_a_password_under_an_older_profile_is_right_and_to_be_hashed_again():
    older = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    assert await passwords.verify(older, PASSWORD) is Verdict.RIGHT_OLD_PROFILE


async def test_nobody_has_a_password():
    assert await passwords.verify(None, "không ai có mật khẩu này") is Verdict.WRONG
    assert await passwords.verify("not a hash", PASSWORD) is Verdict.WRONG


@pytest.mark.parametrize("weak", ["", "ngắn quá", "a" * 40, "abcabcabcabc", "tôi là nguyenlan đây", "x" * 129])
def test_a_weak_password_is_refused(weak: str):
    with pytest.raises(WeakPassword):
        passwords.check_strength(weak, account="nguyenlan")
    passwords.check_strength(PASSWORD, account="nguyenlan")
