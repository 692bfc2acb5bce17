"""Printed label sets: every code of a page is read back, the secrets are those of the keys, the type the chosen one."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest

from backend.keys import KeyRing
from backend.parcels import cards
from backend.parcels.cards import Card
from backend.parcels.codes import grouped
from backend.parcels.labels import printed
from backend.parcels.model import LabelSet
from backend.parcels.printing import Layout, label_sheets
from backend.typeset import FONTS
from tests.paper import pages, seen, text, widths

NOW = datetime(2026, 11, 25, tzinfo=UTC)
HOST = "https://tannha.dongthap.gov.vn"
LAYOUTS: tuple[Layout, ...] = ("a4", "roll")
Printed = tuple[LabelSet, Card]


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("printing") / "keys")


@pytest.fixture(scope="module")
def sets(ring: KeyRing) -> list[Printed]:
    return [(one, cards.card_again(ring, one)) for one in printed(ring, range(412, 417), UUID(int=7), NOW)]


def codes_of(some: Sequence[Printed]) -> list[tuple[str, str]]:
    """What must be on the paper of these sets."""
    found: list[tuple[str, str]] = []
    for label_set, card in some:
        found += [("QRCode", label_set.label), ("Code128", label_set.item_number), ("QRCode", f"{HOST}/t/{card.token}")]
    return sorted(found)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_code_of_every_page_is_read_back(sets: list[Printed], layout: Layout) -> None:
    """Two sets a page on A4, the last page with one; one a page on a roll."""
    a_page = 2 if layout == "a4" else 1
    drawn = pages(label_sheets(sets, address=HOST, layout=layout, at=NOW))
    assert len(drawn) == -(-len(sets) // a_page)
    for number, picture in enumerate(drawn):
        assert seen(picture) == codes_of(sets[number * a_page : (number + 1) * a_page])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_labels_code_is_at_least_30_mm_wide(sets: list[Printed], layout: Layout) -> None:
    [picture, *_] = pages(label_sheets(sets[:1], address=HOST, layout=layout, at=NOW))
    assert widths(picture)[sets[0][0].label] >= 30


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_read_aloud_stands_there_in_groups(sets: list[Printed], layout: Layout) -> None:
    whole = text(label_sheets(sets, address=HOST, layout=layout, at=NOW))
    for label_set, card in sets:
        assert grouped(card.look_up_number) in whole
        assert grouped(card.word) in whole
        assert f"{label_set.number:05}" in whole
        assert label_set.item_number[2:5] in whole
    for said in (
        "THẺ THEO DÕI HỒ SƠ",
        "Số tra cứu",
        "Mã nhận kết quả",
        "0277 1022",
        "Chỉ chuyển khoản cho",
        "Niêm phong số",
    ):
        assert said in whole


@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_is_set_in_the_type_that_was_chosen(sets: list[Printed], layout: Layout) -> None:
    """An unknown font would be replaced without a word, and with it perhaps the letters that old eyes tell apart."""
    names: set[str] = set()
    for page in pypdfium2.PdfDocument(label_sheets(sets[:1], address=HOST, layout=layout, at=NOW)):
        for drawn in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            assert isinstance(drawn, pypdfium2.PdfTextObj)
            names.add(re.sub(r"^[A-Z]{6}\+", "", drawn.get_font().get_base_name()))
    assert names
    assert {name for name in names if not name.startswith(tuple(font.replace(" ", "") for font in FONTS))} == set()


def test_it_says_that_it_is_made_to_be_kept(sets: list[Printed]) -> None:
    pdf = label_sheets(sets[:1], address=HOST, layout="a4", at=NOW)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


def test_printed_again_it_is_the_same_to_the_byte(ring: KeyRing, sets: list[Printed]) -> None:
    again = [(label_set, cards.card_again(ring, label_set)) for label_set, _ in sets]
    first, second = (label_sheets(some, address=HOST, layout="a4", at=NOW) for some in (sets, again))
    assert first == second


def test_nothing_of_a_card_stays_on_the_disk(
    sets: list[Printed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    label_sheets(sets[:1], address=HOST, layout="roll", at=NOW)
    assert list(tmp_path.iterdir()) == []
