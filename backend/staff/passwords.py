"""Passwords: argon2id (RFC 9106) with the profile OWASP names, rehashed at sign-in when the profile has changed."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.staff.errors import WeakPassword

PROFILE = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16)
"""19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet)."""
SHORTEST = 12
LONGEST = 128
_FEWEST_DIFFERENT = 5

_hashing = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
"""Bounds the memory that sign-ins at the same moment can take."""


class Verdict(Enum):
    WRONG = auto()
    RIGHT = auto()
    RIGHT_OLD_PROFILE = auto()
    """Hash again and keep the new one."""


def check_strength(password: str, *, account: str) -> None:
    """Raises WeakPassword. Length, not kinds of characters (NIST SP 800-63B, 3.1.1.2)."""
    text = _composed(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise WeakPassword(f"Đặt mật khẩu từ {SHORTEST} đến {LONGEST} ký tự. Một câu dài dễ nhớ là tốt nhất.")
    if len(set(text)) < _FEWEST_DIFFERENT or account in text.casefold():
        raise WeakPassword("Mật khẩu này dễ đoán. Đừng dùng tên tài khoản hoặc lặp lại vài ký tự.")


async def hash_of(password: str) -> str:
    """In the PHC format, profile and salt inside. Takes about 20 ms in a thread."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, PROFILE.hash, _bytes(password))


async def verify(known: str | None, password: str) -> Verdict:
    """`known`: None for an account that does not exist; it takes as long as a wrong password."""
    if len(password) > LONGEST * 4:
        return Verdict.WRONG
    verdict = await asyncio.get_running_loop().run_in_executor(_hashing, _verify, known or _nobody(), password)
    return verdict if known is not None else Verdict.WRONG


def _verify(known: str, password: str) -> Verdict:
    try:
        PROFILE.verify(known, _bytes(password))
    except (VerificationError, InvalidHashError):
        return Verdict.WRONG
    return Verdict.RIGHT_OLD_PROFILE if PROFILE.check_needs_rehash(known) else Verdict.RIGHT


def _composed(password: str) -> str:
    """Keyboards write `ệ` in different ways: the same word must be the same password."""
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    return _composed(password).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _nobody() -> str:
    return PROFILE.hash("không ai có mật khẩu này")
