"""The quality of a photographed page has two engines, the centre's and the phone's: both measure and judge alike."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageFilter, ImageOps

from backend.documents.quality import measured, working_picture
from backend.documents.quality_model import (
    WHOLE,
    Corners,
    Fault,
    Measures,
    Verdict,
    framed,
    verdict,
)
from tests.courier_api.asking import answers
from tests.documents.pages_seen import every_kind, moved
from tests.shared_data import shared

LEAST_LONG_SIDE = 1754
"""A4 at 150 dots per inch."""
BLURRED_BY = 5 / 4032
"""Out of focus beyond doubt: documents.md's five pixels of twelve million."""


class Seen:
    """A picture that both engines judge: the centre here, the phone from a file with the same working picture."""

    def __init__(self, picture: Image.Image, corners: Corners | None, folder: Path, name: str) -> None:
        self.name = name
        self.where = framed(picture.width, picture.height, corners)
        page = working_picture(picture, self.where)
        self.measures = measured(page, self.where)
        self.verdict = verdict(self.measures)
        file = folder / f"{name}.rgba"
        file.write_bytes(page.convert("RGBA").tobytes())
        self.question: dict[str, Any] = {
            "ask": "page",
            "file": str(file),
            "width": picture.width,
            "height": picture.height,
            "corners": corners,
        }


def by_the_phone(seen: list[Seen]) -> list[tuple[list[int], Measures, Verdict]]:
    said = answers(one.question for one in seen)
    return [
        (
            one["size"],
            msgspec.convert(one["measures"], Measures),
            msgspec.convert(one["verdict"], Verdict),
        )
        for one in said
    ]


def alike(seen: list[Seen]) -> None:
    for one, (size, measures, judged) in zip(seen, by_the_phone(seen), strict=True):
        assert tuple(size) == one.where.size, one.name
        assert measures == one.measures, one.name
        assert judged == one.verdict, one.name


def test_each_fault_is_seen_alone_and_a_good_page_has_none(tmp_path: Path) -> None:
    expected = {name: bad for name, (_, _, bad) in every_kind().items()}
    seen = [Seen(picture, corners, tmp_path, name) for name, (picture, corners, _) in every_kind().items()]
    assert {one.name: set(one.verdict.bad) for one in seen} == expected
    alike(seen)


def real(corners: bool = True) -> list[tuple[str, Image.Image, Corners | None]]:
    found: list[tuple[str, Image.Image, Corners | None]] = []
    for entry in json.loads(shared("photos", "index.json").read_text()):
        with Image.open(shared("photos", entry["file"])) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
        known = entry["corners_tl_tr_br_bl"] if corners else None
        placed = [(round(x * WHOLE), round(y * WHOLE)) for x, y in known] if known else None
        found.append((entry["file"], picture, placed))
    return found


def test_photographs_of_real_documents_are_sharp_bright_and_whole(tmp_path: Path) -> None:
    """Those with few pixels are too small, and nothing else is wrong with any."""
    seen = [Seen(picture, corners, tmp_path, name) for name, picture, corners in real()]
    for one in seen:
        assert set(one.verdict.bad) <= {Fault.TOO_SMALL}, one.name
        small = one.where.long_side < LEAST_LONG_SIDE
        assert not small or Fault.TOO_SMALL in [*one.verdict.bad, *one.verdict.doubtful], one.name
    assert sum(one.verdict.bad == [] for one in seen) >= 10
    alike(seen)


def test_real_documents_out_of_focus_or_moved_are_seen_to_be_blurred(tmp_path: Path) -> None:
    seen: list[Seen] = []
    for name, picture, corners in real():
        longest = max(picture.size)
        if framed(*picture.size, corners).long_side < LEAST_LONG_SIDE:
            continue
        seen.append(
            Seen(picture.filter(ImageFilter.GaussianBlur(longest * BLURRED_BY)), corners, tmp_path, f"{name} blurred")
        )
        for down in (False, True):
            moving = moved(picture, longest * 24 // 4032, down=down)
            seen.append(Seen(moving, corners, tmp_path, f"{name} moved {'down' if down else 'across'}"))
    assert len(seen) >= 30
    assert [one.name for one in seen if Fault.BLURRED not in one.verdict.bad] == []
    alike(seen)


@pytest.mark.parametrize(
    "corners",
    [
        None,
        ((0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)),
        ((5000, 5000), (5001, 5000), (5001, 5001), (5000, 5001)),
        ((-2000, -2000), (12_000, -1500), (12_500, 13_000), (-1, 11_000)),
        ((9000, 9000), (1000, 9000), (1000, 1000), (9000, 1000)),
    ],
)
def test_corners_that_make_little_sense_are_judged_alike(corners: Corners | None, tmp_path: Path) -> None:
    alike([Seen(every_kind()["good"][0].resize((431, 807)), corners, tmp_path, "odd")])
