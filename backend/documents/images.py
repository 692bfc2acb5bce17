"""From a hostile picture to a clean one: sniffed, bounded, decoded, upright, rebuilt from its pixels alone.

Runs only inside the capped worker: nothing else opens an original.
"""

import io
import warnings
from typing import NamedTuple

from PIL import ExifTags, Image, UnidentifiedImageError

from backend.documents.model import BadReason

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 65_500
"""Of a JPEG; libjpeg's own limit."""
QUALITY = 85
"""Of the clean master, chroma halved. Phones send WebP .6, which halves chroma too: finer would store noise."""
DOTS_PER_INCH = 200

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation -> what turns it upright. Real files carry 0 and worse: whatever is not here is upright."""


class BadFile(Exception):
    """Bytes that a person has to look at."""

    def __init__(self, reason: BadReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Picture(NamedTuple):
    """A baseline JPEG without any metadata; width and height in pixels."""

    jpeg: bytes
    width: int
    height: int


def kind_of(data: bytes) -> str | None:
    """By its first bytes; a name or a claimed type is never trusted. None for everything not taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    return None


def clean(data: bytes) -> Picture:
    """Raises BadFile; MemoryError when the process may not have that much."""
    if not data:
        raise BadFile(BadReason.EMPTY)
    kind = kind_of(data)
    if kind is None:
        raise BadFile(BadReason.TYPE_NOT_TAKEN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
                return _rebuilt(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadFile(BadReason.TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError) as error:
        raise BadFile(BadReason.DAMAGED) from error


def _rebuilt(opened: Image.Image) -> Picture:
    """Of a file with several pictures (MPO, animations) the first. The cap is checked before anything is decoded."""
    width, height = opened.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise BadFile(BadReason.TOO_MANY_PIXELS)
    opened.load()
    turn = _UPRIGHT.get(_orientation(opened))
    plain = _plain(opened)
    if turn is not None:
        plain = plain.transpose(turn)
    # Only pixels go into the new picture: comments, EXIF, XMP, ICC and positions stay behind.
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    del plain
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return Picture(out.getvalue(), *fresh.size)


def _orientation(opened: Image.Image) -> int:
    try:
        return int(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        # A broken EXIF block is no reason to refuse a page that can be read.
        return 1


def _plain(opened: Image.Image) -> Image.Image:
    """As RGB, or L where there is no colour. Transparent parts become white, as paper is."""
    if opened.mode.startswith("I;16"):
        sixteen = opened.convert("I")
        return sixteen.point(lambda level: level * (1 / 257)).convert("L")  # pyright: ignore[reportUnknownMemberType]
    if opened.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in opened.info:
        seen = opened.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper.convert("L") if opened.mode in ("1", "L", "LA", "La") else paper
    return opened.convert("L" if opened.mode in ("1", "L") else "RGB")
