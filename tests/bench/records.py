"""Records per second: an act for each of three photographs, and the photographs of 150 kB.

    python -m tests.bench.records [--clients 60] [--records 20] [--workers 2]

Everything is signed and proved; a photograph is hashed, fsynced and recorded before its answer. Client, server and
database share the machine. A field-data server takes 136 and 67 records/s at 8 clients on 2 cores.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench import acts
from tests.bench.acts import Measured, a_nonce, quantile, request_of
from tests.bench.calling import Line
from tests.bench.machine import described
from tests.bench.photographs import BYTES, Photograph, a_photograph
from tests.bench.serving import Busy, Serving, serving
from tests.builders import a_paper
from tests.builders_acts import page

PHOTOGRAPHS = 3


@dataclass(frozen=True)
class Record:
    acts: bytes
    photographs: Sequence[Photograph]


def a_record(to: Serving, busy: Busy, nonce: str) -> Record:
    photographs = [a_photograph(to, busy, nonce) for _ in range(PHOTOGRAPHS)]
    paper = a_paper()
    commands = []
    for number, photograph in enumerate(photographs, start=1):
        body = page(busy.visit, paper, number)
        body["file"] = {"sha256": photograph.sha256, "bytes": BYTES, "media_type": "image/webp"}
        commands.append(busy.phone.make(busy.case, "photograph", body))
    return Record(request_of(to, busy, nonce, commands), photographs)


async def send(line: Line, record: Record) -> None:
    status, body = await line.ask(record.acts)
    if status != 200 or body.count(b'"standing":"applied"') != len(record.photographs):
        raise RuntimeError(f"{status}: {body[:500]!r}")
    for photograph in record.photographs:
        status, body = await line.ask(*photograph.request)
        if status != 201:
            raise RuntimeError(f"{status}: {body[:500]!r}")


async def measure(to: Serving, records: int) -> Measured:
    """Of records instead of acts."""
    nonce = await a_nonce(to)
    prepared = [[a_record(to, busy, nonce) for _ in range(records)] for busy in to.phones]
    taken: list[float] = []

    async def one(mine: list[Record]) -> None:
        line = await Line.open(to.port)
        for record in mine:
            begun = time.perf_counter()
            await send(line, record)
            taken.append(time.perf_counter() - begun)
        line.close()

    before, begun = to.spent(), time.perf_counter()
    await asyncio.gather(*(one(mine) for mine in prepared))
    return Measured(len(taken) / (time.perf_counter() - begun), taken, to.each(before, len(taken)))


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=60)
    parser.add_argument("--records", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8791)
    asked = parser.parse_args()
    sys.stdout.write(described() + "\n")
    async with serving(asked.clients, asked.workers, asked.port) as to:
        await acts.measure(to, 1, 1)  # all couriers arrive
        await measure(to, 5)
        for round_ in range(3):
            rate, taken, cost = await measure(to, asked.records)
            sys.stdout.write(
                f"round {round_ + 1}: {rate:.0f} records/s, {rate * PHOTOGRAPHS:.0f} photographs/s,"
                f" {rate * PHOTOGRAPHS * BYTES / 1e6:.0f} MB/s (p50 {quantile(taken, 0.5):.0f} ms,"
                f" p99 {quantile(taken, 0.99):.0f} ms; processor {cost})\n"
            )
        async with to.database.transaction() as tx:
            here = await tx.value("SELECT count(*) FROM pages WHERE state = 'here'")
            expected = await tx.value("SELECT count(*) FROM pages")
            amiss = await tx.value("SELECT count(*) FROM exceptions")
        sys.stdout.write(f"{expected} pages, {here} with their bytes here; {amiss} exceptions\n")


if __name__ == "__main__":
    asyncio.run(main())
