"""A phone stays signed in although answers get lost, and a thief signs everybody out."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from backend.clock import local_date
from backend.database import Database, Transaction, connect
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff import device_queries, device_sign_in, errors, service
from backend.staff.device_sign_in import SignedIn, Stolen
from backend.staff.model import Carrier
from backend.staff.tokens import make_refresh
from tests.builders_dpop import make_key, thumbprint
from tests.builders_staff import NOW, PASSWORD, Recorded, a_code, a_phone, let_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def refreshed(tx: Transaction, ring: KeyRing, held: SignedIn, *, at: timedelta = HOUR) -> SignedIn:
    """As the phone itself does it, `at` after its enrolment."""
    found = await device_sign_in.refresh(
        tx, ring, token=held.refresh_token, thumbprint=held.device.thumbprint, at=NOW + at
    )
    assert isinstance(found, SignedIn)
    return found


async def asked(tx: Transaction, held: SignedIn, *, at: timedelta = HOUR) -> Carrier:
    then = NOW + at
    return await device_queries.signed_in_device(tx, held.session.id, held.device.id, at=then, on=local_date(then))


async def test_each_refresh_token_is_followed_by_another(tx: Transaction, ring: KeyRing):
    first, _ = await a_phone(tx, ring)
    second = await refreshed(tx, ring, first)
    third = await refreshed(tx, ring, second, at=2 * HOUR)
    assert len({held.refresh_token for held in (first, second, third)}) == 3
    assert {held.session.id for held in (first, second, third)} == {first.session.id}


async def test_a_thousand_lost_answers_lock_nobody_out(tx: Transaction, ring: KeyRing):
    held, _ = await a_phone(tx, ring)
    for turn in range(1000):
        lost = await refreshed(tx, ring, held, at=timedelta(minutes=10 * turn))
        again = await refreshed(tx, ring, held, at=timedelta(minutes=10 * turn + 5))
        assert again.refresh_token == lost.refresh_token
        held = again


async def test_the_token_before_the_last_is_good_for_a_day(tx: Transaction, ring: KeyRing):
    first, _ = await a_phone(tx, ring)
    second = await refreshed(tx, ring, first)
    assert (
        await refreshed(tx, ring, first, at=HOUR + DAY - timedelta(seconds=1))
    ).refresh_token == second.refresh_token
    with pytest.raises(errors.RefreshSpent):
        await refreshed(tx, ring, first, at=HOUR + DAY)
    await refreshed(tx, ring, second, at=HOUR + DAY)


async def test_an_older_token_of_the_phone_itself_is_spent_but_ends_nothing(tx: Transaction, ring: KeyRing):
    first, _ = await a_phone(tx, ring)
    third = await refreshed(tx, ring, await refreshed(tx, ring, first))
    with pytest.raises(errors.RefreshSpent):
        await refreshed(tx, ring, first)
    await asked(tx, third)


async def test_a_token_not_yet_given_out_is_spent_as_well(tx: Transaction, ring: KeyRing):
    held, _ = await a_phone(tx, ring)
    ahead = make_refresh(ring, session=held.session.id, n=5, made_at=NOW)
    with pytest.raises(errors.RefreshSpent):
        await device_sign_in.refresh(tx, ring, token=ahead, thumbprint=held.device.thumbprint, at=NOW)


async def test_another_key_revokes_the_family_and_raises_an_alarm(tx: Transaction, ring: KeyRing):
    first, _ = await a_phone(tx, ring)
    second = await refreshed(tx, ring, first)
    thief = thumbprint(make_key())
    answer = await device_sign_in.refresh(tx, ring, token=first.refresh_token, thumbprint=thief, at=NOW + HOUR)
    assert isinstance(answer, Stolen)
    with pytest.raises(errors.DeviceSessionEnded):
        await asked(tx, second)
    for token in (first, second):
        with pytest.raises(errors.DeviceSessionEnded):
            await refreshed(tx, ring, token)
    alarms = await tx.all("SELECT kind, session_id FROM security_alarms WHERE device_id = $id", id=first.device.id)
    assert [tuple(alarm) for alarm in alarms] == [("refresh_from_another_key", first.session.id)]
    with pytest.raises(errors.DeviceSessionEnded):
        await device_sign_in.refresh(tx, ring, token=first.refresh_token, thumbprint=thief, at=NOW + HOUR)


async def test_signing_out_ends_the_session_at_once(tx: Transaction, ring: KeyRing):
    held, _ = await a_phone(tx, ring)
    await device_sign_in.sign_out(tx, await asked(tx, held), at=NOW)
    with pytest.raises(errors.DeviceSessionEnded):
        await asked(tx, held)
    with pytest.raises(errors.DeviceSessionEnded):
        await refreshed(tx, ring, held)


async def test_somebody_disabled_is_out_on_their_phone_at_once(tx: Transaction, ring: KeyRing):
    held, _ = await a_phone(tx, ring)
    await service.disable_person(tx, held.person.id, at=NOW)
    with pytest.raises(errors.PersonDisabled):
        await asked(tx, held)
    await service.enable_person(tx, held.person.id)
    with pytest.raises(errors.DeviceSessionEnded):
        await refreshed(tx, ring, held)


async def test_a_phone_without_a_network_for_weeks_stays_signed_in_but_not_for_ever(tx: Transaction, ring: KeyRing):
    held, _ = await a_phone(tx, ring)
    late = await refreshed(tx, ring, held, at=59 * DAY)
    assert (await asked(tx, late, at=118 * DAY)).device_id == held.device.id
    with pytest.raises(errors.DeviceSessionEnded):
        await asked(tx, late, at=119 * DAY)
    later = await refreshed(tx, ring, late, at=118 * DAY)
    with pytest.raises(errors.DeviceSessionEnded):
        await refreshed(tx, ring, await refreshed(tx, ring, later, at=170 * DAY), at=180 * DAY)


async def test_a_carrier_whose_role_ended_yesterday_comes_in_without_it(tx: Transaction, ring: KeyRing):
    """What the phone recorded is still taken in; routes that need the role refuse."""
    held, _ = await a_phone(tx, ring)
    await tx.run(
        "UPDATE roles_held SET valid = daterange(lower(valid), $today) WHERE person_id = $person",
        today=local_date(NOW),
        person=held.person.id,
    )
    assert (await asked(tx, held)).roles == frozenset()


async def test_a_session_belongs_to_its_phone(tx: Transaction, ring: KeyRing):
    one, _ = await a_phone(tx, ring)
    other, _ = await a_phone(tx, ring)
    for session, device in ((one.session.id, other.device.id), (uuid7(), one.device.id)):
        with pytest.raises(errors.DeviceSessionEnded):
            await device_queries.signed_in_device(tx, session, device, at=NOW, on=local_date(NOW))


async def test_phones_of_a_unit_are_listed_with_what_they_said_of_themselves(tx: Transaction, ring: KeyRing):
    held, _ = await a_phone(tx, ring)
    await tx.run(
        """UPDATE devices SET health = '{"unsent": 3, "battery": 40, "newer": 1}' WHERE id = $id""", id=held.device.id
    )
    [listed] = await device_queries.devices_at(tx, [held.device.unit_id])
    assert listed.health is not None
    assert (listed.id, listed.health.unsent, listed.health.battery) == (held.device.id, 3, 40)


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    opened = await connect(database_url, role="tannha_service")
    yield opened
    await opened.close()


async def test_a_phone_signs_in_again_with_the_password_of_its_courier(database: Database, ring: KeyRing):
    async with database.transaction() as tx:
        held, _ = await a_phone(tx, ring)
        colleague, _ = await a_phone(tx, ring)
        await service.set_password(tx, held.person.id, account="Lan", password=PASSWORD, at=NOW)
        await service.set_password(tx, colleague.person.id, account="tu", password=PASSWORD + "!", at=NOW)

    async def sign_in(account: str, password: str, key: bytes = held.device.thumbprint) -> SignedIn:
        return await device_sign_in.sign_in(
            database, ring, account=account, password=password, thumbprint=key, at=NOW + HOUR
        )

    again = await sign_in(" LAN ", PASSWORD)
    assert again.session.id != held.session.id
    with pytest.raises(errors.WrongPassword):
        await sign_in("tu", PASSWORD + "!")
    with pytest.raises(errors.WrongPassword):
        await sign_in("nobody\0", PASSWORD)
    with pytest.raises(errors.DeviceNotEnrolled):
        await sign_in("lan", PASSWORD, thumbprint(make_key()))
    async with database.transaction() as tx:
        with pytest.raises(errors.DeviceSessionEnded):
            await asked(tx, held)
        await asked(tx, again)


async def test_a_colleague_cannot_lock_a_courier_out(database: Database, ring: KeyRing):
    async with database.transaction() as tx:
        held, _ = await a_phone(tx, ring)
        colleague, _ = await a_phone(tx, ring)
        await service.set_password(tx, held.person.id, account="lan", password=PASSWORD, at=NOW)

    async def sign_in(password: str, of: SignedIn) -> SignedIn:
        return await device_sign_in.sign_in(
            database, ring, account="lan", password=password, thumbprint=of.device.thumbprint, at=NOW
        )

    for _ in range(5):
        with pytest.raises(errors.WrongPassword):
            await sign_in("sai mật khẩu rồi", colleague)
    with pytest.raises(errors.TooManyTries) as refused:
        await sign_in(PASSWORD, colleague)
    assert refused.value.retry_after == 1
    await sign_in(PASSWORD, held)


async def test_two_tabs_that_refresh_at_the_same_moment_get_the_same_token(database: Database, ring: KeyRing):
    async with database.transaction() as tx:
        held, _ = await a_phone(tx, ring)

    async def one() -> str:
        async with database.transaction() as tx:
            return (await refreshed(tx, ring, held)).refresh_token

    assert len(set(await asyncio.gather(*[one() for _ in range(8)]))) == 1


async def test_a_request_and_a_revocation_at_the_same_moment_do_not_wait_for_each_other_for_ever(
    database: Database, ring: KeyRing
):
    async with database.transaction() as tx:
        held, key = await a_phone(tx, ring)
        code = await a_code(tx, held.device.unit_id, held.person.id)

    async def one(turn: int) -> None:
        async with database.transaction() as tx:
            if turn % 3 == 0:
                await device_sign_in.refresh(
                    tx, ring, token=held.refresh_token, thumbprint=thumbprint(make_key()), at=NOW
                )
            elif turn % 3 == 1:
                await device_queries.lock_device(tx, held.device.id)
                await device_queries.end_sessions_of_device(tx, held.device.id, at=NOW, because="revoked")
            else:
                await let_in(tx, ring, code, key, record=Recorded())

    answers = await asyncio.gather(*[one(turn) for turn in range(12)], return_exceptions=True)
    wrong = (errors.DeviceSessionEnded, errors.KeyAlreadyEnrolled)
    assert [answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, wrong)] == []
