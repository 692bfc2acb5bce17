"""Whether a form is filled in right is said by the centre and by the phone with two engines: alike, field by field; and
both write the same bytes of it."""

import os
import random
import secrets
import string
from typing import Any

import pytest

from backend.eforms.checking import wrong_fields
from backend.eforms.forms import Sheet, sheets
from backend.eforms.model import Filled, Form, content_sha256
from tests.courier_api.asking import answers
from tests.eforms.filling import Filling

SEED = int(os.environ.get("FORM_SEED") or secrets.randbits(32))
"""A new one each time; a failure names it, and `FORM_SEED` brings it back."""
EACH = 2_000
"""Filled forms of each version: more than 20,000 of the twelve."""
ODD = (
    "", " ", "x", "Nguyễn Văn A ", " Lê", "Trần\tThị", "Huê\u0323", "a\u200bb", "9" * 12, "09" * 6, "1990-02-30",
    "1900-02-29", "2000-02-29", "2026-11-31", "1990", "1869", "31/12/1990", "B1234567", "0912 345 678", "24:00",
    "23:59", "0", "100", "a@b", "a@b.vn", "😀 vui", "Ａ", "\u0000", "constructor", "é" * 601, "Đ" * 600, "\u2028",
    "\ufeff", "co", "khong", "nam", "\"\\/\b\f\n", "\u007f", "ﬁ", "ｋ", "\U0001d173",
)  # fmt: skip
"""What people type, scan and paste, and what nobody does."""


class Breaking:
    """Makes filled forms, right ones and wrong ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def filled(self, sheet: Sheet) -> Filled:
        right = Filling(sheet, self.random).filled()
        values, sources = dict(right.values), dict(right.sources)
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 5])):
            self._break(sheet.form, values, sources)
        return Filled(values=values, sources=sources)

    def _break(self, form: Form, values: dict[str, str], sources: dict[str, str]) -> None:
        name = self.random.choice(list(form.fields))
        match self.random.randrange(7):
            case 0:
                values.pop(name, None)
                sources.pop(name, None)
            case 1:
                values[name] = self._odd()
                sources.setdefault(name, "said")
            case 2:
                sources[name] = self.random.choice(["card", "case", "said", "paper", "heard", ""])
            case 3:
                values.pop(name, None)
            case 4:
                stray = self.random.choice([self._odd(), "ghi_chu", "~0/1%", "#", "toString"])
                values[stray] = sources[stray] = "said"
            case 5:
                choice = form.fields[name].words
                values[name] = self.random.choice([*choice, "khac_nua"]) if choice else self._odd()
                sources.setdefault(name, "said")
            case _:
                text = values.get(name, "")
                place = self.random.randrange(len(text) + 1)
                sign = self.random.choice([*string.printable, "ế", "\u0301", "Ð", "0"])
                values[name] = text[:place] + sign + text[place:]

    def _odd(self) -> str:
        return self.random.choice(ODD)


def by_the_centre(form: Form, filled: Filled) -> list[Any]:
    return [wrong_fields(form, filled), content_sha256(form.version, filled).hex()]


@pytest.mark.parametrize("version", sheets())
def test_centre_and_phone_find_the_same_fields_wrong_and_write_the_same_bytes(version: str) -> None:
    sheet, chance = sheets()[version], Breaking(SEED)
    made = [chance.filled(sheet) for _ in range(EACH)]
    [phone] = answers([{"ask": "forms", "form": sheet.schema, "filled": [_sent(one) for one in made]}])
    right = 0
    for filled, said in zip(made, phone, strict=True):
        centre = by_the_centre(sheet.form, filled)
        assert said == centre, f"FORM_SEED={SEED}, first difference: {filled}"
        right += not centre[0]
    assert EACH // 10 < right < EACH * 9 // 10, "right ones and wrong ones are compared"


def _sent(filled: Filled) -> dict[str, Any]:
    return {"values": filled.values, "sources": filled.sources}


def test_more_than_twenty_thousand_are_compared() -> None:
    assert EACH * len(sheets()) >= 20_000
