"""Pictures of papers at a desk: the preview first, the original once it is here, and for nobody else."""

import hashlib
from collections.abc import AsyncGenerator
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image

from backend.clock import system_clock
from backend.documents import service as documents
from backend.documents.service import Opening
from backend.documents.workbench import Workbench
from backend.ids import uuid7
from tests.builders_acts import took_papers
from tests.documents.builders import received
from tests.pages import plain
from tests.web.conftest import Office
from tests.web.test_pages import case_page

SIZES = {"small": (90, 120), "original": (900, 1200)}


def picture(name: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", SIZES[name], "white").save(made, "WEBP")
    return made.getvalue()


def named(data: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "media_type": "image/webp"}


@pytest.fixture
async def workbench() -> AsyncGenerator[Workbench]:
    made = Workbench()
    yield made
    await made.close()


async def photographed(office: Office, *, again: dict[str, Any] | None = None, **more: Any) -> tuple[UUID, UUID]:
    """Case and page: of a paper that was taken; its original is still on the phone. `again`: what the phone took then
    in place of the first picture."""
    page = uuid7()
    async with office.field() as field:
        case, visit, _ = await field.booked()
        [paper] = await took_papers(field, case, visit)
        body = {"visit_id": visit, "page_id": str(page), "paper_id": paper["id"], "component": paper["component"]}
        told = {**body, "page_number": 1, "file": named(picture("original")), **more}
        assert (await field.does(case, "photograph", told)).standing == "applied"
        if again is not None:
            told = {**body, "page_number": 1, **again}
            assert (await field.does(case, "photograph", told)).standing == "applied"
    return case, page


async def comes(office: Office, workbench: Workbench, data: bytes) -> None:
    """The bytes are received and opened."""
    state = office.running.application.state
    await received(state["uploads"], data)
    entrance = state["entrance"]
    await Opening(office.database, state["store"], entrance.ring, workbench, system_clock).clean_master()


def size(answer: httpx.Response) -> tuple[int, int]:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg"), answer.text
    assert "no-store" in answer.headers["cache-control"]
    return Image.open(BytesIO(answer.content)).size


async def test_a_preview_is_shown_until_the_original_is_here(office: Office, workbench: Workbench) -> None:
    case, page = await photographed(office, preview=named(picture("small")))
    mai = await office.desk("mai")
    gallery, one = f"/desk/cases/{case}/pages", f"/desk/cases/{case}/pages/{page}"
    assert f'href="{gallery}"' in (await case_page(mai, case)).text
    empty = await mai.page(gallery)
    assert "Trang 1 Ảnh còn trên máy của nhân viên bưu điện" in plain(empty.text)
    assert one not in empty.text
    assert (await mai.page(one)).status_code == 404
    await comes(office, workbench, picture("small"))
    early = await mai.page(gallery)
    assert "Trang 1 Ảnh nhỏ xem trước; ảnh gốc còn trên máy" in plain(early.text)
    assert f'src="{one}"' in early.text
    assert size(await mai.page(one)) == SIZES["small"]
    await comes(office, workbench, picture("original"))
    assert "Trang 1 Ảnh gốc" in plain((await mai.page(gallery)).text)
    assert size(await mai.page(one)) == SIZES["original"]


async def test_a_preview_other_than_the_one_named_at_the_door_is_never_shown(
    office: Office, workbench: Workbench
) -> None:
    """Its envelope is the one that was named; what is inside is something else."""
    other = named(picture("small")) | {"sealed_sha256": named(picture("small"))["sha256"], "sha256": "ab" * 32}
    case, page = await photographed(office, preview=other)
    await comes(office, workbench, picture("small"))
    mai = await office.desk("mai")
    assert (await mai.page(f"/desk/cases/{case}/pages/{page}")).status_code == 404
    assert "Ảnh còn trên máy" in plain((await mai.page(f"/desk/cases/{case}/pages")).text)


async def test_other_offices_and_the_hotline_see_no_paper(office: Office, workbench: Workbench) -> None:
    case, page = await photographed(office, preview=named(picture("small")))
    await comes(office, workbench, picture("small"))
    for account, answer in (("thao", 404), ("kim", 403)):
        desk = await office.desk(account)
        for path in (f"/desk/cases/{case}/pages", f"/desk/cases/{case}/pages/{page}"):
            assert (await desk.page(path)).status_code == answer, (account, path)


async def test_what_is_wrong_with_a_picture_is_said(office: Office, workbench: Workbench) -> None:
    case, _ = await photographed(office, file=named(b"no picture"))
    await comes(office, workbench, b"no picture")
    shown = plain((await (await office.desk("ut")).page(f"/desk/cases/{case}/pages")).text)
    assert "Chỉ nhận ảnh JPEG, PNG hoặc WebP. Chụp lại." in shown


async def test_a_page_taken_again_shows_the_new_picture_and_the_old_one_goes_with_the_case(
    office: Office, workbench: Workbench
) -> None:
    before = {"file": named(picture("small")), "preview": named(b"first preview")}
    case, page = await photographed(office, **before, again={"file": named(picture("original"))})
    for data in (picture("small"), picture("original")):
        await comes(office, workbench, data)
    mai = await office.desk("mai")
    assert size(await mai.page(f"/desk/cases/{case}/pages/{page}")) == SIZES["original"]
    async with office.field() as field:
        files = await field.tx.all("SELECT encode(file_sha256, 'hex') AS hash FROM replaced_pictures")
        assert {row["hash"] for row in files} == {
            named(data)["sha256"] for data in (picture("small"), b"first preview")
        }
        await documents.erase(field.tx, case)
        assert await field.tx.value("SELECT count(*) FROM files") == 0
