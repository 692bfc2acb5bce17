"""A real installation to be measured: embedded PostgreSQL, the application under granian, phones enrolled."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from backend import migrate, postgres
from backend.database import Database, connect
from backend.keys import KeyRing
from backend.staff.model import Role
from backend.staff.tokens import make_access
from tests.bench.machine import processor_seconds
from tests.builders import Field, Phone, a_field, a_phone_of
from tests.builders_dpop import make_proof, thumbprint
from tests.builders_staff import LONG_AGO, a_person, hired


@dataclass
class Busy:
    """A phone with a case and a visit of its own, and a token."""

    phone: Phone
    case: UUID
    visit: str
    token: str


@dataclass
class Serving:
    port: int
    server: postgres.Server
    database: Database
    folder: Path
    phones: list[Busy]
    process: "subprocess.Popen[bytes]"

    def spent(self) -> dict[str, float]:
        """Seconds of processor time so far, by side."""
        assert self.server.process is not None
        server, database = (processor_seconds(one.pid) for one in (self.process, self.server.process))
        return {"client": processor_seconds(os.getpid()) - server - database, "server": server, "database": database}

    def each(self, before: dict[str, float], count: int) -> str:
        """What one of `count` has cost since, in words."""
        now = self.spent()
        used = {side: (now[side] - before[side]) / count * 1000 for side in now}
        return ", ".join(f"{side} {value:.2f}" for side, value in used.items()) + f" = {sum(used.values()):.2f} ms"

    def headers(self, busy: Busy, method: str, path: str, nonce: str) -> dict[str, str]:
        proof = make_proof(
            busy.phone.key,
            method,
            f"http://127.0.0.1:{self.port}{path}",
            at=datetime.now(UTC),
            nonce=nonce,
            access_token=busy.token,
        )
        return {"Authorization": f"DPoP {busy.token}", "DPoP": proof}


@asynccontextmanager
async def serving(phones: int, workers: int, port: int) -> AsyncGenerator[Serving]:
    """Everything in a temporary folder; all ended and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tannha-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        with postgres.start(folder / "data") as server:
            await migrate.bootstrap(server.dsn("postgres"), "tannha")
            await migrate.migrate(server.dsn("tannha", "tannha_owner"))
            url = server.dsn("tannha", "tannha_app")
            database = await connect(url, role="tannha_service", size=2)
            ring = KeyRing.make(folder / "keys")
            async with database.transaction() as tx:
                field = await a_field(tx, ring)
                busy = [await _a_busy_phone(field, ring, number) for number in range(phones)]
            process = _start(folder, url, workers, port)
            try:
                yield Serving(port, server, database, folder, busy, process)
            finally:
                process.terminate()
                process.wait(20)
                await database.close()


async def _a_busy_phone(field: Field, ring: KeyRing, number: int) -> Busy:
    person = (await a_person(field.tx, f"Bưu tá số {number}")).id
    await hired(field.tx, person, field.post, Role.COURIER, since=LONG_AGO)
    phone = await a_phone_of(field.tx, ring, person, field.post)
    phone.now = datetime.now(UTC) - timedelta(hours=1)
    case, visit, _ = await field.booked(courier=str(person), seat=number + 1)
    token = make_access(
        ring,
        session=phone.session,
        device=phone.device,
        person=person,
        thumbprint=thumbprint(phone.key),
        at=datetime.now(UTC),
    )
    return Busy(phone, case, visit, token)


def _start(folder: Path, url: str, workers: int, port: int) -> "subprocess.Popen[bytes]":
    settings = {
        "TANNHA_DATA": str(folder),
        "TANNHA_KEYS": str(folder / "keys"),
        "DATABASE_URL": url,
        "TANNHA_PORT": str(port),
        "TANNHA_WORKERS": str(workers),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "backend.http_process", "backend.app:create", str(os.getpid())],
            env=os.environ | settings,
            stdout=log,
            stderr=log,
        )
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1) as answer:
                if answer.status == 200:
                    return process
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError("the server did not start")
