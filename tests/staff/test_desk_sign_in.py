"""Signing in at a desk: a session is a hash, it ends at once, and guessing becomes slow for whoever guesses."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from argon2 import PasswordHasher

from backend.clock import local_date
from backend.database import Database, connect
from backend.keys import KeyRing
from backend.staff import errors, queries, service, sign_in
from backend.staff.model import Clerk, Role
from backend.staff.tokens import place_key
from tests.builders_staff import NOW, PASSWORD, a_person, a_post, hired

HERE, THERE = "203.0.113.7", "198.51.100.9"
TODAY = local_date(NOW)


class Office:
    """A post where Hùng is dispatcher, and ways to sign in there."""

    def __init__(self, database: Database, ring: KeyRing, person: UUID, post: UUID, role: UUID) -> None:
        self.database = database
        self.ring = ring
        self.person = person
        self.post = post
        self.role = role

    async def open(
        self, password: str = PASSWORD, *, account: str = "hung", address: str = HERE, at: datetime = NOW
    ) -> str:
        return await sign_in.open_desk(
            self.database, self.ring, account=account, password=password, address=address, at=at
        )

    async def fail(self, times: int, **told: str) -> None:
        for _ in range(times):
            with pytest.raises(errors.WrongPassword):
                await self.open("sai mật khẩu rồi", **told)

    async def failed_before(self, times: int, *counter: str) -> None:
        """Stands for tries that would take long to make: the counter exists and says `times`."""
        async with self.database.transaction() as tx:
            key = place_key(self.ring, NOW, *counter)
            done = await tx.run("UPDATE sign_in_attempts SET failures = $times WHERE key = $key", times=times, key=key)
            assert done == "UPDATE 1"

    async def clerk(self, cookie: str, *, at: datetime = NOW) -> Clerk:
        async with self.database.transaction() as tx:
            return await queries.signed_in_clerk(tx, sign_in.session_hash(cookie), at=at, on=local_date(at))


@pytest.fixture
async def office(database_url: str, ring: KeyRing) -> AsyncGenerator[Office]:
    database = await connect(database_url, role="tannha_service")
    async with database.transaction() as tx:
        post, person = await a_post(tx), await a_person(tx, "Trần Văn Hùng")
        role = await hired(tx, person.id, post, Role.DISPATCHER)
        await service.set_password(tx, person.id, account="hung", password=PASSWORD, at=NOW)
    yield Office(database, ring, person.id, post, role)
    await database.close()


async def test_a_dispatcher_signs_in_and_is_known_by_the_cookie(office: Office):
    cookie = await office.open(account=" Hung ")
    clerk = await office.clerk(cookie)
    assert (clerk.person_id, clerk.name, clerk.units()) == (office.person, "Trần Văn Hùng", {office.post})
    assert clerk.holds(Role.DISPATCHER, Role.CASHIER)
    assert not clerk.holds(Role.CASHIER)
    assert clerk.units(Role.CASHIER) == frozenset()
    assert len(cookie) == 43
    async with office.database.transaction() as tx:
        kept = str([dict(row) for row in await tx.all("SELECT * FROM desk_sessions")])
    assert cookie not in kept


async def test_a_made_up_cookie_is_nobody(office: Office):
    for cookie in ("", "A" * 43, "\0", "é"):
        with pytest.raises(errors.DeskSessionEnded):
            await office.clerk(cookie)


async def test_a_session_ends_after_an_hour_of_rest_and_after_twelve_hours(office: Office):
    cookie = await office.open()
    for minutes in range(0, 12 * 60, 59):
        await office.clerk(cookie, at=NOW + timedelta(minutes=minutes))
    with pytest.raises(errors.DeskSessionEnded):
        await office.clerk(cookie, at=NOW + timedelta(hours=12))
    other = await office.open()
    with pytest.raises(errors.DeskSessionEnded):
        await office.clerk(other, at=NOW + timedelta(minutes=60))


async def test_a_session_is_over_at_once_when_its_person_leaves_or_changes(office: Office):
    async def signed_out() -> None:
        async with office.database.transaction() as tx:
            await sign_in.close_desk(tx, sign_in.session_hash(cookie), at=NOW)

    async def role_given() -> None:
        async with office.database.transaction() as tx:
            await hired(tx, office.person, office.post, Role.CASHIER)

    async def password_changed() -> None:
        async with office.database.transaction() as tx:
            await service.set_password(tx, office.person, account="hung", password=PASSWORD, at=NOW)

    async def role_taken() -> None:
        async with office.database.transaction() as tx:
            await service.take_role(tx, office.role, at=NOW)

    async def disabled() -> None:
        async with office.database.transaction() as tx:
            await service.disable_person(tx, office.person, at=NOW)

    for change in (signed_out, role_given, password_changed, role_taken, disabled):
        cookie = await office.open()
        assert await office.clerk(cookie)
        await change()
        with pytest.raises(errors.DeskSessionEnded):
            await office.clerk(cookie)
    with pytest.raises(errors.WrongPassword):
        await office.open()


async def test_nobody_without_a_role_today_sits_at_a_desk(office: Office):
    cookie = await office.open()
    async with office.database.transaction() as tx:
        await service.end_role(tx, office.role, last_day=TODAY - timedelta(days=1))
    assert (await office.clerk(cookie)).posts == ()
    with pytest.raises(errors.NoRoleToday):
        await office.open()


async def test_a_password_under_an_older_profile_is_hashed_again_at_sign_in(office: Office):
    older = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    async with office.database.transaction() as tx:
        await tx.run("UPDATE passwords SET hash = $older", older=older)
    cookie = await office.open()
    async with office.database.transaction() as tx:
        assert (await tx.value("SELECT hash FROM passwords")).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    await office.clerk(cookie)
    await office.open()


async def test_guessing_becomes_slow_and_a_try_while_waiting_changes_nothing(office: Office):
    await office.fail(5)
    waits: list[int] = []
    at = NOW
    for _ in range(11):
        with pytest.raises(errors.TooManyTries) as refused:
            await office.open(at=at)
        seconds = refused.value.retry_after
        assert seconds is not None
        waits.append(seconds)
        at += timedelta(seconds=seconds)
        with pytest.raises(errors.WrongPassword):
            await office.open("sai mật khẩu rồi", at=at)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]
    await office.open(at=at + timedelta(minutes=15))


async def test_a_success_makes_up_for_failures(office: Office):
    for _ in range(4):
        await office.fail(4)
        await office.open()


async def test_guessing_elsewhere_does_not_slow_the_person_at_their_own_desk(office: Office):
    await office.open()
    await office.fail(5, address=THERE)
    with pytest.raises(errors.TooManyTries):
        await office.open(address=THERE)
    await office.open()


async def test_guessing_from_everywhere_slows_strangers_only(office: Office):
    await office.open()
    await office.failed_before(100, "account", "hung")
    with pytest.raises(errors.TooManyTries):
        await office.open(address="192.0.2.1")
    await office.open()


async def test_guessing_many_accounts_from_one_place_slows_the_place(office: Office):
    await office.fail(1, account="name", address=THERE)
    await office.failed_before(49, "here", THERE)
    await office.fail(1, account="another", address=THERE)
    with pytest.raises(errors.TooManyTries) as refused:
        await office.open(address=THERE)
    assert refused.value.retry_after == 1
    await office.open()


async def test_failures_are_forgotten_after_an_hour(office: Office):
    await office.fail(5)
    await office.open(at=NOW + timedelta(hours=1, seconds=1))


async def test_what_is_old_is_swept_away(office: Office):
    await office.open()
    async with office.database.transaction() as tx:
        await queries.sweep(tx, at=NOW + timedelta(days=91))
        for_sessions = await tx.value("SELECT count(*) FROM desk_sessions")
        assert (for_sessions, await tx.value("SELECT count(*) FROM sign_in_attempts")) == (0, 0)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_place_is_what_one_subscriber_has(address: str, place: str):
    assert sign_in.place_of(address) == place


async def test_accounts_are_plain_and_of_one_person(office: Office):
    async with office.database.transaction() as tx:
        other = (await a_person(tx, "Út")).id
    for account, refusal in [("hung", errors.AccountTaken), ("Hùng", errors.BadAccount), ("", errors.BadAccount)]:
        with pytest.raises(refusal):
            async with office.database.transaction() as tx:
                await service.set_password(tx, other, account=account, password=PASSWORD, at=NOW)
