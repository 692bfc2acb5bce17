"""Measures the photograph of a page: is it blurred, dark, burnt out? Pure: a picture in, whole numbers out.

The phone has the same engine (`courier_api/pwa/src/documents`): the same working picture has the same
measures in both.
"""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageMath

from backend.documents.quality_model import QUALITY, WHOLE, Corner, Corners, Frame, Measures, Verdict, framed, verdict


def judged(picture: Image.Image, corners: Corners | None) -> tuple[Measures, Verdict]:
    """`picture`: RGB, upright."""
    where = framed(picture.width, picture.height, corners)
    measures = measured(working_picture(picture, where), where)
    return measures, verdict(measures)


def working_picture(picture: Image.Image, where: Frame) -> Image.Image:
    """The page and what is around it in its box."""
    return _resized(picture, where.size, Image.Resampling.BOX, where.box)


def measured(page: Image.Image, where: Frame) -> Measures:
    """`page`: the working picture, RGB, of the size of `where`."""
    cell = QUALITY.working.cell
    across, down = page.width // cell, page.height // cell
    page = page.crop((0, 0, across * cell, down * cell))
    grey = page.convert("L")
    inside = _inside(across, down, where.quad)
    paper = _percentile(_lattice(grey, cell, 2, 2).histogram(inside), QUALITY.paper.percentile) or 0
    whole = _resized(inside, page.size, Image.Resampling.NEAREST, (0, 0, across, down))
    found = [
        _sharpness(grey, whole, paper),
        _sharpness(grey.transpose(Image.Transpose.TRANSPOSE), whole.transpose(Image.Transpose.TRANSPOSE), paper),
    ]
    sharpness = min((one for one in found if one is not None), default=None)
    return Measures(where.long_side, where.fills, where.margin, paper, sharpness, _glare(page, inside, paper))


def _resized(
    picture: Image.Image, size: tuple[int, int], how: Image.Resampling, box: tuple[int, int, int, int]
) -> Image.Image:
    return picture.resize(size, how, box)  # pyright: ignore[reportUnknownMemberType]


def _from(lowest: int, picture: Image.Image) -> Image.Image:
    """255 where a pixel is at least so bright."""
    levels = [0] * lowest + [255] * (256 - lowest)
    return picture.point(levels)  # pyright: ignore[reportUnknownMemberType]


def _percentile(histogram: Sequence[int], share: int) -> int | None:
    """The least level that so many per cent do not pass; None of nothing."""
    of, seen = sum(histogram), 0
    for level, count in enumerate(histogram):
        seen += count
        if of and seen * 100 >= of * share:
            return level
    return None


def _lattice(picture: Image.Image, step: int, x: int, y: int) -> Image.Image:
    """Every `step`th pixel of both ways, from (x, y) on."""
    size = picture.width // step, picture.height // step
    return picture.transform(
        size,
        Image.Transform.AFFINE,
        (step, 0, x + 0.5 - step / 2, 0, step, y + 0.5 - step / 2),
        Image.Resampling.NEAREST,
    )


