"""Cases, pages and pictures for tests of documents."""

import io
from datetime import date
from typing import Any
from uuid import UUID

import PIL.Image as Images
from PIL import ImageDraw
from PIL.Image import Image

from backend.clock import system_clock
from backend.database import Database, Transaction
from backend.documents import queries
from backend.documents.model import Limits, Page, Upload
from backend.documents.uploads import Body, Uploads
from backend.dossiers import queries as dossiers
from backend.dossiers.model import Case, CaseUnit, Channel
from backend.ids import uuid7


async def a_unit(tx: Transaction) -> UUID:
    unit = uuid7()
    await tx.run("INSERT INTO units (id, kind, source) VALUES ($unit, 'post', 'test')", unit=unit)
    return unit


async def a_case(tx: Transaction, unit: UUID | None = None) -> UUID:
    """Of one unit, which supports, handles and decides."""
    unit, case = unit or await a_unit(tx), uuid7()
    made = Case(
        case_id=case,
        state="papers_taken",
        procedure="2.000635",
        channel=Channel.POST,
        regime_on=date(2026, 11, 22),
        supporting_unit=unit,
        handling_unit=unit,
        competent_unit=unit,
        opened_at=system_clock(),
        born_of=uuid7(),
    )
    await dossiers.save_cases(tx, [made])
    await dossiers.add_case_units(tx, [CaseUnit(case_id=case, unit_id=unit, relation="handling")])
    return case


def a_page(case: UUID, original: bytes, sealed: bytes | None = None, **changes: Any) -> Page:
    """`original`, `sealed`: their hashes."""
    values: dict[str, Any] = {
        "case_id": case,
        "page_id": uuid7(),
        "visit_id": uuid7(),
        "paper_id": uuid7(),
        "component": "to_khai",
        "page_number": 1,
        "original_sha256": original,
        "sealed_sha256": sealed,
    }
    return Page(**values | changes)


async def a_case_with(database: Database, *pages: tuple[bytes, bytes | None]) -> tuple[UUID, list[Page]]:
    """A case whose pages 1, 2, ... name these hashes."""
    async with database.transaction() as tx:
        case = await a_case(tx)
        made = [a_page(case, original, sealed, page_number=n) for n, (original, sealed) in enumerate(pages, 1)]
        await queries.save_pages(tx, made)
    return case, made


async def page_states(database: Database, case: UUID) -> list[tuple[str, str | None]]:
    async with database.transaction() as tx:
        rows = await tx.all(
            "SELECT state, bad_reason FROM pages WHERE case_id = $case_id ORDER BY component, page_number, page_id",
            case_id=case,
        )
        return [(row["state"], row["bad_reason"]) for row in rows]


def an_upload(data: bytes, **changes: Any) -> Upload:
    values: dict[str, Any] = {
        "id": uuid7(),
        "device_id": UUID("01890000-0000-7000-8000-000000000001"),
        "length": len(data),
        "media_type": "image/webp",
        "expires_at": system_clock() + Limits().lifetime,
    }
    return Upload(**values | changes)


async def body_of(*pieces: bytes) -> Body:  # pyright: ignore[reportInvalidReturnType]
    for piece in pieces:
        yield piece


async def received(uploads: Uploads, data: bytes, **changes: Any) -> Upload:
    """Sent whole with its creation."""
    upload = an_upload(data, **changes)
    await uploads.create(upload, body_of(data), len(data), None)
    return upload


def a_picture(width: int = 320, height: int = 240, mode: str = "RGB") -> Image:
    """White paper, a red square at the top left, a blue one at the bottom right."""
    picture = Images.new("RGB", (width, height), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((0, 0, width // 4, height // 4), fill=(200, 0, 0))
    drawing.rectangle((width * 3 // 4, height * 3 // 4, width, height), fill=(0, 0, 200))
    return picture.convert(mode)


def encoded(picture: Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image:
    picture = Images.open(io.BytesIO(data))
    picture.load()
    return picture
