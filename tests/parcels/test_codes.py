"""Codes of a label set notice a wrong character and two swapped by themselves; nothing in them looks like another."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.parcels import codes
from backend.parcels.codes import (
    LETTERS,
    hand_over_word,
    is_hand_over_word,
    is_item_number,
    is_look_up_number,
    item_number,
    look_up_number,
    plain,
)

LOOK_UPS = st.integers(0, 2**128 - 1).map(look_up_number)
WORDS = st.integers(0, 99_999).map(hand_over_word).filter(lambda word: word is not None).map(str)
ITEMS = st.integers(0, 99_999_999).map(item_number)


def changed(text: str, place: int, letters: str, pick: int) -> str:
    others = letters.replace(text[place], "")
    return text[:place] + others[pick % len(others)] + text[place + 1 :]


def swapped(text: str, one: int, other: int) -> str:
    letters = list(text)
    letters[one], letters[other] = letters[other], letters[one]
    return "".join(letters)


def remainder(item: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(item[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11


@given(LOOK_UPS, st.integers(0, 9), st.integers(0, 21))
def test_a_look_up_number_with_one_wrong_character_refuses_itself(text: str, place: int, pick: int) -> None:
    assert is_look_up_number(text)
    assert not is_look_up_number(changed(text, place, LETTERS, pick))


@given(LOOK_UPS, st.integers(0, 9), st.integers(0, 9))
def test_a_look_up_number_with_two_characters_swapped_refuses_itself(text: str, one: int, other: int) -> None:
    """Any two, not only neighbours."""
    turned = swapped(text, one, other)
    assert turned == text or not is_look_up_number(turned)


@given(WORDS, st.integers(0, 5), st.integers(0, 8))
def test_a_hand_over_word_with_one_wrong_digit_refuses_itself(text: str, place: int, pick: int) -> None:
    assert is_hand_over_word(text)
    assert not is_hand_over_word(changed(text, place, "0123456789", pick))


@given(WORDS, st.integers(0, 5), st.integers(0, 5))
def test_a_hand_over_word_with_two_digits_swapped_refuses_itself(text: str, one: int, other: int) -> None:
    turned = swapped(text, one, other)
    assert turned == text or not is_hand_over_word(turned)


@given(ITEMS, st.integers(2, 10), st.integers(0, 8))
@example("TN000000005VN", 9, 0)
def test_an_s10_number_with_one_wrong_digit_refuses_itself(text: str, place: int, pick: int) -> None:
    """But for what the standard itself cannot tell apart: it writes 5 for the remainders 0 and 6 alike."""
    assert is_item_number(text)
    wrong = changed(text, place, "0123456789", pick)
    assert not is_item_number(wrong) or {remainder(text), remainder(wrong)} == {0, 6}


@given(ITEMS, st.integers(2, 9), st.integers(2, 9))
def test_an_s10_number_with_two_digits_swapped_refuses_itself(text: str, one: int, other: int) -> None:
    turned = swapped(text, one, other)
    assert turned == text or not is_item_number(turned) or {remainder(text), remainder(turned)} == {0, 6}


@pytest.mark.parametrize(
    "number", ["EE471108151FR", "RR473124829GB", "EB000717595HK", "EB000717618HK", "EB123456785VN"]
)
def test_real_s10_numbers_are_right(number: str) -> None:
    assert is_item_number(number)


@pytest.mark.parametrize("number", ["EB123456789VN", "EB12345678VN", "E1123456785VN", "eb123456785vn", "", "٣" * 13])
def test_what_is_no_s10_number_is_none(number: str) -> None:
    """The first stands in a public repository as an example."""
    assert not is_item_number(number)


@pytest.mark.parametrize(
    ("serial", "check"), [(0, 5), (1, 4), (12345678, 5), (71759, 5), (71761, 8), (96633102, 0), (47312482, 9)]
)
def test_the_check_digit_of_a_serial(serial: int, check: int) -> None:
    assert item_number(serial) == f"TN{serial:08}{check}VN"


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_a_number_that_eight_digits_cannot_say_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="eight digits"):
        item_number(number)


def test_no_letter_of_a_look_up_number_is_taken_for_another() -> None:
    for alike in ("0ODQ", "1ILJ", "2Z", "5S", "8B", "6G", "VU"):
        assert len(set(alike) & set(LETTERS)) <= 1, alike
    assert len(set(LETTERS)) == 23


@given(LOOK_UPS)
def test_it_is_found_however_it_was_typed(text: str) -> None:
    """In groups, in small letters, with what a Vietnamese input method makes of it."""
    assert plain(codes.grouped(text)) == text
    assert plain(f" {text[:3]}-{text[3:6]}.{text[6:]} ".lower()) == text
    assert plain(text.replace("E", "Ê").replace("A", "Ă")) == text


def test_groups_are_made_for_the_ear() -> None:
    assert codes.grouped("ABCDEFGHIJ") == "ABC DEF GHIJ"
    assert codes.grouped("123456") == "123 456"


def test_one_code_is_never_another() -> None:
    """Each by its shape alone: whoever is told a code knows which of them it is."""
    for number in range(200):
        item, look_up, word = item_number(number), look_up_number(number * 7**20), hand_over_word(number)
        shapes = [is_item_number, is_look_up_number, is_hand_over_word]
        for text in (item, look_up, word or "123456"):
            assert sum(shape(text) for shape in shapes) <= 1
