"""Whether the photograph of a page is good: where the page lies in it, what is measured, and from where on it is bad.

Pure. What is measured stands in `quality.json`, once for the centre and the phone.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import isqrt
from pathlib import Path
from typing import NamedTuple

import msgspec

WHOLE = 10_000
"""A corner's place is in 10,000ths of the picture's width and height."""

Corner = tuple[int, int]
Corners = Sequence[Corner]
"""Top left, top right, bottom right, bottom left, as the page is seen."""


class Fault(StrEnum):
    CUT_OFF = "cut_off"
    TOO_SMALL = "too_small"
    DARK = "dark"
    BLURRED = "blurred"
    GLARE = "glare"


class Working(msgspec.Struct, frozen=True):
    longest: int
    every: int
    cell: int
    inset: int


class Edges(msgspec.Struct, frozen=True):
    step: int
    swing: int
    reach: int
    against: int
    percentile: int
    least: int


class Paper(msgspec.Struct, frozen=True):
    percentile: int


class White(msgspec.Struct, frozen=True):
    white: int
    over_paper: int


class Gate(msgspec.Struct, frozen=True):
    """What is measured is bad (doubtful) below a bound, or from one on."""

    fault: Fault
    measure: str
    bad_below: int | None = None
    doubtful_below: int | None = None
    bad_from: int | None = None
    doubtful_from: int | None = None
    unless_fills: int | None = None


class Quality(msgspec.Struct, frozen=True):
    """`quality.json`, where each part is described."""

    about: str
    working: Working
    measures: dict[str, str]
    unless: str
    edges: Edges
    paper: Paper
    glare: White
    gates: list[Gate]


QUALITY = msgspec.json.decode((Path(__file__).parent / "quality.json").read_bytes(), type=Quality)


class Frame(NamedTuple):
    """Where the page lies in the picture, and how it is brought to its working size. `box`: left, top, right, bottom in
    pixels. `quad`: the corners in pixels of the working picture; None where nobody knows them."""

    long_side: int
    fills: int
    margin: int | None
    box: tuple[int, int, int, int]
    size: tuple[int, int]
    quad: tuple[Corner, ...] | None


class Measures(msgspec.Struct, frozen=True):
    long_side: int
    fills: int
    margin: int | None
    paper: int
    sharpness: int | None
    glare: int


class Verdict(msgspec.Struct, frozen=True):
    bad: list[Fault]
    doubtful: list[Fault]


def framed(width: int, height: int, corners: Corners | None) -> Frame:
    if corners is None:
        return _brought(max(width, height), WHOLE, None, (0, 0, width, height), None)
    points = [(x * width, y * height) for x, y in corners]
    sides = [_distance(points[at], points[(at + 1) % 4]) for at in range(4)]
    long_side = max(sides[0] + sides[2], sides[1] + sides[3]) // (2 * WHOLE)
    rims = [rim for x, y in points for rim in (x, width * WHOLE - x, y, height * WHOLE - y)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (
        max(0, min(xs) // WHOLE),
        max(0, min(ys) // WHOLE),
        min(width, -(-max(xs) // WHOLE)),
        min(height, -(-max(ys) // WHOLE)),
    )
    fills = max(max(places) - min(places) for places in zip(*corners, strict=True))
    return _brought(long_side, fills, min(rims) // max(width, height), box, points)


def _brought(
    long_side: int, fills: int, margin: int | None, box: tuple[int, int, int, int], points: Sequence[Corner] | None
) -> Frame:
    """Only ever smaller: what was not seen is not invented."""
    left, top, right, bottom = box
    across, down = max(1, right - left), max(1, bottom - top)
    of = max(long_side, QUALITY.working.longest)
    longest, least = QUALITY.working.longest, QUALITY.working.cell
    size = max(least, across * longest // of), max(least, down * longest // of)
    quad = None
    if points is not None:
        quad = tuple(
            ((x - left * WHOLE) * size[0] // (across * WHOLE), (y - top * WHOLE) * size[1] // (down * WHOLE))
            for x, y in points
        )
    return Frame(long_side, fills, margin, box, size, quad)


def _distance(one: Corner, other: Corner) -> int:
    return isqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)


def verdict(measures: Measures) -> Verdict:
    bad: list[Fault] = []
    doubtful: list[Fault] = []
    for gate in QUALITY.gates:
        value: int | None = getattr(measures, gate.measure)
        if value is None:
            continue
        spared = gate.unless_fills is not None and measures.fills >= gate.unless_fills
        if _crosses(value, gate.bad_below, gate.bad_from) and not spared:
            bad.append(gate.fault)
        elif _crosses(value, gate.doubtful_below, gate.doubtful_from):
            doubtful.append(gate.fault)
    return Verdict(bad, doubtful)


def _crosses(value: int, below: int | None, start: int | None) -> bool:
    return (below is not None and value < below) or (start is not None and value >= start)
