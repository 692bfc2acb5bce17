"""Paper as citizens bring it: Vietnamese forms, set by typst with fonts it carries itself, as PNG at 150 dpi."""

import msgspec
import typst

from backend.simulate.citizens import citizen
from backend.simulate.naming import dice

FONT = "Libertinus Serif"
DOTS_PER_INCH = 150


class Form(msgspec.Struct, frozen=True):
    """A kind of paper. `component`: what the procedure's list calls it. `rows`: question, answer."""

    component: str
    title: str
    rows: tuple[tuple[str, str], ...]


_WHO = (("Họ, chữ đệm, tên người yêu cầu", "{name}"), ("Nơi cư trú", "{address}"), ("Giấy tờ tùy thân", "Số {number}"))
FORMS = (
    Form(
        "to_khai",
        "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
        (*_WHO, ("Quan hệ với người được cấp", "Bản thân"), ("Số lượng bản sao yêu cầu cấp", "{count:02}")),
    ),
    Form("to_khai", "TỜ KHAI ĐĂNG KÝ KHAI SINH", (*_WHO, ("Nơi sinh", "Trạm y tế xã"), ("Quê quán", "Đồng Tháp"))),
    Form(
        "giay_chung_sinh",
        "GIẤY CHỨNG SINH",
        (("Họ và tên mẹ", "{name}"), ("Nơi cư trú", "{address}"), ("Sinh con vào lúc", "{count:02} giờ 30")),
    ),
    Form(
        "don_de_nghi",
        "ĐƠN ĐỀ NGHỊ HƯỞNG TRỢ CẤP XÃ HỘI",
        (*_WHO, ("Số điện thoại", "{phone}"), ("Ý kiến của Trưởng ấp", "Đúng sự thật")),
    ),
    Form("giay_uy_quyen", "GIẤY ỦY QUYỀN", (*_WHO, ("Nội dung ủy quyền", "Nộp hồ sơ và nhận kết quả"))),
    Form(
        "giay_xac_nhan",
        "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        (*_WHO, ("Tình trạng hôn nhân", "Chưa đăng ký kết hôn với ai"), ("Điện thoại", "{phone}")),
    ),
)
COMPONENTS = tuple(dict.fromkeys(form.component for form in FORMS))


class FontMissing(RuntimeError):
    """typst took another font than the one asked for, which it does in silence."""


def rendered(form: Form, number: int) -> bytes:
    """One sheet, filled for an invented citizen: `number` decides who. Raises FontMissing."""
    page, warnings = typst.compile_with_warnings(
        _source(form, number).encode(), format="png", ppi=DOTS_PER_INCH, ignore_system_fonts=True
    )
    if warnings:
        raise FontMissing("; ".join(warning.message for warning in warnings))
    return page


def _source(form: Form, number: int) -> str:
    who = citizen(dice(number, form.title))
    said = {"name": who.owner_name.upper(), "address": who.address, "number": who.owner_number, "phone": who.phone}
    rows = "\n".join(
        f"  [{question}:], [{answer.format(**said, count=number % 9 + 1)}]," for question, answer in form.rows
    )
    return f"""
#set page(paper: "a4", margin: (x: 2.2cm, y: 1.8cm))
#set text(font: "{FONT}", size: 13pt, lang: "vi")
#align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập – Tự do – Hạnh phúc* \\ #line(length: 5cm)]
#v(8mm)
#align(center)[#text(size: 16pt)[*{form.title}*]]
#align(center)[Kính gửi: Ủy ban nhân dân xã]
#v(6mm)
#grid(columns: (7cm, 1fr), row-gutter: 7mm,
{rows}
)
#v(6mm)
Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình.
#v(4mm)
#table(columns: (1cm, 1fr, 3cm, 4cm), [*STT*], [*Tên giấy tờ*], [*Số lượng*], [*Ghi chú*],
  [1], [Bản chính giấy khai sinh], [01], [Xem rồi trả lại], [2], [Tờ khai theo mẫu], [01], [])
#v(1fr)
#align(right)[#block(width: 8cm)[#align(center)[Đồng Tháp, ngày {number % 27 + 1:02} tháng 11 năm 2026 \\
*Người yêu cầu* \\ _(Ký, ghi rõ họ, chữ đệm, tên)_ #v(22mm) {who.owner_name}]]]
"""
