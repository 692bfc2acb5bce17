"""A longer lease by a code that is read out: of one phone, one day and the digits it shows, by its own post alone."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend.clock import local_date
from backend.database import Transaction
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.staff import device_queries, enrolment, errors, lengthening
from backend.staff.model import Post, Role
from tests.builders_staff import NOW, Recorded, a_person, a_phone, hired

TODAY = local_date(NOW)


class Bench:
    """A phone, and who reads out."""

    def __init__(self, tx: Transaction, ring: KeyRing) -> None:
        self.tx, self.ring, self.record = tx, ring, Recorded()
        self.device = self.post = self.ut = UUID(int=0)

    async def laid(self) -> "Bench":
        phone, _ = await a_phone(self.tx, self.ring)
        self.device, self.post = phone.device.id, phone.device.unit_id
        self.ut = (await a_person(self.tx, "Phan Thị Út")).id
        await hired(self.tx, self.ut, self.post, Role.DISPATCHER)
        return self

    async def reads(
        self, challenge: str = "4821", *, role: Role = Role.DISPATCHER, unit: UUID | None = None, **more: object
    ) -> str:
        values: dict[str, object] = {"day": TODAY, "at": NOW, "record": self.record, "act": uuid7()} | more
        return await lengthening.read_out(
            self.tx,
            self.ring,
            self.device,
            challenge=challenge,
            posts=[Post(role, unit or self.post)],
            by=self.ut,
            **values,  # pyright: ignore[reportArgumentType]
        )


@pytest.fixture
async def bench(tx: Transaction, ring: KeyRing) -> Bench:
    return await Bench(tx, ring).laid()


async def test_the_code_is_of_that_phone_that_day_and_those_digits(bench: Bench) -> None:
    code = await bench.reads()
    assert len(code) == 8
    assert code.isdecimal()
    assert code == lengthening.code_of(lengthening.secret_of(bench.ring, bench.device, TODAY), 4821)
    assert await bench.reads() == code
    others = [await bench.reads("4822"), await bench.reads(day=TODAY - timedelta(days=1))]
    secret = lengthening.secret_of(bench.ring, uuid7(), TODAY)
    assert len({code, *others, lengthening.code_of(secret, 4821)}) == 4


async def test_that_it_was_read_out_is_told_to_the_phones_chain_without_the_code(bench: Bench) -> None:
    code = await bench.reads()
    [act] = bench.record
    assert (act.kind, act.device_id, act.actor) == ("extend_lease", bench.device, bench.ut)
    assert (act.body["challenge"], act.body["day"]) == ("4821", TODAY.isoformat())
    assert code not in act.body.values()
    await bench.reads(record=None)
    assert len(bench.record) == 1


@pytest.mark.parametrize("role", [Role.COURIER, Role.COUNTER_CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR])
async def test_nobody_else_reads_it_out(bench: Bench, role: Role) -> None:
    with pytest.raises(errors.RoleNeeded):
        await bench.reads(role=role)
    assert bench.record == []


async def test_the_head_of_the_post_does_and_that_of_another_post_does_not(bench: Bench) -> None:
    assert await bench.reads(role=Role.HEAD_OF_POST)
    with pytest.raises(errors.RoleNeeded):
        await bench.reads(unit=uuid7(), role=Role.HEAD_OF_POST)


@pytest.mark.parametrize("challenge", ["", "482", "48210", "48a1", "٤٨٢١"])
async def test_what_is_no_number_of_a_phone_is_asked_for_again(bench: Bench, challenge: str) -> None:
    with pytest.raises(errors.ChallengeMisread):
        await bench.reads(challenge)


@pytest.mark.parametrize("days", [-2, 1])
async def test_only_today_and_yesterday_count(bench: Bench, days: int) -> None:
    with pytest.raises(errors.ChallengeMisread):
        await bench.reads(day=TODAY + timedelta(days=days))


async def test_a_phone_that_was_taken_away_gets_no_code(bench: Bench) -> None:
    posts = [Post(Role.HEAD_OF_POST, bench.post)]
    await enrolment.revoke_device(bench.tx, bench.device, posts=posts, by=bench.ut, at=NOW, record=Recorded())
    assert (await device_queries.lock_device(bench.tx, bench.device)).revoked_at == NOW
    with pytest.raises(errors.DeviceRevoked):
        await bench.reads()
