"""What happens to files after they were received: opened in the capped worker, put together, tried again, erased.

`Opening` holds the handlers of this folder's jobs. Each may be called again at any time: it looks before it works.
"""

import hashlib
import logging
from collections.abc import Sequence
from uuid import UUID

import msgspec

from backend import jobs
from backend.blobs import BlobStore
from backend.clock import Clock
from backend.database import Database, Transaction
from backend.documents import queries
from backend.documents.component_pdf import component_pdf
from backend.documents.model import (
    CLEAN_MASTER,
    COMPONENT_PDF,
    DELETE_BYTES,
    BadReason,
    CleanPage,
    ComponentFile,
    File,
    Files,
    FileState,
    Master,
    OneComponent,
    PageState,
)
from backend.documents.sealing import NotSealed, key_for
from backend.documents.workbench import Workbench
from backend.documents.worker import Outcome
from backend.keys import BEGINNING, KeyRing

_AT_ONCE = 100

log = logging.getLogger("tannha.documents")


class Opening:
    """The only door to originals. One per process that does jobs."""

    def __init__(
        self, database: Database, store: BlobStore, keyring: KeyRing, workbench: Workbench, clock: Clock
    ) -> None:
        """`database`: under the role `tannha_service`."""
        self._database = database
        self._store = store
        self._keyring = keyring
        self._workbench = workbench
        self._clock = clock
        self._working = self._asked = False

    async def clean_master(self, _payload: bytes = b"null") -> None:
        """Job `clean_master`, and a timer's now and then: opens all files that wait, oldest first.

        Called while it works, it looks once more instead of standing in the way of other jobs.
        """
        self._asked = True
        if self._working:
            return
        self._working = True
        try:
            while self._asked:
                self._asked = False
                await self._open_waiting()
        finally:
            self._working = False

    async def process_file(self, sha256: bytes) -> None:
        """Makes the clean master of a file, or marks it bad for a person. Does nothing for a file that is done."""
        async with self._database.transaction() as tx:
            await queries.lock_hashes(tx, [sha256])
            found = await queries.files_by_hash(tx, [sha256])
            if not found or found[0].state is not FileState.RECEIVED:
                return
            if (await queries.named(tx, [sha256])).get(sha256):  # it came too late
                await _drop(tx, [sha256])
                return
        outcome = await self._open(found[0])
        async with self._database.transaction() as tx:
            if outcome.reason is not None:
                log.info("bad file: %s", outcome.reason)
                await self._set_aside(tx, sha256, outcome.reason, outcome.plain_sha256)
            else:
                await self._accept(tx, sha256, outcome)

    async def component_pdf(self, payload: bytes) -> None:
        """Job `component_pdf`: a new version when all pages are clean and something changed."""
        asked = msgspec.json.decode(payload, type=OneComponent)
        async with self._database.transaction() as tx:
            pages, all_clean = await queries.clean_pages(tx, asked.case_id, asked.component)
        if not pages or not all_clean:
            return
        made = await self._store.run(self.assembled, pages)
        sha256 = hashlib.sha256(made).digest()
        async with self._database.transaction() as tx:
            await queries.lock_hashes(tx, [sha256])
            await self._store.run(self._store.put, made, sha256)
            newest = await queries.newest_component_file(tx, asked.case_id, asked.component)
            if newest is not None and newest.sha256 == sha256:
                return
            await queries.add_component_file(
                tx,
                ComponentFile(
                    case_id=asked.case_id,
                    component=asked.component,
                    version=newest.version + 1 if newest is not None else 1,
                    sha256=sha256,
                    bytes=len(made),
                    pages=len(pages),
                    made_at=self._clock(),
                ),
            )

    async def delete_bytes(self, payload: bytes) -> None:
        """Job `delete_bytes`: after the rows are gone, the bytes, unless somebody has sent them anew."""
        hashes = msgspec.json.decode(payload, type=Files).sha256
        async with self._database.transaction() as tx:
            await queries.lock_hashes(tx, hashes)
            for sha256 in await queries.unclaimed(tx, hashes):
                await self._store.run(self._store.delete, sha256)

    async def _open_waiting(self) -> None:
        """A file that cannot be opened for a fault of ours stops no other; the fault is raised at the end."""
        at, last, fault = BEGINNING, b"", None
        while True:
            async with self._database.transaction() as tx:
                waiting = await queries.unopened(tx, at, last, limit=_AT_ONCE)
            if not waiting:
                break
            for _, sha256 in waiting:
                try:
                    await self.process_file(sha256)
                except Exception as error:
                    fault = error
            at, last = waiting[-1]
        if fault is not None:
            raise fault

    async def _open(self, file: File) -> Outcome:
        data = await self._store.run(self._store.read, file.sha256)
        key = None
        if file.sealed:
            try:
                key = key_for(self._keyring, data)
            except NotSealed:
                return Outcome(reason=BadReason.NOT_SEALED)
            except KeyError:
                return Outcome(reason=BadReason.UNKNOWN_KEY)
        return await self._workbench.open(data, key)

    async def _set_aside(self, tx: Transaction, sha256: bytes, reason: BadReason, plain_sha256: bytes | None) -> None:
        await queries.lock_hashes(tx, [sha256])
        await queries.mark_bad(tx, sha256, reason, plain_sha256)
        await queries.settle_pages(tx, [sha256])

    async def _accept(self, tx: Transaction, sha256: bytes, outcome: Outcome) -> None:
        assert outcome.plain_sha256 is not None
        # Under the lock: an erasure that comes in between finds either no row of ours, or all of them.
        master = hashlib.sha256(outcome.jpeg).digest() if outcome.jpeg else None
        await queries.lock_hashes(tx, [sha256] if master is None else [sha256, master])
        if not await queries.files_by_hash(tx, [sha256]):
            return
        await queries.mark_clean(tx, sha256, outcome.plain_sha256)
        if master is not None:
            await self._store.run(self._store.put, outcome.jpeg, master)
            await queries.add_master(
                tx,
                Master(
                    file_sha256=sha256,
                    master_sha256=master,
                    bytes=len(outcome.jpeg),
                    width=outcome.width,
                    height=outcome.height,
                    made_at=self._clock(),
                ),
            )
        moved = await queries.settle_pages(tx, [sha256])
        for case_id, component in {(p.case_id, p.component) for p in moved if p.state is PageState.CLEAN}:
            await _ask_for_pdf(tx, case_id, component)

    def assembled(self, pages: Sequence[CleanPage]) -> bytes:
        """One PDF from clean pages in order. Blocking."""
        return component_pdf([(page, self._store.read(page.master_sha256)) for page in pages])


