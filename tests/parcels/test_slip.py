"""Phiếu gửi hồ sơ on paper: every paper counted, what is missing named, no day promised."""

from datetime import UTC, datetime

from msgspec.structs import replace

from backend.parcels.slip import Slip, SlipLine, slip_sheet
from tests.paper import text, texts

AT = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
TRACKING = "https://tannha.dongthap.gov.vn/t/ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SLIP = Slip(
    post="Bưu điện xã Mỹ Hiệp",
    owner="Nguyễn Thị Huệ",
    procedure="Cấp bản sao trích lục hộ tịch",
    dossier_code="H20.12-261123-0007",
    taken_at="16 giờ 20 phút, ngày 23/11/2026",
    place="Tại nhà",
    courier="Nguyễn Thị Lan",
    parcel="nhãn 00412, EA 000 000 412 VN, niêm phong NP-0412",
    lines=[
        SlipLine(name="Tờ khai", form="Bản chính", originals=1, copies=0, condition="Nguyên vẹn"),
        SlipLine(name="Giấy chứng sinh", form="Bản sao chứng thực", originals=0, copies=2, condition="Rách"),
    ],
    missing=[],
    signed="Đã ký trên máy lúc 16 giờ 25 phút",
    taken_by="Nguyễn Thị Lan",
)


def test_every_paper_stands_there_with_its_counts_and_condition() -> None:
    told = text(slip_sheet(SLIP, tracking=TRACKING, at=AT))
    for said in ("PHIẾU GỬI HỒ SƠ", SLIP.owner, "Tờ khai Bản chính 1 0 Nguyên vẹn", "Cộng 2 giấy tờ 1 2", "NP-0412"):
        assert said is not None
        assert said in told, told
    assert "Còn thiếu" not in told


def test_no_day_is_promised_and_what_is_missing_is_named() -> None:
    told = text(slip_sheet(replace(SLIP, missing=["Giấy chứng nhận kết hôn"]), tracking=TRACKING, at=AT))
    assert "Còn thiếu: Giấy chứng nhận kết hôn. Công dân đã biết và đề nghị vẫn gửi." in told
    assert "chỉ là dự kiến" in told
    assert "hẹn trả ngày" not in told


def test_the_same_slip_makes_the_same_bytes() -> None:
    assert slip_sheet(SLIP, tracking=TRACKING, at=AT) == slip_sheet(SLIP, tracking=TRACKING, at=AT)


def test_many_papers_go_on_over_several_pages() -> None:
    pdf = slip_sheet(replace(SLIP, lines=list(SLIP.lines) * 40), tracking=TRACKING, at=AT)
    told = texts(pdf)
    assert [page.partition("Trang ")[2] for page in told] == [f"{n} / {len(told)}" for n in range(1, len(told) + 1)]
    assert sum(page.count("Giấy chứng sinh Bản sao chứng thực") for page in told) == 40
    assert sum(page.count("Tờ khai Bản chính") for page in told) == 40
    assert "Cộng 80 giấy tờ" in told[-1]
