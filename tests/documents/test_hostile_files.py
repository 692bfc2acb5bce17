"""Whatever is sent, the worker lives, and out comes a clean picture or nothing."""

import asyncio
import contextlib
import hashlib
import os
import random
import signal
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import PIL.Image as Images
import pytest

from backend.documents.images import DOTS_PER_INCH
from backend.documents.model import LARGEST_FILE, BadReason
from backend.documents.workbench import Workbench
from backend.documents.worker import MEMORY
from tests.documents.builders import a_picture, decoded, encoded
from tests.documents.hostile import HTML, must_be_cleaned, must_be_refused, png_claiming


@pytest.fixture(scope="module")
async def workbench() -> AsyncGenerator[Workbench]:
    made = Workbench(files_per_worker=10_000)
    yield made
    await made.close()


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG before its pixels."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def assert_bare(jpeg: bytes) -> None:
    """Nothing but pixels and what it takes to decode them: JFIF (resolution), tables, frame."""
    assert set(segments(jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4}, segments(jpeg)
    picture = decoded(jpeg)
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert picture.info["dpi"] == (DOTS_PER_INCH, DOTS_PER_INCH)
    assert len(picture.getexif()) == 0
    assert jpeg.endswith(b"\xff\xd9")
    assert HTML not in jpeg


async def test_what_is_no_picture_is_refused_and_the_worker_lives(workbench: Workbench):
    await workbench.open(encoded(a_picture()), None)
    process, hostile = workbench.process_id, list(must_be_refused())
    assert len(hostile) == 68
    for name, data in hostile:
        outcome = await workbench.open(data, None)
        assert outcome.reason is not None, name
        assert outcome.jpeg == b"", name
        assert outcome.reason not in (BadReason.WORKER_DIED, BadReason.TOO_SLOW, BadReason.TOO_MUCH_MEMORY), name
        assert outcome.plain_sha256 == hashlib.sha256(data).digest(), name
    assert workbench.process_id == process


async def test_what_holds_a_picture_comes_out_with_its_pixels_alone(workbench: Workbench):
    await workbench.open(encoded(a_picture()), None)
    process, hiding = workbench.process_id, list(must_be_cleaned())
    assert len(hiding) == 23
    for name, data in hiding:
        outcome = await workbench.open(data, None)
        assert outcome.reason is None, name
        assert_bare(outcome.jpeg)
        picture = decoded(outcome.jpeg).convert("L")
        assert (outcome.width, outcome.height) == picture.size == (320, 240), name
        assert picture.getpixel((160, 120)) > 225, name
        assert picture.getpixel((20, 20)) < 140, name
        assert picture.getpixel((300, 220)) < 140, name
    assert workbench.process_id == process


async def test_four_hundred_spoilt_pictures_are_refused_or_cleaned(workbench: Workbench):
    """Bits turned and pieces moved at random, the same every time."""
    chance = random.Random(1326)
    await workbench.open(encoded(a_picture()), None)
    process, refused = workbench.process_id, 0
    for number in range(400):
        kind = ("JPEG", "PNG", "WEBP")[number % 3]
        data = bytearray(encoded(a_picture(96, 64), kind))
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data))
            data[at] = chance.randrange(256)
        if number % 5 == 0:
            start = chance.randrange(len(data))
            del data[start : start + chance.randint(1, 200)]
        outcome = await workbench.open(bytes(data), None)
        if outcome.reason is None:
            assert_bare(outcome.jpeg)
        else:
            refused += 1
    assert 100 < refused < 400
    assert workbench.process_id == process


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", BadReason.EMPTY),
        (b"%PDF-1.7", BadReason.TYPE_NOT_TAKEN),
        (png_claiming(30_000, 30_000), BadReason.TOO_MANY_PIXELS),
        (png_claiming(8_000, 7_000), BadReason.TOO_MANY_PIXELS),
        (encoded(a_picture())[:-200], BadReason.DAMAGED),
        (bytes(LARGEST_FILE + 1), BadReason.TOO_LARGE),
    ],
)
async def test_the_reason_tells_people_what_is_wrong(workbench: Workbench, data: bytes, reason: BadReason):
    assert (await workbench.open(data, None)).reason is reason


