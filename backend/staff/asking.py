"""Who calls, asked for many requests at once: photographs come by the hundred, each in a request of its own."""

from collections.abc import Sequence
from uuid import UUID

from backend.clock import Clock, local_date
from backend.database import Database
from backend.errors import Refusal
from backend.staff.device_queries import Asked, signed_in_devices
from backend.staff.model import Carrier
from backend.together import Together

MOST_AT_ONCE = 256
WAITS = 0.003
"""Seconds for company."""


class Asking:
    """One per process. The statement begins after the last of those it asks for has come, so a revocation is effective
    with the next request all the same."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """`database`: under the role `tannha_service`."""
        self._database = database
        self._clock = clock
        self._together = Together(self._found, seconds=WAITS, most=MOST_AT_ONCE)

    async def carrier(self, session: UUID, device: UUID) -> Carrier:
        """Raises DeviceSessionEnded, DeviceRevoked, PersonDisabled, Busy, and what the database raises when it is
        gone."""
        return await self._together.ask((session, device))

    async def _found(self, asked: Sequence[Asked]) -> list[Carrier | Refusal]:
        at = self._clock()
        async with self._database.one_statement() as tx:
            found = await signed_in_devices(tx, asked, at=at, on=local_date(at))
        return [found[one] for one in asked]