def _inside(across: int, down: int, quad: Sequence[Corner] | None) -> Image.Image:
    """A picture of cells: 255 where a cell lies in the page, a little away from its edges."""
    if quad is None:
        return Image.new("L", (across, down), 255)
    cell, inset = QUALITY.working.cell, QUALITY.working.inset
    rows = bytearray(across * down)
    for row in range(down):
        y = row * cell + cell // 2
        spans = [_span(quad, at) for at in (y - inset, y, y + inset)]
        if None in spans:
            continue
        left = max(span[0] for span in spans if span) + inset
        right = min(span[1] for span in spans if span) - inset
        # A cell's middle counts.
        first = max(0, -(-(left - cell // 2) // cell))
        last = min(across - 1, (right - cell // 2) // cell)
        if last >= first:
            rows[row * across + first : row * across + last + 1] = b"\xff" * (last - first + 1)
    return Image.frombytes("L", (across, down), bytes(rows))


def _span(quad: Sequence[Corner], y: int) -> tuple[int, int] | None:
    """From where to where a row of pixels lies in the page; None where it does not."""
    crossings: list[int] = []
    for at in range(4):
        (x0, y0), (x1, y1) = quad[at], quad[(at + 1) % 4]
        if (y0 <= y) != (y1 <= y):
            crossings.append(x0 + (y - y0) * (x1 - x0) // (y1 - y0))
    return (min(crossings), max(crossings)) if crossings else None


def _sharpness(grey: Image.Image, inside: Image.Image, paper: int) -> int | None:
    """Of edges met on the way across: the steepest step of each, against the swing around it."""
    edges, every = QUALITY.edges, QUALITY.working.every
    rows, within = _every_row(grey, every), _every_row(inside, every)
    rim = edges.reach + 1
    wide = rows.width - 2 * rim
    if wide < 1 or rows.height < 1:
        return None

    def at(offset: int) -> Image.Image:
        return rows.crop((rim + offset, 0, rim + offset + wide, rows.height))

    most = least = at(0)
    for offset in range(-edges.reach, edges.reach + 1):
        most, least = ImageChops.lighter(most, at(offset)), ImageChops.darker(least, at(offset))
    swing = ImageChops.subtract(most, least)
    step = ImageChops.difference(at(1), at(-1))
    beside = ImageChops.lighter(ImageChops.difference(at(0), at(-2)), ImageChops.difference(at(2), at(0)))
    least_step = max(1, edges.step * paper // edges.against)
    least_swing = max(1, edges.swing * paper // edges.against)
    counts = within.crop((rim, 0, rim + wide, rows.height))
    steepest = ImageChops.invert(_from(1, ImageChops.subtract(beside, step)))
    for mark in (_from(least_step, step), _from(least_swing, swing), steepest):
        counts = ImageChops.darker(counts, mark)
    steepness = ImageMath.lambda_eval(
        lambda args: args["convert"](args["step"] * 250 / args["max"](args["swing"], 1), "L"),
        step=step.convert("I"),
        swing=swing.convert("I"),
    )
    histogram = steepness.histogram(counts)
    return _percentile(histogram, edges.percentile) if sum(histogram) >= edges.least else None


def _every_row(picture: Image.Image, every: int) -> Image.Image:
    """The middle one of each `every` rows."""
    size = picture.width, picture.height // every
    return picture.transform(
        size, Image.Transform.AFFINE, (1, 0, 0, 0, every, every // 2 + 0.5 - every / 2), Image.Resampling.NEAREST
    )


def _glare(page: Image.Image, inside: Image.Image, paper: int) -> int:
    """A cell is burnt out where its darkest pixel's darkest colour is white."""
    cell, white = QUALITY.working.cell, QUALITY.glare
    red, green, blue = page.split()
    low = ImageChops.darker(ImageChops.darker(red, green), blue)
    darkest = None
    for y in range(cell):
        for x in range(cell):
            part = _lattice(low, cell, x, y)
            darkest = part if darkest is None else ImageChops.darker(darkest, part)
    assert darkest is not None
    least = max(white.white, paper + white.over_paper)
    if least > 255:
        return 0
    burnt = ImageChops.darker(inside, _from(least, darkest))
    of = inside.histogram()[255]
    return _largest(bytearray(burnt.tobytes()), burnt.width) * WHOLE // max(1, of)


def _largest(burnt: bytearray, across: int) -> int:
    """Cells of the largest spot; those that meet at a corner only are two."""
    most, start = 0, burnt.find(255)
    while start >= 0:
        size, todo = 0, [start]
        burnt[start] = 0
        while todo:
            at = todo.pop()
            size += 1
            for near, there in (
                (at - 1, at % across > 0),
                (at + 1, at % across < across - 1),
                (at - across, True),
                (at + across, True),
            ):
                if there and 0 <= near < len(burnt) and burnt[near]:
                    burnt[near] = 0
                    todo.append(near)
        most, start = max(most, size), burnt.find(255, start)
    return most
