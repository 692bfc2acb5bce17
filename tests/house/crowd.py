"""Everybody who might call: all roles at the offices of a case and at others, phones near and far, and nobody."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import count
from typing import Any
from uuid import UUID

import httpx

from backend.database import Database, Transaction
from backend.staff import queries as staff
from backend.staff.guards import desk_cookie
from backend.staff.model import Role
from backend.staff.sign_in import session_hash
from backend.staff.tokens import make_form_token
from backend.units.demo import demo_unit_id
from backend.units.model import UnitKind
from tests.builders import Field, Phone, a_phone_of
from tests.builders_app import BASE, Caller, Running, calling
from tests.builders_dpop import make_key
from tests.builders_staff import NOW, a_person, hired

MY_THO = "28261"
_address = count(1)


class At(StrEnum):
    """Where a person at a desk holds the role, seen from the case."""

    SUPPORTING = "supporting unit"
    HANDLING = "handling unit"
    COMPETENT = "competent unit"
    ELSEWHERE = "another office"
    TWO_HATS = "another office, with another role here"


class With(StrEnum):
    """Whose phone it is, seen from the case."""

    CARRIER = "carrier of the case"
    COLLEAGUE = "courier of the same post"
    STRANGER = "courier of another post"
    FORMER = "carrier whose role has ended"
    REVOKED = "phone that was revoked"
    THIEF = "the carrier's token without the key"


@dataclass
class Crowd:
    """`desks`, `phones`: who calls. `nobody` has shown nothing."""

    nobody: httpx.AsyncClient
    desks: Mapping[tuple[Role, At], "Clerk"]
    phones: Mapping[With, Caller]
    makers: Mapping[With, Phone]


@dataclass
class Clerk:
    http: httpx.AsyncClient
    person: UUID
    form_token: str

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Form-Token": self.form_token} | more.pop("headers", {})
        return await self.http.request(method, path, headers=headers, **more)


def from_afar(running: Running) -> httpx.AsyncClient:
    """Each from a place of its own."""
    client = (f"203.0.113.{next(_address) % 250 + 1}", 4000)
    transport = httpx.ASGITransport(app=running.application, client=client, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE)


async def gather(running: Running, database: Database, field: Field) -> Crowd:
    async with database.transaction() as tx:
        field = replace(field, tx=tx)
        here = {At.SUPPORTING: field.one_stop, At.HANDLING: field.post, At.COMPETENT: field.agency}
        desks = {
            (role, at): await _clerk(tx, running, {here.get(at, _elsewhere(role)): role})
            for role in Role
            for at in (*here, At.ELSEWHERE)
        }
        for role in Role:
            hats = {_elsewhere(role): role, field.post: Role.PROCEDURE_OWNER}  # who does nothing on a case
            desks[role, At.TWO_HATS] = await _clerk(tx, running, hats)
        stranger = (await a_person(tx, "Nguyễn Văn Xa")).id
        await hired(tx, stranger, demo_unit_id(UnitKind.POST, MY_THO), Role.COURIER)
        makers = {
            With.CARRIER: field.phone,
            With.COLLEAGUE: field.tu_phone,
            With.STRANGER: await a_phone_of(tx, field.ring, stranger, demo_unit_id(UnitKind.POST, MY_THO)),
            With.FORMER: await _courier(field, "Trần Thị Nghỉ"),
            With.REVOKED: await _courier(field, "Lý Văn Mất"),
        }
    phones = {who: calling(replace(running, http=from_afar(running)), phone) for who, phone in makers.items()}
    phones[With.THIEF] = Caller(phones[With.CARRIER].running, make_key(), phones[With.CARRIER].token)
    return Crowd(from_afar(running), desks, phones, makers)


async def close_doors(tx: Transaction, field: Field, crowd: Crowd) -> None:
    """What happens to two of them after the visits are planned: a role ends, a phone is revoked."""
    await tx.run(
        "UPDATE roles_held SET valid = daterange(lower(valid), $day) WHERE person_id = $person",
        day=date(2026, 11, 25),
        person=crowd.makers[With.FORMER].person,
    )
    await tx.run(
        "UPDATE devices SET revoked_at = $at, revoked_by = $by WHERE id = $device",
        at=NOW,
        by=field.hung,
        device=crowd.makers[With.REVOKED].device,
    )


def _elsewhere(role: Role) -> UUID:
    kind = UnitKind.ONE_STOP if role in {Role.ONE_STOP_OFFICER, Role.POST_EMPLOYEE_AT_ONE_STOP} else UnitKind.POST
    return demo_unit_id(kind, MY_THO)


async def _courier(field: Field, name: str) -> Phone:
    person = (await a_person(field.tx, name)).id
    await hired(field.tx, person, field.post, Role.COURIER)
    return await a_phone_of(field.tx, field.ring, person, field.post)


async def _clerk(tx: Transaction, running: Running, posts: Mapping[UUID, Role]) -> Clerk:
    """Signed in without a password: to check sixty of them takes longer than all that is tested here."""
    person = (await a_person(tx, f"Người số {secrets.randbelow(10**6)}")).id
    for unit, role in posts.items():
        await hired(tx, person, unit, role)
    cookie, at = secrets.token_urlsafe(32), running.clock()
    await staff.open_desk_session(tx, session_hash(cookie), person, at)
    http = from_afar(running)
    http.cookies.set(desk_cookie(running.application.state["entrance"], "").key, cookie)
    return Clerk(http, person, make_form_token(running.ring, session_hash(cookie), at))
