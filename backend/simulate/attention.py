"""People who look at what waits: acts in review are decided, exceptions cleared, so that all queues drain.

An act stands as its phone wrote it wherever that is possible; money and custody need a second person; bytes that are
nobody's act are set aside. The oldest goes first: what stands behind it may then go on by itself.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from backend.simulate.carrier import Refused
from backend.simulate.desk import Desk
from backend.simulate.journal import Journal
from backend.simulate.naming import Naming
from backend.simulate.outbox import Standing

log = logging.getLogger("tannha.simulate")

NOT_APPLIED = frozenset(
    {
        "unreadable",
        "unknown-device",
        "signature-wrong",
        "no-number",
        "personal-differs",
        "unknown-kind",
        "unreadable-body",
        "number-used",
    }
)
"""Reasons of the review list for which there is nothing to apply."""
_ROUNDS = 60


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An act that is held, behind or in review."""

    made_by: UUID
    id: UUID
    standing: Standing
    kind: str | None = None
    reason: str | None = None
    case_id: UUID | None = None


class OpenException(msgspec.Struct, frozen=True, kw_only=True):
    exception_id: UUID
    reason: str
    machine: str = ""
    case_id: UUID | None = None


class Chained(msgspec.Struct, frozen=True, kw_only=True):
    """One act of a case's chain, and its number in it."""

    n: int
    id: UUID
    made_by: UUID
    kind: str


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/desk/cases/{case_id}`, as far as it is looked at here."""

    state: str
    timeline: Sequence[Chained] = ()
    exceptions: Sequence[OpenException] = ()
    reviews: Sequence[Waiting] = ()


class ReviewPage(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/desk/review`: of the clerk's own units."""

    items: Sequence[Waiting] = ()
    exceptions: Sequence[OpenException] = ()


async def read_case(desk: Desk, case: UUID) -> CasePage | None:
    """None for a case that is not there, or not the desk's."""
    try:
        return msgspec.convert(await desk.read(f"/api/desk/cases/{case}"), CasePage)
    except Refused as refused:
        if refused.status in (403, 404):
            return None
        raise


class Attention:
    """`desk`: who decides; `second`: who agrees where money or custody is touched; `province`: who sees all that waits,
    also what is about a case that is not there yet."""

    def __init__(self, desk: Desk, second: Desk, province: Desk, journal: Journal, naming: Naming) -> None:
        self.desk = desk
        self.second = second
        self.province = province
        self.journal = journal
        self.naming = naming
        self.decided = 0

    async def look_at(self, case: UUID) -> bool:
        """Until nothing of the case waits for a person. Whether there was anything."""
        for looked in range(_ROUNDS):
            page = await read_case(self.desk, case)
            if page is None:
                return await self._unborn(case)
            reviews = [one for one in page.reviews if one.standing is Standing.REVIEW]
            if not reviews and not page.exceptions:
                return looked > 0
            for opened in page.exceptions:
                await self._clear(case, opened)
            await self._decide(self.desk, case, reviews)
        return True

    async def _unborn(self, case: UUID) -> bool:
        """A case born on a phone that was lost: its registration itself waits. Whether it did."""
        page = msgspec.convert(await self.province.read("/api/desk/review"), ReviewPage)
        reviews = [one for one in page.items if one.case_id == case and one.standing is Standing.REVIEW]
        if reviews:
            await self._decide(self.province, case, reviews)
            await self.look_at(case)
        return bool(reviews)

    async def _decide(self, desk: Desk, case: UUID, reviews: Sequence[Waiting]) -> None:
        """The first of each phone: the next may go on with it. What cannot be yet may have to wait for another's."""
        first = list({one.made_by: one for one in reversed(reviews)}.values())[::-1]
        for one in first:
            if await self._applied(desk, case, one):
                return
        if first:
            await self._set_aside(desk, "case", case, first[0])

    async def look_at_list(self) -> bool:
        """What belongs to no case: bytes that are nobody's act. Whether there was anything."""
        page = msgspec.convert(await self.desk.read("/api/desk/review"), ReviewPage)
        loose = [one for one in page.items if one.case_id is None and one.standing is Standing.REVIEW]
        for one in loose:
            await self._set_aside(self.desk, "device", one.made_by, one)
        return bool(loose)

    async def _clear(self, case: UUID, opened: OpenException) -> None:
        body = {"exception_id": opened.exception_id, "reason": "da_xem"}
        await self._act(self.desk, "clear_exception", "case", case, body, opened.exception_id)

    async def _applied(self, desk: Desk, case: UUID, one: Waiting) -> bool:
        """False where a person cannot make it take effect, at least not now."""
        if one.reason in NOT_APPLIED:
            return False
        try:
            await self._act(desk, "resolve_review", "case", case, self._resolved(one, "apply"), one.id)
        except Refused as refused:
            if refused.problem.slug not in ("still-not-possible", "no-such-review"):
                raise
            log.info("%s %s (%s): %s", one.kind, one.id, one.reason, refused.problem.detail)
            return False
        return True

    async def _set_aside(self, desk: Desk, subject_kind: str, subject: UUID, one: Waiting) -> None:
        try:
            await self._act(desk, "resolve_review", subject_kind, subject, self._resolved(one, "set_aside"), one.id)
        except Refused as refused:
            # Another desk looked at the same list.
            if refused.problem.slug != "no-such-review":
                raise

    def _resolved(self, one: Waiting, resolution: str) -> dict[str, Any]:
        return {
            "made_by": one.made_by,
            "act_id": one.id,
            "resolution": resolution,
            "reason": "da_xem",
            "seconded_by": self.second.person,
        }

    async def _act(
        self, desk: Desk, kind: str, subject_kind: str, subject: UUID, body: dict[str, Any], about: UUID
    ) -> None:
        self.decided += 1
        act_id = self.naming.id(kind, about, self.decided)
        await desk.act(act_id, kind, subject, body, subject_kind=subject_kind)

    async def report_lost(self, dispatcher: Desk, device: UUID) -> None:
        """Shut out with its next request."""
        act_id = self.naming.id("lost", device)
        await dispatcher.act(act_id, "report_device_lost", device, {}, subject_kind="device")
