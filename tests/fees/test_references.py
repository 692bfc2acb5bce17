"""The payment reference: every slip of the finger is noticed, and banks may do with the text what they do."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.fees.references import ALPHABET, MOST, NotAReference, found_in, number_of, reference

NUMBERS = st.integers(1, MOST)
AROUND = st.text("BCHIKLMVQ .,-:/0128", max_size=20)
"""What banks write around it, without what begins a reference."""


@given(NUMBERS)
def test_a_reference_is_read_back_to_its_number(number: int) -> None:
    written = reference(number)
    assert number_of(written) == number
    assert len(written) == 10
    assert set(written[2:]) <= set(ALPHABET)


@given(NUMBERS)
def test_every_changed_character_is_noticed(number: int) -> None:
    written = reference(number)
    for place, kept in enumerate(written):
        for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if other != kept:
                with pytest.raises(NotAReference):
                    number_of(written[:place] + other + written[place + 1 :])


@given(NUMBERS)
def test_every_swap_of_neighbours_is_noticed(number: int) -> None:
    written = reference(number)
    for place, (one, other) in enumerate(pairwise(written)):
        if one != other:
            with pytest.raises(NotAReference):
                number_of(written[:place] + other + one + written[place + 2 :])


@given(NUMBERS, st.integers(0, 9))
def test_a_character_left_out_is_noticed(number: int, place: int) -> None:
    written = reference(number)
    with pytest.raises(NotAReference):
        number_of(written[:place] + written[place + 1 :])


@given(NUMBERS, NUMBERS)
def test_two_numbers_never_share_a_reference(one: int, other: int) -> None:
    assume(one != other)
    assert reference(one) != reference(other)


@given(st.integers(1, MOST - 1))
def test_neighbours_of_a_block_do_not_look_alike(number: int) -> None:
    """Two mistyped characters do not lead to the next order of the same phone."""
    pairs = zip(reference(number), reference(number + 1), strict=True)
    assert sum(one != other for one, other in pairs) > 2


@given(NUMBERS, AROUND, AROUND, st.integers(1, 9), st.booleans())
def test_it_is_found_in_what_a_bank_hands_back(number: int, before: str, after: str, cut: int, lower: bool) -> None:
    written = reference(number)
    broken = f"{written[:cut]} {written[cut:]}"
    said = before + (broken.lower() if lower else broken) + after
    assert written in found_in(said)


def test_two_orders_in_one_text_are_both_found() -> None:
    one, other = reference(1), reference(2)
    assert found_in(f"thanh toan {one} va {other}, {one}") == [one, other]


@pytest.mark.parametrize("text", ["", "chuyen tien", "DT", "DT0000000O", "ĐT 0912 345 678", reference(5)[:-1]])
def test_a_text_without_a_reference_has_none(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize("number", [0, -1, MOST + 1])
def test_no_reference_is_made_outside_the_numbers(number: int) -> None:
    with pytest.raises(NotAReference):
        reference(number)
