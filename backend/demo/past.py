"""What happened before the demo began, written through the doors everybody uses: phones send, desks write.

Nothing is put into a table of cases by hand, so chains, ledger and custody hold as they do for real acts.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.acts import envelope
from backend.acts.envelope import Subject
from backend.acts.model import Answer, Standing
from backend.acts.rules import current
from backend.clock import local_date
from backend.database import Transaction
from backend.demo.cast import Member
from backend.fees import payment_queries as payments
from backend.fees import queries as fees
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.parcels import service as parcels
from backend.procedures import service as procedures
from backend.staff import enrolment
from backend.staff.jwk import jwk
from backend.staff.model import DeviceAct, Post, Role
from backend.sync import desk, service
from backend.sync.reading import Command
from backend.units.model import UnitId
from backend.visits.lists import is_taken

_STEP = timedelta(minutes=2)
_SLIPS = 1000


class WentWrong(Exception):
    """An act of the sample data did not take effect as it must; the text says which and why."""


class Doing(msgspec.Struct, frozen=True):
    """What somebody at a desk does about a case."""

    who: Member
    case: UUID
    kind: str
    body: dict[str, Any]
    personal: dict[str, Any] | None = None


class OldPhone:
    """A courier's phone of earlier days: numbers, chains and signs what its courier does, as the app does."""

    def __init__(self, device: UUID, person: UUID, key: ec.EllipticCurvePrivateKey) -> None:
        self.device = device
        self.person = person
        self._key = key
        self._seq = 0
        self._last: bytes | None = None
        self.slip = 0
        self.order = 0

    def write(
        self, subject: Subject, kind: str, body: dict[str, Any], at: datetime, personal: dict[str, Any] | None = None
    ) -> Command:
        self._seq += 1
        sealed = None if personal is None else _salted(personal)
        data = envelope.write(
            made_by=self.device,
            id=uuid7(),
            actor=self.person,
            subject=subject,
            kind=kind,
            rules=current(),
            base=0,
            occurred_at=at,
            offset_ms=0,
            body=body,
            seq=self._seq,
            prev=self._last,
            personal=sealed,
        )
        self._last = envelope.fingerprint(data)
        return Command(data, envelope.sign(self._key, data), sealed)