@pytest.mark.parametrize("orientation", range(10))
async def test_a_photograph_is_turned_upright_and_odd_orientations_are_upright(workbench: Workbench, orientation: int):
    upright, exif = a_picture(320, 240), Images.Exif()
    turned = {
        2: Images.Transpose.FLIP_LEFT_RIGHT, 3: Images.Transpose.ROTATE_180, 4: Images.Transpose.FLIP_TOP_BOTTOM,
        5: Images.Transpose.TRANSPOSE, 6: Images.Transpose.ROTATE_90, 7: Images.Transpose.TRANSVERSE,
        8: Images.Transpose.ROTATE_270,
    }  # fmt: skip
    exif[0x0112] = orientation
    stored = upright.transpose(turned[orientation]) if orientation in turned else upright
    outcome = await workbench.open(encoded(stored, exif=exif), None)
    assert (outcome.width, outcome.height) == (320, 240)
    picture = decoded(outcome.jpeg)
    assert picture.getpixel((10, 10))[0] > 150 > picture.getpixel((10, 10))[2]
    assert picture.getpixel((310, 230))[2] > 150 > picture.getpixel((310, 230))[0]


async def test_transparent_parts_become_paper(workbench: Workbench):
    outcome = await workbench.open(encoded(Images.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"), None)
    assert min(decoded(outcome.jpeg).convert("L").tobytes()) > 250


async def test_sixteen_bits_keep_their_shades(workbench: Workbench):
    grey = Images.frombytes("I;16", (64, 64), (32_896).to_bytes(2, "little") * 64 * 64)
    outcome = await workbench.open(encoded(grey, "PNG"), None)
    assert abs(decoded(outcome.jpeg).getpixel((30, 30)) - 128) <= 2


async def test_the_largest_picture_that_is_taken_fits_into_the_worker(workbench: Workbench):
    exif = Images.Exif()
    exif[0x0112] = 6
    outcome = await workbench.open(encoded(Images.new("RGB", (7_000, 7_142), "white"), exif=exif), None)
    assert (outcome.reason, outcome.width, outcome.height) == (None, 7_142, 7_000)


async def test_strokes_of_a_signature_are_no_picture_and_no_fault(workbench: Workbench):
    strokes = b'{"strokes":[[[1,2,3],[4,5,6]]]}'
    outcome = await workbench.open(strokes, None)
    assert (outcome.reason, outcome.jpeg) == (None, b"")
    assert outcome.plain_sha256 == hashlib.sha256(strokes).digest()


async def test_the_worker_is_capped(workbench: Workbench):
    await workbench.open(encoded(a_picture()), None)
    lines = Path(f"/proc/{workbench.process_id}/limits").read_text(encoding="ascii").splitlines()
    limits = {line[:26].strip(): line[26:].split()[0] for line in lines}
    assert limits["Max address space"] == str(MEMORY)
    assert limits["Max file size"] == limits["Max core file size"] == "0"
    assert int(limits["Max cpu time"]) < 60


async def test_a_worker_killed_by_something_else_costs_no_file(workbench: Workbench):
    picture = encoded(a_picture())
    await workbench.open(picture, None)
    before = workbench.process_id
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert (await workbench.open(picture, None)).reason is None
    assert workbench.process_id not in (None, before)


async def test_a_file_that_always_kills_the_worker_is_set_aside():
    """The worker is killed before it can answer, as a flaw in a decoder would do it."""
    workbench, picture = Workbench(), encoded(a_picture())

    async def killing() -> None:
        while True:
            if workbench.process_id is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(workbench.process_id, signal.SIGSEGV)
            await asyncio.sleep(0.01)

    killer = asyncio.create_task(killing())
    outcome = await workbench.open(picture, None)
    killer.cancel()
    assert outcome.reason is BadReason.WORKER_DIED
    assert (await workbench.open(picture, None)).reason is None
    await workbench.close()


async def test_a_file_that_takes_too_long_is_set_aside_and_the_next_is_opened():
    workbench = Workbench(wall_seconds=0.05)
    assert (await workbench.open(encoded(a_picture()), None)).reason is BadReason.TOO_SLOW
    patient = Workbench()
    assert (await patient.open(encoded(a_picture()), None)).reason is None
    await workbench.close()
    await patient.close()


async def test_a_worker_is_replaced_after_enough_files():
    workbench, seen = Workbench(files_per_worker=2), set[int | None]()
    for _ in range(4):
        await workbench.open(encoded(a_picture()), None)
        seen.add(workbench.process_id)
    assert len(seen) == 3
    await workbench.close()


async def test_the_worker_ends_with_who_started_it():
    """The job worker is killed; what it started finds the end of its input."""
    started = """
import asyncio, os, signal, sys
from backend.documents.workbench import Workbench
async def main():
    workbench = Workbench()
    await workbench.open(b"x", None)
    sys.stdout.write(str(workbench.process_id)); sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", started, stdout=asyncio.subprocess.PIPE)
    told, _ = await parent.communicate()
    for _ in range(200):
        if not Path(f"/proc/{int(told)}/stat").exists() or " Z " in Path(f"/proc/{int(told)}/stat").read_text():
            return
        await asyncio.sleep(0.05)
    pytest.fail("the worker is still there")
