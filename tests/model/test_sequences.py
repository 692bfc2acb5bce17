"""Some sequences of each machine. As many as one likes: `python -m tests.model`."""

from collections import Counter
from pathlib import Path

import pytest
import uvloop

from backend.keys import KeyRing
from backend.postgres import Server
from tests.builders_ground import furnish
from tests.model.__main__ import AT_ONCE, fruitful
from tests.model.place import KEYS
from tests.model.running import placed, run

SEED, SEQUENCES = 20261125, 4
FRUITFUL = Counter(sequences=AT_ONCE, sent=1000, applied=500, asked=1000, done=400)


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
    assert ran.counted["steps"] > SEQUENCES * 10
    assert ran.counted["applied"] > SEQUENCES, ran.counted
    assert door is (ran.counted["done"] > SEQUENCES), "a village has desks too"


def test_a_long_run_in_which_hardly_anything_takes_effect_has_failed() -> None:
    assert fruitful(FRUITFUL)
    for idle in ({"applied": 100}, {"done": 100}, {"applied": 0}, {"sent": 0, "applied": 0}, {"asked": 0, "done": 0}):
        assert not fruitful(Counter({**FRUITFUL, **idle})), idle
        assert fruitful(Counter({**FRUITFUL, **idle, "sequences": AT_ONCE - 1})), "nobody can say so soon"
