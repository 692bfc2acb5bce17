"""From sealed bytes to a page people can look at, a PDF of the component, and to nothing at all when it is erased."""

import hashlib
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID

import msgspec
import pypdfium2
import pytest
from PIL import ImageChops, ImageStat

from backend.blobs import BlobStore
from backend.clock import system_clock
from backend.database import Database, connect
from backend.documents import queries
from backend.documents import service as documents
from backend.documents.model import (
    COMPONENT_PDF,
    DELETE_BYTES,
    SEALED_TYPE,
    BadReason,
    File,
    Files,
    Limits,
    Master,
    OneComponent,
    ReplacedPicture,
)
from backend.documents.sealing import seal
from backend.documents.service import Opening
from backend.documents.uploads import Uploads
from backend.documents.workbench import Workbench
from backend.ids import uuid7
from backend.keys import KeyRing, Purpose
from tests.documents.builders import a_case, a_case_with, a_page, a_picture, a_unit, encoded, page_states, received

ONE, TWO = encoded(a_picture(1240, 1754)), encoded(a_picture(1754, 1240))


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.make(tmp_path / "keys")


@pytest.fixture(scope="module")
async def workbench() -> AsyncGenerator[Workbench]:
    made = Workbench()
    yield made
    await made.close()


@pytest.fixture
def opening(service: Database, store: BlobStore, ring: KeyRing, workbench: Workbench) -> Opening:
    return Opening(service, store, ring, workbench, system_clock)


@pytest.fixture
def uploads(service: Database, store: BlobStore) -> Uploads:
    return Uploads(service, store, system_clock, Limits())


def sealed_for(ring: KeyRing, plain: bytes) -> bytes:
    key = ring.current(Purpose.SEAL, system_clock())
    return seal(key.private().public_key(), key.id, plain)


async def jobs_of(service: Database, kind: str) -> list[bytes]:
    """Payloads that wait, oldest first."""
    async with service.transaction() as tx:
        rows = await tx.all("SELECT payload FROM pgqueuer WHERE entrypoint = $kind ORDER BY id", kind=kind)
    return [row["payload"] for row in rows]


async def file_and_master(service: Database, sha256: bytes) -> tuple[File, Master | None]:
    async with service.transaction() as tx:
        [file] = await queries.files_by_hash(tx, [sha256])
        row = await tx.first("SELECT * FROM masters WHERE file_sha256 = $sha256", sha256=sha256)
    return file, None if row is None else msgspec.convert(dict(row.items()), Master)


async def test_a_sealed_photograph_becomes_a_clean_page(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore, ring: KeyRing
):
    sealed = sealed_for(ring, ONE)
    case, _ = await a_case_with(service, (sha(ONE), sha(sealed)))
    await received(uploads, sealed, media_type=SEALED_TYPE)
    assert await page_states(service, case) == [("here", None)]
    await opening.clean_master()
    assert await page_states(service, case) == [("clean", None)]
    file, master = await file_and_master(service, sha(sealed))
    assert (file.sealed, file.plain_sha256) == (True, sha(ONE))
    assert master is not None
    assert (master.width, master.height) == (1240, 1754)
    assert len(store.read(master.master_sha256)) == master.bytes
    assert store.read(sha(sealed)) == sealed


async def test_recording_files_asks_for_the_worker_once_not_for_each(uploads: Uploads, service: Database):
    for number in range(5):
        await received(uploads, ONE + bytes([number]))
    assert len(await jobs_of(service, "clean_master")) == 1


async def test_a_photograph_other_than_the_one_hashed_at_the_door_waits_for_a_person(
    opening: Opening, uploads: Uploads, service: Database, ring: KeyRing
):
    sealed = sealed_for(ring, ONE)
    case, _ = await a_case_with(service, (sha(TWO), sha(sealed)))
    await received(uploads, sealed, media_type=SEALED_TYPE)
    await opening.clean_master()
    assert await page_states(service, case) == [("bad", BadReason.OTHER_CONTENT)]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), BadReason.CANNOT_UNSEAL),
        (lambda data: b"TNS2" + data[4:], BadReason.NOT_SEALED),
        (lambda data: data[:50], BadReason.NOT_SEALED),
        (lambda data: data[:20] + b"\x04" + bytes(64) + data[85:], BadReason.NOT_SEALED),
        (lambda data: data[:4] + bytes(16) + data[20:], BadReason.UNKNOWN_KEY),
    ],
)
async def test_a_spoilt_seal_is_a_review_item_with_its_reason(
    opening: Opening, uploads: Uploads, service: Database, ring: KeyRing, spoil, reason: BadReason
):
    sealed = spoil(sealed_for(ring, ONE))
    case, _ = await a_case_with(service, (sha(ONE), sha(sealed)))
    await received(uploads, sealed, media_type=SEALED_TYPE)
    await opening.clean_master()
    assert await page_states(service, case) == [("bad", reason)]


