"""Who calls is asked for many requests at once, and each gets an answer of its own."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from backend.clock import local_date
from backend.database import Database, Transaction, connect
from backend.errors import Refusal
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff import device_queries, errors
from backend.staff.asking import Asking
from backend.staff.device_sign_in import SignedIn
from tests.builders_staff import NOW, a_phone


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    opened = await connect(database_url, role="tannha_service", size=2)
    yield opened
    await opened.close()


async def phones(database: Database, ring: KeyRing, count: int) -> list[SignedIn]:
    async with database.transaction() as tx:
        return [(await a_phone(tx, ring))[0] for _ in range(count)]


async def revoked(tx: Transaction, held: SignedIn) -> None:
    await tx.run(
        "UPDATE devices SET revoked_at = $at, revoked_by = person_id WHERE id = $id", at=NOW, id=held.device.id
    )


async def test_a_hundred_who_come_together_share_two_statements(
    database: Database, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = device_queries.signed_in_devices

    async def counted(tx: object, pairs: list[device_queries.Asked], **more: object) -> object:
        asked.append(len(pairs))
        return await real(tx, pairs, **more)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr("backend.staff.asking.signed_in_devices", counted)
    held = await phones(database, ring, 4)
    asking = Asking(database, lambda: NOW)
    callers = [held[number % 4] for number in range(100)]
    first = asyncio.create_task(asking.carrier(held[0].session.id, held[0].device.id))
    while not asked:
        await asyncio.sleep(0)
    found = await asyncio.gather(*(asking.carrier(one.session.id, one.device.id) for one in callers))
    assert [one.device_id for one in found] == [one.device.id for one in callers]
    assert (await first).device_id == held[0].device.id
    assert asked == [1, 100]


async def test_one_is_refused_the_others_are_not(database: Database, ring: KeyRing) -> None:
    good, lost, other = await phones(database, ring, 3)
    async with database.transaction() as tx:
        await revoked(tx, lost)
    asking = Asking(database, lambda: NOW)
    found = await asyncio.gather(
        asking.carrier(good.session.id, good.device.id),
        asking.carrier(lost.session.id, lost.device.id),
        asking.carrier(other.session.id, good.device.id),
        asking.carrier(uuid7(), good.device.id),
        return_exceptions=True,
    )
    assert [type(one) for one in found[1:]] == [
        errors.DeviceRevoked,
        errors.DeviceSessionEnded,
        errors.DeviceSessionEnded,
    ]
    assert not isinstance(found[0], BaseException)
    assert found[0].roles


async def test_a_revocation_is_effective_with_the_next_request(database: Database, ring: KeyRing) -> None:
    """Also while others are being asked about: whoever comes later waits for a statement that begins later."""
    [held] = await phones(database, ring, 1)
    asking = Asking(database, lambda: NOW)
    before = asyncio.create_task(asking.carrier(held.session.id, held.device.id))
    await asyncio.sleep(0)
    async with database.transaction() as tx:
        await revoked(tx, held)
    with pytest.raises(errors.DeviceRevoked):
        await asking.carrier(held.session.id, held.device.id)
    await asyncio.wait([before])


async def test_whoever_hangs_up_keeps_nobody_from_an_answer(database: Database, ring: KeyRing) -> None:
    held = await phones(database, ring, 2)
    asking = Asking(database, lambda: NOW)
    calls = [asyncio.create_task(asking.carrier(one.session.id, one.device.id)) for one in held]
    await asyncio.sleep(0)
    calls[0].cancel()
    assert (await calls[1]).device_id == held[1].device.id
    assert (await asking.carrier(held[0].session.id, held[0].device.id)).device_id == held[0].device.id


async def test_a_database_that_is_gone_is_said_to_all(database: Database, ring: KeyRing) -> None:
    held = await phones(database, ring, 2)
    asking = Asking(database, lambda: NOW)
    await database.close()
    found = await asyncio.gather(
        *(asking.carrier(one.session.id, one.device.id) for one in held), return_exceptions=True
    )
    assert all(isinstance(one, Exception) and not isinstance(one, Refusal) for one in found)


async def test_one_device_asked_alone_is_told_the_same(database: Database, ring: KeyRing) -> None:
    [held] = await phones(database, ring, 1)
    asking = Asking(database, lambda: NOW)
    async with database.transaction() as tx:
        alone = await device_queries.signed_in_device(tx, held.session.id, held.device.id, at=NOW, on=local_date(NOW))
    assert await asking.carrier(held.session.id, held.device.id) == alone
