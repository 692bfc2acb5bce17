"""The upload routes alone, behind a real server: who carries is said by a header, as no phone may ever do.

DATABASE_URL=... TANNHA_FILES=... granian --interface asgi --factory tests.documents.receiving_server:create
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from litestar import Litestar, Request
from litestar.di import Provide

from backend import database, problems
from backend.blobs import BlobStore
from backend.clock import system_clock
from backend.documents.model import Limits
from backend.documents.uploads import Uploads
from backend.staff.model import Carrier
from courier_api.files import Files

DEVICE = UUID("01890000-0000-7000-8000-000000000001")


async def carrier(request: Request[Any, Any, Any]) -> Carrier:
    device = UUID(request.headers.get("Device", str(DEVICE)))
    return Carrier(device_id=device, person_id=device, unit_id=device, session=device, roles=frozenset())


@asynccontextmanager
async def _receiving(app: Litestar) -> AsyncGenerator[None]:
    limits = Limits(per_day=int(os.environ.get("TANNHA_PER_DAY", str(64 * 1024**3))))
    store = BlobStore(Path(os.environ["TANNHA_FILES"]))
    service = await database.connect(os.environ["DATABASE_URL"], role="tannha_service", size=4)
    app.state["uploads"] = Uploads(service, store, system_clock, limits)
    yield
    await service.close()
    store.close()


class OpenFiles(Files):
    """Without sign-in."""

    guards = ()
    dependencies: ClassVar = {"carrier": Provide(carrier)}


def create() -> Litestar:
    return Litestar(
        [OpenFiles],
        lifespan=[_receiving],
        exception_handlers=problems.HANDLERS,
        openapi_config=None,
    )
