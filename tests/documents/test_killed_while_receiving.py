"""kill -9 between any two steps of receiving a file leaves no row without its bytes, and the phone's next try works."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from backend.blobs import BlobStore
from backend.clock import system_clock
from backend.database import Database
from backend.documents.model import Limits
from backend.documents.uploads import Uploads
from tests.documents.builders import body_of
from tests.documents.killed_while_receiving import content, upload_of

ROOT = Path(__file__).parents[2]
EXPECTED = {
    "whole": {"write", "fsync", "rename", "all", "run", "commit", "committed"},
    "parts": {"link", "fsync", "pwrite", "unlink", "all", "run", "first", "commit", "committed"},
}
NAMED = {"whole": "rename", "parts": "link"}
"""The step that gives the bytes their name."""


@pytest.mark.parametrize("way", ["whole", "parts"])
async def test_killed_at_any_step_no_row_lacks_its_bytes(
    service: Database, database_url: str, store: BlobStore, way: str
):
    told = subprocess.run(  # noqa: ASYNC221, S603
        [sys.executable, "-m", "tests.documents.killed_while_receiving", database_url, str(store.folder), way],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    steps = told.stdout.split()
    assert set(steps) >= EXPECTED[way], steps
    async with service.transaction() as tx:
        rows = [row["sha256"] for row in await tx.all("SELECT sha256 FROM files")]
    assert all(hashlib.sha256(store.read(sha256)).digest() == sha256 for sha256 in rows)
    # Only those killed after the commit, and the one that lived.
    assert len(rows) == len(steps) + 1 - steps.index("committed", steps.index(NAMED[way]))

    receiving = Uploads(service, store, system_clock, Limits())
    for k in range(1, len(steps) + 2):
        upload, data = upload_of(way, k), content(way, k)
        standing = await receiving.create(upload, body_of(data), len(data), None)
        assert standing.offset == len(data)
        assert store.read(upload.sha256 or b"") == data
    async with service.transaction() as tx:
        assert await tx.value("SELECT count(*) FROM files") == len(steps) + 1
        assert await tx.value("SELECT count(*) FROM uploads") == len(steps) + 1
