"""Small works of many requests done at once: one statement, or one transaction, serves all who came in one moment.

A phone waits a thousand times longer for its network than for company here, and what a statement costs does not grow
with those it serves: with 8 phones a record costs a third less processor time so, with 60 a tenth.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

One = TypeVar("One")
Answer = TypeVar("Answer")


class Together(Generic[One, Answer]):
    """One per process and kind of work. The work begins after the last of those it serves has come."""

    def __init__(
        self, work: Callable[[Sequence[One]], Awaitable[Sequence[Answer | Exception]]], *, seconds: float, most: int
    ) -> None:
        """`work` answers in the order asked. `seconds`: the first waits so long for company. `most`: at a time."""
        self._work = work
        self._seconds = seconds
        self._most = most
        self._waiting: list[tuple[One, asyncio.Future[Answer]]] = []
        self._working: asyncio.Task[None] | None = None

    async def ask(self, one: One) -> Answer:
        """Its own answer. Raises what `work` answered in its place, and what `work` raised for all."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._working is None:
            self._working = asyncio.create_task(self._go_on())
        return await answer

    async def _go_on(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._seconds)
                taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._answer(taken)
        finally:
            self._working = None

    async def _answer(self, taken: Sequence[tuple[One, "asyncio.Future[Answer]"]]) -> None:
        try:
            answers = await self._work([one for one, _ in taken])
        except Exception as error:
            answers = [error] * len(taken)
        for (_, future), answer in zip(taken, answers, strict=True):
            if future.done():
                continue  # whoever asked has gone
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