async def test_a_sealed_bomb_is_a_review_item_and_the_next_file_is_opened(
    opening: Opening, uploads: Uploads, service: Database, ring: KeyRing
):
    sealed = sealed_for(ring, b"%PDF-1.7 not taken")
    case, _ = await a_case_with(service, (sha(b"%PDF-1.7 not taken"), sha(sealed)), (sha(ONE), None))
    await received(uploads, sealed, media_type=SEALED_TYPE)
    await received(uploads, ONE)
    await opening.clean_master()
    assert await page_states(service, case) == [("bad", BadReason.TYPE_NOT_TAKEN), ("clean", None)]


async def test_bytes_missing_from_the_disk_stop_no_other_file(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    case, _ = await a_case_with(service, (sha(ONE), None), (sha(TWO), None))
    await received(uploads, ONE)
    await received(uploads, TWO)
    store.delete(sha(ONE))
    with pytest.raises(FileNotFoundError):
        await opening.clean_master()
    assert await page_states(service, case) == [("here", None), ("clean", None)]


async def test_after_the_key_is_put_back_bad_files_are_opened_again(
    uploads: Uploads, service: Database, store: BlobStore, workbench: Workbench, tmp_path: Path, ring: KeyRing
):
    sealed = sealed_for(ring, ONE)
    case, _ = await a_case_with(service, (sha(ONE), sha(sealed)))
    await received(uploads, sealed, media_type=SEALED_TYPE)
    without = Opening(service, store, KeyRing.make(tmp_path / "other"), workbench, system_clock)
    await without.clean_master()
    assert await page_states(service, case) == [("bad", BadReason.UNKNOWN_KEY)]
    async with service.transaction() as tx:
        assert await documents.try_again(tx, [sha(sealed)]) == 1
    assert await page_states(service, case) == [("here", None)]
    await Opening(service, store, ring, workbench, system_clock).clean_master()
    assert await page_states(service, case) == [("clean", None)]


async def test_one_pdf_per_component_holds_the_masters_as_they_are(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    case, _ = await a_case_with(service, (sha(ONE), None), (sha(TWO), None))
    await received(uploads, TWO)
    await opening.clean_master()
    assert await jobs_of(service, COMPONENT_PDF) == []
    await received(uploads, ONE)
    await opening.clean_master()
    [asked] = await jobs_of(service, COMPONENT_PDF)
    assert msgspec.json.decode(asked, type=OneComponent) == OneComponent(case, "to_khai")
    await opening.component_pdf(asked)
    await opening.component_pdf(asked)
    async with service.transaction() as tx:
        [made] = await queries.component_files(tx, case)
        pages, complete = await queries.clean_pages(tx, case, "to_khai")
    assert (made.version, made.pages, len(pages), complete) == (1, 2, 2, True)
    pdf = store.read(made.sha256)
    assert all(store.read(page.master_sha256) in pdf for page in pages)
    assert opening.assembled(pages) == pdf


async def test_the_pdf_shows_the_pages_in_order_on_a4(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    case, _ = await a_case_with(service, (sha(ONE), None), (sha(TWO), None))
    for data in (TWO, ONE):
        await received(uploads, data)
    await opening.clean_master()
    async with service.transaction() as tx:
        pages, _ = await queries.clean_pages(tx, case, "to_khai")
    shown = pypdfium2.PdfDocument(opening.assembled(pages))
    assert [tuple(round(side) for side in shown.get_page_size(n)) for n in range(len(shown))] == [
        (595, 842),
        (842, 595),
    ]
    page = shown[0].render(scale=1).to_pil().convert("RGB")
    expected = a_picture(*page.size)
    assert max(ImageStat.Stat(ImageChops.difference(page, expected)).mean) < 4
    shown.close()


async def test_a_page_taken_again_makes_a_new_version_of_the_pdf(opening: Opening, uploads: Uploads, service: Database):
    case, [page] = await a_case_with(service, (sha(ONE), None))
    payload = msgspec.json.encode(OneComponent(case, "to_khai"))
    for data in (ONE, TWO):
        async with service.transaction() as tx:
            await queries.save_pages(tx, [msgspec.structs.replace(page, original_sha256=sha(data))])
        await received(uploads, data)
        await opening.clean_master()
        await opening.component_pdf(payload)
    async with service.transaction() as tx:
        assert [made.version for made in await queries.component_files(tx, case)] == [2, 1]
    assert len(await jobs_of(service, COMPONENT_PDF)) == 2


async def test_after_an_erasure_no_bytes_are_left_and_late_ones_are_erased_too(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    case, _ = await a_case_with(service, (sha(ONE), None), (sha(TWO), None))
    strokes = b'{"strokes":[]}'
    for data in (ONE, TWO, strokes):
        await received(uploads, data)
    await opening.clean_master()
    await opening.component_pdf(msgspec.json.encode(OneComponent(case, "to_khai")))
    assert len(blobs(store)) == 6
    async with service.transaction() as tx:
        await documents.erase(tx, case, [sha(strokes)])
    assert await page_states(service, case) == [("erased", None)] * 2
    assert len(blobs(store)) == 6
    await delete_what_was_asked(opening, service)
    assert blobs(store) == set()
    await received(uploads, ONE)
    assert await page_states(service, case) == [("erased", None)] * 2
    await opening.clean_master()
    await delete_what_was_asked(opening, service)
    assert blobs(store) == set()
    async with service.transaction() as tx:
        for table in ("files", "masters", "component_files"):
            assert await tx.value(f"SELECT count(*) FROM {table}") == 0  # noqa: S608  # pyright: ignore


async def test_an_erasure_leaves_what_another_case_needs(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    erased, _ = await a_case_with(service, (sha(ONE), None))
    kept, _ = await a_case_with(service, (sha(ONE), None))
    await received(uploads, ONE)
    await opening.clean_master()
    async with service.transaction() as tx:
        await documents.erase(tx, erased)
    await delete_what_was_asked(opening, service)
    assert await page_states(service, kept) == [("clean", None)]
    assert store.read(sha(ONE)) == ONE
    assert len(blobs(store)) == 2


async def with_preview(service: Database, unit: UUID | None = None) -> UUID:
    """A case with a page: TWO, announced by the smaller ONE."""
    async with service.transaction() as tx:
        case = await a_case(tx, unit or await a_unit(tx))
        page = msgspec.structs.replace(a_page(case, sha(TWO)), preview_sha256=sha(ONE), preview_file_sha256=sha(ONE))
        await queries.save_pages(tx, [page])
    return case


async def test_a_preview_is_opened_and_moves_no_page(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    case = await with_preview(service)
    await received(uploads, ONE)
    await opening.clean_master()
    assert await page_states(service, case) == [("expected", None)]
    assert await jobs_of(service, COMPONENT_PDF) == []
    assert len(blobs(store)) == 2
    await received(uploads, TWO)
    await opening.clean_master()
    assert await page_states(service, case) == [("clean", None)]
    async with service.transaction() as tx:
        pages, whole = await queries.clean_pages(tx, case, "to_khai")
    assert [(page.width, whole) for page in pages] == [(1754, True)]


async def test_an_erasure_takes_previews_too_and_the_late_ones(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    case, other = await with_preview(service), await with_preview(service)
    await received(uploads, ONE)
    await opening.clean_master()
    for erased, left in ((case, 2), (other, 0)):
        async with service.transaction() as tx:
            await documents.erase(tx, erased)
        await delete_what_was_asked(opening, service)
        assert len(blobs(store)) == left
    await received(uploads, ONE)
    await opening.clean_master()
    await delete_what_was_asked(opening, service)
    assert blobs(store) == set()


async def test_a_picture_that_was_taken_again_goes_with_its_case_and_comes_late_in_vain(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    case, pages = await a_case_with(service, (sha(ONE), None))
    strokes = b'{"strokes":[]}'
    late = ReplacedPicture(case_id=case, page_id=pages[0].page_id, file_sha256=sha(strokes))
    async with service.transaction() as tx:
        await queries.add_replaced(tx, [msgspec.structs.replace(late, file_sha256=sha(TWO)), late])
    for data in (ONE, TWO):
        await received(uploads, data)
    await opening.clean_master()
    assert len(blobs(store)) == 4
    async with service.transaction() as tx:
        await documents.erase(tx, case)
    await delete_what_was_asked(opening, service)
    assert blobs(store) == set()
    await received(uploads, strokes)
    await opening.clean_master()
    await delete_what_was_asked(opening, service)
    assert blobs(store) == set()


async def test_an_office_sees_previews_of_its_own_cases_only(
    opening: Opening, uploads: Uploads, service: Database, database_url: str
):
    async with service.transaction() as tx:
        mine, theirs = await a_unit(tx), await a_unit(tx)
    await with_preview(service, mine)
    await received(uploads, ONE)
    await opening.clean_master()
    app = await connect(database_url, size=1)
    for unit, visible in ((mine, 1), (theirs, 0)):
        async with app.transaction(units=[unit]) as tx:
            for table in ("files", "masters"):
                assert await tx.value(f"SELECT count(*) FROM {table}") == visible  # noqa: S608  # pyright: ignore
    await app.close()


async def test_bytes_sent_anew_between_an_erasure_and_the_deletion_stay(
    opening: Opening, uploads: Uploads, service: Database, store: BlobStore
):
    erased, _ = await a_case_with(service, (sha(ONE), None))
    await received(uploads, ONE)
    async with service.transaction() as tx:
        await documents.erase(tx, erased)
    await a_case_with(service, (sha(ONE), None))
    await received(uploads, ONE, device_id=uuid7())
    await delete_what_was_asked(opening, service)
    assert store.read(sha(ONE)) == ONE


async def test_an_office_sees_pages_and_files_of_its_own_cases_only(
    opening: Opening, uploads: Uploads, service: Database, database_url: str
):
    cases: dict[str, UUID] = {}
    async with service.transaction() as tx:
        mine, theirs = await a_unit(tx), await a_unit(tx)
        for unit, data, name in ((mine, ONE, "mine"), (theirs, TWO, "theirs")):
            cases[name] = await a_case(tx, unit)
            await queries.save_pages(tx, [a_page(cases[name], sha(data))])
    for data in (ONE, TWO):
        await received(uploads, data)
    await opening.clean_master()
    for case in cases.values():
        await opening.component_pdf(msgspec.json.encode(OneComponent(case, "to_khai")))
    app = await connect(database_url, size=1)
    province = await connect(database_url, role="tannha_province", size=1)
    for units, office, visible in (
        ([mine], app, {cases["mine"]}), ([theirs], app, {cases["theirs"]}), ([], app, set()),
        ([uuid7()], app, set()), ([mine, theirs], app, {*cases.values()}), ([], province, {*cases.values()}),
    ):  # fmt: skip
        async with office.transaction(units=units) as tx:
            for table in ("pages", "component_files"):
                rows = await tx.all(f"SELECT case_id FROM {table}")  # noqa: S608  # pyright: ignore
                assert {row["case_id"] for row in rows} == visible
            for table in ("files", "masters"):
                assert await tx.value(f"SELECT count(*) FROM {table}") == len(visible)  # noqa: S608  # pyright: ignore
    await app.close()
    await province.close()


async def test_the_phone_learns_which_bytes_are_still_on_it(uploads: Uploads, service: Database):
    case, pages = await a_case_with(service, (sha(ONE), None), (sha(TWO), None))
    await received(uploads, ONE)
    async with service.transaction() as tx:
        expected = await queries.expected_files(tx, [case])
    assert [page.page_id for page in expected] == [pages[1].page_id]


async def test_saving_a_page_again_does_not_take_its_state_back(opening: Opening, uploads: Uploads, service: Database):
    case, pages = await a_case_with(service, (sha(ONE), None))
    await received(uploads, ONE)
    await opening.clean_master()
    async with service.transaction() as tx:
        await queries.save_pages(tx, pages)
    assert await page_states(service, case) == [("clean", None)]


def blobs(store: BlobStore) -> set[str]:
    return {path.name for path in store.folder.rglob("*") if path.is_file()}


async def delete_what_was_asked(opening: Opening, service: Database) -> None:
    """Something was."""
    asked = await jobs_of(service, DELETE_BYTES)
    assert asked
    for payload in asked:
        assert msgspec.json.decode(payload, type=Files).sha256
        await opening.delete_bytes(payload)
