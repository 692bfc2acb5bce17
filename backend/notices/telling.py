"""Duties to tell: opened where no message will do, dropped when events overtake them. Both are acts of the system."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from backend.clock import Clock
from backend.database import Database, Transaction
from backend.errors import Refusal
from backend.ids import derived
from backend.notices import queries
from backend.notices.templates import templates

SYSTEM = derived("system", "notices")
"""Who acts, where nobody does: the timer of this folder."""
AT_A_TIME = 50
ActOnCase = Callable[[Transaction, UUID, UUID, str, dict[str, Any]], Awaitable[object]]
"""(transaction, id of the act, case, kind, body): an act by `SYSTEM`. Raises Refusal."""
log = logging.getLogger("tannha.notices")


class Duties:
    """`act` writes acts: that lies above this folder and is handed down."""

    def __init__(self, database: Database, clock: Clock, act: ActOnCase) -> None:
        self._database = database
        self._clock = clock
        self._act = act

    async def open_due(self) -> int:
        """Those of notices that somebody must tell. Each in a transaction of its own. How many."""
        opened = 0
        while await self._open_one():
            opened += 1
        return opened

    async def _open_one(self) -> bool:
        async with self._database.transaction() as tx:
            waiting = await queries.lock_for_person(tx, 1)
            for notice in waiting:
                body = {
                    "duty_id": str(notice.notice_id),
                    "template": notice.template,
                    "about": str(notice.act_id),
                }
                await self._try(tx, derived("open_duty", notice.notice_id.hex), notice.case_id, "open_duty", body)
                await queries.duty_opened(tx, notice)
            return bool(waiting)

    async def drop_overtaken(self) -> None:
        """Those whose message would not be true any more."""
        async with self._database.transaction() as tx:
            known = templates().by_name
            stale = [
                duty
                for duty in await queries.duties_of_open_cases(tx)
                if duty.template not in known
                or (known[duty.template].true_in and duty.case_state not in known[duty.template].true_in)
            ]
        for duty in stale:
            async with self._database.transaction() as tx:
                body = {"duty_id": str(duty.duty_id), "reason": "overtaken"}
                await self._try(tx, derived("drop_duty", duty.duty_id.hex), duty.case_id, "drop_duty", body)

    async def _try(self, tx: Transaction, act: UUID, case: UUID, kind: str, body: dict[str, Any]) -> None:
        """What the rules refuse (somebody was faster) is left as it is."""
        try:
            async with tx.savepoint():
                await self._act(tx, act, case, kind, body)
        except Refusal as refused:
            log.info("duty left as it is: %s", refused.slug())
