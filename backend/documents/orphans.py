"""Bytes that no row names: a crash came between the disk and the row, and the phone never asked again."""

import logging
import time
from datetime import timedelta

from backend.blobs import BlobStore
from backend.database import Database
from backend.documents import queries

UNCLAIMED_FOR = timedelta(days=7)
"""A phone that was offline for days may still come back for the row; what a restore brought back counts as new."""
_AT_ONCE = 200

log = logging.getLogger("tannha.documents")


async def sweep_orphans(database: Database, store: BlobStore, *, unclaimed_for: timedelta = UNCLAIMED_FOR) -> None:
    """Deletes what has had no row for so long. For a timer, once a day. `database`: under `tannha_service`."""
    old = await store.run(store.named_before, time.time() - unclaimed_for.total_seconds())
    deleted = 0
    for start in range(0, len(old), _AT_ONCE):
        hashes = old[start : start + _AT_ONCE]
        async with database.transaction() as tx:
            await queries.lock_hashes(tx, hashes)
            for sha256 in await queries.unclaimed(tx, hashes):
                deleted += await store.run(store.delete, sha256)
    if deleted:
        log.info("deleted files without a row: %d", deleted)
