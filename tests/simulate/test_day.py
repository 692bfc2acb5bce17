"""A whole day against a running demo: calm, and seen through a network that lies to the witness."""

import json
import time
from collections import Counter
from typing import Any

import httpx

from backend.simulate import cast
from backend.simulate.faults import Faults
from backend.simulate.happenings import BY_THE_WAY, FULL, HAPPENINGS
from backend.simulate.line import Exchange
from backend.simulate.plan import Plan, plan
from backend.simulate.run import Run
from tests.simulate.killable import Killable
from tests.simulate.test_happenings import dealt

STRANGER, PAPER, CHARGE, INCIDENT = (f"01a20100-0000-7000-8000-00000000000{number}" for number in range(1, 5))


def test_a_calm_day_goes_through_all_hands(demo: Killable) -> None:
    simulating = demo.simulate("--couriers", "3", "--visits", "8", "--seed", "4")
    said, complained = simulating.communicate(timeout=300)
    assert simulating.returncode == 0, said or complained
    report = json.loads(said)
    acts = report["acts"]
    assert acts["acknowledged"] == acts["applied"] == acts["made"] - acts["refused to a desk"]
    assert report["visits"] == 8
    assert report["tracked"] > 0
    nothing_was_wrong(report, plan(4, 3, 8, Faults()))


def test_on_a_full_day_everything_happens_that_may_happen_at_a_door(demo: Killable) -> None:
    simulating = demo.simulate("--couriers", "12", "--visits", str(FULL), "--seed", "4")
    said, complained = simulating.communicate(timeout=400)
    assert simulating.returncode == 0, said or complained
    report, day = json.loads(said), plan(4, 12, FULL, Faults())
    assert {one.name for one in HAPPENINGS} == set(+happens(day))
    assert all(report["played"][name] for name in BY_THE_WAY)
    assert all(report["at_counters"].values()), report["at_counters"]
    nothing_was_wrong(report, day)
    found = demo.verify()
    assert found["differences"] == 0, found["findings"][:10]


def nothing_was_wrong(report: dict[str, Any], day: Plan) -> None:
    """On a day on which nothing goes wrong: what was dealt out happened, so often and no more; offices were refused
    what they must be, and nothing else; of every case it is known how it ends."""
    assert (report["findings"], report["server_faults"]) == ({}, [])
    assert report["without"] == {}, "every phone has slip numbers, every courier labels"
    happened = happens(day)
    assert {one.name: report["played"][one.name] for one in HAPPENINGS} == {
        one.name: happened[one.name] for one in HAPPENINGS
    }
    must_be = {"offer: under-incident": "torn_pouch", "return_result: not-now": "not_collected"}
    assert Counter(report["refused"]) == Counter({what: happened[name] for what, name in must_be.items()})
    assert report["cases_compared"] == report["cases"] > 0
    assert report["compared"] > 2 * report["cases"], "a state, and papers or money"


def happens(day: Plan) -> Counter[str]:
    """Every neighbour is born at the gate, whether it was dealt out or came by chance."""
    found = dealt(day)
    found["born_at_the_gate"] = sum(one.walk_in for one in day.pick_ups)
    return found


def test_a_day_needs_somebody_to_play_it(demo: Killable) -> None:
    simulating = demo.simulate("--demo", "/nowhere/demo.json")
    _, complained = simulating.communicate(timeout=60)
    assert (simulating.returncode, "demo.json" in complained) == (2, True)


class Lying(Exchange):
    """A network that, once `lying`, changes what the server says: of each kind of question another answer."""

    lying = False

    def __init__(self) -> None:
        super().__init__()
        self.batches = iter((_forgets_a_standing, _counts_on))
        self.cases = iter((_drops_from_the_chain, _says_it_twice, _adds_an_act, _leaves_something_open))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        path = request.url.path
        lies = self.batches if path == "/api/courier/sync/acts" else self.cases
        if not self.lying or answer.status_code != 200 or (lies is self.cases and "/api/desk/cases/" not in path):
            return answer
        await answer.aread()
        said = answer.json()
        next(lies, _says_nothing_new if lies is self.batches else _tells_it_otherwise)(said)
        told = {name: value for name, value in answer.headers.items() if name.startswith(("dpop", "tannha"))}
        return httpx.Response(200, headers=told, json=said)


def _says_nothing_new(_said: Any) -> None: ...


def _tells_it_otherwise(said: Any) -> None:
    said["state"] = "registered"
    held = {"holder_kind": "courier", "holder": STRANGER}
    said["papers"] = [*(paper | held for paper in said["papers"]), held | {"paper_id": PAPER}]
    charges = [charge | {"amount": charge["amount"] + 1_000} for charge in said["charges"]]
    said["charges"] = [*charges, {"charge_id": CHARGE, "amount": 1_000, "state": "settled"}]
    said["incidents"].append({"incident_id": INCIDENT, "cause": "torn", "state": "reported", "open": True})


def _forgets_a_standing(said: Any) -> None:
    said["answers"][0] |= {"standing": "review", "n": None}


def _counts_on(said: Any) -> None:
    said["answers"][0]["n"] += 1


def _drops_from_the_chain(said: Any) -> None:
    said["timeline"].pop()


def _says_it_twice(said: Any) -> None:
    last = said["timeline"][-1]
    said["timeline"].append(last | {"n": last["n"] + 1})


def _adds_an_act(said: Any) -> None:
    last = said["timeline"][-1]
    said["timeline"].append(last | {"n": last["n"] + 1, "id": STRANGER, "kind": "confirm"})


def _leaves_something_open(said: Any) -> None:
    said["exceptions"].append({"exception_id": STRANGER, "case_id": said["case_id"], "reason": "x", "machine": "case"})


async def test_the_witness_finds_what_a_server_would_have_got_wrong(demo: Killable) -> None:
    network = Lying()
    day, who = plan(6, 2, 6, Faults()), cast.read(demo.data / "demo.json")
    number = time.time_ns() // 1_000_000
    run = Run(who, day, Faults(), base=demo.base, run=number, patience=30, transport=network)
    try:
        await run.play()
        before = await run.witness()
        assert before.good
        assert before.cases_compared == before.cases > 4
        network.lying = True
        report = await run.witness()
    finally:
        await run.line.close()
    found = {name: {finding.what for finding in of} for name, of in report.findings.items()}
    assert found == {
        "lost": {"knows otherwise", "not in the chain", "elsewhere in the chain"},
        "doubled": {
            "stands twice in the chain",
            "nobody made it",
            "one number for two acts",
            "in the chain, but review",
        },
        "stuck": {"exception still open"},
        "wrong": {"state", "holder", "charge", "incident"},
    }
    unexpected = {str(one.act) for one in run.journal.wrong if one.before == "None"}
    assert unexpected == {PAPER, CHARGE, INCIDENT}
    assert not report.good
