"""Xã Mỹ Hiệp on a database of its own, what follows its feed, and a gateway that remembers what it was given."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
import pytest

from backend import postgres, work
from backend.database import Database, connect
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.notices.push_model import Services
from backend.notices.pushing import Pushing
from backend.notices.senders import Message, NotSent
from backend.notices.sending import Sending
from backend.notices.telling import Duties
from tests.builders import MORNING, Field
from tests.builders_ground import Ground, furnish

BASE = "https://tannha.dongthap.example"


@dataclass
class Gateway:
    """A sender. `down`: what it answers instead of taking a message."""

    taken: list[Message] = field(default_factory=list)
    tried: int = 0
    down: NotSent | None = None

    async def send(self, message: Message, at: datetime) -> None:
        self.tried += 1
        if self.down is not None:
            raise self.down
        self.taken.append(message)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.taken]


@dataclass
class Post:
    """The place at work. `now`: the clock of whoever follows and sends. `services`: that may be called to push."""

    ground: Ground
    ring: KeyRing
    database: Database
    url: str
    gateway: Gateway = field(default_factory=Gateway)
    now: datetime = MORNING
    sends: bool = True
    services: Services = Services(frozenset())  # noqa: RUF009  (frozen)

    def __post_init__(self) -> None:
        furnished = self.ground.furnished
        self._field = self.ground.field(furnished.tx)

    @asynccontextmanager
    async def field(self) -> AsyncGenerator[Field]:
        """What phones and desks do in one transaction that commits, at the time it is."""
        async with self.database.transaction() as tx:
            found = self.ground.field(tx)
            found.phone, found.tu_phone, found.seat = self._field.phone, self._field.tu_phone, self._field.seat
            found.at = found.phone.now = found.tu_phone.now = self.now
            yield found
            self._field = found

    @property
    def sending(self) -> Sending:
        pushing = Pushing(self.ring, self.services, lambda: self.now, BASE)
        gateway = self.gateway if self.sends else None
        return Sending(self.database, self.ring, lambda: self.now, gateway, BASE, pushing)

    @property
    def duties(self) -> Duties:
        return Duties(self.database, lambda: self.now, partial(work.act_of_system, self.ring, lambda: self.now))

    async def tell(self, **later: float) -> list[str]:
        """Time goes by, then one round of the worker's timer. The texts that went out in it."""
        self.now += timedelta(**later)
        before = len(self.gateway.taken)
        await work.tell(self.database, lambda: self.now, self.sending, self.duties)
        return self.gateway.texts[before:]

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with self.database.transaction() as tx:
            return [dict(row.items()) for row in await tx.all(sql, **values)]  # pyright: ignore[reportArgumentType]

    async def notices(self, case: UUID | None = None) -> dict[str, tuple[str, str | None]]:
        """Template -> state and reason; of several, the last."""
        rows = await self.rows(
            "SELECT template, state, reason FROM notices WHERE $case::uuid IS NULL OR case_id = $case ORDER BY n",
            case=case,
        )
        return {row["template"]: (row["state"], row["reason"]) for row in rows}


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="session")
async def ground(server: postgres.Server, template: str, ring: KeyRing) -> Ground:
    return await furnish(server, template, ring)


@pytest.fixture
async def post(ground: Ground, ring: KeyRing) -> AsyncGenerator[Post]:
    """Sample messages go to `post.gateway`."""
    async with ground.copied() as copy:
        database = await connect(copy.app, role="tannha_service", size=4)
        yield Post(ground, ring, database, copy.app)
        await database.close()


async def registered(field: Field, **personal: Any) -> UUID:
    """By the one-stop. `personal`: what the citizen gave, beside a name."""
    case = uuid7()
    answer = await field.at_desk(
        field.mai, case, "register", field.registration(), personal={"owner_name": "Nguyễn Thị Huệ"} | personal
    )
    assert answer.standing == "applied", answer
    return case


def at_vietnam(text: str) -> datetime:
    """`2026-11-25 21:30` in Đồng Tháp."""
    return msgspec.convert(f"{text.replace(' ', 'T')}:00+07:00", datetime)
