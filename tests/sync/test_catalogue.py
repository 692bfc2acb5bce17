"""Registering asks the catalogue of that day: a desk is refused what it does not know, a phone at a door never."""

from datetime import UTC, date, datetime

import pytest

from backend.acts import queries as acts
from backend.ids import uuid7
from backend.procedures import service as procedures
from backend.sync.desk import Refused
from tests.builders import Field
from tests.procedures.builders import a_version

UNKNOWN = "1.999999"


async def test_a_desk_is_refused_a_procedure_that_the_catalogue_does_not_know(field: Field) -> None:
    with pytest.raises(Refused, match="Tìm thủ tục theo tên rồi chọn lại") as refused:
        await field.registered(procedure=UNKNOWN)
    assert refused.value.problem.type == "urn:tannha:problem:procedure-not-in-catalogue"
    assert (refused.value.problem.status, UNKNOWN in refused.value.problem.detail) == (400, True)


async def test_a_procedure_is_known_from_the_day_on_which_it_begins(field: Field) -> None:
    tomorrow = a_version(UNKNOWN, valid_from=date(2026, 11, 26))
    await procedures.publish(field.tx, [tomorrow], field.at)
    with pytest.raises(Refused, match="Ngày 25/11/2026"):
        await field.registered(procedure=UNKNOWN)
    field.at = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)  # midnight here
    assert await field.state(await field.registered(procedure=UNKNOWN)) == "waiting_to_forward"


async def test_a_procedure_that_has_ended_is_refused(field: Field) -> None:
    ended = a_version(UNKNOWN, valid_until=date(2026, 11, 25))
    await procedures.publish(field.tx, [ended], field.at)
    with pytest.raises(Refused, match=UNKNOWN):
        await field.registered(procedure=UNKNOWN)


async def test_what_a_phone_registered_at_a_door_is_never_refused(field: Field) -> None:
    case = uuid7()
    body = field.registration(procedure=UNKNOWN, channel="post")
    answer = await field.does(case, "register", body, personal={"owner_name": "Nguyễn Thị Huệ"})
    assert answer.standing == "applied", answer
    assert await field.state(case) == "registered"


async def test_nothing_is_kept_of_what_a_desk_was_refused(field: Field) -> None:
    act = uuid7()
    with pytest.raises(Refused):
        await field.at_desk(
            field.mai,
            uuid7(),
            "register",
            field.registration(procedure=UNKNOWN),
            personal={"owner_name": "Nguyễn Thị Huệ"},
            act=act,
        )
    assert await acts.find_inboxed(field.tx, [(field.mai, act)]) == {}
