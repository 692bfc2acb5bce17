"""Receives a file again and again, each time in a new process that is killed one step later than the one before.

Arguments: database, folder, `whole` or `parts`. Prints the step each process was killed at; the last one lived.
The file of process k is `content(way, k)`, its upload `upload_of(way, k)`: whoever checks can make both again.
"""

import asyncio
import hashlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid5

import asyncpg.transaction

from backend import database
from backend.blobs import BlobStore
from backend.clock import system_clock
from backend.documents.model import Limits, Upload
from backend.documents.uploads import Uploads
from backend.ids import NAMESPACE
from tests.documents.builders import an_upload, body_of

MOST = 60


def content(way: str, k: int) -> bytes:
    return hashlib.sha256(f"{way} {k}".encode()).digest() * 3000


def upload_of(way: str, k: int) -> Upload:
    data = content(way, k)
    return an_upload(data, id=uuid5(NAMESPACE, f"{way} {k}"), sha256=hashlib.sha256(data).digest())


class Killer:
    """Kills this process at its k-th step."""

    def __init__(self, k: int) -> None:
        self.left = k

    def step(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            sys.stdout.write(name + "\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)

    def before(self, owner: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.step(name)
            return real(*args, **kwargs)

        setattr(owner, name, wrapped)

    def around_commit(self) -> None:
        real = asyncpg.transaction.Transaction.__aexit__

        async def leave(transaction: Any, *error: Any) -> None:
            self.step("commit")
            await real(transaction, *error)
            self.step("committed")

        asyncpg.transaction.Transaction.__aexit__ = leave


async def receive(dsn: str, folder: Path, way: str, k: int) -> None:
    service = await database.connect(dsn, role="tannha_service", size=2)
    uploads = Uploads(service, BlobStore(folder, threads=2), system_clock, Limits())
    killer = Killer(k)
    for owner, name in (
        (os, "write"), (os, "rename"), (os, "link"), (os, "makedirs"), (os, "fsync"), (os, "pwrite"), (os, "ftruncate"),
        (os, "unlink"),
        (database.Transaction, "all"), (database.Transaction, "run"), (database.Transaction, "first"),
    ):  # fmt: skip
        killer.before(owner, name)
    killer.around_commit()
    upload, data = upload_of(way, k), content(way, k)
    if way == "whole":
        await uploads.create(upload, body_of(data), len(data), None)
    else:
        await uploads.create(upload, None, None, None)
        await uploads.append(upload.device_id, upload.id, 0, body_of(data[:50_000]), None)
        await uploads.append(upload.device_id, upload.id, 50_000, body_of(data[50_000:]), None)


def main(dsn: str, folder: str, way: str) -> None:
    for k in range(1, MOST):
        child = os.fork()
        if child == 0:
            asyncio.run(receive(dsn, Path(folder), way, k))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))
    sys.exit("never got to the end")


if __name__ == "__main__":
    main(*sys.argv[1:])
