"""What the job worker does: opens files, lets waiting acts go on, tells citizens, signs checkpoints, sweeps."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import httpx

from backend.acts.checkpoints import FolderSink, Sink, WebhookSink, deliver, make_checkpoint
from backend.acts.envelope import Subject
from backend.acts.model import Source
from backend.app import clock_of, connected
from backend.blobs import BlobStore
from backend.clock import Clock, system_clock
from backend.config import Settings
from backend.database import Database, Transaction
from backend.demo import bank as demo_bank
from backend.documents import uploads
from backend.documents.model import Limits
from backend.documents.orphans import sweep_orphans
from backend.documents.service import Opening
from backend.documents.workbench import Workbench
from backend.jobs import NotYet, Timer, Work
from backend.keys import KeyRing
from backend.notices import subscribing
from backend.notices.following import follow
from backend.notices.push_model import Services
from backend.notices.pushing import Pushing
from backend.notices.senders import Inbox, Sender, Webhook
from backend.notices.sending import Sending
from backend.notices.telling import SYSTEM, Duties
from backend.staff import queries as staff
from backend.sync import bank, call_backs, desk, settling, waiting
from backend.tracking.model import KEPT
from backend.web.bank import pull

LET_GO_EVERY = timedelta(seconds=10)
TELL_EVERY = timedelta(seconds=2)
CHECKPOINT_EVERY = timedelta(minutes=10)
STATEMENT_EVERY = timedelta(minutes=10)
OPEN_EVERY = timedelta(minutes=1)


@asynccontextmanager
async def prepared(settings: Settings) -> AsyncGenerator[Work]:
    """Everything the worker needs, and the table of what it does."""
    ring, clock = KeyRing.open(settings.keys), clock_of(settings)
    service = await connected(settings, "tannha_service")
    store, workbench = BlobStore(settings.files), Workbench()
    opening = Opening(service, store, ring, workbench, clock)
    pushing = Pushing(ring, Services.read(settings.push_services), system_clock, settings.public_url)
    sending = Sending(service, ring, clock, sender_of(settings, ring), settings.public_url, pushing)
    duties = Duties(service, clock, partial(act_of_system, ring, clock))
    try:
        yield Work(
            handlers={
                "clean_master": opening.clean_master,
                "component_pdf": opening.component_pdf,
                "delete_bytes": opening.delete_bytes,
            },
            timers=(
                Timer(name="open-files", every=OPEN_EVERY, run=opening.clean_master),
                Timer(name="let-go", every=LET_GO_EVERY, run=partial(let_go, service, ring, clock)),
                Timer(name="notices", every=TELL_EVERY, run=partial(tell, service, clock, sending, duties)),
                Timer(name="duties", every=OPEN_EVERY, run=duties.drop_overtaken),
                Timer(name="place-money", every=LET_GO_EVERY, run=partial(place_money, service, ring, clock)),
                Timer(name="settle-days", every=LET_GO_EVERY, run=partial(settle_days, service, ring, clock)),
                Timer(name="lapse", every=timedelta(hours=1), run=partial(lapse, service, ring, clock)),
                Timer(
                    name="bank-statement", every=STATEMENT_EVERY, run=partial(statement, service, ring, clock, settings)
                ),
                Timer(name="call-backs", every=LET_GO_EVERY, run=partial(call_backs_due, service, ring, clock)),
                *(demo_timers(settings, ring, clock) if settings.demo else ()),
                Timer(
                    name="fill-gaps", every=OPEN_EVERY, run=partial(fill_gaps, service, ring, clock, settings.gap_days)
                ),
                Timer(
                    name="checkpoint", every=CHECKPOINT_EVERY, run=partial(checkpoint, service, ring, clock, settings)
                ),
                Timer(
                    name="sweep-uploads",
                    every=timedelta(hours=1),
                    run=partial(uploads.sweep, service, store, clock, Limits()),
                ),
                Timer(name="sweep-pushes", every=timedelta(hours=1), run=partial(sweep_pushes, service, clock)),
                Timer(name="sweep-orphans", every=timedelta(days=1), run=partial(sweep_orphans, service, store)),
                Timer(name="sweep-sign-ins", every=timedelta(days=1), run=partial(sweep, service, clock)),
            ),
        )
    finally:
        await workbench.close()
        store.close()
        await service.close()


async def let_go(database: Database, ring: KeyRing, clock: Clock) -> None:
    """What could go on and does not, goes on."""
    async with database.transaction() as tx:
        await waiting.release_stalled(tx, ring, clock())


def sender_of(settings: Settings, ring: KeyRing) -> Sender | None:
    """The gateway, if one is set; in a demo without one, the inbox that testers read."""
    if settings.notice_url is not None:
        return Webhook(settings.notice_url, ring)
    return Inbox() if settings.demo else None


async def tell(database: Database, clock: Clock, sending: Sending, duties: Duties) -> None:
    """What took effect is decided about, what is due goes out, and what cannot go out becomes a task for a person."""
    more = True
    while more:
        async with database.transaction() as tx:
            more = await follow(tx, clock())
    await sending.send_due()
    await duties.open_due()


async def act_of_system(
    ring: KeyRing, clock: Clock, tx: Transaction, act: UUID, case: UUID, kind: str, body: dict[str, Any]
) -> None:
    """An act of a timer on a case. Raises Refusal."""
    await desk.act(
        tx,
        ring,
        person=SYSTEM,
        id=act,
        subject=Subject("case", case),
        kind=kind,
        base=0,
        body=body,
        personal=None,
        at=clock(),
        source=Source.TIMER,
    )


async def place_money(database: Database, ring: KeyRing, clock: Clock) -> None:
    """Money in suspense whose order has become known."""
    async with database.transaction() as tx:
        await bank.place(tx, ring, clock())


async def settle_days(database: Database, ring: KeyRing, clock: Clock) -> None:
    """Days that waited for a phone that has spoken."""
    async with database.transaction() as tx:
        await settling.settle(tx, ring, clock())


async def call_backs_due(database: Database, ring: KeyRing, clock: Clock) -> None:
    """Visits of days that are over, about which somebody asks the citizen."""
    async with database.transaction() as tx:
        await call_backs.list_due(tx, ring, clock())


async def lapse(database: Database, ring: KeyRing, clock: Clock) -> None:
    """Transfers that are no longer waited for."""
    async with database.transaction() as tx:
        await bank.lapse(tx, ring, clock())


async def statement(database: Database, ring: KeyRing, clock: Clock, settings: Settings) -> None:
    """What the bank booked and never told; the demo is its own bank. Raises NotYet where it does not answer."""
    url = settings.bank_statement_url
    if url is None and settings.demo:
        url = settings.public_url + demo_bank.STATEMENT
    if url is not None:
        try:
            await pull(database, ring, clock, url)
        except httpx.TransportError as error:
            raise NotYet(f"the bank does not answer ({type(error).__name__})") from None


def demo_timers(settings: Settings, ring: KeyRing, clock: Clock) -> tuple[Timer, ...]:
    """The pretend bank sends what it is late with."""
    run = partial(demo_bank.send_late, settings, ring, clock)
    return (Timer(name="pretend-bank", every=timedelta(seconds=5), run=run),)


async def fill_gaps(database: Database, ring: KeyRing, clock: Clock, days: int) -> None:
    """Acts held behind a gap that was waited for `days` run in order (P3; ODK's practice)."""
    async with database.transaction() as tx:
        devices = await waiting.given_up(tx, clock() - timedelta(days=days))
    for device in devices:
        async with database.transaction() as tx:
            await waiting.fill_gaps(tx, ring, device, clock())


async def checkpoint(database: Database, ring: KeyRing, clock: Clock, settings: Settings) -> None:
    """A signed root over all chains, to the configured sinks; delivered after the commit."""
    async with database.transaction() as tx:
        made = await make_checkpoint(tx, ring, clock())
    sinks: list[Sink] = [FolderSink(settings.checkpoints)]
    if settings.checkpoint_url is not None:
        sinks.append(WebhookSink(settings.checkpoint_url))
    failed = await deliver(made, sinks)
    if failed:
        raise failed[0]


async def sweep(database: Database, clock: Clock) -> None:
    async with database.transaction() as tx:
        await staff.sweep(tx, at=clock())


async def sweep_pushes(database: Database, clock: Clock) -> None:
    """Browsers behind links that open no page any more are forgotten."""
    async with database.transaction() as tx:
        await subscribing.forget_dead(tx, clock() - KEPT)
