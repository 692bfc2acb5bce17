"""The field for tests: demo units, a courier with a phone, people at desks, and acts as a phone writes them."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from backend import seeds
from backend.acts import envelope
from backend.acts.envelope import Subject
from backend.acts.model import Answer
from backend.acts.rules import current
from backend.database import Transaction
from backend.fees import queries as fees
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff.model import Role
from backend.sync import desk, service
from backend.sync.reading import Command
from backend.units import demo as demo_units
from backend.units import service as units
from backend.units.model import UnitKind
from tests.builders_staff import LONG_AGO, NOW, a_code, a_person, hired, let_in

MY_HIEP = "30112"
TODAY = date(2026, 11, 25)
ROOM = 20
"""Visits that a courier, or a counter, takes in a window: enough for whatever is not about that."""
MORNING = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
"""Wednesday 25/11/2026, 07 giờ 30 in Đồng Tháp."""


@dataclass
class Phone:
    """A phone's outbox: numbers, chains and signs what its courier does. `sent` is what it has made so far."""

    device: UUID
    person: UUID
    key: ec.EllipticCurvePrivateKey
    session: UUID
    seq: int = 0
    last: bytes | None = None
    now: datetime = MORNING
    sent: list[Command] = field(default_factory=list)

    def make(
        self,
        case: UUID,
        kind: str,
        body: dict[str, Any],
        *,
        personal: dict[str, Any] | None = None,
        subject: str = "case",
        base: int = 0,
        **changes: Any,
    ) -> Command:
        """The next act of this phone. `changes` overrides what a well-behaved phone would write."""
        self.seq += 1
        self.now += timedelta(seconds=20)
        sealed = personal_part(personal)
        values: dict[str, Any] = {
            "made_by": self.device,
            "id": uuid7(),
            "actor": self.person,
            "subject": Subject(subject, case),
            "kind": kind,
            "rules": current(),
            "base": base,
            "occurred_at": self.now,
            "body": body,
            "seq": self.seq,
            "prev": self.last,
            "offset_ms": 0,
            "personal": sealed,
        } | changes
        data = envelope.write(**values)
        self.last = envelope.fingerprint(data)
        command = Command(data, envelope.sign(self.key, data), sealed)
        self.sent.append(command)
        return command


def personal_part(values: dict[str, Any] | None) -> bytes | None:
    if values is None:
        return None
    return json.dumps({"salt": secrets.token_hex(16)} | values, ensure_ascii=False).encode()


