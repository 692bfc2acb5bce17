"""Xã Mỹ Hiệp with desks to sign in to, and phường Mỹ Tho next to it: the real application on a database of its own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from backend import postgres
from backend.database import Database, Transaction, connect
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff import passwords, queries
from backend.staff.model import Role
from backend.units.demo import PROVINCE_ONE_STOP, demo_unit_id
from backend.units.model import UnitKind
from tests.builders import Field
from tests.builders_app import BASE, Running, run
from tests.builders_ground import Ground, furnish
from tests.builders_staff import NOW, PASSWORD, a_person, hired

MY_THO = "28261"


@dataclass(frozen=True)
class Town:
    """`ground`: the furnished place, everybody with an account.

    `thao`: one-stop of Mỹ Tho; `binh`: approver at Mỹ Hiệp; `hoa`: supervisor; `dung`: administrator.
    """

    ground: Ground
    ring: KeyRing
    people: dict[str, UUID]


@dataclass
class Desk:
    """A browser or a program signed in at a desk."""

    http: httpx.AsyncClient
    form_token: str
    person: UUID

    async def act(self, case: UUID | str, kind: str, body: dict[str, Any], **more: Any) -> httpx.Response:
        sent = {
            "id": str(more.pop("id", uuid7())),
            "subject": {"kind": more.pop("subject", "case"), "id": str(case)},
            "kind": kind,
            "base": more.pop("base", 0),
            "body": body,
        } | more
        return await self.http.post("/api/desk/acts", json=sent, headers={"Form-Token": self.form_token})

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(path, params=params)

    async def page(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers={"Accept": "text/html"})

    async def fill(self, path: str, values: dict[str, Any]) -> httpx.Response:
        """Sends a form of a page, as a browser does."""
        sent = {"form_token": self.form_token} | values
        return await self.http.post(path, data=sent, headers={"Accept": "text/html"})


@dataclass
class Office:
    """The application at work, and what was done before it was asked."""

    town: Town
    running: Running
    database: Database

    @property
    def http(self) -> httpx.AsyncClient:
        return self.running.http

    @asynccontextmanager
    async def field(self) -> AsyncGenerator[Field]:
        """What phones and desks do in one transaction that commits."""
        async with self.database.transaction() as tx:
            yield self.town.ground.field(tx)

    @asynccontextmanager
    async def tx(self) -> AsyncGenerator[Transaction]:
        async with self.database.transaction() as tx:
            yield tx

    async def desk(self, account: str) -> Desk:
        transport = httpx.ASGITransport(app=self.running.application, raise_app_exceptions=False)
        http = httpx.AsyncClient(transport=transport, base_url=BASE)
        answer = await http.post("/api/desk/sign-in", json={"account": account, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Desk(http, answer.json()["form_token"], UUID(answer.json()["person"]["id"]))


@pytest.fixture(scope="session")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.make(tmp_path_factory.mktemp("ring") / "keys")


@pytest.fixture(scope="session")
async def town(server: postgres.Server, template: str, ring: KeyRing) -> Town:
    ground = await furnish(server, template, ring)
    database = await connect(server.dsn(ground.name, "tannha_app"), role="tannha_service", size=1)
    async with database.transaction() as tx:
        people = await _more_people(tx, ground.furnished)
        hashed = await passwords.hash_of(PASSWORD)
        for account, person in people.items():
            await queries.save_password(tx, person, account=account, hash=hashed, at=NOW)
    await database.close()
    return Town(ground, ring, people)


async def _more_people(tx: Transaction, field: Field) -> dict[str, UUID]:
    people = {name: getattr(field, name) for name in ("lan", "ut", "mai", "kim", "hung")}
    one_stop, agency = (demo_unit_id(kind, MY_THO) for kind in (UnitKind.ONE_STOP, UnitKind.AGENCY))
    for name, full, role, units in (
        ("thao", "Nguyễn Thị Thảo", Role.ONE_STOP_OFFICER, (one_stop, agency)),
        ("binh", "Huỳnh Văn Bình", Role.APPROVER, (field.one_stop, field.agency)),
        ("hoa", "Võ Thị Hoa", Role.SUPERVISOR, (PROVINCE_ONE_STOP,)),
        ("dung", "Lê Quốc Dũng", Role.ADMINISTRATOR, (PROVINCE_ONE_STOP,)),
    ):
        people[name] = (await a_person(tx, full)).id
        for unit in units:
            await hired(tx, people[name], unit, role)
    return people


@pytest.fixture
async def office(town: Town, tmp_path: Path) -> AsyncGenerator[Office]:
    async with town.ground.copied() as copy:
        database = await connect(copy.app, role="tannha_service", size=2)
        async with run(copy.app, tmp_path, ring=town.ring) as running:
            yield Office(town, running, database)
        await database.close()


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition(":")[2]


def kinds(answer: httpx.Response) -> list[str]:
    """What is next, of a case as JSON."""
    assert answer.status_code == 200, answer.text
    return [one["kind"] for one in answer.json()["next"]]
