"""A day of couriers and desks against a demo of its own, then everything is checked: `python -m tests.bench.day`.

`[COURIERS [VISITS]]` may follow. The figures are of one machine that carries all of it: server, database, phones.
Exit status 1 when the check finds anything.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.e2e.running_demo import Demo, running_demo

TANNHA = Path(sys.executable).with_name("tannha")


def main(couriers: str = "20", visits: str = "200") -> int:
    started = time.monotonic()
    with running_demo() as demo:
        _say("ready after", time.monotonic() - started)
        started = time.monotonic()
        made = _tannha(demo, "simulate", "--base", demo.url, "--couriers", couriers, "--visits", visits, "--seed", "1")
        _say("simulated in", time.monotonic() - started)
        sys.stdout.write(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
        started = time.monotonic()
        found = _tannha(demo, "verify")
        _say("verified in", time.monotonic() - started)
        sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    return 0


def _tannha(demo: Demo, *words: str) -> Any:
    environment = {**os.environ, "TANNHA_DATA": str(demo.data), "TANNHA_DEMO": "true"}
    command = [TANNHA, *words, "--json"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"tannha {words[0]} ended with {done.returncode}: {done.stdout.decode()[-2000:]}")
    return json.loads(done.stdout)


def _say(what: str, seconds: float) -> None:
    sys.stdout.write(f"{what} {seconds:.1f} s\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
