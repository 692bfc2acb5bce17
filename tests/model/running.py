"""Runs the machines: so many sequences, from a seed or from chance."""

import asyncio
import contextlib
import time
import traceback
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.builders_ground import Ground
from tests.model import start
from tests.model.door import Door
from tests.model.line import Line
from tests.model.machine import Deliveries
from tests.model.place import KEYS, Base, Place, deliveries, furnished, opened

STEPS = 50
Seen = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Ran:
    """`counted`: as `Line` has it; `steps` are those that did something: made an act, sent, decided, or let time pass.
    `seen`: how often acts of each kind ended how."""

    counted: Counter[str]
    seconds: float
    failure: str | None = None
    seen: Seen = field(default_factory=Counter[tuple[str, str]])


@dataclass(frozen=True)
class Places:
    """One for each machine."""

    deliveries: Place[Base]
    door: Place[start.Start]


@contextlib.contextmanager
def placed(ground: Ground, loop: asyncio.AbstractEventLoop, keys: Path) -> Generator[Places]:
    """`keys`: the folder of the ground's ring."""
    with opened(ground, loop, keys, deliveries) as before, opened(ground, loop, keys, start.begin) as door:
        yield Places(before, door)


@contextlib.contextmanager
def alone(folder: Path) -> Generator[Places]:
    """With a PostgreSQL of their own, below `folder`."""
    with furnished(folder) as (ground, loop), placed(ground, loop, folder / KEYS) as places:
        yield places


def run(places: Places, *, sequences: int, start: int, shrink: bool, door: bool) -> Ran:
    """Never raises for a failed sequence: `failure` is what Hypothesis says, with the shortest one it found."""
    machine: type[Line] = Door if door else Deliveries
    place: Place[Any] = places.door if door else places.deliveries
    seen: Seen = Counter()
    counted: Counter[str] = Counter()
    seeded: Any = type("Seeded", (machine,), {"place": place, "counted": counted, "seen": seen})
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    began, failure = time.monotonic(), None
    try:
        run_state_machine_as_test(
            seed(start)(seeded),
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
    return Ran(counted, time.monotonic() - began, failure, seen)
