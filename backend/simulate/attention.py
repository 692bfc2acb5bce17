"""People who look at what waits: acts in review are decided, exceptions cleared, so that all queues drain.

An act stands as its phone wrote it wherever that is possible; what is decided about money and custody a second person
signs; bytes that are nobody's act are set aside. The oldest goes first: what stands behind it may then go on by itself.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from backend.simulate.carrier import Refused
from backend.simulate.desk import Desk
from backend.simulate.expecting import Seen
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
NOT_NOW = frozenset({"still-not-possible", "no-such-review", "decision-replaced"})
"""What a decision or a signature may be refused with although nobody made a mistake."""
_ROUNDS = 60


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that waits for a second person: by whom, and which act."""

    made_by: UUID
    id: UUID


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An act that is held, behind or in review. `units`: whose it is, none while its case or day is not there yet.
    `needs_second`: one person alone decides nothing about it."""

    made_by: UUID
    id: UUID
    standing: Standing
    kind: str | None = None
    reason: str | None = None
    subject_kind: str | None = None
    subject_id: UUID | None = None
    case_id: UUID | None = None
    units: Sequence[UUID] = ()
    needs_second: bool = False
    proposal: Proposal | None = None


class OpenException(msgspec.Struct, frozen=True, kw_only=True):
    exception_id: UUID
    reason: str
    case_id: UUID | None = None


class Chained(msgspec.Struct, frozen=True, kw_only=True):
    """One act of a case's chain, and its number in it."""

    n: int
    id: UUID
    made_by: UUID
    kind: str


class CasePage(Seen, frozen=True, kw_only=True):
    """`GET /api/desk/cases/{case_id}`, as far as it is looked at here."""

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


Pair = tuple[Desk, Desk]
"""Two people: who decides, and who signs too."""


class Attention:
    """`desk`: who decides, and who signs too where money or custody is touched; `province`: the same two for what
    belongs to no office yet."""

    def __init__(self, desk: Pair, province: Pair, journal: Journal, naming: Naming) -> None:
        self.desk = desk[0]
        self._office = desk
        self._province = province
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
            await self._decide(reviews)
        return True

    async def _unborn(self, case: UUID) -> bool:
        """A case born on a phone that was lost: its registration itself waits. Whether it did."""
        reviews = [one for one in await self._listed(self._province[0]) if one.case_id == case]
        if reviews:
            await self._decide(reviews)
            await self.look_at(case)
        return bool(reviews)

    async def _listed(self, desk: Desk) -> list[Waiting]:
        page = msgspec.convert(await desk.read("/api/desk/review"), ReviewPage)
        return [one for one in page.items if one.standing is Standing.REVIEW]

    async def _decide(self, reviews: Sequence[Waiting]) -> None:
        """The first of each phone: the next may go on with it. What cannot be yet may have to wait for another's."""
        first = list({one.made_by: one for one in reversed(reviews)}.values())[::-1]
        for one in first:
            if one.reason not in NOT_APPLIED and await self._decided(one, "apply"):
                return
        if first:
            await self._decided(first[0], "set_aside")

    async def look_at_list(self) -> bool:
        """What belongs to no case: days, and bytes that are nobody's act. Whether there was anything."""
        loose = [one for one in await self._listed(self.desk) if one.case_id is None]
        for one in loose:
            if one.subject_id is None or one.reason in NOT_APPLIED or not await self._decided(one, "apply"):
                await self._decided(one, "set_aside")
        return bool(loose)

    async def _clear(self, case: UUID, opened: OpenException) -> None:
        body = {"exception_id": opened.exception_id, "reason": "da_xem"}
        await self._act(self.desk, "clear_exception", ("case", case), body, opened.exception_id)

    async def _decided(self, one: Waiting, resolution: str) -> bool:
        """By two people where it takes two. False where people cannot bring it about, at least not now."""
        first, second = self._office if one.units or one.subject_id is None else self._province
        subject = (one.subject_kind or "device", one.subject_id or one.made_by)
        body = {"made_by": one.made_by, "act_id": one.id, "resolution": resolution, "reason": "da_xem"}
        try:
            await self._act(first, "resolve_review", subject, body, one.id)
            if one.needs_second:
                await self._signed(second, subject, one)
        except Refused as refused:
            # Another desk may have looked at the same list.
            if refused.problem.slug not in NOT_NOW:
                raise
            log.info("%s %s (%s): %s", one.kind, one.id, one.reason, refused.problem.detail)
            return False
        return True

    async def _signed(self, second: Desk, subject: tuple[str, UUID], one: Waiting) -> None:
        """The second person reads what is proposed, and signs it."""
        page = await read_case(second, subject[1]) if subject[0] == "case" else None
        shown = page.reviews if page is not None else await self._listed(second)
        proposal = next((each.proposal for each in shown if (each.made_by, each.id) == (one.made_by, one.id)), None)
        if proposal is not None:
            body = {"made_by": proposal.made_by, "act_id": proposal.id}
            await self._act(second, "countersign_review", subject, body, one.id)

    async def _act(self, desk: Desk, kind: str, subject: tuple[str, UUID], body: dict[str, Any], about: UUID) -> None:
        self.decided += 1
        act_id = self.naming.id(kind, about, self.decided)
        await desk.act(act_id, kind, subject[1], body, subject_kind=subject[0])

    async def report_lost(self, dispatcher: Desk, device: UUID) -> None:
        """Shut out with its next request."""
        act_id = self.naming.id("lost", device)
        await dispatcher.act(act_id, "report_device_lost", device, {}, subject_kind="device")
