"""Phiếu đi tuyến on paper: whom to meet, what changes hands, blank lines and slips."""

import re
from datetime import UTC, datetime

from msgspec.structs import replace

from backend.run_sheets.printing import WALK_INS, RunSheet, SheetCase, SheetStop, run_sheet, slips_wanted
from tests import paper

AT = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
DESK = "https://tannha.dongthap.gov.vn/desk/cases/0199c0de-0000-7000-8000-00000000001{}/paper/0199c0de-0000-7000-8000-1"


def a_case(number: int, *, owner: str | None = "Nguyễn Thị Huệ", due: int = 8_000) -> SheetCase:
    return SheetCase(
        owner=owner,
        procedure="Đăng ký khai sinh",
        link=DESK.format(number),
        take=["Giấy chứng sinh, 1 bản chính"],
        see=["Giấy chứng nhận kết hôn"],
        give=["Kết quả"],
        due=due,
    )


STOPS = [
    SheetStop(window="07:00-08:00", purpose="Nhận hồ sơ", where="Ấp 1", phone="0912 345 678", cases=[a_case(1)]),
    SheetStop(
        window="09:00-10:00",
        purpose="Trả kết quả",
        where="Ấp 3, gần cầu Cái Dầu",
        phone=None,
        cases=[a_case(2, owner=None, due=0), a_case(3, due=1_234_567)],
    ),
]
SHEET = RunSheet(
    post="Bưu điện xã Mỹ Hiệp",
    courier="Nguyễn Thị Lan",
    badge="DT-01042",
    day="25/11/2026",
    stops=STOPS,
    slips=list(range(501, 501 + slips_wanted(len(STOPS)))),
)


def told_on(sheet: RunSheet) -> str:
    return paper.text(run_sheet(sheet, at=AT))


def test_every_stop_stands_there_with_what_changes_hands() -> None:
    told = told_on(SHEET)
    for said in (
        "PHIẾU ĐI TUYẾN",
        "DT-01042",
        "1. 07:00-08:00 · Nhận hồ sơ",
        "ĐT 0912 345 678",
        "Nhận: Giấy chứng sinh, 1 bản chính",
        "Xem: Giấy chứng nhận kết hôn",
        "Phải thu: 8.000 đ",
        "Phải thu: 1.234.567 đ",
        "(đã xóa tên)",
    ):
        assert said in told, said


def test_there_are_blank_lines_and_a_slip_in_two_parts_for_everybody() -> None:
    told = told_on(SHEET)
    assert [f"Phát sinh {n}" in told for n in range(1, WALK_INS + 2)] == [True] * WALK_INS + [False]
    for number in SHEET.slips:
        assert told.count(f"Số {number}") == 2
    assert told.count("Liên 1: công dân giữ") == told.count("Liên 2: bưu điện giữ") == len(STOPS) + WALK_INS


def test_a_list_of_papers_that_nobody_knows_is_said_to_be_so() -> None:
    unknown = [SheetStop(window="07:00-08:00", purpose="Nhận hồ sơ", where="Ấp 1", phone=None, cases=[unlisted()])]
    told = told_on(replace(SHEET, stops=unknown))
    assert "Nhận: theo danh mục." in told


def unlisted() -> SheetCase:
    return replace(a_case(1), take=None, see=[], give=[], due=0)


def test_a_day_without_visits_has_its_blank_lines() -> None:
    empty = replace(SHEET, stops=[], slips=[1, 2, 3, 4, 5])
    told = told_on(empty)
    assert [told.count(f"Phát sinh {n}") for n in range(1, WALK_INS + 2)] == [1] * WALK_INS + [0]
    assert told.count("Công dân ký") == WALK_INS


def test_a_long_day_goes_on_over_pages_and_no_stop_is_cut() -> None:
    """What begins on a page ends on it: the last word of each case is where the citizen signs."""
    many = replace(SHEET, stops=STOPS * 15)
    pdf = run_sheet(many, at=AT)
    begun: list[int] = []
    walk_ins = 0
    for page, told in zip(paper.pages(pdf), paper.texts(pdf), strict=True):
        here = [int(number) for number in re.findall(r"(\d+)\. \d\d:\d\d-", told)]
        cases = sum(len(many.stops[number - 1].cases) for number in here)
        assert told.count("Công dân ký") == cases + told.count("Phát sinh"), told
        assert len(paper.seen(page)) == cases, "each has its code"
        begun += here
        walk_ins += told.count("Phát sinh")
    assert begun == list(range(1, 31))
    assert walk_ins == WALK_INS
