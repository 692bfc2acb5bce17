"""Every code that is printed is read back from a worn sheet to what it says; no letter runs into another or a line."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import pytest
from msgspec.structs import replace

from backend.fees.collection_slip import collection_slip_sheet
from backend.keys import KeyRing
from backend.parcels import cards
from backend.parcels.labels import printed
from backend.parcels.printing import Layout, label_sheets, qr_svg
from backend.parcels.slip import slip_sheet
from backend.run_sheets.printing import run_sheet
from tests import paper
from tests.fees.test_collection_slip import SLIP as COLLECTED
from tests.paper import WORN, Code
from tests.parcels.test_slip import AT, SLIP, TRACKING
from tests.run_sheets.test_printing import DESK, SHEET

NOW = datetime(2026, 11, 25, tzinfo=UTC)
HOST = "https://tannha.dongthap.gov.vn"
LEAST_MM = 15
Sheet = tuple[bytes, list[Code]]
"""A PDF, and the codes of its first page: the others have none."""
FORM = "theo mẫu ban hành kèm theo Thông tư 04/2020/TT-BTP hướng dẫn Luật Hộ tịch và Nghị định 123/2015/NĐ-CP"
LONG_LINES = 24


def labels(ring: KeyRing, layout: Layout) -> Sheet:
    [label_set] = printed(ring, [412], UUID(int=7), NOW)
    card = cards.card_again(ring, label_set)
    codes = [("QRCode", label_set.label), ("Code128", label_set.item_number), ("QRCode", f"{HOST}/t/{card.token}")]
    return label_sheets([(label_set, card)], address=HOST, layout=layout, at=NOW), codes


def slip(_ring: KeyRing) -> Sheet:
    """Of long names and many papers."""
    lines = [replace(SLIP.lines[n % 2], name=f"{SLIP.lines[n % 2].name} {FORM}") for n in range(LONG_LINES)]
    long = replace(
        SLIP,
        owner="Công ty trách nhiệm hữu hạn một thành viên Xuất nhập khẩu Nông sản Đồng Tháp Mười",
        procedure="Cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu",
        lines=[*SLIP.lines, *lines],
        missing=["Giấy chứng nhận kết hôn", "Giấy ủy quyền"],
    )
    return slip_sheet(long, tracking=TRACKING, at=AT), [("QRCode", TRACKING)]


def collection_slip(_ring: KeyRing) -> Sheet:
    """Of long names and many charges."""
    lines = [replace(COLLECTED.lines[0], name=f"{COLLECTED.lines[0].name} {FORM}") for _ in range(LONG_LINES)]
    long = replace(COLLECTED, lines=[*COLLECTED.lines, *lines], household=720_000)
    return collection_slip_sheet(long, tracking=qr_svg(TRACKING), at=AT), [("QRCode", TRACKING)]


def the_run_sheet(_ring: KeyRing) -> Sheet:
    return run_sheet(SHEET, at=AT), [("QRCode", DESK.format(n)) for n in (1, 2, 3)]


SHEETS: dict[str, Callable[[KeyRing], Sheet]] = {
    "label sets on A4": partial(labels, layout="a4"),
    "label sets on a roll": partial(labels, layout="roll"),
    "slip": slip,
    "collection slip": collection_slip,
    "run sheet": the_run_sheet,
}
PAGES = {"label sets on A4": 1, "label sets on a roll": 1, "slip": 4, "collection slip": 3, "run sheet": 5}


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("read back") / "keys")


@pytest.mark.parametrize("how", WORN)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_code_is_read_back_however_worn(ring: KeyRing, sheet: str, how: str) -> None:
    pdf, codes = SHEETS[sheet](ring)
    first, *_ = paper.pages(pdf)
    found = paper.seen(paper.worn(first, how))
    assert paper.legible(found, how) == paper.legible(codes, how)


@pytest.mark.parametrize(("sheet", "pages"), PAGES.items())
def test_all_codes_stand_on_the_first_page(ring: KeyRing, sheet: str, pages: int) -> None:
    _, *others = paper.pages(SHEETS[sheet](ring)[0])
    assert [paper.seen(other) for other in others] == [[]] * (pages - 1)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_code_is_wide_enough_for_an_old_phone(ring: KeyRing, sheet: str) -> None:
    pdf, codes = SHEETS[sheet](ring)
    first, *_ = paper.pages(pdf)
    found = paper.widths(first)
    assert found.keys() == {text for kind, text in codes if kind == "QRCode"}
    assert min(found.values()) >= LEAST_MM, found


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_tone_mark_runs_into_another_line(ring: KeyRing, sheet: str) -> None:
    assert paper.clashes(SHEETS[sheet](ring)[0]) == []


def test_a_paper_stands_whole_on_one_page_of_a_slip(ring: KeyRing) -> None:
    """What begins on a page ends on it: each page has as many beginnings as ends of the long names."""
    told = paper.texts(slip(ring)[0])
    begun, ended = [[page.count(words) for page in told] for words in ("theo mẫu", "NĐ-CP")]
    assert begun == ended
    assert (len(told), sum(begun)) == (PAGES["slip"], LONG_LINES)
    assert min(begun) > 0, "each page has some"
