"""A district comes back: `python -m tests.bench.returning [--phones 300] [--acts 20] [--photographs 6] [--workers 2]`.

All phones call in the same second, each with what it did offline. A phone that is told to wait waits as it is told.
Nothing may be lost; the aim is that 99 % of the acts are acknowledged within five seconds.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.bench.acts import a_nonce, a_request, quantile
from tests.bench.calling import Line
from tests.bench.machine import described
from tests.bench.photographs import Photograph, a_photograph
from tests.bench.serving import Serving, serving

CLOSED = 0
"""In the place of a status."""


@dataclass
class Return:
    """Seconds from the moment all called. `waits`: how often somebody was told to wait, by status."""

    acts: list[float] = field(default_factory=list[float])
    photographs: list[float] = field(default_factory=list[float])
    waits: Counter[int] = field(default_factory=Counter[int])


class Phone:
    """One that sends until it is told that all is kept, over a new connection where the old one was closed: a server
    that has no room for an upload answers and closes, without reading it."""

    def __init__(self, port: int, told: Return) -> None:
        self.port = port
        self.told = told
        self.line: Line | None = None

    async def until_taken(self, request: tuple[bytes, ...], good: int) -> bytes:
        wait = 1
        while True:
            self.line = self.line or await Line.open(self.port)
            try:
                status, body = await self.line.ask(*request)
                wait = self.line.told_to_wait
            except (asyncio.IncompleteReadError, ConnectionError):
                self.line, status, body = None, CLOSED, b""
            if status == good:
                return body
            if status not in (CLOSED, 429, 503):
                raise RuntimeError(f"{status}: {body[:500]!r}")
            self.told.waits[status] += 1
            await asyncio.sleep(wait * random.uniform(1, 1.2))


async def come_back(to: Serving, acts: int, photographs: int) -> Return:
    nonce, told = await a_nonce(to), Return()
    prepared = [
        (a_request(to, busy, nonce, acts), [a_photograph(to, busy, nonce) for _ in range(photographs)])
        for busy in to.phones
    ]
    begun = time.perf_counter()

    async def phone(request: bytes, pictures: list[Photograph]) -> None:
        mine = Phone(to.port, told)
        body = await mine.until_taken((request,), 200)
        if body.count(b'"standing":"applied"') != acts:
            raise RuntimeError(body[:500])
        told.acts.append(time.perf_counter() - begun)
        for picture in pictures:
            await mine.until_taken(picture.request, 201)
            told.photographs.append(time.perf_counter() - begun)

    await asyncio.gather(*(phone(*mine) for mine in prepared))
    return told


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--acts", type=int, default=20)
    parser.add_argument("--photographs", type=int, default=6)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8792)
    asked = parser.parse_args()
    sys.stdout.write(described() + "\n")
    async with serving(asked.phones, asked.workers, asked.port) as to:
        told = await come_back(to, asked.acts, asked.photographs)
        async with to.database.transaction() as tx:
            acts = await tx.value("SELECT count(*) FROM acts WHERE kind = 'record_arrival'")
            files = await tx.value("SELECT count(*) FROM files")
    p99 = quantile(told.acts, 0.99) / 1000
    sys.stdout.write(
        f"{asked.phones} phones, {asked.acts} acts and {asked.photographs} photographs each: acts acknowledged p50"
        f" {quantile(told.acts, 0.5) / 1000:.1f} s, p99 {p99:.1f} s; all photographs after"
        f" {max(told.photographs, default=0):.1f} s; told to wait {dict(told.waits)}\n"
    )
    lost = asked.phones * asked.acts - acts + asked.phones * asked.photographs - files
    sys.stdout.write(f"{acts} acts and {files} files kept, {lost} lost\n")
    return 0 if lost == 0 and p99 <= 5 else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
