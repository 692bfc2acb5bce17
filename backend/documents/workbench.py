"""Keeps one capped worker running, hands it one file at a time, and replaces it after a breach or enough files."""

import asyncio
import contextlib
import signal
import sys

import msgspec

from backend.documents.model import BadReason
from backend.documents.worker import LENGTH_BYTES, Given, Outcome, frame

WALL_SECONDS = 30.0
FILES_PER_WORKER = 200
_TRIES = 2
_PATIENCE = 2.0


class Workbench:
    """One per process that opens files. Starting a worker takes a third of a second, so it stays."""

    def __init__(self, *, wall_seconds: float = WALL_SECONDS, files_per_worker: int = FILES_PER_WORKER) -> None:
        self._wall = wall_seconds
        self._most = files_per_worker
        self._turn = asyncio.Lock()
        self._worker: asyncio.subprocess.Process | None = None
        self._opened = 0

    async def open(self, data: bytes, key: bytes | None) -> Outcome:
        """`key`: the file key of sealed bytes. Never raises for what is in the file.

        A worker that dies gets a second chance with a fresh one: something else may have killed it.
        """
        async with self._turn:
            for _ in range(_TRIES):
                try:
                    async with asyncio.timeout(self._wall):
                        return await self._ask(Given(data, key))
                except TimeoutError:
                    await self._end()
                    return Outcome(reason=BadReason.TOO_SLOW)
                except (asyncio.IncompleteReadError, ConnectionError):
                    if await self._end() == -signal.SIGXCPU:
                        return Outcome(reason=BadReason.TOO_SLOW)
                except BaseException:
                    await self._end()
                    raise
            return Outcome(reason=BadReason.WORKER_DIED)

    async def close(self) -> None:
        async with self._turn:
            await self._end()

    @property
    def process_id(self) -> int | None:
        """Of the worker that runs now."""
        return self._worker.pid if self._worker is not None else None

    async def _ask(self, given: Given) -> Outcome:
        worker = self._worker or await self._start()
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(frame(given))
        await worker.stdin.drain()
        length = int.from_bytes(await worker.stdout.readexactly(LENGTH_BYTES))
        outcome = msgspec.msgpack.decode(await worker.stdout.readexactly(length), type=Outcome)
        self._opened += 1
        if self._opened >= self._most or outcome.reason is BadReason.TOO_MUCH_MEMORY:
            await self._end()
        return outcome

    async def _start(self) -> asyncio.subprocess.Process:
        self._opened = 0
        self._worker = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "backend.documents.worker",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            cwd="/", env={"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        return self._worker

    async def _end(self) -> int | None:
        """Its exit status: that of the worker itself when it ended before we asked."""
        worker, self._worker = self._worker, None
        if worker is None:
            return None
        assert worker.stdin is not None
        worker.stdin.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                return await worker.wait()
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        return await worker.wait()
