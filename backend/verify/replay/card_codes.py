"""What stands on a citizen's card, made once more from the keys: to see whether the table has the hashes of it."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import UUID

import msgspec

from backend.verify.commands import derived

LETTERS = "23456789ACEFHKMNPRTVWXY"
NUMBER, WORD, KEPT_NUMBER, KEPT_WORD = b"look-up number", b"hand-over word", b"stored look-up", b"stored word"


class CardKeys(msgspec.Struct, frozen=True):
    """As far as they are at hand."""

    tracking: tuple[bytes, ...] = ()
    card: tuple[bytes, ...] = ()


def wrong_hashes(row: Mapping[str, Any], keys: CardKeys) -> list[str]:
    """Names of the columns that no key of ours gives. Empty without keys."""
    number = row["number"]
    found = list[str]()
    if keys.tracking and row["card_token_sha256"] not in {_token(key, number) for key in keys.tracking}:
        found.append("card_token_sha256")
    if keys.card and (row["look_up_hash"], row["word_hash"]) not in {_kept(key, number) for key in keys.card}:
        found += ["look_up_hash", "word_hash"]
    return found


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, hashlib.sha256)


def _token(key: bytes, number: int) -> bytes:
    """SHA-256 of the token: 128 bits of HMAC-SHA-256(key, the card's id, 1), in base 32."""
    card: UUID = derived("citizen-card", str(number))
    return hashlib.sha256(base64.b32encode(_mac(key, card.bytes + bytes((0, 0, 0, 1)))[:16]).rstrip(b"=")).digest()


def _kept(key: bytes, number: int) -> tuple[bytes, bytes]:
    word = _word(key, number).encode()
    return (
        _mac(key, KEPT_NUMBER + _look_up_number(key, number).encode()),
        _mac(key, KEPT_WORD + number.to_bytes(4, "big") + word),
    )


def _drawn(key: bytes, what: bytes, number: int, attempt: int = 0) -> int:
    return int.from_bytes(_mac(key, what + number.to_bytes(4, "big") + attempt.to_bytes(2, "big"))[:16], "big")


def _look_up_number(key: bytes, number: int) -> str:
    """Nine places in base 23, the lowest first, and one that makes the sum of place times weight divisible by 23."""
    value = _drawn(key, NUMBER, number)
    places = [value // 23**power % 23 for power in range(9)]
    known = sum(weight * place for weight, place in enumerate(places, 1))
    last = next(place for place in range(23) if (known + 10 * place) % 23 == 0)
    return "".join(LETTERS[place] for place in (*places, last))


def _word(key: bytes, number: int) -> str:
    """Five digits and a sixth that makes the weighted sum divisible by 11; drawn again where none does."""
    for attempt in count():
        five = f"{_drawn(key, WORD, number, attempt) % 100_000:05}"
        known = sum(weight * int(digit) for weight, digit in enumerate(five, 1))
        last = [digit for digit in range(10) if (known + 6 * digit) % 11 == 0]
        if last:
            return f"{five}{last[0]}"
    raise AssertionError
