"""A desk whose forms are filled in: one act, however often and by whichever door it is sent."""

from collections.abc import AsyncGenerator
from uuid import UUID

import pytest

from backend.simulate.carrier import Refused
from backend.simulate.faults import chosen
from backend.simulate.journal import Journal
from backend.simulate.plan import AT_COUNTERS, plan
from tests.simulate.showing import POST, UT, Place

ACT, PATH = UUID(int=77), "/desk/shifts"
FORM = f'<form method="post"><input name="kind" value="remit"><input name="act" value="{ACT}"></form>'
ANSWER = {"id": str(ACT), "fingerprint": "f", "standing": "applied", "n": 3}


@pytest.fixture
async def place(journal: Journal) -> AsyncGenerator[Place]:
    made = Place(journal)
    made.server.says(f"GET {PATH}", text=FORM)
    yield made
    await made.line.close()


async def test_what_a_form_did_the_same_act_sent_as_a_program_finds_done(place: Place) -> None:
    place.server.says(f"POST {PATH}", 303)
    place.server.says("POST /api/desk/acts", json=ANSWER)
    answer = await place.desk.fills(PATH, "remit", POST, {"amount": "5000"}, subject_kind="shift")
    assert (answer.n, place.server.asked[-2:]) == (3, [f"POST {PATH}", "POST /api/desk/acts"])
    [record] = place.journal.of(POST)
    assert (record.act.made_by, record.act.id, record.act.kind, record.standing) == (UT, ACT, "remit", "applied")


async def test_what_a_form_was_refused_has_not_happened(place: Place) -> None:
    alarm = '<div role="alert"><p>Tiền đếm được khác sổ. Đếm lại.</p></div>'
    place.server.says(f"POST {PATH}", 409, text=alarm)
    with pytest.raises(Refused, match=r"remit by form: Tiền đếm được khác sổ\. Đếm lại\."):
        await place.desk.fills(PATH, "remit", POST, {"amount": "5000"}, subject_kind="shift")
    assert "POST /api/desk/acts" not in place.server.asked
    assert [record.refused for record in place.journal.of(POST)] == ["blank"]


async def test_whoever_sends_a_form_after_the_session_has_ended_signs_in_and_sends_it_again(place: Place) -> None:
    place.server.says(f"POST {PATH}", 401, text="<p>Đăng nhập lại.</p>")
    with pytest.raises(Refused):
        await place.desk.fills(PATH, "remit", POST, subject_kind="shift")
    sent = [asked for asked in place.server.asked if asked.startswith("POST")]
    assert sent == ["POST /api/desk/sign-in", f"POST {PATH}", "POST /api/desk/sign-in", f"POST {PATH}"]


def test_whoever_comes_to_a_counter_comes_beside_those_whom_couriers_visit() -> None:
    day = plan(3, 10, 200, chosen("storm"))
    assert (day.visits, len(day.counters)) == (200, 21)
    assert [one.number for one in day.counters] == list(range(AT_COUNTERS, AT_COUNTERS + 21))
    assert all(one.at_counter and one.copies for one in day.counters)
    assert not any(one.at_counter or one.copies for one in day.pick_ups)
    assert {one.failure for one in day.counters if one.happening == "counter_failed"} == {"V08"}
