"""What a crash left in the store without a row goes after a while; everything a row names stays."""

import hashlib
from datetime import timedelta

from backend.blobs import BlobStore
from backend.clock import system_clock
from backend.database import Database
from backend.documents.model import Limits
from backend.documents.orphans import sweep_orphans
from backend.documents.uploads import Uploads
from tests.documents.builders import a_picture, encoded, received

PHOTO = encoded(a_picture(300, 200))
SHA256 = hashlib.sha256(PHOTO).digest()


async def test_bytes_that_no_row_names_go_and_those_of_a_file_stay(service: Database, store: BlobStore) -> None:
    orphan = store.put(b"the row never came")
    await received(Uploads(service, store, system_clock, Limits()), PHOTO)
    await sweep_orphans(service, store, unclaimed_for=timedelta(seconds=-5))
    assert store.size(orphan) is None
    assert store.read(SHA256) == PHOTO


async def test_bytes_that_came_this_week_wait_for_their_row(service: Database, store: BlobStore) -> None:
    young = store.put(b"the row may still come")
    await sweep_orphans(service, store)
    assert store.size(young) is not None


async def test_a_phone_that_asks_again_after_the_sweep_sends_again(service: Database, store: BlobStore) -> None:
    store.put(PHOTO)
    await sweep_orphans(service, store, unclaimed_for=timedelta(seconds=-5))
    assert store.size(SHA256) is None
    await received(Uploads(service, store, system_clock, Limits()), PHOTO)
    await sweep_orphans(service, store, unclaimed_for=timedelta(seconds=-5))
    assert store.read(SHA256) == PHOTO
