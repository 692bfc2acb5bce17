"""What is left at twice the load: `python -m tests.bench.shedding [--seconds 10] [--workers 2]`.

First as many acts as can be acknowledged (each phone waits for its answer: the peak). Then twice as many are offered
per second, whoever waits or not. Counted is what was acknowledged within two seconds; the aim is 80 % of the peak.
Each phone sends an act that is kept already, as after a lost answer: proofs and signatures are checked all the same.
"""

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.bench.acts import a_nonce, a_request, quantile
from tests.bench.calling import Line
from tests.bench.machine import described
from tests.bench.serving import Serving, serving

PATIENCE = 2.0
PHONES = 48


@dataclass
class Tally:
    """`taken`: seconds of each acknowledgement in time."""

    answers: Counter[str] = field(default_factory=Counter[str])
    taken: list[float] = field(default_factory=list[float])

    def per_second(self, seconds: float) -> float:
        return len(self.taken) / seconds


class Lines:
    """Connections kept open, taken by whoever asks; one that answered late is thrown away."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.free: list[Line] = []

    async def ask(self, request: bytes, tally: Tally) -> None:
        begun = time.perf_counter()
        line = None
        try:
            async with asyncio.timeout(PATIENCE):
                line = self.free.pop() if self.free else await Line.open(self.port)
                status, _ = await line.ask(request)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            tally.answers["none in time"] += 1
            if line is not None:
                line.close()
            return
        self.free.append(line)
        tally.answers[str(status)] += 1
        if status == 200:
            tally.taken.append(time.perf_counter() - begun)


async def peak(to: Serving, requests: list[bytes], seconds: float) -> Tally:
    """Each phone asks again when it has its answer."""
    tally, lines, end = Tally(), Lines(to.port), time.perf_counter() + seconds

    async def phone(request: bytes) -> None:
        while time.perf_counter() < end:
            await lines.ask(request, tally)

    await asyncio.gather(*(phone(request) for request in requests))
    return tally


async def offered(to: Serving, requests: list[bytes], rate: float, seconds: float) -> Tally:
    """So many a second, evenly, whatever becomes of those before."""
    tally, lines, begun = Tally(), Lines(to.port), time.perf_counter()
    asked: set[asyncio.Task[None]] = set()
    for number in range(int(rate * seconds)):
        wait = begun + number / rate - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        elif number % 64 == 0:
            await asyncio.sleep(0)
        task = asyncio.create_task(lines.ask(requests[number % len(requests)], tally))
        asked.add(task)
        task.add_done_callback(asked.discard)
    await asyncio.gather(*asked)
    return tally


async def measured(seconds: float, workers: int, port: int, in_flight: int) -> tuple[float, float]:
    """Acknowledged per second: at the peak, and at twice as many offered."""
    os.environ["TANNHA_IN_FLIGHT"] = str(in_flight)
    async with serving(PHONES, workers, port) as to:
        nonce = await a_nonce(to)
        requests = [a_request(to, busy, nonce, 1) for busy in to.phones]
        await peak(to, requests, 2)
        best = await peak(to, requests, seconds)
        at_best = best.per_second(seconds)
        twice = await offered(to, requests, 2 * at_best, seconds)
        at_twice = twice.per_second(seconds)
        sys.stdout.write(
            f"at most {in_flight} in flight per worker: peak {at_best:.0f}/s (p99 {quantile(best.taken, 0.99):.0f} ms);"
            f" offered {2 * at_best:.0f}/s: {at_twice:.0f}/s in time (p99 {quantile(twice.taken, 0.99):.0f} ms),"
            f" {at_twice / at_best:.0%} of the peak; answers {dict(twice.answers)}\n"
        )
        again = (await peak(to, requests, seconds)).per_second(seconds)
        sys.stdout.write(f"  afterwards: {again:.0f}/s\n")
    return at_best, at_twice


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8795)
    parser.add_argument("--in-flight", type=int, default=128)
    parser.add_argument("--without", action="store_true", help="also without shedding, for comparison")
    asked = parser.parse_args()
    sys.stdout.write(described() + "\n")
    best, twice = await measured(asked.seconds, asked.workers, asked.port, asked.in_flight)
    if asked.without:
        await measured(asked.seconds, asked.workers, asked.port, 10_000)
    return 0 if twice >= 0.8 * best else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
