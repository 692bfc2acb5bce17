"""Guessed tokens: `python -m tests.bench.guessing [--tokens 1000000] [--straight 100000]`.

Over HTTP, at a running demo, until the limits trip and far beyond; then straight at the look-up, where no limit is.
Random ones, live ones with one letter changed, numbers and codes that stand on papers and parcels. None may find
anything. Exit status 1 when one does, or when no limit trips.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from string import ascii_uppercase
from typing import Any
from urllib.parse import quote

from backend import postgres
from backend.database import connect
from backend.tracking.service import find_case
from tests.bench.calling import Line, written
from tests.bench.machine import described
from tests.e2e.running_demo import Demo, running_demo

LETTERS = ascii_uppercase + "234567"
"""Of tokens: base32; small letters stand for the same."""
LENGTH = 26
PRINTED = ("case_id", "dossier_code", "owner", "label", "item_number", "look_up_number", "hand_over_word")
"""What stands on papers, cards and parcels, or is known to many."""
LINES = 16


def guesses(cast: dict[str, Any], seed: int) -> Iterator[str]:
    """Without end. `cast`: what `demo.json` says."""
    chance = random.Random(seed)
    live = [case["token"] for case in cast["cases"] if case.get("token")]
    told = [*cast["cases"], *cast["labels"]]
    known = [one[name] for one in told for name in PRINTED if one.get(name)]
    while True:
        token = list(chance.choice(live))
        place = chance.randrange(len(token))
        token[place] = chance.choice(LETTERS.replace(token[place], ""))
        yield "".join(token)
        yield "".join(chance.choices(LETTERS, k=LENGTH))
        yield chance.choice(known)


async def over_http(demo: Demo, count: int) -> Counter[int]:
    """How often each status was answered."""
    port = int(demo.url.rpartition(":")[2])
    answers: Counter[int] = Counter()

    async def one(number: int) -> None:
        line = await Line.open(port)
        found = guesses(demo.cast, number)
        for _ in range(count // LINES):
            path = f"/t/{quote(next(found), safe='')}"
            status, _ = await line.ask(written("GET", path, port, {"Accept": "application/json"}, b""))
            answers[status] += 1
        line.close()

    await asyncio.gather(*(one(number) for number in range(LINES)))
    return answers


async def straight(demo: Demo, count: int) -> int:
    """How many of them lead anywhere."""
    found, seeking = 0, guesses(demo.cast, LINES)
    with postgres.start(demo.data) as server:
        database = await connect(server.dsn("tannha", "tannha_app"), role="tannha_service", size=1, by_index=True)
        async with database.transaction() as tx:
            for _ in range(count):
                found += await find_case(tx, next(seeking), datetime.now(UTC)) is not None
        await database.close()
    return found


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument("--straight", type=int, default=100_000)
    asked = parser.parse_args()
    say = sys.stdout.write
    say(described() + "\n")
    with running_demo() as demo:
        began = time.perf_counter()
        answers = await over_http(demo, asked.tokens)
        say(f"over HTTP in {time.perf_counter() - began:.0f} s: {dict(sorted(answers.items()))}\n")
        found = await straight(demo, asked.straight)
        say(f"straight at the look-up: {asked.straight} asked, {found} found\n")
    return 0 if set(answers) == {404, 429} and not found else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
