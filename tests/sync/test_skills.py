"""Who is not entered as having mastered a model is not given its cases, where the post decides so, by date (F23)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.ids import uuid7
from backend.staff import competence
from backend.staff.competence_errors import (
    EvidenceWrong,
    GateOfThePast,
    OwnQualification,
    QualificationEndsBeforeItBegins,
    QualificationHeld,
)
from backend.staff.competence_model import Gate, Mode, Qualification
from backend.staff.errors import PersonUnknown, RoleNeeded
from backend.staff.model import Post, Role
from backend.sync import queries
from backend.sync.desk import Refused
from backend.units.model import Model
from tests.builders import TODAY, Field
from tests.sync.test_planning import asked

LATER = TODAY + timedelta(days=2)


def head(field: Field) -> list[Post]:
    return [Post(Role.HEAD_OF_POST, field.post)]


def mastered(field: Field, person: UUID, model: Model, **changes: Any) -> Qualification:
    usual: dict[str, Any] = {
        "id": uuid7(),
        "person_id": person,
        "unit_id": field.post,
        "model": model,
        "since": TODAY,
        "until": date(2027, 6, 30),
        "evidence": "Danh sách tập huấn số 12",
        "entered_by": field.hung,
        "recorded_at": field.at,
    }
    return Qualification(**usual | changes)


async def gate(
    field: Field, mode: Mode, *, model: Model = "home", since: date = TODAY, unit: UUID | None = None
) -> None:
    new = Gate(
        id=uuid7(),
        unit_id=unit or field.post,
        model=model,
        mode=mode,
        since=since,
        set_by=field.hung,
        recorded_at=field.at,
    )
    await competence.set_gate(field.tx, [Post(Role.HEAD_OF_POST, unit or field.post)], new)


async def refused(field: Field, case: UUID, kind: str, body: dict[str, Any]) -> str:
    with pytest.raises(Refused) as caught:
        await field.at_desk(field.ut, case, kind, body, base=99)
    return caught.value.problem.type.rpartition(":")[2]


async def books(field: Field, case: UUID, **changes: Any) -> str:
    return (await field.at_desk(field.ut, case, "book", field.booking(**changes))).standing


@pytest.mark.parametrize("mode", [None, Mode.OFF, Mode.WARNING])
async def test_nobody_is_stopped_until_the_post_says_so(field: Field, mode: Mode | None) -> None:
    if mode is not None:
        await gate(field, mode)
    case, _ = await field.confirmed()
    assert await books(field, case) == "applied"


async def test_where_the_post_says_so_only_who_has_mastered_the_model_is_given_its_cases(field: Field) -> None:
    await gate(field, Mode.BLOCKING)
    case, _ = await field.confirmed()
    assert await refused(field, case, "book", field.booking()) == "courier-not-fit"
    await competence.qualify(field.tx, head(field), mastered(field, field.tu, "home"))
    assert await refused(field, case, "book", field.booking()) == "courier-not-fit"
    assert await books(field, case, courier=str(field.tu)) == "applied"
    assert await refused(field, case, "move_appointment", await asked(field, case)) == "courier-not-fit"


async def test_a_gate_is_of_one_model_and_one_post_only(field: Field) -> None:
    await gate(field, Mode.BLOCKING, model="no_writing")
    await gate(field, Mode.BLOCKING, unit=field.one_stop)
    case, _ = await field.confirmed()
    assert await books(field, case) == "applied"
    other, _ = await field.confirmed(model="no_writing")
    assert await refused(field, other, "book", field.booking()) == "courier-not-fit"


async def test_what_counts_is_the_day_of_the_visit(field: Field) -> None:
    """Both of the gate and of what the courier has mastered."""
    await gate(field, Mode.BLOCKING, since=LATER)
    case, _ = await field.confirmed()
    await competence.qualify(field.tx, head(field), mastered(field, field.tu, "home", since=LATER, until=LATER))
    assert await refused(field, case, "book", field.booking(day=LATER.isoformat())) == "courier-not-fit"
    after = LATER + timedelta(days=1)
    by_tu = {"courier": str(field.tu)}
    assert await refused(field, case, "book", field.booking(day=after.isoformat(), **by_tu)) == "courier-not-fit"
    assert await books(field, case, day=LATER.isoformat(), **by_tu) == "applied"
    other, _ = await field.confirmed()
    assert await books(field, other) == "applied"


async def test_what_is_set_later_holds_and_takes_the_place_of_what_was_to_begin(field: Field) -> None:
    await gate(field, Mode.BLOCKING)
    await gate(field, Mode.BLOCKING, since=LATER + timedelta(days=7))
    await gate(field, Mode.OFF, since=LATER)
    known = await competence.known(field.tx, [field.post], [])
    days = [TODAY, LATER - timedelta(days=1), LATER, LATER + timedelta(days=30)]
    modes = [known.mode(field.post, "home", on) for on in days]
    assert modes == [Mode.BLOCKING, Mode.BLOCKING, Mode.OFF, Mode.OFF]
    assert known.mode(field.post, "combined", TODAY) is Mode.WARNING
    with pytest.raises(GateOfThePast):
        await gate(field, Mode.OFF, since=TODAY - timedelta(days=1))


async def test_what_was_taken_back_counts_no_more(field: Field) -> None:
    await gate(field, Mode.BLOCKING)
    one = mastered(field, field.lan, "home")
    await competence.qualify(field.tx, head(field), one)
    await competence.qualify(field.tx, head(field), one)
    with pytest.raises(RoleNeeded):
        await competence.take_back(
            field.tx, [Post(Role.HEAD_OF_POST, field.one_stop)], one.id, by=field.mai, at=field.at
        )
    await competence.take_back(field.tx, head(field), one.id, by=field.hung, at=field.at)
    case, _ = await field.confirmed()
    assert await refused(field, case, "book", field.booking()) == "courier-not-fit"
    assert await field.tx.value("SELECT count(*) FROM qualifications WHERE taken_by = $who", who=field.hung) == 1


async def test_what_is_entered_says_who_until_when_and_by_what_evidence(field: Field) -> None:
    async def enters(new: Qualification, posts: list[Post] | None = None) -> None:
        async with field.tx.savepoint():
            await competence.qualify(field.tx, posts if posts is not None else head(field), new)

    with pytest.raises(RoleNeeded):
        await enters(mastered(field, field.lan, "home"), [Post(Role.DISPATCHER, field.post)])
    with pytest.raises(OwnQualification):
        await enters(mastered(field, field.hung, "home"))
    with pytest.raises(PersonUnknown):
        await enters(mastered(field, field.mai, "home"))
    with pytest.raises(QualificationEndsBeforeItBegins):
        await enters(mastered(field, field.lan, "home", until=TODAY - timedelta(days=1)))
    with pytest.raises(EvidenceWrong):
        await enters(mastered(field, field.lan, "home", evidence="  "))
    await enters(mastered(field, field.lan, "home"))
    with pytest.raises(QualificationHeld):
        await enters(mastered(field, field.lan, "home", since=date(2027, 6, 30), until=date(2028, 6, 30)))
    await enters(mastered(field, field.lan, "home", since=date(2027, 7, 1), until=date(2028, 6, 30)))


async def test_the_phone_is_told_by_which_model_a_case_is_served(field: Field) -> None:
    case, _ = await field.confirmed(model="no_writing")
    assert await books(field, case) == "applied"
    [told] = await queries.bundled_cases(field.tx, field.lan, [case])
    assert told.model == "no_writing"
