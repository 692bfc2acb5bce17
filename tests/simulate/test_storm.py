"""Phones and desks at work while everything is killed: nothing acknowledged is lost, nothing happens twice."""

import json
import time
from random import Random

from tests.simulate.killable import Killable

COUNTED = ("made", "sent", "acknowledged", "refused to a desk")
KILLS = ("parent", "worker", "database") * 2


def test_what_was_acknowledged_survives_whatever_is_killed(demo: Killable) -> None:
    simulating = demo.simulate("--couriers", "8", "--visits", "24", "--seed", "20", "--faults", "storm")
    kill_at_random(demo, Random(20))
    said, complained = simulating.communicate(timeout=300)
    assert said, complained
    report = json.loads(said)
    assert (report["findings"], simulating.returncode) == ({}, 0)
    assert [report[name] for name in ("lost", "doubled", "stuck", "wrong")] == [0, 0, 0, 0]
    assert sum(demo.killed.values()) == len(KILLS)
    assert report["requests"]["swallowed"] > 0
    assert report["requests"]["no connection"] > 0
    assert set(report["refused"]) == {"offer: under-incident"}
    assert set(report["acts"]) <= {*COUNTED, "applied", "set_aside"}, "whatever waited was looked at"
    assert set(report["tricks"]) >= {"rubbish", "forged", "same_id", "shut out", "carried", "hours late"}
    assert 0 < report["cases_compared"] < report["cases"], "but where somebody cancelled or set aside"
    assert report["tracked"] > 0
    found = demo.verify()
    assert found["differences"] == 0, found["findings"][:10]


def kill_at_random(demo: Killable, chance: Random) -> None:
    """Each time something else, some moments after the last was up again."""
    kills = list(KILLS)
    chance.shuffle(kills)
    for kind in kills:
        time.sleep(chance.uniform(0.5, 2.5))
        demo.kill(kind)
        demo.ready()
