"""Some sequences of each machine. As many as one likes: `python -m tests.model`."""

from pathlib import Path

import pytest
import uvloop

from backend.keys import KeyRing
from backend.postgres import Server
from tests.builders_ground import furnish
from tests.model.place import KEYS
from tests.model.running import placed, run

SEED, SEQUENCES = 20261125, 4


@pytest.mark.parametrize("door", [False, True], ids=["deliveries", "the door"])
def test_nothing_is_lost_doubled_or_against_the_rules(server: Server, template: str, room: Path, door: bool) -> None:
    loop = uvloop.new_event_loop()
    try:
        ground = loop.run_until_complete(furnish(server, template, KeyRing.make(room / KEYS)))
        with placed(ground, loop, room / KEYS) as places:
            ran = run(places, sequences=SEQUENCES, start=SEED, shrink=False, door=door)
    finally:
        loop.close()
    assert ran.failure is None, ran.failure
    assert ran.steps > SEQUENCES * 10
