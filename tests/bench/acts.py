"""Acts per second over HTTP: `python -m tests.bench.acts [--phones 60] [--requests 150] [--workers 2]`.

Signatures, proofs (DPoP) and rules on; the client on the same cores. All requests are written out and signed before
the clock starts. Next to it, in the same run, pgbench with the statements of a single act on the same database.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from backend.sync.reading import Command
from tests.bench.calling import Line, written
from tests.bench.machine import described
from tests.bench.serving import Busy, Serving, serving
from tests.builders_dpop import base64url

PATH = "/api/courier/sync/acts"


def a_request(to: Serving, busy: Busy, nonce: str, acts: int) -> bytes:
    commands = [busy.phone.make(busy.case, "record_arrival", {"visit_id": busy.visit}) for _ in range(acts)]
    return request_of(to, busy, nonce, commands)


def request_of(to: Serving, busy: Busy, nonce: str, commands: Sequence[Command]) -> bytes:
    sent = [
        {"envelope": base64url(one.data), "signature": base64url(one.signature or b""), "personal": None}
        for one in commands
    ]
    headers = to.headers(busy, "POST", PATH, nonce) | {"Content-Type": "application/json"}
    return written("POST", PATH, to.port, headers, json.dumps({"acts": sent}).encode())


async def a_nonce(to: Serving) -> str:
    line = await Line.open(to.port)
    line.writer.write(written("POST", PATH, to.port, to.headers(to.phones[0], "POST", PATH, "none"), b"{}"))
    head = await line.reader.readuntil(b"\r\n\r\n")
    line.close()
    return next(part[12:].decode() for part in head.split(b"\r\n") if part[:11].lower() == b"dpop-nonce:").strip()


class Measured(NamedTuple):
    """Acts per second, seconds of each acknowledgement, processor time of one act."""

    rate: float
    taken: list[float]
    cost: str


async def measure(to: Serving, acts: int, requests: int) -> Measured:
    """Every answer must say `applied` for every act."""
    nonce = await a_nonce(to)
    prepared = [[a_request(to, busy, nonce, acts) for _ in range(requests)] for busy in to.phones]
    taken: list[float] = []

    async def one(mine: list[bytes]) -> None:
        line = await Line.open(to.port)
        for request in mine:
            begun = time.perf_counter()
            status, body = await line.ask(request)
            taken.append(time.perf_counter() - begun)
            if status != 200 or body.count(b'"standing":"applied"') != acts:
                raise RuntimeError(f"{status}: {body[:500]!r}")
        line.close()

    before, begun = to.spent(), time.perf_counter()
    await asyncio.gather(*(one(mine) for mine in prepared))
    count = len(to.phones) * requests * acts
    return Measured(count / (time.perf_counter() - begun), taken, to.each(before, count))


def pgbench(to: Serving, seconds: int, clients: int) -> float:
    """Transactions per second of the statements of one act, each in its own transaction."""
    binaries = to.server.binaries.folder if hasattr(to.server.binaries, "folder") else to.server.binaries
    script = Path(__file__).with_name("single_act.sql")
    done = subprocess.run(  # noqa: S603
        [
            Path(str(binaries)) / "pgbench",
            "-n",
            "-M",
            "prepared",
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            str(seconds),
            "-f",
            script,
            to.server.dsn("tannha", "postgres"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line for line in done.stdout.splitlines() if line.startswith("tps = ")]
    if not found:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[0].split()[2])


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--requests", type=int, default=150)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8790)
    asked = parser.parse_args()
    say: Callable[[str], object] = sys.stdout.write
    say(described() + "\n")
    async with serving(asked.phones, asked.workers, asked.port) as to:
        await measure(to, 1, 10)
        for round_ in range(3):
            single = await measure(to, 1, asked.requests)
            reference = pgbench(to, 5, 8)
            say(
                f"round {round_ + 1}: single acts {single.rate:.0f}/s (p50 {quantile(single.taken, 0.5):.0f} ms, "
                f"p99 {quantile(single.taken, 0.99):.0f} ms; processor {single.cost}); pgbench {reference:.0f} tx/s;"
                f" ratio {single.rate / reference:.0%}\n"
            )
            batch = await measure(to, 20, asked.requests // 5)
            say(
                f"  batches of 20: {batch.rate:.0f} acts/s (p99 {quantile(batch.taken, 0.99):.0f} ms;"
                f" processor {batch.cost})\n"
            )


if __name__ == "__main__":
    asyncio.run(main())
