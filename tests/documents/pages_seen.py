"""Photographs of a page as a phone takes them, made at test time: good ones, and each fault alone."""

import random
from functools import cache
from io import BytesIO

import typst
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from backend.documents.quality_model import WHOLE, Corners, Fault

WIDTH, HEIGHT = 1920, 2560
"""What a phone's camera shows to an app, held upright."""
GOOD = ((900, 600), (9150, 480), (9300, 9300), (760, 9420))
"""A page that lies in the picture a little askew; places as `Corners`."""
FAR = ((3000, 3000), (7000, 2950), (7050, 6900), (2950, 6960))
OUT = ((700, -400), (9300, -350), (9400, 9300), (650, 9350))


@cache
def sheet(number: int = 0) -> Image.Image:
    """A form as citizens fill it, at 250 dots per inch."""
    rows = "\n".join(
        f"  [Mục {row} của tờ khai:], [Nguyễn Thị Huệ, ấp Mỹ Phú, xã Tháp Mười {row + number}]," for row in range(18)
    )
    source = f"""
#set page(paper: "a4", margin: 2cm)
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi")
#align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập – Tự do – Hạnh phúc*]
#grid(columns: (5cm, 1fr), row-gutter: 6mm,
{rows}
)
"""
    with Image.open(BytesIO(typst.compile(source.encode(), format="png", ppi=250, ignore_system_fonts=True))) as page:
        return page.convert("RGB")


def held(page: Image.Image, corners: Corners, light: float = 1.0) -> Image.Image:
    """On a dark table, `light` of full daylight, with the noise of a sensor."""
    pixels = [(x * WIDTH / WHOLE, y * HEIGHT / WHOLE) for x, y in corners]
    sides = [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)]
    paper = page.point([round(level * 0.88 * light) for level in range(256)] * 3)
    maps = _homography(pixels, [(float(x), float(y)) for x, y in sides])
    table = tuple(round(level * light) for level in (92, 76, 60))
    seen = paper.transform(
        (WIDTH, HEIGHT), Image.Transform.PERSPECTIVE, maps, Image.Resampling.BICUBIC, fillcolor=table
    )
    return Image.blend(seen, _grain().point(lambda level: round(level * light)), 0.03)


@cache
def _grain() -> Image.Image:
    """The same in every run."""
    chance = random.Random(7)
    small = Image.frombytes("RGB", (WIDTH // 2, HEIGHT // 2), chance.randbytes(WIDTH * HEIGHT // 4 * 3))
    return small.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)


def _homography(seen: list[tuple[float, float]], sides: list[tuple[float, float]]) -> list[float]:
    """The eight numbers by which Pillow finds, for a point of the picture, the point of the sheet."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, sides, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                factor = rows[row][column]
                rows[row] = [one - factor * other for one, other in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


def moved(picture: Image.Image, pixels: int, *, down: bool) -> Image.Image:
    """The hand moved while the shutter was open."""
    return picture.filter(ImageFilter.BoxBlur((0, pixels / 2) if down else (pixels / 2, 0)))


def burnt(picture: Image.Image, radius: int) -> Image.Image:
    """A lamp or the sun mirrored in the paper."""
    spot = Image.new("L", picture.size, 0)
    middle = picture.width * 0.55, picture.height * 0.4
    ImageDraw.Draw(spot).ellipse(
        (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius), fill=255
    )
    soft = spot.filter(ImageFilter.GaussianBlur(radius / 4))
    return ImageChops.lighter(picture, Image.merge("RGB", (soft, soft, soft)))


def every_kind() -> dict[str, tuple[Image.Image, Corners, set[Fault]]]:
    """By name: the picture, where the page is, and what is bad about it."""
    good = held(sheet(), GOOD)
    return {
        "good": (good, GOOD, set()),
        "another good one": (held(sheet(1), GOOD, light=0.8), GOOD, set()),
        "out of focus": (good.filter(ImageFilter.GaussianBlur(5)), GOOD, {Fault.BLURRED}),
        "moved across": (moved(good, 18, down=False), GOOD, {Fault.BLURRED}),
        "moved down": (moved(good, 18, down=True), GOOD, {Fault.BLURRED}),
        "in the dark": (held(sheet(), GOOD, light=0.25), GOOD, {Fault.DARK}),
        "under a lamp": (burnt(good, 160), GOOD, {Fault.GLARE}),
        "cut off": (held(sheet(), OUT), OUT, {Fault.CUT_OFF}),
        "from far away": (held(sheet(), FAR), FAR, {Fault.TOO_SMALL}),
    }
