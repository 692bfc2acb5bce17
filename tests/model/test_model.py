"""Sequences of what phones, desks and the line between them may do, against a model in plain Python."""

from pathlib import Path

from backend import postgres
from tests.model.place import opened
from tests.model.running import run

SEED, SEQUENCES = 2611, 100
"""In every test run; `python -m tests.model --sequences 10000` for more."""


def test_no_sequence_of_deliveries_and_decisions_leaves_the_contract(
    server: postgres.Server, template: str, tmp_path: Path
) -> None:
    with opened(server, template, tmp_path / "keys") as place:
        ran = run(place, sequences=SEQUENCES, start=SEED, shrink=False)
    assert ran.failure is None, f"python -m tests.model --seed {SEED} --sequences {SEQUENCES}\n{ran.failure}"
    assert ran.sequences >= SEQUENCES
    assert ran.steps > 20 * SEQUENCES
