"""Back to random moments: `python -m tests.bench.restoring [--moments 10] [--couriers 12] [--visits 48] [--seed 1]`.

Phones and desks work against a demo while it is backed up; then it is restored to moments between, each into a folder
of its own, and `tannha verify` (with which every restore ends) must find nothing. Exit status 1 if it finds anything.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from random import Random

from tests.bench.machine import described
from tests.simulate.killable import TANNHA, Killable, killable


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("moments", 10), ("couriers", 12), ("visits", 48), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    say(described())
    bad = 0
    with killable() as demo:
        place = demo.data.parent
        begins, until = worked_and_backed_up(demo, place / "backup", asked)
        say(f"backed up from {begins} to {until}")
        chance = Random(asked.seed)
        for _ in range(asked.moments):
            moment = begins + (until - begins) * chance.random()
            bad += not restored(demo, place, moment)
    say(f"{asked.moments} restores, {bad} bad")
    return 1 if bad else 0


def worked_and_backed_up(demo: Killable, folder: Path, asked: argparse.Namespace) -> tuple[datetime, datetime]:
    """The first and the last instant one can go back to."""
    begins, _ = backed_up(demo, folder)
    size = ("--couriers", str(asked.couriers), "--visits", str(asked.visits), "--seed", str(asked.seed))
    simulating = demo.simulate(*size)
    while simulating.poll() is None:
        time.sleep(10)
        backed_up(demo, folder)
    simulating.communicate()
    return begins, backed_up(demo, folder)[1]


def backed_up(demo: Killable, folder: Path) -> tuple[datetime, datetime]:
    said = tannha(demo.environment, "backup", str(folder))
    if said.returncode:
        raise RuntimeError(said.stderr)
    begins, _, until = said.stdout.strip().rpartition(": ")[2].partition(" .. ")
    return datetime.fromisoformat(begins), datetime.fromisoformat(until)


def restored(demo: Killable, place: Path, moment: datetime) -> bool:
    """Into a new folder, with the keys, which are kept apart."""
    new = place / "restored"
    environment = demo.environment | {"TANNHA_DATA": str(new), "TANNHA_KEYS": str(demo.data / "keys")}
    began = time.monotonic()
    said = tannha(environment, "restore", str(place / "backup"), "--at", moment.isoformat())
    shutil.rmtree(new, ignore_errors=True)
    told = (said.stdout + said.stderr).strip().splitlines()[-1:]
    say(f"  {moment}: {time.monotonic() - began:.1f} s, exit status {said.returncode}, {' '.join(told)}")
    return said.returncode == 0


def tannha(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        [*TANNHA, *arguments], env=os.environ | environment, capture_output=True, text=True, check=False
    )


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
