"""Files a second: 150 kB each, sent whole with their creation, hashed, fsynced and recorded before the answer.

    .venv/bin/python -m tests.documents.measure_receiving [--files 3000] [--clients 8] [--workers 2] [--bytes 150000]

Database, server and client share the machine, and so its cores. No sign-in: that is measured with the acts.
"""

import argparse
import asyncio
import base64
import hashlib
import os
import platform
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from backend import database, migrate, postgres
from backend.ids import uuid7

ROOT = Path(__file__).parents[2]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    for name, default in (("files", 3000), ("clients", 8), ("workers", 2), ("bytes", 150_000)):
        asked.add_argument(f"--{name}", type=int, default=default)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tannha-measure-") as place:
        Path(place).chmod(0o711)
        with postgres.start(Path(place) / "data") as running:
            asyncio.run(migrate.bootstrap(running.dsn("postgres")))
            asyncio.run(migrate.migrate(running.dsn(user="tannha_owner")))
            app = running.dsn(user="tannha_app")
            server, port = _serve(app, Path(place) / "files", options.workers)
            try:
                assert running.process is not None
                asyncio.run(_measure(port, app, options, (os.getpid(), server.pid, running.process.pid)))
            finally:
                server.terminate()
                server.wait()


def _serve(dsn: str, files: Path, workers: int) -> "tuple[subprocess.Popen[bytes], int]":
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port), "--no-ws",
        "--workers", str(workers), "--log-level", "warning", "tests.documents.receiving_server:create",
    ]  # fmt: skip
    environment = {**os.environ, "DATABASE_URL": dsn, "TANNHA_FILES": str(files)}
    return subprocess.Popen(command, cwd=ROOT, env=environment), port  # noqa: S603


def _cpu(process: int) -> float:
    """Seconds of processor time of a process and of what it started, as of now. Linux."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0
    ours = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return ours + sum(_cpu(int(child)) for child in children)


async def _measure(port: int, dsn: str, options: argparse.Namespace, sides: tuple[int, int, int]) -> None:
    await _until_it_answers(port)
    waiting = list(range(options.files))
    took: list[float] = []
    # One body for all, made different by its first bytes: the client shall cost little.
    tail = secrets.token_bytes(options.bytes - 16)
    client, server, database_ = (_cpu(side) for side in sides)
    client -= server + database_
    began = time.perf_counter()
    await asyncio.gather(*(_client(port, waiting, tail, took) for _ in range(options.clients)))
    seconds = time.perf_counter() - began
    used = [_cpu(side) for side in sides]
    used = [used[0] - used[1] - used[2] - client, used[1] - server, used[2] - database_]
    service = await database.connect(dsn, role="tannha_service", size=1)
    async with service.transaction() as tx:
        recorded = await tx.value("SELECT count(*) FROM files")
    await service.close()
    took.sort()
    out = sys.stdout.write
    out(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]}\n"
    )
    out(f"{len(took)} files of {options.bytes} bytes, {recorded} rows, {options.clients} clients, ")
    out(f"{options.workers} workers: {len(took) / seconds:.0f} files/s, {len(took) / seconds / 3:.0f} records/s of 3\n")
    each = [side / len(took) * 1000 for side in used]
    out(f"processor time a file: client {each[0]:.2f}, server {each[1]:.2f}, database {each[2]:.2f} ms: ")
    out(f"{sum(used) / seconds:.2f} cores of {os.cpu_count()} were ours\n")
    out(f"answer: median {statistics.median(took) * 1000:.1f} ms, p99 {took[len(took) * 99 // 100] * 1000:.1f} ms\n")


async def _until_it_answers(port: int) -> None:
    for _ in range(400):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise TimeoutError


async def _client(port: int, waiting: list[int], tail: bytes, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    device = uuid7()
    while waiting:
        waiting.pop()
        body = secrets.token_bytes(16) + tail
        hexed = hashlib.sha256(body).hexdigest()
        metadata = f"id {_text(str(uuid7()))},sha256 {_text(hexed)},media_type {_text('image/webp')}"
        head = (
            "POST /api/courier/files HTTP/1.1\r\nHost: here\r\nTus-Resumable: 1.0.0\r\n"
            f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(body)}\r\nDevice: {device}\r\n"
            f"Upload-Length: {len(body)}\r\nUpload-Metadata: {metadata}\r\n\r\n"
        )
        began = time.perf_counter()
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        took.append(time.perf_counter() - began)
        if not answer.startswith(b"HTTP/1.1 201"):
            raise RuntimeError(answer)
    writer.close()


def _text(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


if __name__ == "__main__":
    main()
