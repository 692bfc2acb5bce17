"""Hires the cast: people, roles, passwords, codes for phones."""

import hashlib
import secrets
from base64 import b32encode
from datetime import date, datetime, timedelta
from typing import get_args
from uuid import UUID

from backend.clock import local_date
from backend.database import Transaction
from backend.demo.cast import Member, colleague
from backend.demo.handout import CourierIn, DeskIn, Held
from backend.ids import derived
from backend.staff import competence, device_queries, passwords, queries, service
from backend.staff.competence_model import Qualification
from backend.staff.enrolment import PREFIX
from backend.staff.model import EnrolmentCode, Person, Role, RoleHeld
from backend.units.model import Model

SINCE = date(2025, 7, 1)
TRAINED, LASTS = timedelta(days=30), timedelta(days=365)
"""How long ago couriers were trained, and how long that counts from today."""
CODES = {"lan": 32, "tu": 16}
"""Spare codes for the phones of the stories; everybody else has two."""
_CODE_LASTS = timedelta(days=3650)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike."""


async def hire(tx: Transaction, cast: tuple[Member, ...], at: datetime) -> tuple[list[CourierIn], list[DeskIn]]:
    """The named cast have a password each. All other couriers share one, and so do all other desks: hashing a hundred
    passwords would take longer than all the rest of the demo. Each installation has its own."""
    badges = {member.id: f"DT-{number:06}" for number, member in enumerate(cast, 1)}
    for member in cast:
        await service.save_person(tx, Person(id=member.id, name=member.name, badge=badges[member.id]))
        for post in member.posts:
            await service.give_role(tx, _role(member, post.role, post.unit_id, at))
    shared = {True: await _hashed(), False: await _hashed()}
    couriers: list[CourierIn] = []
    desks: list[DeskIn] = []
    for member in cast:
        unit = member.courier_at
        password, hashed = await _hashed() if member.named else shared[unit is not None]
        await queries.save_password(tx, member.id, account=member.account, hash=hashed, at=at)
        if unit is None:
            desks.append(_desk(member, password))
        else:
            codes = await _codes(tx, member, unit, colleague(unit, Role.HEAD_OF_POST, cast), at)
            couriers.append(_courier(member, badges[member.id], unit, password, codes))
    return couriers, desks


async def train(tx: Transaction, cast: tuple[Member, ...], at: datetime) -> None:
    """Every courier has mastered every model, but Tú not yet the one in which the citizen does not write."""
    on = local_date(at)
    for member in cast:
        if (unit := member.courier_at) is None:
            continue
        head = colleague(unit, Role.HEAD_OF_POST, cast)
        for model in get_args(Model):
            if (member.account, model) == ("tu", "no_writing"):
                continue
            new = Qualification(
                id=derived("demo-qualification", member.account, model),
                person_id=member.id,
                unit_id=unit,
                model=model,
                since=on - TRAINED,
                until=on + LASTS,
                evidence="Danh sách tập huấn của bản trình diễn",
                entered_by=head.id,
                recorded_at=at,
            )
            await competence.qualify(tx, head.posts, new)


async def _hashed() -> tuple[str, str]:
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    return password, await passwords.hash_of(password)


def _role(member: Member, role: Role, unit: UUID, at: datetime) -> RoleHeld:
    return RoleHeld(
        id=derived("demo-role", member.account, role, unit.hex),
        person_id=member.id,
        unit_id=unit,
        role=role,
        since=SINCE,
        recorded_at=at,
    )


async def _codes(tx: Transaction, member: Member, unit: UUID, head: Member, at: datetime) -> list[str]:
    """A quarter of an hour is too short for a tester."""
    texts: list[str] = []
    for _ in range(CODES.get(member.account, 2)):
        secret = secrets.token_bytes(16)
        code = EnrolmentCode(
            hash=hashlib.sha256(secret).digest(),
            person_id=member.id,
            unit_id=unit,
            made_by=head.id,
            made_at=at,
            expires_at=at + _CODE_LASTS,
        )
        await device_queries.add_code(tx, code)
        texts.append(PREFIX + b32encode(secret).decode().rstrip("="))
    return texts


def _desk(member: Member, password: str) -> DeskIn:
    roles = [Held(role=post.role, unit=post.unit_id) for post in member.posts]
    return DeskIn(name=member.name, person=member.id, account=member.account, password=password, roles=roles)


def _courier(member: Member, badge: str, unit: UUID, password: str, codes: list[str]) -> CourierIn:
    return CourierIn(
        name=member.name,
        person=member.id,
        badge=badge,
        account=member.account,
        password=password,
        unit=unit,
        enrolment_codes=codes,
    )
