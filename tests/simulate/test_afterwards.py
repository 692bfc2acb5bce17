"""The days after: what cannot go on is told, and what the demo's handles say is taken at its word."""

from collections.abc import AsyncGenerator

import msgspec
import pytest

from backend.simulate.afterwards import Afterwards
from backend.simulate.carrier import Refused
from backend.simulate.giving_up import Told
from backend.simulate.journal import Journal
from backend.simulate.line import CentreSilent, ServerFault
from backend.simulate.matters import pay_at_the_bank
from backend.simulate.noon import CentreClock
from tests.simulate.showing import Place

CLOCK, PAYMENTS, CALL_BACKS, ACTS = "/demo/clock", "/demo/bank/payments", "/desk/call-backs", "/api/desk/acts"
CALL_BACK = "01a20100-0000-7000-8000-000000000009"


@pytest.fixture
async def place(journal: Journal) -> AsyncGenerator[Place]:
    made = Place(journal)
    yield made
    await made.line.close()


@pytest.fixture
async def with_a_clock(place: Place) -> Place:
    for asked in (f"GET {CLOCK}", f"POST {CLOCK}"):
        place.server.says(asked, json={"now": "2026-11-23T07:00:00+07:00"})
    return place


def on_the_list(place: Place) -> str:
    link = f'<span class="name"><a href="/desk/cases/{place.case.id}">Huệ</a></span>'
    return f'<li>{link}<input name="call_back" value="{CALL_BACK}"></li>'


async def days_after(place: Place) -> list[tuple[str, str]]:
    """What is found, each with what the server said."""
    clock = CentreClock(place.line, place.calm)
    await Afterwards(clock, place.desk, [(place.case, place.office)], place.journal).go()
    journal = place.journal
    return [(one.what, str(one.now)) for of in (journal.lost, journal.stuck, journal.wrong) for one in of]


async def test_a_list_that_is_refused_is_told_and_ends_nothing(with_a_clock: Place) -> None:
    with_a_clock.server.refuses(f"GET {CALL_BACKS}", 403, "not-allowed")
    [(what, said)] = await days_after(with_a_clock)
    assert (what, "not-allowed" in said) == ("the days after", True)


async def test_a_call_back_that_is_refused_is_told_once(with_a_clock: Place) -> None:
    with_a_clock.server.says(f"GET {CALL_BACKS}", text=on_the_list(with_a_clock))
    with_a_clock.server.refuses(f"POST {ACTS}", 409, "not-now")
    found = await days_after(with_a_clock)
    assert [what for what, _ in found] == ["could not be called back", "still on the call-back list"]
    assert with_a_clock.server.asked.count(f"POST {ACTS}") == 1


async def test_who_was_asked_and_stays_on_the_list_is_found(with_a_clock: Place) -> None:
    with_a_clock.server.says(f"GET {CALL_BACKS}", text=on_the_list(with_a_clock))
    with_a_clock.server.says(f"POST {ACTS}", json={"id": None, "fingerprint": "", "standing": "applied", "n": 1})
    assert await days_after(with_a_clock) == [("still on the call-back list", "None")]
    assert with_a_clock.journal.played["call_back_agreed"] == 1


async def test_without_a_clock_no_time_goes_by(place: Place) -> None:
    assert await days_after(place) == []
    assert place.server.asked == [f"GET {CLOCK}"]


@pytest.mark.parametrize("asked", [f"GET {CLOCK}", f"POST {CLOCK}"])
async def test_a_clock_that_does_not_move_is_told(with_a_clock: Place, asked: str) -> None:
    with_a_clock.server.refuses(asked, 400, "invalid")
    assert [what for what, _ in await days_after(with_a_clock)] == ["the days after"]


async def test_only_where_there_is_no_bank_no_money_comes(place: Place) -> None:
    place.case.payment = ("DT3467ACD", 8_000)
    await pay_at_the_bank(place.office, place.case)
    assert not place.case.paid_at_bank
    place.server.says(f"POST {PAYMENTS}", json={})
    await pay_at_the_bank(place.office, place.case)
    assert place.case.paid_at_bank


@pytest.mark.parametrize(("status", "slug"), [(400, "invalid"), (404, "no-such-order"), (422, "same-id-other-content")])
async def test_a_bank_that_takes_no_money_is_loud(place: Place, status: int, slug: str) -> None:
    place.case.payment = ("DT3467ACD", 8_000)
    place.server.refuses(f"POST {PAYMENTS}", status, slug)
    with pytest.raises(Refused, match=slug):
        await pay_at_the_bank(place.office, place.case)


@pytest.mark.parametrize("why", [CentreSilent("x"), ServerFault("x"), msgspec.ValidationError("x")])
def test_what_cannot_go_on_becomes_a_finding(journal: Journal, why: Exception) -> None:
    with Told(journal, "the round ended", by="máy 1"):
        raise why
    assert [(one.what, one.by, one.now) for one in journal.stuck] == [("the round ended", "máy 1", "x")]


def test_a_mistake_of_the_simulator_itself_ends_it(journal: Journal) -> None:
    with pytest.raises(KeyError), Told(journal, "the round ended"):
        raise KeyError
    assert journal.stuck == []