class Past:
    """Acts one after the other, each a little later than the one before. `at`: when the next one happens."""

    def __init__(self, tx: Transaction, ring: KeyRing, at: datetime) -> None:
        self.tx = tx
        self.ring = ring
        self.at = at
        self.bound: set[str] = set()
        """Labels that are on a parcel."""
        self._codes = count(101)
        self._seats: dict[tuple[UUID, date, str], int] = {}

    def next_code(self) -> int:
        """For a dossier code: past those that the stories use."""
        return next(self._codes)

    def next_seat(self, unit: UUID, day: date, window: str) -> int:
        seat = self._seats[unit, day, window] = self._seats.get((unit, day, window), 0) + 1
        return seat

    async def asked(self, procedure: str) -> list[str]:
        """The papers that the catalogue of the day asks of everybody; none where it does not know them."""
        version = await procedures.find_version(self.tx, procedure, local_date(self.at))
        listed = (version.content.components if version is not None else None) or ()
        return [one.code for one in listed if one.when is None and is_taken(one)]

    async def receipt(self, case: UUID, procedure: str, agency: UUID) -> dict[str, Any] | None:
        """What the agency's receipt says. None: the catalogue does not know the time limit."""
        received_at = (await parcels.reached_agency(self.tx, [case]))[case]
        version = await procedures.get_version(self.tx, procedure, local_date(received_at))
        due = await procedures.due(self.tx, version, UnitId(agency), received_at, received=True)
        return None if due.on is None else {"received_at": received_at.isoformat(), "due_on": due.on.isoformat()}

    async def at_desk(
        self, who: Member, case: UUID, kind: str, body: dict[str, Any], personal: dict[str, Any] | None = None
    ) -> None:
        """Raises WentWrong, and whatever the desks would be refused with."""
        await self._write(who, Subject("case", case), kind, body, None if personal is None else _salted(personal))

    async def at_desks(self, done: Sequence[Doing]) -> None:
        """Many at once, written together. Raises what the desks would be refused with."""
        self.at += _STEP
        await desk.act_together(
            self.tx,
            self.ring,
            [
                desk.Told(
                    one.who.id,
                    uuid7(),
                    Subject("case", one.case),
                    one.kind,
                    one.body,
                    None if one.personal is None else _salted(one.personal),
                    self.at,
                )
                for one in done
            ],
        )

    async def on_stock(self, who: Member, unit: UUID, kind: str, body: dict[str, Any]) -> None:
        """About the label sets of an office."""
        await self._write(who, Subject("unit", unit), kind, body, None)

    async def on_bag(self, who: Member, bag: UUID, kind: str, body: dict[str, Any]) -> None:
        await self._write(who, Subject("bag", bag), kind, body, None)

    async def on_incident(
        self, who: Member, incident: UUID, kind: str, body: dict[str, Any], personal: dict[str, Any]
    ) -> None:
        await self._write(who, Subject("incident", incident), kind, body, _salted(personal))

    async def _write(
        self, who: Member, subject: Subject, kind: str, body: dict[str, Any], personal: bytes | None
    ) -> None:
        self.at += _STEP
        answer = await desk.act(
            self.tx,
            self.ring,
            person=who.id,
            id=uuid7(),
            subject=subject,
            kind=kind,
            base=0,
            body=body,
            personal=personal,
            at=self.at,
        )
        _must_apply(kind, answer)

    async def by_phone(
        self, phone: OldPhone, subject: UUID, *acts: tuple[str, dict[str, Any]], place: dict[str, float] | None = None
    ) -> None:
        """Done at the door one after the other, sent together. `begin_shift` and `close_shift` are about a shift.
        `place`: where the phone says that it is."""
        commands: list[Command] = []
        for kind, body in acts:
            self.at += _STEP
            about = "shift" if kind in {"begin_shift", "remit", "close_shift"} else "case"
            where = {"place": place} if place is not None and kind in {"record_arrival", "fail_visit"} else None
            commands.append(phone.write(Subject(about, subject), kind, body, self.at, where))
        answers = await service.receive(self.tx, self.ring, commands, carrier=phone.device, at=self.at)
        for (kind, _), answer in zip(acts, answers, strict=True):
            _must_apply(kind, answer)

    async def phone_of(self, courier: Member, head: Member) -> OldPhone:
        """Enrolled with a code of the head of the post, as every phone is."""
        unit = courier.courier_at
        if unit is None:
            raise WentWrong(f"{courier.account} is no courier")
        code = await enrolment.make_code(
            self.tx, posts=[Post(Role.HEAD_OF_POST, unit)], made_by=head.id, person=courier.id, unit=unit, at=self.at
        )
        key = ec.generate_private_key(ec.SECP256R1())
        let_in = await enrolment.enrol(
            self.tx,
            self.ring,
            code=code,
            key=jwk(_point(key)),
            proof=envelope.sign(key, code.encode()),
            at=self.at,
            record=self._record,
        )
        phone = OldPhone(let_in.device.id, courier.id, key)
        phone.slip, _ = await fees.give_slip_block(self.tx, phone.device, _SLIPS)
        phone.order, _ = await payments.give_reference_block(self.tx, phone.device, _SLIPS)
        return phone

    async def put_away(self, phone: OldPhone, head: Member, unit: UUID) -> None:
        """Nobody holds its key any more."""
        posts = [Post(Role.HEAD_OF_POST, unit)]
        await enrolment.revoke_device(self.tx, phone.device, posts=posts, by=head.id, at=self.at, record=self._record)

    async def _record(self, tx: Transaction, told: DeviceAct) -> None:
        await desk.record(tx, self.ring, told)


def _salted(personal: dict[str, Any]) -> bytes:
    return json.dumps({"salt": secrets.token_hex(16)} | personal, ensure_ascii=False).encode()


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _must_apply(kind: str, answer: Answer) -> None:
    if answer.standing is not Standing.APPLIED or answer.exceptions:
        why = answer.problem.detail if answer.problem else ", ".join(answer.exceptions)
        raise WentWrong(f"{kind}: {answer.standing} {why}")