@dataclass
class Field:
    """Xã Mỹ Hiệp: its post, one-stop and agency, with Lan and Tú (couriers), Út (dispatcher), Hùng (head of post),
    Mai (one-stop), Kim (1022)."""

    tx: Transaction
    ring: KeyRing
    post: UUID
    one_stop: UUID
    agency: UUID
    lan: UUID
    ut: UUID
    mai: UUID
    kim: UUID
    tu: UUID
    hung: UUID
    phone: Phone
    tu_phone: Phone
    at: datetime = MORNING
    seat: int = 0

    async def send(self, *commands: Command, carrier: Phone | None = None, at: datetime | None = None) -> list[Answer]:
        at = at or self.at + timedelta(hours=2)
        return await service.receive(self.tx, self.ring, commands, carrier=(carrier or self.phone).device, at=at)

    async def does(self, case: UUID, kind: str, body: dict[str, Any], **more: Any) -> Answer:
        """Lan's phone does it and sends it at once."""
        [answer] = await self.send(self.phone.make(case, kind, body, **more))
        return answer

    async def at_desk(
        self,
        person: UUID,
        case: UUID,
        kind: str,
        body: dict[str, Any],
        *,
        personal: dict[str, Any] | None = None,
        act: UUID | None = None,
        base: int = 0,
        subject: str = "case",
    ) -> Answer:
        self.at += timedelta(seconds=30)
        return await desk.act(
            self.tx,
            self.ring,
            person=person,
            id=act or uuid7(),
            subject=Subject(subject, case),
            kind=kind,
            base=base,
            body=body,
            personal=personal_part(personal),
            at=self.at,
        )

    def registration(self, **changes: Any) -> dict[str, Any]:
        return {
            "registration_id": str(uuid7()),
            "channel": "one_stop",
            "procedure": "2.000635",
            "registered_at_unit": str(self.one_stop),
            "supporting_unit": str(self.one_stop),
            "handling_unit": str(self.post),
            "competent_unit": str(self.agency),
            "visit_commune": MY_HIEP,
        } | changes

    async def registered(self, *, told: dict[str, Any] | None = None, **changes: Any) -> UUID:
        """`told`: of the personal part, beside name, phone and address."""
        case = uuid7()
        answer = await self.at_desk(
            self.mai,
            case,
            "register",
            self.registration(**changes),
            personal={"owner_name": "Nguyễn Thị Huệ", "phone": "0912 345 678", "address": "Ấp 1"} | (told or {}),
        )
        assert answer.standing == "applied", answer
        return case

    async def confirmed(self, *amounts: int, **changes: Any) -> tuple[UUID, list[str]]:
        case = await self.registered(**changes)
        charges = [
            {"charge_id": str(uuid7()), "line": "le_phi", "amount": amount, "due_at": "reception"} for amount in amounts
        ]
        await self.at_desk(self.mai, case, "confirm", {"charges": charges})
        return case, [charge["charge_id"] for charge in charges]

    def booking(self, purpose: str = "collect", **changes: Any) -> dict[str, Any]:
        self.seat += 1
        return {
            "appointment_id": str(uuid7()),
            "visit_id": str(uuid7()),
            "purpose": purpose,
            "unit": str(self.post),
            "courier": str(self.lan),
            "day": TODAY.isoformat(),
            "window": "07:00-08:00",
            "seat": self.seat,
            "agreed": True,
        } | changes

    async def booked(self, *amounts: int, **changes: Any) -> tuple[UUID, str, list[str]]:
        """(case, visit, charges): confirmed, then given to Lan."""
        case, charges = await self.confirmed(*amounts)
        booking = self.booking(**changes)
        answer = await self.at_desk(self.ut, case, "book", booking)
        assert answer.standing == "applied", answer
        return case, booking["visit_id"], charges

    async def state(self, case: UUID) -> str:
        return await self.tx.value("SELECT state FROM cases WHERE case_id = $case", case=case)

    async def standing(self, command: Command) -> str:
        """Where a command stands by now."""
        made = envelope.read(command.data)
        return await self.tx.value(
            "SELECT standing FROM inbox WHERE made_by = $maker AND id = $id", maker=made.made_by, id=made.id
        )


def a_paper(component: str = "to_khai", *, originals: int = 1, copies: int = 0) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "component": component,
        "form": "original",
        "originals": originals,
        "copies": copies,
        "condition": "intact",
    }


async def seeded(tx: Transaction) -> None:
    """Geography, procedures and the demo's offices."""
    await seeds.load(tx, TODAY)
    demo = demo_units.demo_units()
    await units.add(tx, replace(demo, hours=tuple(replace(span, seats=ROOM) for span in demo.hours)))


async def a_field(tx: Transaction, ring: KeyRing) -> Field:
    await seeded(tx)
    post, one_stop, agency = (
        demo_units.demo_unit_id(kind, MY_HIEP) for kind in (UnitKind.POST, UnitKind.ONE_STOP, UnitKind.AGENCY)
    )
    people: dict[str, UUID] = {}
    for name, full, role, unit in (
        ("lan", "Nguyễn Thị Lan", Role.COURIER, post),
        ("ut", "Trần Văn Út", Role.DISPATCHER, post),
        ("mai", "Lê Thị Mai", Role.ONE_STOP_OFFICER, one_stop),
        ("kim", "Phạm Thị Kim", Role.OPERATOR, demo_units.HOTLINE),
        ("tu", "Võ Anh Tú", Role.COURIER, post),
        ("hung", "Trần Văn Hùng", Role.HEAD_OF_POST, post),
    ):
        people[name] = (await a_person(tx, full)).id
        await hired(tx, people[name], unit, role, since=LONG_AGO)
    await hired(tx, people["mai"], agency, Role.ONE_STOP_OFFICER)
    phone = await a_phone_of(tx, ring, people["lan"], post)
    tu_phone = await a_phone_of(tx, ring, people["tu"], post)
    return Field(tx, ring, post, one_stop, agency, **people, phone=phone, tu_phone=tu_phone)


async def a_phone_of(tx: Transaction, ring: KeyRing, person: UUID, post: UUID) -> Phone:
    key = ec.generate_private_key(ec.SECP256R1())
    signed_in = await let_in(tx, ring, await a_code(tx, post, person), key, at=NOW)
    await fees.give_slip_block(tx, signed_in.device.id, 1000)
    return Phone(signed_in.device.id, person, key, signed_in.session.id)


def standings(answers: Sequence[Answer]) -> list[str]:
    return [str(answer.standing) for answer in answers]
