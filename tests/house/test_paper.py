"""What looks at paper finds what is wrong with it: each fault is made once, and a sheet without faults has none."""

import pytest

from backend.typeset import pdf
from tests import paper

CLEAN = """
#set page(width: 100mm, height: 60mm, margin: 10mm)
#set text(font: "Libertinus Serif", size: 12pt)
#set document(date: datetime(year: 2026, month: 11, day: 25))
Nguyễn Thị Huệ
#v(5mm)
Ấp Mỹ Hiệp
#v(5mm)
#line(length: 50mm)
"""


def laid(what: str, *, dx: str = "0mm", dy: str) -> str:
    """Something more on the sheet, so far from its left upper margin."""
    return f"{CLEAN}#place(top + left, dx: {dx}, dy: {dy})[{what}]\n"


def test_a_sheet_without_faults_has_none() -> None:
    told = pdf(CLEAN, {})
    assert paper.clashes(told) == []
    assert paper.text(told) == "Nguyễn Thị Huệ Ấp Mỹ Hiệp"


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        (laid("Ô", dy="1mm"), " in "),
        (laid("Hồ sơ", dx="86mm", dy="30mm"), "over the edge"),
        (laid("#line(length: 20mm)", dy="1.5mm"), "on a line"),
        (f"{CLEAN}#pagebreak()\n", "page 2: no letter"),
    ],
    ids=["in another letter", "over the edge", "on a line", "an empty page"],
)
def test_what_is_laid_over_something_else_is_found(source: str, wrong: str) -> None:
    found = paper.clashes(pdf(source, {}))
    assert [one for one in found if wrong in one], found


def test_a_code_that_is_not_there_is_not_seen() -> None:
    [page] = paper.pages(pdf(CLEAN, {}))
    assert paper.seen(page) == []
    assert paper.widths(page) == {}
