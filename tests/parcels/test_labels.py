"""Labels carry a signature that nobody else can make, fit their QR, and survive typing and scanning."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from backend.parcels.labels import label_qr, make_label, printed, read_label

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""Of QR codes, and of base45."""


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("labels") / "keys")


def test_a_set_is_read_back_by_its_number(ring: KeyRing) -> None:
    unit = uuid7()
    key = ring.current(Purpose.LABEL, NOW).private().public_key()
    sets = list(printed(ring, range(400, 500), unit, NOW))
    assert [read_label(one.label, [key]) for one in sets] == list(range(400, 500))
    assert {(one.state, one.holder_kind, one.holder) for one in sets} == {("printed", "unit", unit)}
    assert len({one.label for one in sets} | {one.item_number for one in sets}) == 200


def test_a_label_is_108_letters_without_a_space(ring: KeyRing) -> None:
    """Numbers whose bytes would give a space in base45 too: 36 is one."""
    key = ring.current(Purpose.LABEL, NOW).private()
    for number in (0, 36, 81, 1656, 36 * 256, 2**32 - 1):
        text = make_label(key, number)
        assert len(text) == 108
        assert set(text) <= set(ALPHANUMERIC) - {" "}
        assert read_label(text, [key.public_key()]) == number


def test_nothing_but_an_unchanged_label_is_taken(ring: KeyRing) -> None:
    """10,000 changed labels, and those of another installation."""
    key = ring.current(Purpose.LABEL, NOW).private()
    public, whole = key.public_key(), make_label(key, 412)
    chance = random.Random(412)
    for _ in range(10_000):
        place = chance.randrange(len(whole))
        letter = chance.choice(ALPHANUMERIC.replace(whole[place], ""))
        assert read_label(whole[:place] + letter + whole[place + 1 :], [public]) is None
    for torn in ("", whole[:-3], whole + "000", whole[::-1], whole.lower(), "ệ" * 108, " " + whole):
        assert read_label(torn, [public]) is None


def test_a_label_of_other_keys_is_not_ours_until_they_are_known(ring: KeyRing, tmp_path: Path) -> None:
    other = KeyRing.make(tmp_path / "keys").current(Purpose.LABEL, NOW).private()
    ours, theirs = ring.current(Purpose.LABEL, NOW).private().public_key(), make_label(other, 412)
    assert read_label(theirs, [ours]) is None
    assert read_label(theirs, [ours, other.public_key()]) == 412


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_scanned_is_read_or_refused(ring: KeyRing, text: str) -> None:
    assert read_label(text, [ring.current(Purpose.LABEL, NOW).private().public_key()]) is None


def test_the_code_is_37_modules_wide_and_a_reader_reads_it(ring: KeyRing) -> None:
    text = make_label(ring.current(Purpose.LABEL, NOW).private(), 412)
    rows = label_qr(text)
    assert (len(rows), len(rows[0])) == (37, 37)
    picture = Image.new("L", (45, 45), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    [found] = zxingcpp.read_barcodes(picture.resize((360, 360), Image.Resampling.NEAREST))
    assert found.text == text
