"""Photographs of real documents become clean masters that show the same page."""

import json
from collections.abc import AsyncGenerator

import PIL.Image as Images
import pytest
from PIL import ImageChops, ImageOps, ImageStat

from backend.documents.workbench import Workbench
from tests.documents.builders import decoded, encoded
from tests.documents.test_hostile_files import assert_bare
from tests.shared_data import shared


@pytest.fixture(scope="module")
async def workbench() -> AsyncGenerator[Workbench]:
    made = Workbench()
    yield made
    await made.close()


async def test_every_photograph_is_cleaned_upright_and_shows_the_same_page(workbench: Workbench):
    photographs = [shared("photos", entry["file"]) for entry in json.loads(shared("photos", "index.json").read_text())]
    assert len(photographs) == 20
    for path in photographs:
        original = path.read_bytes()
        outcome = await workbench.open(original, None)
        assert outcome.reason is None, path.name
        assert_bare(outcome.jpeg)
        seen = ImageOps.exif_transpose(decoded(original))
        assert (outcome.width, outcome.height) == seen.size, path.name
        # Looked at from a little further away, as the eye does: what JPEG changes is noise.
        small = (outcome.width // 4, outcome.height // 4)
        before = seen.convert("RGB").resize(small, Images.Resampling.BOX)
        after = decoded(outcome.jpeg).convert("RGB").resize(small, Images.Resampling.BOX)
        difference = ImageStat.Stat(ImageChops.difference(before, after))
        assert max(difference.mean) < 1.5, (path.name, difference.mean)


async def test_what_a_phone_sends_is_cleaned_at_little_loss(workbench: Workbench):
    """2,600 px WebP .6, as the phone encodes it."""
    photograph = decoded(shared("photos", "handwriting-ocr-page08.jpg").read_bytes()).convert("RGB")
    photograph.thumbnail((2600, 2600))
    sent = encoded(photograph, "WEBP", quality=60)
    outcome = await workbench.open(sent, None)
    difference = ImageStat.Stat(ImageChops.difference(decoded(sent).convert("RGB"), decoded(outcome.jpeg)))
    assert max(difference.rms) < 4
    assert len(outcome.jpeg) < 6 * len(sent)
