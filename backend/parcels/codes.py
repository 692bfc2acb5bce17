"""The codes of a label set that people read, write and say, each with a check: one wrong character or two swapped are
noticed by the code itself. Pure: no I/O.

S10 (the parcel's item number), look-up number and hand-over word are three of five codes; the label's QR is in
`labels`, the tracking token in `dossiers.tokens`. None can be had from another without the keys of the installation.
"""

import re
import unicodedata

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_S10_SERVICE, _S10_COUNTRY = "TN", "VN"
"""An indicator that S10 leaves to domestic use, until the post has been given one of its own."""
_S10_SHAPE = re.compile(r"^([A-Z]{2})(\d{8})(\d)([A-Z]{2})$")

LETTERS = "23456789ACEFHKMNPRTVWXY"
"""Of look-up numbers: without 0 O D Q, 1 I L J, Z, S, B, G, U, which are taken for others by eye or ear. There are 23,
a prime: so weighted sums notice every single error and every swap."""
LOOK_UP_LENGTH, WORD_LENGTH = 10, 6
_BETWEEN = re.compile(r"[\s.\-]+")


def item_number(number: int) -> str:
    """The S10 number (UPU S10-12) of a set: service, 8 digits, check digit, country.

    Raises ValueError for what eight digits cannot say.
    """
    digits = f"{number:08}"
    if len(digits) > 8 or number < 0:
        raise ValueError("an S10 number has eight digits")
    return f"{_S10_SERVICE}{digits}{_s10_check(digits)}{_S10_COUNTRY}"


def is_item_number(text: str) -> bool:
    """Any S10 number with the right check digit, whoever gave it out."""
    match = _S10_SHAPE.match(text)
    return match is not None and int(match[3]) == _s10_check(match[2])


def looks_like_item_number(text: str) -> bool:
    """Its shape only: domestic codes of the post do not all carry the check digit."""
    return _S10_SHAPE.match(text) is not None


def is_of_ours(text: str) -> bool:
    """Whether an S10 number is of the series that we give out: then its check digit must be right."""
    return text.startswith(_S10_SERVICE) and text.endswith(_S10_COUNTRY)


def _s10_check(digits: str) -> int:
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _S10_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def look_up_number(value: int) -> str:
    """Ten characters: nine that say `value` modulo 23^9, and a check character."""
    places: list[int] = []
    for _ in range(LOOK_UP_LENGTH - 1):
        value, place = divmod(value, len(LETTERS))
        places.append(place)
    places.append(_closing(places, len(LETTERS)))
    return "".join(LETTERS[place] for place in places)


def is_look_up_number(text: str) -> bool:
    """Whether the check character is right. `text`: as `plain` gives it."""
    if len(text) != LOOK_UP_LENGTH or any(letter not in LETTERS for letter in text):
        return False
    return _weighted([LETTERS.index(letter) for letter in text]) % len(LETTERS) == 0


def hand_over_word(value: int) -> str | None:
    """Six digits: five that say `value` modulo 10^5, and a check digit. None where the check would not be a digit."""
    places = [int(digit) for digit in f"{value % 100_000:05}"]
    check = _closing(places, 11)
    return None if check > 9 else "".join(str(place) for place in (*places, check))


def is_hand_over_word(text: str) -> bool:
    """Whether the check digit is right; whether it is the word of a card only the centre can say."""
    return re.fullmatch(r"[0-9]{6}", text) is not None and _weighted([int(digit) for digit in text]) % 11 == 0


def _weighted(places: list[int]) -> int:
    """Weights 1, 2, 3...: below the modulus all differ, so that errors and swaps cannot cancel out."""
    return sum(weight * place for weight, place in enumerate(places, 1))


def _closing(places: list[int], modulus: int) -> int:
    """What must stand last for the weighted sum to be divisible."""
    return -_weighted(places) * pow(len(places) + 1, -1, modulus) % modulus


def plain(text: str) -> str:
    """A code as it was typed or heard: capitals, without the marks that input methods add, blanks, dots and hyphens."""
    bare = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return _BETWEEN.sub("", bare).upper()


def grouped(text: str) -> str:
    """In groups that are easy to read aloud: 3-3-4 of ten, 3-3 of six."""
    ends = (3, 6, len(text)) if len(text) > 6 else (3, len(text))
    return " ".join(text[start:end] for start, end in zip((0, *ends), ends, strict=False))
