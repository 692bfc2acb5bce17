"""Who calls, asked for many requests at once: photographs come by the hundred, each in a request of its own."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from backend.clock import Clock, local_date
from backend.database import Database
from backend.errors import Refusal
from backend.staff.device_queries import Asked, signed_in_devices
from backend.staff.model import Carrier

Answer = asyncio.Future[Carrier | Refusal]


class Asking:
    """One per process. While one statement runs, those who come meanwhile gather and share the next: it begins after
    the last of them came, so a revocation is effective with the next request all the same."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """`database`: under the role `tannha_service`."""
        self._database = database
        self._clock = clock
        self._waiting: list[tuple[Asked, Answer]] = []
        self._asking: asyncio.Task[None] | None = None

    async def carrier(self, session: UUID, device: UUID) -> Carrier:
        """Raises DeviceSessionEnded, DeviceRevoked, PersonDisabled, Busy, and what the database raises when it is
        gone."""
        answer: Answer = asyncio.get_running_loop().create_future()
        self._waiting.append(((session, device), answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        found = await answer
        if isinstance(found, Refusal):
            raise found
        return found

    async def _ask(self) -> None:
        try:
            while self._waiting:
                together, self._waiting = self._waiting, []
                await self._answer(together)
        finally:
            self._asking = None

    async def _answer(self, together: Sequence[tuple[Asked, Answer]]) -> None:
        at = self._clock()
        try:
            async with self._database.one_statement() as tx:
                found = await signed_in_devices(tx, [asked for asked, _ in together], at=at, on=local_date(at))
        except Exception as error:
            for _, answer in together:
                if not answer.done():
                    answer.set_exception(error)
            return
        for asked, answer in together:
            if not answer.done():
                answer.set_result(found[asked])
