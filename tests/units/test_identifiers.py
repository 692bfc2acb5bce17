"""Two spellings of an agency's identifier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.units.errors import BadAgencyIdentifier
from backend.units.identifiers import read_identifier


@pytest.mark.parametrize(
    ("canonical", "long"),
    [
        ("H20", "000.00.00.H20"),
        ("H20.12", "000.00.12.H20"),
        ("H20.14", "000.00.14.H20"),
        ("H20.14.12", "000.12.14.H20"),
        ("H20.14.03.001", "001.03.14.H20"),
    ],
)
def test_both_spellings_name_one_agency(canonical: str, long: str) -> None:
    assert read_identifier(canonical) == read_identifier(long)
    assert read_identifier(long).canonical == canonical
    assert read_identifier(canonical).long == long


def test_a_short_group_is_filled_and_small_letters_are_read() -> None:
    assert read_identifier(" h20.3 ").canonical == "H20.03"


def test_a_group_too_long_for_the_old_spelling_has_none() -> None:
    seen_in_a_public_code = read_identifier("H55.242")
    assert seen_in_a_public_code.canonical == "H55.242"
    assert seen_in_a_public_code.long is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "H2",
        "HH20",
        "H20.",
        "H20.1234",
        "H20.00",
        "H20.12.00.001",
        "001.00.14.H20",
        "00.12.H20",
        "H20.١٢",
        "H20-12",
    ],
)
def test_what_is_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(BadAgencyIdentifier):
        read_identifier(text)


@given(st.from_regex(r"[A-Z][0-9]{2}(\.(0[1-9]|[1-9][0-9])){0,2}", fullmatch=True))
def test_there_and_back_is_the_same(canonical: str) -> None:
    identifier = read_identifier(canonical)
    assert identifier.canonical == canonical
    assert identifier.long is not None
    assert read_identifier(identifier.long) == identifier
