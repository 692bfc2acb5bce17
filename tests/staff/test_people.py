"""People and what they may do: by day, at a unit, several roles at once, and over at once when it is over."""

from datetime import date, timedelta

import msgspec
import pytest

from backend.clock import local_date
from backend.database import Transaction
from backend.errors import Refusal
from backend.ids import uuid7
from backend.staff import errors, queries, service
from backend.staff.enrolment import may
from backend.staff.model import NAMES, Clerk, Person, Post, Reach, Role, RoleHeld
from backend.text import UnusableCharacter
from tests.builders_staff import NOW, a_person, a_post, hired

TODAY = local_date(NOW)
YESTERDAY = TODAY - timedelta(days=1)


async def test_one_woman_at_a_commune_post_holds_four_roles_at_once(tx: Transaction):
    post, person = await a_post(tx), await a_person(tx)
    roles = {Role.COUNTER_CLERK, Role.DISPATCHER, Role.COURIER, Role.CASHIER}
    for role in roles:
        await hired(tx, person.id, post, role)
    assert {held.role for held in await queries.posts_of(tx, person.id, TODAY)} == roles
    assert await queries.units_of(tx, person.id, TODAY) == {post}


async def test_a_role_that_ended_yesterday_does_not_hold_today(tx: Transaction):
    post, person = await a_post(tx), await a_person(tx)
    await hired(tx, person.id, post, Role.COURIER, until=YESTERDAY)
    assert await queries.units_of(tx, person.id, YESTERDAY) == {post}
    assert await queries.units_of(tx, person.id, TODAY) == frozenset()
    assert await queries.people_at(tx, post, TODAY) == []


async def test_a_role_that_begins_tomorrow_does_not_hold_today(tx: Transaction):
    post, person = await a_post(tx), await a_person(tx)
    await hired(tx, person.id, post, Role.COURIER, since=TODAY + timedelta(days=1))
    assert await queries.posts_of(tx, person.id, TODAY) == ()


async def test_the_same_role_is_not_given_twice_for_the_same_days(tx: Transaction):
    post, person = await a_post(tx), await a_person(tx)
    await hired(tx, person.id, post, Role.COURIER, since=date(2026, 1, 1))
    with pytest.raises(errors.RoleAlreadyHeld):
        await hired(tx, person.id, post, Role.COURIER, since=TODAY)


async def test_a_role_ended_may_be_given_again_from_the_next_day(tx: Transaction):
    post, person = await a_post(tx), await a_person(tx)
    first = await hired(tx, person.id, post, Role.COURIER)
    await service.end_role(tx, first, last_day=YESTERDAY)
    await hired(tx, person.id, post, Role.COURIER, since=TODAY)
    assert [held.until for held in await queries.roles_of(tx, person.id)] == [YESTERDAY, None]


async def test_a_role_taken_away_is_over_at_once_and_may_be_given_again_the_same_day(tx: Transaction):
    post, person = await a_post(tx), await a_person(tx)
    mistaken = await hired(tx, person.id, post, Role.CASHIER, since=TODAY)
    await service.take_role(tx, mistaken, at=NOW)
    assert await queries.posts_of(tx, person.id, TODAY) == ()
    taken = (await queries.roles_of(tx, person.id))[0]
    assert taken.held(TODAY, NOW - timedelta(minutes=1))
    assert not taken.held(TODAY, NOW)
    await hired(tx, person.id, post, Role.CASHIER, since=TODAY)
    assert await queries.posts_of(tx, person.id, TODAY) == (Post(Role.CASHIER, post),)


def test_a_role_holds_on_its_first_and_its_last_day():
    held = RoleHeld(
        id=uuid7(), person_id=uuid7(), unit_id=uuid7(), role=Role.COURIER, since=YESTERDAY, until=TODAY, recorded_at=NOW
    )
    around = [YESTERDAY - timedelta(days=1), YESTERDAY, TODAY, TODAY + timedelta(days=1)]
    assert [held.held(day, NOW) for day in around] == [False, True, True, False]


async def test_a_role_cannot_end_before_it_begins_or_be_ended_when_there_is_none(tx: Transaction):
    post, person = await a_post(tx), await a_person(tx)
    with pytest.raises(errors.RoleEndsBeforeItBegins):
        await hired(tx, person.id, post, Role.COURIER, since=TODAY, until=YESTERDAY)
    held = await hired(tx, person.id, post, Role.COURIER, since=TODAY)
    with pytest.raises(errors.RoleEndsBeforeItBegins):
        await service.end_role(tx, held, last_day=YESTERDAY)
    with pytest.raises(errors.RoleNotHeld):
        await service.take_role(tx, uuid7(), at=NOW)


async def test_a_name_is_kept_composed_and_without_hidden_signs(tx: Transaction):
    person = await a_person(tx, "  Trần   Thị Hue\u0323\u0302 ")
    assert (await queries.get_person(tx, person.id)).name == "Trần Thị Huệ"
    for name, refusal in [("Lan\u202e", UnusableCharacter), ("Lan\0", UnusableCharacter), (" ", errors.BadName)]:
        with pytest.raises(refusal):
            await a_person(tx, name)


async def test_a_badge_is_of_one_person(tx: Transaction):
    person = await a_person(tx)
    for other, refusal in [
        (Person(id=uuid7(), name="Tư", badge=person.badge), errors.BadgeTaken),
        (Person(id=uuid7(), name="Tư", badge="số 1"), errors.BadBadge),
    ]:
        with pytest.raises(refusal):
            async with tx.savepoint():
                await service.save_person(tx, other)
    await service.save_person(tx, msgspec.structs.replace(person, name="Nguyễn Thị Lan Anh"))
    with pytest.raises(errors.PersonUnknown):
        await queries.get_person(tx, uuid7())


def test_who_may_let_a_phone_in():
    here, there = uuid7(), uuid7()
    for kind in ("invite_device", "enrol_device", "revoke_device"):
        assert may(kind, [Post(Role.HEAD_OF_POST, here)], here)
        assert not may(kind, [Post(Role.HEAD_OF_POST, there)], here)
        assert may(kind, [Post(Role.SUPERVISOR, there)], here)
        assert may(kind, [Post(Role.ADMINISTRATOR, there)], here)
        assert not may(kind, [Post(role, here) for role in Role if role not in _ENROLLING], here)
    assert may("report_device_lost", [Post(Role.DISPATCHER, here)], here)
    assert not may("report_device_lost", [Post(Role.DISPATCHER, there), Post(Role.COURIER, here)], here)


_ENROLLING = {Role.HEAD_OF_POST, Role.SUPERVISOR, Role.ADMINISTRATOR}


def test_how_far_a_desk_sees():
    def reach(*roles: Role) -> Reach:
        return Clerk(person_id=uuid7(), name="", session=b"", posts=tuple(Post(role, uuid7()) for role in roles)).reach

    assert reach(Role.SUPERVISOR, Role.OPERATOR) is Reach.PROVINCE
    assert reach(Role.OPERATOR) is Reach.PARTLY
    assert reach(*(set(Role) - {Role.SUPERVISOR, Role.OPERATOR})) is Reach.OWN


def test_every_role_has_its_name_on_screen_and_every_refusal_says_what_to_do():
    assert set(NAMES) == set(Role)
    refusals = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, Refusal)]
    assert len(refusals) > 30
    for refusal in refusals:
        assert refusal.title().endswith(".")
        assert getattr(refusal, "advice", ".").endswith(".")
