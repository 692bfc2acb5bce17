"""An act whose personal part is gone, or does not open, is never carried out as if nothing were amiss."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from backend.database import Database
from backend.staff.model import Role
from backend.sync import waiting
from backend.sync.errors import StillNotPossible
from backend.sync.reading import Command
from tests.builders import MORNING, Field, standings
from tests.builders_acts import met, resolve
from tests.builders_ground import Copy
from tests.builders_staff import a_person, hired
from tests.sync.conftest import MakeField

PLACE = {"place": "10.45017, 105.63"}
NEXT_WEEK = MORNING + timedelta(days=6)


def without_personal(command: Command) -> Command:
    """Torn off on its way."""
    return Command(command.data, command.signature)


async def reasons(field: Field) -> list[tuple[str, str | None]]:
    rows = await field.tx.all(
        "SELECT standing, reason FROM inbox WHERE made_by = $device ORDER BY seq", device=field.phone.device
    )
    return [tuple(row) for row in rows]


async def test_held_without_its_personal_part_it_waits_for_a_person_once_the_gap_is_filled(field: Field) -> None:
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    phone = field.phone
    depart = phone.make(case, "depart", {"visit_id": visit})
    arrival = phone.make(case, "record_arrival", {"visit_id": visit}, personal=PLACE)
    after = phone.make(other, "depart", {"visit_id": other_visit})
    assert standings(await field.send(without_personal(arrival), after)) == ["held", "held"]
    assert standings(await field.send(depart)) == ["applied"]
    assert await reasons(field) == [("applied", None), ("review", "personal-differs"), ("applied", None)]
    assert await field.tx.value("SELECT count(*) FROM acts WHERE kind = 'record_arrival'") == 0


async def test_held_without_its_personal_part_it_waits_for_a_person_when_the_gap_is_given_up(field: Field) -> None:
    case, visit, _ = await field.booked()
    phone = field.phone
    phone.make(case, "depart", {"visit_id": visit})
    arrival = phone.make(case, "record_arrival", {"visit_id": visit}, personal=PLACE)
    await field.send(without_personal(arrival))
    await waiting.fill_gaps(field.tx, field.ring, phone.device, NEXT_WEEK)
    assert await reasons(field) == [("review", "personal-differs")]


async def test_the_personal_part_of_an_erased_case_is_not_missed(field: Field) -> None:
    """Only the hash is left, and that is as it should be."""
    case, visit, _ = await field.booked()
    other, other_visit, _ = await field.booked()
    phone = field.phone
    first = phone.make(other, "depart", {"visit_id": other_visit})
    arrival = phone.make(case, "record_arrival", {"visit_id": visit}, personal=PLACE)
    assert standings(await field.send(arrival)) == ["held"]
    overseer = (await a_person(field.tx, "Bùi Thị Giám")).id
    await hired(field.tx, overseer, field.post, Role.SUPERVISOR)
    await field.at_desk(field.mai, case, "withdraw", {}, base=99)
    await field.at_desk(overseer, case, "erase", {"reason": "asked"})
    assert standings(await field.send(first)) == ["applied"]
    assert await field.standing(arrival) == "applied"


Spoil = Callable[[str], Awaitable[None]]


@pytest.fixture
def spoilt(own_copy: Copy) -> Spoil:
    """Spoils stored personal parts behind the server's back."""

    async def spoil(sql: str) -> None:
        owner: asyncpg.Connection[Any] = await asyncpg.connect(own_copy.owner)
        await owner.execute("ALTER TABLE personal NO FORCE ROW LEVEL SECURITY")
        await owner.execute(sql)
        await owner.close()

    return spoil


SPOILT = {
    "gone": "TRUNCATE personal",
    "another's": "UPDATE personal SET sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)",
}


@pytest.mark.parametrize("sql", SPOILT.values(), ids=SPOILT.keys())
async def test_what_stood_behind_waits_for_a_person_when_its_personal_part_does_not_open(
    pool: Database, field_in: MakeField, spoilt: Spoil, sql: str
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, visit, _ = await field.booked()
        phone = field.phone
        unknown = phone.make(case, "weigh_parcel", {})
        depart = phone.make(case, "depart", {"visit_id": visit}, personal=PLACE)
        after = phone.make(case, "check_identity", met(visit))
        answers = await field.send(unknown, depart, after)
        assert standings(answers) == ["review", "behind", "behind"]
    await spoilt(sql)
    async with pool.transaction() as tx:
        field.tx = tx
        await resolve(field, answers[0].id, case, "set_aside")
        assert await reasons(field) == [
            ("set_aside", "looked_at"),
            ("review", "personal-differs"),
            ("behind", None),
        ]


async def test_a_person_cannot_apply_what_has_lost_its_personal_part(
    pool: Database, field_in: MakeField, spoilt: Spoil
) -> None:
    async with pool.transaction() as tx:
        field = field_in(tx)
        case, visit, _ = await field.booked()
        foreign = field.phone.make(case, "depart", {"visit_id": visit}, personal=PLACE, actor=field.tu)
        [answer] = await field.send(foreign)
        assert answer.standing == "review"
    await spoilt(SPOILT["gone"])
    async with pool.transaction() as tx:
        field.tx = tx
        with pytest.raises(StillNotPossible) as refused:
            await resolve(field, answer.id, case, "apply")
    assert "Phần riêng tư" in str(refused.value)
