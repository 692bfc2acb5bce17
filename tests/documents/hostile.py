"""Files that somebody might send to harm us, made on the spot."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import PIL.Image as Images
from PIL import PngImagePlugin

from tests.documents.builders import a_picture, encoded

HTML = b"<script>alert(1)</script>"


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width: int, height: int, rows: int = 64, depth: int = 8, colour: int = 2) -> bytes:
    """A header that promises more pixels than the few rows that follow."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    pixels = zlib.compress(bytes(rows * (1 + min(width, 4000) * 3)))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")


def a_true_bomb(side: int) -> bytes:
    """All its pixels are really there, in a few kB."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer, row = zlib.compressobj(9), bytes(1 + (side + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded(a_picture()))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_claiming(width: int, height: int) -> bytes:
    """VP8X with a canvas larger than its picture."""
    picture = encoded(a_picture(), "WEBP", quality=60)[12:]
    canvas = bytes([0x10, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + canvas + picture
    return b"RIFF" + struct.pack("<I", len(body)) + body


def png_text_bomb() -> bytes:
    text = png_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(200_000_000), 9))
    plain = encoded(a_picture(), "PNG")
    return plain[:33] + text + plain[33:]


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/cron.d/x", "* * * * * root id")
    return out.getvalue()


def must_be_refused() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of what no clean master may come from."""
    jpeg, png, webp = encoded(a_picture()), encoded(a_picture(), "PNG"), encoded(a_picture(), "WEBP")
    yield "nothing", b""
    yield "one byte", b"\xff"
    yield "zeros", bytes(5000)
    yield "text", b"xin chao"
    yield "html", HTML
    yield "svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield "pdf", b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"
    yield "postscript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file"
    yield "heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(4000)
    yield "avif", b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + bytes(4000)
    yield "zip", a_zip()
    yield "zip bomb name", b"PK\x03\x04" + bytes(2000)
    yield "elf", b"\x7fELF" + bytes(2000)
    for kind in ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "JPEG2000", "DDS", "PCX", "SGI", "ICNS", "MSP"):
        yield kind, encoded(a_picture(64, 64, "1" if kind == "MSP" else "RGB"), kind)
    for side in (30_000, 10_000, 7_100):
        yield f"png of {side}²", png_claiming(side, side)
        yield f"jpeg of {side}²", jpeg_claiming(side, side)
    yield "true bomb of 900 Mpx", a_true_bomb(30_000)
    yield "true bomb of 60 Mpx", a_true_bomb(7_750)
    yield "jpeg one pixel high", jpeg_claiming(65_535, 1) + bytes(100)
    yield "png of 2^31", png_claiming(2**31 - 1, 2**31 - 1)
    yield "png of no width", png_claiming(0, 100)
    yield "webp canvas of 16383²", webp_claiming(16_383, 16_383)
    yield "webp canvas of 2^24", webp_claiming(2**24, 2**24)
    yield "png text bomb", png_text_bomb()
    for kind, data in (("jpeg", jpeg), ("png", png), ("webp", webp)):
        for part in (4, 8, 12, 20, 40, len(data) // 2, len(data) - 30):
            yield f"{kind} cut at {part}", data[:part]
        yield f"{kind} magic on garbage", data[:12] + HTML * 100
    broken = bytearray(png)
    broken[len(png) // 2] ^= 0xFF
    yield "png with a wrong checksum", bytes(broken)
    yield "riff of another kind", b"RIFF" + struct.pack("<I", 100) + b"WAVE" + bytes(100)
    yield "jpeg without tables", jpeg[:2] + jpeg[jpeg.index(b"\xff\xc0") :]
    yield "deep json", b"[" * 100_000
    yield "endless json", b'{"a":' + b"9" * 2_000_000


def must_be_cleaned() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of what holds a picture, and something that must not come out."""
    jpeg, png, webp = encoded(a_picture()), encoded(a_picture(), "PNG"), encoded(a_picture(), "WEBP", quality=80)
    yield "jpeg with html behind", jpeg + HTML
    yield "png with a zip behind", png + a_zip()
    yield "webp with html behind", webp + HTML
    yield "jpeg with a comment", encoded(a_picture(), comment=HTML)
    yield "jpeg with a colour profile", encoded(a_picture(), icc_profile=HTML * 50)
    exif = Images.Exif()
    exif[0x010E], exif[0x0112] = "<script>", 1
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 30.0, 0.0), 3: "E", 4: (105.0, 50.0, 0.0)})
    for kind in ("JPEG", "PNG", "WEBP"):
        yield f"{kind} with a position", encoded(a_picture(), kind, exif=exif)
    yield "jpeg with xmp", encoded(a_picture(), xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + HTML + b"</x:xmpmeta>")
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", HTML.decode())
    notes.add_itxt("XML:com.adobe.xmp", HTML.decode())
    yield "png with text", encoded(a_picture(), "PNG", pnginfo=notes)
    frames = [a_picture(320, 240), Images.new("RGB", (320, 240), "black")]
    yield "animated webp", encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], quality=90)
    yield "animated png", encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    yield "several pictures in a jpeg", encoded(frames[0], "MPO", save_all=True, append_images=frames[1:])
    for mode in ("L", "1", "P", "LA", "RGBA"):
        yield f"png {mode}", encoded(a_picture(mode=mode), "PNG")
    sixteen = b"".join((shade * 257).to_bytes(2, "little") for shade in a_picture(mode="L").tobytes())
    yield "png of 16 bits", encoded(Images.frombytes("I;16", (320, 240), sixteen), "PNG")
    for mode in ("L", "CMYK"):
        yield f"jpeg {mode}", encoded(a_picture(mode=mode))
    yield "progressive jpeg", encoded(a_picture(), progressive=True)
    broken = bytearray(encoded(a_picture(), exif=exif))
    at = broken.index(b"Exif\x00\x00") + 14
    broken[at : at + 30] = b"\xff" * 30
    yield "jpeg with broken exif", bytes(broken)
