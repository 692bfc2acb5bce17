"""The grade of a visit: what proves it, what speaks against it, and that the values are dated data."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.acts.reasons import reasons
from backend.acts.thresholds import thresholds
from backend.ids import uuid7
from backend.presence import model
from backend.presence.model import Ended, HouseMark, Place, Presence

BY = thresholds(date(2026, 11, 25))
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
HOUSE = HouseMark(case_id=uuid7(), lat=10.5200, lon=105.8400)
AT_THE_CAFE = Place(lat=10.5740, lon=105.8400, accuracy=20, age=10)
"""Six kilometres to the north."""


def a_visit(**changes: Any) -> Presence:
    usual: dict[str, Any] = {"lasted": 600, "floor": 180}
    return Presence(case_id=uuid7(), visit_id=uuid7(), **(usual | changes))


def graded(**changes: Any) -> str:
    row = a_visit(**changes)
    return model.grade(row, model.doubts(row, BY), BY)


FALSE = {"reason": "V01", "lasted": 60, "floor": 120, "distance": "far"}


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        ({}, "amber"),
        ({"card": True}, "green"),
        ({"word": "right"}, "green"),
        ({"distance": "at_house"}, "green"),
        ({"distance": "far"}, "amber"),
        ({"distance": "far", "word": "right"}, "amber"),
        ({"distance": "far", "jump": True, "lasted": 5, "word": "right"}, "amber"),
        ({"word": "wrong", "card": True, "distance": "at_house"}, "red"),
        ({"lasted": 20}, "amber"),
        ({"lasted": 20, "jump": True}, "red"),
        ({"lasted": None}, "amber"),
        (FALSE, "red"),
        (FALSE | {"why_not": "no_signal"}, "red"),
        (FALSE | {"distance": "unknown", "lasted": 300}, "amber"),
        (FALSE | {"distance": "at_house"}, "amber"),
    ],
)
def test_what_a_visit_is_graded(changes: dict[str, Any], grade: str) -> None:
    assert graded(**changes) == grade


def test_nobody_at_home_is_sure_with_a_card_left_the_gate_photographed_and_two_calls_apart() -> None:
    tried = {
        "reason": "V01",
        "evidence": "card_left",
        "gate": True,
        "calls": 2,
        "first_call_at": NOON,
        "last_call_at": NOON + timedelta(minutes=10),
    }
    assert graded(**tried) == "green"
    assert model.evidence_missing(a_visit(**tried | {"last_call_at": NOON + timedelta(minutes=9)}), BY) == {"two_calls"}
    assert model.evidence_missing(a_visit(**tried | {"gate": False}), BY) == {"gate_photo"}
    assert model.evidence_missing(a_visit(**tried | {"evidence": ""}), BY) == {"card_left"}


def test_nobodys_word_is_taken_for_a_picture_or_a_call() -> None:
    said = a_visit(reason="V01", evidence="card_left gate_photo two_calls")
    assert model.evidence_missing(said, BY) == {"gate_photo", "two_calls"}
    assert model.evidence_missing(a_visit(reason="V01", why_not="no_number"), BY) == set()


@pytest.mark.parametrize(
    ("place", "distance"),
    [
        (Place(lat=10.5205, lon=105.8402, accuracy=15, age=5), "at_house"),
        (Place(lat=10.5250, lon=105.8400, accuracy=15, age=5), "near"),
        (AT_THE_CAFE, "far"),
        (Place(lat=10.5740, lon=105.8400, accuracy=900, age=5), "unknown"),
        (Place(lat=10.5740, lon=105.8400, accuracy=15, age=3600), "unknown"),
        (Place(lat=10.5740, lon=105.8400), "unknown"),
        (None, "unknown"),
    ],
)
def test_only_how_far_leaves_of_a_position_and_a_vague_one_says_nothing(place: Place | None, distance: str) -> None:
    assert model.distance(HOUSE, place, BY) == distance
    assert model.distance(None, place, BY) == "unknown"


def test_metres_are_metres() -> None:
    assert model.metres(model.Mark(10.52, 105.84), 10.574, 105.84) == pytest.approx(6005, abs=2)
    assert model.metres(model.Mark(10.52, 105.84), 10.52, 105.84) == 0


def test_nobody_is_at_two_houses_at_once() -> None:
    courier, other = uuid7(), uuid7()
    last = Ended(courier=courier, visit_id=other, ended_at=NOON, lat=10.6, lon=105.84)
    assert model.is_jump(HOUSE, NOON + timedelta(minutes=2), [last], BY)
    assert not model.is_jump(HOUSE, NOON + timedelta(minutes=20), [last], BY)
    assert not model.is_jump(HOUSE, NOON - timedelta(minutes=2), [last], BY)
    assert not model.is_jump(None, NOON + timedelta(minutes=2), [last], BY)
    next_door = Ended(courier=courier, visit_id=other, ended_at=NOON, lat=10.5203, lon=105.84)
    assert not model.is_jump(HOUSE, NOON + timedelta(seconds=30), [next_door], BY)


def test_the_values_are_dated_and_every_purpose_has_a_shortest_time() -> None:
    assert thresholds(date(2020, 1, 1)) == thresholds(date(2025, 7, 1)) == BY
    assert set(BY.floor_s) == {"collect", "supplement", "exchange", "deliver", "return_papers", "failed"}


def test_every_evidence_that_a_reason_asks_for_has_a_word() -> None:
    sets = reasons()
    known = {one.code for one in sets.evidence}
    assert {code for one in (*sets.pick_up, *sets.hand_over) for code in one.evidence} <= known
    assert known >= model.SEEN
