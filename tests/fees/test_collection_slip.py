"""Phiếu thu on paper: number, every charge, the sum in figures and words, and that it is no receipt of the law."""

from datetime import UTC, datetime

from msgspec.structs import replace

from backend.fees.collection_slip import CollectedFor, CollectionSlip, collection_slip_sheet
from backend.parcels.printing import qr_svg
from tests.paper import MM, pages, text, texts

AT = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
TRACKING = qr_svg("https://tannha.dongthap.gov.vn/t/ABCDEFGHIJKLMNOPQRSTUVWXYZ")
SLIP = CollectionSlip(
    number=1207,
    post="Bưu điện xã Mỹ Hiệp",
    owner="Nguyễn Thị Huệ",
    procedure="Cấp bản sao trích lục hộ tịch",
    dossier_code="H20.12-261123-0007",
    collected_at="16 giờ 20 phút, ngày 23/11/2026",
    place="Quầy bưu điện",
    lines=[CollectedFor(name="Lệ phí", amount=8_000), CollectedFor(name="Cước bưu chính", amount=13_000)],
    tendered=50_000,
    change=29_000,
    household=None,
    collected_by="Trần Văn Út",
)


def told(slip: CollectionSlip) -> str:
    return text(collection_slip_sheet(slip, tracking=TRACKING, at=AT)).replace("\u00a0", " ")


def test_every_charge_stands_there_and_the_sum_in_figures_and_words() -> None:
    said = told(SLIP)
    for each in (
        "PHIẾU THU Số 1207",
        "Chủ hồ sơ Nguyễn Thị Huệ",
        "Lệ phí 8.000 đ",
        "Cước bưu chính 13.000 đ",
        "Cộng 21.000 đ",
        "Bằng chữ: Hai mươi mốt nghìn đồng.",
        "Tiền mặt nhận 50.000 đ, thối lại 29.000 đ.",
        "Trần Văn Út",
    ):
        assert each in said, said
    assert "Cả nhà" not in said


def test_it_says_that_it_is_no_receipt_of_the_law() -> None:
    assert "Không phải biên lai. Biên lai thu phí, lệ phí được lập sau và gửi đến ông/bà." in told(SLIP)


def test_what_a_household_paid_at_once_is_named() -> None:
    said = told(replace(SLIP, household=72_000))
    assert "Cả nhà nộp tiền mặt một lần 72.000 đ, mỗi hồ sơ một phiếu thu." in said
    assert "thối lại" not in said, "the notes were given for all slips together"


def test_it_is_a_sheet_of_a5_and_many_charges_go_on_over_several() -> None:
    [sheet] = pages(collection_slip_sheet(SLIP, tracking=TRACKING, at=AT))
    assert [round(side / MM) for side in sheet.size] == [148, 210]
    many = replace(SLIP, lines=list(SLIP.lines) * 20)
    told = texts(collection_slip_sheet(many, tracking=TRACKING, at=AT))
    assert len(told) > 1
    assert sum(page.count("Cước bưu chính") for page in told) == 20
    assert [page.partition("Trang ")[2] for page in told] == [f"{n} / {len(told)}" for n in range(1, len(told) + 1)]


def test_an_owner_whose_name_was_erased_is_left_out() -> None:
    assert "Chủ hồ sơ" not in told(replace(SLIP, owner=None))


def test_the_same_slip_makes_the_same_bytes() -> None:
    first, again = (collection_slip_sheet(SLIP, tracking=TRACKING, at=AT) for _ in range(2))
    assert first == again
