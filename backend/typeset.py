"""Paper by typst: PDF/A-2b in the fonts that come with it and no other.

What is on a sheet stands in the bytes that leave, and in a temporary folder for as long as typst reads it.
"""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import typst

from backend.clock import VIETNAM

FONTS = ("Libertinus Serif", "DejaVu Sans Mono")
"""They come with typst; both have every Vietnamese letter. Another would be put in their place without a word."""


class FontMissing(RuntimeError):
    """A font that the sheets are set in does not come with this typst."""


@cache
def _fonts() -> typst.Fonts:
    found = typst.Fonts(include_system_fonts=False)
    if missing := set(FONTS) - set(found.families()):
        raise FontMissing(f"typst has no {', '.join(sorted(missing))}")
    return found


def pdf(source: str, files: Mapping[str, bytes], **inputs: str) -> bytes:
    """`files`: what the source names, beside it. `inputs`: what it reads from `sys.inputs`. The same makes the same
    bytes. Blocking: some ms a page.

    Raises FontMissing.
    """
    known = _fonts()
    with tempfile.TemporaryDirectory(prefix="tannha-sheet-") as place:
        folder = Path(place)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        main = folder / "main.typ"
        main.write_text(source, encoding="utf-8")
        return typst.compile(
            main,
            root=folder,
            format="pdf",
            font_paths=known,
            ignore_system_fonts=True,
            pdf_standards="a-2b",
            sys_inputs=inputs,
        )


def filled(
    template: Path, told: Mapping[str, Any], drawings: Mapping[str, str], *, at: datetime, **inputs: str
) -> bytes:
    """A sheet whose template reads all that stands on it from one JSON of its own name; in it `dated` is the day of
    `at`, as typst's `datetime` takes it. `drawings`: SVG, by name of the file. Raises FontMissing."""
    day = at.astimezone(VIETNAM)
    dated = {"year": day.year, "month": day.month, "day": day.day}
    files = {name: drawing.encode() for name, drawing in drawings.items()}
    files[f"{template.stem}.json"] = msgspec.json.encode({**told, "dated": dated})
    return pdf(template.read_text(encoding="utf-8"), files, **inputs)
