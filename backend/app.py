"""The application of one HTTP worker, and the work of the job worker: all parts put together."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.di import Provide

from backend import bodies, config, health, transactions
from backend.admission import Admission
from backend.blobs import BlobStore
from backend.clock import Clock, system_clock
from backend.config import Settings
from backend.database import Database, Transaction, connect
from backend.demo.clock import demo_clock
from backend.demo.handles import HANDLES
from backend.documents.model import Limits
from backend.documents.uploads import Uploads
from backend.fees import payment_queries as payments
from backend.fees import queries as fees
from backend.keys import KeyRing
from backend.notices.push_model import Services
from backend.staff.asking import Asking
from backend.staff.entrance import Entrance
from backend.staff.guards import answer_phone, carrier, clerk, entrance_of
from backend.staff.model import DeviceAct
from backend.sync import desk
from backend.sync.gathering import Gathering
from backend.tracing import Tracing
from backend.transactions import Ending
from backend.web import pages
from backend.web.app import FACES as WEB
from backend.web.limits import Guesses, Looks
from backend.web.reading import Desks
from courier_api import phone_pages
from courier_api.app import FACES as COURIER

SLIPS = 1000
"""Numbers of slips and of payment references a phone is let in with: years of a courier's work, and no other phone
gives them out."""


async def provide_tx(request: Request[Any, Any, Any]) -> AsyncGenerator[Transaction]:
    """One transaction per request, under the role of the services. It commits before the answer goes out."""
    async with transactions.of_request(request, entrance_of(request).requests) as tx:
        yield tx


def clock_of(settings: Settings) -> Clock:
    """Real time, but for the demo, whose testers may move it."""
    return demo_clock(settings) if settings.demo else system_clock


def provide_gathering(request: Request[Any, Any, Any]) -> Gathering:
    return request.app.state["gathering"]


def provide_uploads(request: Request[Any, Any, Any]) -> Uploads:
    return request.app.state["uploads"]


def create(settings: Settings | None = None) -> Litestar:
    """The ASGI application. Settings come from the environment unless given."""
    settings = settings or config.read()
    clock = clock_of(settings)
    ring = KeyRing.open(settings.keys)

    async def record(tx: Transaction, act: DeviceAct) -> None:
        await desk.record(tx, ring, act)
        if act.kind in ("enrol_device", "lend_device"):
            await fees.give_slip_block(tx, act.device_id, SLIPS)
            await payments.give_reference_block(tx, act.device_id, SLIPS)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None]:
        requests, service = [await connected(settings, "tannha_service", by_index=True) for _ in range(2)]
        desks = Desks(
            await connected(settings),
            await connected(settings, "tannha_province"),
            timedelta(hours=settings.forward_hours),
        )
        store = BlobStore(settings.files)
        try:
            app.state["settings"] = settings
            app.state["desks"] = desks
            app.state["looks"] = Looks()
            app.state["guesses"] = Guesses()
            app.state["push_services"] = Services.read(settings.push_services)
            app.state["gathering"] = Gathering(service, ring, clock)
            app.state["asking"] = Asking(service, clock)
            app.state["store"] = store
            app.state["uploads"] = Uploads(service, store, clock, Limits())
            app.state["entrance"] = Entrance(
                ring=ring,
                clock=clock,
                requests=requests,
                service=service,
                record=record,
                public_url=None if settings.demo else settings.public_url,
            )
            yield
        finally:
            await desks.close()
            await requests.close()
            await service.close()
            store.close()

    app = Litestar(
        route_handlers=[*COURIER, *WEB, health.Health, *(HANDLES if settings.demo else ())],
        lifespan=[lifespan],
        dependencies={
            "tx": Provide(provide_tx),
            "carrier": Provide(carrier),
            "clerk": Provide(clerk, sync_to_thread=False),
            "gathering": Provide(provide_gathering, sync_to_thread=False),
            "uploads": Provide(provide_uploads, sync_to_thread=False),
        },
        before_request=bodies.strictly_json,
        before_send=[answer_phone, pages.cover, phone_pages.cover],
        request_max_body_size=bodies.MOST_BYTES,
        exception_handlers=pages.HANDLERS,
        compression_config=CompressionConfig(backend="gzip", exclude=["^/api/courier/files"]),
        openapi_config=None,
        logging_config=None,
        pdb_on_exception=False,
    )
    app.asgi_handler = Tracing(Admission(Ending(app.asgi_handler), settings.in_flight))
    return app


async def connected(settings: Settings, role: str | None = None, *, by_index: bool = False) -> Database:
    """The pool of one role, or of the application itself, which sees what its units may.

    Raises CannotRun without a database.
    """
    if settings.database_url is None:
        raise config.CannotRun("DATABASE_URL is not set: start with `tannha serve`")
    return await connect(settings.database_url, role=role, size=settings.pool, by_index=by_index)
