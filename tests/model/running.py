"""Runs the machine: so many sequences, from a seed or from chance."""

import time
import traceback
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.machine import Deliveries
from tests.model.place import Place

STEPS = 50


@dataclass(frozen=True)
class Ran:
    """`steps` counts those that did something: made an act, sent, decided, or let time pass."""

    sequences: int
    steps: int
    seconds: float
    failure: str | None = None


def run(place: Place, *, sequences: int, start: int, shrink: bool) -> Ran:
    """Never raises for a failed sequence: `failure` is what Hypothesis says, with the shortest one it found."""

    class Seeded(Deliveries):
        counted = {"sequences": 0, "steps": 0}  # noqa: RUF012  (declared so by the machine)

    Seeded.place = place
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    began, failure = time.monotonic(), None
    try:
        run_state_machine_as_test(
            seed(start)(Seeded),
            settings=settings(
                max_examples=sequences,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
                phases=phases,
                report_multiple_bugs=False,
            ),
        )
    except Exception as error:
        failure = "".join(traceback.format_exception(error))
    return Ran(Seeded.counted["sequences"], Seeded.counted["steps"], time.monotonic() - began, failure)
