"""Paper as a printer gives it and a phone sees it: drawn in its own size, worn, read by a reader that is not ours."""

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image, ImageFilter

DPI = 300
MM = DPI / 25.4
"""Dots."""
Code = tuple[str, str]
"""Its kind, and what it says."""
WORN = ("fresh", "blurred", "out of focus", "tilted", "dim", "copied")
_FORMATS = zxingcpp.barcode_formats_from_str("QRCode|Code128")
_THIN = 3
"""Points: what is no thicker is a line."""
_AIR = 0.5
"""Points that lines of text keep apart, so that a printer's dots do not fill them."""
_BESIDE = 3
"""Letters that follow each other so closely stand on one line, where some reach under others."""


def pages(pdf: bytes) -> list[Image.Image]:
    return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def texts(pdf: bytes) -> list[str]:
    """Of each page, in one line."""
    read = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return [" ".join(told.split()) for told in read]


def text(pdf: bytes) -> str:
    """Of all pages, in one line."""
    return " ".join(texts(pdf))


def worn(picture: Image.Image, how: str) -> Image.Image:
    """As a phone sees it in a kitchen at dusk, or a copy of a copy."""
    match how:
        case "blurred":
            return picture.filter(ImageFilter.GaussianBlur(0.1 * MM))
        case "out of focus":
            return picture.filter(ImageFilter.GaussianBlur(0.19 * MM))
        case "tilted":
            return picture.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
        case "dim":
            return picture.point(lambda value: 40 + value * 0.25)
        case "copied":
            size = (picture.width * 2 // 3, picture.height * 2 // 3)
            small = picture.resize(size, Image.Resampling.BILINEAR)
            return small.filter(ImageFilter.GaussianBlur(0.6)).point(lambda value: 60 + value * 0.6)
        case _:
            return picture


def seen(picture: Image.Image) -> list[Code]:
    return sorted((code.format.name, code.text) for code in zxingcpp.read_barcodes(picture, formats=_FORMATS))


def legible(codes: list[Code], how: str) -> list[Code]:
    """Out of focus the bars of Code 128 run together, and its number is read by eye."""
    return sorted(code for code in codes if how != "out of focus" or code[0] == "QRCode")


def widths(picture: Image.Image) -> dict[str, float]:
    """Of each QR code, in millimetres, without its quiet zone."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return {code.text: (code.position.top_right.x - code.position.top_left.x) / MM for code in found}


def clashes(pdf: bytes) -> list[str]:
    """Letters that reach into letters of another line, into a line, or over the edge of the paper; empty pages."""
    found: list[str] = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        if not (letters := _letters(page)):
            found.append(f"page {number}: no letter")
        width, height = page.get_size()
        for place, (_, box) in letters.items():
            if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
                found.append(f"page {number}: {_about(letters, place)} over the edge")
            if any(_meet(box, line) for line in _lines(page)):
                found.append(f"page {number}: {_about(letters, place)} on a line")
        ordered = sorted(letters, key=lambda place: letters[place][1][1])
        for one, place in enumerate(ordered):
            for other in ordered[one + 1 :]:
                if letters[other][1][1] >= letters[place][1][3] + _AIR:
                    break
                if abs(place - other) > _BESIDE and _meet(letters[place][1], letters[other][1], _AIR):
                    found.append(f"page {number}: {_about(letters, place)} in {_about(letters, other)}")
    return found


Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


def _letters(page: pypdfium2.PdfPage) -> dict[int, tuple[str, Box]]:
    """As far as their ink goes."""
    text = page.get_textpage()
    told = {place: (text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())}
    return {place: (letter, box) for place, (letter, box) in told.items() if letter.strip()}


def _lines(page: pypdfium2.PdfPage) -> list[Box]:
    drawn = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1)
    boxes = [one.get_bounds() for one in drawn]
    return [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) <= _THIN]


def _meet(one: Box, other: Box, apart: float = 0) -> bool:
    """`apart`: upwards."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] + apart and other[1] < one[3] + apart


def _about(letters: dict[int, tuple[str, Box]], place: int) -> str:
    """A letter with its neighbours."""
    return "".join(letters[near][0] if near in letters else " " for near in range(place - 6, place + 7))
