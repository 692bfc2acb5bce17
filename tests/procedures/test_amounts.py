"""Amounts in Vietnamese words, as slips and receipts say them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.procedures.amounts import MOST, in_words, money

DIGITS = {
    word: digit for digit, word in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])
} | {"mốt": 1, "lăm": 5}
SIZES = {"tỷ": 1_000_000_000, "triệu": 1_000_000, "nghìn": 1_000}


def understood(text: str) -> int:
    """The words as somebody who listens adds them up, knowing nothing of how they were made."""
    total = group = digit = 0
    for word in text.removesuffix(" đồng").lower().split():
        if word in SIZES:
            total, group, digit = total + (group + digit) * SIZES[word], 0, 0
        elif word in {"trăm", "mươi"}:
            group, digit = group + digit * {"trăm": 100, "mươi": 10}[word], 0
        elif word == "mười":
            group += 10
        elif word != "lẻ":
            digit = DIGITS[word]
    return total + group + digit


@given(st.integers(0, MOST))
@example(0)
@example(MOST)
@example(1_000_000_000)
@example(1_000_005)
@example(999_000_000_001)
def test_what_is_said_is_the_amount(amount: int) -> None:
    text = in_words(amount)
    assert understood(text) == amount
    assert text[0].isupper()
    assert text.endswith(" đồng")
    assert "  " not in text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (11, "Mười một đồng"),
        (21, "Hai mươi mốt đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (110, "Một trăm mười đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (72_000, "Bảy mươi hai nghìn đồng"),
        (200_000, "Hai trăm nghìn đồng"),
        (1_005, "Một nghìn không trăm lẻ năm đồng"),
        (1_000_005, "Một triệu không trăm lẻ năm đồng"),
        (1_284_000, "Một triệu hai trăm tám mươi bốn nghìn đồng"),
        (2_000_050_000, "Hai tỷ không trăm năm mươi nghìn đồng"),
        (
            999_999_999_999,
            "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn "
            "chín trăm chín mươi chín đồng",
        ),
    ],
)
def test_the_words_are_those_people_use(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_a_line_end_never_parts_an_amount_from_its_dong() -> None:
    assert [money(amount) for amount in (0, 500, 21_000, 1_284_000)] == [
        "0\u00a0đ",
        "500\u00a0đ",
        "21.000\u00a0đ",
        "1.284.000\u00a0đ",
    ]


@pytest.mark.parametrize("amount", [-1, MOST + 1])
def test_no_fee_is_below_nothing_or_above_999_ty(amount: int) -> None:
    with pytest.raises(ValueError, match="999"):
        in_words(amount)
