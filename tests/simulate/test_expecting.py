"""What must be true of a case in the evening: whatever the centre says otherwise is found, and nothing else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest

from backend.simulate.expecting import PAID, ChargeSeen, Expected, IncidentSeen, PaperSeen, Seen, differences

CASE, PAPER, CHARGE, INCIDENT, POST, LAN = (UUID(int=number) for number in range(1, 7))

HELD = PaperSeen(paper_id=PAPER, holder_kind="unit", holder=POST)
CHARGED = ChargeSeen(charge_id=CHARGE, amount=8_000, state="receipted")
ENDED = IncidentSeen(incident_id=INCIDENT, cause="torn", state="no_damage", open=False)


def expected() -> Expected:
    one = Expected(states=("check_passed", "closed"), invitations=1, incidents={INCIDENT: "no_damage"})
    one.held([PAPER], "unit", POST)
    one.charged(CHARGE, 8_000, PAID)
    return one


def seen(**otherwise: Any) -> Seen:
    told = Seen(
        state="closed",
        papers=[HELD],
        charges=[CHARGED],
        incidents=[ENDED],
        invitations=1,
    )
    return msgspec.structs.replace(told, **otherwise)


def test_what_is_as_it_should_be_is_no_difference() -> None:
    assert differences(expected(), seen(), looked_at=False) == []
    assert len(expected()) == 4


@pytest.mark.parametrize(
    ("what", "otherwise"),
    [
        ("state", {"state": "registered"}),
        ("holder", {"papers": [PaperSeen(paper_id=PAPER, holder_kind="courier", holder=LAN)]}),
        ("holder", {"papers": []}),
        ("charge", {"charges": [ChargeSeen(charge_id=CHARGE, amount=8_000, state="due")]}),
        ("charge", {"charges": [ChargeSeen(charge_id=CHARGE, amount=9_000, state="settled")]}),
        ("charge", {"charges": []}),
        ("incident", {"incidents": [IncidentSeen(incident_id=INCIDENT, cause="torn", state="reported", open=True)]}),
        ("incident", {"incidents": []}),
        ("state", {"state": ""}),
        ("holder", {"papers": [HELD, PaperSeen(paper_id=CASE, holder_kind="unit", holder=POST)]}),
        ("charge", {"charges": [CHARGED, ChargeSeen(charge_id=CASE, amount=8_000, state="due")]}),
        ("incident", {"incidents": [ENDED, IncidentSeen(incident_id=CASE, cause="torn", state="reported", open=True)]}),
        ("superseded", {"papers": [msgspec.structs.replace(HELD, superseded=True)]}),
        ("merged into", {"merged_into": CASE}),
        ("invitations", {"invitations": 2}),
    ],
)
def test_whatever_is_otherwise_is_found(what: str, otherwise: dict[str, Any]) -> None:
    assert [one.what for one in differences(expected(), seen(**otherwise), looked_at=False)] == [what]


def test_whatever_nobody_expects_is_told() -> None:
    nothing = Expected(states=("closed",), invitations=1)
    found = differences(nothing, seen(), looked_at=False)
    assert [(one.what, one.thing, one.expected) for one in found] == [
        ("holder", PAPER, "None"),
        ("charge", CHARGE, "None"),
        ("incident", INCIDENT, "None"),
    ]
    assert [one.what for one in differences(Expected(), Seen(state="registered"), looked_at=False)] == ["state"]


def test_a_paper_moves_from_hand_to_hand_and_the_last_one_counts() -> None:
    one = expected()
    one.held([PAPER], "citizen", CASE)
    [found] = differences(one, seen(), looked_at=False)
    assert (found.thing, found.what) == (PAPER, "holder")


def test_where_a_person_decided_only_the_way_of_the_case_is_open() -> None:
    assert differences(expected(), seen(state="registered"), looked_at=True) == []
    lies: list[Callable[[], Seen]] = [lambda: seen(papers=[]), lambda: seen(charges=[])]
    assert [len(differences(expected(), lie(), looked_at=True)) for lie in lies] == [1, 1]
