"""The payment reference: what a citizen's bank hands back in the text of a transfer, such as `DT6WG4J3NK`. Pure.

`DT`, seven characters of a number and one to check. The alphabet has no two characters that look alike (no 0 O 1 I L,
2 Z, 5 S, 8 B, U V, Q), and 23 of them: a prime, so that the weighted sum notices every changed character and every swap
of neighbours. Numbers come from blocks given to one device each, so a phone makes references without a network and
none is made twice. Neighbouring numbers are spread apart: a reference mistyped twice does not hit somebody else's.
"""

import re
from collections.abc import Iterator

from backend.errors import Invalid

PREFIX = "DT"
ALPHABET = "34679ACDEFGHJKMNPRTUWXY"
_BASE = len(ALPHABET)
_DIGITS = 7
MOST = _BASE**_DIGITS - 1
"""The highest number: 3,404,825,446."""
_SPREAD = 2_104_297_843
"""No multiple of the prime 23, so multiplying by it is one to one."""
_UNSPREAD = pow(_SPREAD, -1, _BASE**_DIGITS)
_WEIGHTS = range(1, _DIGITS + 1)
_CHECK_WEIGHT = _DIGITS + 1
_SHAPE = re.compile(f"{PREFIX}[{ALPHABET}]{{{_DIGITS + 1}}}")
_ANYWHERE = re.compile(f"(?=({_SHAPE.pattern}))")
_BETWEEN = re.compile(r"[^0-9A-Z]")


class NotAReference(Invalid):
    """Mã thanh toán không đúng."""


def reference(number: int) -> str:
    """Of the number of a block. Raises NotAReference for one that no block has."""
    if not 0 < number <= MOST:
        raise NotAReference("Số của mã thanh toán ngoài dải được cấp. Tải lại danh sách trong ngày.")
    rest, values = number * _SPREAD % _BASE**_DIGITS, list[int]()
    for _ in range(_DIGITS):
        rest, value = divmod(rest, _BASE)
        values.insert(0, value)
    weighed = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    check = -weighed * pow(_CHECK_WEIGHT, -1, _BASE) % _BASE
    return PREFIX + "".join(ALPHABET[value] for value in (*values, check))


def number_of(text: str) -> int:
    """The number of a reference. Raises NotAReference."""
    if not is_reference(text):
        raise NotAReference("Mã thanh toán không đúng. Xem lại từng chữ; mã không có chữ O, I, L và số 0, 1.")
    value = 0
    for letter in text[len(PREFIX) : -1]:
        value = value * _BASE + ALPHABET.index(letter)
    return value * _UNSPREAD % _BASE**_DIGITS


def is_reference(text: str) -> bool:
    return bool(_SHAPE.fullmatch(text)) and _checks(text)


def _checks(text: str) -> bool:
    values = [ALPHABET.index(letter) for letter in text[len(PREFIX) :]]
    return sum(weight * value for weight, value in enumerate(values, start=1)) % _BASE == 0


def found_in(text: str) -> list[str]:
    """Every reference in what a bank hands back, each once, as they stand: `MBVCB.1. dt6wg4 j3nk-chuyen tien`.

    Banks change case, put blanks and dots in, and glue their own text to both ends.
    """
    return list(dict.fromkeys(_candidates(_BETWEEN.sub("", text.upper()))))


def _candidates(joined: str) -> Iterator[str]:
    for match in _ANYWHERE.finditer(joined):
        if _checks(match[1]):
            yield match[1]
