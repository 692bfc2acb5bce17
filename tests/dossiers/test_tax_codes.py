"""A tax code has a check digit: one digit typed wrong is noticed."""

import pytest

from backend.dossiers.tax_codes import is_tax_code

REAL = ("0102595740", "0100112437", "0300588569")


@pytest.mark.parametrize("code", [*REAL, "0102595740-001"])
def test_codes_that_were_given_out_are_tax_codes(code: str) -> None:
    assert is_tax_code(code)


@pytest.mark.parametrize("code", REAL)
def test_no_single_wrong_digit_goes_unnoticed(code: str) -> None:
    for place in range(10):
        for digit in "0123456789":
            if digit != code[place]:
                assert not is_tax_code(code[:place] + digit + code[place + 1 :])


NONE = ("", "010259574", "01025957400", "0102595740-1", "0102595740-", "0102595740001", "010259574\uff10")


@pytest.mark.parametrize("code", NONE)
def test_what_has_another_form_is_none(code: str) -> None:
    assert not is_tax_code(code)
