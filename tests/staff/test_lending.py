"""A spare phone is lent with eight digits: once, at its own post, under a key of its own, until the night is over."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.clock import VIETNAM, local_date
from backend.database import Database, connect
from backend.keys import KeyRing
from backend.staff import device_queries, device_sign_in, enrolment, errors, lending, service, tokens
from backend.staff.device_sign_in import SignedIn
from backend.staff.jwk import JsonWebKey
from backend.staff.model import Post, Role
from tests.builders_dpop import make_key, public_jwk, sign, thumbprint
from tests.builders_staff import NOW, Recorded, a_courier, a_person, a_phone, hired

NEXT_MORNING = datetime.combine(local_date(NOW) + timedelta(days=1), datetime.min.time(), VIETNAM) + timedelta(hours=4)


class Bench:
    """A post with a spare phone, a courier whose own is dead, and who may lend."""

    def __init__(self, service_: Database, ring: KeyRing) -> None:
        self.database, self.ring, self.record = service_, ring, Recorded()
        self.post = self.lan = self.ut = UUID(int=0)
        self.spare: SignedIn
        self.spare_key = make_key()

    async def laid(self) -> "Bench":
        async with self.database.transaction() as tx:
            self.spare, self.spare_key = await a_phone(tx, self.ring)
            self.post = self.spare.device.unit_id
            self.lan = await a_courier(tx, self.post, "Nguyễn Thị Lan")
            self.ut = (await a_person(tx, "Phan Thị Út")).id
            await hired(tx, self.ut, self.post, Role.DISPATCHER)
        return self

    async def code(self, *, at: datetime = NOW, role: Role = Role.DISPATCHER) -> str:
        async with self.database.transaction() as tx:
            return await lending.make_code(
                tx, self.ring, posts=[Post(role, self.post)], made_by=self.ut, person=self.lan, unit=self.post, at=at
            )

    async def borrows(
        self, code: str, key: ec.EllipticCurvePrivateKey, *, at: datetime = NOW, spare: bytes | None = None
    ) -> SignedIn:
        return await lending.borrow(
            self.database,
            self.ring,
            code=code,
            key=JsonWebKey(**public_jwk(key)),
            proof=sign(key, f"TANNHA:LEND:{code.replace(' ', '')}".encode()),
            spare=spare or thumbprint(self.spare_key),
            at=at,
            record=self.record,
        )

    async def carrier(self, of: SignedIn, at: datetime) -> Any:
        async with self.database.transaction() as tx:
            return await device_queries.signed_in_device(tx, of.session.id, of.device.id, at=at, on=local_date(at))


@pytest.fixture
async def bench(database_url: str, ring: KeyRing) -> AsyncGenerator[Bench]:
    database = await connect(database_url, role="tannha_service", size=2)
    yield await Bench(database, ring).laid()
    await database.close()


async def test_a_spare_phone_is_the_couriers_until_the_night_is_over(bench: Bench) -> None:
    code, key = await bench.code(), make_key()
    assert len(code) == 8
    assert code.isdecimal()
    lent = await bench.borrows(f"{code[:4]} {code[4:]}", key)
    access = tokens.read_access(bench.ring, lent.access_token, NOW)
    assert (access.device, access.person, access.thumbprint) == (lent.device.id, bench.lan, thumbprint(key))
    assert lent.device.id != bench.spare.device.id
    assert (lent.device.lent_from, lent.device.lent_until) == (bench.spare.device.id, NEXT_MORNING)
    [act] = bench.record
    assert (act.kind, act.device_id, act.actor) == ("lend_device", lent.device.id, bench.ut)
    assert (act.body["lent_from"], act.body["lent_until"]) == (str(bench.spare.device.id), NEXT_MORNING.isoformat())
    assert (await bench.carrier(lent, NEXT_MORNING - timedelta(seconds=1))).person_id == bench.lan
    with pytest.raises(errors.LendingEnded):
        await bench.carrier(lent, NEXT_MORNING)
    async with bench.database.transaction() as tx:
        with pytest.raises(errors.LendingEnded):
            await device_sign_in.refresh(
                tx, bench.ring, token=lent.refresh_token, thumbprint=thumbprint(key), at=NEXT_MORNING
            )
    assert (await bench.carrier(bench.spare, NEXT_MORNING)).person_id == bench.spare.person.id


async def test_a_lost_answer_is_given_again_and_to_nobody_else(bench: Bench) -> None:
    code, key = await bench.code(), make_key()
    first = await bench.borrows(code, key)
    again = await bench.borrows(code, key, at=NOW + timedelta(minutes=1))
    assert (again.device.id, again.session.id) == (first.device.id, first.session.id)
    with pytest.raises(errors.EnrolmentCodeUsed):
        await bench.borrows(code, make_key())
    assert len(bench.record) == 1


async def test_a_code_is_over_after_fifteen_minutes(bench: Bench) -> None:
    code = await bench.code()
    with pytest.raises(errors.EnrolmentCodeExpired):
        await bench.borrows(code, make_key(), at=NOW + timedelta(minutes=15))


async def test_a_phone_that_guesses_has_to_wait(bench: Bench) -> None:
    code = await bench.code()
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for _ in range(5):
        with pytest.raises(errors.LendingCodeUnknown):
            await bench.borrows(wrong, make_key())
    with pytest.raises(errors.TooManyCodes):
        await bench.borrows(code, make_key())
    assert (await bench.borrows(code, make_key(), at=NOW + timedelta(minutes=2))).person.id == bench.lan


async def test_only_a_phone_of_that_post_that_is_enrolled_itself(bench: Bench, ring: KeyRing) -> None:
    code = await bench.code()
    with pytest.raises(errors.DeviceNotEnrolled):
        await bench.borrows(code, make_key(), spare=thumbprint(make_key()))
    async with bench.database.transaction() as tx:
        _, elsewhere = await a_phone(tx, ring)
    with pytest.raises(errors.LendingCodeUnknown):
        await bench.borrows(code, make_key(), spare=thumbprint(elsewhere))
    key = make_key()
    await bench.borrows(code, key)
    with pytest.raises(errors.DeviceNotEnrolled):
        await bench.borrows(await bench.code(), make_key(), spare=thumbprint(key))


async def test_who_has_not_the_key_gets_nothing(bench: Bench) -> None:
    code = await bench.code()
    with pytest.raises(errors.EnrolmentNotProven):
        await lending.borrow(
            bench.database,
            bench.ring,
            code=code,
            key=JsonWebKey(**public_jwk(make_key())),
            proof=sign(make_key(), f"TANNHA:LEND:{code}".encode()),
            spare=thumbprint(bench.spare_key),
            at=NOW,
            record=bench.record,
        )


async def test_who_may_not_lend_gets_no_code(bench: Bench) -> None:
    for role in (Role.COURIER, Role.COUNTER_CLERK, Role.SUPERVISOR, Role.ONE_STOP_OFFICER):
        with pytest.raises(errors.RoleNeeded):
            await bench.code(role=role)
    async with bench.database.transaction() as tx:
        await service.disable_person(tx, bench.lan, at=NOW)
    with pytest.raises(errors.PersonDisabled):
        await bench.code()


@pytest.mark.parametrize("which", ["spare", "lent"])
async def test_what_is_lost_is_lost_as_both(bench: Bench, which: str) -> None:
    """It is one thing in the hand."""
    lent = await bench.borrows(await bench.code(), make_key())
    named = lent if which == "lent" else bench.spare
    async with bench.database.transaction() as tx:
        posts = [Post(Role.DISPATCHER, bench.post)]
        await enrolment.report_lost(tx, named.device.id, posts=posts, by=bench.ut, at=NOW, record=bench.record)
    for one in (lent, bench.spare):
        with pytest.raises(errors.DeviceRevoked):
            await bench.carrier(one, NOW)
    assert [act.kind for act in bench.record] == ["lend_device", "report_device_lost", "report_device_lost"]


async def test_a_spare_phone_that_is_taken_away_is_lent_no_longer(bench: Bench) -> None:
    first, second = [await bench.borrows(await bench.code(), make_key()) for _ in range(2)]
    posts = [Post(Role.HEAD_OF_POST, bench.post)]
    async with bench.database.transaction() as tx:
        await enrolment.revoke_device(tx, first.device.id, posts=posts, by=bench.ut, at=NOW, record=bench.record)
    assert (await bench.carrier(second, NOW)).person_id == bench.lan
    async with bench.database.transaction() as tx:
        spare = bench.spare.device.id
        await enrolment.revoke_device(tx, spare, posts=posts, by=bench.ut, at=NOW, record=bench.record)
    with pytest.raises(errors.DeviceRevoked):
        await bench.carrier(second, NOW)
