"""Loads the demo's data once, or goes on with what is there. Called at every start of `tannha demo`, before it serves.

Everything is written in one transaction: a start that was cut short leaves nothing behind.
"""

import asyncio
import sys
from datetime import datetime

import msgspec

from backend.config import CannotRun, Settings
from backend.database import Database, connect
from backend.demo import handout, queries
from backend.demo.cast import NAMED
from backend.demo.clock import SharedClock, demo_clock
from backend.demo.handout import Handout
from backend.demo.seeding import seed
from backend.keys import KeyRing


class NoHandout(CannotRun):
    """The data is there, but nobody knows its passwords any more."""


def prepare(settings: Settings) -> None:
    """Raises CannotRun when this database cannot be a demo."""
    asyncio.run(_prepared(settings))


async def _prepared(settings: Settings) -> None:
    if settings.database_url is None:
        raise CannotRun("DATABASE_URL is not set: start with `tannha demo`")
    clock = demo_clock(settings)
    _stand(clock, settings)
    database = await connect(settings.database_url, role="tannha_service", size=1)
    try:
        found = await _ready(database, settings, clock())
    finally:
        await database.close()
    for line in handout.lines(found, settings.data, frozenset(member.account for member in NAMED)):
        sys.stdout.write(f"{line}\n")


def _stand(clock: SharedClock, settings: Settings) -> None:
    """At a later start the clock goes on from where it was; TANNHA_NOW can only move it forward."""
    clock.keep()
    if settings.now is not None and settings.now > clock():
        clock.move_to(settings.now)


async def _ready(database: Database, settings: Settings, at: datetime) -> Handout:
    async with database.transaction() as tx:
        if not await queries.is_demo(tx):
            raise CannotRun("this installation is not a demo: set TANNHA_DATA to another folder")
        if await queries.has_people(tx):
            found = handout.read(settings.data)
            if found is None:
                raise NoHandout(f"{settings.data / handout.NAME} is gone: `tannha demo-reset`, then start again")
        else:
            found = await seed(tx, KeyRing.open(settings.keys), at, settings.demo_appointments)
        found = msgspec.structs.replace(found, base=settings.public_url, now=at)
        # Before the commit: data without its handout would be of no use to anybody.
        handout.write(settings.data, found)
    return found
