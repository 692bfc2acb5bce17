"""Requests of many phones that arrive together share one transaction: a single act costs what a batch costs.

One per process. Whoever is first waits a moment for company; what arrives until their round is decided goes together
into the next, which begins while the first one's commit waits for the disk. When a round fails, each of its requests is
tried again alone, so that nobody's fault is another's.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.acts.model import Answer
from backend.clock import Clock, local_date
from backend.database import CROSSED, REFUSED, Database, Transaction
from backend.errors import Refusal
from backend.keys import KeyRing
from backend.staff import device_queries as staff
from backend.staff.model import Health
from backend.sync import service
from backend.sync.reading import Command

MOST_ACTS = 200
"""Of one round; a request with more goes alone."""
ROUNDS_AT_ONCE = 2
"""Per process: one is decided while the other waits for the disk. Two being decided at once would be half as large,
and what a round costs is its statements."""
TRIES = 3
WAITS = 0.006
"""Seconds for company."""


class Request(msgspec.Struct, frozen=True):
    """What one phone sent in one request."""

    session: UUID
    device: UUID
    commands: Sequence[Command]
    health: Health | None


class Gathering:
    """`database`: under the role `tannha_service`."""

    def __init__(self, database: Database, ring: KeyRing, clock: Clock) -> None:
        self._database = database
        self._ring = ring
        self._clock = clock
        self._waiting: list[tuple[Request, asyncio.Future[tuple[datetime, list[Answer]]]]] = []
        self._running: set[asyncio.Task[None]] = set()
        self._deciding: asyncio.Task[None] | None = None

    async def send(self, request: Request) -> tuple[datetime, list[Answer]]:
        """When we received it, and the answers in the order sent. Committed when this returns.

        Raises DeviceSessionEnded, DeviceRevoked, PersonDisabled, and what the database raises when it is gone.
        """
        answer: asyncio.Future[tuple[datetime, list[Answer]]] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, answer))
        self._begin()
        return await answer

    def _begin(self) -> None:
        """The next round, when somebody waits and no other is being decided."""
        if not self._waiting or self._deciding is not None or len(self._running) >= ROUNDS_AT_ONCE:
            return
        task = self._deciding = asyncio.create_task(self._next())
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def _next(self) -> None:
        await asyncio.sleep(WAITS)
        await self._round(self._take())

    def _decided(self, task: "asyncio.Task[None] | None") -> None:
        """From here on this round waits for its commit only."""
        if self._deciding is task:
            self._deciding = None
        self._begin()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._decided(task)

    def _take(self) -> list[tuple[Request, "asyncio.Future[tuple[datetime, list[Answer]]]"]]:
        taken, acts = self._waiting[:1], len(self._waiting[0][0].commands)
        for one in self._waiting[1:]:
            acts += len(one[0].commands)
            if acts > MOST_ACTS:
                break
            taken.append(one)
        del self._waiting[: len(taken)]
        return taken

    async def _round(self, taken: list[tuple[Request, "asyncio.Future[tuple[datetime, list[Answer]]]"]]) -> None:
        try:
            results = await self._together([request for request, _ in taken])
        except Exception as error:
            if len(taken) > 1:
                for one in taken:
                    await self._round([one])
            elif not taken[0][1].done():
                taken[0][1].set_exception(error)
            return
        for (_, answer), result in zip(taken, results, strict=True):
            if not answer.done():
                answer.set_exception(result) if isinstance(result, Exception) else answer.set_result(result)

    async def _together(self, requests: Sequence[Request]) -> list[tuple[datetime, list[Answer]] | Refusal]:
        """One transaction; again when two stood in each other's way; act by act when the database refused something."""
        careful = False
        for attempt in range(TRIES + 1):
            try:
                async with self._database.transaction() as tx:
                    return await self._received(tx, requests, careful=careful)
            except CROSSED:
                if attempt >= TRIES - 1:
                    raise
            except REFUSED:
                if careful:
                    raise
                careful = True
        raise AssertionError

    async def _received(
        self, tx: Transaction, requests: Sequence[Request], *, careful: bool
    ) -> list[tuple[datetime, list[Answer]] | Refusal]:
        at = self._clock()
        asked = [(request.session, request.device) for request in requests]
        callers = await staff.signed_in_devices(tx, asked, at=at, on=local_date(at))
        refused = {one: caller for one, caller in callers.items() if isinstance(caller, Refusal)}
        welcome = [request for request in requests if (request.session, request.device) not in refused]
        commands = [(command, request.device) for request in welcome for command in request.commands]
        health = {request.device: request.health for request in welcome}
        answers = await service.receive_together(tx, self._ring, commands, health, at=at, careful=careful)
        self._decided(asyncio.current_task())
        results: list[tuple[datetime, list[Answer]] | Refusal] = []
        for request in requests:
            if (refusal := refused.get((request.session, request.device))) is not None:
                results.append(refusal)
            else:
                results.append((at, answers[: len(request.commands)]))
                answers = answers[len(request.commands) :]
        return results