async def erase(tx: Transaction, case_id: UUID, also: Sequence[bytes] = ()) -> None:
    """Part of the act `erase`: rows go now, bytes by a job after the commit. Pages stay, marked erased.

    `also`: other files of the case, such as a signature's strokes and picture. A file that another case needs stays.
    """
    named = [*await queries.hashes_of_case(tx, case_id), *also]
    if named:
        await queries.lock_hashes(tx, named)
        await queries.erase_pages(tx, case_id)
        await _drop(tx, named)


async def try_again(tx: Transaction, hashes: Sequence[bytes]) -> int:
    """Bad files are opened once more, after what was wrong with us (a missing key) is mended. Returns how many."""
    await queries.lock_hashes(tx, hashes)
    again = await queries.mark_unopened(tx, hashes)
    if again:
        await queries.settle_pages(tx, again)
        await jobs.enqueue(tx, CLEAN_MASTER, None)
    return len(again)


async def _drop(tx: Transaction, hashes: Sequence[bytes]) -> None:
    masters = await queries.drop_files(tx, hashes)
    await jobs.enqueue(tx, DELETE_BYTES, Files(sha256=[*hashes, *masters]))


async def _ask_for_pdf(tx: Transaction, case_id: UUID, component: str) -> None:
    """Asked once for the same pages: a page that comes while a PDF is being made is a new question."""
    pages, all_clean = await queries.clean_pages(tx, case_id, component)
    if pages and all_clean:
        these = hashlib.sha256(b"".join(page.master_sha256 for page in pages)).hexdigest()
        await jobs.enqueue(tx, COMPONENT_PDF, OneComponent(case_id, component), once=f"pdf:{case_id}:{these}")
