"""Posts, people and phones for tests. Everyone is hired from a day long ago unless told otherwise."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from backend.database import Transaction
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff import enrolment, service
from backend.staff.device_sign_in import SignedIn
from backend.staff.jwk import JsonWebKey
from backend.staff.model import DeviceAct, Person, Post, Role, RoleHeld
from tests.builders_dpop import make_key, public_jwk, sign

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 8 o'clock in Đồng Tháp."""
LONG_AGO = date(2025, 7, 1)
PASSWORD = "Sông Tiền mùa nước nổi"  # noqa: S105

_badge = count(1)


class ManualClock:
    """A clock that stands until somebody moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Recorded(list[DeviceAct]):
    """Keeps the acts it was given, in the place of the chains."""

    async def __call__(self, _tx: Transaction, act: DeviceAct) -> None:
        self.append(act)


async def a_post(tx: Transaction) -> UUID:
    unit = uuid7()
    await tx.run("INSERT INTO units (id, kind, source) VALUES ($unit, 'post', 'test')", unit=unit)
    return unit


async def a_person(tx: Transaction, name: str = "Nguyễn Thị Lan") -> Person:
    person = Person(id=uuid7(), name=name, badge=f"DT-{next(_badge):06}")
    await service.save_person(tx, person)
    return person


async def hired(
    tx: Transaction, person: UUID, unit: UUID, role: Role, *, since: date = LONG_AGO, until: date | None = None
) -> UUID:
    held = RoleHeld(id=uuid7(), person_id=person, unit_id=unit, role=role, since=since, until=until, recorded_at=NOW)
    await service.give_role(tx, held)
    return held.id


async def a_courier(tx: Transaction, unit: UUID, name: str = "Nguyễn Thị Lan") -> UUID:
    person = await a_person(tx, name)
    await hired(tx, person.id, unit, Role.COURIER)
    return person.id


async def a_code(tx: Transaction, unit: UUID, person: UUID, *, at: datetime = NOW) -> str:
    head = await a_person(tx, "Trần Văn Hùng")
    return await enrolment.make_code(
        tx, posts=[Post(Role.HEAD_OF_POST, unit)], made_by=head.id, person=person, unit=unit, at=at
    )


async def let_in(
    tx: Transaction,
    ring: KeyRing,
    code: str,
    key: ec.EllipticCurvePrivateKey,
    *,
    at: datetime = NOW,
    record: enrolment.Record | None = None,
) -> SignedIn:
    return await enrolment.enrol(
        tx,
        ring,
        code=code,
        key=JsonWebKey(**public_jwk(key)),
        proof=sign(key, code.encode()),
        at=at,
        record=Recorded() if record is None else record,
    )


async def a_phone(tx: Transaction, ring: KeyRing, *, at: datetime = NOW) -> tuple[SignedIn, ec.EllipticCurvePrivateKey]:
    """Of a new courier at a new post, signed in."""
    unit = await a_post(tx)
    person = await a_courier(tx, unit)
    key = make_key()
    return await let_in(tx, ring, await a_code(tx, unit, person, at=at), key, at=at), key
