"""Photographs of paper as a phone makes them: a little askew on a table, uneven light, noise, WebP or JPEG.

Rendering costs more than everything else a phone does, so a few dozen pictures are made once and taken again and again:
sealed, each is other bytes all the same.
"""

import asyncio
import io
from random import Random

import msgspec
from PIL import Image

from backend.simulate.forms import FORMS, rendered
from backend.simulate.naming import dice

PICTURES = 24
WIDTH, HEIGHT = 1050, 1400
_TABLES = ((97, 78, 60), (120, 116, 108), (70, 74, 82), (140, 112, 84))
_ROLL, _TILT, _MARGIN = 0.03, 2.5e-5, 0.05
"""How far a hand is from straight: shear, perspective, and how much of the table is seen around the sheet."""


class Picture(msgspec.Struct, frozen=True):
    """What the phone encoded at capture: this is the original."""

    data: bytes
    media_type: str
    component: str


class Album:
    """The pictures of a run, by kind of paper."""

    def __init__(self, pictures: list[Picture]) -> None:
        self._by_component: dict[str, list[Picture]] = {}
        for picture in pictures:
            self._by_component.setdefault(picture.component, []).append(picture)

    def page(self, component: str, number: int) -> Picture:
        """The same number, the same picture; of what is no paper, any."""
        pictures = self._by_component.get(component) or next(iter(self._by_component.values()))
        return pictures[number % len(pictures)]


async def make_album(seed: int, pictures: int = PICTURES) -> Album:
    """Every kind of paper is there, however few pictures are wanted."""
    wanted = max(pictures, len(FORMS))
    grain = await asyncio.to_thread(_grain)
    return Album(await asyncio.gather(*(asyncio.to_thread(_picture, seed, number, grain) for number in range(wanted))))


def _grain() -> Image.Image:
    return Image.effect_noise((WIDTH, HEIGHT), 40).convert("RGB")


def _picture(seed: int, number: int, grain: Image.Image) -> Picture:
    form = FORMS[number % len(FORMS)]
    hand = dice(seed, "camera", number)
    media_type, data = photographed(rendered(form, number), hand, grain)
    return Picture(data, media_type, form.component)


def photographed(page: bytes, hand: Random, grain: Image.Image) -> tuple[str, bytes]:
    """Media type and bytes of a picture of a sheet (PNG). `grain`: the noise of a sensor, as large as the picture."""
    with Image.open(io.BytesIO(page)) as opened:
        sheet = opened.convert("RGB")
    seen = _held(sheet, hand)
    lit = Image.blend(seen, _light(seen.size, hand), hand.uniform(0.05, 0.15))
    noisy = Image.blend(lit, grain, hand.uniform(0.02, 0.06))
    out = io.BytesIO()
    if hand.random() < 0.5:
        noisy.save(out, "WEBP", quality=60, method=0)
        return "image/webp", out.getvalue()
    noisy.save(out, "JPEG", quality=72)
    return "image/jpeg", out.getvalue()


def _held(sheet: Image.Image, hand: Random) -> Image.Image:
    """Maps each point of the picture to one of the sheet: scale, shift, shear, perspective."""
    across, down = sheet.width / WIDTH, sheet.height / HEIGHT
    larger = 1 + 2 * _MARGIN
    coefficients = (
        across * larger,
        hand.uniform(-_ROLL, _ROLL),
        -sheet.width * _MARGIN,
        hand.uniform(-_ROLL, _ROLL),
        down * larger,
        -sheet.height * _MARGIN,
        hand.uniform(-_TILT, _TILT),
        hand.uniform(-_TILT, _TILT),
    )
    return sheet.transform(
        (WIDTH, HEIGHT),
        Image.Transform.PERSPECTIVE,
        coefficients,
        Image.Resampling.BILINEAR,
        fillcolor=hand.choice(_TABLES),
    )


def _light(size: tuple[int, int], hand: Random) -> Image.Image:
    """Brighter on one side, as under a lamp."""
    gradient = Image.linear_gradient("L").rotate(hand.choice((0, 90, 180, 270)))
    whole = (0.0, 0.0, *map(float, gradient.size))
    return gradient.convert("RGB").transform(size, Image.Transform.EXTENT, whole)
