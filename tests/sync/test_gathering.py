"""Requests that share a transaction: which wait for which, and that nobody is left waiting."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg

from backend.database import Database, Transaction
from backend.errors import Busy
from backend.staff.model import Role
from backend.sync.gathering import Gathering, Request
from tests.builders import MORNING, Field, Phone, a_phone_of, standings
from tests.builders_ground import Copy
from tests.builders_staff import a_person, hired
from tests.sync.conftest import MakeField

HEARD = MORNING + timedelta(hours=2)
HELD = 42
"""The advisory lock a test holds to stop a round where it wants it."""


async def three_phones(field: Field) -> list[tuple[Phone, str, str]]:
    """Each with a case and a visit of its own."""
    found: list[tuple[Phone, str, str]] = []
    for number in range(3):
        courier = (await a_person(field.tx, f"Bưu tá số {number}")).id
        await hired(field.tx, courier, field.post, Role.COURIER)
        phone = await a_phone_of(field.tx, field.ring, courier, field.post)
        case, visit, _ = await field.booked(courier=str(courier), seat=number + 1)
        found.append((phone, str(case), visit))
    return found


def leaving(phone: Phone, case: str, visit: str) -> Request:
    return Request(phone.session, phone.device, [phone.make(case, "depart", {"visit_id": visit})], None)


async def stopped_at(owner: "asyncpg.Connection[Any]", device: object, *, when: str) -> None:
    """Whoever brings in an act of this phone waits for `HELD`, at once or at the commit."""
    await owner.execute(
        f"""CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF NEW.made_by = '{device}' THEN PERFORM pg_advisory_xact_lock({HELD}); END IF;
                   RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER held AFTER INSERT ON inbox DEFERRABLE INITIALLY {when}
                FOR EACH ROW EXECUTE FUNCTION held();
            SELECT pg_advisory_lock({HELD})"""
    )


async def is_waiting(owner: "asyncpg.Connection[Any]") -> None:
    while not await owner.fetchval("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
        await asyncio.sleep(0.01)


async def test_who_comes_while_a_round_is_decided_shares_the_next(
    own_copy: Copy, pool: Database, field_in: MakeField
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        first, *others = await three_phones(field)
    owner = await asyncpg.connect(own_copy.owner)
    await stopped_at(owner, first[0].device, when="IMMEDIATE")
    door = Gathering(pool, field.ring, lambda: HEARD)
    sent = [asyncio.create_task(door.send(leaving(*first)))]
    await is_waiting(owner)
    sent += [asyncio.create_task(door.send(leaving(*one))) for one in others]
    await asyncio.sleep(0)
    await owner.execute(f"SELECT pg_advisory_unlock({HELD})")
    for one in sent:
        assert standings((await one)[1]) == ["applied"]
    rounds = await owner.fetch(
        "SELECT xmin, count(*) AS acts FROM inbox WHERE kind = 'depart' GROUP BY xmin ORDER BY xmin::text::bigint"
    )
    await owner.close()
    assert [row["acts"] for row in rounds] == [1, 2]


async def test_a_round_that_waits_for_the_disk_keeps_nobody_else_waiting(
    own_copy: Copy, pool: Database, field_in: MakeField
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        first, second, _ = await three_phones(field)
    owner = await asyncpg.connect(own_copy.owner)
    await stopped_at(owner, first[0].device, when="DEFERRED")
    door = Gathering(pool, field.ring, lambda: HEARD)
    slow = asyncio.create_task(door.send(leaving(*first)))
    await is_waiting(owner)
    _, answers = await door.send(leaving(*second))
    assert standings(answers) == ["applied"]
    assert not slow.done()
    await owner.execute(f"SELECT pg_advisory_unlock({HELD})")
    assert standings((await slow)[1]) == ["applied"]
    await owner.close()


class AwayAtFirst(Database):
    """Its first connections cannot be had."""

    failures = 2

    @asynccontextmanager
    async def transaction(self, *, units: Any = ()) -> AsyncGenerator[Transaction]:
        if self.failures:
            self.failures -= 1
            raise Busy("Thử lại sau.")
        async with super().transaction(units=units) as tx:
            yield tx


async def test_a_round_that_never_began_leaves_the_way_free(pool: Database, field_in: MakeField) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        phones = await three_phones(field)
    door = Gathering(AwayAtFirst(pool.pool), field.ring, lambda: HEARD)
    heard = await asyncio.gather(*(door.send(leaving(*one)) for one in phones), return_exceptions=True)
    told = [one if isinstance(one, Exception) else standings(one[1]) for one in heard]
    assert isinstance(told[0], Busy)
    assert told[1:] == [["applied"], ["applied"]]
