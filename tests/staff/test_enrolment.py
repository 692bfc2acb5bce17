"""Letting a phone in: one code, one phone, fifteen minutes; a lost answer is given again."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from backend.clock import local_date
from backend.database import Transaction, connect
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff import device_queries, enrolment, errors, service, tokens
from backend.staff.jwk import JsonWebKey
from backend.staff.model import Post, Role
from tests.builders_dpop import make_key, public_jwk, sign, thumbprint
from tests.builders_staff import NOW, Recorded, a_code, a_courier, a_person, a_phone, a_post, hired, let_in

TODAY = local_date(NOW)


async def test_a_head_of_post_lets_a_couriers_phone_in(tx: Transaction, ring: KeyRing):
    post = await a_post(tx)
    person = await a_courier(tx, post)
    code, key, record = await a_code(tx, post, person), make_key(), Recorded()
    assert code.startswith("TANNHA:ENROL:")
    assert len(code) == 39
    found = await let_in(tx, ring, code, key, record=record)
    access = tokens.read_access(ring, found.access_token, NOW)
    assert (access.device, access.person, access.thumbprint) == (found.device.id, person, thumbprint(key))
    assert (found.device.unit_id, found.person.name) == (post, "Nguyễn Thị Lan")
    assert [(act.kind, act.device_id, act.body["unit"]) for act in record] == [
        ("enrol_device", found.device.id, str(post))
    ]
    carrier = await device_queries.signed_in_device(tx, access.session, access.device, at=NOW, on=TODAY)
    assert carrier.roles == {Role.COURIER}


async def test_the_code_may_be_typed_in_by_hand(tx: Transaction, ring: KeyRing):
    post = await a_post(tx)
    code, key = await a_code(tx, post, await a_courier(tx, post)), make_key()
    typed = f"{code[13:19]} {code[19:]}".lower()
    found = await enrolment.enrol(
        tx,
        ring,
        code=typed,
        key=JsonWebKey(**public_jwk(key)),
        proof=sign(key, code.encode()),
        at=NOW,
        record=Recorded(),
    )
    assert found.device.thumbprint == thumbprint(key)


async def test_who_may_not_let_a_phone_in_gets_no_code(tx: Transaction):
    post, other = await a_post(tx), await a_post(tx)
    person = await a_courier(tx, post)
    for posts in ([], [Post(Role.COURIER, post)], [Post(Role.DISPATCHER, post)], [Post(Role.HEAD_OF_POST, other)]):
        with pytest.raises(errors.RoleNeeded):
            await enrolment.make_code(tx, posts=posts, made_by=person, person=person, unit=post, at=NOW)


async def test_no_code_for_somebody_who_does_not_work_there_today(tx: Transaction):
    post = await a_post(tx)
    former = await a_person(tx)
    await hired(tx, former.id, post, Role.COURIER, until=TODAY - timedelta(days=1))
    with pytest.raises(errors.NoRoleToday):
        await a_code(tx, post, former.id)
    dismissed = await a_courier(tx, post)
    await service.disable_person(tx, dismissed, at=NOW)
    with pytest.raises(errors.PersonDisabled):
        await a_code(tx, post, dismissed)


async def test_a_code_expires_after_fifteen_minutes(tx: Transaction, ring: KeyRing):
    post = await a_post(tx)
    code = await a_code(tx, post, await a_courier(tx, post))
    with pytest.raises(errors.EnrolmentCodeExpired):
        await let_in(tx, ring, code, make_key(), at=NOW + timedelta(minutes=15))
    await let_in(tx, ring, code, make_key(), at=NOW + timedelta(minutes=14, seconds=59))


async def test_a_code_lets_in_one_phone_only(tx: Transaction, ring: KeyRing):
    post = await a_post(tx)
    code = await a_code(tx, post, await a_courier(tx, post))
    await let_in(tx, ring, code, make_key())
    with pytest.raises(errors.EnrolmentCodeUsed):
        await let_in(tx, ring, code, make_key())


async def test_a_lost_answer_is_given_again_to_the_same_phone(tx: Transaction, ring: KeyRing):
    post = await a_post(tx)
    code, key, record = await a_code(tx, post, await a_courier(tx, post)), make_key(), Recorded()
    first = await let_in(tx, ring, code, key, record=record)
    again = await let_in(tx, ring, code, key, at=NOW + timedelta(hours=23), record=record)
    assert (again.device.id, again.session.id, again.refresh_token) == (
        first.device.id,
        first.session.id,
        first.refresh_token,
    )
    assert len(record) == 1
    with pytest.raises(errors.EnrolmentCodeUsed):
        await let_in(tx, ring, code, key, at=NOW + timedelta(hours=24))


async def test_a_code_nobody_made_is_unknown(tx: Transaction, ring: KeyRing):
    for code in (
        "TANNHA:ENROL:" + "A" * 26,
        "A" * 25 + "B",
        "",
        "TANNHA:ENROL:",
        "1" * 26,
        "Đ" * 26,
        "A" * 10_000,
        "\0",
    ):
        with pytest.raises(errors.EnrolmentCodeUnknown):
            await let_in(tx, ring, code, make_key())


async def test_a_phone_must_prove_its_key_over_this_very_code(tx: Transaction, ring: KeyRing):
    post = await a_post(tx)
    code, key = await a_code(tx, post, await a_courier(tx, post)), make_key()
    public = JsonWebKey(**public_jwk(key))
    for proof in (b"", bytes(64), sign(make_key(), code.encode()), sign(key, b"TANNHA:ENROL:" + b"A" * 26)):
        with pytest.raises(errors.EnrolmentNotProven):
            await enrolment.enrol(tx, ring, code=code, key=public, proof=proof, at=NOW, record=Recorded())
    for other in ({"crv": "P-384"}, {"kty": "RSA"}, {"d": "AAAA"}, {"x": public.y, "y": public.x}):
        with pytest.raises(errors.KeyRefused):
            await enrolment.enrol(
                tx,
                ring,
                code=code,
                key=JsonWebKey(**{**public_jwk(key), **other}),
                proof=sign(key, code.encode()),
                at=NOW,
                record=Recorded(),
            )


async def test_one_key_is_one_phone(tx: Transaction, ring: KeyRing):
    found, key = await a_phone(tx, ring)
    code = await a_code(tx, found.device.unit_id, found.device.person_id)
    with pytest.raises(errors.KeyAlreadyEnrolled):
        await let_in(tx, ring, code, key)


async def test_the_database_keeps_no_code_and_no_token(tx: Transaction, ring: KeyRing):
    post = await a_post(tx)
    code, key = await a_code(tx, post, await a_courier(tx, post)), make_key()
    found = await let_in(tx, ring, code, key)
    kept = str([dict(row) for row in await tx.all("SELECT * FROM enrolment_codes")])
    kept += str([dict(row) for row in await tx.all("SELECT * FROM device_sessions")])
    for secret in (code[13:], found.access_token, found.refresh_token):
        assert secret not in kept


async def test_a_revoked_phone_is_out_with_its_next_request(tx: Transaction, ring: KeyRing):
    found, _ = await a_phone(tx, ring)
    head = Post(Role.HEAD_OF_POST, found.device.unit_id)
    by, record = (await a_person(tx)).id, Recorded()
    for _ in range(2):
        await enrolment.revoke_device(tx, found.device.id, posts=[head], by=by, at=NOW, record=record)
    with pytest.raises(errors.DeviceRevoked):
        await device_queries.signed_in_device(tx, found.session.id, found.device.id, at=NOW, on=TODAY)
    assert [act.kind for act in record] == ["revoke_device"]


async def test_a_lost_phone_is_revoked_too_and_may_be_reported_after_a_revocation(tx: Transaction, ring: KeyRing):
    found, _ = await a_phone(tx, ring)
    post, by, record = found.device.unit_id, (await a_person(tx)).id, Recorded()
    with pytest.raises(errors.RoleNeeded):
        await enrolment.report_lost(tx, found.device.id, posts=[Post(Role.COURIER, post)], by=by, at=NOW, record=record)
    await enrolment.revoke_device(
        tx, found.device.id, posts=[Post(Role.SUPERVISOR, uuid7())], by=by, at=NOW, record=record
    )
    later = NOW + timedelta(hours=1)
    await enrolment.report_lost(
        tx, found.device.id, posts=[Post(Role.DISPATCHER, post)], by=by, at=later, record=record
    )
    device = await device_queries.lock_device(tx, found.device.id)
    assert (device.revoked_at, device.lost_at) == (NOW, later)
    assert [act.kind for act in record] == ["revoke_device", "report_device_lost"]
    assert len({act.id for act in record}) == 2
    with pytest.raises(errors.DeviceUnknown):
        await enrolment.revoke_device(tx, uuid7(), posts=[], by=by, at=NOW, record=record)


async def test_a_phones_key_person_and_unit_cannot_be_changed(tx: Transaction, ring: KeyRing):
    found, _ = await a_phone(tx, ring)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await tx.run("UPDATE devices SET public_key = public_key WHERE id = $id", id=found.device.id)


async def test_of_two_phones_that_show_one_code_at_the_same_moment_one_is_let_in(database_url: str, ring: KeyRing):
    database = await connect(database_url, role="tannha_service")
    try:
        async with database.transaction() as tx:
            post = await a_post(tx)
            code = await a_code(tx, post, await a_courier(tx, post))

        async def one() -> str:
            try:
                async with database.transaction() as tx:
                    return (await let_in(tx, ring, code, make_key())).access_token
            except errors.EnrolmentCodeUsed as used:
                return type(used).__name__

        answers = await asyncio.gather(*[one() for _ in range(6)])
        assert answers.count("EnrolmentCodeUsed") == 5
    finally:
        await database.close()
